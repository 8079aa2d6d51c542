"""Leaves out of values the labels that retyped forms print in words that nobody listed.

«Заявитель: …», a column of their own, a line above, a line in brackets below: how a form sets its
labels off shows at its numbers, which are known by their digits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from intake.alignment.rows import DIGITS, LABELS
from intake.alignment.spots import lines_of, spots_of
from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, Placement, words_in
from intake.domain.template import FieldKind
from intake.domain.text import Line, PageText
from intake.fields.script import letters_only
from intake.stages.unclaimed import names_executor

MOST_WORDS = 6
"""Words of a label before its colon."""
APART = 1.5
"""White between a label and a value in a column of its own, in widths of a letter, at least."""
FLUSH = 0.008
"""How far values of one column may begin from each other, as a share of the page's width."""
PRINTED = 5
"""Letters of a word that is known as the form's."""
_WORDED = (
    FieldKind.NAME, FieldKind.ADDRESS, FieldKind.TEXT, FieldKind.ENUM, FieldKind.PERSON,
)  # fmt: skip
_DASHES = ("-", "–", "—")
_Word = list[PlacedLetter]
_Row = Sequence[_Word]


@dataclass(frozen=True, slots=True)
class _Style:
    """How a form sets labels off: with a dash, in a column left of ``column``, in lines above."""

    has_dash: bool
    column: float | None
    is_above: bool
    is_listed: bool
    """Every value has a row of its own, its label before it."""


def without_labels(placement: Placement, texts: Mapping[int, PageText]) -> Placement:
    """Return the placement with values of words without what is a label by its place or sign.

    ``texts`` are the notice's pages by number.
    """
    pages = _Pages(texts)
    style = _style_of(placement, pages)
    rules, print_ = placement.template.fields, _Print(placement, pages)
    holes = {
        name: tuple(_bare(hole, style, print_) for hole in several)
        if rules[name].kind in _WORDED
        else several
        for name, several in placement.holes.items()
    }
    return replace(placement, holes=holes)


class _Pages:
    """Where on the pages' lines the letters stand."""

    def __init__(self, texts: Mapping[int, PageText]) -> None:
        self._lines = {page: text.lines for page, text in texts.items()}
        self._places = {
            (page, letter.box): (number, place)
            for page, text in texts.items()
            for number, line in enumerate(text.lines)
            for place, word in enumerate(line.words)
            for letter in word.letters
        }

    def line(self, letter: PlacedLetter, *, below: int = 0) -> Line | None:
        """Return the line of a letter, or one so many lines below it, None beyond the page's."""
        number = self._places[letter.page, letter.letter.box][0] + below
        lines = self._lines[letter.page]
        return lines[number] if 0 <= number < len(lines) else None

    def place(self, letter: PlacedLetter) -> int:
        """Return the number of a letter's word in its line."""
        return self._places[letter.page, letter.letter.box][1]


class _Print:
    """The form's words on the pages."""

    def __init__(self, placement: Placement, pages: _Pages) -> None:
        self.pages = pages
        self._words = placement.wording.words
        self._boxes: dict[int, list[Box]] = {}
        for _, spot in placement.anchors:
            self._boxes.setdefault(spot.page, []).append(spot.box)

    def is_executor(self, letter: PlacedLetter) -> bool:
        """Tell whether a letter's line says who typed the paper."""
        line = self.pages.line(letter)
        return line is not None and names_executor(line)

    def is_beside(self, letter: PlacedLetter, *, known: bool) -> bool:
        """Tell whether a word of the form follows a letter's in its line, no comma between.

        ``known``: a long word of its own, no label.
        """
        line, place = self.pages.line(letter), self.pages.place(letter)
        if line is None or place + 1 == len(line.words) or line.words[place].text.endswith(","):
            return False
        is_known = self.is_known(line.words[place + 1].text)
        return is_known or (not known and self._is_at(letter.page, line, place + 1))

    def is_known(self, word: str) -> bool:
        """Tell whether the form has a word as long as this."""
        own = letters_only(word)
        return len(own) >= PRINTED and own in self._words

    def is_above(self, letter: PlacedLetter) -> bool:
        """Tell whether any word of the form stands in the line above a letter's."""
        line = self.pages.line(letter, below=-1)
        return line is not None and any(
            self._is_at(letter.page, line, place) for place in range(len(line.words))
        )

    def _is_at(self, page: int, line: Line, place: int) -> bool:
        return any(line.words[place].box.holds(box) for box in self._boxes.get(page, ()))


def _style_of(placement: Placement, pages: _Pages) -> _Style:
    numbers = list(_numbers(placement))
    rows = [(line, pages.place(n)) for n in numbers if (line := pages.line(n)) is not None]
    labelled = [(line, place) for line, place in rows if place]
    signs = [line.words[place - 1].text for line, place in labelled]
    lefts = [line.words[place].box.left for line, place in labelled if _is_apart(line, place)]
    in_column = len(lefts) > 1 and max(lefts) - min(lefts) < FLUSH
    above = (pages.line(number, below=-1) for number in numbers)
    return _Style(
        any(sign in _DASHES for sign in signs),
        min(lefts) if in_column else None,
        bool(rows) and not labelled and all(line and _is_label(line) for line in above),
        (bool(signs) and all(sign in _DASHES or sign.endswith(":") for sign in signs)) or in_column,
    )


