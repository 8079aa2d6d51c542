"""Straighten a page: upright, level, its own paper only; and the way back to the scan."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from intake.domain.geometry import Transform
from intake.engines.canvas import Canvas, Curl
from intake.engines.colour import doubled, grey_of, halved, shrunk, whitened
from intake.engines.curl import Bend, bend
from intake.engines.glyphs import Floats, find_glyphs
from intake.engines.ink.patch import WORK_DPI
from intake.engines.legibility import Draft, legible_direction
from intake.engines.light import flatten, for_reading, ink_mask
from intake.engines.orientation import Direction, reading_direction
from intake.engines.overlay import without_overlay
from intake.engines.paper import Sheet, find_sheet
from intake.engines.raster import Pixels, Raster
from intake.engines.readers import Reader
from intake.engines.skew import line_angles

_DRAFT_DPI = 150.0  # enough for shapes of letters, a quarter of the work
_MOST_ENLARGED = 1.6
_WANTED_DPI = 300.0
_GENEROUS = 1.2  # a page up to this much finer than wanted is not resampled for that alone
_LEVEL_DEGREES = 0.12  # a page this level is left as it is: resampling would cost more
_LEANING_DEGREES = 2.5
_SURE = 0.9
_FEW_GLYPHS = 12
_FINE_DPI = 260.0  # a page this fine is looked at in half its size
_LOW_DPI = 130.0  # doubled for reading: measured on drawn pages of 90 and 110 dpi, half the errors
_A4_RATIO = 2**0.5
_LIKE_A4 = 0.14  # a sheet seen whole whose sides are within this of A4's ratio is A4
_EDGE_INCHES = 0.03  # along a sheet's edge a shade of what lies around it is seen


@dataclass(frozen=True, slots=True, eq=False)
class Straight:
    """A straightened page.

    ``raster`` keeps the colour, as fine as marks and seals are looked at; ``grey`` is
    height×width with even light, as fine as it is read;
    ``transform`` leads back to the page as scanned. ``turns`` are the quarter
    turns with the clock that were needed, ``skew_degrees`` how far the lines
    then still ran downhill, ``confidence`` (0..1) how sure the turns are;
    ``notes`` say in English what an operator should know.
    """

    raster: Raster
    grey: Raster
    transform: Transform
    turns: int
    skew_degrees: float
    confidence: float
    notes: tuple[str, ...]


def straighten(raster: Raster, reader: Reader | None = None) -> Straight:
    """Return the page upright and level; a clean upright page keeps its pixels.

    Where the shapes of its letters leave the direction in doubt, a few lines are
    read both ways with ``reader``; without one the doubt stays, and is noted.
    """
    flat, draft = _first_look(raster)
    direction = _direction(draft, reader)
    direction, canvas, curl = _levelled(flat, direction, draft)
    pixels = canvas.drawn(raster.pixels, curl)
    dpi = flat.dpi * _scale_to_read(flat)
    page = Raster(pixels, dpi)
    return Straight(
        _to_look_at(page), _grey(page, canvas, flat), canvas.transform(raster.pixels, curl),
        direction.turns, direction.degrees, direction.confidence,
        tuple(_notes(flat, draft, direction, curl)),
    )  # fmt: skip


def _first_look(raster: Raster) -> tuple[_Flat, _Draft]:
    """Look at a smaller copy of the page, which is not kept: the page is drawn anew after it."""
    glance = halved(raster.pixels) if raster.dpi >= _FINE_DPI else raster.pixels
    flat = _Flat.of(raster, _sheet(raster, glance))
    return flat, _draft(raster, glance, flat)


def _sheet(raster: Raster, glance: Pixels) -> Sheet | None:
    """Return the sheet as it lies in the scan, found on a smaller copy."""
    sheet = find_sheet(glance)
    ratio = (raster.width / glance.shape[1], raster.height / glance.shape[0])
    return None if sheet is None else replace(sheet, corners=sheet.corners * ratio)


@dataclass(frozen=True, slots=True, eq=False)
class _Flat:
    """The page without perspective: its canvas, true resolution and, in the scan, its corners."""

    canvas: Canvas
    dpi: float
    sheet: Sheet | None

    @classmethod
    def of(cls, raster: Raster, sheet: Sheet | None) -> _Flat:
        if sheet is None or sheet.is_square:
            return cls(Canvas.over(raster.pixels), raster.dpi, sheet)
        width, height = _sides(sheet)
        dpi = max(width, height) / 11.69 if sheet.is_whole else raster.dpi
        return cls(Canvas.on(sheet.corners, round(width), round(height)), dpi, sheet)


def _sides(sheet: Sheet) -> tuple[float, float]:
    """Return the sheet's width and height in pixels, with A4's ratio where it is nearly that."""
    steps = np.hypot(*(np.roll(sheet.corners, -1, axis=0) - sheet.corners).T)
    width, height = float(max(steps[0], steps[2])), float(max(steps[1], steps[3]))
    ratio = _A4_RATIO if height > width else 1 / _A4_RATIO
    if sheet.is_whole and abs(height / width / ratio - 1) < _LIKE_A4:
        area = width * height
        width = float(np.sqrt(area / ratio))
        height = area / width
    return width, height


@dataclass(frozen=True, slots=True, eq=False)
class _Draft:
    """A small, evenly lit copy of the page, to look at.

    ``leant`` is how far the copy was levelled already (degrees); ``ink`` is n×2,
    where any ink is.
    """

    canvas: Canvas
    leant: float
    look: Draft
    ink: Floats


def _draft(raster: Raster, glance: Pixels, flat: _Flat) -> _Draft:
    """Look at the page, and a second time where its lines are clearly not level.

    Letters are told apart, and from other ink, by boxes that only fit level ones.
    """
    first = _look(raster, glance, flat, 0.0)
    lean = max(first.look.leans, key=lambda lean: lean.sharpness).degrees
    return first if abs(lean) < _LEANING_DEGREES else _look(raster, glance, flat, lean)


def _look(raster: Raster, glance: Pixels, flat: _Flat, lean: float) -> _Draft:
    scale = min(_MOST_ENLARGED, _DRAFT_DPI / flat.dpi)
    canvas = flat.canvas.scaled(scale)
    if lean:
        canvas = canvas.levelled(lean).holding(canvas)
    seen = canvas.onto(raster.pixels, glance).drawn(glance)
    even = flatten(_bare(grey_of(seen), canvas, flat, flat.dpi * scale), flat.dpi * scale)
    mask = ink_mask(even)
    places = np.argwhere(mask[::4, ::4])[:, ::-1].astype(np.float64) * 4
    glyphs = find_glyphs(mask, flat.dpi * scale)
    look = Draft(even, glyphs, line_angles(glyphs), flat.dpi * scale)
    return _Draft(canvas, lean, look, places)


def _direction(draft: _Draft, reader: Reader | None) -> Direction:
    """Return which way up the page is, its angle as in the scan."""
    look = draft.look
    seen = reading_direction(look.flat, look.glyphs, look.leans)
    if reader is not None and seen.confidence < _SURE and look.glyphs.count:
        seen = legible_direction(seen, look, reader)
    return replace(seen, degrees=seen.degrees + draft.leant)


def _bare(grey: Pixels, canvas: Canvas, flat: _Flat, dpi: float) -> Pixels:
    """Return the page with what lies around the sheet made white."""
    if flat.sheet is None:
        return grey
    corners = canvas.from_source(flat.sheet.corners)
    return whitened(grey, corners, _EDGE_INCHES * dpi)


def _grey(page: Raster, canvas: Canvas, flat: _Flat) -> Raster:
    """Return the page as it is read: evenly lit, and larger where it is very coarse."""
    even = flatten(_bare(without_overlay(page), canvas, flat, page.dpi), page.dpi)
    if page.dpi < _LOW_DPI:
        return Raster(doubled(for_reading(even)), page.dpi * 2)
    return Raster(for_reading(even), page.dpi)


def _to_look_at(page: Raster) -> Raster:
    """Return the page no finer than it is looked at: a notice of two pages holds both."""
    if page.dpi <= WORK_DPI * _GENEROUS:
        return page
    small = shrunk(page.pixels, WORK_DPI / page.dpi)
    return Raster(small, page.dpi * small.shape[1] / page.width)


def _scale_to_read(flat: _Flat) -> float:
    return min(1.0, _WANTED_DPI / flat.dpi) if flat.dpi > _WANTED_DPI * _GENEROUS else 1.0


def _levelled(flat: _Flat, seen: Direction, draft: _Draft) -> tuple[Direction, Canvas, Curl]:
    """Return the canvas of the upright page, and what is left to level where its lines bend."""
    canvas = _upright(flat, seen, draft)
    bent = _bend(canvas, draft, seen.turns)
    if bent is None:
        return seen, canvas, ()
    whole = replace(seen, degrees=seen.degrees + bent.degrees)
    canvas = _upright(flat, whole, draft)
    again = _bend(canvas, draft, seen.turns)
    return whole, canvas, () if again is None else again.grid


def _upright(flat: _Flat, direction: Direction, draft: _Draft) -> Canvas:
    """Return the canvas of the upright, level page, around its sheet or all of its ink."""
    canvas = flat.canvas.scaled(_scale_to_read(flat)).turned(direction.turns)
    is_level = abs(direction.degrees) < _LEVEL_DEGREES
    level = canvas if is_level else canvas.levelled(direction.degrees)
    if flat.sheet is not None and flat.sheet.is_square:
        corners = level.from_source(flat.sheet.corners)
        low, high = corners.min(axis=0), corners.max(axis=0)
        return level.reaching(low[0], low[1], high[0], high[1])
    if is_level or not len(draft.ink):
        return level
    ink = level.from_source(draft.canvas.into_source(draft.ink))
    margin = 0.1 * flat.dpi
    low = np.minimum(ink.min(axis=0) - margin, (0, 0))
    high = np.maximum(ink.max(axis=0) + margin, (level.width, level.height))
    return level.reaching(low[0], low[1], high[0], high[1])


def _bend(canvas: Canvas, draft: _Draft, turns: int) -> Bend | None:
    """Return how lines bend, from where the letters' feet are."""
    if draft.look.glyphs.count < _FEW_GLYPHS:
        return None
    boxes, scale = draft.look.glyphs.boxes, canvas.scale_of(draft.canvas)
    middles = boxes[:, :2] + boxes[:, 2:] / 2
    feet = canvas.from_source(draft.canvas.into_source(middles))
    feet[:, 1] += scale * boxes[:, 3 - turns % 2] / 2
    return bend(feet, draft.look.glyphs.size * scale, canvas.width, canvas.height)


def _notes(flat: _Flat, draft: _Draft, direction: Direction, curl: Curl) -> list[str]:
    notes = []
    if draft.look.glyphs.count < _FEW_GLYPHS:
        notes.append("hardly any print on the page")
    elif direction.confidence < _SURE:
        notes.append("orientation doubtful")
    if flat.sheet is not None and not flat.sheet.is_square:
        notes.append("perspective corrected")
    if curl:
        notes.append("bent lines levelled")
    if flat.dpi < _LOW_DPI:
        notes.append("very low resolution")
    return notes
