"""The rows of a list or table: a label and its value, whatever the words of the label are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise, zip_longest

from intake.alignment.rows import DIGITS, LABELS
from intake.alignment.stream import line_letters
from intake.domain.placement import PlacedLetter
from intake.domain.template import FieldKind
from intake.domain.text import Line, Word
from intake.fields.script import letters_only
from intake.fields.terms import Terms, is_term

MOST_WORDS = 9
"""Words of a label before its sign."""
LEAST_ROWS = 3
"""Rows that make a list."""
APART = 1.5
"""White between a label and a value in a column, in widths of a letter, at least."""
FLUSH = 0.008
"""How far values of one column may begin from each other, as a share of the page's width."""
_DASHES = ("-", "–", "—", "=")
ORDINAL = re.compile(r"\d{1,2}(?:\.\d{1,2})?[.)]?")
"""The number of a row in the list («3.», «1.2.»)."""


@dataclass(frozen=True, slots=True)
class Row:
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


_Reader = Callable[[Sequence[Line]], list[Row]]


def rows_in(lines: Sequence[Line], answers: Sequence[Terms]) -> list[Row] | None:
    """Return the rows of these lines, None where they are no list.

    How labels are set off shows at the numbers, which are known by their digits. ``answers`` are
    the terms of each field that has a few: such a value ends its row.
    """
    columned = partial(_columned, answers=answers)
    headed = partial(_headed, answers=answers)
    readers: tuple[_Reader, ...] = (columned, _signed, _captioned, headed)
    return next((rows for read in readers if (rows := _list_of(read(lines))) is not None), None)


def said_in(row: Row) -> str:
    """Return a row's value as text."""
    return " ".join(word.text for line in row.value for word in line)


def numbers_in(words: Sequence[Word]) -> list[str]:
    """Return the words that have as many digits as a whole number."""
    texts = [re.sub(r"[^\w]", "", word.text) for word in words]
    return [text for text in texts if text.isdigit() and len(text) in DIGITS.values()]


def begins_item(line: Line) -> bool:
    """Tell whether a line begins with a row's number in the list («6. …», «7) …»)."""
    first = line.words[0].text
    return first.endswith((".", ")")) and ORDINAL.fullmatch(first) is not None


def is_bracketed(line: Line) -> bool:
    """Tell whether a line is all in brackets."""
    return line.text.startswith("(") and line.text.endswith(")")


def sign_at(line: Line) -> int:
    """Return the number of words of a label with its sign, 0 where a line has none."""
    for place, word in enumerate(line.words[:MOST_WORDS], 1):
        if word.text.endswith(":") or (place > 1 and word.text in _DASHES):
            return place if _is_wordy(line.words[: place - 1]) else 0
    return 0


def table_column(lines: Sequence[Line]) -> float | None:
    """Return where the column of values begins, if enough rows have one there, set off by white.

    Justified text, too, has a number behind wide white.
    """
    left = _column(lines)
    if left is None:
        return None
    rows = sum(
        abs(word.box.left - left) < FLUSH and is_apart(before, word)
        for line in lines
        for before, word in pairwise(line.words)
    )
    return left if rows >= LEAST_ROWS else None


def label_at(line: Line, column: float | None) -> int:
    """Return the number of words of a label: up to its sign, else to the column of values."""
    place = sign_at(line)
    if place or column is None:
        return place
    label, value = _at(line.words, column)
    return len(label) if label and value and _is_wordy(label) else 0


def _is_wordy(words: Sequence[Word]) -> bool:
    """Tell whether words may be a label's: no number but that of a list's item, no quotes."""
    texts = [word.text for word in words]
    if texts and (number := ORDINAL.match(texts[0])):
        texts[0] = texts[0][number.end() :]  # «17.Кароо актысынын номери»
    return not any(sign.isdigit() or sign in '«»"“”„№' for text in texts for sign in text)


