"""Which way up a page is, from its lines and the shapes of its letters."""

from __future__ import annotations

from dataclasses import dataclass

from intake.engines.glyphs import Glyphs
from intake.engines.raster import Pixels
from intake.engines.skew import line_angle


@dataclass(frozen=True, slots=True)
class Direction:
    """Quarter turns with the clock that make a page upright.

    ``degrees`` is how far its lines then run downhill to the right;
    ``confidence`` (0..1) how sure the turns are.
    """

    turns: int
    degrees: float
    confidence: float


def reading_direction(flat: Pixels, glyphs: Glyphs) -> Direction:
    """Return which way up a flattened page with these spots of print is."""
    level, upended = line_angle(glyphs), line_angle(glyphs, upended=True)
    if upended.sharpness > 2 * level.sharpness:
        return Direction(1, upended.degrees, 0.0)
    return Direction(0, level.degrees, 0.0)
