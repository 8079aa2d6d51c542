"""Numbers of which each digit stands in a box of its own: one word, however they were read.

Forms typed anew have rows of boxes for INN and OKPO. A reader takes each box's digit for a word,
its sides for brackets and strokes between digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import mean, median

from intake.domain.geometry import Box
from intake.domain.text import Letter, Line, Word

_BOXED = re.compile(r"[\d|\[\](){}/\\!lI‹›]*\d[\d|\[\](){}/\\!lI‹›]*")
"""Digits, and what the sides of their boxes are read as."""
_BETWEEN = re.compile(r"(?<=^\d{8})[/|;,](?=\d{14}\W?$)|(?<=^\d{14})[/|;,](?=\d{8}\W?$)")
"""What joins two long numbers to one word."""
FEWEST = 7
"""Digits of a number, of eight or fourteen, one of which may be lost."""
PARTED = 0.7
"""Part of its digits, at least, that a space or a side parts from the next one."""
WIDE = 2.2
"""How much wider than usual the way to the next digit is where another number begins."""


def with_joined_digits(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return lines in which the digits of such numbers are one word each."""
    return tuple(
        line if line.words == (words := tuple(_joined(line.words))) else Line(words, line.box)
        for line in lines
    )


def with_parted_numbers(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return lines in which two long numbers that a slash joins are a word each.

    «ИНН / ОКПО: 00802200810371/24232554», as people write and readers leave no space.
    """
    return tuple(
        line if line.words == (words := tuple(_parted(line.words))) else Line(words, line.box)
        for line in lines
    )


def _parted(words: Sequence[Word]) -> Iterator[Word]:
    for word in words:
        at = _BETWEEN.search(word.text)
        yield from (_part(word, 0, at.start()), _part(word, at.end(), None)) if at else (word,)


def _part(word: Word, start: int, end: int | None) -> Word:
    letters = word.letters[start:end]
    return Word(letters, Box.around(letter.box for letter in letters), word.confidence)


def _joined(words: Sequence[Word]) -> Iterator[Word]:
    run: list[Word] = []
    for word in words:
        if _BOXED.fullmatch(word.text):
            run.append(word)
            continue
        yield from _numbers(run)
        run = []
        yield word
    yield from _numbers(run)


def _numbers(run: Sequence[Word]) -> Iterator[Word]:
    """Yield the numbers that words are, the words themselves where they are none."""
    letters = [letter for word in run for letter in word.letters]
    digits = [letter for letter in letters if letter.text.isdigit()]
    breaks = len(run) - 1 + len(letters) - len(digits)
    if len(digits) < FEWEST or breaks < PARTED * (len(digits) - 1):
        yield from run
        return
    parts = list(_parts(digits))
    if min(map(len, parts)) < FEWEST:
        yield from run
        return
    for part in parts:
        sure = mean(letter.confidence for letter in part)
        yield Word(tuple(part), Box.around(letter.box for letter in part), sure)


def _parts(digits: Sequence[Letter]) -> Iterator[list[Letter]]:
    """Yield the digits of each number, parted where the next one is far."""
    ways = [other.box.left - one.box.left for one, other in pairwise(digits)]
    usual = median(ways)
    part = [digits[0]]
    for digit, way in zip(digits[1:], ways, strict=True):
        if way > WIDE * usual:
            yield part
            part = []
        part.append(digit)
    yield part