def _signed(lines: Sequence[Line]) -> list[Row]:
    """Read a list whose labels end with a colon or dash."""
    rows: list[Row] = []
    for line in lines:
        place = sign_at(line)
        if place:
            rows.append(Row(line.words[:place], (line.words[place:],)))
        elif rows:
            rows[-1] = replace(rows[-1], value=(*rows[-1].value, line.words))
    return rows


def _captioned(lines: Sequence[Line]) -> list[Row]:
    """Read a list whose labels stand in brackets below the values."""
    rows: list[Row] = []
    value: list[tuple[Word, ...]] = []
    for line in lines:
        if is_bracketed(line) and value:
            rows.append(Row(line.words, tuple(value)))
            value = []
        elif not is_bracketed(line):
            value.append(line.words)
    return rows


def _headed(lines: Sequence[Line], *, answers: Sequence[Terms]) -> list[Row]:
    """Read a list whose labels stand above the values: one line each, as before the numbers."""
    rows: list[Row] = []
    for line, after in zip_longest(lines, lines[1:]):
        is_whole = bool(rows) and (_is_number(rows[-1]) or _is_answer(rows[-1], answers))
        is_label = not rows or is_whole or (after is not None and _names(line, after))
        if is_label and _is_wordy(line.words):
            rows.append(Row(line.words, ()))
        elif rows:
            rows[-1] = replace(rows[-1], value=(*rows[-1].value, line.words))
    return rows


def _columned(lines: Sequence[Line], *, answers: Sequence[Terms]) -> list[Row]:
    """Read a table whose values stand in a column: numbers and answers part what is between."""
    rows: list[Row] = []
    left = _column(lines)
    if left is None:
        return rows
    is_open = is_before = False
    is_table = table_column(lines) is not None
    for line in lines:
        label, value = _at(line.words, left)
        if label is None and (rows or not is_table):
            break  # it runs across: the table has ended
        if label is None:
            is_before = True  # nor has it begun
            continue
        if is_before and value and not label and not rows:
            return []  # a value that began beside its label, in a row that was passed over
        if value and numbers_in(label):
            return []  # numbers side by side, each below its label
        row = Row(label, (value,) if value else ())
        is_alone = _is_number(row) or _is_answer(row, answers)
        begins = bool(label) and label[0].text[:1].isupper() and bool(rows and rows[-1].label)
        goes_on = not begins  # a label beside the last line of its value stands below the others
        if value and is_open and goes_on and not is_alone:
            rows[-1] = Row((*rows[-1].label, *label), (*rows[-1].value, value))
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


def _is_answer(row: Row, answers: Sequence[Terms]) -> bool:
    return any(is_term(said_in(row), terms) for terms in answers)


def is_apart(before: Word, word: Word) -> bool:
    """Tell whether white parts two words as it does columns."""
    return word.box.left - before.box.right > APART * word.letters[0].box.width


def _column(lines: Sequence[Line]) -> float | None:
    """Return where the column of values begins: where its numbers do, right of their labels."""
    lefts = [
        word.box.left
        for line in lines
        for before, word in pairwise(line.words)
        if numbers_in([word]) and is_apart(before, word)
    ]  # fmt: skip
    return min(lefts) if lefts and max(lefts) - min(lefts) < FLUSH else None


def _names(line: Line, after: Line) -> bool:
    """Tell whether a line is the label of the number that is all of the next."""
    is_number = Row((), (after.words,)).digits != ""
    return is_number and any(kind_said(word.text) for word in line.words)


def kind_said(word: str) -> FieldKind | None:
    """Return the kind of number that a label's word names, whatever its ending («ОКПОсу»)."""
    own = letters_only(word)
    return next((kind for kind, label in LABELS.items() if own.startswith(label)), None)


def _is_number(row: Row) -> bool:
    return len(row.digits) in DIGITS.values()


def _list_of(rows: list[Row]) -> list[Row] | None:
    """Return the rows where they are a list: enough of them, and each number alone in one."""
    numbers = [row for row in rows if _is_number(row)]
    long = [text for row in rows for words in row.value for text in numbers_in(words)]
    return rows if len(rows) >= LEAST_ROWS and numbers and len(long) <= len(numbers) else None
