"""How sure a word is by the shapes of its letters: nothing tells «о» from «0» alone."""

from __future__ import annotations

from statistics import mean

from intake.domain.text import Letter, Word

_SHAPES = str.maketrans("зобчliі", "3064111")
"""Letters whose shape a digit has."""


def shape_confidence(word: Word) -> float:
    """Return the mean of how sure the shapes of a word's letters are, 0..1."""
    return mean(map(_of_its_shape, word.letters))


def _of_its_shape(letter: Letter) -> float:
    """Return how sure a letter's shape is: nothing tells «от» from «ОТ» or «3» from «З» alone."""
    shape = _shape(letter.text)
    return letter.confidence + sum(p for text, p in letter.alternatives if _shape(text) == shape)


def _shape(letter: str) -> str:
    return letter.lower().translate(_SHAPES)
