"""The cells of a ruled table, found by the lines around them."""

from __future__ import annotations

import cv2
import numpy as np

from intake.domain.geometry import Box
from intake.engines.letter_shapes import level_lines, upright_lines
from intake.engines.raster import Raster

_DPI = 150.0
_GAP_INCHES = 0.05
"""Breaks of a line that are bridged."""
_LEAST_INCHES = 0.25, 0.13
"""Width and height of a cell at least."""
_FILLED = 0.8
"""Part of a cell's box that it takes: less is what lies around a table, or between."""
_MOST = 0.6
"""Height of a cell at most, as a share of the page's: more is a frame around all of it."""


def cells_of(grey: Raster) -> tuple[Box, ...]:
    """Return the cells on a straightened page (height×width, one channel), top to bottom."""
    scale = min(1.0, _DPI / grey.dpi)
    small = cv2.resize(grey.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    page = Raster(np.asarray(small, np.uint8), grey.dpi * scale)
    upright = upright_lines(page)
    if not upright.any():
        return ()
    gap = np.ones((round(_GAP_INCHES * page.dpi), 1), np.uint8)
    lines = cv2.bitwise_or(cv2.dilate(level_lines(page), gap.T), cv2.dilate(upright, gap))
    lines = cv2.dilate(lines, np.ones((3, 3), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(1 - lines, connectivity=4)
    height, width = lines.shape
    least = _LEAST_INCHES[0] * page.dpi, _LEAST_INCHES[1] * page.dpi
    cells = [
        Box.clipped(left / width, top / height, (left + wide) / width, (top + tall) / height)
        for left, top, wide, tall, area in stats[1:].tolist()
        if wide >= least[0] and least[1] <= tall <= _MOST * height and area >= _FILLED * wide * tall
    ]
    return tuple(sorted(cells, key=lambda cell: (cell.top, cell.left)))
