"""Forms typed anew as a list: a label and its value in every row, in whatever words.

«Заявитель: …», «ИНН – …», a label in the line above or in brackets below. Where the numbers, which
are known by their digits, stand so, all rows between title and statement do, and what stands in a
row is its field's value. The alignment, which knows the official words alone, tells which field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise, takewhile, zip_longest

from rapidfuzz.fuzz import token_set_ratio

from intake.alignment.chain import chain_of_block
from intake.alignment.printed import printed_shares
from intake.alignment.rows import DIGITS, LABELS
from intake.alignment.spots import spots_of
from intake.alignment.stream import line_letters
from intake.domain.placement import PlacedLetter, Placement
from intake.domain.template import Block, FieldKind, Gap, Print, every_piece
from intake.domain.text import Line, PageText, Word
from intake.fields.reference import Reference
from intake.fields.script import letters_only
from intake.fields.terms import Terms, is_term, terms_of
from intake.layout.order import row_order
from intake.stages.title import title_of

MOST_WORDS = 7
"""Words of a label before its sign."""
LEAST_ROWS = 3
"""Rows that make a list."""
PRINT, LEAST_WORDS = 0.6, 4
"""Share of a line's letters in the form's own words from which the statement begins, and words."""
ALIKE = 75.0
"""Likeness of a label to the form's own words before a blank from which it is that blank's."""
APART = 1.5
"""White between a label and a value in a column, in widths of a letter, at least."""
FLUSH = 0.008
"""How far values of one column may begin from each other, as a share of the page's width."""
_DASHES = ("-", "–", "—", "=")
_CONTACT = re.compile(r"(тел|факс|моб|эл|e-?mail|сайт)\b")
_ORDINAL = re.compile(r"\d{1,2}[.)]?")
_KINDS = (
    FieldKind.NAME, FieldKind.ADDRESS, FieldKind.TEXT, FieldKind.ENUM, FieldKind.INN,
    FieldKind.OKPO,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Row:
    """The words of a label and the lines of the value beside, below or above it."""

    label: tuple[Word, ...]
    value: tuple[tuple[Word, ...], ...]

    @property
    def said(self) -> str:
        """The label, without its number in the list and its sign."""
        return " ".join(word.text for word in self.label).strip(" :()-–—=").casefold()

    @property
    def digits(self) -> str:
        """The value where it is a number, perhaps spaced, else nothing."""
        text = "".join(word.text for line in self.value for word in line).strip(".,;")
        return text if text.isdigit() else ""

    def letters(self, page: int) -> tuple[PlacedLetter, ...]:
        """Return the value as placed letters."""
        lines = (Line(words, words[0].box) for words in self.value if words)
        return tuple(placed for line in lines for placed in line_letters(page, line))


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
    columned, headed = (partial(read, answers=answers) for read in (_columned, _headed))
    readers = (columned, _signed, _captioned, headed)
    rows = next((rows for read in readers if (rows := _list_of(read(lines))) is not None), None)
    if rows is None:
        return placement
    holes = dict(placement.holes)
    for name, row in _Assigned(placement, title.page, rows, reference).rows.items():
        own, letters = holes[name], row.letters(title.page)
        if letters and _signs(letters) != _signs([p for hole in own for p in hole.letters]):
            first = replace(own[0], letters=letters, spots=spots_of(letters), stray=0)
            holes[name] = (first,)
    return replace(placement, holes=holes)


def _signs(letters: Sequence[PlacedLetter]) -> list[object]:
    return [placed.letter.box for placed in letters]


def _body(placement: Placement) -> Block:
    """Return the block of the title."""
    return next(block for block in placement.wording.blocks if not block.optional)


def _middle(placement: Placement, text: PageText, top: float) -> list[Line]:
    """Return the lines, straight across the page, between the title and the statement."""
    words = [word for line in text.lines for word in line.words if word.box.top >= top]
    lines = row_order(words, text.aspect)
    subject = _subject(placement)
    shares = printed_shares(lines, chain_of_block(_body(placement), placement.template.fields))
    middle: list[Line] = []
    for line, share in zip(lines, shares, strict=True):
        is_print = (share or 0.0) >= PRINT and not _sign_at(line)
        if not middle and (_is_bracketed(line) or _is_of(line, subject)):
            continue
        has_begun = is_print and len(line.words) >= LEAST_WORDS and not _is_bracketed(line)
        if has_begun and any(_numbers_in(other.words) for other in middle):
            break
        middle += [line]
    return middle


def _subject(placement: Placement) -> frozenset[str]:
    """Return the words behind the title that say what the notice is about."""
    pieces = every_piece(_body(placement))
    before = [*takewhile(lambda piece: isinstance(piece, Print), pieces)]
    hints = {p.text.strip(" ()") for p in pieces[len(before) :] if isinstance(p, Print)}
    said = (p.text for p in before if isinstance(p, Print) and p.text.strip(" ()") not in hints)
    return frozenset(letters_only(word) for text in said for word in text.split())


def _is_of(line: Line, words: frozenset[str]) -> bool:
    """Tell whether most words of a line are of these."""
    own = [letters_only(word.text) for word in line.words]
    return 2 * sum(word in words for word in own) > len(own)


def _numbers_in(words: Sequence[Word]) -> list[str]:
    """Return the words that have as many digits as a whole number."""
    texts = [re.sub(r"[^\w]", "", word.text) for word in words]
    return [text for text in texts if text.isdigit() and len(text) in DIGITS.values()]


def _is_bracketed(line: Line) -> bool:
    return line.text.startswith("(") and line.text.endswith(")")


def _sign_at(line: Line) -> int:
    """Return the number of words of a label with its sign, 0 where a line has none."""
    for place, word in enumerate(line.words[:MOST_WORDS], 1):
        if word.text.endswith(":") or (place > 1 and word.text in _DASHES):
            return place if _is_wordy(line.words[: place - 1]) else 0
    return 0


def _is_wordy(words: Sequence[Word]) -> bool:
    """Tell whether words may be a label's: no number but that of a list's item, no quotes."""
    texts = [word.text for word in words]
    texts = texts[1:] if texts and _ORDINAL.fullmatch(texts[0]) else texts
    return not any(sign.isdigit() or sign in '«»"“”„№' for text in texts for sign in text)


def _signed(lines: Sequence[Line]) -> list[_Row]:
    """Read a list whose labels end with a colon or dash."""
    rows: list[_Row] = []
    for line in lines:
        place = _sign_at(line)
        if place:
            rows.append(_Row(line.words[:place], (line.words[place:],)))
        elif rows:
            rows[-1] = replace(rows[-1], value=(*rows[-1].value, line.words))
    return rows


def _captioned(lines: Sequence[Line]) -> list[_Row]:
    """Read a list whose labels stand in brackets below the values."""
    rows: list[_Row] = []
    value: list[tuple[Word, ...]] = []
    for line in lines:
        if _is_bracketed(line) and value:
            rows.append(_Row(line.words, tuple(value)))
            value = []
        elif not _is_bracketed(line):
            value.append(line.words)
    return rows


def _headed(lines: Sequence[Line], *, answers: Sequence[Terms]) -> list[_Row]:
    """Read a list whose labels stand above the values: one line each, as before the numbers."""
    rows: list[_Row] = []
    for line, after in zip_longest(lines, lines[1:]):
        is_whole = bool(rows) and (_is_number(rows[-1]) or _is_answer(rows[-1], answers))
        is_label = not rows or is_whole or (after is not None and _names(line, after))
        if is_label and _is_wordy(line.words):
            rows.append(_Row(line.words, ()))
        elif rows:
            rows[-1] = replace(rows[-1], value=(*rows[-1].value, line.words))
    return rows


def _columned(lines: Sequence[Line], *, answers: Sequence[Terms]) -> list[_Row]:
    """Read a table whose values stand in a column: numbers and answers part what is between."""
    rows: list[_Row] = []
    left = _column(lines)
    if left is None:
        return rows
    is_open = False
    for line in lines:
        label, value = _at(line.words, left)
        if label is None:
            break  # it runs across: the table has ended
        row = _Row(label, (value,) if value else ())
        is_alone = _is_number(row) or _is_answer(row, answers)
        if value and is_open and not is_alone:
            rows[-1] = _Row((*rows[-1].label, *label), (*rows[-1].value, value))
        elif value:
            rows.append(row)
            is_open = not is_alone
    return rows


def _at(words: tuple[Word, ...], left: float) -> tuple[tuple[Word, ...] | None, tuple[Word, ...]]:
    """Part a line where the column of values begins; no label where none begins there."""
    for place, word in enumerate(words):
        if abs(word.box.left - left) < FLUSH:
            return words[:place], words[place:]
    return (words, ()) if words[-1].box.right < left else (None, ())


def _is_answer(row: _Row, answers: Sequence[Terms]) -> bool:
    return any(is_term(_said_in(row), terms) for terms in answers)


def _column(lines: Sequence[Line]) -> float | None:
    """Return where the column of values begins: where its numbers do, right of their labels."""
    lefts = [
        word.box.left
        for line in lines
        for before, word in pairwise(line.words)
        if _numbers_in([word])
        and word.box.left - before.box.right > APART * word.letters[0].box.width
    ]  # fmt: skip
    return min(lefts) if lefts and max(lefts) - min(lefts) < FLUSH else None


def _names(line: Line, after: Line) -> bool:
    """Tell whether a line is the label of the number that is all of the next."""
    is_number = _Row((), (after.words,)).digits != ""
    return is_number and any(_kind_said(word.text) for word in line.words)


def _kind_said(word: str) -> FieldKind | None:
    """Return the kind of number that a label's word names, whatever its ending («ОКПОсу»)."""
    own = letters_only(word)
    return next((kind for kind, label in LABELS.items() if own.startswith(label)), None)


def _is_number(row: _Row) -> bool:
    return len(row.digits) in DIGITS.values()


def _list_of(rows: list[_Row]) -> list[_Row] | None:
    """Return the rows where they are a list: enough of them, and each number alone in one."""
    numbers = [row for row in rows if _is_number(row)]
    long = [text for row in rows for words in row.value for text in _numbers_in(words)]
    return rows if len(rows) >= LEAST_ROWS and numbers and len(long) <= len(numbers) else None


class _Assigned:
    """The rows of a list by field: by their digits and answers, their words, their place."""

    def __init__(
        self, placement: Placement, page: int, rows: Sequence[_Row], reference: Reference
    ) -> None:
        self._placement = placement
        self._page = page
        self._asked = dict(_asked(placement))
        self.rows: dict[str, _Row] = {}
        self._left = [row for row in rows if not _CONTACT.match(row.said)]
        rules = placement.template.fields
        for name in self._asked:
            if rules[name].kind in DIGITS:
                self._take(name, self._of_kind(rules[name].kind))
        for name in self._asked:
            if rules[name].kind is FieldKind.ENUM:
                terms = terms_of(rules[name], reference)
                self._take(name, [row for row in self._left if is_term(_said_in(row), terms)])
        for name in self._asked:
            self._take(name, self._around(rows, name))
        for name in self._asked:
            self._take(name, [row for row in self._left if self._is_labelled(name, row)])
        for name in self._asked:
            self._take(name, self._around(rows, name))

    def _take(self, name: str, found: Sequence[_Row]) -> None:
        """Give a field the only row that was found for it, if it has none."""
        if len(found) == 1 and name not in self.rows:
            self.rows[name] = found[0]
            self._left.remove(found[0])

    def _of_kind(self, kind: FieldKind) -> list[_Row]:
        """Return the rows whose label says a kind of number, or else that have so many digits."""
        labelled = [r for r in self._left if kind in [_kind_said(w.text) for w in r.label]]
        return labelled or [row for row in self._left if len(row.digits) == DIGITS[kind]]

    def _is_labelled(self, name: str, row: _Row) -> bool:
        return any(token_set_ratio(row.said, label) >= ALIKE for label in self._asked[name])

    def _around(self, rows: Sequence[_Row], name: str) -> list[_Row]:
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


def _said_in(row: _Row) -> str:
    return " ".join(word.text for line in row.value for word in line)


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
