"""Forms typed anew as a list: a label and its value in every row, in whatever words.

«Заявитель: …», «ИНН – …», a label in the line above or in brackets below. Where the numbers, which
are known by their digits, stand so, all rows between title and statement do, and what stands in a
row is its field's value. The alignment, which knows the official words alone, tells which field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz.fuzz import ratio, token_set_ratio

from intake.alignment.chain import chain_of_block
from intake.alignment.printed import printed_shares
from intake.alignment.rows import DIGITS
from intake.alignment.spots import spots_of
from intake.domain.placement import Hole, PlacedLetter, Placement
from intake.domain.template import Block, FieldKind, Gap, Print, every_piece, print_in
from intake.domain.text import Line, PageText
from intake.fields.reference import Reference
from intake.fields.script import letters_only
from intake.fields.terms import is_term, terms_of
from intake.layout.order import row_order
from intake.stages.completion.page.given import goes_on
from intake.stages.completion.page.title import title_of
from intake.stages.completion.page.unclaimed import is_contact
from intake.stages.completion.rows.list_rows import (
    ORDINAL,
    Row,
    is_apart,
    is_bracketed,
    kind_said,
    numbers_in,
    rows_in,
    said_in,
    sign_at,
)

PRINT, LEAST_WORDS = 0.6, 4
"""Share of a line's letters in the form's own words from which the statement begins, and words."""
ALIKE = 75.0
"""Likeness of a label to the form's own words before a blank from which it is that blank's."""
SAME = 85.0
"""Likeness of a word to one of the form's, whatever its ending («борбор», «борбору»)."""
_QUOTED = re.compile(r"[«\"“„]")
"""What a name has, but no statement («Гүлкайыр» мектепке чейинки билим берүү уюму)."""
_FREE = (FieldKind.NAME, FieldKind.ADDRESS, FieldKind.TEXT)
_KINDS = (
    FieldKind.NAME, FieldKind.ADDRESS, FieldKind.TEXT, FieldKind.ENUM, FieldKind.INN,
    FieldKind.OKPO,
)  # fmt: skip


def with_listed(
    placement: Placement, texts: Mapping[int, PageText], reference: Reference
) -> Placement:
    """Return the placement with the values of a list's rows, where the form was typed as one.

    ``texts`` are the notice's pages by number.
    """
    title = title_of(placement, texts)
    if title is None:
        return placement
    lines = _middle(placement, texts[title.page], title.box.bottom)
    answers = [terms_of(rule, reference) for rule in placement.template.fields.values()
               if rule.kind is FieldKind.ENUM]  # fmt: skip
    rows = rows_in(lines, answers)
    if rows is None:
        return placement
    holes, rules = dict(placement.holes), placement.template.fields
    assigned = _Assigned(placement, title.page, rows, reference).rows
    if any(_contradicts(rules[name].kind, row, holes[name]) for name, row in assigned.items()):
        return placement
    for name, row in assigned.items():
        own, letters = holes[name], row.letters(title.page)
        is_torn = rules[name].kind in _FREE and bool(letters) and goes_on(letters, own)
        same = _signs(letters) == _signs([p for hole in own for p in hole.letters])
        if letters and not same and not is_torn:
            first = replace(
                own[0], letters=letters, spots=spots_of(letters), stray=0, is_aside=False
            )
            holes[name] = (first,)
    return replace(placement, holes=holes)


def _contradicts(kind: FieldKind, row: Row, holes: Sequence[Hole]) -> bool:
    """Tell whether a row has another number than its label says, and the alignment has that one.

    Then labels stand below their values.
    """
    if kind not in DIGITS or len(row.digits) == DIGITS[kind]:
        return False
    read = (sum(p.letter.text.isdigit() for p in hole.letters) for hole in holes)
    return len(row.digits) in DIGITS.values() and DIGITS[kind] in read


def _signs(letters: Sequence[PlacedLetter]) -> list[object]:
    return [placed.letter.box for placed in letters]


def _body(placement: Placement) -> Block:
    """Return the block of the title."""
    return next(block for block in placement.wording.blocks if not block.optional)


def _middle(placement: Placement, text: PageText, top: float) -> list[Line]:
    """Return the lines, straight across the page, between the title and the statement."""
    words = [word for line in text.lines for word in line.words if word.box.top >= top]
    lines = row_order(words, text.aspect)
    closing = _closing(placement)
    subject = frozenset(map(letters_only, placement.wording.subject.split()))
    shares = printed_shares(lines, chain_of_block(_body(placement), placement.template.fields))
    middle: list[Line] = []
    for line, share in zip(lines, shares, strict=True):
        is_print = (share or 0.0) >= PRINT and not sign_at(line)
        is_statement = _is_of(line, subject | closing) and not _QUOTED.search(line.text)
        is_head = _is_head(line) or is_bracketed(line) or is_statement
        if not middle and is_head:
            continue
        is_table = any(is_apart(a, b) for a, b in pairwise(line.words)) or is_bracketed(line)
        has_begun = is_print and len(line.words) >= LEAST_WORDS and not is_table
        has_begun |= _is_closing(line, closing)
        if has_begun and any(numbers_in(other.words) for other in middle):
            break
        middle += [line]
    return middle


