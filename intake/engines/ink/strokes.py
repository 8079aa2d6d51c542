"""Connected strokes: what stands in a place that is neither rule line nor print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.engines.components import Labels, components
from intake.engines.ink.patch import Mask, Rect, closed, grown, opened

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Strokes:
    """Connected components of a mask: their labels, boxes (left, top, right, bottom) and areas."""

    labels: Labels
    boxes: Ints
    areas: Ints
    kept: NDArray[np.intp]

    @property
    def mask(self) -> Mask:
        """The pixels of the strokes that were kept."""
        chosen = np.zeros(len(self.areas), np.bool_)
        chosen[self.kept] = True
        return np.asarray(chosen[self.labels], np.bool_)

    @property
    def heights(self) -> Ints:
        """Heights of the strokes that were kept."""
        return np.asarray(self.boxes[self.kept, 3] - self.boxes[self.kept, 1], np.int32)

    @property
    def widths(self) -> Ints:
        """Widths of the strokes that were kept."""
        return np.asarray(self.boxes[self.kept, 2] - self.boxes[self.kept, 0], np.int32)

    @property
    def area(self) -> int:
        """Pixels of all strokes that were kept."""
        return int(self.areas[self.kept].sum())

    def only(self, chosen: Mask) -> Strokes:
        """Return the strokes with only these of the kept ones."""
        return Strokes(self.labels, self.boxes, self.areas, self.kept[chosen])


def strokes_in(mask: Mask) -> Strokes:
    """Return the connected strokes of a mask, all kept."""
    found = components(mask)
    stats = found.stats
    left, top = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_TOP]
    right, bottom = left + stats[:, cv2.CC_STAT_WIDTH], top + stats[:, cv2.CC_STAT_HEIGHT]
    boxes = np.stack([left, top, right, bottom], axis=1).astype(np.int32)
    areas = np.asarray(stats[:, cv2.CC_STAT_AREA], np.int32)
    return Strokes(found.labels, boxes, areas, np.arange(1, found.count))


def rule_lines(ink: Mask, x_height: float) -> Mask:
    """Return the ink of long thin level lines: rules, underscores, borders of tables."""
    thin = ink & ~opened(ink, 1, max(4, round(0.45 * x_height)))
    joined = closed(thin, max(3, round(0.35 * x_height)), 1)
    level = opened(grown(joined, 1, 2), max(12, round(2.8 * x_height)), 1)
    return np.asarray(level & ink, np.bool_)


def without_rules(ink: Mask, x_height: float) -> Mask:
    """Return the ink without rule lines; strokes that cross a rule stay whole."""
    return less_lines(ink, rule_lines(ink, x_height), x_height)


def less_lines(ink: Mask, rules: Mask, x_height: float) -> Mask:
    """Return the ink without some level lines; strokes that cross one stay whole."""
    rest = ink & ~rules
    tall = max(5, round(0.3 * x_height) | 1)
    # a rule's pixel belongs to a stroke where ink stands close above as well as close below it
    above = grown(_shifted(rest, tall // 2 + 1), 1, tall)
    below = grown(_shifted(rest, -(tall // 2 + 1)), 1, tall)
    return np.asarray(rest | (rules & above & below), np.bool_)


def _shifted(mask: Mask, down: int) -> Mask:
    moved = np.zeros_like(mask)
    if down >= 0:
        moved[down:] = mask[: mask.shape[0] - down]
    else:
        moved[:down] = mask[-down:]
    return moved


def without_crumbs(strokes: Strokes, rules: Mask, x_height: float) -> Strokes:
    """Leave out specks, and flat pieces that a rule line left behind."""
    boxes = strokes.boxes[strokes.kept]
    wide, tall = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    speck = (wide < 0.22 * x_height) & (tall < 0.22 * x_height)
    flat = (tall < 0.3 * x_height) & (wide > tall)
    dots = _in_row((wide < 0.42 * x_height) & (tall < 0.42 * x_height), boxes, x_height)
    near = grown(rules, 3, max(3, round(0.5 * x_height)))
    middle = ((boxes[:, 1] + boxes[:, 3]) // 2, (boxes[:, 0] + boxes[:, 2]) // 2)
    return strokes.only(~(speck | dots | (flat & near[middle])))


def _in_row(small: Mask, boxes: Ints, x_height: float) -> Mask:
    """Tell which small strokes are dots of a dotted rule: at least three others level with it."""
    dots = np.zeros(len(boxes), np.bool_)
    across = (boxes[small, 0] + boxes[small, 2]) / 2
    level = (boxes[small, 1] + boxes[small, 3]) / 2
    beside = np.abs(across[:, None] - across) < 2.6 * x_height
    together = beside & (np.abs(level[:, None] - level) < 0.2 * x_height)
    dots[small] = together.sum(axis=1) > 3
    return dots


def outside(strokes: Strokes, rects: Sequence[Rect], share: float = 0.6) -> Strokes:
    """Leave out the strokes that lie in these rectangles by more than this share of their area."""
    if not rects or not strokes.kept.size:
        return strokes
    covered = np.zeros(strokes.labels.shape, np.bool_)
    for left, top, right, bottom in rects:
        covered[max(0, top) : max(0, bottom), max(0, left) : max(0, right)] = True
    within = np.bincount(strokes.labels[covered], minlength=len(strokes.areas))
    return strokes.only(within[strokes.kept] <= share * strokes.areas[strokes.kept])


def stroke_width(mask: Mask) -> tuple[float, float]:
    """Return the strokes' mean width in pixels, and its deviation as a part of it."""
    if not mask.any():
        return 0.0, 0.0
    pad = np.pad(mask.view(np.uint8), 1)
    depth = cv2.distanceTransform(pad, cv2.DIST_L2, 3)
    ridge = (depth >= cv2.dilate(depth, np.ones((3, 3), np.uint8)) - 0.05) & (depth > 0.9)
    widths = 2 * depth[ridge] - 1
    if not widths.size:
        return 1.0, 0.0
    # the mean over the ridge is finer than a pixel, the median is not
    middle = float(widths.mean())
    return middle, float(widths.std()) / max(middle, 1.0)
