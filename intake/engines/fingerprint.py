"""A short sign of a page's picture, by which the same paper is known when it is scanned again."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.engines.raster import Raster

SIDE = 32
_EDGE = 0.002


def fingerprint(grey: Raster) -> str:
    """Return 256 hex digits (1,024 bits) of a straightened grey page.

    Each bit says whether the ink grows or shrinks from one cell of a 32×32
    grid over the written part to the next; two scans of one paper differ in few
    bits. An empty page gives an empty string: it is like any other empty page.
    """
    ink = 255.0 - grey.pixels.astype(np.float32)
    ink -= np.median(ink)
    np.clip(ink, 0.0, None, out=ink)
    written = _written(ink)
    if written is None:
        return ""
    top, bottom, left, right = written
    cells = cv2.resize(ink[top:bottom, left:right], (SIDE + 1, SIDE), interpolation=cv2.INTER_AREA)
    smooth = cv2.GaussianBlur(cells, (3, 3), 0)
    bits = np.diff(smooth, axis=1) > 0
    return np.packbits(bits).tobytes().hex()


def _written(ink: NDArray[np.float32]) -> tuple[int, int, int, int] | None:
    """Return the edges of the part that holds all but a trace of the ink."""
    total = float(ink.sum())
    if total < 255.0 * ink.size * 1e-4:
        return None
    top, bottom = _span(ink.sum(axis=1), total)
    left, right = _span(ink.sum(axis=0), total)
    return top, bottom, left, right


def _span(profile: NDArray[np.float32], total: float) -> tuple[int, int]:
    share = np.cumsum(profile) / total
    return int(np.searchsorted(share, _EDGE)), int(np.searchsorted(share, 1 - _EDGE)) + 1
