"""A notice's foot, where name and date often stand in columns, with no word of the form beside.

The form's wording leads past them there. What stands in the rows of the signature and belongs to
no other field is looked through: for a name it is more room to look in, a date is taken, to be
asked about (it may be a stamp's).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from statistics import median

from intake.domain.geometry import Box
from intake.domain.placement import Hole, Placement, Spot
from intake.domain.template import FieldKind, gaps_of
from intake.domain.text import PageText
from intake.fields.date_parts import read_parts
from intake.fields.name_windows import likeliest_name
from intake.fields.reference import Reference
from intake.stages.unclaimed import Run, unclaimed

ABOVE, DATE_ABOVE = 1.5, 5.0
"""How far above the signature's row its foot begins, in heights of the form's print: for a name,
and for a date, which may stand in a row of its own before it."""
BELOW = 7.0
"""How far below it the foot ends."""
SEAL_LETTERS = 2
"""Letters beside a date that may be the place of the seal («М.П.»)."""


def with_foot(
    placement: Placement, texts: Mapping[int, PageText], reference: Reference
) -> Placement:
    """Return the placement with the foot's names as room of persons, its dates for those not found.

    ``texts`` are the notice's pages by number.
    """
    foot, with_date = _foot(placement, ABOVE), _foot(placement, DATE_ABOVE)
    if foot is None or with_date is None:
        return placement
    holes = dict(placement.holes)
    rules = placement.template.fields
    people = [name for name in _closing(placement, FieldKind.PERSON) if name in holes]
    for name in people if len(people) == 1 else ():  # of several nothing tells whose a name is
        runs = unclaimed(placement, texts, foot, name)
        named = [run for run in runs if likeliest_name(run.words, reference.words).words]
        first, *rest = holes[name]
        holes[name] = (replace(first, room=(*first.room, *(run.spot for run in named))), *rest)
        for other in holes if named else ():
            if rules[other].kind is FieldKind.DATE:
                holes[other] = tuple(_less_stray(hole, named) for hole in holes[other])
    for name in _closing(placement, FieldKind.DATE):
        if not any(hole.letters for hole in holes.get(name, ())):
            dates = [run for run in unclaimed(placement, texts, with_date, name)
                     if _is_date(run.text, reference.months)]  # fmt: skip
            if len(dates) == 1:
                holes[name] = (dates[0].as_hole(name),)
    return replace(placement, holes=holes)


def _foot(placement: Placement, above: float) -> Spot | None:
    """Return the rows, across the whole page, of the last signature; None without one."""
    rules = placement.template.fields
    signed = [
        hole.spots
        for name, several in placement.holes.items()
        if rules[name].kind is FieldKind.SIGNATURE
        for hole in several
        if hole.spots
    ]
    heights = [spot.box.height for _, spot in placement.anchors]
    if not signed or not heights:
        return None
    last = max(signed, key=lambda spots: (spots[0].page, spots[0].box.top))
    page, height = last[0].page, median(heights)
    rows = [spot.box for spot in last if spot.page == page]
    top, bottom = min(box.top for box in rows), max(box.bottom for box in rows)
    return Spot(page, Box.clipped(0.0, top - above * height, 1.0, bottom + BELOW * height))


def _less_stray(hole: Hole, named: Iterable[Run]) -> Hole:
    """Return a date's hole, a name in its row no longer counted as left over beside it."""
    rows = [spot for spot in hole.spots if hole.letters]
    beside = sum(
        len(word.letters)
        for run in named
        if any(run.page == s.page and _is_level(run.spot.box, s.box) for s in rows)
        for word in run.words
    )
    return replace(hole, stray=max(hole.stray - beside, 0))


def _is_level(one: Box, other: Box) -> bool:
    return other.top <= (one.top + one.bottom) / 2 <= other.bottom


def _closing(placement: Placement, kind: FieldKind) -> Iterator[str]:
    """Yield the fields of a kind that the form asks for in or behind the block of the signature."""
    rules = placement.template.fields
    is_signed = False
    for block in placement.wording.blocks:
        fields = gaps_of(block)
        is_signed = is_signed or any(rules[f].kind is FieldKind.SIGNATURE for f in fields)
        if is_signed:
            yield from sorted(f for f in fields if rules[f].kind is kind)


def _is_date(text: str, months: Mapping[str, int]) -> bool:
    parts = read_parts(text, months)
    is_whole = None not in (parts.day, parts.month, parts.year)
    is_alone = parts.other_letters <= SEAL_LETTERS
    return is_whole and is_alone and not (parts.left_over or parts.run_together)
