"""What strokes beside an option are: a box, empty or crossed, brackets, a pen's tick, nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

import numpy as np

from intake.engines.ink.patch import Mask, Rect

LEAST, MOST = 0.72, 4.5
"""Width and height of a sign's stroke, in small letters' heights: from «+» to a pen's tick."""
BOX = 0.9, 3.2
"""Sides of a box to tick, in small letters' heights."""
SQUARE = 1.45
"""How much longer one side of a box is than the other at most."""
EDGE, CLOSED = 0.22, 0.8
"""Part of a box's side that its border is looked for in, and part of each border that is there."""
EMPTY, CROSSED = 0.05, 0.12
"""Part of a box's inside that is inked: at most where it is empty, at least where it is crossed."""
TALL, SLENDER = 1.2, 0.75
"""Height of a bracket at least and its width at most, in small letters' heights."""
INSIDE = 0.5, 3.5
"""Room between two brackets of a pair, likewise."""
LEANING, STRAIGHT, LEANS = 0.35, 0.085, 0.7
"""Width of a leaning line at least, how far its ink deviates from its middle at most, in small
letters' heights, and how its rows and columns go together, which a bracket's do not."""


class Sign(IntEnum):
    """What stands beside an option, the more the higher."""

    NOTHING = 0
    EMPTY = 1
    SET = 2


@dataclass(frozen=True, slots=True)
class Beside:
    """The sign of one option.

    ``is_clear`` where a box or brackets tell that it is one, ``is_own`` where it is higher than
    small letters, as no comma is, and beside no other option.
    """

    sign: Sign = Sign.NOTHING
    is_clear: bool = False
    is_own: bool = False


def signs_among(rects: Sequence[Rect], ink: Mask, x: float) -> Iterator[tuple[Beside, Rect]]:
    """Yield the signs among strokes: pairs of brackets, boxes, and what else is large enough."""
    taken: set[Rect] = set()
    brackets = sorted(r for r in rects if height_of(r) > TALL * x and width_of(r) < SLENDER * x)
    for one, other in pairwise(brackets):
        between = other[0] - one[2]
        if one in taken or not INSIDE[0] * x <= between <= INSIDE[1] * x:
            continue
        within = [r for r in rects if one[2] <= r[0] and r[2] <= other[0]]
        is_set = any(
            max(width_of(r), height_of(r)) > LEAST * x and height_of(r) > 0.4 * x for r in within
        )
        taken.update((one, other, *within))
        whole = (one[0], min(one[1], other[1]), other[2], max(one[3], other[3]))
        yield Beside(Sign.SET if is_set else Sign.EMPTY, True), whole
    for rect in rects:
        sides = width_of(rect), height_of(rect)
        if rect not in taken and min(sides) >= LEAST * x and max(sides) <= MOST * x:
            share = _inside(ink, rect, x)
            yield Beside(Sign.SET) if share is None else boxed(share), rect


def boxed(share: float) -> Beside:
    """Return what stands in a box so much of whose inside is inked."""
    return Beside(Sign.SET if share > EMPTY else Sign.EMPTY, not EMPTY < share < CROSSED)


def width_of(rect: Rect) -> int:
    """Return how many pixels wide a rectangle is."""
    return rect[2] - rect[0]


def height_of(rect: Rect) -> int:
    """Return how many pixels high a rectangle is."""
    return rect[3] - rect[1]


def _inside(ink: Mask, rect: Rect, x: float) -> float | None:
    """Return the part of a box's inside that is inked; None where a stroke is no box."""
    left, top, right, bottom = rect
    short, long = sorted((width_of(rect), height_of(rect)))
    if short < BOX[0] * x or long > min(BOX[1] * x, SQUARE * short):
        return None
    part = ink[top:bottom, left:right]
    across, down = max(2, round(EDGE * width_of(rect))), max(2, round(EDGE * height_of(rect)))
    borders = (
        part[:down].any(axis=0), part[-down:].any(axis=0),
        part[:, :across].any(axis=1), part[:, -across:].any(axis=1),
    )  # fmt: skip
    if min(float(np.mean(border)) for border in borders) < CLOSED:
        return None
    inner = part[down:-down, across:-across]
    return float(inner.mean()) if inner.size else None


def is_bar(ink: Mask, rect: Rect, x: float) -> bool:
    """Tell whether a stroke is a leaning straight line, as between two options: no sign."""
    left, top, right, bottom = rect
    rows, columns = np.nonzero(ink[top:bottom, left:right])
    if height_of(rect) < TALL * x or width_of(rect) < LEANING * x or rows.size < 3:
        return False
    spread = np.cov(np.stack([columns, rows]))
    leans = abs(spread[0, 1]) > LEANS * np.sqrt(spread[0, 0] * spread[1, 1])
    return bool(leans and np.sqrt(max(np.linalg.eigvalsh(spread)[0], 0.0)) < STRAIGHT * x)


def is_between(bar: Rect, sign: Rect, word: Rect) -> bool:
    """Tell whether a bar parts a sign from a word."""
    return sign[2] <= bar[0] <= word[0] or word[2] <= bar[2] <= sign[0]
