"""What was read on a page: letters in words in lines, in reading order."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from intake.domain.geometry import Box


@dataclass(frozen=True, slots=True)
class Letter:
    """One read letter.

    ``box`` is on the straightened page; ``confidence`` 0..1 as the reader gave
    it (not calibrated); ``alternatives`` are other letters the reader
    considered, with their confidences, best first.
    """

    text: str
    box: Box
    confidence: float
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters without a space."""

    letters: tuple[Letter, ...]
    box: Box
    confidence: float

    @property
    def text(self) -> str:
        """The word as read."""
        return "".join(letter.text for letter in self.letters)


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline, left to right."""

    words: tuple[Word, ...]
    box: Box

    @property
    def text(self) -> str:
        """The line as read, words separated by one space."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class PageText:
    """All lines of one page in reading order.

    ``engine`` says what read it (for example ``tesseract 5.5.4 kir+rus`` or
    ``text layer``). Boxes are fractions of the straightened page, ``aspect`` is
    its width divided by its height, ``unread`` rows of letters that nobody could read.
    """

    lines: tuple[Line, ...]
    engine: str
    aspect: float = 210 / 297
    unread: tuple[Box, ...] = ()

    @property
    def text(self) -> str:
        """The page as read, one line of text a line."""
        return "\n".join(line.text for line in self.lines)

    def without(self, letters: Collection[Box]) -> PageText:
        """Return the page without the words that begin with one of these letters."""
        if not letters:
            return self
        rows = [
            tuple(word for word in line.words if word.letters[0].box not in letters)
            for line in self.lines
        ]
        lines = (Line(row, Box.around(word.box for word in row)) for row in rows if row)
        return replace(self, lines=tuple(lines))
