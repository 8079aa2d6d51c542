"""The ink in the place of a value: how much, where exactly, and whose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from intake.domain.geometry import Box
from intake.engines.ink.patch import Mask, Paper, Patch, Rect, cut, opened
from intake.engines.ink.strokes import (
    Strokes,
    outside,
    rule_lines,
    strokes_in,
    without_crumbs,
    without_rules,
)
from intake.engines.raster import Raster

TALL = 4.2
"""Height of the tallest handwriting, from a loop above to a loop below, in small letters'."""

ACROSS = 1.0
"""Ink of such a stroke in the spot itself, in squares of the small letters' height, from which it
is writing: no signature is near."""

RULED, RULE_BELOW = 4.0, 0.8
"""Length of a rule to write on, and how far below its line it may lie, in letters' heights."""

Hidden = Callable[[Patch], Mask]
"""Tells which pixels of a patch a seal makes useless."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to look for one line of a value.

    ``box`` is the spot, ``is_read`` whether letters were read there (then the
    value may be longer than what was read), ``print_`` boxes of the form's own
    words near it, ``others`` boxes of other fields' values, ``signed`` boxes of
    signatures and seals.
    """

    box: Box
    is_read: bool
    print_: Sequence[Box]
    others: Sequence[Box]
    signed: Sequence[Box] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """The strokes found in one place, in a patch; ``wide`` is the place's width in pixels."""

    patch: Patch
    strokes: Strokes
    wide: int

    @property
    def box(self) -> Box:
        """The smallest box of the page that holds the strokes; ValueError where there are none."""
        boxes = self.strokes.boxes[self.strokes.kept]
        if not len(boxes):
            raise ValueError("no strokes to go around")
        left, top = boxes[:, 0].min(), boxes[:, 1].min()
        right, bottom = boxes[:, 2].max(), boxes[:, 3].max()
        return self.patch.box((int(left), int(top), int(right), int(bottom)))


def written_at(raster: Raster, paper: Paper, place: Place, x: float, hidden: Hidden) -> Written:
    """Find the strokes of a value in its place; ``x`` is the small letters' height in pixels."""
    patch = cut(raster, paper, _neighbourhood(raster, place, x))
    core = patch.rect(place.box)
    veil = hidden(patch)
    if place.is_read:  # what was read is there, whatever lies over it
        left, top, right, bottom = _swollen(core, round(0.4 * x))
        veil[max(0, top) : max(0, bottom), max(0, left) : max(0, right)] = False
    ink = patch.ink & ~veil
    ink = ink & ~opened(ink, 1, round(TALL * x))  # sides of a table's cells
    rules = rule_lines(ink, x)
    strokes = without_crumbs(strokes_in(without_rules(ink, x)), rules, x)
    strokes = outside(strokes, [_swollen(patch.rect(box), 2) for box in place.print_])
    strokes = outside(strokes, [patch.rect(box) for box in _foreign(place)], 0.5)
    tall = _too_tall(strokes, x)
    if not place.is_read:  # two rows of a hand that touch are as tall as a signature
        signed = [patch.rect(box) for box in place.signed]
        tall &= ~_lies_across(strokes, core, x) | _touches(strokes, signed)
    strokes = strokes.only(~_scrawled(strokes, tall, among=not place.is_read))
    strokes = strokes.only(_level_with(strokes, core, x))
    left, right = _bounds(patch, place, core, x)
    strokes = strokes.only(_between(strokes, left, right))
    written = core if place.is_read else _ruled(rules, core, x)
    if place.is_read or written != core:
        strokes = strokes.only(_reached(strokes, written, x))
    return Written(patch, strokes, max(1, core[2] - core[0]))


def _foreign(place: Place) -> list[Box]:
    """Return other values' boxes, less those around a whole line with this value in it."""
    mine = place.box

    def holds_mine(box: Box) -> bool:
        across = min(box.right, mine.right) - max(box.left, mine.left)
        down = min(box.bottom, mine.bottom) - max(box.top, mine.top)
        return across > 0.5 * mine.width and down > 0.3 * mine.height

    return [box for box in place.others if not (place.is_read and holds_mine(box))]


def _neighbourhood(raster: Raster, place: Place, x: float) -> Box:
    """Return the spot with two small letters' heights around it, more to the sides if read."""
    down = 2.6 * x / (raster.height * _per(raster))
    across = (12.0 if place.is_read else 1.5) * x / (raster.width * _per(raster))
    box = place.box
    return Box.clipped(box.left - across, box.top - down, box.right + across, box.bottom + down)


def _per(raster: Raster) -> float:
    return 200.0 / raster.dpi


