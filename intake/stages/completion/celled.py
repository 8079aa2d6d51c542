"""Values of forms typed anew as a ruled table: in the cell beside their label's, below it, or with it.

The alignment knows the official sentence, and a table has none. A cell is a field's label where it
says what the form's ``headings`` have, and the cell beside it holds the field's value whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from rapidfuzz.fuzz import ratio

from intake.alignment.spots import spots_of
from intake.alignment.stream import line_letters
from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, Placement, words_in
from intake.domain.template import FieldKind, FieldRule
from intake.domain.text import Line, PageText, Word
from intake.fields.reference import Reference
from intake.fields.script import fold_letters, letters_only
from intake.fields.terms import is_term, terms_of
from intake.layout.order import row_order
from intake.stages.completion.title import title_of

LIKE = 88.0
"""Likeness of a cell's words to a heading from which it is that."""
LEAST_LABELS = 3
"""Labels in cells from which a page bears a table of the form."""
MOST_WORDS = 12
"""Words of a label at most."""
BESIDE = 0.5
"""Part of the lower cell beside another from which they stand in one row, and so for columns."""
_WRITTEN = frozenset(FieldKind) - {FieldKind.CHOICE, FieldKind.SIGNATURE, FieldKind.SEAL}

Cells = Mapping[int, Sequence[Box]]
"""The cells of each page, by number."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell and its lines; ``field`` that it labels, and how many of its words say so."""

    page: int
    box: Box
    lines: tuple[Line, ...]
    field: str | None = None
    label: int = 0

    @property
    def words(self) -> list[Word]:
        return [word for line in self.lines for word in line.words]

    @property
    def letters(self) -> tuple[PlacedLetter, ...]:
        """What is written in the cell, the label left out."""
        return self._letters(range(self.label, len(self.words)))

    @property
    def printed(self) -> tuple[PlacedLetter, ...]:
        """The label."""
        return self._letters(range(self.label))

    def _letters(self, chosen: range) -> tuple[PlacedLetter, ...]:
        lines, first = list[Line](), 0
        for line in self.lines:
            kept = tuple(w for n, w in enumerate(line.words, first) if n in chosen)
            lines += [Line(kept, kept[0].box)] if kept else []
            first += len(line.words)
        return tuple(placed for line in lines for placed in line_letters(self.page, line))


def with_cells(
    placement: Placement, texts: Mapping[int, PageText], cells: Cells, reference: Reference
) -> Placement:
    """Return the placement with the values of a table's cells.

    ``texts`` and ``cells`` are the notice's pages by number.
    """
    headings = {
        name: [_plain(said) for said in rule.headings]
        for name, rule in placement.template.fields.items()
    }
    table = [
        _labelled(cell, headings)
        for page in placement.pages
        for cell in _cells_on(page, texts[page], cells.get(page, ()), _top(placement, texts, page))
    ]
    if sum(cell.field is not None for cell in table) < LEAST_LABELS:
        return placement
    found = {
        name: letters
        for name, letters in _values(table)
        if _is_value(placement.template.fields[name], letters, reference)
    }
    return replace(placement, holes=_filled(placement, found, table))


def _is_value(rule: FieldRule, letters: Sequence[PlacedLetter], reference: Reference) -> bool:
    """Tell whether what a cell holds may be a field's: of an enum one answer, not all in a hint."""
    if rule.kind is not FieldKind.ENUM:
        return rule.kind in _WRITTEN
    text = " ".join("".join(p.letter.text for p in word) for word in words_in(letters))
    return is_term(text, terms_of(rule, reference))


def _top(placement: Placement, texts: Mapping[int, PageText], page: int) -> float:
    title = title_of(placement, texts)
    return title.box.top if title and title.page == page else 0.0


def _cells_on(page: int, text: PageText, boxes: Sequence[Box], top: float) -> Iterator[_Cell]:
    """Yield the cells of a page that words stand in; those within others hold their own alone."""
    words: dict[Box, list[Word]] = {}
    for word in (word for line in text.lines for word in line.words if word.box.bottom > top):
        around = [box for box in boxes if _holds(box, word.box)]
        if around:
            words.setdefault(min(around, key=lambda box: box.width * box.height), []).append(word)
    for box, own in words.items():
        yield _Cell(page, box, tuple(row_order(own, text.aspect)))


