"""Cells of a table without lines, whose headings stand in rows of their own above the values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from intake.domain.geometry import Box
from intake.domain.placement import Placement
from intake.domain.template import FieldKind
from intake.domain.text import PageText, Word
from intake.layout.order import parts_of
from intake.stages.completion.page.title import rows_below
from intake.stages.completion.rows.headings import Headings, headings_of, is_label
from intake.stages.completion.rows.list_rows import kind_said

APART = 1.5
"""White between two columns, in heights of a line, at least."""
LEAST_ROWS = 4
"""Rows of headings, each with its values below, from which a page bears such a table."""
MOST_VALUES = 3
"""Rows of values below a row of headings, at most."""
NEXT = 2.0
"""How far below a row of headings, in its heights, the values of the last one may begin."""
NEARER = 0.7
"""White above rows of headings, in that below them, up to which they are captions."""
_MARKED = (FieldKind.SIGNATURE, FieldKind.SEAL)

_Part = tuple[Word, ...]
"""Words side by side, without white enough for a column between them."""


def unlined_cells(placement: Placement, texts: Mapping[int, PageText]) -> dict[int, Sequence[Box]]:
    """Return the cells of such tables on a notice's pages, by number; none where there is none."""
    rules = placement.template.fields
    headings = {
        name: each
        for name, each in headings_of(placement.template).items()
        if rules[name].kind not in _MARKED
    }
    found = dict[int, Sequence[Box]]()
    for page, rows in rows_below(placement, texts):
        parts = [list(parts_of(row.words, texts[page].aspect, APART)) for row in rows]
        cells = list(_cells(parts, headings))
        found |= {page: cells} if cells else {}
    return found


def _cells(rows: Sequence[Sequence[_Part]], headings: Headings) -> Iterator[Box]:
    heads = _run([n for n, row in enumerate(rows) if all(_is_heading(p, headings) for p in row)])
    if heads and _are_captions(rows, heads):
        return
    among = [row for n, row in enumerate(rows) if heads and heads[0] < n < heads[-1]]
    if any(_is_label(part) and not _is_heading(part, headings) for row in among for part in row):
        return  # one that no heading is like: its value would be taken for another's
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        above = _around(rows[head])
        below = rows[head + 1 : following]
        if following is None:  # what stands below the table is no value of it
            below = [r for r in below[:1] if _around(r).top - above.bottom < NEXT * above.height]
        if below:
            under = Box.around(map(_around, below))
            for left, right in _columns(rows[head], [part for row in below for part in row]):
                yield Box.clipped(left, above.top, right, above.bottom)
                yield Box.clipped(left, max(above.bottom, under.top), right, under.bottom)


def _are_captions(rows: Sequence[Sequence[_Part]], heads: Sequence[int]) -> bool:
    """Tell whether rows of headings stand nearer to what is above them than to what is below."""
    boxes = list(map(_around, rows))
    inner = [head for head in heads if 0 < head < len(rows) - 1]
    above = sum(boxes[head].top - boxes[head - 1].bottom for head in inner)
    below = sum(boxes[head + 1].top - boxes[head].bottom for head in inner)
    return above < NEARER * below


def _run(heads: Sequence[int]) -> list[int]:
    """Return the longest run of rows of headings with values between them; none if too short.

    A form's captions stand further apart, or have no values between them.
    """
    runs: list[list[int]] = [[]]
    for head in heads:
        if runs[-1] and not 1 < head - runs[-1][-1] <= MOST_VALUES + 1:
            runs.append([])
        runs[-1].append(head)
    longest = max(runs, key=len)
    return longest if len(longest) >= LEAST_ROWS else []


def _is_heading(part: _Part, headings: Headings) -> bool:
    text = " ".join(word.text for word in part)  # «(аты-жөнү)» is a caption below its value
    return not text.startswith("(") and is_label(part, headings)


def _is_label(part: _Part) -> bool:
    return any(kind_said(word.text) for word in part)


def _columns(heads: Sequence[_Part], values: Sequence[_Part]) -> Iterator[tuple[float, float]]:
    """Yield the edges of the columns, midway between what belongs to one heading and the next."""
    boxes = [_box(part) for part in heads]
    columns = [[box] for box in boxes]
    for value in map(_box, values):
        nearest = min(range(len(boxes)), key=lambda n: _distance(boxes[n], value))
        columns[nearest].append(value)
    whole = [Box.around(column) for column in columns]
    edges = [0.0, *((one.right + other.left) / 2 for one, other in pairwise(whole)), 1.0]
    yield from pairwise(edges)


def _distance(heading: Box, value: Box) -> float:
    """Return how far a value is from standing flush below a heading, or in its middle."""
    middle = abs(heading.left + heading.right - value.left - value.right) / 2
    return min(middle, abs(heading.left - value.left))


def _box(part: _Part) -> Box:
    return Box.around(word.box for word in part)


def _around(row: Sequence[_Part]) -> Box:
    return Box.around(map(_box, row))
