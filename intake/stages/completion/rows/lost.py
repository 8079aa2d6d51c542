"""Words that stood among a number's digits and are nobody's: a name's second line, likeliest.

Where fields stand side by side in two columns, the alignment reads across, and the left one's
second line comes between the numbers of the right one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from intake.alignment.rows import DIGITS
from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, Placement, words_in
from intake.domain.template import FieldKind
from intake.fields.script import letters_only
from intake.stages.completion.rows.list_rows import kind_said

LONG = 4
"""Letters of such a word, at least: fewer are specks, or a code's."""
CLOSE = 1.0
"""White between a value and such a word below it, in heights of the word."""
_CUT = (FieldKind.NAME, FieldKind.ADDRESS)


def with_lost(placement: Placement, laid: Placement) -> Placement:
    """Return the placement, values right above such words to be asked about.

    ``laid`` is the same notice as the alignment left it.
    """
    lost = [p for word in _lost(placement, laid) for p in word]
    rules = placement.template.fields
    holes = {
        name: tuple(
            replace(hole, is_aside=True) if any(_is_below(p, hole) for p in lost) else hole
            for hole in several
        )
        if rules[name].kind in _CUT
        else several
        for name, several in placement.holes.items()
    }
    return replace(placement, holes=holes)


def _lost(placement: Placement, laid: Placement) -> Iterator[list[PlacedLetter]]:
    """Yield the words of the numbers' holes that are in none any more."""
    rules, known = placement.template.fields, placement.wording.words
    worded = [holes for n, holes in placement.holes.items() if rules[n].kind not in DIGITS]
    kept = {(p.page, p.letter.box) for holes in worded for hole in holes for p in hole.letters}
    for name, several in laid.holes.items():
        for hole in several if rules[name].kind in DIGITS else ():
            for word in words_in(hole.letters):
                said = letters_only("".join(placed.letter.text for placed in word))
                is_gone = not any((p.page, p.letter.box) in kept for p in word)
                is_label = said in known or kind_said(said)
                if is_gone and len(said) >= LONG and said.isalpha() and not is_label:
                    yield word


def _is_below(placed: PlacedLetter, hole: Hole) -> bool:
    box: Box = placed.letter.box
    return bool(hole.letters) and any(
        spot.page == placed.page
        and -0.5 * box.height < box.top - spot.box.bottom < CLOSE * box.height
        and box.left < spot.box.right
        for spot in hole.spots
    )
