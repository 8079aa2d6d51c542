"""The letters of one or more pages as one stream in reading order, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intake.alignment.letters import PUNCTUATION, Codes, Floats, code_of
from intake.domain.placement import PlacedLetter
from intake.domain.text import Letter, Line, PageText, Word

_LEADER = re.compile(r"^[._…·‚,\-–—~=|]*(_|\.{3}|…)[._…·‚,\-–—~=|]*$")

_DOTS = re.compile(r"[.,·‚_…]{4,}")

_FORM_SIGNS = "(),.;:|-–—"

LINE_BREAK = 1.0
PARAGRAPH_BREAK = 2.0
"""A gap of more than one and a half lines; a page break counts as one too."""


@dataclass(frozen=True, slots=True, eq=False)
class Stream:
    """All letters of some pages in reading order.

    ``codes``, ``sure`` (the reader's confidence), ``breaks`` (LINE_BREAK or
    PARAGRAPH_BREAK at the first letter of a line, a bracket or comma of the
    form's own passed over, else 0), ``lines`` (number of the line, counted
    through all pages), ``dates`` (whether it stands in a written date) and
    ``short_numbers`` (whether it is a digit of a number as houses have, and not in
    a date) have one entry a letter.
    """

    letters: tuple[PlacedLetter, ...]
    codes: Codes
    sure: Floats
    breaks: Floats
    lines: NDArray[np.int32]
    dates: NDArray[np.bool_]
    short_numbers: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.letters)

    def part(self, chosen: Sequence[int]) -> Stream:
        """Return the stream of some letters only, by their numbers in ascending order."""
        index = np.asarray(chosen, dtype=np.intp)
        return Stream(
            tuple(self.letters[i] for i in chosen),
            self.codes[index],
            self.sure[index],
            self.breaks[index],
            self.lines[index],
            self.dates[index],
            self.short_numbers[index],
        )


def stream_of(pages: Iterable[tuple[int, PageText]]) -> Stream:
    """Put the letters of (page number, text) pairs into one stream.

    Leaders (runs of underscores or dots) are left out: they are the form's
    rule for writing on, not something written.
    """
    placed: list[PlacedLetter] = []
    breaks: list[float] = []
    lines: list[int] = []
    number = 0
    for page, text in pages:
        previous: Line | None = None
        for line in text.lines:
            gap = _break_before(previous, line)
            letters = line_letters(page, line)
            solid = [each.letter.text not in _FORM_SIGNS for each in letters]
            first = solid.index(True) if True in solid else -1
            placed.extend(letters)
            breaks.extend(gap if order == first else 0.0 for order in range(len(letters)))
            lines.extend([number] * len(letters))
            number += 1
            previous = line
    spelled, places = _spelled(placed)
    dates = _covered(_DATES, spelled, places, len(placed))
    return Stream(
        tuple(placed),
        _codes(placed, spelled, places),
        np.array([p.letter.confidence for p in placed], dtype=np.float64),
        np.array(breaks, dtype=np.float64),
        np.array(lines, dtype=np.int32),
        dates,
        _covered((_SHORT_NUMBER,), spelled, places, len(placed)) & ~dates,
    )


def _spelled(placed: Sequence[PlacedLetter]) -> tuple[str, list[int]]:
    """Return the letters as a text with a space before each word, and each sign's letter."""
    text: list[str] = []
    places: list[int] = []
    for number, each in enumerate(placed):
        signs = (" " if each.starts_word else "") + (each.letter.text[:1] or " ")
        text.append(signs)
        places.extend([number] * len(signs))
    return "".join(text), places


_NUMBER_SIGN = re.compile(r"(?:^| )([МNмn№][МеоoмeO0°º№]{1,2})(?= ?\d)")


def _codes(placed: Sequence[PlacedLetter], text: str, places: Sequence[int]) -> Codes:
    """Return the letters' codes, «№» before a number also where it was read as «Мо» or «Мм»."""
    signs = [code_of(each.letter.text) for each in placed]
    for found in _NUMBER_SIGN.finditer(text):
        first, *rest = places[found.start(1) : found.end(1)]
        signs[first] = code_of("№")
        for number in rest:
            signs[number] = PUNCTUATION
    return np.array(signs, dtype=np.int16)


_MONTH = r"\w*(?:январ|феврал|март|апрел|ма[йя]\b|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*"
_DAY = r"[«\"“„<(]+ ?[\dЗзОоБб]{1,2} ?[»\"”>)]+"
_YEAR_WORD = r"[ ;:,.]{0,2}[-–—]? ?(?:ж[а-яөүң]{2,8}|ж\.|г\.|года)"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:(?<!\d)\d{{1,2}}[ .»\"”>)–-]{{0,4}})?{_MONTH}(?: \d{{4}}\b)?",  # «дата13 ноябрь» too
        _DAY,
        rf"\b(?:19|20) ?\d\d{_YEAR_WORD}",
        r"\b\d{1,2} ?[./] ?\d{1,2} ?[./] ?\d{4}\b",
    )
)
"""How dates are written, in either language: each may be only a part of one."""

_SHORT_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?! ?\d)")


def _covered(
    patterns: Iterable[re.Pattern[str]], text: str, places: Sequence[int], count: int
) -> NDArray[np.bool_]:
    """Return which of ``count`` letters stand where one of the patterns matches."""
    covered = np.zeros(count, dtype=np.bool_)
    for pattern in patterns:
        for found in pattern.finditer(text):
            covered[list(places[found.start() : found.end()])] = True
    return covered


def line_letters(page: int, line: Line) -> list[PlacedLetter]:
    """Return a line's letters on a page, without the rule that its words stand on."""
    letters: list[PlacedLetter] = []
    for word in line.words:
        kept = _written(word)
        letters.extend(
            PlacedLetter(page, letter, order == 0, not letters and order == 0)
            for order, letter in enumerate(kept)
        )
    return letters


def _written(word: Word) -> list[Letter]:
    """Return the letters of a word that are not the rule it stands on («Ош........»)."""
    if _LEADER.match(word.text):
        return []
    signs = "".join(letter.text[:1] or " " for letter in word.letters)
    dots = {place for run in _DOTS.finditer(signs) for place in range(*run.span())}
    return [
        letter
        for place, letter in enumerate(word.letters)
        if letter.text not in ("_", "…") and place not in dots
    ]


def _break_before(previous: Line | None, line: Line) -> float:
    if previous is None:
        return PARAGRAPH_BREAK
    height = max(previous.box.height, line.box.height, 1e-6)
    distance = line.box.top - previous.box.bottom
    return PARAGRAPH_BREAK if abs(distance) > 1.5 * height else LINE_BREAK
