"""Signature and seal of a notice: present or absent, how surely, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from intake.domain.geometry import Box
from intake.domain.ink import BlankInk, Presence
from intake.domain.placement import Hole, Placement, Spot
from intake.engines.ink.seal import Seal, hidden_by
from intake.engines.ink.sight import Sight
from intake.engines.ink.signature import Signing, signing

_NEAR = ("директор", "подпис", "колу", "мөөр", "печат")
"""Beginnings of the printed words beside which a notice is signed."""
BY_HAND, LEGIBLE = 0.5, 0.9
"""Other fields' ink counts as theirs, not as the signature, where typed or read this surely."""
SEAL_MIDDLE, SEAL_SLOPE = 0.61, 32.0
SEAL_BAND = (0.12, 0.88)


def seal_presence(sights: Mapping[int, Sight]) -> Presence:
    """Return whether a round seal is on any page of the notice."""
    found = [(number, sight.seal) for number, sight in sights.items() if sight.seal is not None]
    if not found:
        return Presence(False, 0.99, True)
    number, seal = max(found, key=lambda each: _seal_chance(each[1]))
    chance = _seal_chance(seal)
    low, high = SEAL_BAND
    sure = not low < chance < high
    spot = Spot(number, seal.box) if chance >= 0.5 else None
    return Presence(chance >= 0.5, max(chance, 1 - chance), sure, spot)


def _seal_chance(seal: Seal) -> float:
    score = seal.share + 0.3 * seal.second
    # emblems of letterheads are round too, and stand at the head of the page
    high = 0.15 if (seal.box.top + seal.box.bottom) / 2 < 0.22 else 0.0
    return float(1 / (1 + np.exp(-SEAL_SLOPE * (score - high - SEAL_MIDDLE))))


def signature_presence(
    placement: Placement, field: str, sights: Mapping[int, Sight], blanks: Mapping[str, BlankInk]
) -> Presence:
    """Return whether somebody signed at a field's hole, or beside the words that ask for it."""
    best: tuple[float, int, Signing] | None = None
    for number, core in _cores(placement, field, sights):
        seen = _look(sights[number], core, _taken(placement, field, number, blanks))
        chance = _signed_chance(seen)
        if best is None or chance > best[0]:
            best = chance, number, seen
    if best is None:
        return Presence(False, 0.5, False)
    chance, number, seen = best
    present = chance >= 0.5
    spot = Spot(number, seen.box) if present and seen.box else None
    sure = not 0.08 < chance < 0.92
    return Presence(present, max(chance, 1 - chance), sure, spot)


def _cores(
    placement: Placement, field: str, sights: Mapping[int, Sight]
) -> Iterator[tuple[int, Box]]:
    """Yield where a signature would stand: the field's spots, else right of the words for it."""
    spots = [spot for hole in placement.holes.get(field, ()) for spot in hole.spots]
    if spots:
        yield from ((spot.page, spot.box) for spot in spots)
        return
    for text, spot in placement.anchors:
        if text.lower().strip("(").startswith(_NEAR):
            sight = sights[spot.page]
            reach = sight.around(spot.box, 45.0, 8.0, 0.0)
            yield spot.page, Box.clipped(spot.box.left, reach.top, reach.right, spot.box.bottom)


def _taken(
    placement: Placement, field: str, page: int, blanks: Mapping[str, BlankInk]
) -> list[Box]:
    """Return the boxes of other fields' values on a page."""
    boxes = [
        s.box
        for name, b in blanks.items()
        if name != field and b.handwritten < BY_HAND
        for s in b.spots
        if s.page == page
    ]
    read = [
        spot.box
        for name, holes in placement.holes.items()
        if name != field
        for hole in holes
        if _is_legible(hole)
        for spot in hole.spots
        if spot.page == page
    ]
    return boxes + read


def _is_legible(hole: Hole) -> bool:
    """Tell whether a hole holds letters, not a scribble that was read as some."""
    sure = [placed.letter.confidence for placed in hole.letters]
    return bool(sure) and sum(sure) >= LEGIBLE * len(sure)


def _look(sight: Sight, core: Box, taken: list[Box]) -> Signing:
    patch = sight.cut(sight.around(core, 8.0, 16.0, 11.0))
    hidden = hidden_by(sight.seal if _is_seal(sight.seal) else None)(patch)
    return signing(patch, core, [*sight.print_, *sight.sure_words, *taken], hidden, sight.x_height)


def _is_seal(seal: Seal | None) -> bool:
    return seal is not None and _seal_chance(seal) > 0.3


def _signed_chance(seen: Signing) -> float:
    """Return the probability that strokes like these are a signature."""
    score = np.log1p(seen.length) + 0.45 * min(seen.reach, 8.0) - 3.6
    if seen.hidden > 0.35:  # a seal may hide it: absence is not sure
        score = max(score, -1.2 + 2.0 * (seen.hidden - 0.35))
    return float(1 / (1 + np.exp(-1.6 * score)))
