"""The order of names in the Kyrgyz alphabet: н ң о ө п, у ү ф; Russian fits into it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeVar

_LETTERS = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
_PLACES = {letter: f"{place:02}" for place, letter in enumerate(_LETTERS, start=10)}
Row = TypeVar("Row")


def order_of(text: str) -> tuple[str, str]:
    """Return what a text is sorted by: digits, then Latin, then the Kyrgyz alphabet.

    Case and quotation marks count only between texts that are otherwise the same.
    """
    plain = unicodedata.normalize("NFC", text).casefold()
    kept = (letter for letter in plain if letter.isalnum() or letter.isspace())
    return "".join(_place(letter) for letter in kept).strip(), text


def ordered(rows: Iterable[Row], name: Callable[[Row], str]) -> list[Row]:
    """Return the rows by name, in the order of the alphabet."""
    return sorted(rows, key=lambda row: order_of(name(row)))


def _place(letter: str) -> str:
    if letter.isspace():
        return " "
    # A letter of the alphabet sorts after every digit and Latin letter.
    return f"~{_PLACES[letter]}" if letter in _PLACES else letter
