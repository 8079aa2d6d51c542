"""Tables without rules: rows of a page that may belong to one table row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from intake.domain.geometry import Box
from intake.domain.text import Line, Word

GUTTER = 1.2
"""White between label and value, in heights of the line, at least."""
MARGIN = 0.25
"""How far before the values, in heights of the line, the cut lies."""
TALLEST = 3
"""Lines that a label or value in one table row may take, at most."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """Lines ``start`` to ``end`` (exclusive) of a page, as one table row: label, then value."""

    start: int
    end: int
    label: tuple[Line, ...]
    value: tuple[Line, ...]


def table_rows(lines: Sequence[Line], aspect: float) -> tuple[TableRow, ...]:
    """Return every run of two or three lines that may be a table row, read by its two cells.

    The label's lines come first, then the value's; any run with a gutter in one
    of its lines, and no word on it, may be such a table row. Another line must
    have its gutter there too: one wide space is no table.
    """
    cuts = [_widest_gap(line, aspect) for line in lines]
    found: dict[tuple[int, int], TableRow] = {}
    for number, cut in enumerate(cuts):
        if cut is None or not _is_shared(cut, lines, cuts, aspect):
            continue
        for start in range(max(0, number - 1), number + 1):
            for end in range(max(start, number) + 1, min(start + TALLEST, len(lines)) + 1):
                cells = _cells(lines[start:end], cut) if end - start > 1 else None
                if cells is not None:
                    found.setdefault((start, end), TableRow(start, end, *cells))
    return tuple(found.values())


def by_cell(lines: Sequence[Line], rows: Iterable[TableRow]) -> tuple[Line, ...]:
    """Return the page's lines with these table rows, none of which share a line, read by cell."""
    ordered, at = [], 0
    for row in sorted(rows, key=lambda each: each.start):
        ordered += [*lines[at : row.start], *row.label, *row.value]
        at = row.end
    return (*ordered, *lines[at:])


def _widest_gap(line: Line, aspect: float) -> float | None:
    """Return where the widest white of a line ends, None where it is no gutter.

    Values stand flush left; a label in another line may reach nearly as far as they begin.
    """
    words = [word for word in line.words if any(map(str.isalnum, word.text))]  # no «|» of a rule
    gaps = [(b.box.left - a.box.right, b.box.left) for a, b in pairwise(words)]
    width, end = max(gaps, default=(0.0, 0.0))
    if width * aspect < GUTTER * line.box.height:
        return None
    return end - min(width / 2, MARGIN * line.box.height / aspect)


def _is_shared(
    cut: float, lines: Sequence[Line], cuts: Sequence[float | None], aspect: float
) -> bool:
    near = [abs(cut - other) * aspect <= line.box.height
            for line, other in zip(lines, cuts, strict=True) if other is not None]  # fmt: skip
    return sum(near) > 1


def _cells(lines: Sequence[Line], cut: float) -> tuple[tuple[Line, ...], tuple[Line, ...]] | None:
    """Return the words left of the cut, and those right of it; None where one lies on it."""
    if any(word.box.left < cut < word.box.right for line in lines for word in line.words):
        return None
    left = [[w for w in line.words if w.box.right <= cut] for line in lines]
    right = [[w for w in line.words if w.box.left >= cut] for line in lines]
    return tuple(map(_line, filter(None, left))), tuple(map(_line, filter(None, right)))


def _line(words: Sequence[Word]) -> Line:
    return Line(tuple(words), Box.around(word.box for word in words))
