"""Answers of an enum that stand where the form's wording does not lead: «муниципальная».

In forms typed anew, with captions in other words or as tables, they are left over as a line of
their own, or become the head of the address. A few written terms are known wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from intake.alignment.spots import spots_of
from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, Placement, Spot, words_in
from intake.domain.template import FieldKind
from intake.domain.text import PageText
from intake.fields.reference import Reference
from intake.fields.terms import Terms, is_term, says_one, terms_of
from intake.stages.completion.title import title_of
from intake.stages.completion.unclaimed import unclaimed
from intake.stages.writing import text_of

MOST_WORDS = 2
"""Words of a term that may begin an address («жеке менчик»)."""
Texts = Mapping[int, PageText]
Holes = Mapping[str, tuple[Hole, ...]]


def with_answers(placement: Placement, texts: Texts, reference: Reference) -> Placement:
    """Return the placement with the only such answer as the value of a field that has none.

    ``texts`` are the notice's pages by number.
    """
    holes = dict(placement.holes)
    for name, several in placement.holes.items():
        rule = placement.template.fields[name]
        if rule.kind is not FieldKind.ENUM:
            continue
        terms = terms_of(rule, reference)
        if any(says_one(text_of(hole), terms) for hole in several):
            continue
        found = [*_left_over(placement, texts, name, terms), *_heads(placement, name, terms)]
        if len(found) == 1:
            holes |= found[0]
    return replace(placement, holes=holes)


def _left_over(placement: Placement, texts: Texts, name: str, terms: Terms) -> Iterator[Holes]:
    """Yield the holes with each answer that stands alone on the notice, below its title."""
    for rows in _rows(placement, texts):
        for run in unclaimed(placement, texts, rows, name):
            if is_term(run.text, terms):
                yield {name: (run.as_hole(name, is_aside=False),)}


def _rows(placement: Placement, texts: Texts) -> Iterator[Spot]:
    """Yield the part of each page that lies below the form's title."""
    title = title_of(placement, texts)
    for page in placement.pages:
        top = title.box.bottom if title and title.page == page else 0.0
        yield Spot(page, Box(0.0, top, 1.0, 1.0))


def _heads(placement: Placement, name: str, terms: Terms) -> Iterator[Holes]:
    """Yield the holes without each answer that begins an address, and with it in its own."""
    for other, several in placement.holes.items():
        if placement.template.fields[other].kind is not FieldKind.ADDRESS:
            continue
        for number, hole in enumerate(several):
            answer, rest = _parted(hole, terms)
            if answer and rest:
                less = replace(hole, letters=rest, spots=spots_of(rest))
                own = Hole(name, answer, spots_of(answer), hole.cost)
                yield {name: (own,), other: (*several[:number], less, *several[number + 1 :])}


_Letters = tuple[PlacedLetter, ...]


def _parted(hole: Hole, terms: Terms) -> tuple[_Letters, _Letters]:
    """Return the longest answer at a hole's head, perhaps none, and what follows it."""
    words = words_in(hole.letters)
    for count in range(MOST_WORDS, 0, -1):
        head = tuple(placed for word in words[:count] for placed in word)
        if len(words) > count and is_term(text_of(replace(hole, letters=head)), terms):
            return head, hole.letters[len(head) :]
    return (), hole.letters
