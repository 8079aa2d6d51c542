"""The «г.» that somebody wrote before a town's name, where it stands at the end of a line above.

Where the form's own «района (города)» does not stand behind, «г.» is in its place, and no value.
A place of two lines costs the alignment more than two letters that belong to nothing. Where a
reader lost the letter to the blank's rule, its point is left, and it is asked about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from intake.alignment.stream import line_letters
from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, Placement
from intake.domain.template import FieldKind
from intake.domain.text import PageText
from intake.fields.places import is_named
from intake.fields.reference import Reference
from intake.stages.completion.names.name_lines import is_free
from intake.stages.completion.page.given import with_given
from intake.stages.writing import text_of

BEHIND = 0.15
"""White between a value and the form's words behind it, as a share of the page's width, at most."""
TOWN, POINT = ("г.", "гор."), "."


def with_towns(
    placement: Placement, texts: Mapping[int, PageText], reference: Reference
) -> Placement:
    """Return the placement with such districts written whole, or asked about.

    ``texts`` are the notice's pages by number.
    """
    towns = [place for place in reference.districts if place.kind == "city"]
    for name, several in placement.holes.items():
        is_district = placement.template.fields[name].kind is FieldKind.DISTRICT
        for hole in several if is_district else ():
            before = _word_before(hole, texts)
            said = "".join(placed.letter.text for placed in before).casefold()
            is_town = said in (*TOWN, POINT) and is_named(text_of(hole), towns)
            is_blanks = is_town and _goes_on_in_print(hole, placement)
            if not is_blanks or not _is_unclaimed(before, name, placement):
                continue
            if said == POINT:
                own = tuple(replace(h, is_aside=h.is_aside or h is hole) for h in several)
                placement = replace(placement, holes={**placement.holes, name: own})
            else:
                first, *rest = hole.letters
                whole = (*before, replace(first, starts_word=True), *rest)
                placement = with_given(placement, {name: whole})
    return placement


def _word_before(hole: Hole, texts: Mapping[int, PageText]) -> list[PlacedLetter]:
    """Return the word before a value in reading order; nothing where there is none."""
    if not hole.letters:
        return []
    first = hole.letters[0]
    lines = [line_letters(first.page, line) for line in texts[first.page].lines]
    flow = [placed for line in lines for placed in line]
    end = next((n for n, p in enumerate(flow) if p.letter.box == first.letter.box), 0)
    start = next((n for n in range(end - 1, -1, -1) if flow[n].starts_word), end)
    return flow[start:end]


def _goes_on_in_print(hole: Hole, placement: Placement) -> bool:
    """Tell whether the form's words stand right behind a value, in its line."""
    spot = hole.spots[-1]
    return any(
        other.page == spot.page
        and other.box.top < (spot.box.top + spot.box.bottom) / 2 < other.box.bottom
        and 0 <= other.box.left - spot.box.right < BEHIND
        for _, other in placement.anchors
    )


def _is_unclaimed(word: list[PlacedLetter], name: str, placement: Placement) -> bool:
    page, box = word[0].page, Box.around(placed.letter.box for placed in word)
    print_ = [spot for _, spot in placement.anchors]
    others = (holes for field, holes in placement.holes.items() if field != name)
    held = [spot for holes in others for hole in holes if hole.letters for spot in hole.spots]
    return is_free(box, [spot.box for spot in (*print_, *held) if spot.page == page])
