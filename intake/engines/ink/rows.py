"""Where the letters of a printed row stand: baseline and small letters' height, from the ink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.engines.ink.patch import Mask, Patch, Rect, grown, opened
from intake.engines.ink.strokes import less_lines

_MEASURED = 2.5  # width, in small letters' heights, of a word that has a baseline of its own
_FEWEST = 3  # such words in a row, to tell how it bends
_TALL = 1.6  # of the usual height of words: a box with more than a word in it
_MOST_BENT, _LEAST_BENT = 0.4, 0.08  # small letters' heights: a misread box; not worth the while

_APART, _OFF = 2.5, 0.3
"""White between two cells, in heights of a word; how far their lines' feet differ, in small
letters' heights, from which they are rows of their own."""
_STROKE = 1.9  # length of a level stroke, in small letters' heights, that is no part of a letter
_SMALL = 0.5  # height of small letters, in that of a word's box

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of print in a patch, in its pixels.

    ``baseline`` is the row of pixels just below the letters that stand on the
    line, ``top`` the highest row of the small letters, ``words`` the boxes as read.
    """

    baseline: float
    top: float
    words: tuple[Rect, ...]

    @property
    def x_height(self) -> float:
        """Height of the small letters, at least 5 pixels."""
        return max(5.0, self.baseline - self.top)


def measure_row(patch: Patch, words: Sequence[Rect]) -> Row:
    """Find the baseline and the small letters' height of words that stand in one row.

    The boxes are the reader's, which may hold an underline or a ring, so they
    only say where to look: the steepest fall of the row's ink is the baseline,
    the steepest rise the top of the small letters.
    """
    tops, bottoms = [w[1] for w in words], [w[3] for w in words]
    middle_top, middle_bottom = float(np.median(tops)), float(np.median(bottoms))
    tall = max(8.0, middle_bottom - middle_top)
    first = max(0, int(middle_top - 0.6 * tall))
    last = min(patch.ink.shape[0], int(middle_bottom + 0.7 * tall))
    profile = _profile(patch.ink, words, first, last, tall)
    step = max(2, round(tall * 0.08))
    fall = _edge(profile, step)
    low, high = middle_bottom - 0.5 * tall - first, middle_bottom + 0.3 * tall - first
    baseline = _peak(fall, low, high)
    top = _peak(-fall, baseline - 0.95 * tall, baseline - 0.36 * tall)
    return Row(baseline + first, top + first, tuple(words))


def measured_rows(patch: Patch, words: Sequence[Rect]) -> list[Row]:
    """Return the rows that words beside each other make: cells have lines at heights of their own.

    Measured as one, their feet would lie between, and an underline run through the letters.
    """
    whole = measure_row(patch, words)
    parts = sorted(_apart(words), key=lambda part: part[0][0] - part[-1][2])
    rows: list[Row] = []
    for part in parts if len(parts) > 1 else ():
        own = measure_row(patch, part)
        is_wide = part[-1][2] - part[0][0] > _MEASURED * whole.x_height
        off = [abs(own.baseline - row.baseline) for row in rows]
        near = int(np.argmin(off)) if off else 0
        if not rows or (is_wide and off[near] > _OFF * whole.x_height):
            rows.append(own)
        else:
            rows[near] = replace(rows[near], words=(*rows[near].words, *part))
    return rows if len(rows) > 1 else [whole]


def _apart(words: Sequence[Rect]) -> list[list[Rect]]:
    """Return the words by cell, left to right."""
    ordered = sorted(words)
    room = _APART * float(np.median([bottom - top for _, top, _, bottom in words]))
    parts = [ordered[:1]]
    for before, word in pairwise(ordered):
        if word[0] - before[2] > room:
            parts.append([])
        parts[-1].append(word)
    return parts


def _profile(
    ink: Mask, words: Sequence[Rect], first: int, last: int, tall: float
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    total = np.zeros(max(1, last - first))
    for left, _, right, _ in words:
        strip = ink[first:last, max(0, left) : max(0, right)]
        if strip.size:
            # a stroke much longer than a letter is no letter
            strokes = opened(grown(strip, 1, 3), int(1.3 * tall), 1)
            letters = less_lines(strip, strokes, _SMALL * tall)
            total[: strip.shape[0]] += letters.sum(axis=1)
    return total


def _edge(
    profile: np.ndarray[tuple[int], np.dtype[np.float64]], step: int
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return, at each row, the ink of ``step`` rows above less that of ``step`` rows from it."""
    sums = np.concatenate([[0.0], np.cumsum(profile)])
    at = np.arange(len(profile))
    above = sums[at] - sums[np.maximum(at - step, 0)]
    below = sums[np.minimum(at + step, len(profile))] - sums[at]
    return np.asarray(above - below, np.float64)


