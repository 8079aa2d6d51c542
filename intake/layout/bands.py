"""Where two orders of the same words differ: the bands of a page that may be columns or rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intake.domain.text import Line, PageText
from intake.layout.order import reading_order, row_order


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of a page from edge to edge, read straight across or column by column."""

    rows: tuple[Line, ...]
    columns: tuple[Line, ...]

    @property
    def is_plain(self) -> bool:
        """Whether both ways give the same text."""
        return [line.text for line in self.rows] == [line.text for line in self.columns]


def bands_of(text: PageText) -> tuple[Band, ...]:
    """Cut a page into the smallest bands that hold the same words in both orders."""
    words = [word for line in text.lines for word in line.words]
    rows, columns = row_order(words, text.aspect), reading_order(words, text.aspect)
    bands: list[Band] = []
    row_start = column_start = row_end = column_end = 0
    left_over: dict[int, int] = {}  # words seen in one order more often than in the other
    while row_end < len(rows) or column_end < len(columns):
        if row_end < len(rows):
            _count(left_over, rows[row_end], 1)
            row_end += 1
        while column_end < len(columns) and _wants(left_over, columns[column_end]):
            _count(left_over, columns[column_end], -1)
            column_end += 1
        if not left_over:
            bands.append(Band(rows[row_start:row_end], columns[column_start:column_end]))
            row_start, column_start = row_end, column_end
    return tuple(bands)


def _count(left_over: dict[int, int], line: Line, step: int) -> None:
    for word in line.words:
        count = left_over.get(id(word), 0) + step
        if count:
            left_over[id(word)] = count
        else:
            left_over.pop(id(word), None)


def _wants(left_over: dict[int, int], line: Line) -> bool:
    """Tell whether taking this line of the columns brings both orders nearer to each other."""
    return bool(left_over) and any(left_over.get(id(word), 0) > 0 for word in line.words)


def in_order(bands: Sequence[Band], by_column: frozenset[int], text: PageText) -> PageText:
    """Return the page with the bands of these numbers read by column, all others across."""
    lines = [
        line
        for number, band in enumerate(bands)
        for line in (band.columns if number in by_column else band.rows)
    ]
    return PageText(tuple(lines), text.engine, text.aspect)
