"""The order's number and date where a letter cites them instead of heading its page with them.

«В соответствии с приказом МОН КР № 279/1 от 24 марта 2023 года …», «… № 279/1 буйругуна ылайык».
To be asked about: it may be another order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from intake.domain.placement import Placement
from intake.domain.template import Block, FieldKind, gaps_of, print_in
from intake.domain.text import PageText
from intake.fields.reference import Reference
from intake.fields.script import letters_only
from intake.stages.completion.dates.annex import (
    YEAR,
    heading_lines,
    heading_of,
    numbers_in,
    says,
    stems_of,
)
from intake.stages.completion.page.given import with_given
from intake.stages.completion.page.title import rows_below, title_of
from intake.stages.completion.page.unclaimed import Run, dates_in

NEAR = 14
"""Words before or behind the order's name within which its number and date stand."""
APART = 3
"""Words between number and date, at most."""
_END = re.compile(r"[^\W\d_]{4,}[.;]$")
"""The last word of a sentence."""


def with_cited(
    placement: Placement, texts: Mapping[int, PageText], reference: Reference
) -> Placement:
    """Return the placement with both, where the heading is not there and one order is cited.

    ``texts`` are the notice's pages by number.
    """
    title, block = title_of(placement, texts), heading_of(placement)
    if title is None or block is None or heading_lines(block, texts[title.page], title):
        return placement
    kinds = {name: placement.template.fields[name].kind for name in gaps_of(block)}
    holes = placement.holes
    if any(says(kind, hole, reference) for n, kind in kinds.items() for hole in holes.get(n, ())):
        return placement
    found = {
        pair
        for run in _sentences(placement, texts, _own_stems(block, placement))
        if (pair := _pair_in(run, reference)) is not None
    }
    if len(found) != 1:
        return placement
    letters = (run.letters for run in found.pop())
    own = dict(zip((FieldKind.NUMBER, FieldKind.DATE), letters, strict=True))
    return with_given(placement, {n: own[kind] for n, kind in kinds.items()}, asked=kinds.keys())


def _own_stems(block: Block, placement: Placement) -> frozenset[str]:
    """Return the beginnings of the words that the form's heading has, and no other part of it."""
    gaps = gaps_of(block)
    blocks = placement.wording.blocks
    like = [each for each in blocks if gaps_of(each) and gaps_of(each) <= gaps]
    others = {stem for each in blocks if each not in like for stem in stems_of(print_in(each))}
    return frozenset(stem for each in like for stem in stems_of(print_in(each))) - others


def _sentences(
    placement: Placement, texts: Mapping[int, PageText], stems: frozenset[str]
) -> Iterator[Run]:
    """Yield what stands around each word of the heading's below the title, in its sentence."""
    for page, rows in rows_below(placement, texts):
        words = [word for row in rows for word in row.words]
        for at, word in enumerate(words):
            if letters_only(word.text).startswith(tuple(stems)):
                before = words[max(0, at - NEAR) : at]
                start = max((n for n, w in enumerate(before, 1) if _END.search(w.text)), default=0)
                behind = words[at : at + NEAR + 1]
                end = next((n for n, w in enumerate(behind, 1) if _END.search(w.text)), len(behind))
                yield Run(page, (*before[start:], *behind[:end]))


def _pair_in(run: Run, reference: Reference) -> tuple[Run, Run] | None:
    """Return the number and the date that stand nearest to each other; None where none do."""
    pairs = [(n, date) for n in numbers_in(run) for date in _dates_beside(n, run, reference)]
    near = [(gap, pair) for pair in pairs if (gap := _gap(*pair, run)) <= APART]
    return min(near, key=lambda one: one[0])[1] if near else None


def _gap(one: Run, other: Run, run: Run) -> int:
    """Return how many words of a run stand between two others."""
    first, second = sorted([run.words.index(w) for w in each.words] for each in (one, other))
    return second[0] - first[-1] - 1


def _dates_beside(number: Run, run: Run, reference: Reference) -> Iterator[Run]:
    rest = tuple(word for word in run.words if word not in number.words and word.text != "№")
    dates = dates_in(Run(run.page, rest), reference.months)
    return (date for date in dates if YEAR.search(date.text))
