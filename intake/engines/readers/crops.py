"""Cuts single lines out of a page, at the size of letters that the models know best."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from intake.domain.geometry import Box
from intake.engines.raster import Pixels, Raster
from intake.engines.readers.letters import Window

LINE_HEIGHT = 48
"""Pixels that a line's box is scaled to."""

MARGIN = 16
"""White pixels around it."""


@dataclass(frozen=True, slots=True, eq=False)
class Crop:
    """The picture of one line, and where it lies on its page."""

    pixels: Pixels
    window: Window


def crop_line(grey: Raster, box: Box) -> Crop | None:
    """Cut the line in ``box`` out, scaled, with a white margin; None where nothing is left."""
    left, top, right, bottom = box.pixels(grey.width, grey.height)
    if right - left < 3 or bottom - top < 3:
        return None
    scale = LINE_HEIGHT / (bottom - top)
    part = grey.pixels[top:bottom, left:right]
    size = (max(1, round(part.shape[1] * scale)), LINE_HEIGHT)
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    scaled = cv2.resize(part, size, interpolation=way)
    white = int(np.percentile(scaled, 90))
    framed = cv2.copyMakeBorder(
        scaled, MARGIN, MARGIN, MARGIN, MARGIN, cv2.BORDER_CONSTANT, value=white
    )
    window = Window(left - MARGIN / scale, top - MARGIN / scale, scale, grey.width, grey.height)
    return Crop(np.asarray(framed, np.uint8), window)
