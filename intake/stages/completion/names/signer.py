"""The person whose name stands behind the label at the foot, not one in the sentence above it.

A letter's facts follow each other in an order of its own, and the alignment gave the director's
blank what stands in «Сведения об учреждении: Средняя школа № 19 имени Л. Толстого».
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import replace

from intake.domain.geometry import Box
from intake.domain.placement import Hole, Placement
from intake.domain.template import FieldKind
from intake.domain.text import PageText
from intake.fields.name_windows import likeliest_name
from intake.fields.reference import Reference
from intake.fields.script import letters_only
from intake.stages.completion.dates.foot import labels_of
from intake.stages.completion.page.title import rows_below
from intake.stages.completion.page.unclaimed import Run, names_executor


def with_signer(
    placement: Placement, texts: Mapping[int, PageText], reference: Reference
) -> Placement:
    """Return the placement with that name for what a person's blanks have above it, if any.

    ``texts`` are the notice's pages by number.
    """
    rules, holes = placement.template.fields, dict(placement.holes)
    people = [name for name in holes if rules[name].kind is FieldKind.PERSON]
    for name in people:
        # of several, whose a name is tells a label that no other has
        others = {word for other in people if other != name for word in labels_of(placement, other)}
        labels = labels_of(placement, name) - others
        signed = list(_signed(placement, texts, labels, reference))
        if not signed:
            continue
        kept = tuple(
            replace(hole, letters=()) if _is_above(hole, signed[-1]) else hole
            for hole in holes[name]
        )
        own = signed[-1].as_hole(name, is_aside=False)
        is_there = any(hole.letters for hole in kept)
        holes[name] = kept if is_there else (replace(own, room=own.spots), *kept)
    return replace(placement, holes=holes)


def _signed(
    placement: Placement, texts: Mapping[int, PageText], labels: Set[str], reference: Reference
) -> Iterator[Run]:
    """Yield the names that stand behind one of a person's ``labels`` at the head of their row."""
    for page, rows in rows_below(placement, texts):
        for row in rows:
            said = [letters_only(word.text) in labels for word in row.words]
            if said[0] and not names_executor(row):
                behind = row.words[len(said) - said[::-1].index(True) :]
                found = likeliest_name(behind, reference.words).words
                if found:
                    yield Run(page, tuple(found))


def _is_above(hole: Hole, run: Run) -> bool:
    """Tell whether a value ends above a row, by more than its height, or on a page before."""
    box: Box = run.spot.box
    return all(
        spot.page < run.page or (spot.page == run.page and spot.box.bottom < box.top - box.height)
        for spot in hole.spots
    )
