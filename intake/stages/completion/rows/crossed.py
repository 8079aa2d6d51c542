"""Values where a row and a column of a table cross: «Огнетушители порошковые», «по норме».

Neither label tells a value alone. Together they say what the form's ``headings`` have or what its
wording prints before the blank: the row's words, and those for its column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from intake.domain.geometry import Box
from intake.domain.placement import PlacedLetter, Placement
from intake.domain.template import FieldKind, Gap, Maybe, Piece, Print
from intake.domain.text import PageText
from intake.fields.reference import Reference
from intake.layout.order import parts_of
from intake.stages.completion.page.given import with_given
from intake.stages.completion.page.title import rows_below
from intake.stages.completion.rows.celled import value_in
from intake.stages.completion.rows.cells import (
    EDGE,
    Cell,
    Cells,
    cells_below_title,
    in_column,
)
from intake.stages.completion.rows.headings import LIKE, Headings, headings_of, likenesses, plain

_KINDS = FieldKind.NUMBER, FieldKind.DATE
"""What is told from labels by its digits."""
Letters = Sequence[PlacedLetter]
APART = 1.5
"""White between two columns of a table without rules, in heights of a line, at least."""
LEAST = 3
"""Letters of a word that makes a cell a label."""
FEWEST = 2
"""Values that cross labels, from which a table is such a one."""


def with_crossed(
    placement: Placement, texts: Mapping[int, PageText], cells: Cells, reference: Reference
) -> Placement:
    """Return the placement with such values, as all that their fields have.

    ``texts`` are the notice's pages by number, ``cells`` those of their ruled tables.
    """
    headings, rules = _headings(placement), placement.template.fields

    def values_in(cells: Cells) -> Mapping[str, Letters]:
        table = list(cells_below_title(placement, texts, cells))
        named = ((_field_of(cell, table, headings), cell) for cell in table)
        values = (
            (name, value_in(rules[name], cell.letters, placement, reference))
            for name, cell in named
            if name
        )
        return _only(values)

    found = values_in(cells)
    for parted in () if len(found) >= FEWEST else _parted(placement, texts):
        found = max(found, values_in(parted), key=len)
    return with_given(placement, found) if len(found) >= FEWEST else placement


def _parted(placement: Placement, texts: Mapping[int, PageText]) -> Iterator[Cells]:
    """Yield the cells of tables that white alone makes: rows of several parts below each other."""
    for page, rows in rows_below(placement, texts):
        aspect = texts[page].aspect
        parts = [list(parts_of(row.words, aspect, APART)) for row in rows]
        for is_table, several in groupby(parts, key=lambda row: len(row) > 1):
            own = list(several)
            if is_table and len(own) > 1:
                yield {page: [Box.around(w.box for w in part) for row in own for part in row]}


def _only(values: Iterable[tuple[str, Letters]]) -> Mapping[str, Letters]:
    """Return the values of fields that one cell alone has."""
    found: dict[str, list[Letters]] = {}
    for name, value in values:
        if value:
            found.setdefault(name, []).append(value)
    return {name: several[0] for name, several in found.items() if len(several) == 1}


def _headings(placement: Placement) -> Headings:
    """Return what tells each field that a table may ask for: its headings, the wording's labels."""
    kinds = {name: rule.kind for name, rule in placement.template.fields.items()}
    printed: dict[str, list[str]] = {}
    for block in placement.wording.blocks:
        for name, label in _labels(block.pieces):
            printed.setdefault(name, []).append(label)
    return {
        name: [*said, *printed.get(name, ())]
        for name, said in headings_of(placement.template).items()
        if kinds[name] in _KINDS
    }


def _labels(pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    """Yield the fields of a row with what it prints for each: its own words, the column's."""
    row = column = ""
    for piece in pieces:
        if isinstance(piece, Gap):
            yield piece.field, plain(f"{row} {column}")
            column = ""
        elif isinstance(piece, Print):
            row, column = piece.text, ""
        else:
            column = _said(piece)


def _said(maybe: Maybe) -> str:
    return " ".join(piece.text for piece in maybe.pieces if isinstance(piece, Print))


def _field_of(cell: Cell, table: Sequence[Cell], headings: Headings) -> str | None:
    """Return the field whose value a cell holds, by the labels of its row and its column."""
    if _is_label(cell):
        return None
    labels = [each for each in table if each.page == cell.page and _is_label(each)]
    row = [c for c in labels if c.box.shares_row(cell.box) and c.box.right <= cell.box.left + EDGE]
    head = [c for c in labels if in_column(c.box, cell.box) and c.box.bottom <= cell.box.top + EDGE]
    ways = [
        likenesses(" ".join(both), headings)
        for one in _ways(sorted(row, key=lambda c: c.box.left))
        for other in _ways(sorted(head, key=lambda c: c.box.top))
        for both in ((one, other), (other, one))
    ]
    like = {name: max((way[name] for way in ways), default=0.0) for name in headings}
    best = max(like.values(), default=0.0)
    names = [name for name, each in like.items() if each == best >= LIKE]
    return names[0] if len(names) == 1 else None


def _is_label(cell: Cell) -> bool:
    """Tell whether a cell says something in words: a value that crosses labels is a number."""
    return any(len(plain(word.text)) >= LEAST for word in cell.words)


def _ways(labels: Sequence[Cell]) -> set[str]:
    """Return what labels beside or above a cell say: the first, or the first two of them.

    With a unit («по норме, шт.») and without.
    """
    texts = [" ".join(word.text for word in cell.words) for cell in labels]
    said = {*texts[:1], " ".join(texts[:2])} if texts else set()
    return {way for text in said for way in (plain(text), plain(text.partition(",")[0]))}
