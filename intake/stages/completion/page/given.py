"""Gives letters to the fields whose values they were found to be, and takes them from others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from intake.alignment.spots import holds, spots_of
from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, Placement, Spot

Letters = Sequence[PlacedLetter]
SPACE = 1.0
"""White between two words of a line, as a share of the page's width, in its letters' heights, as
shares of the page's height: 0.7 of a height on upright paper."""


def with_given(
    placement: Placement,
    found: Mapping[str, Letters],
    printed: Iterable[PlacedLetter] = (),
    asked: Set[str] = frozenset(),
) -> Placement:
    """Return the placement with the letters of each field as its only value.

    No other field keeps them, and none those that are ``printed``. Values of ``asked`` fields are
    to be asked about.
    """
    owners = {(p.page, p.letter.box): name for name, letters in found.items() for p in letters}
    owners |= {(p.page, p.letter.box): "" for p in printed}
    holes = dict(placement.holes)
    for name, several in placement.holes.items():
        others = {at for at, owner in owners.items() if owner != name}
        holes[name] = tuple(_without(hole, others) for hole in several)
    for name, letters in found.items():
        first = holes[name][0] if holes.get(name) else Hole(name, (), (), 0.0)
        value, is_aside = tuple(letters), name in asked
        holes[name] = (
            replace(
                first,
                letters=value,
                spots=spots_of(value) or first.spots,
                cost=0.0,
                stray=0,
                is_aside=is_aside,
            ),
        )
    own = [placed for letters in found.values() for placed in letters]
    # what was taken for print there would be no ink of the value's
    anchors = tuple(a for a in placement.anchors if not any(holds(a[1], p) for p in own))
    return replace(placement, holes=holes, anchors=anchors)


def goes_on(letters: Letters, holes: Iterable[Hole]) -> bool:
    """Tell whether a field has more right behind these letters in their line: a row was torn."""
    last = letters[-1]
    return any(
        holds(Spot(last.page, last.letter.box), one)
        and not other.starts_line
        and other.letter.box.left - one.letter.box.right < SPACE * one.letter.box.height
        for hole in holes
        for one, other in pairwise(hole.letters)
    )


def _without(hole: Hole, taken: Set[tuple[int, Box]]) -> Hole:
    kept = tuple(p for p in hole.letters if (p.page, p.letter.box) not in taken)
    if len(kept) == len(hole.letters):
        return hole
    return replace(hole, letters=kept, spots=spots_of(kept) or hole.spots)
