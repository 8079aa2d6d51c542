"""Reads whole pages with the recogniser, on lines that are found by their ink."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from intake.domain.geometry import Box
from intake.domain.text import Line
from intake.engines.letter_boxes import on_ink
from intake.engines.line_finder import find_lines, print_of
from intake.engines.raster import Raster
from intake.engines.readers.own.reader import OwnReader
from intake.engines.readers.word_shapes import shape_confidence

LEGIBLE = 0.6
"""Mean confidence of its letters from which a word is believed to be one: of 59 below it on
24 drawn pages (2,059 words), 55 were strokes of signatures, seals and rules."""
_LEGIBLE_BESIDE = 0.5
"""The same for a word beside one that is legible and long: a speck at the «2» of «2 980,7» costs it
as much, and what stands so in a line is seldom a stroke."""
_BESIDE, _LONG = 0.6, 3
"""The widest gap for that, in the line's heights (each in fractions of the page), and letters."""
_TWICE = 0.6
"""Part of a word's width that a longer word of another line covers where it was read twice."""


def read_page(reader: OwnReader, grey: Raster) -> tuple[Line, ...]:
    """Read each line that is found on a straightened page, without strokes that are no words."""
    ink = print_of(grey)
    read = reader.read_lines(grey, find_lines(grey, ink))
    return without_doubles([on_ink(legible(line), ink) for line in read])


def legible(line: Line) -> Line:
    """Return a line without what its reader doubts to be words at all (see ``LEGIBLE``)."""
    sure = [shape_confidence(word) for word in line.words]
    long = [
        word.box
        for word, share in zip(line.words, sure, strict=True)
        if share >= LEGIBLE and len(word.letters) >= _LONG
    ]
    reach = _BESIDE * (line.box.bottom - line.box.top)
    kept = (
        word
        for word, share in zip(line.words, sure, strict=True)
        if share >= LEGIBLE
        or (share >= _LEGIBLE_BESIDE and any(_gap(word.box, box) <= reach for box in long))
    )
    return Line(tuple(kept), line.box)


def _gap(one: Box, other: Box) -> float:
    return max(one.left, other.left) - min(one.right, other.right)


def without_doubles(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines with every word once: strips that overlap show the same ink twice.

    Lines left without words are left out.
    """
    words = sorted(
        chain.from_iterable(line.words for line in lines),
        key=lambda word: (_width(word.box), word.confidence),
        reverse=True,
    )
    boxes = np.array([[w.box.left, w.box.top, w.box.right, w.box.bottom] for w in words])
    kept: list[int] = []
    for number in range(len(words)):
        if not kept or not _covers(boxes[kept], boxes[number]).any():
            kept.append(number)
    alive = {id(words[number]) for number in kept}
    parts = (Line(tuple(w for w in line.words if id(w) in alive), line.box) for line in lines)
    return tuple(line for line in parts if line.words)


def _covers(boxes: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which boxes (left, top, right, bottom) cover most of another, beside it."""
    left, top, right, bottom = boxes.T
    down = np.minimum(bottom, other[3]) - np.maximum(top, other[1])
    across = np.minimum(right, other[2]) - np.maximum(left, other[0])
    level = down >= 0.5 * np.minimum(bottom - top, other[3] - other[1])
    return np.asarray(level & (across >= _TWICE * (other[2] - other[0])), np.bool_)


def _width(box: Box) -> float:
    return box.right - box.left
