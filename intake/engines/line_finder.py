"""Finds a page's lines of text by their ink, for a recogniser that reads one line at a time.

Shapes the size of letters are chained to rows; words whose letters touch count too. A row
ends at a wide gap, unless ink fills it: print under a seal hangs together with its ring.
Commas, dots and accents, too small to make rows, widen the row they stand in. A row that
climbs is cut between words, so that each strip is nearly level.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.domain.geometry import Box
from intake.engines.components import components
from intake.engines.letter_shapes import INK, level_lines, upright_lines
from intake.engines.raster import Pixels, Raster

cv2.setNumThreads(1)

Edges = NDArray[np.int64]
"""Boxes in pixels, n×4: left, top, right, bottom."""

_LEAST_INCHES, _MOST_INCHES = 0.035, 0.26  # height of a letter: small print to a large title
_USUAL = (0.55, 3.2)  # heights of a letter or a word, in the page's usual ones
_LONGEST = 24.0  # heights: a longer shape is a rule or a border
_LEVEL = 0.5  # part of the lower of two neighbours in a row that stands beside the other
_APART = 2.2  # the widest gap within a row, in usual heights
_BRIDGED = 12.0  # the widest gap that ink may fill
_FILLED = 0.5  # part of a gap's columns that must hold ink
_CLIMB = 0.45  # usual heights that a strip may climb or fall
_ABOVE, _BELOW = 0.5, 0.4  # room for accents and descenders beyond most letters' edges
_NEAR = 4.0  # usual heights around a word in which its row is looked at
_BLANK = 12.0  # usual heights that a blank may take in a row
_AMONG = 0.7  # part of the lower of a word and its row that stands beside the other
_HOLE, _ROUND = 1.4, 1.3  # usual heights of a punched hole; its longer side by its shorter
_SOLID_INCHES = 0.11  # black so wide and high is no print: a punched hole, a bar, a border
_BESIDE = 1.2  # usual heights beside a row where its stops stand
_FULL, _NEXT, _INDENT = 15.0, 1.2, 3.0  # usual heights: a full line, white below it, an indent
_QUOTE = 0.3  # usual heights of a quote or dash, which may stand beyond a blank


def find_lines(grey: Raster, ink: Pixels) -> list[Box]:
    """Return boxes around the lines of a straightened grey page, top to bottom.

    ``ink`` is the page's print (see ``print_of``). Fractions of the page. Words far apart on
    one line stand in boxes of their own.
    """
    shapes = _shapes(ink)
    letters, usual = _letters(shapes, grey.dpi)
    if not len(letters):
        return []
    small = shapes[(shapes[:, 3] - shapes[:, 1]) < _USUAL[0] * usual]
    rows = _bridged(_rows(letters, usual), ink, usual)
    boxes = [
        _around(part, near, usual)
        for row in rows
        for part, near in _level_parts(row, _beside(row, small, usual), usual)
    ]
    boxes.sort(key=lambda box: box[1])
    return [
        Box.clipped(
            left / grey.width, top / grey.height, right / grey.width, bottom / grey.height
        )
        for left, top, right, bottom in boxes
    ]  # fmt: skip


def print_of(grey: Raster) -> Pixels:
    """Return a mask (1 = ink) of what is dark on a page, without rules, sides of boxes, holes."""
    ink = (grey.pixels < INK).view(np.uint8)
    block = np.ones((max(5, round(_SOLID_INCHES * grey.dpi)),) * 2, np.uint8)
    gone = cv2.morphologyEx(ink, cv2.MORPH_OPEN, block)
    cv2.dilate(gone, block, dst=gone)
    for mask in (level_lines, upright_lines):  # in place: a page is 9 MB
        cv2.bitwise_or(gone, mask(grey), dst=gone)
    return np.asarray(cv2.subtract(ink, gone, dst=ink), np.uint8)


def _shapes(ink: Pixels) -> Edges:
    stats = components(ink).stats[1:].astype(np.int64)
    left, top, wide, tall, area = stats.T
    solid = (area >= 0.08 * wide * tall) & (area > 3)
    return np.asarray(np.stack((left, top, left + wide, top + tall), axis=1)[solid], np.int64)


def _letters(shapes: Edges, dpi: float) -> tuple[Edges, float]:
    """Return the shapes that are letters or words of touching ones, and a letter's usual height."""
    wide, tall = shapes[:, 2] - shapes[:, 0], shapes[:, 3] - shapes[:, 1]
    able = (tall >= _LEAST_INCHES * dpi) & (tall <= _MOST_INCHES * dpi) & (wide <= 4 * tall)
    able &= wide >= 0.15 * tall
    if not able.any():
        return shapes[:0], 0.0
    usual = float(np.median(tall[able]))
    fits = (tall >= _USUAL[0] * usual) & (tall <= _USUAL[1] * usual)
    fits &= (wide <= _LONGEST * tall) & (wide >= 0.1 * tall) & (tall >= 0.8 * _LEAST_INCHES * dpi)
    return shapes[fits], usual


