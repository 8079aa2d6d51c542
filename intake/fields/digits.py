"""Digits out of what was read: which signs of a place are the digits of its number.

A sign that is no digit but has the shape of one (О for 0, З for 3) may stand
for it; labels, underscores, spaces and points are left out. Nothing is made up:
every digit found has a sign on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product

from intake.fields.graded import Glyph

SHAPES = {
    "ОоOoQD": "0",
    "ЗзЭэ": "3",
    "бБьЬ": "6",
    "ВвB&": "8",
    "чЧ": "4",
    "SsЅѕ§": "5",
    "Zz": "2",
    "gq": "9",
    "ІіIilLl": "1",
    "ТГтг": "17",
    "А": "4",
    "Я": "9",
}  # after reference/confusions.csv (digits, look-alikes); several digits: most likely first
WEAK_SHAPES = {"|![]\\": "1", "?": "7"}
"""Signs that are more often a rule line or noise: taken only where a digit is wanting."""

_SEPARATORS = frozenset(",;/")

_SHAPE = {sign: digits for signs, digits in SHAPES.items() for sign in signs}
_WEAK = {sign: digits for signs, digits in WEAK_SHAPES.items() for sign in signs}

LABELS = {
    "inn": re.compile(
        r"(?<!\w)[ИіІiI1l|][\s.]{0,2}[НHN][\s.]{0,2}[НHN](?![^\W\dОоOoЗзБб])",
        re.IGNORECASE,
    ),
    "okpo": re.compile(
        r"(?<!\w)[ОO0QС][\s.]{0,2}[КK][\s.]{0,2}[ПPNЛ][\s.]{0,2}[ОO0QС](?![^\W\dОоOoЗзБб])",
        re.IGNORECASE,
    ),
}

VARIANT_LIMIT = 256
TOKEN_LIMIT = 40
"""More words than this in the place of a number are a misplaced paragraph."""


@dataclass(frozen=True, slots=True)
class Place:
    """One digit place: the digits its sign may stand for, most likely first."""

    digits: str
    repaired: bool
    confidence: float
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """The digit places of one number.

    ``skipped`` letters and digits were passed over to find it; ``left_out`` of
    them are digits that belong to no other identifier (8 or 14 of them would).
    """

    places: tuple[Place, ...]
    skipped: int = 0
    left_out: int = 0

    @property
    def digits(self) -> str:
        """The number by the likeliest digit of every place."""
        return "".join(place.digits[0] for place in self.places)

    @property
    def repaired(self) -> int:
        """How many places held a letter."""
        return sum(place.repaired for place in self.places)

    def variants(self) -> list[str]:
        """Return the number with every reading of its ambiguous signs, likeliest first."""
        choices = [place.digits for place in self.places]
        return ["".join(variant) for variant in islice(product(*choices), VARIANT_LIMIT)]

    def neighbours(self) -> list[tuple[str, float]]:
        """Return the number with one place replaced by what the reader else considered."""
        number = self.digits
        found: dict[str, float] = {}
        for index, place in enumerate(self.places):
            for digit, confidence in place.alternatives:
                other = number[:index] + digit + number[index + 1 :]
                found[other] = max(found.get(other, 0.0), confidence)
        found.pop(number, None)
        return sorted(found.items(), key=lambda pair: -pair[1])


@dataclass(frozen=True, slots=True)
class _Token:
    glyphs: tuple[Glyph, ...]
    shaped: int  # signs that are a digit or have the shape of one
    digits: int
    signs: int  # letters and digits

    @property
    def is_number(self) -> bool:
        return self.digits > 0 and self.shaped * 2 > self.signs

    @property
    def could_be_number(self) -> bool:
        return 0 < self.signs == self.shaped <= 6


def sections(glyphs: tuple[Glyph, ...]) -> dict[str, tuple[Glyph, ...]]:
    """Cut the signs at the labels ИНН and ОКПО; key "" holds what stands before any label."""
    text = "".join(glyph.text for glyph in glyphs)
    marks = sorted(
        (match.start(), match.end(), label)
        for label, pattern in LABELS.items()
        for match in pattern.finditer(text)
    )
    found: dict[str, tuple[Glyph, ...]] = {"": glyphs[: marks[0][0]] if marks else glyphs}
    for index, (_, end, label) in enumerate(marks):
        stop = marks[index + 1][0] if index + 1 < len(marks) else len(glyphs)
        found[label] = found.get(label, ()) + glyphs[end:stop]
    return found


def runs(glyphs: tuple[Glyph, ...], length: int) -> list[Run]:
    """Return the ways to find a number of ``length`` digits in these signs, best first.

    Where none has that length, the one run of all digits there are; nothing
    where there is no digit at all.
    """
    tokens = list(islice(_tokens(glyphs), TOKEN_LIMIT))
    for wanted in (_numbers, _numbers_and_neighbours):
        for weak in (False, True):
            exact = [run for run in _groups(wanted(tokens), weak) if len(run.places) == length]
            if exact:
                return sorted(exact, key=lambda run: (run.left_out, run.repaired, run.skipped))
    every = _run(_numbers(tokens), weak=False)
    return [every] if every.places else []


def _tokens(glyphs: tuple[Glyph, ...]) -> Iterator[_Token]:
    word: list[Glyph] = []
    for glyph in (*glyphs, Glyph(" ", 1.0)):
        if not glyph.text.isspace() and glyph.text not in _SEPARATORS:
            word.append(glyph)
        elif word:
            yield _token(tuple(word))
            word = []


def _token(glyphs: tuple[Glyph, ...]) -> _Token:
    digits = sum(_is_digit(g.text) for g in glyphs)
    shaped = digits + sum(g.text in _SHAPE for g in glyphs)
    return _Token(glyphs, shaped, digits, sum(g.text.isalnum() for g in glyphs))


def _numbers(tokens: list[_Token]) -> list[_Token]:
    return [token for token in tokens if token.is_number]


def _numbers_and_neighbours(tokens: list[_Token]) -> list[_Token]:
    return [token for token in tokens if token.is_number or token.could_be_number]


def _groups(tokens: list[_Token], weak: bool) -> Iterator[Run]:
    for start in range(len(tokens)):
        for stop in range(start + 1, len(tokens) + 1):
            others = tokens[:start] + tokens[stop:]
            run = _run(tokens[start:stop], weak)
            digits = sum(token.digits for token in others)
            skipped = run.skipped + sum(token.signs for token in others)
            yield Run(run.places, skipped, 0 if digits in (8, 14) else digits)


def _run(tokens: list[_Token], weak: bool) -> Run:
    glyphs = [glyph for token in tokens for glyph in token.glyphs]
    places = [place for glyph in glyphs if (place := _place(glyph, weak))]
    letters = sum(glyph.text.isalpha() for glyph in glyphs)
    return Run(tuple(places), letters - sum(place.repaired for place in places))


def _place(glyph: Glyph, weak: bool) -> Place | None:
    if _is_digit(glyph.text):
        return Place(glyph.text, False, glyph.confidence, _digit_alternatives(glyph))
    shape = _SHAPE.get(glyph.text) or (_WEAK.get(glyph.text) if weak else None)
    return Place(shape, True, glyph.confidence, _digit_alternatives(glyph)) if shape else None


def _digit_alternatives(glyph: Glyph) -> tuple[tuple[str, float], ...]:
    return tuple((sign, c) for sign, c in glyph.alternatives if _is_digit(sign))


def _is_digit(sign: str) -> bool:
    return sign.isascii() and sign.isdigit()
