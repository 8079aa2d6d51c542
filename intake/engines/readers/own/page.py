"""Reads whole pages with the recogniser, on lines that are found by their ink."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from statistics import mean

from intake.domain.geometry import Box
from intake.domain.text import Line, Word
from intake.engines.letter_boxes import on_ink
from intake.engines.line_finder import find_lines, print_of
from intake.engines.raster import Raster
from intake.engines.readers.own.reader import OwnReader

LEGIBLE = 0.6
"""Mean confidence of its letters from which a word is believed to be one: of 59 below it on
24 drawn pages (2,059 words), 55 were strokes of signatures, seals and rules."""
_TWICE = 0.6
"""Part of a word's width that a longer word of another line covers where it was read twice."""


def read_page(reader: OwnReader, grey: Raster) -> tuple[Line, ...]:
    """Read each line that is found on a straightened page, without strokes that are no words."""
    ink = print_of(grey)
    read = reader.read_lines(grey, find_lines(grey, ink))
    return without_doubles([on_ink(legible(line), ink) for line in read])


def legible(line: Line) -> Line:
    """Return a line without what its reader doubts to be words at all (see ``LEGIBLE``)."""
    sure = (w for w in line.words if mean(each.confidence for each in w.letters) >= LEGIBLE)
    return Line(tuple(sure), line.box)


def without_doubles(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines with every word once: strips that overlap show the same ink twice.

    Lines left without words are left out.
    """
    words = sorted(
        chain.from_iterable(line.words for line in lines),
        key=lambda word: (_width(word.box), word.confidence),
        reverse=True,
    )
    kept: list[Word] = []
    for word in words:
        if not any(_covers(longer.box, word.box) for longer in kept):
            kept.append(word)
    alive = set(map(id, kept))
    parts = (Line(tuple(w for w in line.words if id(w) in alive), line.box) for line in lines)
    return tuple(line for line in parts if line.words)


def _covers(box: Box, other: Box) -> bool:
    down = min(box.bottom, other.bottom) - max(box.top, other.top)
    if down < 0.5 * min(box.height, other.height):
        return False
    across = min(box.right, other.right) - max(box.left, other.left)
    return across >= _TWICE * _width(other)


def _width(box: Box) -> float:
    return box.right - box.left
