"""Rows to lines in the order in which a person reads them, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, takewhile

from intake.domain.geometry import Box
from intake.domain.text import Line, Word
from intake.layout.rows import Piece, Row, pieces_of, rows_of, typical_height

GUTTERS = (1.6, 0.8)
"""White between columns, in heights of a word, at least: first what is surely one."""
DEPTHS = (3, 2, 1)
"""How often columns are looked for within columns: a blank between words looks like white."""

INTERLEAVED = 0.2
"""Part of the lower of two rows that lies beside the other where they are of two columns."""
TABLE_DIGITS = 6
"""A number of so many digits on the right marks a table of labels and values."""


def reading_order(words: Iterable[Word], aspect: float) -> tuple[Line, ...]:
    """Return the words as lines, column by column where they surely stand in columns.

    ``aspect`` is the page's width divided by its height.
    """
    return column_orders(words, aspect)[0]


def column_orders(words: Iterable[Word], aspect: float) -> list[tuple[Line, ...]]:
    """Return the words as lines column by column, in each way that they may stand in columns.

    Columns beside each other are read one after the other; a label and a long number stay on one
    line, however far apart. The likeliest way comes first.
    """
    pieces = pieces_of(words, aspect)
    rows, usual = rows_of(pieces), typical_height(pieces)
    return [
        tuple(map(_line, _in_order(rows, _Columns(gutter * usual, hanging), depth)))
        for hanging in (True, False)
        for gutter in GUTTERS
        for depth in DEPTHS
    ]


def row_order(words: Iterable[Word], aspect: float) -> tuple[Line, ...]:
    """Return the words as lines straight across the page, top to bottom."""
    return tuple(_line(row) for row in rows_of(pieces_of(words, aspect)))


def parts_of(words: Sequence[Word], aspect: float, apart: float) -> Iterator[tuple[Word, ...]]:
    """Yield the parts of a row that white of more than ``apart`` heights of its words sets off."""
    start = 0
    for number, (one, other) in enumerate(pairwise(words), 1):
        if other.box.left - one.box.right > apart * one.box.height / aspect:
            yield tuple(words[start:number])
            start = number
    yield tuple(words[start:])


def _line(row: Row) -> Line:
    return Line(tuple(p.word for p in row), Box.around(p.word.box for p in row))


@dataclass(frozen=True, slots=True)
class _Columns:
    """What is taken for columns: how wide their ``gutter`` is, in which row they may begin.

    ``hanging``: a row that stands in one of the columns alone may be their first, as a
    value does whose neighbour is blank.
    """

    gutter: float
    hanging: bool


def _in_order(rows: Sequence[Row], kind: _Columns, depth: int) -> list[Row]:
    if not depth:
        return list(rows)
    ordered: list[Row] = []
    start = 0
    while start < len(rows):
        end, cut = _columns_from(rows, start, kind.gutter)
        if kind.hanging and end - start < 2:
            end, cut = _columns_below(rows, start, kind.gutter)
        if end - start < 2:
            ordered.append(rows[start])
            start += 1
            continue
        part = rows[start:end]
        left = [kept for row in part if (kept := [p for p in row if _middle(p) <= cut])]
        right = [kept for row in part if (kept := [p for p in row if _middle(p) > cut])]
        if _is_table(right):
            ordered.extend(part)
        else:
            ordered += _in_order(left, kind, depth - 1) + _in_order(right, kind, depth - 1)
        start = end
    return ordered


def _columns_below(rows: Sequence[Row], start: int, gutter: float) -> tuple[int, float]:
    """Return the columns that begin in the next row, where this one stands in one of them."""
    if start + 1 == len(rows) or not _is_near(rows[start], rows[start + 1]):
        return start, 0.0
    end, cut = _columns_from(rows, start + 1, gutter)
    row = rows[start]
    is_aside = row[0].left > cut or max(p.right for p in row) < cut
    return (end, cut) if end - start > 2 and is_aside else (start, 0.0)


def _columns_from(rows: Sequence[Row], start: int, gutter: float) -> tuple[int, float]:
    """Return how far the columns that begin in this row reach, and where the gutter is."""
    best_end, best_cut = start, 0.0
    for left, right in _openings(rows, start, gutter):
        low, high, end = left, right, start + 1
        lefts, rights = int(rows[start][0].left < low), int(rows[start][-1].right > high)
        while end < len(rows):
            narrowed = _narrow(rows[end], low, high, gutter)
            if narrowed is None or not _is_near(rows[end - 1], rows[end]):
                break
            low, high = narrowed
            lefts += rows[end][0].left < low
            rights += rows[end][-1].right > high
            end += 1
        if min(lefts, rights) >= 2 and end > best_end:
            best_end, best_cut = end, (low + high) / 2
    return best_end, best_cut


def _openings(rows: Sequence[Row], start: int, gutter: float) -> list[tuple[float, float]]:
    """Return what may be a gutter: white within a row, or before the next one that overlaps it.

    Two columns' lines seldom stand level.
    """
    row, below = rows[start], rows[start + 1 : start + 2]
    gaps = _gaps(row, gutter)
    if gaps or not below or not _interleave(row, below[0]):
        return gaps
    ends = [(max(p.right for p in each), each[0].left) for each in (row, below[0])]
    between = [(ends[n][0], ends[1 - n][1]) for n in (0, 1)]
    return [(end, left) for end, left in between if left - end >= gutter]


def _interleave(row: Row, below: Row) -> bool:
    """Tell whether a row begins before the one above it ends, by more than a slope or a tail."""
    height = min(max(p.height for p in each) for each in (row, below))
    return max(p.bottom for p in row) - min(p.top for p in below) > INTERLEAVED * height


def _gaps(row: Row, gutter: float) -> list[tuple[float, float]]:
    ends = accumulate((p.right for p in row), max)  # a short word may lie within a long one
    return [(end, p.left) for end, p in zip(ends, row[1:], strict=False) if p.left - end >= gutter]


def _narrow(row: Row, low: float, high: float, gutter: float) -> tuple[float, float] | None:
    """Return the part of a gutter that this row leaves white, None where it is too narrow."""
    end = max(p.right for p in row)
    for left, right in [
        (float("-inf"), row[0].left), *_gaps(row, gutter), (end, float("inf")),
    ]:  # fmt: skip
        if min(high, right) - max(low, left) >= gutter:
            return max(low, left), min(high, right)
    return None


def _middle(piece: Piece) -> float:
    return (piece.left + piece.right) / 2


def _is_near(above: Row, below: Row) -> bool:
    height = max(p.height for p in (*above, *below))  # a row of specks has none
    return min(p.top for p in below) - max(p.bottom for p in above) <= 1.0 * height


def _is_table(right: Sequence[Row]) -> bool:
    return any(_begins_with_number(row) for row in right)


def _begins_with_number(row: Row) -> bool:
    first = takewhile(lambda piece: any(map(str.isdigit, piece.word.text)), row)
    return sum(c.isdigit() for piece in first for c in piece.word.text) >= TABLE_DIGITS
