"""Marks at printed words: underlined, ringed, struck out, or none of these.

Everything is measured in small letters' heights of the row itself and held
against the words of the same rows that nobody is asked to mark.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.engines.components import Components, components
from intake.engines.ink.patch import Mask, Patch, closed, grown, opened
from intake.engines.ink.rows import Row

Floats = NDArray[np.float64]

DEEPER, DEEPEST = 0.5, 1.6
"""How far a stroke may slope into the room of the row below, and how far below its own row's
baseline it may reach, in small letters' heights."""
ARCHED = 0.35
"""Part of the turn around a word from which a stroke that slopes away below it is a ring's."""
NEAR = 0.85
"""How far below where marks begin most of such a stroke stands, at most."""
LOW = 0.3
"""Height, in small letters, below which a stroke through the letters underlines them."""
FOOT, WHITE = 0.35, 0.08
"""How far above the baseline a letter may end whose foot tells, and the white below feet that parts
them from a line, in small letters' heights."""


CLOSE, LONG, FLAT = 0.5, 3.0, 0.8
"""How much further down a stroke that touches nothing is looked for, how long it is at least and
how high at most, in small letters' heights."""


@dataclass(frozen=True, slots=True)
class WordMarks:
    """What surrounds one word or one row of an option, each 0..1.

    ``under`` and ``over``: part of its width with a stroke below the baseline,
    above the letters. ``white``: part of its width without any ink at the
    height of the small letters, which a stroke through them takes away.
    ``level``: part of its width with a level stroke through or under it, at
    ``height`` (0 baseline, 1 top of the small letters), its upper edge at
    ``edge``. ``ends``: how many of its two ends a stroke closes off, halved.
    ``ring``: part of the turn around it with tall strokes. ``tint``: part of the
    width with coloured ink around it. ``parted``: part of the feet of its letters above a
    stroke that white parts from it. ``gaps``: part of the strokes below that is white between
    pieces, as between the tops of tall digits in the row below. ``columns``: its width in pixels.
    """

    under: float
    over: float
    white: float
    level: float
    height: float
    edge: float
    ends: float
    ring: float
    tint: float
    parted: float
    gaps: float
    low: float
    columns: int


@dataclass(frozen=True, slots=True, eq=False)
class RowStrokes:
    """The strokes of one row by column: below, above, and between the letters.

    ``sloping``: the strokes below that begin in the row's own room, wherever they lead.
    ``feet``: where a letter ends above a stroke; ``parted``: and white is between the two.
    ``joined``: where strokes below only join what stands beside the column.
    ``low``: where a long stroke runs as low as the tall letters of the row below, no ring's.
    """

    row: Row
    under: Mask
    sloping: Mask
    over: Mask
    white: Mask
    heights: Floats
    edges: Floats
    ends: Mask
    tint: Mask
    tall: Mask
    feet: Mask
    parted: Mask
    joined: Mask
    low: Mask


@dataclass(frozen=True, slots=True, eq=False)
class InkShapes:
    """The ink of some rows, its connected shapes, and those lower than half a small letter."""

    ink: Mask
    shapes: Components
    _thin: dict[int, Mask] = field(default_factory=dict)

    @classmethod
    def of(cls, ink: Mask) -> InkShapes:
        """Find the shapes of a mask."""
        return cls(ink, components(ink))

    def thin(self, x: float) -> Mask:
        """Return the ink that is lower than half of a small letter ``x`` high."""
        high = _half(x)
        if high not in self._thin:
            self._thin[high] = _thin(self.ink, x)
        return self._thin[high]


def strokes_of(patch: Patch, shapes: InkShapes, row: Row, room: tuple[float, float]) -> RowStrokes:
    """Find a row's strokes in some ink, looking no further up and down than there is ``room``."""
    ink, x = shapes.ink, row.x_height
    above, below = room
    thin = shapes.thin(x)
    below = min(below, row.baseline + 1.15 * x)
    above = max(above, row.top - 1.25 * x)
    start = row.baseline + 0.1 * x + 1
    deep = min(room[1] + DEEPER * x, row.baseline + DEEPEST * x)
    cut = _below(ink, start, max(below, deep), x)
    under = _along(thin, start, below, x) | _along(cut, start, below, x)
    low = min(room[1] + CLOSE * x, row.baseline + 1.15 * x)
    under |= _apart(shapes.shapes, start, low, x)
    tall = tall_strokes(shapes.shapes, x)
    sloping = _along(thin, start, below, x, deep) | _along(cut, start, below, x, deep)
    over = _along(thin, above, row.top - 0.12 * x, x)
    heights, edges = _level(ink, row)
    body = _slice(row.top - 0.05 * x, row.baseline + 0.16 * x)
    band = ink[_slice(row.top + 0.25 * x, row.baseline - 0.2 * x)]
    tint = patch.coloured[_slice(row.top - 1.2 * x, row.baseline + 1.1 * x)]
    zone = _slice(start, deep)
    feet, parted = _feet(ink, thin | cut, row, zone)
    return RowStrokes(
        row,
        under | (heights < LOW),
        sloping,
        over,
        np.asarray(~ink[body].any(axis=0), np.bool_),
        heights,
        edges,
        np.asarray(band.any(axis=0), np.bool_),
        np.asarray(tint.any(axis=0), np.bool_),
        tall,
        feet,
        parted,
        _joined((thin | cut)[zone], x),
        _unbroken((thin | cut) & ~tall, start, low, x),
    )


