"""Even light: a page's own paper made white everywhere, its ink made dark."""

from __future__ import annotations

import cv2
import numpy as np

from intake.engines.raster import Pixels

cv2.setNumThreads(1)

WHITE = 255
_COARSE = 8  # the light of a page changes slowly: it is measured on a picture this much smaller
_REACH_INCHES = 0.25  # wider than any stroke of print or pen, so that paper is always in reach
_NOISE_LEVELS = 4.0  # ink stands out of the paper's grain by this many deviations
_FAINT = 0.12  # strokes paler than this share of the page's ink are the back side, dirt or grain
_PALEST_INK = 0.08  # of paper white: nothing paler is taken for ink


def paper_light(grey: Pixels, dpi: float) -> Pixels:
    """Return the brightness of the bare paper at every pixel of a grey page."""
    height, width = grey.shape
    small = (max(2, width // _COARSE), max(2, height // _COARSE))
    # a whole number of pixels for each coarse one is several times as fast
    even = grey[: small[1] * _COARSE, : small[0] * _COARSE]
    coarse = cv2.resize(even, small, interpolation=cv2.INTER_AREA)
    reach = max(3, int(_REACH_INCHES * dpi / _COARSE) | 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    closed = cv2.morphologyEx(cv2.medianBlur(coarse, 3), cv2.MORPH_CLOSE, kernel)
    smooth = cv2.GaussianBlur(closed, (0, 0), reach / 4)
    wide = cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(wide, dtype=np.uint8)


def flatten(grey: Pixels, dpi: float) -> Pixels:
    """Return a grey page divided by its light: paper near 255 wherever it lies."""
    return np.asarray(cv2.divide(grey, paper_light(grey, dpi), scale=WHITE), dtype=np.uint8)


def ink_depth(flat: Pixels) -> tuple[float, float]:
    """Return how dark ink and grain are on a flattened page, as shares of paper white.

    The first is the darkness of typical strokes (0 on an empty page), the second
    the deviation of the bare paper.
    """
    counts = np.bincount(flat[::3, ::3].ravel(), minlength=256).astype(float)
    levels = (WHITE - np.arange(256)) / WHITE
    share = np.cumsum(counts) / counts.sum()  # from black up
    middle = levels[np.searchsorted(share, 0.5)]
    # the darker quartile: the brighter one is cut off where paper touches white
    grain = float(max(levels[np.searchsorted(share, 0.16)] - middle, 0.004))
    grain = min(grain, 0.12)
    strokes = levels > max(_PALEST_INK, float(middle) + _NOISE_LEVELS * grain)
    if counts[strokes].sum() < 20:
        return 0.0, grain
    dark = np.cumsum(counts * strokes) / counts[strokes].sum()
    return float(levels[np.searchsorted(dark, 0.3)]), grain


def ink_mask(flat: Pixels) -> Pixels:
    """Return 1 where a flattened page has ink, 0 where it has paper, stains or the back side."""
    depth, grain = ink_depth(flat)
    if depth == 0.0:
        return np.zeros_like(flat)
    limit = max(_PALEST_INK, 0.42 * depth, _NOISE_LEVELS * grain)
    return (flat < WHITE * (1 - limit)).astype(np.uint8)


def for_reading(flat: Pixels) -> Pixels:
    """Return a flattened page with its ink stretched to black and faint traces washed out."""
    depth, grain = ink_depth(flat)
    if depth == 0.0:
        return flat
    white = 1 - max(_FAINT * depth, min(grain, 0.3 * depth))
    black = 1 - depth
    levels = (np.arange(256) / WHITE - black) / max(white - black, 0.05)
    table = np.clip(levels * WHITE, 0, WHITE).astype(np.uint8)
    return np.asarray(cv2.LUT(flat, table), dtype=np.uint8)
