"""The devices that turn paper into pictures: office scanners, copiers, phones, fax machines."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.synth.frame import Frame, Points, Scan, added, grain
from intake.synth.paint import Painting, Pixels
from intake.synth.reference import happens

Scanner = Callable[[Random, Frame], Frame]


def _grey(frame: Frame) -> Frame:
    return frame.showing(np.asarray(cv2.cvtColor(frame.pixels, cv2.COLOR_RGB2GRAY)))


def _skewed(rng: Random, frame: Frame, limit: float, border: int = 255) -> Frame:
    """Lay the page on the glass: an angle up to ``limit`` degrees, a shift, a slight stretch."""
    width, height = frame.size
    angle = max(min(rng.gauss(0, limit / 2), limit), -limit)
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, rng.uniform(0.985, 1.0))
    matrix[:, 2] += np.array((rng.gauss(0, width / 300), rng.gauss(0, height / 300)))
    return frame.warped(np.vstack((matrix, (0, 0, 1))), (width, height), border)


def _sensed(rng: Random, frame: Frame, blur: tuple[float, float], noise: float) -> Frame:
    """Let optics and sensor do their part: blur in pixels, grain in grey levels."""
    sigma = rng.uniform(*blur)
    soft = np.asarray(cv2.GaussianBlur(frame.pixels, (0, 0), sigma), dtype=np.uint8)
    return frame.showing(added(soft, grain(rng, soft.shape[:2], 1, noise)))


def jpeg(pixels: Pixels, quality: int) -> Pixels:
    """Return the pixels after JPEG compression of a quality 1..100."""
    _, packed = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_UNCHANGED), dtype=np.uint8)


def _office_grey(rng: Random, frame: Frame) -> Frame:
    return _sensed(rng, _skewed(rng, _grey(frame), 2.0), (0.4, 0.8), 3)


def _office_colour(rng: Random, frame: Frame) -> Frame:
    return _sensed(rng, _skewed(rng, frame, 2.0), (0.4, 0.8), 3)


def _office_200(rng: Random, frame: Frame) -> Frame:
    return _sensed(rng, _skewed(rng, _grey(frame).resized((200, 200)), 2.0), (0.35, 0.6), 3)


def _office_bitonal(rng: Random, frame: Frame) -> Frame:
    scanned = _sensed(rng, _skewed(rng, _grey(frame), 2.0), (0.6, 0.9), 5)
    return _thresholded(scanned, rng.randint(120, 175))


def _thresholded(frame: Frame, level: int) -> Frame:
    return frame.showing(np.where(frame.pixels > level, 255, 0).astype(np.uint8))


def _low_dpi(dpi: float) -> Scanner:
    def scanner(rng: Random, frame: Frame) -> Frame:
        small = _skewed(rng, _grey(frame).resized((dpi, dpi)), 2.5)
        scanned = _sensed(rng, small, (0.35, 0.6), 6)
        return scanned.showing(jpeg(scanned.pixels, rng.randint(40, 75)))

    return scanner


def _tilted(rng: Random, frame: Frame) -> Frame:
    """A page pushed in askew, up to 15 degrees; corners may leave the glass."""
    small = _grey(frame).resized((200, 200))
    width, height = small.size
    angle = rng.choice((-1, 1)) * rng.uniform(4, 15)
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    scale = rng.uniform(1.05, 1.25)
    grow = np.array((width * scale, height * scale))
    matrix[:, 2] += (grow - np.array((width, height))) / 2
    border = rng.choice((255, 255, 225, 40))
    whole = np.vstack((matrix, (0, 0, 1)))
    return _sensed(rng, small.warped(whole, (int(grow[0]), int(grow[1])), border), (0.4, 0.7), 4)


def _dark_border(rng: Random, frame: Frame) -> Frame:
    """The scanner's lid stood open: black around the page, a shade along one edge."""
    small = _grey(frame).resized((240, 240))
    width, height = small.size
    margins = [rng.uniform(0.0, 0.09) for _ in range(4)]
    size = (int(width * (1 + margins[0] + margins[1])), int(height * (1 + margins[2] + margins[3])))
    angle = math.radians(rng.gauss(0, 1.5))
    matrix = np.array([
        [math.cos(angle), -math.sin(angle), margins[0] * width],
        [math.sin(angle), math.cos(angle), margins[2] * height], [0, 0, 1],
    ])  # fmt: skip
    scanned = small.warped(matrix, size, rng.randint(0, 45))
    return _sensed(rng, scanned, (0.5, 0.9), 6)


def _curled(rng: Random, frame: Frame) -> Frame:
    """Let the sheet curl: rows bend more towards the bottom, by up to 1 % of the height."""
    width, height = frame.size
    bend = rng.uniform(-0.012, 0.012) * height
    phase, waves = rng.uniform(0, math.pi), rng.uniform(0.6, 1.2)

    def shape(x: Points) -> Points:
        return np.asarray(bend * np.sin(phase + waves * math.pi * x / width))

    def move(points: Points) -> Points:
        shift = shape(points[:, 0]) * (0.3 + 0.7 * points[:, 1] / height)
        return np.stack((points[:, 0], points[:, 1] + shift), axis=1)

    x = np.arange(width, dtype=np.float32)[None, :]
    y = np.arange(height, dtype=np.float32)[:, None]
    bent = shape(x)
    source = (y - 0.3 * bent) / (1 + 0.7 * bent / height)
    across = np.repeat(x, height, axis=0)
    pixels = cv2.remap(frame.pixels, across, source.astype(np.float32), cv2.INTER_LINEAR,
                       borderMode=cv2.BORDER_REPLICATE)  # fmt: skip
    return frame.moved(np.asarray(pixels), move)


