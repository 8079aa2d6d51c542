"""Small squares that are printed to be ticked, found by their sides, whatever a pen set on them.

A reader takes one for a letter of the word beside it, and a cross that goes beyond it hides its
outline: its four straight sides are left.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from intake.engines.components import components
from intake.engines.ink.patch import Mask, Rect, grown, opened
from intake.engines.ink.sign_shapes import BOX, CLOSED, EDGE, SQUARE, height_of, width_of

SIDES = (2.2, 1.6, 1.2)
"""Sides of boxes that are looked for one after the other, in small letters' heights: the longer the
straight lines that are left, the less of a thick pen's strokes is left with them. Small letters
with serifs have four sides, too."""
SHARED = 0.3
"""Part of the smaller of two boxes within the other from which they are one."""
STRAIGHT = 0.75
"""Length of a straight run that is part of a side, in that side."""


def tick_boxes(ink: Mask, x: float) -> list[tuple[Rect, float]]:
    """Return the boxes in a mask, and the part of each one's inside that is inked.

    ``x`` is the height of small letters in pixels.
    """
    found: list[Rect] = []
    for side in SIDES:
        rects = _boxes(ink, x, max(3, round(STRAIGHT * side * x)))
        # a box, and the white below it as far as to the next one's edge, are as good as closed
        for rect in sorted(rects, key=_oblong):
            if not any(_is_same(rect, other) for other in found):
                found.append(rect)
    return [(rect, _inside(ink, rect)) for rect in found]


def _is_same(one: Rect, other: Rect) -> bool:
    """Tell whether two rectangles share more than an edge, as those of boxes that touch do."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    least = min(width_of(r) * height_of(r) for r in (one, other))
    return across > 0 and down > 0 and across * down > SHARED * least


def overlap(one: Rect, other: Rect) -> bool:
    """Tell whether two rectangles share pixels."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    return across > 0 and min(one[3], other[3]) > max(one[1], other[1])


def _oblong(rect: Rect) -> float:
    """Return how much longer one side of a rectangle is than the other."""
    short, long = sorted((width_of(rect), height_of(rect)))
    return long / short


def _boxes(ink: Mask, x: float, run: int) -> Iterator[Rect]:
    """Yield the boxes whose sides are straight for so many pixels."""
    level = opened(grown(ink, 1, 3), run, 1) & ink
    upright = opened(grown(ink, 3, 1), 1, run) & ink
    stats = components(level).stats[1:]
    left, top, wide, tall = (stats[:, n] for n in range(4))
    right, bottom = left + wide, top + tall
    starts = np.maximum(left[:, None], left[None])
    ends = np.minimum(right[:, None], right[None])
    sides = np.stack([ends - starts, bottom[None] - top[:, None]])
    short, long = sides.min(axis=0), sides.max(axis=0)
    fits = (short >= max(SIDES[-1] * x, run)) & (long <= BOX[1] * x)
    is_square = fits & (long <= SQUARE * short)
    for upper, lower in np.argwhere(is_square).tolist():
        rect = (int(starts[upper, lower]), int(top[upper]),
                int(ends[upper, lower]), int(bottom[lower]))  # fmt: skip
        if _is_closed(level, upright, rect):
            yield rect


def _is_closed(level: Mask, upright: Mask, rect: Rect) -> bool:
    """Tell whether straight lines run along all four sides."""
    left, top, right, bottom = rect
    across, down = (max(2, round(EDGE * side)) for side in (right - left, bottom - top))
    sides = (
        level[top : top + down, left:right].any(axis=0),
        level[bottom - down : bottom, left:right].any(axis=0),
        upright[top:bottom, max(0, left - across) : left + across].any(axis=1),
        upright[top:bottom, right - across : right + across].any(axis=1),
    )
    return min(float(np.mean(side)) for side in sides) >= CLOSED


def _inside(ink: Mask, rect: Rect) -> float:
    """Return the part of a box's inside that is inked."""
    left, top, right, bottom = rect
    across, down = (max(2, round(EDGE * side)) for side in (right - left, bottom - top))
    inner = ink[top + down : bottom - down, left + across : right - across]
    return float(inner.mean()) if inner.size else 0.0
