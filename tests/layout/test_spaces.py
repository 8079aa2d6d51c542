"""Spaces told by the white between letters."""

from __future__ import annotations

import pytest

from intake.domain.geometry import Box
from intake.domain.text import Letter, Line, Word
from intake.layout.spaces import with_spaces

ASPECT = 0.7
HEIGHT = 0.02


def _word(text: str, white: float, left: float = 0.1) -> Word:
    """Return a word whose signs «_» are white of so many heights between two letters."""
    letters = []
    for sign in text:
        if sign == "_":
            left += white * HEIGHT / ASPECT
            continue
        letters.append(Letter(sign, Box(left, 0.3, left + 0.01, 0.3 + HEIGHT), 0.9))
        left += 0.01
    return Word(tuple(letters), Box.around(letter.box for letter in letters), 0.9)


PLAIN = "один два три четыре пять шесть семь восемь девять десять"


def _line(usual: float) -> Line:
    """Return a line of words with spaces of so many heights between them."""
    left, words = 0.05, []
    for text in PLAIN.split():
        word = _word(text, 0.0, left)
        words.append(word)
        left = word.box.right + usual * HEIGHT / ASPECT
    return Line(tuple(words), Box.around(word.box for word in words))


@pytest.mark.parametrize(
    ("text", "white", "read"),
    [
        ("А._А.", 0.5, "А. А."),
        ("А._А.", 0.4, "А.А."),
        ("8_а", 0.4, "8 а"),
        ("8_а", 0.2, "8а"),
        ("93_/_ул.", 0.3, "93 / ул."),
        ("н_/_ж", 0.1, "н/ж"),
        ("403_/_1", 0.3, "403/1"),
        ("12._05", 0.6, "12.05"),
    ],
)
def test_white_as_wide_as_the_pages_spaces_is_one(text: str, white: float, read: str) -> None:
    word = _word(text, white)
    own = Line((word,), word.box)
    assert with_spaces([_line(0.45), own], ASPECT)[-1].text == read


def test_a_typewriters_letters_stand_apart_without_spaces() -> None:
    word = _word("Г._Х.", 0.38)
    own = Line((word,), word.box)
    assert with_spaces([_line(1.0), own], ASPECT)[-1].text == "Г.Х."
    assert with_spaces([own], ASPECT)[-1].text == "Г.Х."


@pytest.mark.parametrize(
    ("reach", "text"),
    [(0.271, "дата 18-апрель"), (0.255, "дата 18-апрель"), (0.245, "дата 1 8-апрель")],
)
def test_a_digit_at_the_next_number_is_its_first(reach: float, text: str) -> None:
    words = (
        _placed("дата", 0.18, 0.23), _placed("1", 0.243, reach), _placed("8-апрель", 0.261, 0.375),
    )  # fmt: skip
    own = Line(words, Box(0.18, 0.72, 0.375, 0.75))
    assert with_spaces([_line(0.45), own], ASPECT)[-1].text == text


def _placed(text: str, left: float, right: float) -> Word:
    wide = (right - left) / len(text)
    boxes = [Box(left + n * wide, 0.72, left + (n + 1) * wide, 0.74) for n in range(len(text))]
    letters = tuple(Letter(sign, box, 0.9) for sign, box in zip(text, boxes, strict=True))
    return Word(letters, Box.around(boxes), 0.9)


@pytest.mark.parametrize(
    ("comma", "behind", "text"),
    [
        (0.02, 0.02, "486,3"),  # a typewriter's: as wide as a digit
        (0.02, 0.04, "486, 3"),  # and a space behind it
        (0.014, 0.02, "486, 3"),
    ],
)
def test_a_typewriters_comma_parts_no_number(comma: float, behind: float, text: str) -> None:
    lefts = [0.1, 0.12, 0.14, 0.14 + comma, 0.14 + comma + behind]
    letters = [
        Letter(sign, Box(left, 0.72, left + 0.01, 0.74), 0.9)
        for sign, left in zip("486,3", lefts, strict=True)
    ]
    words = tuple(
        Word(tuple(own), Box.around(letter.box for letter in own), 0.9)
        for own in (letters[:4], letters[4:])
    )
    line = Line(words, Box.around(word.box for word in words))
    assert with_spaces([_line(0.45), line], ASPECT)[-1].text == text
