"""Strips: the pictures that the recogniser reads, all of one height and one contrast."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.domain.geometry import Box
from intake.engines.raster import Pixels, Raster
from intake.engines.readers.letters import Window

Strip = NDArray[np.uint8]
"""``HEIGHT``×width, 0 = paper, 255 = the darkest ink."""

HEIGHT = 40
_SPARE = 0.12
"""Room above and below the box, in its heights, and twice as much before and after.

More lets in the lines above and below, less at the sides cuts letters (measured).
"""

_LEAST_PIXELS = 3
_WIDEST = 150  # heights: a sliver of a box would be blown up without end
_FAINTEST = 40
"""Levels between paper and ink that are taken for full contrast at least."""


def normalised(grey: Pixels) -> Strip:
    """Return grey pixels (0 = black), of any height, as a strip."""
    height, width = grey.shape
    wide = max(round(width * HEIGHT / height), 4)
    way = cv2.INTER_AREA if height > HEIGHT else cv2.INTER_LINEAR
    scaled = cv2.resize(grey, (wide, HEIGHT), interpolation=way)
    histogram = np.cumsum(np.bincount(scaled.ravel(), minlength=256))
    paper = int(np.searchsorted(histogram, 0.75 * histogram[-1]))
    ink = int(np.searchsorted(histogram, 0.005 * histogram[-1]))
    contrast = max(paper - ink, _FAINTEST)
    table = np.clip((paper - np.arange(256)) * (255.0 / contrast), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(scaled, table), dtype=np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """The strip of one line, and where it lies on its page."""

    strip: Strip
    window: Window


def cut_strip(grey: Raster, box: Box) -> Cut | None:
    """Cut the line in ``box`` out as a strip; None where there is no ink.

    It gets a little room on all sides, as the lines that the recogniser was
    trained on have.
    """
    left, top, right, bottom = box.pixels(grey.width, grey.height)
    spare = round(_SPARE * (bottom - top))
    left, top = max(0, left - 2 * spare), max(0, top - spare)
    right, bottom = min(grey.width, right + 2 * spare), min(grey.height, bottom + spare)
    part = grey.pixels[top:bottom, left:right]
    if min(part.shape) < _LEAST_PIXELS or part.shape[1] > _WIDEST * part.shape[0]:
        return None
    if int(np.percentile(part, 90)) - int(part.min()) < _FAINTEST:
        return None
    scale = HEIGHT / (bottom - top)
    return Cut(normalised(part), Window(left, top, scale, grey.width, grey.height))
