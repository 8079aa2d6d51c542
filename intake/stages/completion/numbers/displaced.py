"""Numbers and dates that were typed above or below the line of their blank.

Whoever puts the printed form into a typewriter or types over its picture hits the rule seldom. In
its own row a value is what stands between two words of the form; a row higher or lower it is
known by its digits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from intake.alignment.rows import DIGITS
from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, Placement, Spot
from intake.domain.template import FieldKind
from intake.domain.text import PageText
from intake.fields.dates import is_whole_date
from intake.fields.reference import Reference
from intake.stages.completion.dates.annex import says
from intake.stages.completion.page.given import with_given
from intake.stages.completion.page.unclaimed import Run, unclaimed
from intake.stages.writing import text_of

OFF = 2.2
"""How far above or below its blank a value stands at most, in the blank's heights."""
BEFORE = 14.0
"""How far before a year that the form prints day and month stand, in the year's heights."""
MOST_WORDS = 3
"""Words of day and month at most («« 14 » сентября»)."""


def with_displaced(
    placement: Placement, texts: Mapping[int, PageText], reference: Reference
) -> Placement:
    """Return the placement with the only such value for each number and date that was not read.

    ``texts`` are the notice's pages by number.
    """
    for name, rule in placement.template.fields.items():
        several = placement.holes.get(name, ())
        is_sought = rule.kind is FieldKind.DATE or rule.kind in DIGITS
        if not is_sought or any(says(rule.kind, hole, reference) for hole in several):
            continue
        found = [
            letters
            for hole in several
            for letters in _values(rule.kind, hole, placement, texts, reference)
        ]
        if len(found) == 1:
            placement = with_given(placement, {name: found[0]})
    return placement


def _values(
    kind: FieldKind,
    hole: Hole,
    placement: Placement,
    texts: Mapping[int, PageText],
    reference: Reference,
) -> Iterator[list[PlacedLetter]]:
    """Yield what stands above or below a blank and may be its value."""
    for spot in hole.spots:
        room = _room(spot, texts[spot.page].aspect, is_dated=bool(hole.letters))
        if kind in DIGITS:
            yield from _numbers(kind, room, texts[spot.page], placement)
        for run in unclaimed(placement, texts, room, hole.field) if kind not in DIGITS else ():
            yield from _dates(run, hole, reference)


def _room(spot: Spot, aspect: float, *, is_dated: bool) -> Spot:
    """Return the rows around a blank; where a year alone was read, with what stands before it."""
    box, height = spot.box, spot.box.height
    left = box.left - is_dated * BEFORE * height / aspect
    return Spot(
        spot.page, Box.clipped(left, box.top - OFF * height, box.right, box.bottom + OFF * height)
    )


def _numbers(
    kind: FieldKind, room: Spot, text: PageText, placement: Placement
) -> Iterator[list[PlacedLetter]]:
    """Yield the numbers of a kind in a room that no number's field has, though a term's may."""
    rules = placement.template.fields
    taken = {
        (placed.page, placed.letter.box)
        for name, several in placement.holes.items() if rules[name].kind in DIGITS
        for hole in several for placed in hole.letters
    }  # fmt: skip
    for word in (word for line in text.lines for word in line.words):
        is_free = not any((room.page, letter.box) in taken for letter in word.letters)
        is_number = sum(map(str.isdigit, word.text)) == DIGITS[kind]
        if is_free and is_number and room.box.holds(word.box):
            yield Run(room.page, (word,)).letters


def _dates(run: Run, hole: Hole, reference: Reference) -> Iterator[list[PlacedLetter]]:
    """Yield day and month, with the year that stands in their blank's row."""
    own, year = Run(run.page, run.words[:MOST_WORDS]), text_of(hole)
    is_year = {p.letter.box for p in own.letters} & {p.letter.box for p in hole.letters}
    if is_year:
        return
    if is_whole_date(f"{own.text} {year}", reference.months):
        yield [*own.letters, *hole.letters]
    elif is_whole_date(own.text, reference.months):
        yield own.letters