def _is_head(line: Line) -> bool:
    """Tell whether a line is the head of a table («№  Наименование показателя  Сведения»)."""
    return line.words[0].text.startswith("№") and not re.search(r"\d", line.text)


def _closing(placement: Placement) -> frozenset[str]:
    """Return the words that the form prints from the statement on: «Директор», «ФИО», «дата»."""
    blocks, body = placement.wording.blocks, _body(placement)
    pieces, asked = every_piece(body), {name for name, _ in _asked(placement)}
    gaps = [n for n, p in enumerate(pieces) if isinstance(p, Gap) and p.field in asked]
    last = max(gaps, default=len(pieces))
    before, after = (
        {letters_only(word) for p in some if isinstance(p, Print) for word in p.text.split()}
        for some in (pieces[:last], pieces[last:])
    )
    behind = (print_in(block) for block in blocks[blocks.index(body) + 1 :])
    after |= {letters_only(word) for text in behind for word in text.split()}
    return frozenset(word for word in after - before if len(word) > 2)


def _is_closing(line: Line, closing: frozenset[str]) -> bool:
    """Tell whether a row begins with one of these, its number in the list left out."""
    texts = [letters_only(word.text) for word in line.words if not ORDINAL.fullmatch(word.text)]
    return bool(texts) and texts[0] in closing


def _is_of(line: Line, words: frozenset[str]) -> bool:
    """Tell whether most words of a line are of these."""
    own = [letters_only(word.text) for word in line.words]
    alike = [any(ratio(word, one) >= SAME for one in words) for word in own]
    return 2 * sum(alike) > len(own)


class _Assigned:
    """The rows of a list by field: by their digits and answers, their words, their place."""

    def __init__(
        self, placement: Placement, page: int, rows: Sequence[Row], reference: Reference
    ) -> None:
        self._placement = placement
        self._page = page
        self._asked = dict(_asked(placement))
        self.rows: dict[str, Row] = {}
        self._left = [row for row in rows if not is_contact(row.said)]
        rules = placement.template.fields
        for name in self._asked:
            if rules[name].kind in DIGITS:
                self._take(name, self._of_kind(rules[name].kind))
        for name in self._asked:
            if rules[name].kind is FieldKind.ENUM:
                terms = terms_of(rules[name], reference)
                self._take(name, [row for row in self._left if is_term(said_in(row), terms)])
        for name in self._asked:
            self._take(name, self._around(rows, name))
        for name in self._asked:
            self._take(name, [row for row in self._left if self._is_labelled(name, row)])
        for name in self._asked:
            self._take(name, self._around(rows, name))

    def _take(self, name: str, found: Sequence[Row]) -> None:
        """Give a field the only row that was found for it, if it has none."""
        if len(found) == 1 and name not in self.rows:
            self.rows[name] = found[0]
            self._left.remove(found[0])

    def _of_kind(self, kind: FieldKind) -> list[Row]:
        """Return the rows whose label says a kind of number, or else that have so many digits."""
        labelled = [r for r in self._left if kind in [kind_said(w.text) for w in r.label]]
        return labelled or [row for row in self._left if len(row.digits) == DIGITS[kind]]

    def _is_labelled(self, name: str, row: Row) -> bool:
        return any(token_set_ratio(row.said, label) >= ALIKE for label in self._asked[name])

    def _around(self, rows: Sequence[Row], name: str) -> list[Row]:
        """Return the rows between those of the fields before and behind one."""
        names = list(self._asked)
        own = names.index(name)
        placed = {n: rows.index(row) for n, row in self.rows.items()}
        before = [placed[n] for n in names[:own] if n in placed]
        behind = [placed[n] for n in names[own + 1 :] if n in placed]
        start, end = max(before, default=-1) + 1, min(behind, default=len(rows))
        if any(self._lie_together(name, other) for other in names if other not in self.rows):
            return []  # which row is whose, nothing tells
        return [row for row in rows[start:end] if row in self._left]

    def _lie_together(self, name: str, other: str) -> bool:
        """Tell whether no field that has a row stands between two others, in the form's order."""
        names = list(self._asked)
        first, last = sorted((names.index(name), names.index(other)))
        return name != other and not any(n in self.rows for n in names[first:last])


def _asked(placement: Placement) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the fields that the form asks for before its first choice, with labels of theirs."""
    rules = placement.template.fields
    before: list[str] = []
    for piece in every_piece(_body(placement)):
        if isinstance(piece, Print) and piece.option:
            if rules[piece.option[0]].kind is FieldKind.CHOICE:
                return
        elif isinstance(piece, Print):
            before.append(piece.text.strip(" ,.()").casefold())
        elif isinstance(piece, Gap) and piece.field in placement.holes:
            if rules[piece.field].kind in _KINDS:
                yield piece.field, (*before, *rules[piece.field].labels)
            before = []
