"""What happened to the paper before it was scanned; each effect keeps the geometry."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

import cv2
import numpy as np

from intake.synth.frame import added, grain, shaded
from intake.synth.paint import Edges, Painting, Pixels, around

Effect = Callable[[Random, Painting], Pixels]


def _clean(_rng: Random, page: Painting) -> Pixels:
    return page.pixels


def _tinted(rng: Random, page: Painting) -> Pixels:
    """Cheap paper: greyish or yellowish, with fibres."""
    tint = np.array((rng.uniform(0.93, 0.99), rng.uniform(0.91, 0.97), rng.uniform(0.82, 0.93)))
    fibres = 1 + grain(rng, page.pixels.shape[:2], 6, 0.012)
    return shaded(np.asarray(page.pixels * tint, dtype=np.uint8), fibres)


def _bleed_through(rng: Random, page: Painting) -> Pixels:
    """The other side shines through, mirrored and soft."""
    back = cv2.GaussianBlur(np.ascontiguousarray(page.pixels[:, ::-1]), (0, 0), page.dpi / 110)
    back = np.roll(back, (rng.randint(-60, 160), rng.randint(-40, 40)), axis=(0, 1))
    weight = rng.uniform(0.08, 0.2)
    return shaded(page.pixels, 1 - weight * (1 - back.min(axis=2) / 255.0))


def _crumpled(rng: Random, page: Painting) -> Pixels:
    """Folds and creases: facets of light and shade, worn toner along the creases."""
    height, width = page.pixels.shape[:2]
    facets = 1 + grain(rng, (height, width), page.dpi * 1.2, 0.045)
    creases = np.zeros((height, width), dtype=np.uint8)
    for _ in range(rng.randint(4, 12)):
        start, angle = (rng.randint(0, width), rng.randint(0, height)), rng.uniform(0, math.pi)
        length = rng.uniform(0.1, 0.5) * height
        end = (int(start[0] + length * math.cos(angle)), int(start[1] + length * math.sin(angle)))
        cv2.line(
            creases, start, end, rng.randint(90, 220), max(int(page.dpi / 150), 1), cv2.LINE_AA
        )
    soft = np.asarray(cv2.GaussianBlur(creases, (0, 0), page.dpi / 200) / 255.0)
    worn = added(page.pixels, soft * 60)
    return shaded(worn, facets - np.roll(soft, 3, axis=0) * 0.16)


def _folded(rng: Random, page: Painting) -> Pixels:
    """Folded in three for an envelope: two soft lines with shade on one side."""
    pixels, height = page.pixels, page.pixels.shape[0]
    rows = np.arange(height, dtype=np.float32)
    factor = np.ones(height, dtype=np.float32)
    for share in (1 / 3, 2 / 3):
        y = height * (share + rng.uniform(-0.02, 0.02))
        factor -= rng.uniform(0.05, 0.15) * np.exp(-(((rows - y) / (page.dpi / 60)) ** 2))
        factor -= 0.04 * np.where(
            (rows > y) & (rows < y + page.dpi), (page.dpi - rows + y) / page.dpi, 0
        )
    return shaded(pixels, np.repeat(factor[:, None], pixels.shape[1], axis=1))


def _coffee(rng: Random, page: Painting) -> Pixels:
    """A brown ring from a cup, and a few drops."""
    height, width = page.pixels.shape[:2]
    stain = np.zeros((height, width), dtype=np.float32)
    middle = (rng.randint(0, width), rng.randint(0, height))
    radius = int(page.dpi * rng.uniform(1.3, 1.7))
    cv2.circle(stain, middle, radius, 0.35, int(page.dpi / 12), cv2.LINE_AA)
    cv2.circle(stain, middle, radius, 0.12, -1)
    for _ in range(rng.randint(0, 5)):
        spot = (middle[0] + rng.randint(-900, 900), middle[1] + rng.randint(-900, 900))
        cv2.circle(stain, spot, rng.randint(4, 30), rng.uniform(0.2, 0.4), -1)
    soft = cv2.GaussianBlur(stain, (0, 0), page.dpi / 90)
    soft = soft * (1 + grain(rng, (height, width), page.dpi / 6, 0.3))
    brown = np.array((0.25, 0.45, 0.75))
    return np.asarray(np.clip(page.pixels * (1 - soft[..., None] * brown), 0, 255), dtype=np.uint8)


def _highlighted(rng: Random, page: Painting) -> Pixels:
    """A clerk ran a yellow or green highlighter over one value."""
    fields = [tag for tag in page.ink if "/field:" in tag]
    chosen = [tag for tag in fields if not tag.endswith((":signature", ":seal"))]
    if not chosen:
        return page.pixels
    left, top, right, bottom = around(page.ink[rng.choice(sorted(chosen))])
    pixels = page.pixels.copy()
    y0, y1 = max(int(top - page.dpi / 40), 0), int(bottom + page.dpi / 40)
    x0, x1 = max(int(left - page.dpi / 8), 0), int(right + page.dpi / 8)
    colour = np.array(rng.choice(((1.0, 1.0, 0.35), (0.6, 1.0, 0.55), (1.0, 0.72, 0.85))))
    pixels[y0:y1, x0:x1] = (pixels[y0:y1, x0:x1] * colour).astype(np.uint8)
    return pixels


def _punched(rng: Random, page: Painting) -> Pixels:
    """Two punch holes at the left edge, dark where the scanner's lid shows."""
    pixels = page.pixels.copy()
    x, shade = int(page.dpi * rng.uniform(0.35, 0.5)), rng.randint(20, 120)
    middle = page.pixels.shape[0] / 2
    for offset in (-40, 40):  # millimetres, as ISO 838 has them
        y = int(middle + offset * page.dpi / 25.4)
        cv2.circle(pixels, (x, y), int(page.dpi * 3 / 25.4), (shade, shade, shade), -1, cv2.LINE_AA)
    return pixels


