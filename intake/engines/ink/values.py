"""The blanks of a notice: ink, amount, and whether a hand wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from intake.domain.geometry import Box
from intake.domain.ink import BlankInk
from intake.domain.placement import Hole, PlacedLetter, Placement, Spot
from intake.domain.template import FieldKind
from intake.engines.ink.blank import Place, Written, written_at
from intake.engines.ink.hand import by_hand, compared, script_of
from intake.engines.ink.seal import hidden_by
from intake.engines.ink.sight import Sight

TYPED_DENSITY = 0.52
"""Ink of typing, as a share of its width times the small letters' height (eight faces)."""
LEAST_LETTERS = 0.45
"""Ink that makes a writing, in squares of the small letters' height."""
UNREAD_MM = 35.0
"""How far beside the form's own print in a gap something unread may stand."""


def blank_inks(
    placement: Placement, sights: Mapping[int, Sight], fields: Sequence[str]
) -> dict[str, BlankInk]:
    """Return the ink in the place of each of these fields."""
    return {name: blank_ink(placement, name, sights) for name in fields}


def blank_ink(placement: Placement, field: str, sights: Mapping[int, Sight]) -> BlankInk:
    """Return the ink in all holes of one field."""
    chosen = _filled(placement, field)
    found = [w for hole in chosen for w in _written(placement, hole, sights)]
    if not found:
        return BlankInk(0.0, written=False, handwritten=0.0)
    amount = sum(w.strokes.area for _, w in found) / max(
        1.0, sum(w.wide * sights[p].x_height * TYPED_DENSITY for p, w in found)
    )
    inked = [(page, w) for page, w in found if _is_written(w, sights[page].x_height)]
    hand = max((_by_hand(w, sights[page]) for page, w in inked), default=0.0)
    spots = tuple(Spot(page, w.box) for page, w in inked)
    return BlankInk(float(amount), bool(inked), hand, spots)


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
    return [word for word in _words(hole) if not _is_printed(word, hole.printed)]


def _words(hole: Hole) -> list[list[PlacedLetter]]:
    words: list[list[PlacedLetter]] = []
    for placed in hole.letters:
        if placed.starts_word or not words:
            words.append([])
        words[-1].append(placed)
    return words


def _is_printed(word: Sequence[PlacedLetter], printed: str) -> bool:
    text = "".join(placed.letter.text for placed in word if placed.letter.text.isalnum())
    return not text or text in printed.split()


def _written(
    placement: Placement, hole: Hole, sights: Mapping[int, Sight]
) -> Iterator[tuple[int, Written]]:
    is_read = bool(_own_words(hole))
    for spot in hole.spots:
        sight = sights[spot.page]
        print_, box = list(sight.print_), spot.box
        if not is_read:  # what was read well there belongs to nobody's value
            print_ += [*sight.sure_words, *_printed_in(hole, spot.page)]
        if hole.letters and not is_read:  # its own print was all that was read of it
            box = sight.around(box, UNREAD_MM, 0.0, 0.0)
        place = Place(box, is_read, print_, _others(placement, hole.field, spot.page))
        hidden = hidden_by(sight.seal if sight.seal and sight.seal.share > 0.45 else None)
        yield spot.page, written_at(sight.raster, sight.paper, place, sight.x_height, hidden)


def _printed_in(hole: Hole, page: int) -> list[Box]:
    """Return the boxes of what the form itself prints within a hole."""
    return [
        Box.around(placed.letter.box for placed in word)
        for word in _words(hole)
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


def _by_hand(written: Written, sight: Sight) -> float:
    script = script_of(written.patch, written.strokes)
    if script is None or sight.typing is None:
        return 0.0
    return by_hand(compared(script, sight.typing))
