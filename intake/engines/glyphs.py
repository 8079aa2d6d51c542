"""Letters as shapes: spots of ink that have the size of print, whatever they say."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.engines.components import components
from intake.engines.raster import Pixels

cv2.setNumThreads(1)

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]

_LEAST_INCHES, _MOST_INCHES = 0.028, 1.5  # from a small letter to a word of letters that touch
_TALLEST_INCHES = 0.3  # a letter of 40 points
_WORD = 14.0  # letters that touch make a spot of up to so many letter heights
_LETTER_OF_WORD = 0.7  # a letter's height, of a word's from its highest to its lowest stroke
_BLOCK = 3  # pixels that become one, to see words as wholes
_LONGEST = 14.0  # a spot longer than so many of its heights is a rule
_TOUCHING = 1.7  # letter heights: longer spots are several letters
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

    Letters that touch are cut apart. Rules, frames, seals, borders and pictures
    are too long or too large, grain and dust too small; each page's own letters
    say what is usual on it.
    """
    found = components(ink)
    if found.count < 2:
        return NO_GLYPHS
    boxes = found.stats[:, :4].astype(float)
    short, long = boxes[:, 2:].min(axis=1), boxes[:, 2:].max(axis=1)
    area = found.stats[:, 4].astype(float)
    solid = (area >= 0.12 * short * long) & (short >= 2)
    solid[0] = False
    size = _letter_height(ink, dpi)
    if size == 0.0:
        return NO_GLYPHS
    single = solid & (long >= 0.55 * size) & (long <= _TOUCHING * size) & (short >= 0.15 * size)
    several = solid & (long > _TOUCHING * size) & (long <= _WORD * size)
    several &= (short >= 0.4 * size) & (short <= 3.0 * size)
    inked = np.flatnonzero(ink)
    label = found.labels.ravel()[inked]
    keep = (single | several)[label]
    ys, xs = np.divmod(inked[keep], ink.shape[1])
    pieces = _pieces(xs, ys, np.where(several[label[keep]], label[keep], 0), (boxes, size))
    step = max(1, len(xs) // _POINTS)
    points = np.stack((xs[::step], ys[::step]), axis=1) + _dither(len(xs[::step]))
    return Glyphs(
        np.concatenate((boxes[single], pieces[:, :4])),
        np.concatenate((found.centres[single], pieces[:, 4:])),
        points,
        size,
    )


def _letter_height(ink: Pixels, dpi: float) -> float:
    """Return the usual height of letters, 0 where there are none.

    Measured at a third of the size, where strokes of a letter that print or
    threshold tore apart, and mostly the letters of a word, grow together: the
    shorter side of what comes of it is the height of words.
    """
    block = np.ones((_BLOCK, _BLOCK), dtype=np.uint8)
    coarse = np.ascontiguousarray(cv2.dilate(ink, block)[1::_BLOCK, 1::_BLOCK])
    stats = components(coarse).stats
    # a stroke's end lies anywhere in its block: half a block too much at either end
    boxes = stats[1:, 2:4].astype(float) * _BLOCK - _BLOCK / 2
    area = stats[1:, 4].astype(float) * _BLOCK**2
    short, long = boxes.min(axis=1), boxes.max(axis=1)
    usable = (short >= _LEAST_INCHES * dpi) & (short <= _TALLEST_INCHES * dpi)
    usable &= (long <= _MOST_INCHES * dpi) & (long <= _LONGEST * short)
    usable &= area >= 0.2 * short * long
    words = _weighted_median(short[usable], area[usable]) if usable.any() else 0.0
    return words * _LETTER_OF_WORD


def _pieces(xs: Labels, ys: Labels, label: Labels, known: tuple[Floats, float]) -> Floats:
    """Cut spots of several letters (label > 0) across, a letter's height apart.

    Returns n×6: left, top, width, height and the middle of each piece's ink.
    """
    boxes, size = known
    xs, ys, label = xs[label > 0], ys[label > 0], label[label > 0]
    if not len(label):
        return np.zeros((0, 6))
    left, top, width, height = boxes[label].T
    long = np.maximum(width, height)
    along = np.where(width >= height, xs - left, ys - top)
    count = np.maximum(np.rint(long / size), 1)
    piece = np.minimum(along * count / long, count - 1).astype(np.int64)
    _, key, inks = np.unique(label * 64 + piece, return_inverse=True, return_counts=True)
    edges = [_each(np.minimum, xs, key), _each(np.minimum, ys, key),
             _each(np.maximum, xs, key) + 1, _each(np.maximum, ys, key) + 1]  # fmt: skip
    middle = [np.bincount(key, weights=values) / inks for values in (xs, ys)]
    found = np.stack((*edges[:2], edges[2] - edges[0], edges[3] - edges[1], *middle), axis=1)
    return np.asarray(found[inks > 0.12 * size * size / 2], dtype=np.float64)


def _each(pick: np.ufunc, values: Labels, key: Labels) -> Labels:
    """Return the least or the greatest value of each key 0, 1, 2, ..."""
    first = values[np.unique(key, return_index=True)[1]]
    pick.at(first, key, values)
    return first


def _dither(count: int) -> Floats:
    """Return places within a pixel: whole numbers would pile up in an angle's bins of their own."""
    return np.random.default_rng(0).random((count, 2))


def _weighted_median(values: Floats, weights: Floats) -> float:
    order = np.argsort(values)
    share = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(share, share[-1] / 2)])
