"""Straighten a page: upright, level, its own paper only; and the way back to the scan."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.geometry import Transform
from intake.engines.canvas import Canvas
from intake.engines.colour import grey_of
from intake.engines.glyphs import Glyphs, find_glyphs
from intake.engines.light import flatten, for_reading, ink_mask
from intake.engines.orientation import Direction, reading_direction
from intake.engines.raster import Pixels, Raster

_DRAFT_DPI = 150.0  # enough for shapes of letters, a quarter of the work
_LEVEL_DEGREES = 0.12  # a page this level is left as it is: resampling would cost more
_SURE = 0.9
_FEW_GLYPHS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Straight:
    """A straightened page.

    ``raster`` keeps the colour; ``grey`` is height×width with even light, for
    reading; ``transform`` leads back to the page as scanned. ``turns`` are the
    quarter turns with the clock that were needed, ``skew_degrees`` how far the
    lines then still ran downhill, ``confidence`` (0..1) how sure the turns are;
    ``notes`` say in English what an operator should know.
    """

    raster: Raster
    grey: Raster
    transform: Transform
    turns: int
    skew_degrees: float
    confidence: float
    notes: tuple[str, ...]


def straighten(raster: Raster) -> Straight:
    """Return the page upright and level; a clean upright page keeps its pixels."""
    canvas = Canvas.over(raster.pixels)
    draft = _draft(raster, canvas)
    direction = reading_direction(draft.flat, draft.glyphs)
    canvas = canvas.turned(direction.turns)
    skew = direction.degrees
    if abs(skew) >= _LEVEL_DEGREES:
        canvas = canvas.levelled(skew)
    pixels = canvas.drawn(raster.pixels)
    grey = for_reading(flatten(grey_of(pixels), raster.dpi))
    return Straight(
        Raster(pixels, raster.dpi), Raster(grey, raster.dpi), canvas.transform(raster.pixels),
        direction.turns, skew, direction.confidence, tuple(_notes(draft, direction)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class _Draft:
    """A small, evenly lit copy of the page, to look at."""

    flat: Pixels
    glyphs: Glyphs


def _draft(raster: Raster, canvas: Canvas) -> _Draft:
    scale = min(1.0, _DRAFT_DPI / raster.dpi)
    flat = flatten(grey_of(canvas.scaled(scale).drawn(raster.pixels)), raster.dpi * scale)
    return _Draft(flat, find_glyphs(ink_mask(flat), raster.dpi * scale))


def _notes(draft: _Draft, direction: Direction) -> list[str]:
    if draft.glyphs.count < _FEW_GLYPHS:
        return ["hardly any print on the page"]
    return ["orientation doubtful"] if direction.confidence < _SURE else []