def _numbers(placement: Placement) -> Iterator[PlacedLetter]:
    """Yield the first letter of each whole number on the form."""
    for name, several in placement.holes.items():
        count = DIGITS.get(placement.template.fields[name].kind)
        for hole in several:
            if len(hole.letters) == count and all(p.letter.text.isdigit() for p in hole.letters):
                yield hole.letters[0]


def _is_apart(line: Line, place: int) -> bool:
    before, word = line.words[place - 1], line.words[place]
    return word.box.left - before.box.right > APART * word.letters[0].box.width


def _is_label(line: Line) -> bool:
    return any(letters_only(word.text) in LABELS.values() for word in line.words)


def _bare(hole: Hole, style: _Style, print_: _Print) -> Hole:
    if not hole.letters:
        return hole
    rows = [words_in(line) for line in lines_of(hole.letters)]
    rows = [row for row in rows if not print_.is_executor(row[0][0])]
    if not rows:
        return replace(hole, letters=())
    kept = [_right_of(row, style.column) for row in rows]
    kept = _without_brackets([row for row in kept if row], print_.pages)
    if style.is_above and len(kept) > 1 and _is_wordy(kept[0]):
        kept = kept if print_.is_above(kept[0][0][0]) else kept[1:]
    kept = _without_next(_behind_sign(kept, style), style, print_)
    letters = tuple(chain.from_iterable(chain.from_iterable(kept)))
    if not letters or len(letters) == len(hole.letters):
        return hole
    starts = {id(row[0][0]) for row in kept}
    letters = tuple(
        replace(p, starts_line=True) if id(p) in starts and p is not letters[0] else p
        for p in letters
    )
    return replace(hole, letters=letters, spots=spots_of(letters))


def _right_of(row: _Row, column: float | None) -> _Row:
    """Return the words of a line in the column of values; all where none begins there."""
    if column is None:
        return row
    lefts = [word[0].letter.box.left for word in row]
    first = next((n for n, left in enumerate(lefts) if abs(left - column) < FLUSH), None)
    if first is None:
        return () if row[-1][-1].letter.box.right < column and _is_wordy(row) else row
    return row[first:] if first and _stand_apart(row[first - 1], row[first]) else row


def _stand_apart(one: _Word, other: _Word) -> bool:
    before, after = one[-1].letter.box, other[0].letter.box
    return after.left - before.right > APART * before.width


def _without_brackets(rows: Sequence[_Row], pages: _Pages) -> list[_Row]:
    """Leave out the captions: lines that are all in brackets."""
    kept = [row for row in rows if not _is_bracketed(row, pages)]
    return kept or list(rows)


def _is_bracketed(row: _Row, pages: _Pages) -> bool:
    line = pages.line(row[0][0])
    opens = line is not None and line.text.startswith("(") and line.text.endswith(")")
    return opens and pages.place(row[0][0]) == 0 and _is_wordy(row)


def _behind_sign(rows: Sequence[_Row], style: _Style) -> list[_Row]:
    """Leave out what ends with a colon, or with the dash that this form's labels end with."""
    words = [word for row in rows for word in row]
    for place, word in enumerate(words[:MOST_WORDS]):
        text = _text(word)
        if text.endswith(":") or (style.has_dash and place and text in _DASHES):
            if not _is_wordy(words[:place]) or place + 1 == len(words):
                break
            gone = place + 1
            left = [row[max(gone - start, 0) :] for start, row in _starts(rows)]
            return [row for row in left if row]
    return list(rows)


def _starts(rows: Sequence[_Row]) -> Iterator[tuple[int, _Row]]:
    start = 0
    for row in rows:
        yield start, row
        start += len(row)


def _without_next(rows: Sequence[_Row], style: _Style, print_: _Print) -> list[_Row]:
    """Leave out a last line that begins the next label, or goes on in the form's own words."""
    if len(rows) < 2:
        return list(rows)
    *others, last = rows
    if print_.pages.place(last[0][0]) or not _is_wordy(last):
        return list(rows)
    is_print = all(print_.is_known(_text(word)) for word in last)
    is_next = (style.is_listed or is_print) and print_.is_beside(
        last[-1][-1], known=not style.is_listed
    )
    return others if is_next else list(rows)


def _is_wordy(row: _Row) -> bool:
    """Tell whether words may be a label's: no number but that of a list's item, no quotes."""
    texts = [_text(word) for word in row]
    if texts and texts[0].rstrip(".)").isdigit() and texts[0][-1] in ".)":
        texts = texts[1:]
    return not any(sign.isdigit() or sign in '«»"“”„№' for text in texts for sign in text)


def _text(word: _Word) -> str:
    return "".join(placed.letter.text for placed in word)