def _swollen(rect: Rect, by: int) -> Rect:
    return rect[0] - by, rect[1] - by, rect[2] + by, rect[3] + by


def _level_with(strokes: Strokes, core: Rect, x: float) -> Mask:
    """Tell which strokes stand in the spot's line: by their middle, or by being tall across it."""
    boxes = strokes.boxes[strokes.kept]
    middle = (boxes[:, 1] + boxes[:, 3]) / 2
    half = max((core[3] - core[1]) / 2, 0.9 * x) + 0.45 * x
    centre = (core[1] + core[3]) / 2
    across = (boxes[:, 1] < centre) & (boxes[:, 3] > centre - 0.2 * x)
    return np.asarray((np.abs(middle - centre) < half) | across, np.bool_)


def _too_tall(strokes: Strokes, x: float) -> Mask:
    return np.asarray(strokes.heights > TALL * x, np.bool_)


def _lies_across(strokes: Strokes, core: Rect, x: float) -> Mask:
    """Tell which strokes have as much ink within the spot itself as two letters have."""
    left, top, right, bottom = (max(0, edge) for edge in core)
    within = np.bincount(
        strokes.labels[top:bottom, left:right].ravel(), minlength=len(strokes.areas)
    )
    return np.asarray(within[strokes.kept] > ACROSS * x * x, np.bool_)


def _touches(strokes: Strokes, rects: Sequence[Rect]) -> Mask:
    boxes = strokes.boxes[strokes.kept]
    touching = np.zeros(len(boxes), np.bool_)
    for left, top, right, bottom in rects:
        touching |= (
            (boxes[:, 2] > left) & (boxes[:, 0] < right)
            & (boxes[:, 3] > top) & (boxes[:, 1] < bottom)
        )  # fmt: skip
    return touching


def _scrawled(strokes: Strokes, tall: Mask, *, among: bool) -> Mask:
    """Tell which strokes are of a signature or a seal: too tall for writing, or ``among`` such."""
    boxes = strokes.boxes[strokes.kept]
    chosen = tall.copy()
    middle_x, middle_y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    for left, top, right, bottom in boxes[tall & among]:
        chosen |= (middle_x > left) & (middle_x < right) & (middle_y > top) & (middle_y < bottom)
    return np.asarray(chosen, np.bool_)


def _bounds(patch: Patch, place: Place, core: Rect, x: float) -> tuple[int, int]:
    """Return how far to either side the value may reach: up to the next print or value."""
    middle = (core[1] + core[3]) / 2
    left, right = (-1 << 20, 1 << 20) if place.is_read else (core[0] - x / 2, core[2] + x / 2)
    for box in (*place.print_, *place.others):
        rect = patch.rect(box)
        if not rect[1] - 0.3 * x < middle < rect[3] + 0.3 * x:
            continue
        if rect[2] <= core[0] + 0.5 * x:
            left = max(left, rect[2])
        elif rect[0] >= core[2] - 0.5 * x:
            right = min(right, rect[0])
    return int(left), int(right)


def _between(strokes: Strokes, left: int, right: int) -> Mask:
    boxes = strokes.boxes[strokes.kept]
    middle = (boxes[:, 0] + boxes[:, 2]) / 2
    return np.asarray((middle >= left) & (middle <= right), np.bool_)


def _ruled(rules: Mask, core: Rect, x: float) -> Rect:
    """Return the part of a blank's spot that has rules to write on, all of it where none has.

    What stands far from them in the row is another's: a stamp in the margin.
    """
    left, top, right, bottom = core
    rows = slice(max(0, top), max(0, round(bottom + RULE_BELOW * x)))
    columns = np.flatnonzero(rules[rows, max(0, left) : max(0, right)].any(axis=0)) + max(0, left)
    if len(columns) < RULED * x:
        return core
    return int(columns[0]), top, int(columns[-1]) + 1, bottom


def _reached(strokes: Strokes, core: Rect, x: float) -> Mask:
    """Tell which strokes hang together with a place (what was read), by steps of a wide space."""
    boxes = strokes.boxes[strokes.kept]
    chosen = (boxes[:, 2] > core[0]) & (boxes[:, 0] < core[2])
    left, right = float(core[0]), float(core[2])
    step = 2.2 * x
    for index in np.argsort(boxes[:, 0]):
        if boxes[index, 0] >= right - x and boxes[index, 0] - right <= step:
            chosen[index] = True
            right = max(right, float(boxes[index, 2]))
    for index in np.argsort(-boxes[:, 2]):
        if boxes[index, 2] <= left + x and left - boxes[index, 2] <= step:
            chosen[index] = True
            left = min(left, float(boxes[index, 0]))
    return np.asarray(chosen, np.bool_)