def _rows(letters: Edges, usual: float) -> list[Edges]:
    """Chain letters, from left to right, to rows in which each stands beside those before.

    A row's height where it ends is that of its last letters, so that a tall one
    does not draw in the row below.
    """
    rows: list[list[int]] = []
    ends = np.empty((len(letters), 3))  # of each row so far: top, right and bottom where it ends
    for number in np.argsort(letters[:, 0], kind="stable").tolist():
        left, top, right, bottom = letters[number].tolist()
        tops, rights, bottoms = ends[: len(rows)].T
        beside = np.minimum(bottoms, bottom) - np.maximum(tops, top)
        share = beside / np.maximum(np.minimum(bottoms - tops, bottom - top), 1)
        share = np.where(left - rights <= _APART * usual, share, 0.0)
        place = int(share.argmax()) if rows else 0
        if not rows or share[place] < _LEVEL:
            rows.append([number])
            ends[len(rows) - 1] = (top, right, bottom)
            continue
        rows[place].append(number)
        before = ends[place]
        ends[place] = (
            0.6 * before[0] + 0.4 * top, max(before[1], right), 0.6 * before[2] + 0.4 * bottom,
        )  # fmt: skip
    return [letters[row] for row in rows]


def _bridged(rows: list[Edges], ink: Pixels, usual: float) -> list[Edges]:
    """Join rows that go on beyond a gap filled with ink, and leave out specks."""
    rows = sorted(rows, key=lambda row: int(row[:, 0].min()))
    joined: list[Edges] = []
    around = np.empty((len(rows), 4), np.int64)
    for row in rows:
        near = _level_with(around[: len(joined)], row, _BRIDGED * usual)
        place = next((n for n in near if _goes_on(joined[n], row, ink, usual)), len(joined))
        if place == len(joined):
            joined.append(row)
        else:
            joined[place] = np.concatenate((joined[place], row))
        around[place] = _extent(joined[place])
    words = [row for row in joined if len(row) > 1]
    extents = np.array([_extent(word) for word in words], np.int64).reshape(-1, 4)
    return words + [
        row
        for row in joined
        if len(row) == 1
        and (
            _ends_lines(row, extents, usual)
            or not _is_speck(
                row, [words[n] for n in _level_with(extents, row, _BLANK * usual)], usual
            )
        )
    ]


def _extent(row: Edges) -> tuple[int, int, int, int]:
    (left, top), (right, bottom) = row[:, :2].min(axis=0), row[:, 2:].max(axis=0)
    return int(left), int(top), int(right), int(bottom)


def _level_with(extents: Edges, row: Edges, reach: float) -> list[int]:
    """Return which of some extents stand beside a row, no further from it than ``reach``.

    Looking at each closely takes minutes on a page of noise.
    """
    left, top, right, bottom = _extent(row)
    beside = (extents[:, 1] < bottom) & (extents[:, 3] > top)
    beside &= (extents[:, 0] < right + reach) & (extents[:, 2] > left - reach)
    return [int(n) for n in np.flatnonzero(beside)]


def _is_speck(row: Edges, words: list[Edges], usual: float) -> bool:
    """Tell whether one shape is no letter: a large round one (a punched hole), or lost and narrow.

    A «№» or «г.» beside a blank stands alone, but in the row of other words.
    """
    wide, tall = _width(row), int(row[0, 3] - row[0, 1])
    if tall > _HOLE * usual and max(wide, tall) < _ROUND * min(wide, tall):
        return True
    return wide < usual and not any(_stands_among(word, row, usual, _BLANK) for word in words)