def _peak(values: np.ndarray[tuple[int], np.dtype[np.float64]], low: float, high: float) -> float:
    start = int(min(max(0, low), len(values) - 1))
    stop = int(max(start + 1, min(high + 1, len(values))))
    return float(start + int(np.argmax(values[start:stop])))


def levelled(patch: Patch, rows: Sequence[Row]) -> Patch:
    """Return the patch with its rows made straight: what curl and perspective left is taken out.

    Feet of letters that hang a fifth of their height below the rest of the row would be an
    underline. ``rows`` keep their baselines.
    """
    height, width = patch.grey.shape
    bends = np.array([_bend(patch, row, width) for row in rows]).reshape(len(rows), width)
    least = _LEAST_BENT * min((row.x_height for row in rows), default=0.0)
    if not rows or np.abs(bends).max() < max(1.0, least):
        return patch
    across, down = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height))
    at = np.interp(np.arange(height), [row.baseline for row in rows], np.arange(len(rows)))
    before = np.floor(at).astype(int)
    after = np.minimum(before + 1, len(rows) - 1)
    share = (at - before)[:, None]
    source = down + (1 - share) * bends[before] + share * bends[after]
    straight = cv2.remap(
        patch.pixels, across, source.astype(np.float32), cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    return replace(patch, pixels=np.asarray(straight, np.uint8))


def _bend(patch: Patch, row: Row, width: int) -> Floats:
    """Return how much lower a row's letters stand in each column than its baseline, in pixels."""
    wide = [
        word for word in row.words
        if word[2] - word[0] > _MEASURED * row.x_height and not _is_lined(patch, word, row)
    ]  # fmt: skip
    found = sorted(
        ((word[0] + word[2]) / 2, measure_row(patch, [word]).baseline - row.baseline)
        for word in wide
    )
    near = [each for each in found if abs(each[1]) <= _MOST_BENT * row.x_height]
    if len(near) < _FEWEST:
        return np.zeros(width)
    middles, lower = np.array(near).T
    padded = np.pad(lower, 1, mode="edge")  # one word measured wrong bends nothing
    smooth = np.median([padded[:-2], padded[1:-1], padded[2:]], axis=0)
    return np.asarray(np.interp(np.arange(width), middles, smooth), np.float64)


def _is_lined(patch: Patch, word: Rect, row: Row) -> bool:
    """Tell whether a stroke runs along a word where its letters stand: they might be its ends."""
    x = row.x_height
    rows = slice(max(0, int(row.top)), max(1, int(row.baseline + 0.6 * x)))
    strip = patch.ink[rows, max(0, word[0]) : max(0, word[2])]
    strokes = opened(grown(strip, 1, 3), max(1, int(_STROKE * x)), 1)
    return bool(strip.size and strokes.any(axis=0).mean() > 0.5)


def grouped(words: Sequence[Rect]) -> list[list[Rect]]:
    """Group boxes into rows: those whose middles lie within the usual box of the row.

    Boxes much taller than the rest, with a ring in them or a second row, come last: they would
    join two rows, or begin one of their own.
    """
    if not words:
        return []
    most = _TALL * float(np.median([word[3] - word[1] for word in words]))
    rows: list[list[Rect]] = []
    for word in sorted(words, key=lambda w: (w[3] - w[1] > most, w[1] + w[3], w[0])):
        middles = [_middle(row) for row in rows]
        nearest = int(np.argmin(np.abs(np.array(middles) - _middle([word])))) if rows else -1
        if rows and (_holds(rows[nearest], _middle([word])) or _holds([word], middles[nearest])):
            rows[nearest].append(word)
        else:
            rows.append([word])
    return rows


def _middle(row: Sequence[Rect]) -> float:
    return float(np.median([(top + bottom) / 2 for _, top, _, bottom in row]))


def _holds(row: Sequence[Rect], height: float) -> bool:
    top, bottom = np.median([(each[1], each[3]) for each in row], axis=0)
    return bool(top <= height <= bottom)
