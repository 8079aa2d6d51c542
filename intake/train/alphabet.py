"""The letters that the recogniser can write, and how other spellings of them are folded."""

from __future__ import annotations

RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
KYRGYZ = "ңөү"
LATIN = "abcdefghijklmnopqrstuvwxyz"
DIGITS = "0123456789"
SIGNS = " .,:;!?-–()/«»“”„\"'№%+=*&@#§°[]<>|\\…"

ALPHABET = "".join(
    (SIGNS, DIGITS, RUSSIAN, KYRGYZ, RUSSIAN.upper(), KYRGYZ.upper(), LATIN, LATIN.upper())
)
"""What the network's classes stand for, from class 1 on; class 0 is CTC's blank."""

FOLDED = {
    "—": "–", "−": "–", "‑": "-", "’": "'", "‘": "'", "`": "'", "″": '"', "\u00a0": " ",
    "ѳ": "ө", "ɵ": "ө", "ʏ": "ү", "ӊ": "ң", "‚": ",",
}  # fmt: skip
"""Signs that look alike on paper and are written as one."""

_CLASSES = {letter: number for number, letter in enumerate(ALPHABET, start=1)}
_FOLDS = str.maketrans(FOLDED)


def fold(text: str) -> str:
    """Return the text with look-alike signs folded, foreign ones left out and spaces collapsed."""
    folded = text.translate(_FOLDS)
    return " ".join("".join(c for c in folded if c in _CLASSES).split())


def classes_of(text: str) -> list[int]:
    """Return the class of every letter; KeyError for one outside the alphabet."""
    return [_CLASSES[letter] for letter in text]


def text_of(classes: list[int]) -> str:
    """Return the text that a sequence of classes, one a frame, stands for (CTC's rule)."""
    pairs = zip([0, *classes], classes, strict=False)
    return "".join(ALPHABET[c - 1] for before, c in pairs if c and c != before)
