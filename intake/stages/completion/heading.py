"""The order's number and date beside the words that a notice is its annex, led past by the wording.

«КР БИМ буйругунун тиркемеси», «Приложение к приказу МОН КР»: offices print them in any order. A
blank there would be taken for one that nobody filled in. Where but one of the two stands there,
it is asked about: it may be another's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from intake.domain.placement import Hole, Placement, Spot
from intake.domain.template import Block, FieldKind, gaps_of, print_in
from intake.domain.text import Line, PageText
from intake.fields.date_parts import read_parts
from intake.fields.reference import Reference
from intake.fields.script import letters_only
from intake.stages.completion.dated import is_stamped
from intake.stages.completion.title import title_of
from intake.stages.completion.unclaimed import Run, dates_in
from intake.stages.writing import text_of

LEAST, STEM = 6, 5
"""Letters of a printed word that tells the heading, and those that tell it in any case."""
_OUTGOING = re.compile(r"\W*(?:исх|чыг)", re.IGNORECASE)
"""How the line of a letter's own number and date begins."""
NEAR = 2.5
"""White between two lines of a heading, in heights of a line, at most."""


def with_heading(
    placement: Placement, texts: Mapping[int, PageText], reference: Reference
) -> Placement:
    """Return the placement with the only number and date there, for fields that have none.

    ``texts`` are the notice's pages by number.
    """
    title, block = title_of(placement, texts), _heading(placement)
    if title is None or block is None:
        return placement
    runs = [Run(title.page, line.words) for line in _lines(block, texts[title.page], title)]
    runs = [r for r in runs if not is_stamped(r.spot, texts) and not _OUTGOING.match(r.text)]
    numbers = [number for run in runs for number in _numbers(run)]
    dates = [date for run in runs for date in dates_in(run, reference.months)]
    found, holes = {FieldKind.NUMBER: numbers, FieldKind.DATE: dates}, dict(placement.holes)
    for name in sorted(gaps_of(block)):
        kind = placement.template.fields[name].kind
        own = found.get(kind, [])
        held = [hole for hole in holes.get(name, ()) if _says(kind, hole, reference)]
        if kind is FieldKind.NUMBER:  # «318/1 от 29.03.2023» is both
            held = [hole for hole in held if not any(d.text in text_of(hole) for d in dates)]
        if len(own) == 1 and not held:
            is_aside = len(numbers) != 1 or len(dates) != 1
            holes[name] = (own[0].as_hole(name, is_aside=is_aside),)
    return replace(placement, holes=holes)


def _heading(placement: Placement) -> Block | None:
    """Return the first block that asks for a number and a date and need not be there."""
    rules = placement.template.fields
    kinds = {FieldKind.NUMBER, FieldKind.DATE}
    return next(
        (block for block in placement.wording.blocks
         if block.optional and {rules[name].kind for name in gaps_of(block)} == kinds),
        None,
    )  # fmt: skip


def _lines(block: Block, text: PageText, title: Spot) -> list[Line]:
    """Return the lines above the title that have a heading's words, and those right beside them."""
    words = map(letters_only, print_in(block).split())
    stems = tuple(word[:STEM] for word in words if len(word) >= LEAST)
    above = [line for line in text.lines if line.box.bottom <= title.box.top]
    own = [
        line for line in above if any(letters_only(w.text).startswith(stems) for w in line.words)
    ]
    grown = own
    while more := [n for n in above if n not in grown and any(_is_beside(n, one) for one in grown)]:
        grown = grown + more
    return grown if own and stems else []


def _is_beside(line: Line, other: Line) -> bool:
    """Tell whether a line is the next one above or below another."""
    one, two = line.box, other.box
    white = max(one.top - two.bottom, two.top - one.bottom)
    is_over = one.left < two.right and two.left < one.right
    return is_over and white < NEAR * min(one.height, two.height)


def _numbers(run: Run) -> Iterator[Run]:
    """Yield what stands behind each «№» with a digit in it."""
    for place, word in enumerate(run.words):
        behind = run.words[place : place + 2] if word.text == "№" else (word,)
        if word.text.startswith("№") and any(map(str.isdigit, behind[-1].text)):
            yield Run(run.page, behind[-1:])


def _says(kind: FieldKind, hole: Hole, reference: Reference) -> bool:
    """Tell whether a hole holds more than the year that the form prints."""
    if kind is FieldKind.DATE:
        parts = read_parts(text_of(hole), reference.months)
        return parts.day is not None or parts.month is not None
    return any(map(str.isdigit, text_of(hole)))
