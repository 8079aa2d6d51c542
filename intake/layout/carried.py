"""Text carried from the page as scanned to the straightened page."""

from __future__ import annotations

from dataclasses import replace

from intake.domain.geometry import Transform
from intake.domain.text import Line, PageText, Word


def carried(text: PageText, transform: Transform) -> PageText:
    """Return a page's text with its boxes on the straightened page."""
    if transform == Transform():
        return text
    return replace(text, lines=tuple(_line(line, transform) for line in text.lines))


def _line(line: Line, transform: Transform) -> Line:
    words = tuple(_word(word, transform) for word in line.words)
    return Line(words, transform.box_straightened(line.box))


def _word(word: Word, transform: Transform) -> Word:
    letters = tuple(
        replace(letter, box=transform.box_straightened(letter.box)) for letter in word.letters
    )
    return Word(letters, transform.box_straightened(word.box), word.confidence)
