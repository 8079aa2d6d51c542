"""Cells of a list in two columns: labels with a colon, and values that begin flush beside them.

A value of two lines stands around the middle of its label, or a label's lines around its value, so
no row straight across the page holds both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from intake.domain.geometry import Box
from intake.domain.placement import Placement
from intake.domain.text import Line, PageText, Word
from intake.stages.completion.page.title import rows_below
from intake.stages.completion.rows.headings import Headings, headings_of, is_heading, plain
from intake.stages.completion.rows.list_rows import FLUSH, is_apart

LEAST = 4
"""Values that begin below each other, behind a label, from which they are a column."""
MOST = 100
"""Labels or lines of values on one page, at most."""
NEXT = 1.5
"""White between two rows of such a list, in heights of a line, at most."""
NONE = 1.5
"""How far from its label a value may stand, in heights of a line."""

_Words = tuple[Word, ...]


def two_column_cells(
    placement: Placement, texts: Mapping[int, PageText]
) -> dict[int, Sequence[Box]]:
    """Return the cells of such lists on a notice's pages, by number; none where there is none."""
    headings = headings_of(placement.template)
    found = dict[int, Sequence[Box]]()
    for page, rows in rows_below(placement, texts):
        left = _column(rows)
        cells = list(_cells(rows, left, headings)) if left is not None else []
        found |= {page: cells} if cells else {}
    return found


def _column(rows: Sequence[Line]) -> float | None:
    """Return where the column of values begins; None where there is none."""
    lefts = sorted(
        word.box.left
        for row in rows
        for before, word in pairwise(row.words)
        if _is_sign(before) and is_apart(before, word)
    )
    near = [[other for other in lefts if 0 <= other - left < FLUSH] for left in lefts]
    most = max(near, key=len, default=[])
    return most[0] if len(most) >= LEAST else None


def _cells(rows: Sequence[Line], left: float, headings: Headings) -> Iterator[Box]:
    """Yield the cells of the labels that are headings, and of their values."""
    parts = list(_list_of(rows, left))
    labels = list(_labels([label for label, _ in parts if label]))
    values = [_box(value) for _, value in parts if value]
    if max(len(labels), len(values)) > MOST:
        return  # no form's, and sharing them out would take minutes
    runs = _assigned([_box(label) for label in labels], values)
    for label, (start, end) in zip(labels, runs, strict=True):
        if is_heading(plain(" ".join(word.text for word in label)), headings):
            yield _box(label)
            yield from [Box.around(values[start:end])] if end > start else []


def _list_of(rows: Sequence[Line], left: float) -> Iterator[tuple[_Words, _Words]]:
    """Yield the rows of the list, parted where the column of values begins."""
    parted = [_parted(row, left) for row in rows]
    signed = [n for n, part in enumerate(parted) if part and part[0] and _is_sign(part[0][-1])]
    if not signed:
        return
    end = signed[-1] + 1
    while end < len(rows) and parted[end] and _is_next(rows[end - 1], rows[end]):
        end += 1
    start = signed[0]
    while start and parted[start - 1] and _is_next(rows[start - 1], rows[start]):
        start -= 1
    yield from (part for part in parted[start:end] if part)


def _is_next(above: Line, row: Line) -> bool:
    return row.box.top - above.box.bottom < NEXT * row.box.height


def _parted(row: Line, left: float) -> tuple[_Words, _Words] | None:
    """Return the words left and right of where the column begins; None for a row across it."""
    label = tuple(word for word in row.words if word.box.right < left)
    value = row.words[len(label) :]
    return None if value and value[0].box.left < left - FLUSH else (label, value)


def _labels(lines: Sequence[_Words]) -> Iterator[_Words]:
    """Yield the labels, each up to its colon."""
    own: list[Word] = []
    for words in lines:
        own += words
        if _is_sign(own[-1]):
            yield tuple(own)
            own = []


def _assigned(labels: Sequence[Box], values: Sequence[Box]) -> list[tuple[int, int]]:
    """Return which lines of values belong to each label: those that stand around its middle.

    All of them are given to some label, in order, and as a whole they lie as near as can be.
    """
    middles = [(box.top + box.bottom) / 2 for box in labels]

    def distance(label: int, start: int, end: int) -> float:
        height = labels[label].height
        if start == end:
            return NONE * height
        return abs(middles[label] - (values[start].top + values[end - 1].bottom) / 2)

    @cache
    def best(label: int, start: int) -> tuple[float, tuple[int, ...]]:
        """Return the least distance from a label on, and where each one's lines end."""
        if label == len(labels) - 1:
            return distance(label, start, len(values)), (len(values),)
        ways = (
            (distance(label, start, end) + best(label + 1, end)[0], end)
            for end in range(start, len(values) + 1)
        )
        least, end = min(ways)
        return least, (end, *best(label + 1, end)[1])

    ends = best(0, 0)[1] if labels else ()
    return list(zip((0, *ends[:-1]), ends, strict=True)) if ends else []


def _is_sign(word: Word) -> bool:
    """Tell whether a label ends with a word, at its colon; a speck behind is read as a point."""
    return word.text.rstrip(".").endswith(":")


def _box(words: Sequence[Word]) -> Box:
    return Box.around(word.box for word in words)