def _holds(box: Box, word: Box) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def _plain(text: str) -> str:
    return " ".join(filter(None, (fold_letters(letters_only(word)) for word in text.split())))


def _labelled(cell: _Cell, headings: Mapping[str, Sequence[str]]) -> _Cell:
    """Return a cell with the field whose heading it is, or begins with, on lines of its own."""
    texts = [_plain(word.text) for word in cell.words]
    ends, count = set[int](), 0
    for line in cell.lines:
        count += len(line.words)
        ends.add(count)
    ends |= {n for n, word in enumerate(cell.words, 1) if word.text.endswith(":")}
    own = {word for each in headings.values() for said in each for word in said.split()}
    best: tuple[float, str, int] | None = None
    for end in (n for n in sorted(ends) if n <= MOST_WORDS):
        said = " ".join(filter(None, texts[:end]))
        for name, each in headings.items():
            like = max((ratio(said, heading) for heading in each), default=0.0)
            if like >= LIKE and (best is None or like > best[0]):
                best = like, name, end
    if best is None:
        return cell
    # «Полное наименование / юридического лица»: its second line is no value
    is_all = all(text in own for text in texts[best[2] :] if text)
    return replace(cell, field=best[1], label=len(texts) if is_all else best[2])


def _values(table: Sequence[_Cell]) -> Iterator[tuple[str, tuple[PlacedLetter, ...]]]:
    """Yield each labelled field's value, the first label's where several say the same."""
    seen = set[str]()
    for cell in table:
        if cell.field is None or cell.field in seen:
            continue
        if cell.label < len(cell.words):
            seen.add(cell.field)
            yield cell.field, cell.letters
            continue
        value = _value_of(cell, table)
        if value is not None:
            seen.add(cell.field)
            yield cell.field, value.letters


def _value_of(label: _Cell, table: Sequence[_Cell]) -> _Cell | None:
    """Return the cell beside a label's, or below it where another label stands beside."""
    mine = [cell for cell in table if cell.page == label.page and cell is not label]
    right = [c for c in mine if c.box.left >= label.box.right - 0.01 and _in_row(c.box, label.box)]
    beside = min(right, key=lambda cell: cell.box.left, default=None)
    if beside is not None and beside.field is None:
        return beside
    below = [
        c for c in mine if c.box.top >= label.box.bottom - 0.01 and _in_column(c.box, label.box)
    ]
    under = min(below, key=lambda cell: cell.box.top, default=None)
    heads = beside is not None or not right
    return under if under is not None and under.field is None and heads else None


def _in_row(one: Box, other: Box) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > BESIDE * min(one.height, other.height)


def _in_column(one: Box, other: Box) -> bool:
    shared = min(one.right, other.right) - max(one.left, other.left)
    return shared > BESIDE * min(one.width, other.width)


def _filled(
    placement: Placement, found: Mapping[str, tuple[PlacedLetter, ...]], table: Sequence[_Cell]
) -> dict[str, tuple[Hole, ...]]:
    """Return the holes with the cells' values, and all others without what is these cells'."""
    labels = chain.from_iterable(cell.printed for cell in table)
    taken = {(p.page, p.letter.box) for p in labels}
    taken |= {(p.page, p.letter.box) for letters in found.values() for p in letters}
    holes = {
        name: tuple(_without(hole, taken) for hole in several)
        for name, several in placement.holes.items()
    }
    for name, letters in found.items():
        first = holes[name][0] if holes.get(name) else Hole(name, (), (), 0.0)
        spots = spots_of(letters)
        holes[name] = (
            replace(first, letters=letters, spots=spots, cost=0.0, stray=0, is_aside=False),
        )
    return holes


def _without(hole: Hole, taken: set[tuple[int, Box]]) -> Hole:
    kept = tuple(p for p in hole.letters if (p.page, p.letter.box) not in taken)
    if len(kept) == len(hole.letters):
        return hole
    return replace(hole, letters=kept, spots=spots_of(kept) or hole.spots)
