"""The strokes of a signature, told from print, rules and seals by a small network.

Where a seal of a pen's tone lies over a signature no rule of shape tells them apart; who has seen
many of both does. The network was trained on drawn scenes (``intake/train/pens``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.domain.geometry import Box
from intake.engines.checked import read_checked
from intake.engines.components import components
from intake.engines.ink.patch import WORK_DPI, Mask, Patch, Rect, grown
from intake.engines.ink.signature import PALE

MODEL = Path(__file__).with_name("pen.onnx")
DPI = 100.0
"""Resolution of what the network sees."""
CELL = 8
"""Working pixels a cell of its answer: one millimetre."""
LIKELY = 0.5
"""Probability from which a cell holds a signature's stroke."""
ASIDE, ABOVE, BELOW = 16, 14, 8
"""How far beside, above and below its place a signature may begin, in cells."""
REACH = 0.6
"""How far the letters of a value written by hand reach beyond its line, in heights of it."""

Cells = NDArray[np.float32]
_STRIDE = 8  # the network's picture is a multiple of this


@dataclass(frozen=True, slots=True)
class PenStrokes:
    """The largest connected strokes at a place: square millimetres that they touch, and where.

    ``free``: those of them outside seals.
    """

    area: int = 0
    free: int = 0
    box: Box | None = None


def pen_strokes(
    patch: Patch, core: Box, values: Sequence[Box], sealed: Mask, marked: float = 0.0
) -> PenStrokes:
    """Return what of a patch is a signature's at the place ``core``, however little.

    ``values`` are the lines of values: what was written by hand into a blank is no signature.
    ``sealed`` tells which pixels of the patch lie within a seal, ``marked`` down to where on the
    page marks at options reach: strokes that end above it are theirs.
    """
    likely = signed_cells(patch) >= LIKELY
    for value in values:
        left, top, right, bottom = (round(edge / CELL) for edge in patch.rect(value))
        room = max(1, round(REACH * (bottom - top)))
        rows = slice(max(0, top - room), max(0, bottom + room))
        likely[rows, max(0, left - room) : max(0, right + room)] = False
    found = components(grown(likely, 3, 3))
    left, top, right, bottom = (round(edge / CELL) for edge in patch.rect(core))
    best, marks_end = PenStrokes(), patch.rect(replace(core, top=marked))[1] / CELL
    for label in range(1, found.count):
        x, y, wide, tall = (int(n) for n in found.stats[label, : cv2.CC_STAT_AREA])
        is_near = (
            x <= right + ASIDE and x + wide >= left - ASIDE
            and y <= bottom + BELOW and y + tall >= top - ABOVE and y + tall > marks_end
        )  # fmt: skip
        cells = likely & (found.labels == label)
        area = int(np.count_nonzero(cells))
        if is_near and area > best.area and not _is_pale(patch, cells):
            free = int(np.count_nonzero(cells & ~_by_cell(sealed, cells.shape)))
            best = PenStrokes(area, free, patch.box(_in_pixels((x, y, x + wide, y + tall))))
    return best


def _by_cell(pixels: Mask, shape: tuple[int, ...]) -> Mask:
    """Return which cells, rows×columns of them, hold any of these pixels."""
    rows, columns = shape
    padded = np.zeros((rows * CELL, columns * CELL), np.bool_)
    here = pixels[: rows * CELL, : columns * CELL]
    padded[: here.shape[0], : here.shape[1]] = here
    found = padded.reshape(rows, CELL, columns, CELL).any(axis=(1, 3))
    return np.asarray(found, np.bool_)


def _is_pale(patch: Patch, cells: Mask) -> bool:
    """Tell whether cells have too little ink for a pen's: a shadow's edge looks like a stroke."""
    size = (patch.ink.shape[1], patch.ink.shape[0])
    inked = cv2.resize(cells.view(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
    dark = patch.darkness[inked & patch.ink]
    return not dark.size or float(np.median(dark)) < PALE


def signed_cells(patch: Patch) -> Cells:
    """Return for each cell of a patch the probability that a signature's stroke is in it."""
    share = DPI / WORK_DPI
    dark = np.clip(patch.darkness, 0, 1).astype(np.float32)
    small = cv2.resize(dark, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    height, width = small.shape
    picture = np.pad(small, ((0, -height % _STRIDE), (0, -width % _STRIDE)))
    network = _network()
    network.setInput(picture[None, None])
    cells = np.asarray(network.forward(), np.float32)[0, 0]
    within = cells[: -(-dark.shape[0] // CELL), : -(-dark.shape[1] // CELL)]
    return np.asarray(within, np.float32)


def _in_pixels(rect: Rect) -> Rect:
    left, top, right, bottom = (edge * CELL for edge in rect)
    return left, top, right, bottom


@cache
def _network() -> cv2.dnn.Net:
    return cv2.dnn.readNetFromONNX(np.frombuffer(read_checked(MODEL), np.uint8))