def _feet(ink: Mask, thin: Mask, row: Row, zone: slice) -> tuple[Mask, Mask]:
    """Return the columns in which a letter ends above a stroke, and those with white between.

    Feet of letters that were taken for a stroke hang together with the letters.
    """
    runs = _runs(thin[zone], row.x_height)
    upper = np.where(runs.any(axis=0), runs.argmax(axis=0) + zone.start, -1)
    first = max(0, int(row.top))
    above = ink[first : zone.stop]
    rows = np.arange(first, first + above.shape[0])[:, None]
    ends = np.where(above & (rows < upper), rows, -1).max(axis=0, initial=-1)
    feet = ends >= row.baseline - FOOT * row.x_height
    return feet, feet & (upper - 1 - ends >= max(1, round(WHITE * row.x_height)))


def _slice(top: float, bottom: float) -> slice:
    first = max(0, int(top))
    return slice(first, max(first + 1, int(bottom)))


def _level(ink: Mask, row: Row) -> tuple[Floats, Floats]:
    """Return how high a stroke runs through or under the letters in each column: middle and edge.

    In small letters' heights above the baseline, not a number where none runs:
    no part of a letter is level for so long.
    """
    x = row.x_height
    zone = _slice(row.top + 0.05 * x, row.baseline + 0.6 * x)
    runs = opened(grown(ink[zone], 1, 3), round(1.9 * x), 1) & ink[zone]
    where = np.arange(runs.shape[0])[:, None]
    with np.errstate(invalid="ignore"):
        middle = (runs * where).sum(axis=0) / runs.sum(axis=0)
    upper = np.where(runs.any(axis=0), runs.argmax(axis=0), np.nan)
    ground = row.baseline - zone.start
    return (
        np.asarray((ground - 0.5 - middle) / x, np.float64),
        np.asarray((ground - upper) / x, np.float64),
    )


def _along(thin: Mask, top: float, bottom: float, x: float, deep: float = 0.0) -> Mask:
    """Return the columns in which a thin stroke runs along the row between two heights.

    It may go on further down, to ``deep``: a pen's line slopes.
    """
    first, last = max(0, int(top)), min(thin.shape[0], int(bottom))
    if last - first < 2:
        return np.zeros(thin.shape[1], np.bool_)
    runs = _runs(thin[first : max(last, int(deep))], x)
    if deep > bottom:
        found = components(runs)
        own = np.zeros(found.count, np.bool_)
        for number in set(np.unique(found.labels[: last - first]).tolist()) - {0}:
            rows = np.nonzero(found.labels == number)[0]
            own[number] = float(np.median(rows)) < NEAR * x  # further down runs a ring's upper arc
        runs = found.where(own)
    return np.asarray(runs.any(axis=0), np.bool_)


def _apart(found: Components, top: float, bottom: float, x: float) -> Mask:
    """Return the columns of flat strokes between two heights that touch no letter and no ring.

    Where rows stand close, a pen's line is as low as the capitals of the row below.
    """
    stats = found.stats
    is_flat = (stats[:, cv2.CC_STAT_WIDTH] >= LONG * x) & (stats[:, cv2.CC_STAT_HEIGHT] <= FLAT * x)
    middle = stats[:, cv2.CC_STAT_TOP] + stats[:, cv2.CC_STAT_HEIGHT] / 2
    is_flat &= (middle >= top) & (middle <= bottom)
    is_flat[0] = False
    columns = np.zeros(found.labels.shape[1], np.bool_)
    for left, upper, wide, tall, _ in stats[is_flat].tolist():
        part = found.labels[upper : upper + tall, left : left + wide]
        columns[left : left + wide] |= is_flat[part].any(axis=0)
    return columns


def _unbroken(thin: Mask, top: float, bottom: float, x: float) -> Mask:
    """Return the columns in which a stroke runs without a gap, longer than any letter is wide."""
    zone = thin[_slice(top, bottom)]
    runs = opened(grown(zone, 1, 3), round(LONG * x), 1) & zone
    return np.asarray(runs.any(axis=0), np.bool_)


def _below(ink: Mask, start: float, end: float, x: float) -> Mask:
    """Return the thin strokes of what is left below a height, as far down as to another.

    Cut off from the letters, a stroke that touches their feet is still thin.
    """
    first, high = max(0, int(start)), _half(x)
    last = max(first, int(end)) + high + 1
    rest = np.concatenate((np.zeros((high, ink.shape[1]), np.bool_), ink[first:last]))
    below = np.zeros_like(ink)
    below[first:last] = _thin(rest, x)[high:]
    return below