def _corners(rng: Random, size: tuple[int, int], view: tuple[int, int]) -> NDArray[np.float32]:
    """Return where a camera held not quite straight sees the page's four corners."""
    scale = rng.uniform(0.86, 0.97) * min(view[0] / size[0], view[1] / size[1])
    width, height = size[0] * scale, size[1] * scale
    left, top = (view[0] - width) / 2, (view[1] - height) / 2
    corners = [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]
    jitter = rng.uniform(0.01, 0.06) * min(width, height)
    moved = [
        (x + rng.uniform(-jitter, jitter), y + rng.uniform(-jitter, jitter)) for x, y in corners
    ]
    return np.array(moved, dtype=np.float32)


def _phone(rng: Random, frame: Frame) -> Frame:
    """A photograph by telephone: perspective, curl, a table, uneven light, hand shake, JPEG."""
    page = _curled(rng, frame.resized((215, 215)))
    view = (int(page.size[0] * rng.uniform(1.0, 1.25)), int(page.size[1] * rng.uniform(1.0, 1.12)))
    width, height = page.size
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(flat, _corners(rng, page.size, view))
    seen = page.warped(np.asarray(matrix), view, 0)
    lain = np.full((height, width), 255, dtype=np.uint8)
    cover = cv2.warpPerspective(lain, matrix, view)
    mixed = np.where(cover[..., None] > 127, seen.pixels, _table(rng, view))
    shot = _sensed(rng, seen.showing(_lit(rng, mixed)), (0.5, 1.0), 5)
    return shot.showing(jpeg(shot.pixels, rng.randint(55, 85)))


def _table(rng: Random, view: tuple[int, int]) -> Pixels:
    """A table top: wood grain along one direction, or a plain desk; out of focus."""
    width, height = view[0] // 4, view[1] // 4
    base = np.array(
        rng.choice(((96, 62, 38), (150, 112, 74), (60, 60, 66), (190, 184, 172), (120, 96, 70)))
    )
    lines = grain(rng, (height, max(width // 40, 2)), 2, rng.choice((0.02, 0.1, 0.14)))
    wood = cv2.resize(np.asarray(lines, dtype=np.float32), (width, height))
    if happens(rng, 0.5):
        wood = cv2.resize(np.ascontiguousarray(wood.T), (width, height))
    texture = 1 + wood + grain(rng, (height, width), 1, 0.03)
    small = np.asarray(np.clip(base * texture[..., None], 0, 255), dtype=np.uint8)
    return np.asarray(cv2.resize(small, view, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def _lit(rng: Random, pixels: Pixels) -> Pixels:
    """Light the picture: a lamp from one side and of one colour, perhaps somebody's shadow."""
    view = (pixels.shape[1], pixels.shape[0])
    light = cv2.resize(_light(rng, (view[0] // 4, view[1] // 4)), view)
    warmth = rng.uniform(-0.06, 0.1)
    tint = np.array((1.0 + warmth / 2, 1.0, 1.0 - warmth), dtype=np.float32)
    bright = cv2.multiply(pixels.astype(np.float32), light[..., None] * tint)
    return np.asarray(np.clip(bright, 0, 255), dtype=np.uint8)


def _light(rng: Random, size: tuple[int, int]) -> NDArray[np.float32]:
    """A lamp from one side, the vignette, sometimes the photographer's own shadow."""
    width, height = size
    across, down = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    angle = rng.uniform(0, 2 * math.pi)
    slope = across * math.cos(angle) + down * math.sin(angle)
    light = rng.uniform(0.8, 0.95) + rng.uniform(0.05, 0.2) * slope
    light -= rng.uniform(0.02, 0.12) * (across**2 + down**2) / 2
    if happens(rng, 0.35):
        edge = slope + grain(rng, (height, width), width / 3, 0.25) + rng.uniform(-0.4, 0.6)
        light *= 1 - rng.uniform(0.15, 0.35) / (1 + np.exp(-edge * 14))
    return np.asarray(light, dtype=np.float32)


def _fax(rng: Random, frame: Frame) -> Frame:
    """A fax: 204 dots an inch across, 196 (fine) or 98 down, black or white, line errors."""
    down = 98.0 if happens(rng, 0.2) else 196.0
    sent = _skewed(rng, _grey(frame), 1.5).resized((204, 196))
    sent = _sensed(rng, sent, (0.4, 0.7), 8)
    sent = sent.resized((204, down))
    bits = _thresholded(sent, rng.randint(135, 180))
    pixels = bits.pixels.copy()
    for _ in range(rng.randint(0, 6)):
        row, start = rng.randrange(pixels.shape[0]), rng.randrange(pixels.shape[1])
        pixels[row, start : start + rng.randint(40, 900)] = rng.choice((0, 255))
    return bits.showing(pixels)


def _none(_rng: Random, frame: Frame) -> Frame:
    return frame


SCANNERS: dict[str, Scanner] = {
    "none": _none,
    "grey-300": _office_grey, "colour-300": _office_colour, "grey-200": _office_200,
    "bitonal-300": _office_bitonal, "grey-150": _low_dpi(150), "grey-110": _low_dpi(110),
    "tilted": _tilted, "dark-border": _dark_border, "phone": _phone, "fax": _fax,
}  # fmt: skip


def scan(rng: Random, painting: Painting, scanner: str, quarters: int = 0) -> Scan:
    """Scan a painted page, turned by quarters against the clock; KeyError for no such scanner."""
    frame = SCANNERS[scanner](rng, Frame.of(painting)).turned(quarters)
    return frame.scan(painting)
