"""Numbers that begin within the word with which another value goes on.

The label of a blank that an office left out catches letters of the value before it
(«телефону» of «Чолпонкулов к., 5»), and its blank the rest. One word is of one value.
"""

from __future__ import annotations

from collections.abc import Mapping

from intake.alignment.stream import line_letters
from intake.domain.placement import Hole, PlacedLetter, Placement
from intake.domain.template import FieldKind
from intake.domain.text import PageText
from intake.stages.completion.page.given import with_given

_WORDS = FieldKind.ADDRESS, FieldKind.NAME, FieldKind.TEXT


def with_torn(placement: Placement, texts: Mapping[int, PageText]) -> Placement:
    """Return the placement with such a number given back to the value that it was torn from.

    ``texts`` are the notice's pages by number.
    """
    rules = placement.template.fields
    for name, several in placement.holes.items():
        is_number = rules[name].kind is FieldKind.NUMBER
        for hole in several if is_number else ():
            if found := _torn_from(hole, placement, texts):
                placement = with_given(placement, found)
    return placement


def _torn_from(
    hole: Hole, placement: Placement, texts: Mapping[int, PageText]
) -> dict[str, list[PlacedLetter]] | None:
    """Return the field in whose last word a number begins, with all of its letters."""
    if not hole.letters or hole.letters[0].letter.text.isdigit():
        return None
    page = hole.letters[0].page
    flow = [placed for line in texts[page].lines for placed in line_letters(page, line)]
    places = {placed.letter.box: n for n, placed in enumerate(flow)}
    start = places.get(hole.letters[0].letter.box, 0)
    head = next((n for n in range(start, -1, -1) if flow[n].starts_word), start)
    for name, several in placement.holes.items():
        if placement.template.fields[name].kind not in _WORDS:
            continue
        for other in several:
            last = places.get(other.letters[-1].letter.box, -1) if other.letters else -1
            if head <= last < start:
                return {name: [*other.letters, *flow[last + 1 : start], *hole.letters]}
    return None
