"""Whether somebody signed: free strokes around the line that is left for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from intake.domain.geometry import Box
from intake.engines.ink.patch import Mask, Patch, opened
from intake.engines.ink.strokes import (
    Strokes,
    outside,
    rule_lines,
    stroke_width,
    strokes_in,
    without_crumbs,
    without_rules,
)

LETTER = 2.3
"""Diagonal of the largest typed letters, in small letters' heights."""
PALE = 0.45
"""Darkness (1 = print) of strokes below which a shadow's edge may have drawn them: those of hands
over photographs had 0.36 to 0.40, signatures of every scanner 0.61 and more."""
UPRIGHT = 6.0
"""Length of an upright line, in small letters' heights, that no pen keeps to: a stamp's side."""
STRAIGHT, THIN = 4.0, 0.12
"""Length of a stroke from which it may be a ruled line, and how far such a line's ink deviates
from its middle, in small letters' heights."""


@dataclass(frozen=True, slots=True)
class Signing:
    """Free strokes near the line for a signature, in small letters' heights.

    ``length`` of all strokes, those no larger than letters counted for a
    seventh; ``reach`` the widest stroke's diagonal, ``tall`` the tallest
    stroke; ``hidden`` the part of the place that a seal covers; ``doubtful`` where
    the strokes may be a seal's own, or a shadow's edge.
    """

    length: float
    reach: float
    tall: float
    hidden: float
    box: Box | None
    doubtful: bool = False


def signing(patch: Patch, core: Box, print_: Sequence[Box], hidden: Mask, x: float) -> Signing:
    """Measure the strokes in a patch around ``core`` that are neither print, rule nor seal."""
    ink = patch.ink & ~hidden
    ink = ink & ~opened(ink, 1, round(UPRIGHT * x))
    rules = rule_lines(ink, x)
    strokes = without_crumbs(strokes_in(without_rules(ink, x)), rules, x)
    strokes = outside(strokes, [patch.rect(box) for box in print_], 0.5)
    strokes = strokes.only(_near(strokes, patch.rect(core), x))
    strokes = strokes.only(~_straight(strokes, x))
    if not strokes.kept.size:
        return Signing(0.0, 0.0, 0.0, 0.0, None)
    mask = strokes.mask
    width = max(1.0, stroke_width(mask)[0])
    reach = np.hypot(strokes.widths, strokes.heights) / x
    # typed letters that the reader did not make out are small, a hand's strokes run on
    counted = strokes.areas[strokes.kept] * np.where(reach > LETTER, 1.0, 1 / 7)
    boxes = strokes.boxes[strokes.kept]
    edges = (boxes[:, 0].min(), boxes[:, 1].min(), boxes[:, 2].max(), boxes[:, 3].max())
    return Signing(
        length=float(counted.sum()) / width / x,
        reach=float(reach.max()),
        tall=float(strokes.heights.max() / x),
        hidden=0.0,
        box=patch.box((int(edges[0]), int(edges[1]), int(edges[2]), int(edges[3]))),
        doubtful=float(np.median(patch.darkness[mask])) < PALE,
    )


def _near(strokes: Strokes, core: tuple[int, int, int, int], x: float) -> Mask:
    """Tell which strokes touch the place, or a stroke that does, within a letter's height."""
    boxes = strokes.boxes[strokes.kept]
    chosen = np.zeros(len(boxes), np.bool_)
    left, top, right, bottom = core
    for _ in range(2):
        chosen = (
            (boxes[:, 2] > left - x) & (boxes[:, 0] < right + x)
            & (boxes[:, 3] > top - x) & (boxes[:, 1] < bottom + x)
        )  # fmt: skip
        if not chosen.any():
            break
        left, top = min(left, boxes[chosen, 0].min()), min(top, boxes[chosen, 1].min())
        right, bottom = max(right, boxes[chosen, 2].max()), max(bottom, boxes[chosen, 3].max())
    return np.asarray(chosen, np.bool_)


def _straight(strokes: Strokes, x: float) -> Mask:
    """Tell which long strokes keep to a straight line: a stamp's side, a fold, the paper's edge."""
    chosen = np.zeros(strokes.kept.size, np.bool_)
    for number, label in enumerate(strokes.kept):
        left, top, right, bottom = strokes.boxes[label]
        if max(right - left, bottom - top) < STRAIGHT * x:
            continue
        rows, columns = np.nonzero(strokes.labels[top:bottom, left:right] == label)
        spread = np.linalg.eigvalsh(np.cov(np.stack([columns, rows])))
        # a bar of even thickness deviates from its middle by 0.29 of it
        chosen[number] = np.sqrt(max(spread[0], 0.0)) < THIN * x
    return chosen
