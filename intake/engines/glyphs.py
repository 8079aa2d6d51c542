"""Letters as shapes: spots of ink that have the size of print, whatever they say."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.engines.raster import Pixels

cv2.setNumThreads(1)

Floats = NDArray[np.float64]

_LEAST_INCHES, _MOST_INCHES = 0.028, 0.35  # letters of 5 to 40 points, smallest to tallest
_WORD = 12.0  # letters that touch make a spot of up to so many letter heights
_POINTS = 24_000  # enough ink for an angle to a fiftieth of a degree


@dataclass(frozen=True, slots=True, eq=False)
class Glyphs:
    """Spots of print on a draft of a page.

    ``boxes`` are n×4: left, top, width, height; ``centres`` n×2, both in pixels
    of the draft; ``ink`` m×2: x and y of inked pixels that belong to print;
    ``size`` is the usual height of a letter, 0 where there is no print.
    """

    boxes: Floats
    centres: Floats
    ink: Floats
    size: float

    @property
    def count(self) -> int:
        """How many spots there are."""
        return len(self.boxes)


NO_GLYPHS = Glyphs(np.zeros((0, 4)), np.zeros((0, 2)), np.zeros((0, 2)), 0.0)


def find_glyphs(ink: Pixels, dpi: float) -> Glyphs:
    """Return the spots of a mask of ink (1 = ink) that may be print.

    Rules, frames, seals, borders and pictures are too long or too large, grain
    and dust too small; each page's own letters say what is usual on it.
    """
    count, labels, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if count < 2:
        return NO_GLYPHS
    boxes = stats[:, :4].astype(float)
    short, long = boxes[:, 2:].min(axis=1), boxes[:, 2:].max(axis=1)
    area = stats[:, 4].astype(float)
    usable = (long >= _LEAST_INCHES * dpi) & (long <= _MOST_INCHES * dpi) & (short >= 2)
    usable &= area >= 0.12 * short * long
    usable[0] = False
    if not usable.any():
        return NO_GLYPHS
    size = _weighted_median(long[usable], area[usable])
    usual = usable & (long >= 0.55 * size) & (long <= 2.2 * size) & (short >= 0.15 * size)
    textual = (short >= 0.3 * size) & (short <= 3.0 * size) & (long <= _WORD * size)
    textual &= area >= 0.1 * short * long
    textual[0] = False
    ys, xs = np.nonzero((usual | textual)[labels])
    step = max(1, len(xs) // _POINTS)
    points = np.stack((xs[::step], ys[::step]), axis=1).astype(float)
    return Glyphs(boxes[usual], centres[usual], points, size)


def _weighted_median(values: Floats, weights: Floats) -> float:
    order = np.argsort(values)
    share = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(share, share[-1] / 2)])
