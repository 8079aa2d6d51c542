"""The alphabet that wording and page share, and what confusing two letters costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int16]

ALPHABET = "абвгдежзийклмнопрстуфхцчшщъыьэюяңөү0123456789№abcdefghijklmnopqrstuvwxyz"
PUNCTUATION = len(ALPHABET)
OTHER = PUNCTUATION + 1
SIZE = OTHER + 1

TOLD_APART = 2
"""Letters of a word that is known as the form's by them: «КР», «ИНН»."""
SUBSTITUTE = 1.0
CONFUSABLE = 0.25
"""A pair that readers or typists mix up (DESIGN.md section 3, confusions.csv)."""

# Groups whose members stand for each other: look-alikes between the alphabets and digits, the
# letters that one model writes for another's, and the readings that worn print invites.
_ALIKE = (
    "өо0oеэc", "үуyv", "ңнhп", "зэ3", "б6ь", "ч4", "т7гr", "ш щ", "и й н п", "л п д", "ъ ь ы",
    "аa", "еe", "сc", "рp", "хx", "кk", "мm", "вb8", "іi1l", "тt", "ё е", "ж к х", "ц щ ч",
    "ю о", "5 s 3 8 9", "1 7 i l", "0 6 8 9", "2 z", "№ n м н", "г т r", "к н", "с о e", "ф о",
    "я а", "ы м", "р п", "в п", "э з", "н к", "п т л", "и u", "п n", "т m", "г z", "д g",
)  # fmt: skip

_FOLD = str.maketrans("ёѳɵѲӨҮҢʏӊєїіјԛѕ", "еөөөөүңүңөүиiqs")


@cache
def _codes() -> dict[str, int]:
    return {letter: code for code, letter in enumerate(ALPHABET)}


@lru_cache(maxsize=4096)
def code_of(letter: str) -> int:
    """Return the code of one letter, folded: lower case, look-alike code points unified."""
    folded = letter.lower().translate(_FOLD)[:1]
    code = _codes().get(folded)
    if code is not None:
        return code
    return OTHER if folded.isalnum() else PUNCTUATION


def spelled(word: str) -> tuple[int, ...] | None:
    """Return a word's letters as codes, None for one too short to be told by them."""
    codes = tuple(code for letter in word if (code := code_of(letter)) != PUNCTUATION)
    return codes if len(codes) >= TOLD_APART else None


def all_spelled(words: Iterable[str]) -> set[tuple[int, ...]]:
    """Return the words that are long enough, as codes."""
    return {codes for word in words if (codes := spelled(word)) is not None}


@cache
def substitution_costs() -> Floats:
    """Return the symmetric SIZE×SIZE table of what reading one letter as another costs."""
    table = np.full((SIZE, SIZE), SUBSTITUTE)
    for group in _ALIKE:
        members = [code_of(letter) for letter in group.replace(" ", "")]
        for one in members:
            table[one, members] = np.minimum(table[one, members], CONFUSABLE)
    np.fill_diagonal(table, 0.0)
    table[PUNCTUATION, :] = table[:, PUNCTUATION] = SUBSTITUTE
    return table


@cache
def printed_fours(text: str) -> frozenset[int]:
    """Return the runs of four letters of a form's words."""
    return fours([code_of(letter) for word in text.split() for letter in word])


def fours(codes: Sequence[int]) -> frozenset[int]:
    """Return the runs of four letters among codes, a number each."""
    base, size = len(ALPHABET) + 1, len(ALPHABET)
    kept = [code for code in codes if code < size]
    return frozenset(
        ((a * base + b) * base + c) * base + d
        for a, b, c, d in zip(kept, kept[1:], kept[2:], kept[3:], strict=False)
    )
