"""Spaces that a reader ran over, told by the white between letters.

People write «А.А.» and «А. А.», «8а» and «8 а», and a value is as written. A network that reads a
whole line hardly sees the difference; the white between two letters is twice as wide or more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from intake.domain.geometry import Box
from intake.domain.text import Letter, Line, Word

INITIALS = 0.40
"""White between a point and a capital that is a space, in heights of the letter: of 52 pairs those
without had 0.15 at most, 0.39 in typewriters' faces, those with one 0.41 and more."""
HOUSE = 0.35
"""The same between a number and its letter: 0.15 at most without one, 0.40 and more with one."""
SLASH = 0.27
"""The same beside a slash between words: 0.22 at most without, 0.28 and more with one."""


def with_lost_spaces(lines: Iterable[Line], aspect: float) -> tuple[Line, ...]:
    """Return lines in which words are parted at such white; ``aspect`` is width by height."""
    return tuple(
        line
        if line.words == (words := tuple(p for w in line.words for p in _parted(w, aspect)))
        else Line(words, line.box)
        for line in lines
    )


def _parted(word: Word, aspect: float) -> Iterator[Word]:
    cuts = [0, *_cuts(word.letters, aspect), len(word.letters)]
    if len(cuts) == len("||"):
        yield word
        return
    for start, end in pairwise(cuts):
        letters = word.letters[start:end]
        yield Word(letters, Box.around(letter.box for letter in letters), word.confidence)


def _cuts(letters: Sequence[Letter], aspect: float) -> Iterator[int]:
    for number, (one, other) in enumerate(pairwise(letters), start=1):
        wide = _least_white(letters, number)
        height = max(one.box.height, other.box.height)
        if wide is not None and (other.box.left - one.box.right) * aspect >= wide * height:
            yield number


def _least_white(letters: Sequence[Letter], number: int) -> float | None:
    """Return how wide a space is between a letter and the one before; None where none is lost."""
    before, sign = letters[number - 1].text, letters[number].text
    if before == "." and sign.isupper():
        return INITIALS
    if before.isdigit() and sign.isalpha():
        return HOUSE
    slash = number if sign == "/" else number - 1 if before == "/" else None
    if slash is not None and any(each.text.isalpha() for each in letters[slash - 1 : slash + 2]):
        return SLASH
    return None
