"""Finds a page's lines of text by their ink, for a recogniser that reads one line at a time.

Shapes the size of letters are chained to rows; words whose letters touch count too. A row
ends at a wide gap, unless ink fills it: print under a seal hangs together with its ring.
Commas, dots and accents, too small to make rows, widen the row they stand in. A row that
climbs is cut between words, so that each strip is nearly level.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.domain.geometry import Box
from intake.domain.text import Line
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
_BESIDE = 1.2  # usual heights beside a row where its stops and quotes stand


def find_lines(grey: Raster) -> list[Box]:
    """Return boxes around the lines of a straightened grey page, top to bottom.

    Fractions of the page. Words far apart on one line stand in boxes of their own.
    """
    ink = print_of(grey)
    shapes = _shapes(ink)
    letters, usual = _letters(shapes, grey.dpi)
    if not len(letters):
        return []
    small = shapes[(shapes[:, 3] - shapes[:, 1]) < _USUAL[0] * usual]
    rows = _bridged(_rows(letters, usual), ink, usual)
    boxes = [_around(part, small, usual) for row in rows for part in _level_parts(row, usual)]
    boxes.sort(key=lambda box: box[1])
    return [
        Box.clipped(
            left / grey.width, top / grey.height, right / grey.width, bottom / grey.height
        )
        for left, top, right, bottom in boxes
    ]  # fmt: skip


def print_of(grey: Raster) -> Pixels:
    """Return a mask (1 = ink) of what is dark on a page, without rules and sides of boxes."""
    lines = cv2.bitwise_or(level_lines(grey), upright_lines(grey))
    return np.asarray((grey.pixels < INK) & (lines == 0), np.uint8)


def with_heights(line: Line, ink: Pixels) -> Line:
    """Return a line whose letters are as high as the ink in their columns, not as their line.

    ``ink`` is the page's print (see ``print_of``); a letter without any keeps its box.
    """
    words = []
    for word in line.words:
        letters = tuple(replace(each, box=_closed(each.box, ink)) for each in word.letters)
        words.append(replace(word, letters=letters, box=Box.around(each.box for each in letters)))
    return Line(tuple(words), line.box)


def _closed(box: Box, ink: Pixels) -> Box:
    height, width = ink.shape
    left, top, right, bottom = box.pixels(width, height)
    aside = (right - left) // 5  # the neighbours' ink
    rows = np.flatnonzero(ink[top:bottom, left + aside : right - aside].any(axis=1))
    if not len(rows):
        return box
    return Box(
        box.left, (top + int(rows[0])) / height, box.right, (top + int(rows[-1]) + 1) / height
    )


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
    for row in rows:
        place = next((n for n, left in enumerate(joined) if _goes_on(left, row, ink, usual)), None)
        if place is None:
            joined.append(row)
        else:
            joined[place] = np.concatenate((joined[place], row))
    return [row for row in joined if len(row) > 1 or _width(row) >= usual]


def _goes_on(left: Edges, right: Edges, ink: Pixels, usual: float) -> bool:
    start, end = int(left[:, 2].max()), int(right[:, 0].min())
    if not 0 < end - start <= _BRIDGED * usual:
        return False
    last, first = left[left[:, 2].argmax()], right[right[:, 0].argmin()]
    top, bottom = max(last[1], first[1]), min(last[3], first[3])
    if bottom - top < _LEVEL * min(last[3] - last[1], first[3] - first[1]):
        return False
    return float(ink[top:bottom, start:end].any(axis=0).mean()) >= _FILLED


def _width(row: Edges) -> int:
    return int(row[:, 2].max() - row[:, 0].min())


def _level_parts(row: Edges, usual: float) -> Iterator[Edges]:
    """Yield the parts of a row between whose ends it climbs no more than a strip may."""
    row = row[np.argsort(row[:, 0], kind="stable")]
    middles = (row[:, 1] + row[:, 3]) / 2
    across = (row[:, 0] + row[:, 2]) / 2
    slope = float(np.polyfit(across, middles, 1)[0]) if len(row) > 4 else 0.0
    parts = int(abs(slope) * _width(row) / (_CLIMB * usual)) + 1
    if parts == 1:
        yield row
        return
    gaps = row[1:, 0] - np.maximum.accumulate(row[:, 2])[:-1]
    wide = np.flatnonzero(gaps > 0.4 * usual) + 1  # between words
    wanted = row[0, 0] + _width(row) * np.arange(1, parts) / parts
    cuts = {int(wide[np.abs(row[wide, 0] - x).argmin()]) for x in wanted} if len(wide) else set()
    yield from (part for part in np.split(row, sorted(cuts)) if len(part))


def _around(row: Edges, small: Edges, usual: float) -> tuple[float, float, float, float]:
    """Return a box around a row and the small shapes in it, without what towers over it."""
    high, low = float(np.percentile(row[:, 1], 15)), float(np.percentile(row[:, 3], 85))
    top = max(float(row[:, 1].min()), high - _ABOVE * usual)
    bottom = min(float(row[:, 3].max()), low + _BELOW * usual)
    left, right = float(row[:, 0].min()), float(row[:, 2].max())
    middle = (small[:, 1] + small[:, 3]) / 2
    near = (middle >= high - 0.5 * usual) & (middle <= low + 0.3 * usual)
    near &= (small[:, 2] >= left - _BESIDE * usual) & (small[:, 0] <= right + _BESIDE * usual)
    if near.any():
        left, right = (
            min(left, float(small[near, 0].min())),
            max(right, float(small[near, 2].max())),
        )
        top = min(top, max(float(small[near, 1].min()), high - _ABOVE * usual))
    return left, top, right, bottom
