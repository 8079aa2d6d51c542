"""A notice's foot, where name and date often stand in columns, with no word of the form beside.

The form's wording leads past them there. What stands in the rows of the signature and belongs to
no other field is looked through: for a name it is more room to look in, a date is taken, to be
asked about (it may be a stamp's).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from statistics import median

from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, Placement, Spot
from intake.domain.template import FieldKind, gaps_of
from intake.domain.text import PageText, Word
from intake.fields.date_parts import read_parts
from intake.fields.name_windows import likeliest_name
from intake.fields.reference import Reference

ABOVE, DATE_ABOVE = 1.5, 5.0
"""How far above the signature's row its foot begins, in heights of the form's print: for a name,
and for a date, which may stand in a row of its own before it."""
BELOW = 7.0
"""How far below it the foot ends."""
SEAL_LETTERS = 2
"""Letters beside a date that may be the place of the seal («М.П.»)."""
GAP = 3.0
"""White that parts two columns, in heights of the form's print."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Words side by side on one page."""

    page: int
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def spot(self) -> Spot:
        return Spot(self.page, Box.around(word.box for word in self.words))


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
        runs = _unclaimed(placement, texts, foot, name)
        named = [run for run in runs if likeliest_name(run.words, reference.words).words]
        first, *rest = holes[name]
        holes[name] = (replace(first, room=(*first.room, *(run.spot for run in named))), *rest)
        for other in holes if named else ():
            if rules[other].kind is FieldKind.DATE:
                holes[other] = tuple(_less_stray(hole, named) for hole in holes[other])
    for name in _closing(placement, FieldKind.DATE):
        if not any(hole.letters for hole in holes.get(name, ())):
            dates = [run for run in _unclaimed(placement, texts, with_date, name)
                     if _is_date(run.text, reference.months)]  # fmt: skip
            if len(dates) == 1:
                holes[name] = (_hole(name, dates[0]),)
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


def _less_stray(hole: Hole, named: Iterable[_Run]) -> Hole:
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


def _unclaimed(
    placement: Placement, texts: Mapping[int, PageText], foot: Spot, field: str
) -> Iterator[_Run]:
    """Yield the runs of words in the foot that are neither the form's nor of another field."""
    claimed = list(_claimed(placement, foot.page, field))
    for line in texts[foot.page].lines:
        run: list[Word] = []
        for word in line.words:
            is_free = foot.box.holds(word.box) and not any(b.holds(word.box) for b in claimed)
            if run and (not is_free or _is_apart(run[-1], word, texts[foot.page].aspect)):
                yield _Run(foot.page, tuple(run))
                run = []
            run += [word] if is_free else []
        if run:
            yield _Run(foot.page, tuple(run))


def _claimed(placement: Placement, page: int, field: str) -> Iterator[Box]:
    rules = placement.template.fields
    yield from _boxes_on(page, (spot for _, spot in placement.anchors))
    yield from _boxes_on(page, (word for each in placement.options for word in each.words))
    for name, several in placement.holes.items():
        if name != field and rules[name].kind is not FieldKind.SIGNATURE:
            is_person = rules[name].kind is FieldKind.PERSON
            held = (hole for hole in several if hole.letters and not (is_person and _dated(hole)))
            yield from _boxes_on(page, (spot for hole in held for spot in hole.spots))


def _dated(hole: Hole) -> bool:
    """Tell whether digits stand in a hole: no name has any, a date beside it does."""
    return any(placed.letter.text.isdigit() for placed in hole.letters)


def _boxes_on(page: int, spots: Iterable[Spot]) -> Iterator[Box]:
    return (spot.box for spot in spots if spot.page == page)


def _is_apart(before: Word, after: Word, aspect: float) -> bool:
    height = max(before.box.height, after.box.height) / aspect
    return after.box.left - before.box.right > GAP * height


def _is_date(text: str, months: Mapping[str, int]) -> bool:
    parts = read_parts(text, months)
    is_whole = None not in (parts.day, parts.month, parts.year)
    is_alone = parts.other_letters <= SEAL_LETTERS
    return is_whole and is_alone and not (parts.left_over or parts.run_together)


def _hole(field: str, run: _Run) -> Hole:
    letters = tuple(
        PlacedLetter(run.page, letter, starts_word=n == 0, starts_line=False)
        for word in run.words
        for n, letter in enumerate(word.letters)
    )
    return Hole(field, letters, (run.spot,), cost=0.0, is_aside=True)
