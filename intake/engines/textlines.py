"""Spots of print chained to lines of text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intake.engines.glyphs import Floats, Labels

_FARTHEST = 3.0  # letter heights from one letter to the next of its line
_OFF_LINE = 0.4  # letter heights that the next letter of a line may stand higher or lower
_RECENT = 3  # letters at each height that may be the one before


@dataclass(frozen=True, slots=True, eq=False)
class Chained:
    """Letters in lines: x and y in pixels, which line (0, 1, 2, ...), and their place in the input.

    Lines and letters run from left to right.
    """

    x: Floats
    y: Floats
    line: Labels
    source: Labels

    @property
    def count(self) -> int:
        """How many lines there are."""
        return int(self.line.max()) + 1 if len(self.line) else 0

    def of(self, chosen: NDArray[np.bool_]) -> Chained:
        """Return only the chosen letters, their lines numbered anew."""
        _, line = np.unique(self.line[chosen], return_inverse=True)
        return Chained(self.x[chosen], self.y[chosen], line.astype(np.int64), self.source[chosen])


def chained(points: Floats, letter: float, least: int) -> Chained:
    """Chain points (n×2) of letters, nearly level, to lines of at least so many of them.

    Each goes to the nearest one on its left; ``letter`` is their usual height.
    """
    order = np.argsort(points[:, 0])
    x, y = points[order, 0], points[order, 1]
    line = np.arange(len(x))
    rows: dict[int, list[int]] = {}  # letters so far, by height on the page
    tall = 2 * _OFF_LINE * letter
    for index, (across, down) in enumerate(zip(x.tolist(), y.tolist(), strict=True)):
        row = int(down / tall)
        near = [i for r in (row - 1, row, row + 1) for i in rows.get(r, ())[-_RECENT:]]
        before = min(
            (i for i in near if across - x[i] < _FARTHEST * letter
             and abs(down - y[i]) < _OFF_LINE * letter),
            key=lambda i: across - x[i] + 4 * abs(down - y[i]), default=None,
        )  # fmt: skip
        if before is not None:
            line[index] = line[before]
        rows.setdefault(row, []).append(index)
    counts = np.bincount(line) if len(x) else np.zeros(0)
    return Chained(x, y, line.astype(np.int64), order.astype(np.int64)).of(counts[line] >= least)
