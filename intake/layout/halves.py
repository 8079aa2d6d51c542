"""Two papers side by side on one page: what stands left and right of a gutter down the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from intake.domain.text import PageText, Word
from intake.layout.order import reading_order

FEWEST = 40
"""Words on either side, at least."""
GUTTER = 0.01
"""Width of the gutter, as a share of the page's, at least."""
MIDDLE = (0.35, 0.65)
"""Where the gutter lies across the page."""


def halves(text: PageText) -> tuple[PageText, PageText] | None:
    """Return what stands left and right of the white that parts a page from top to bottom.

    None where no such white is, or hardly anything on one of its sides.
    """
    words = [word for line in text.lines for word in line.words]
    cut = _gutter(words)
    if cut is None:
        return None
    sides = ([w for w in words if w.box.left < cut], [w for w in words if w.box.left >= cut])
    if min(map(len, sides)) < FEWEST:
        return None
    left, right = (replace(text, lines=reading_order(side, text.aspect)) for side in sides)
    return left, right


def _gutter(words: Sequence[Word]) -> float | None:
    """Return the middle of the widest white in the page's middle that no word crosses."""
    ends: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda word: word.box.left):
        if ends and word.box.left <= ends[-1][1]:
            ends[-1] = (ends[-1][0], max(ends[-1][1], word.box.right))
        else:
            ends.append((word.box.left, word.box.right))
    whites = [(b[0] - a[1], (a[1] + b[0]) / 2) for a, b in pairwise(ends)]
    width, middle = max(
        (each for each in whites if MIDDLE[0] < each[1] < MIDDLE[1]), default=(0.0, 0.0)
    )
    return middle if width >= GUTTER else None
