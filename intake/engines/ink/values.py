"""The blanks of a notice: ink, amount, and whether a hand wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from intake.domain.geometry import Box
from intake.domain.ink import BlankInk
from intake.domain.placement import Hole, Placement, Spot
from intake.engines.ink.blank import Place, Written, written_at
from intake.engines.ink.hand import by_hand, compared, script_of
from intake.engines.ink.seal import hidden_by
from intake.engines.ink.sight import Sight

TYPED_DENSITY = 0.52
"""Ink of typing, as a share of its width times the small letters' height (eight faces)."""
LEAST_LETTERS = 0.45
"""Ink that makes a writing, in squares of the small letters' height."""


def blank_inks(
    placement: Placement, sights: Mapping[int, Sight], fields: Sequence[str]
) -> dict[str, BlankInk]:
    """Return the ink in the place of each of these fields."""
    return {name: blank_ink(placement, name, sights) for name in fields}


def blank_ink(placement: Placement, field: str, sights: Mapping[int, Sight]) -> BlankInk:
    """Return the ink in all holes of one field."""
    holes = placement.holes[field]
    read = [hole for hole in holes if hole.letters]
    found = [w for hole in read or holes for w in _written(placement, hole, sights)]
    if not found:
        return BlankInk(0.0, written=False, handwritten=0.0)
    amount = sum(w.strokes.area for _, w in found) / max(
        1.0, sum(w.wide * sights[p].x_height * TYPED_DENSITY for p, w in found)
    )
    inked = [(page, w) for page, w in found if _is_written(w, sights[page].x_height)]
    hand = max((_by_hand(w, sights[page]) for page, w in inked), default=0.0)
    spots = tuple(Spot(page, w.box) for page, w in inked)
    return BlankInk(float(amount), bool(inked), hand, spots)


def _written(
    placement: Placement, hole: Hole, sights: Mapping[int, Sight]
) -> Iterator[tuple[int, Written]]:
    for spot in hole.spots:
        sight = sights[spot.page]
        others = _others(placement, hole.field, spot.page)
        place = Place(spot.box, bool(hole.letters), sight.print_, others)
        hidden = hidden_by(sight.seal if sight.seal and sight.seal.share > 0.45 else None)
        yield spot.page, written_at(sight.raster, sight.paper, place, sight.x_height, hidden)


def _others(placement: Placement, field: str, page: int) -> list[Box]:
    """Return where other fields' values were read on a page."""
    return [
        spot.box
        for name, holes in placement.holes.items()
        if name != field
        for hole in holes
        if hole.letters
        for spot in hole.spots
        if spot.page == page
    ]


def _is_written(written: Written, x: float) -> bool:
    strokes = written.strokes
    if not strokes.kept.size:
        return False
    return strokes.area > LEAST_LETTERS * x * x and int(strokes.heights.max()) > 0.6 * x


def _by_hand(written: Written, sight: Sight) -> float:
    script = script_of(written.patch, written.strokes)
    if script is None or sight.typing is None:
        return 0.0
    return by_hand(compared(script, sight.typing))
