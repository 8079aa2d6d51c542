"""The angle at which lines of text lie, from how sharply their ink piles up."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from intake.engines.glyphs import Floats, Glyphs

_COARSE_POINTS = 6_000
_WIDEST = 30  # degrees: nobody lays a page down more askew and expects it to be read
_LEAST_INK = 60  # pixels of print below which no angle is claimed


@dataclass(frozen=True, slots=True)
class Lean:
    """How far lines of text run downhill to the right (degrees), and how clearly (a ratio)."""

    degrees: float
    sharpness: float


FLAT = Lean(0.0, 0.0)


def line_angle(glyphs: Glyphs, *, upended: bool = False) -> Lean:
    """Return the angle of the text lines, within 30 degrees of level.

    ``upended`` takes lines that run up or down the page instead; the angle is
    then the page's after a quarter turn with the clock. Sharpness compares lines
    of different directions on one page, not pages.
    """
    points = _upright(glyphs.ink) if upended else glyphs.ink
    if len(points) < _LEAST_INK:
        return FLAT
    few = points[:: max(1, len(points) // _COARSE_POINTS)]
    best = _sharpest(few, np.arange(-_WIDEST, _WIDEST + 0.1, 1.0), max(1.0, glyphs.size / 4))
    best = _sharpest(few, best.degrees + np.arange(-1.0, 1.01, 0.2), max(1.0, glyphs.size / 8))
    fine = _sharpest(points, best.degrees + np.arange(-0.3, 0.31, 0.05), 1.0)
    return Lean(fine.degrees, best.sharpness)


def line_angles(glyphs: Glyphs) -> tuple[Lean, Lean]:
    """Return the angles of lines that run across the page and of lines that run along it."""
    return line_angle(glyphs), line_angle(glyphs, upended=True)


def _upright(points: Floats) -> Floats:
    return np.stack((-points[:, 1], points[:, 0]), axis=1)


def _sharpest(points: Floats, degrees: Floats, bin_pixels: float) -> Lean:
    scores = np.array([_sharpness(points, angle, bin_pixels) for angle in degrees])
    top = int(scores.argmax())
    return Lean(float(degrees[top]) + _between(scores, top) * _step(degrees), float(scores[top]))


def _sharpness(points: Floats, degrees: float, bin_pixels: float) -> float:
    """Return how unevenly ink spreads over lines at this angle: high where lines and gaps show."""
    slope = math.radians(degrees)
    across = (points[:, 1] * math.cos(slope) - points[:, 0] * math.sin(slope)) / bin_pixels
    counts = np.bincount((across - across.min()).astype(np.int64)).astype(float)
    return float(np.square(np.diff(counts)).sum() / len(points))


def _between(scores: Floats, top: int) -> float:
    """Return where the peak lies between the angles tried, -0.5..0.5 of a step."""
    if not 0 < top < len(scores) - 1:
        return 0.0
    before, peak, after = scores[top - 1 : top + 2]
    bend = before - 2 * peak + after
    return float(0.5 * (before - after) / bend) if bend < 0 else 0.0


def _step(degrees: Floats) -> float:
    return float(degrees[1] - degrees[0]) if len(degrees) > 1 else 0.0
