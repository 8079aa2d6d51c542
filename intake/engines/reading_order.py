"""Puts the words of a page into lines, in the order in which a person reads them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from intake.domain.geometry import Box
from intake.domain.text import Line, Word


@dataclass(frozen=True, slots=True)
class Standing:
    """A word, and the room that its font gives it: level for all words of a line, also for «_»."""

    word: Word
    box: Box


_LINE_OVERLAP = 0.4  # of the lower one's height, for two words to stand on one line
_BAND_GAP = 1.3  # letter heights of white between two bands of the page
_GUTTER = 0.035  # of the page's width, white all the way down between two columns
_LEAST_ROWS = 3  # lines on either side, for a gutter to part columns
_DEEPEST = 4


def lines_in_order(words: list[Standing]) -> tuple[Line, ...]:
    """Return these words as lines, top down, a column as a whole before the one right of it."""
    return tuple(_ordered(words, 0))


def _ordered(words: list[Standing], depth: int) -> list[Line]:
    rows = _rows(words)
    if depth == _DEEPEST or len(rows) < _LEAST_ROWS:
        return [_line(row) for row in rows]
    bands = _bands(rows)
    if len(bands) > 1:
        return [line for band in bands for line in _ordered(_flat(band), depth + 1)]
    columns = _columns(words)
    if len(columns) > 1:
        return [line for column in columns for line in _ordered(column, depth + 1)]
    return [_line(row) for row in rows]


def _rows(words: list[Standing]) -> list[list[Standing]]:
    rows: list[list[Standing]] = []
    for word in sorted(words, key=lambda word: word.box.top + word.box.bottom):
        row = next((row for row in reversed(rows[-4:]) if _is_level(word, row)), None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    return rows


def _is_level(word: Standing, row: list[Standing]) -> bool:
    """Whether a word stands on the line of its nearest neighbour in this row."""
    near = min(row, key=lambda other: abs(other.box.left - word.box.left)).box
    shared = min(near.bottom, word.box.bottom) - max(near.top, word.box.top)
    return shared > _LINE_OVERLAP * min(near.height, word.box.height)


def _line(row: list[Standing]) -> Line:
    words = [item.word for item in sorted(row, key=lambda item: item.box.left)]
    return Line(tuple(words), Box.around(word.box for word in words))


def _bands(rows: list[list[Standing]]) -> list[list[list[Standing]]]:
    boxes = [Box.around(word.box for word in row) for row in rows]
    gap = _BAND_GAP * median(box.height for box in boxes)
    bands, lowest = [[rows[0]]], boxes[0].bottom
    for row, box in zip(rows[1:], boxes[1:], strict=True):
        if box.top - lowest > gap:
            bands.append([])
        bands[-1].append(row)
        lowest = max(lowest, box.bottom)
    return bands


def _columns(words: list[Standing]) -> list[list[Standing]]:
    """Part the words at the first gutter with enough lines on either side."""
    by_left = sorted(words, key=lambda word: word.box.left)
    reach = 0.0
    for index, (word, following) in enumerate(pairwise(by_left), start=1):
        reach = max(reach, word.box.right)
        if following.box.left - reach > _GUTTER:
            sides = by_left[:index], by_left[index:]
            if min(len(_rows(side)) for side in sides) >= _LEAST_ROWS:
                return list(sides)
    return [words]


def _flat(band: list[list[Standing]]) -> list[Standing]:
    return [word for row in band for word in row]
