"""Digits read by a model that knows more typefaces than the Cyrillic ones do.

All three Cyrillic models take the flat-topped 3 of PT Serif and PT Sans, which
many offices use, for a 5, at any size and with confidence; the English one does
not. Of 147 numbers on drawn pages ``Cyrillic`` read 128 right, ``kir+rus`` 120,
``eng`` bound to digits 139; where ``eng`` saw a 3 in place of a 5 it was a 3
thirteen times out of thirteen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from intake.domain.geometry import Box
from intake.domain.text import Letter, Line, Word

DIGITS = "0123456789"

MISTAKEN = {"5": "3"}
"""What the Cyrillic models write, and what it is where the other model says so."""

ReadDigits = Callable[[Sequence[Box]], list[Line]]


@dataclass(frozen=True, slots=True)
class Run:
    """Digits that stand together within a word: letters ``start`` to ``end`` of ``word``."""

    word: Word
    start: int
    end: int

    @property
    def box(self) -> Box:
        """The box around the digits."""
        return Box.around(letter.box for letter in self.word.letters[self.start : self.end])

    @property
    def text(self) -> str:
        """The digits."""
        return "".join(letter.text for letter in self.word.letters[self.start : self.end])


def second_opinion(lines: Sequence[Line], read: ReadDigits) -> list[Line]:
    """Return the lines with every digit as the other model reads it."""
    return _again(lines, read, lambda _run: True, lambda _old, _new: True)


def without_mistaken(lines: Sequence[Line], read: ReadDigits) -> list[Line]:
    """Return the lines with the digits put right that a Cyrillic model is known to mistake."""
    return _again(
        lines,
        read,
        lambda run: any(digit in MISTAKEN for digit in run.text),
        lambda old, new: MISTAKEN.get(old) == new,
    )


def _again(
    lines: Sequence[Line],
    read: ReadDigits,
    is_wanted: Callable[[Run], bool],
    is_better: Callable[[str, str], bool],
) -> list[Line]:
    runs = [run for line in lines for run in _runs(line.words) if is_wanted(run)]
    if not runs:
        return list(lines)
    words: dict[int, Word] = {}
    for run, seen in zip(runs, read([run.box for run in runs]), strict=True):
        before = words.get(id(run.word), run.word)
        words[id(run.word)] = _corrected(before, run, seen, is_better)
    return [replace(line, words=tuple(words.get(id(w), w) for w in line.words)) for line in lines]


def _runs(words: Iterable[Word]) -> Iterator[Run]:
    for word in words:
        start = 0
        for end in range(len(word.letters) + 1):
            if end == len(word.letters) or word.letters[end].text not in DIGITS:
                if end > start:
                    yield Run(word, start, end)
                start = end + 1


def _corrected(word: Word, run: Run, seen: Line, is_better: Callable[[str, str], bool]) -> Word:
    """Return the word with digits replaced; as it was where their number differs."""
    others = [letter for found in seen.words for letter in found.letters]
    if len(others) != run.end - run.start:
        return word
    letters = list(word.letters)
    for place, other in zip(range(run.start, run.end), others, strict=True):
        if is_better(letters[place].text, other.text):
            letters[place] = _as_seen(letters[place], other)
    return replace(word, letters=tuple(letters))


def _as_seen(letter: Letter, other: Letter) -> Letter:
    if other.text == letter.text:
        return letter
    rest = tuple(pair for pair in letter.alternatives if pair[0] != other.text)
    alternatives = ((letter.text, letter.confidence), *rest)
    return Letter(other.text, letter.box, other.confidence, alternatives)