def _thin(ink: Mask, x: float) -> Mask:
    """Return the ink that is lower than half a small letter."""
    return np.asarray(ink & ~opened(ink, 1, _half(x)), np.bool_)


def _half(x: float) -> int:
    return max(3, round(0.5 * x))


def _runs(thin: Mask, x: float) -> Mask:
    """Return the strokes that run along a zone further than any part of a letter."""
    zone = closed(thin, max(3, round(0.45 * x)), 1)
    # grown by a pixel up and down, a sloping or shaky stroke still holds a level one
    return opened(grown(zone, 1, 3), max(6, round(1.3 * x)), 1) & zone


def _joined(thin: Mask, x: float) -> Mask:
    """Return the columns of strokes along a zone in which no ink of theirs stands."""
    runs = _runs(thin, x)
    return np.asarray(runs.any(axis=0) & ~(runs & thin).any(axis=0), np.bool_)


def word_marks(strokes: RowStrokes, left: int, right: int) -> WordMarks:
    """Measure the columns from ``left`` to ``right`` of a row."""
    x = strokes.row.x_height
    wide = strokes.under.shape[0]
    left, right = max(0, left), min(wide, right)
    if right - left < 3:
        return WordMarks(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    inside = slice(left, right)
    white = strokes.white[inside].sum()
    heights = strokes.heights[inside]
    level = ~np.isnan(heights)
    under, ring = strokes.under[inside], ring_share(strokes, left, right)
    if ring < ARCHED:
        under = under | strokes.sloping[inside]
    return WordMarks(
        under=float(under.mean()),
        over=float(strokes.over[inside].mean()),
        white=float(white) / (right - left),
        level=float(level.mean()),
        height=float(np.median(heights[level])) if level.any() else 0.5,
        edge=float(np.median(strokes.edges[inside][level])) if level.any() else 0.5,
        ends=(_closes(strokes, left, -1, x) + _closes(strokes, right, 1, x)) / 2,
        ring=ring,
        tint=float(strokes.tint[inside].mean()),
        parted=float(strokes.parted[inside].sum() / max(1, strokes.feet[inside].sum())),
        low=float(strokes.low[inside].mean()),
        gaps=float((strokes.joined[inside] & under).sum() / max(1, under.sum())),
        columns=right - left,
    )


def _closes(strokes: RowStrokes, edge: int, way: int, x: float) -> int:
    """Tell whether ink stands in the white beside a word, at the height of its letters."""
    beyond = [way * ((w[0] if way > 0 else w[2]) - edge) for w in strokes.row.words]
    free = min((d for d in beyond if d > 0.2 * x), default=x)
    near, far = edge + way * round(0.12 * x), edge + way * round(min(x, free - 0.08 * x))
    span = slice(max(0, min(near, far)), max(0, near, far))
    return int(bool(strokes.ends[span].any()))


def tall_strokes(found: Components, x: float) -> Mask:
    """Return the components that stand taller than any letter of a row can."""
    tall = found.stats[:, cv2.CC_STAT_HEIGHT] > 2.25 * x
    tall[0] = False
    return found.where(tall)


def ring_ink(patch: Patch, row: Row, left: int, right: int) -> Mask:
    """Return the strokes that may belong to a ring around some columns of a row."""
    x = row.x_height
    across = slice(max(0, int(left - 2 * x)), max(1, int(right + 2 * x)))
    span = slice(max(0, left), max(1, right))
    tall, runs = tall_strokes(components(patch.ink), x), _runs(_thin(patch.ink, x), x)
    found = np.zeros(patch.ink.shape, np.bool_)
    for rows in (
        _slice(row.top - 1.7 * x, row.top - 0.1 * x),
        _slice(row.baseline + 0.1 * x, row.baseline + 1.7 * x),
    ):
        found[rows, across] = tall[rows, across]
        if tall[rows, span].any(axis=0).mean() < 0.5:  # an arc that a worn scan has broken off
            found[rows, across] |= runs[rows, across]
    return found


def ring_share(strokes: RowStrokes, left: int, right: int) -> float:
    """Return the part of the turn around some columns of a row that tall strokes take."""
    row, x = strokes.row, strokes.row.x_height
    top, bottom = int(row.top - 1.7 * x), int(row.baseline + 1.5 * x)
    near_x, near_y = max(0, int(left - 2.0 * x)), max(0, top)
    part = strokes.tall[near_y : max(0, bottom), near_x : int(right + 2.0 * x)]
    rows, columns = np.nonzero(part)
    if not rows.size:
        return 0.0
    across = (columns + near_x - (left + right) / 2) / ((right - left) / 2)
    down = (rows + near_y - (row.top + row.baseline) / 2) / (x / 2 + 0.1 * x)
    outside = np.maximum(np.abs(across), np.abs(down)) > 1
    turn = np.arctan2(down[outside], across[outside])
    seen = np.bincount(((turn + np.pi) / (2 * np.pi) * 48).astype(int) % 48, minlength=48)
    return float((seen > 0).mean())
