"""Two numbers that a retyped form prints in the other order, each behind its own label.

The wording has them one way round and so does the alignment. Each in the other's place, and without
its own label, they are the writer's mistake, which is told (see ``grade_pair``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from intake.alignment.rows import DIGITS, LABELS
from intake.domain.geometry import Box
from intake.domain.placement import Hole, Placement
from intake.domain.template import FieldKind
from intake.domain.text import PageText
from intake.fields.script import letters_only

ABOVE = 1.5
"""White between a number and its label above it, in heights of a digit, at most."""


def with_labelled(placement: Placement, texts: Mapping[int, PageText]) -> Placement:
    """Return the placement with such numbers in the fields that their labels say.

    ``texts`` are the notice's pages by number.
    """
    holes = dict(placement.holes)
    for inn, several in placement.holes.items():
        okpo = inn.removesuffix("_inn") + "_okpo"
        if placement.template.fields[inn].kind is not FieldKind.INN or okpo not in holes:
            continue
        one, other = _read(several), _read(holes[okpo])
        if one is None or other is None:
            continue
        is_swapped = _is(FieldKind.OKPO, one, texts) and _is(FieldKind.INN, other, texts)
        if is_swapped:
            holes[inn] = _exchanged(several, one, other)
            holes[okpo] = _exchanged(holes[okpo], other, one)
    return replace(placement, holes=holes)


def _read(holes: tuple[Hole, ...]) -> Hole | None:
    """Return the only hole of a field that has letters."""
    filled = [hole for hole in holes if hole.letters]
    return filled[0] if len(filled) == 1 else None


def _is(kind: FieldKind, hole: Hole, texts: Mapping[int, PageText]) -> bool:
    """Tell whether what stands in a hole has a kind's digits, and its label before or above."""
    digits = sum(placed.letter.text.isdigit() for placed in hole.letters)
    first = next((p for p in hole.letters if p.letter.text.isdigit()), hole.letters[0])
    labels = _labels_at(first.letter.box, texts[first.page])
    # a table's side may be read along («Гокпо»)
    return digits == DIGITS[kind] and any(label.endswith(LABELS[kind]) for label in labels)


def _labels_at(place: Box, text: PageText) -> set[str]:
    """Return the word right before a place in its line, and those in the line above it."""
    found = set()
    for line in text.lines:
        for before, word in pairwise(line.words):
            if any(letter.box == place for letter in word.letters):
                found.add(letters_only(before.text))
        for word in line.words:
            white = (place.top - word.box.bottom) / place.height
            if -0.5 < white < ABOVE and word.box.left < place.right < word.box.right + place.width:
                found.add(letters_only(word.text))
    return found


def _exchanged(holes: tuple[Hole, ...], own: Hole, other: Hole) -> tuple[Hole, ...]:
    taken = replace(own, letters=other.letters, spots=other.spots)
    return tuple(taken if hole is own else hole for hole in holes)