def _stapled(rng: Random, page: Painting) -> Pixels:
    """A staple in the upper corner with its shadow, and the corner's fold."""
    pixels = page.pixels.copy()
    x, y = int(page.dpi * rng.uniform(0.25, 0.5)), int(page.dpi * rng.uniform(0.25, 0.5))
    length, angle = page.dpi * 0.4, rng.uniform(-0.9, 0.2)
    end = (int(x + length * math.cos(angle)), int(y - length * math.sin(angle)))
    width = max(int(page.dpi / 60), 1)
    cv2.line(pixels, (x + 4, y + 5), (end[0] + 4, end[1] + 5), (150, 150, 150), width * 2)
    cv2.line(pixels, (x, y), end, (70, 70, 75), width, cv2.LINE_AA)
    return pixels


def _low_toner(rng: Random, page: Painting) -> Pixels:
    """A cartridge near its end: pale vertical bands and letters with holes."""
    height, width = page.pixels.shape[:2]
    across = grain(rng, (2, width), page.dpi / 2, 0.18)[0]
    speckle = np.clip(grain(rng, (height, width), 1, 0.16) + 0.08, 0, 0.45)
    fade = np.clip(rng.uniform(0.2, 0.42) + across, 0.05, 0.62)[None, :] + speckle
    dark = 255.0 - page.pixels
    return np.asarray(255 - dark * (1 - np.clip(fade, 0, 0.85))[..., None], dtype=np.uint8)


def _copied(rng: Random, page: Painting) -> Pixels:
    """A copy of a copy: letters grown and broken, black specks, a grey veil."""
    kernel = np.ones((2, 2), dtype=np.uint8)
    grown = (
        cv2.erode(page.pixels, kernel) if rng.random() < 0.6 else cv2.dilate(page.pixels, kernel)
    )
    soft = cv2.GaussianBlur(grown, (0, 0), page.dpi / 260).astype(np.float32)
    hard = np.clip((soft - 128) * rng.uniform(1.6, 3.0) + 128, 0, 255)
    specks = (grain(rng, hard.shape[:2], 1, 1.0) > 3.6)[..., None]
    return np.asarray(np.where(specks, 40, hard), dtype=np.uint8)


def _dark_copy(rng: Random, page: Painting) -> Pixels:
    """Newsprint-dark paper: little contrast between ink and ground."""
    veil = rng.uniform(0.62, 0.78)
    return shaded(page.pixels, veil + grain(rng, page.pixels.shape[:2], page.dpi / 3, 0.02))


PAPERS: dict[str, Effect] = {
    "clean": _clean, "tinted": _tinted, "bleed-through": _bleed_through, "crumpled": _crumpled,
    "folded": _folded, "coffee": _coffee, "highlighted": _highlighted, "punched": _punched,
    "stapled": _stapled, "low-toner": _low_toner, "copy": _copied, "dark": _dark_copy,
}  # fmt: skip


def wear(rng: Random, page: Painting, paper: str) -> None:
    """Let the paper suffer; KeyError for no such paper."""
    page.pixels = PAPERS[paper](rng, page)


__all__ = ["PAPERS", "Edges", "wear"]