def _ends_lines(row: Edges, extents: Edges, usual: float) -> bool:
    """Tell whether one shape is all of the line below a full one: «… ул. Школьная, / 2»."""
    left, top, _, bottom = row[0].tolist()
    if not len(extents) or not _USUAL[0] * usual <= bottom - top <= _HOLE * usual:
        return False
    wide = extents[:, 2] - extents[:, 0]
    begins = left - extents[:, 0]
    white = top - extents[:, 3]
    above = (wide >= _FULL * usual) & (white >= -0.3 * usual) & (white <= _NEXT * usual)
    return bool((above & (begins >= -_INDENT * usual) & (begins <= _INDENT * usual)).any())


def _goes_on(left: Edges, right: Edges, ink: Pixels, usual: float) -> bool:
    start, end = int(left[:, 2].max()), int(right[:, 0].min())
    if end <= start:
        return _stands_among(left, right, usual, _NEAR)
    if end - start > _BRIDGED * usual:
        return False
    last, first = left[left[:, 2].argmax()], right[right[:, 0].argmin()]
    top, bottom = max(last[1], first[1]), min(last[3], first[3])
    if bottom - top < _LEVEL * min(last[3] - last[1], first[3] - first[1]):
        return False
    return float(ink[top:bottom, start:end].any(axis=0).mean()) >= _FILLED


def _stands_among(row: Edges, word: Edges, usual: float, reach: float) -> bool:
    """Tell whether letters stand in a row, seen by those of it within ``reach`` usual heights."""
    start, end = int(word[:, 0].min()), int(word[:, 2].max())
    near = row[(row[:, 2] > start - reach * usual) & (row[:, 0] < end + reach * usual)]
    if not len(near):
        return False
    (top, bottom), (high, low) = (
        (float(np.median(part[:, 1])), float(np.median(part[:, 3]))) for part in (near, word)
    )
    return min(bottom, low) - max(top, high) >= _AMONG * min(bottom - top, low - high)


def _width(row: Edges) -> int:
    return int(row[:, 2].max() - row[:, 0].min())


def _beside(row: Edges, small: Edges, usual: float) -> Edges:
    """Return the small shapes in a row: stops, accents, quotes, dashes."""
    high, low = _band(row)
    middle = (small[:, 1] + small[:, 3]) / 2
    near = (middle >= high - 0.5 * usual) & (middle <= low + 0.3 * usual)
    tall = small[:, 3] - small[:, 1]
    reach = np.where(tall >= _QUOTE * usual, _APART, _BESIDE) * usual
    near &= small[:, 2] >= row[:, 0].min() - reach
    near &= small[:, 0] <= row[:, 2].max() + reach
    return small[near]


def _level_parts(row: Edges, small: Edges, usual: float) -> Iterator[tuple[Edges, Edges]]:
    """Yield the parts of a row, letters and small shapes, that climb no more than a strip may."""
    middles = (row[:, 1] + row[:, 3]) / 2
    across = (row[:, 0] + row[:, 2]) / 2
    slope = float(np.polyfit(across, middles, 1)[0]) if len(row) > 4 else 0.0
    parts = int(abs(slope) * _width(row) / (_CLIMB * usual)) + 1
    every = np.concatenate((row, small))
    every = every[np.argsort(every[:, 0], kind="stable")]
    gaps = every[1:, 0] - np.maximum.accumulate(every[:, 2])[:-1]
    wide = every[1:, 0][gaps > 0.4 * usual]  # where words begin
    wanted = row[:, 0].min() + _width(row) * np.arange(1, parts) / parts
    cuts = sorted({int(wide[np.abs(wide - x).argmin()]) for x in wanted}) if len(wide) else []
    for start, end in pairwise((-np.inf, *cuts, np.inf)):
        letters, others = (
            part[(part[:, 0] >= start) & (part[:, 0] < end)] for part in (row, small)
        )
        if len(letters):
            yield letters, others


def _band(row: Edges) -> tuple[float, float]:
    """Return between which rows of pixels most of a row's letters stand."""
    return float(np.percentile(row[:, 1], 15)), float(np.percentile(row[:, 3], 85))


def _around(row: Edges, near: Edges, usual: float) -> tuple[float, float, float, float]:
    """Return a box around a row and the small shapes in it, without what towers over it."""
    high, low = _band(row)
    top = max(float(row[:, 1].min()), high - _ABOVE * usual)
    bottom = min(float(row[:, 3].max()), low + _BELOW * usual)
    every = np.concatenate((row, near))
    if len(near):
        top = min(top, max(float(near[:, 1].min()), high - _ABOVE * usual))
    return float(every[:, 0].min()), top, float(every[:, 2].max()), bottom
