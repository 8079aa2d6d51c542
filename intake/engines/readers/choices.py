"""The other letters that Tesseract considered, as it lists them for each word."""

from __future__ import annotations

import math
from collections.abc import Iterable
from xml.etree.ElementTree import Element

Choices = list[list[tuple[str, float]]]
"""For each place in a word, letters and their costs, cheapest first."""

_SCALE = 7.0
"""A cost divided by this is the negative logarithm of a probability, in Tesseract's source."""

_HIDDEN_COST = 30.0
"""hOCR writes 100 - 7 · cost, but never below 0; the usual cost of what it hides so."""


def of_hocr(places: Iterable[Element]) -> Choices:
    """Return the choices in hOCR's ``lstm_choices`` spans."""
    listed = [[(part.text or "", _cost(part)) for part in place] for place in places]
    return without_spaces(listed)


def without_spaces(choices: Choices) -> Choices:
    """Leave out places where the engine saw a space, or nothing."""
    return [place for place in choices if place and place[0][0].strip()]


def chosen(choices: Choices, text: str) -> tuple[tuple[str, float], ...]:
    """Take the place where ``text`` was chosen off ``choices``; return its others, best first.

    Words have a place too many or too few where the word list put a letter in
    or left one out: then the next place is tried, else there are no others.
    """
    for number, place in enumerate(choices[:2]):
        if any(choice == text for choice, _ in place):
            del choices[: number + 1]
            weights = {choice: math.exp(-cost / _SCALE) for choice, cost in place}
            total = sum(weights.values())
            others = [(c, w / total) for c, w in weights.items() if c.strip() and c != text]
            return tuple(sorted(others, key=lambda other: -other[1]))
    return ()


def _cost(part: Element) -> float:
    confidence = float((part.get("title") or "x_confs 0").split()[-1])
    return (100 - confidence) / _SCALE if confidence > 0 else _HIDDEN_COST
