"""Where the letters of a printed row stand: baseline and small letters' height, from the ink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from intake.engines.ink.patch import Mask, Patch, Rect, opened


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


def _profile(
    ink: Mask, words: Sequence[Rect], first: int, last: int, tall: float
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    total = np.zeros(max(1, last - first))
    for left, _, right, _ in words:
        strip = ink[first:last, max(0, left) : max(0, right)]
        if strip.size:
            # a stroke much longer than a letter is no letter
            letters = strip & ~opened(strip, int(1.3 * tall), 1)
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


def grouped(words: Sequence[Rect]) -> list[list[Rect]]:
    """Group boxes into rows: those whose middles lie within each other's heights."""
    rows: list[list[Rect]] = []
    for word in sorted(words, key=lambda w: (w[1] + w[3], w[0])):
        middle = (word[1] + word[3]) / 2
        for row in rows:
            if row[-1][1] <= middle <= row[-1][3]:
                row.append(word)
                break
        else:
            rows.append([word])
    return rows
