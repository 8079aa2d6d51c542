"""Paints sheets: points to pixels, and the exact place of every piece of writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from intake.synth.sheet import Alpha, Colour, Rule, Run, Sheet, Stamp, Stroke

Pixels = NDArray[np.uint8]
Edges = tuple[float, float, float, float]


@dataclass
class Painting:
    """A painted page: red, green, blue pixels, and by tag the places of its ink in pixels."""

    pixels: Pixels
    dpi: float
    ink: dict[str, list[Edges]] = field(default_factory=dict)

    def note(self, tag: str, edges: Edges) -> None:
        """Remember ink of this tag."""
        if tag:
            self.ink.setdefault(tag, []).append(edges)


def paint(sheet: Sheet, dpi: float, rng: Random) -> Painting:
    """Paint one sheet at a resolution; what is written by hand wobbles by ``rng``."""
    scale = dpi / 72
    size = (round(sheet.width * scale), round(sheet.height * scale))
    image = Image.new("RGB", size, (255, 255, 255))
    painting = Painting(np.asarray(image), dpi)
    typed = [item for item in sheet.items if isinstance(item, Run) and not item.by_hand]
    draw = ImageDraw.Draw(image)
    for run in typed:
        painting.note(run.tag, _type(draw, run, scale))
    for rule in sheet.items:
        if isinstance(rule, Rule):
            _rule(draw, rule, scale)
    painting.pixels = np.array(image)
    for item in sheet.items:
        if isinstance(item, Run) and item.by_hand:
            painting.note(item.tag, _write(painting.pixels, item, scale, rng))
        elif isinstance(item, Stroke):
            painting.note(item.tag, _stroke(painting.pixels, item, scale))
        elif isinstance(item, Stamp):
            painting.note(item.tag, _stamp(painting.pixels, item, scale))
    return painting


def _type(draw: ImageDraw.ImageDraw, run: Run, scale: float) -> Edges:
    font = run.face.font(run.text[0], max(round(run.size * scale), 4))
    place = (run.x * scale, run.baseline * scale)
    draw.text(place, run.text, fill=run.colour, font=font, anchor="ls")
    left, top, right, bottom = draw.textbbox(place, run.text, font=font, anchor="ls")
    return float(left), float(top), float(right), float(bottom)


def _rule(draw: ImageDraw.ImageDraw, rule: Rule, scale: float) -> None:
    thickness = max(round(rule.thickness * scale), 1)
    y = round(rule.y * scale)
    draw.line((rule.left * scale, y, rule.right * scale, y), fill=(25, 25, 25), width=thickness)


def _write(pixels: Pixels, run: Run, scale: float, rng: Random) -> Edges:
    """Write letter by letter, each with its own size, lean and height."""
    x, drift = run.x, 0.0
    boxes = []
    for letter in run.text:
        size = run.size * rng.uniform(0.94, 1.06)
        drift = 0.7 * drift + rng.gauss(0, 0.022) * run.size
        font = run.face.font(letter, max(round(size * scale), 4))
        mask, offset = font.getmask2(letter, mode="L", anchor="ls")
        if mask.size[0] and mask.size[1]:
            letter_ink = np.array(mask, dtype=np.float32).reshape(mask.size[::-1]) / 255
            spot = (round(x * scale) + offset[0], round((run.baseline + drift) * scale) + offset[1])
            pressed = _lean(letter_ink, rng.gauss(0, 2.2)) * rng.uniform(0.78, 1.0)
            boxes.append(blend(pixels, pressed, spot, run.colour))
        x += run.face.width(letter, size) * rng.uniform(0.97, 1.03)
    return around(boxes) if boxes else (run.x * scale, run.baseline * scale) * 2


def _lean(alpha: Alpha, degrees: float) -> Alpha:
    height, width = alpha.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(cv2.warpAffine(alpha, turn, (width, height)), dtype=np.float32)


def _stroke(pixels: Pixels, stroke: Stroke, scale: float) -> Edges:
    fine = 4  # sub-pixel positions for OpenCV's fixed-point lines: 1/16 pixel
    points = np.array(stroke.path, dtype=np.float64) * scale
    widest = max(stroke.widths) * scale + 2
    origin = np.floor(points.min(axis=0) - widest).astype(int)
    size = np.ceil(points.max(axis=0) + widest).astype(int) - origin
    mask = np.zeros((int(size[1]), int(size[0])), dtype=np.uint8)
    fixed = np.round((points - origin) * 2**fine).astype(int)
    for (start, end), width in zip(pairwise(fixed), stroke.widths, strict=False):
        thickness = max(round(width * scale), 1)
        cv2.line(mask, start.tolist(), end.tolist(), 255, thickness, cv2.LINE_AA, fine)
    return blend(
        pixels, mask.astype(np.float32) / 255, (int(origin[0]), int(origin[1])), stroke.colour
    )


def _stamp(pixels: Pixels, stamp: Stamp, scale: float) -> Edges:
    size = (max(round(stamp.width * scale), 2), max(round(stamp.height * scale), 2))
    alpha = cv2.resize(stamp.alpha, size, interpolation=cv2.INTER_AREA)
    spot = (round(stamp.left * scale), round(stamp.top * scale))
    return blend(pixels, np.asarray(alpha, dtype=np.float32), spot, stamp.colour)


def blend(pixels: Pixels, alpha: Alpha, spot: tuple[int, int], colour: Colour) -> Edges:
    """Lay ink over pixels as inks mix (multiplying); return the edges of the ink in pixels."""
    height, width = pixels.shape[:2]
    x0, y0 = max(spot[0], 0), max(spot[1], 0)
    x1, y1 = min(spot[0] + alpha.shape[1], width), min(spot[1] + alpha.shape[0], height)
    if x1 <= x0 or y1 <= y0:
        return float(x0), float(y0), float(x0), float(y0)
    part = alpha[y0 - spot[1] : y1 - spot[1], x0 - spot[0] : x1 - spot[0]]
    absorbed = 1 - part[..., None] * (1 - np.array(colour, dtype=np.float32) / 255)
    pixels[y0:y1, x0:x1] = (pixels[y0:y1, x0:x1] * absorbed).astype(np.uint8)
    rows, columns = np.flatnonzero(part.max(axis=1) > 0.2), np.flatnonzero(part.max(axis=0) > 0.2)
    if not len(rows):
        return float(x0), float(y0), float(x1), float(y1)
    return (
        float(x0 + columns[0]), float(y0 + rows[0]),
        float(x0 + columns[-1] + 1), float(y0 + rows[-1] + 1),
    )  # fmt: skip


def around(boxes: Sequence[Edges]) -> Edges:
    """Return the edges around all of these."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
