"""Spaces told by the white between letters."""

from __future__ import annotations

import pytest

from intake.domain.geometry import Box
from intake.domain.text import Letter, Line, Word
from intake.layout.spaces import with_lost_spaces

ASPECT = 0.7
HEIGHT = 0.02


def _word(text: str, white: float) -> Word:
    """Return a word whose signs «_» are white of so many heights between two letters."""
    left, letters = 0.1, []
    for sign in text:
        if sign == "_":
            left += white * HEIGHT / ASPECT
            continue
        letters.append(Letter(sign, Box(left, 0.3, left + 0.01, 0.3 + HEIGHT), 0.9))
        left += 0.01
    return Word(tuple(letters), Box.around(letter.box for letter in letters), 0.9)


@pytest.mark.parametrize(
    ("text", "white", "read"),
    [
        ("А._А.", 0.45, "А. А."),
        ("А._А.", 0.3, "А.А."),
        ("8_а", 0.4, "8 а"),
        ("8_а", 0.2, "8а"),
        ("93_/_ул.", 0.3, "93 / ул."),
        ("н_/_ж", 0.1, "н/ж"),
        ("403_/_1", 0.3, "403/1"),
        ("12._05", 0.6, "12.05"),
    ],
)
def test_white_that_is_wide_enough_is_a_space(text: str, white: float, read: str) -> None:
    word = _word(text, white)
    (line,) = with_lost_spaces([Line((word,), word.box)], ASPECT)
    assert line.text == read
