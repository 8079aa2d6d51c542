"""A known place above the title that nothing took, where one addressee lacks it.

In columns a row runs from one addressee into the next one's place («Кыргыз Республикасынын
Ысык-Көл»), which then belongs to neither.
"""

from __future__ import annotations

from collections.abc import Iterator

from intake.alignment.stream import line_letters
from intake.domain.placement import Placement
from intake.domain.template import FieldKind, gaps_of
from intake.domain.text import Line, PageText, Word
from intake.fields.places import is_named
from intake.fields.reference import Reference
from intake.stages.completion.addressees.places import listed_places
from intake.stages.completion.page.given import with_given

BELOW = 2.5
"""Heights of a word below its top within which the next line of its column begins."""


def with_left_place(
    placement: Placement, page: int, text: PageText, bottom: float, reference: Reference
) -> Placement:
    """Return the placement with such a place above ``bottom``, to be asked about.

    Only where one field of its kind is empty and one word left.
    """
    listed = listed_places(reference)
    words = list(_left(placement, text, bottom))
    for kind, places in listed.items():
        lacking = list(_lacking(placement, kind))
        named = [
            word for word in words
            if is_named(word.text, places) and _is_above_print(word, page, placement)
        ]  # fmt: skip
        if len(lacking) == len(named) == 1:
            letters = line_letters(page, Line((named[0],), named[0].box))
            placement = with_given(placement, {lacking[0]: letters}, (), {lacking[0]})
    return placement


def _is_above_print(word: Word, page: int, placement: Placement) -> bool:
    """Tell whether the form's print goes on right below a word («облусунун»)."""
    return any(
        spot.page == page
        and 0 < spot.box.top - word.box.top < BELOW * word.box.height
        and spot.box.left < word.box.right
        and word.box.left < spot.box.right
        for _, spot in placement.anchors
    )


def _left(placement: Placement, text: PageText, bottom: float) -> Iterator[Word]:
    taken = placement.written
    for word in (word for line in text.lines for word in line.words):
        if word.box.bottom <= bottom and not any(e.box in taken for e in word.letters):
            yield word


def _lacking(placement: Placement, kind: FieldKind) -> Iterator[str]:
    """Yield the empty fields of a kind of the addressees that are there."""
    rules = placement.template.fields
    for block in placement.wording.blocks:
        if block.name in placement.template.addressees and block.name in placement.blocks:
            for name in sorted(gaps_of(block)):
                if rules[name].kind is kind and not placement.has_letters(name):
                    yield name
