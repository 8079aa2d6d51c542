"""The blanks of a notice: ink, amount, and whether a hand wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from intake.domain.geometry import Box
from intake.domain.ink import BlankInk
from intake.domain.placement import Hole, PlacedLetter, Placement, Spot, words_in
from intake.domain.template import FieldKind
from intake.engines.ink.blank import Place, Written, written_at
from intake.engines.ink.hand import chance, compared, evidence, pooled, script_of
from intake.engines.ink.sight import Sight
from intake.engines.ink.veil import hidden_by, seal_disc

TYPED_DENSITY = 0.52
"""Ink of typing, as a share of its width times the small letters' height (eight faces)."""
LEAST_LETTERS = 0.45
"""Ink that makes a writing, in squares of the small letters' height."""
SEALED = 0.45
"""Part of a ring from which it is reckoned with as a seal."""
NEAR = 0.03
"""Distance, of the page's height, beyond which print cannot touch a value."""
UNREAD_GAP, UNREAD_BELOW = 3.0, 1.6
"""How far beside and below a line unread letters go on from it, in its heights."""
UNREAD_MM = 35.0
"""How far beside the form's own print in a gap something unread may stand."""


def blank_inks(
    placement: Placement,
    sights: Mapping[int, Sight],
    fields: Sequence[str],
    signed: Sequence[Spot] = (),
) -> dict[str, BlankInk]:
    """Return the ink in the place of each of these fields; ``signed`` are signatures and seals."""
    looks = {name: _look(placement, name, sights, signed) for name in fields}
    written = [name for name, look in looks.items() if look.odds is not None]
    odds = pooled([look.odds for look in looks.values() if look.odds is not None])
    hands = {name: chance(value) for name, value in zip(written, odds, strict=True)}
    blanks = {name: _blank(look, sights, hands.get(name, 0.0)) for name, look in looks.items()}
    return {
        name: replace(blank, unread=_goes_on_unread(placement, name, sights))
        for name, blank in blanks.items()
    }


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What stands in the holes of one field, by page, and the log odds that a hand wrote it."""

    found: Sequence[tuple[int, Written]]
    inked: Sequence[tuple[int, Written]]
    odds: float | None


def _look(
    placement: Placement, field: str, sights: Mapping[int, Sight], signed: Sequence[Spot]
) -> Look:
    chosen = _filled(placement, field)
    found = [w for hole in chosen for w in _written(placement, hole, sights, signed)]
    inked = [(page, w) for page, w in found if _is_written(w, sights[page].x_height)]
    seen = [f for page, w in inked if (f := hand_features(w, sights[page]))]
    return Look(found, inked, max(map(evidence, seen), default=None))


def _blank(look: Look, sights: Mapping[int, Sight], hand: float) -> BlankInk:
    wide = sum(w.wide * sights[page].x_height * TYPED_DENSITY for page, w in look.found)
    amount = sum(w.strokes.area for _, w in look.found) / max(1.0, wide)
    spots = tuple(Spot(page, w.box) for page, w in look.inked)
    return BlankInk(float(amount), bool(look.inked), hand, spots)


def _goes_on_unread(placement: Placement, field: str, sights: Mapping[int, Sight]) -> bool:
    """Tell whether letters that nobody could read go on from those of a field."""
    spots = [spot for hole in _filled(placement, field) if hole.letters for spot in hole.spots]
    return any(
        _goes_on(spot.box, row, sights[spot.page].text.aspect)
        and not any(_is_beside(print_, row) for print_ in sights[spot.page].print_)
        for spot in spots
        for row in sights[spot.page].text.unread
    )


def _goes_on(line: Box, row: Box, aspect: float) -> bool:
    """Tell whether a row goes on from a line: beside it on its right, or as the next line."""
    middle, height = (row.top + row.bottom) / 2, line.height
    if line.top <= middle <= line.bottom:
        return -height < (row.left - line.right) * aspect < UNREAD_GAP * height
    return 0 < middle - line.bottom < UNREAD_BELOW * height and row.left < line.right


def _is_beside(print_: Box, row: Box) -> bool:
    return row.top <= (print_.top + print_.bottom) / 2 <= row.bottom


def _filled(placement: Placement, field: str) -> tuple[Hole, ...]:
    """Return the holes that hold the value: all parts of a date, else the fullest one."""
    holes = placement.holes[field]
    read = tuple(hole for hole in holes if _own_words(hole))
    if not read:
        return holes
    if placement.template.fields[field].kind is FieldKind.DATE:
        return read
    return (max(read, key=lambda hole: len(hole.letters)),)


def _own_words(hole: Hole) -> list[list[PlacedLetter]]:
    """Return the words read in a hole that the form does not print there itself."""
    return [word for word in words_in(hole.letters) if not _is_printed(word, hole.printed)]


def _is_printed(word: Sequence[PlacedLetter], printed: str) -> bool:
    text = "".join(placed.letter.text for placed in word if placed.letter.text.isalnum())
    return not text or text in printed.split()


def _written(
    placement: Placement, hole: Hole, sights: Mapping[int, Sight], signed: Sequence[Spot]
) -> Iterator[tuple[int, Written]]:
    is_read = bool(_own_words(hole))
    for spot in hole.spots:
        sight = sights[spot.page]
        print_, box = list(sight.print_), spot.box
        if not is_read:  # what was read well around it belongs to nobody's value
            print_ += [word for word in sight.sure_words if not _stands_in(word, spot.box)]
            for each in placement.holes[hole.field]:
                print_ += _printed_in(each, spot.page)
        if hole.letters and not is_read:  # its own print was all that was read of it
            box = sight.around(box, UNREAD_MM, 0.0, 0.0)
        print_ = [each for each in print_ if _is_near(each, box)]
        others = _others(placement, hole.field, spot.page)
        near = [each.box for each in signed if each.page == spot.page]
        place = Place(box, is_read, print_, others, near)
        hidden = hidden_by([seal for seal in sight.seals if seal.share > SEALED])
        yield spot.page, written_at(sight.raster, sight.paper, place, sight.x_height, hidden)


def _is_near(one: Box, other: Box) -> bool:
    return one.top - other.bottom < NEAR and other.top - one.bottom < NEAR


def _stands_in(word: Box, spot: Box) -> bool:
    """Tell whether a word stands in a spot: letters that no field took are still ink there."""
    across, down = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return spot.left < across < spot.right and spot.top < down < spot.bottom


def _printed_in(hole: Hole, page: int) -> list[Box]:
    """Return the boxes of what the form itself prints within a hole."""
    return [
        Box.around(placed.letter.box for placed in word)
        for word in words_in(hole.letters)
        if word[0].page == page and _is_printed(word, hole.printed)
    ]


def _others(placement: Placement, field: str, page: int) -> list[Box]:
    """Return where other fields' values were read on a page."""
    return [
        spot.box
        for name, holes in placement.holes.items()
        if name != field
        for hole in holes
        if hole.letters
        for spot in hole.spots
        if spot.page == page
    ]


def _is_written(written: Written, x: float) -> bool:
    strokes = written.strokes
    if not strokes.kept.size:
        return False
    return strokes.area > LEAST_LETTERS * x * x and int(strokes.heights.max()) > 0.6 * x


def hand_features(written: Written, sight: Sight) -> dict[str, float] | None:
    """Return what tells handwriting from typing; None where there is too little of either."""
    strokes = written.strokes
    if sight.seal and sight.seal.share > SEALED:  # letters under a seal look like no print
        mixed = np.bincount(
            strokes.labels[seal_disc(written.patch, sight.seal)], minlength=len(strokes.areas)
        )
        free = mixed[strokes.kept] < 0.2 * strokes.areas[strokes.kept]
        if strokes.areas[strokes.kept][free].sum() < 0.3 * strokes.area:
            return None
        strokes = strokes.only(np.asarray(free, np.bool_))
    script = script_of(written.patch, strokes)
    if script is None or sight.typing is None:
        return None
    return compared(script, sight.typing)
