"""The cells of a table without lines: words that white parts from others in their row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from intake.domain.geometry import Box
from intake.domain.text import Word
from intake.layout.order import row_order

APART = 2.2
"""White between two columns, in a row's height, at least."""
FLUSH = 0.012
"""How far lines of one cell may begin or have their middles from each other, in page widths."""
USUAL, CLOSE = 25, 1.2
"""Which of the page's distances between lines, of 100, is that within a cell, and from how many of
it on another cell begins."""


def columns_of(words: Sequence[Word], aspect: float) -> list[Box]:
    """Return the boxes of the cells that words stand in, lines of one cell together.

    ``aspect`` is the page's height by its width, as a ``PageText`` has it.
    """
    rows = [_parted(line.words, aspect) for line in row_order(words, aspect)]
    rows = [row for row in rows if row]
    steps = [after[0].top - before[0].top for before, after in pairwise(rows)]
    usual = float(np.percentile(steps, USUAL)) if steps else 0.0
    cells: list[Box] = []
    last: list[int] = []
    for number, row in enumerate(rows):
        is_close = number > 0 and steps[number - 1] < CLOSE * usual
        here: list[int] = []
        for part in row:
            above = next((n for n in last if is_close and _is_below(part, cells[n])), None)
            if above is None:
                cells.append(part)
                here.append(len(cells) - 1)
            else:
                cells[above] = Box.around((cells[above], part))
                here.append(above)
        last = here
    return cells


def _parted(words: Sequence[Word], aspect: float) -> list[Box]:
    """Return the boxes of a row's parts."""
    parts: list[list[Box]] = []
    for word in words:
        gap = word.box.left - parts[-1][-1].right if parts else 1.0
        if gap > APART * word.box.height * aspect or not parts:
            parts.append([])
        parts[-1].append(word.box)
    return [Box.around(part) for part in parts]


def _is_below(part: Box, cell: Box) -> bool:
    middle = abs((part.left + part.right) - (cell.left + cell.right)) / 2
    return abs(part.left - cell.left) < FLUSH or middle < FLUSH
