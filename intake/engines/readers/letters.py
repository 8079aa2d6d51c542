"""Puts symbols in pixels, as an engine reports them, together to lines of words on the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from intake.domain.geometry import Box
from intake.domain.text import Letter, Line, Word

PixelBox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Symbol:
    """One letter in pixels of the picture that the engine saw.

    ``line`` and ``word`` number the line and word it stands in.
    """

    text: str
    box: PixelBox
    confidence: float
    line: int
    word: int
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """Where the picture that the engine saw lies on its page.

    A pixel (x, y) of the picture is (left + x / scale, top + y / scale) in
    pixels of the page, which is ``width`` by ``height``.
    """

    left: float
    top: float
    scale: float
    width: int
    height: int

    def on_page(self, box: PixelBox) -> Box:
        """Return a box of the picture as fractions of the page."""
        left, top, right, bottom = (edge / self.scale for edge in box)
        return Box.clipped(
            (self.left + left) / self.width,
            (self.top + top) / self.height,
            (self.left + right) / self.width,
            (self.top + bottom) / self.height,
        )


def lines_of(symbols: Iterable[Symbol], window: Window) -> list[Line]:
    """Group symbols, in the order they came, to lines of words."""
    lines = []
    for _, members in groupby(symbols, key=lambda symbol: symbol.line):
        words = [
            _word(list(group), window)
            for _, group in groupby(members, key=lambda symbol: symbol.word)
        ]
        lines.append(Line(tuple(words), Box.around(word.box for word in words)))
    return lines


def _word(symbols: Sequence[Symbol], window: Window) -> Word:
    letters = tuple(
        Letter(s.text, window.on_page(s.box), s.confidence, s.alternatives) for s in symbols
    )
    confidence = min(letter.confidence for letter in letters)
    return Word(letters, Box.around(letter.box for letter in letters), confidence)
