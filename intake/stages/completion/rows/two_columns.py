"""Cells of a list in two columns: labels, and values that begin flush beside them.

The labels end with colons, or else enough of them are headings. A value of two lines stands around
the middle of its label, or a label's lines around its value, so no row straight across the page
holds both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise, zip_longest
from statistics import median

from intake.domain.geometry import Box
from intake.domain.placement import Placement
from intake.domain.text import Line, PageText, Word
from intake.stages.completion.choices.said import choices_in, says_every
from intake.stages.completion.page.title import rows_below
from intake.stages.completion.rows.headings import headings_of, is_label, said_by
from intake.stages.completion.rows.list_rows import FLUSH, is_apart

LEAST = 4
"""Values that begin below each other, behind a label, from which they are a column."""
MOST = 100
"""Labels or lines of values on one page, at most."""
NEXT = 1.5
"""White between two rows of such a list, in heights of a line, at most."""
FEW, WIDER = 3, 1.5
"""Spaces of a row that tell how wide they are in it, and how much wider the white between two
columns is."""
NONE = 1.5
"""How far from its label a value may stand, in heights of a line."""

_Words = tuple[Word, ...]


def two_column_cells(
    placement: Placement, texts: Mapping[int, PageText]
) -> dict[int, Sequence[Box]]:
    """Return the cells of such lists on a notice's pages, by number; none where there is none."""
    headings = headings_of(placement.template)
    choices = [ways for _, _, ways in choices_in(placement)]

    def is_heading(words: _Words) -> bool:
        return is_label(words, headings)

    def is_known(label: _Words) -> bool:
        said = said_by(label).split()
        return is_heading(label) or any(says_every(ways, said) for ways in choices)

    found = dict[int, Sequence[Box]]()
    for page, rows in rows_below(placement, texts):
        cells = (list(_cells(rows, ends, is_known)) for ends in (_is_signed, is_heading))
        found |= {page: most} if (most := max(cells, key=len)) else {}
    return found


_IsLabel = Callable[[_Words], bool]
"""Tells whether words are a whole label, by their sign or by what they say."""


def _column(rows: Sequence[Line], ends: _IsLabel) -> float | None:
    """Return where the column of values begins; None where there is none."""
    lefts = sorted(
        word.box.left
        for row in rows
        for place, (before, word) in enumerate(pairwise(row.words), 1)
        if is_apart(before, word) and ends(row.words[:place])
    )
    near = [[other for other in lefts if 0 <= other - left < FLUSH] for left in lefts]
    most = max(near, key=len, default=[])
    return most[0] if len(most) >= LEAST else None


def _cells(rows: Sequence[Line], ends: _IsLabel, is_known: _IsLabel) -> Iterator[Box]:
    """Yield the cells of the labels that are known, and of their values."""
    left = _column(rows, ends)
    parts = list(_list_of(rows, left, ends)) if left is not None else []
    are_signed = ends is _is_signed
    labels = list(_labels([label for label, _ in parts if label], are_signed=are_signed))
    values = [_box(value) for _, value in parts if value]
    if max(len(labels), len(values)) > MOST:
        return  # no form's, and sharing them out would take minutes
    runs = _assigned([_box(label) for label in labels], values)
    for label, (start, end) in zip(labels, runs, strict=True):
        if is_known(label):
            yield _box(label)
            yield from [Box.around(values[start:end])] if end > start else []


def _list_of(rows: Sequence[Line], left: float, ends: _IsLabel) -> Iterator[tuple[_Words, _Words]]:
    """Yield the rows of the list, parted where the column of values begins."""
    parted = [_parted(row, left) for row in rows]
    signed = [n for n, part in enumerate(parted) if part and part[0] and ends(part[0])]
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
    runs_across = bool(label and value) and not _is_gutter(label, value)
    is_askew = bool(value) and value[0].box.left < left - FLUSH
    return None if runs_across or is_askew else (label, value)


def _is_gutter(label: _Words, value: _Words) -> bool:
    """Tell whether the white between two parts of a row is no space of a justified line."""
    own = value[0].box.left - label[-1].box.right
    spaces = [
        after.box.left - word.box.right for part in (label, value) for word, after in pairwise(part)
    ]
    is_wider = len(spaces) < FEW or own > WIDER * median(spaces)
    return is_apart(label[-1], value[0]) and is_wider


def _labels(lines: Sequence[_Words], *, are_signed: bool) -> Iterator[_Words]:
    """Yield the labels, each up to its colon, or from one capital to the next."""
    own: list[Word] = []
    for words, after in zip_longest(lines, lines[1:]):
        own += words
        ends = _is_signed(own) if are_signed else not after or not after[0].text[:1].islower()
        if ends:
            yield tuple(own)
            own = []


_Runs = list[tuple[int, int]]
"""Where the lines of each label's value begin and end among those of all values."""


def _assigned(labels: Sequence[Box], values: Sequence[Box]) -> _Runs:
    """Return which lines of values belong to each label: around its middle, or from its top on.

    All of them are given to some label, in order, and as a whole they lie as near as can be.
    """
    ways = (_shared_out(labels, values, at) for at in (_middle, _top))
    return min(ways, key=lambda way: way[0])[1]


def _middle(first: Box, last: Box) -> float:
    return (first.top + last.bottom) / 2


def _top(first: Box, _: Box) -> float:
    return first.top


def _shared_out(
    labels: Sequence[Box], values: Sequence[Box], at: Callable[[Box, Box], float]
) -> tuple[float, _Runs]:
    """Return the nearest way of giving each label its lines, and how far off they are in all."""
    heights = [at(box, box) for box in labels]

    def distance(label: int, start: int, end: int) -> float:
        height = labels[label].height
        if start == end:
            return NONE * height
        return abs(heights[label] - at(values[start], values[end - 1]))

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

    far, ends = best(0, 0) if labels else (0.0, ())
    return far, list(zip((0, *ends[:-1]), ends, strict=True)) if ends else []


def _is_signed(words: Sequence[Word]) -> bool:
    """Tell whether words end with a label's colon; a speck behind is read as a point."""
    return words[-1].text.rstrip(".").endswith(":")


def _box(words: Sequence[Word]) -> Box:
    return Box.around(word.box for word in words)
