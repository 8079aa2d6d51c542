"""Cuts single lines out of a page, at the size of letters that the models know best."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from intake.domain.geometry import Box
from intake.engines.raster import Pixels, Raster
from intake.engines.readers.letters import Window

LINE_HEIGHT = 48
"""Pixels that a line is scaled to; 36 and 64 read as well (measured on 279 values)."""

MARGIN = 10
"""White pixels around it."""

_FAINTEST = 48  # levels between paper and ink; the engine makes up digits on bare paper
_LEAST_PIXELS = 3
_WIDEST = 6000  # a sliver of a box would be blown up without end
_SPARE = 0.12
"""Room around the box, in its heights: worn edges are cut too close by the engine's boxes."""


@dataclass(frozen=True, slots=True, eq=False)
class Crop:
    """The picture of one line, and where it lies on its page."""

    pixels: Pixels
    window: Window


def crop_line(grey: Raster, box: Box) -> Crop | None:
    """Cut the line in ``box`` out, scaled, with a white margin; None where there is no ink."""
    left, top, right, bottom = _with_room(grey, box)
    if right - left < _LEAST_PIXELS or bottom - top < _LEAST_PIXELS:
        return None
    scale = min(LINE_HEIGHT / (bottom - top), _WIDEST / (right - left))
    part = grey.pixels[top:bottom, left:right]
    size = (max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale)))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    scaled = cv2.resize(part, size, interpolation=way)
    white = int(np.percentile(scaled, 90))
    if white - int(scaled.min()) < _FAINTEST:
        return None
    framed = cv2.copyMakeBorder(
        scaled, MARGIN, MARGIN, MARGIN, MARGIN, cv2.BORDER_CONSTANT, value=white
    )
    window = Window(left - MARGIN / scale, top - MARGIN / scale, scale, grey.width, grey.height)
    return Crop(np.asarray(framed, np.uint8), window)


def _with_room(grey: Raster, box: Box) -> tuple[int, int, int, int]:
    left, top, right, bottom = box.pixels(grey.width, grey.height)
    spare = round(_SPARE * (bottom - top))
    return (
        max(0, left - spare),
        max(0, top - spare),
        min(grey.width, right + spare),
        min(grey.height, bottom + spare),
    )
