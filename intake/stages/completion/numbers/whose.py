"""Whose a number is, by the label before it: «ИНН центра», «Борбордун ОКПО»."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from intake.alignment.rows import DIGITS
from intake.domain.placement import Placement, Spot
from intake.domain.template import Template
from intake.domain.text import PageText, Word
from intake.fields.script import folded_letters, letters_only
from intake.layout.order import row_order
from intake.stages.completion.choices.said import choices_in

BEFORE = 6
"""Words before a number among which its label stands: there may be another number between."""


def owner_of(
    name: str, spot: Spot, template: Template, texts: Mapping[int, PageText]
) -> str | None:
    """Return the field of a number's kind whose own label stands nearest before a spot, if any.

    ``name`` is a field of that kind, ``texts`` are the notice's pages by number.
    """
    rules, kind = template.fields, template.fields[name].kind
    own = {other: _said(rules[other].labels) for other in rules if rules[other].kind is kind}
    for word in reversed(_before(spot, texts[spot.page])):
        said = letters_only(word.text)
        owners = [other for other, labels in own.items() if said in labels]
        if len(owners) == 1:
            return owners[0]
    return None


def with_owners(placement: Placement, texts: Mapping[int, PageText]) -> Placement:
    """Return the placement with numbers in the fields that their labels say, where these are empty.

    ``texts`` are the notice's pages by number.
    """
    holes = dict(placement.holes)
    for name in placement.holes:
        for hole in holes[name] if placement.template.fields[name].kind in DIGITS else ():
            owner = (
                owner_of(name, hole.spots[0], placement.template, texts) if hole.letters else None
            )
            if owner in (None, name) or owner not in holes:
                continue
            if not any(other.letters for other in holes[owner]):
                first, *rest = holes[owner]
                taken = replace(first, letters=hole.letters, spots=hole.spots)
                holes[owner] = (taken, *rest)
                holes[name] = tuple(
                    replace(each, letters=()) if each is hole else each for each in holes[name]
                )
    return replace(placement, holes=holes)


def follows_option(spot: Spot, placement: Placement, texts: Mapping[int, PageText]) -> bool:
    """Tell whether a number stands in brackets right behind an option of a choice.

    «… с образованием юридического лица (ИНН …, ОКПО …)»: it is what the option asks for.
    """
    last = {way[-1] for _, _, ways in choices_in(placement) for each in ways.values()
            for way in each}  # fmt: skip
    before = _before(spot, texts[spot.page])
    opened = [n for n, word in enumerate(before) if n and word.text.startswith("(")]
    return bool(opened) and folded_letters(before[opened[-1] - 1].text) in last


def _said(labels: tuple[str, ...]) -> frozenset[str]:
    return frozenset(letters_only(word) for label in labels for word in label.split())


def _before(spot: Spot, text: PageText) -> tuple[Word, ...]:
    """Return the words before a spot in its line, straight across the page."""
    words = [word for line in text.lines for word in line.words]
    for line in row_order(words, text.aspect):
        for place, word in enumerate(line.words):
            if spot.box.holds(word.box):
                return line.words[max(place - BEFORE, 0) : place]
    return ()
