"""Puts letters whose places are known roughly exactly on their ink.

A recogniser that reads a line at once knows a letter's place to a third of its width; whether a
blank is written in and where a value begins must be known to a pixel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

import numpy as np

from intake.domain.geometry import Box
from intake.domain.text import Letter, Line, Word
from intake.engines.raster import Pixels

_REACH = 0.6
"""Heights of a line by which its first and last ink is looked for beyond its rough place."""
_TORN, _TORN_NUMBER = 0.25, 0.6
"""Part of that reach from which white ends a letter, and «№», broad and with some within."""


def on_ink(line: Line, ink: Pixels) -> Line:
    """Return a line with every letter's box just around the ink that is the letter's.

    ``ink`` is a mask of the page (1 = ink, see ``print_of``). Between two letters the line is cut
    in the white nearest to where they meet, between two words in the widest white; a letter
    without ink keeps its box.
    """
    letters = [letter for word in line.words for letter in word.letters]
    if not letters:
        return line
    columns = _Columns.of(line.box, ink)
    ends = accumulate(len(word.letters) for word in line.words)
    torn = _TORN_NUMBER if letters[-1].text == "№" else _TORN
    cuts = columns.cuts([letter.box for letter in letters], set(ends), torn)
    boxes = [
        columns.around(letter.box, *span)
        for letter, span in zip(letters, pairwise(cuts), strict=True)
    ]
    placed = iter(map(_moved, letters, boxes))
    return Line(tuple(_word(word, [next(placed) for _ in word.letters]) for word in line.words),
                line.box)  # fmt: skip


def _moved(letter: Letter, box: Box) -> Letter:
    return replace(letter, box=box)


def _word(word: Word, letters: Sequence[Letter]) -> Word:
    return replace(word, letters=tuple(letters), box=Box.around(each.box for each in letters))


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """A line's ink column by column, in pixels of the page, from column ``start`` on.

    ``amount`` is how much there is, ``first`` and ``last`` its first and last row in a column;
    ``reach`` is how far ink is followed beyond an end.
    """

    start: int
    reach: int
    amount: list[int]
    first: list[int]
    last: list[int]
    width: int
    height: int

    @classmethod
    def of(cls, line: Box, ink: Pixels) -> _Columns:
        height, width = ink.shape
        left, top, right, bottom = line.pixels(width, height)
        spare = round(_REACH * (bottom - top))
        start = max(0, left - spare)
        part = ink[top:bottom, start : right + spare]
        first = np.where(part.any(axis=0), part.argmax(axis=0), bottom - top)
        last = bottom - top - 1 - part[::-1].argmax(axis=0)
        amount = part.sum(axis=0, dtype=np.int64).tolist()
        rows = (top + first).tolist(), (top + last).tolist()
        return cls(start, spare, amount, *rows, width, height)

    def cuts(self, boxes: Sequence[Box], word_ends: set[int], torn: float) -> list[int]:
        """Return the columns at which the letters in these boxes, left to right, are parted.

        ``torn`` is the white that ends the last one (see ``_TORN``).
        """
        rough = (self._column((box.left + box.right) / 2) for box in boxes)
        middles = list(accumulate(rough, max))  # a reader may have two letters in one place
        cuts = [self._edge(middles[0], self._column(boxes[0].left), -_TORN)]
        for number, (one, two) in enumerate(pairwise(middles), start=1):
            meet = self._column((boxes[number - 1].right + boxes[number].left) / 2)
            if number in word_ends:
                cuts.append(self._widest_white(one, two, meet))
            else:
                cuts.append(self._thinnest(one, two, meet))
        return [*cuts, self._edge(middles[-1], self._column(boxes[-1].right), torn)]

    def around(self, box: Box, start: int, end: int) -> Box:
        """Return the box around the ink in some columns, or ``box`` where there is none."""
        inked = [column for column in range(start, end) if self._at(column)]
        if not inked:
            return box
        left, right = inked[0], inked[-1] + 1
        return Box(
            (self.start + left) / self.width,
            min(self.first[left:right]) / self.height,
            (self.start + right) / self.width,
            (max(self.last[c] for c in inked) + 1) / self.height,
        )

    def _column(self, across: float) -> int:
        return min(max(round(across * self.width) - self.start, 0), len(self.amount))

    def _thinnest(self, start: int, end: int, meet: int) -> int:
        """Return the column with least ink, the one nearest to where the letters meet."""
        return min(range(start, end + 1), key=lambda c: (self._at(c), abs(c - meet)))

    def _widest_white(self, start: int, end: int, meet: int) -> int:
        """Return the middle of the widest white between two columns."""
        best, run = (0, meet), 0
        for column in range(start, end + 1):
            run = 0 if self._at(column) else run + 1
            best = max(best, (run, column - run // 2), key=lambda each: each[0])
        return best[1] if best[0] else self._thinnest(start, end, meet)

    def _edge(self, middle: int, rough: int, torn: float) -> int:
        """Return where the outermost letter ends: near its rough edge, in the first wide white.

        That is ``torn`` times the reach wide; the left edge is looked for where it is negative.
        """
        way = 1 if torn > 0 else -1
        column = edge = rough if way > 0 else rough - 1
        farthest = column + round(self.reach * torn / _TORN)  # a broad letter reaches farther
        while column != farthest and 0 <= column < len(self.amount):
            column += way
            if self._at(column - way):
                edge = column
            elif abs(column - edge) > abs(torn) * self.reach:
                break
        return max(edge, middle + 1) if way > 0 else min(edge + 1, middle)

    def _at(self, column: int) -> int:
        return self.amount[column] if 0 <= column < len(self.amount) else 0
