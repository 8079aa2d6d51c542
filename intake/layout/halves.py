"""What stands left and right of a gutter down the page: two papers, or a form's side column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from intake.domain.text import PageText, Word
from intake.layout.order import reading_order

FEWEST, FEW = 40, 6
"""Words on either side of a page's middle, and beside a column, at least."""
GUTTER = 0.01
"""Width of the gutter, as a share of the page's, at least."""
MIDDLE, INSIDE = (0.35, 0.65), (0.2, 0.8)
"""Where across the page the gutter lies between two papers, and beside a column."""


def halves(text: PageText) -> tuple[PageText, PageText] | None:
    """Return what stands left and right of the white that parts a page's middle, top to bottom.

    None where no such white is, or hardly anything on one of its sides.
    """
    return _sides(text, MIDDLE, FEWEST)


def columns(text: PageText) -> tuple[PageText, PageText] | None:
    """Return the same where one of the two may be narrow."""
    return _sides(text, INSIDE, FEW)


def _sides(
    text: PageText, within: tuple[float, float], fewest: int
) -> tuple[PageText, PageText] | None:
    words = [word for line in text.lines for word in line.words]
    cut = _gutter(words, within)
    if cut is None:
        return None
    sides = ([w for w in words if w.box.left < cut], [w for w in words if w.box.left >= cut])
    if min(map(len, sides)) < fewest:
        return None
    left, right = (replace(text, lines=reading_order(side, text.aspect)) for side in sides)
    return left, right


def _gutter(words: Sequence[Word], within: tuple[float, float]) -> float | None:
    """Return the middle of the widest white in a part of the page that no word crosses."""
    ends: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda word: word.box.left):
        if ends and word.box.left <= ends[-1][1]:
            ends[-1] = (ends[-1][0], max(ends[-1][1], word.box.right))
        else:
            ends.append((word.box.left, word.box.right))
    whites = [(b[0] - a[1], (a[1] + b[0]) / 2) for a, b in pairwise(ends)]
    width, middle = max(
        (each for each in whites if within[0] < each[1] < within[1]), default=(0.0, 0.0)
    )
    return middle if width >= GUTTER else None
