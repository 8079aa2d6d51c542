"""Signature and seal of a notice: present or absent, how surely, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from intake.domain.geometry import Box
from intake.domain.ink import Presence
from intake.domain.placement import Placement, Spot
from intake.domain.template import FieldKind
from intake.engines.ink.patch import WORK_DPI, Mask, Patch, without_bars
from intake.engines.ink.pen import PenStrokes, pen_strokes
from intake.engines.ink.seal import Seal, likely_seals, seal_chance
from intake.engines.ink.sight import Sight
from intake.engines.ink.signature import Signing, signing
from intake.engines.ink.strokes import without_rules
from intake.engines.ink.veil import hidden_by, seal_disc, strokes_across, strokes_around

BESIDE = ("директор",)
BELOW = ("подпис", "колу", "мөөр", "печат")
"""Beginnings of the printed words beside which, and above which, a notice is signed."""
REACH_MM = 62.0
MARK = 1.2
"""How far below an option's words a mark at them reaches, in small letters' heights."""
MARKED = 2.0
"""Likewise where its strokes are told apart by cells of a millimetre."""
DOUBTED = 0.9
"""The most that a seal's own strokes may speak for a signature: the inspector then abstains."""
ABSENT = 0.08
"""Chance of a signature below which there surely is none."""
SCRIBBLE = 2.6
"""Diagonal, in small letters' heights, that some stroke of a signature has at least."""
LONG, SLENDER, ALONG = 20.0, 1.5, (3.0, 6.5)
"""Length, reach by height, and height of a signature across a seal, in small letters' heights."""
SEAL_BAND = (0.12, 0.88)
SIGNED = 25
"""Square millimetres of strokes from which what the network takes for a signature is one."""
SIGNED_WITHIN = 60
"""Likewise where all of them lie within seals, whose emblems and letters are strokes too."""
SIGNED_FAR = 60
"""Likewise far from where a signature is asked for, outside seals."""
FAR = 9.0
"""A distance beyond any on one page, twice in page heights."""
BAND, SLACK = 45.0, 0.01
"""Millimetres that are looked through at once, and the last part of a page that nobody signs in."""
PEN_SURE, PEN_LIKELY = 0.98, 0.6
"""Confidence of what it takes for one, and of what may be a seal's."""


def seal_presence(sights: Mapping[int, Sight]) -> Presence:
    """Return whether a round seal is on any page of the notice."""
    found = [(number, sight.seal) for number, sight in sights.items() if sight.seal is not None]
    if not found:
        return Presence(False, 0.99, True)
    number, seal = max(found, key=lambda each: seal_chance(each[1]))
    chance = seal_chance(seal)
    low, high = SEAL_BAND
    sure = not low < chance < high and not (seal.is_faint and chance >= 0.5)
    spot = Spot(number, seal.box) if chance >= 0.5 else None
    return Presence(chance >= 0.5, max(chance, 1 - chance), sure, spot)


def signature_presence(placement: Placement, field: str, sights: Mapping[int, Sight]) -> Presence:
    """Return whether somebody signed at a field's hole, or beside the words that ask for it."""
    best: tuple[float, int, Signing] | None = None
    names = {number: _letters_of_names(placement, number, sights[number]) for number in sights}
    every = dict.fromkeys(_cores(placement, field, sights))
    cores = [(page, core) for page, core in every if _is_for(Spot(page, core), field, placement)]
    for number, core in cores:
        if best is not None and best[0] > 0.99:
            break
        seen = _look(sights[number], core, names[number])
        chance = _signed_chance(seen)
        if best is None or chance > best[0]:
            best = chance, number, seen
    if best is None:
        return Presence(False, 0.5, False)
    chance, number, seen = best
    present = chance >= 0.5
    spot = Spot(number, seen.box) if present and seen.box else None
    asked = any(_asks(text) for text, _ in placement.anchors)
    # without the words that ask for it, the right place may not have been looked at
    sure = not ABSENT < chance < 0.92 and (present or asked)
    found = Presence(present, max(chance, 1 - chance), sure, spot)
    found = found if sure else _by_pen(found, cores, sights, placement)
    found = found if found.present else _in_its_rows(found, field, sights, placement)
    is_alone = len(_signed_at(placement)) == 1  # of several nothing tells whose it is
    return found if found.present or not is_alone else _elsewhere(found, sights, placement)


def _signed_at(placement: Placement) -> dict[str, list[Spot]]:
    """Return where each signature that the form asks for has its blanks."""
    return {
        name: [spot for hole in holes for spot in hole.spots]
        for name, holes in placement.holes.items()
        if placement.template.fields[name].kind is FieldKind.SIGNATURE
    }


def _is_for(spot: Spot, field: str, placement: Placement) -> bool:
    """Tell whether a place is nearest to this field's blanks, of all that ask for a signature."""
    away = {
        name: min((abs(s.box.top + s.box.bottom - spot.box.top - spot.box.bottom)
                   for s in spots if s.page == spot.page), default=FAR)
        for name, spots in _signed_at(placement).items()
    }  # fmt: skip
    return away.get(field, FAR) <= min(away.values(), default=FAR)


def _by_pen(
    unsure: Presence,
    cores: Sequence[tuple[int, Box]],
    sights: Mapping[int, Sight],
    placement: Placement,
) -> Presence:
    """Return that somebody signed, where shapes do not tell but a network sees enough strokes.

    It may overlook some: where it sees none, it proves nothing.
    """
    best, page = PenStrokes(), 0
    for number, core in cores:
        sight, patch = sights[number], _patch(sights[number], core)
        values, marked = _values_on(placement, number), _marked_above(sight, core)
        strokes = pen_strokes(patch, core, values, _sealed(patch, sight), marked)
        best, page = (strokes, number) if strokes.area > best.area else (best, page)
    if best.area < SIGNED or best.box is None:
        return unsure
    sure = bool(best.free) or best.area >= SIGNED_WITHIN
    return Presence(True, PEN_SURE if sure else PEN_LIKELY, sure, Spot(page, best.box))


def _in_its_rows(
    absent: Presence, field: str, sights: Mapping[int, Sight], placement: Placement
) -> Presence:
    """Return that somebody signed in a row of the words that ask for it, or of the name.

    In the cell beside its label's, across the beginning of the name. A person looks unless there is
    much of it: of 15 notices without a signature none had more than half as much.
    """
    rows = [spot for text, spot in placement.anchors if _asks(text)]
    mine = (s for s in (*rows, *_names_of(placement)) if _is_for(s, field, placement))
    for spot in dict.fromkeys(mine):
        row, sight = replace(spot.box, left=0.0, right=1.0), sights[spot.page]
        patch = _patch(sight, row)
        values, marked = _values_on(placement, spot.page), _marked_above(sight, row)
        strokes = pen_strokes(patch, row, values, _sealed(patch, sight), marked)
        if strokes.area >= SIGNED and strokes.box is not None:
            sure = strokes.area >= SIGNED_WITHIN
            confidence = PEN_SURE if sure else PEN_LIKELY
            return Presence(True, confidence, sure, Spot(spot.page, strokes.box))
    return absent


def _elsewhere(absent: Presence, sights: Mapping[int, Sight], placement: Placement) -> Presence:
    """Return that somebody likely signed far from where it is asked for, where strokes tell so.

    A person looks: a remark at the page's foot has strokes too.
    """
    asked = [number for number, sight in sights.items() if sight.options]
    for number, sight in sights.items():
        if sight.is_shared or number < max(asked, default=number):
            continue
        values = _values_on(placement, number)
        top = max((box.bottom for box in sight.options), default=0.0)
        while top < 1.0 - SLACK:  # band by band: a page at once takes 40 MB more
            band = sight.around(Box(0.0, top, 1.0, top), 0.0, 0.0, BAND)
            patch = without_bars(sight.cut(band))
            strokes = pen_strokes(patch, band, values, _sealed(patch, sight))
            if strokes.free >= SIGNED_FAR and strokes.box is not None:
                return Presence(True, PEN_LIKELY, False, Spot(number, strokes.box))
            top = (band.top + band.bottom) / 2
            if band.bottom >= 1.0:
                break
    return absent


def _sealed(patch: Patch, sight: Sight) -> Mask:
    """Return which pixels of a patch lie within a seal."""
    sealed = np.zeros(patch.ink.shape, np.bool_)
    for seal in sight.seals:
        sealed |= seal_disc(patch, seal) > 0
    return sealed


def _marked_above(sight: Sight, core: Box) -> float:
    """Return down to where on a page marks at options above a place reach: no signature's."""
    above = [box for box in sight.options if box.bottom <= core.top]
    low = max(above, key=lambda box: box.bottom, default=None)
    mark = MARKED * sight.x_height * 25.4 / WORK_DPI
    return min(sight.around(low, 0.0, 0.0, mark).bottom, core.top) if low else 0.0


def _values_on(placement: Placement, page: int) -> list[Box]:
    return [spot.box for spot in _values_of(placement) if spot.page == page]


def _values_of(placement: Placement) -> Iterator[Spot]:
    """Yield the lines of values, empty ones too; but one may sign where a name is to be written."""
    for name, holes in placement.holes.items():
        kind = placement.template.fields[name].kind
        if kind is not FieldKind.SIGNATURE:
            for hole in holes:
                yield from hole.spots if hole.letters or kind is not FieldKind.PERSON else ()


def _names_of(placement: Placement) -> Iterator[Spot]:
    """Yield the lines of persons' names."""
    for name, holes in placement.holes.items():
        if placement.template.fields[name].kind is FieldKind.PERSON:
            yield from (spot for hole in holes if hole.letters for spot in hole.spots)


def _asks(text: str) -> bool:
    """Tell whether a printed word asks for a signature."""
    return text.lower().strip("( ").startswith(BESIDE + BELOW)


def _cores(
    placement: Placement, field: str, sights: Mapping[int, Sight]
) -> Iterator[tuple[int, Box]]:
    """Yield where a signature would stand: the field's spots, and by the words that ask for it.

    The reader may have taken the signature for letters of another field, so its
    own spots are not enough.
    """
    asked = {spot.page for text, spot in placement.anchors if _asks(text)}
    for hole in placement.holes.get(field, ()):
        for spot in (spot for spot in hole.spots if not asked or spot.page in asked):
            left, top, bottom = spot.box.left, spot.box.top, spot.box.bottom
            reach = sights[spot.page].around(Box(left, top, left, bottom), REACH_MM, 0.0, 0.0)
            yield spot.page, Box(left, top, min(spot.box.right, reach.right), bottom)
    for spot in _names_of(placement):  # many sign behind their typed name
        if asked and spot.page not in asked:
            continue  # what stands at the end of a page, before the director's
        reach = sights[spot.page].around(spot.box, REACH_MM, 0.0, 0.0)
        end = min(reach.right, sights[spot.page].right)
        yield spot.page, replace(spot.box, left=min(spot.box.right, end), right=end)
    for text, spot in placement.anchors:
        word, sight = text.lower().strip("( "), sights[spot.page]
        if word.startswith(BESIDE):
            reach = sight.around(spot.box, REACH_MM, 0.0, 0.0)
            yield spot.page, Box(spot.box.right, reach.top, reach.right, reach.bottom)
        elif word.startswith(BELOW):
            reach = sight.around(spot.box, 12.0, 6.0, 0.0)
            yield spot.page, Box(reach.left, reach.top, reach.right, spot.box.top)


def _letters_of_names(placement: Placement, page: int, sight: Sight) -> list[Box]:
    """Return the boxes of the letters of persons' names that are surely letters."""
    return [
        placed.letter.box
        for name, holes in placement.holes.items()
        if placement.template.fields[name].kind is FieldKind.PERSON
        for hole in holes
        for placed in hole.letters
        if placed.page == page and sight.is_letter(placed.letter.box, placed.letter.confidence)
    ]


def _patch(sight: Sight, core: Box) -> Patch:
    return without_bars(sight.cut(sight.around(core, 8.0, 16.0, 11.0)))


def _look(sight: Sight, core: Box, names: Sequence[Box]) -> Signing:
    patch = _patch(sight, core)
    seals = likely_seals(sight.seals)
    print_ = [*sight.print_, *sight.plain_words, *names]
    veil = hidden_by(seals)(patch)
    veil[: _marks_end(sight, patch, core)] = True
    seen = signing(patch, core, print_, veil, sight.x_height)
    colourless = [seal for seal in seals if not seal.coloured]
    if colourless and _signed_chance(seen) >= DOUBTED:
        # strokes that run around a colourless seal's centre may be its own: they prove nothing
        ink = without_rules(patch.ink & ~veil, sight.x_height)
        for seal in colourless:
            veil = veil | strokes_around(seal, patch, ink)
        free = signing(patch, core, print_, veil, sight.x_height)
        seen = replace(seen, doubtful=seen.doubtful or _signed_chance(free) < 0.5)
    seen = replace(seen, hidden=_covered(patch, core, seals))
    is_open = ABSENT <= _signed_chance(seen) < 0.5
    return (_across(sight, patch, core, seals) if is_open else None) or seen


def _across(sight: Sight, patch: Patch, core: Box, seals: Sequence[Seal]) -> Signing | None:
    """Return strokes across a seal of their own tone or tint: likely a pen's.

    Surely only where they run along a coloured seal's middle: an emblem is as high as wide, a
    line of letters low, and on black and white pages several lines of it grow together.
    """
    ink = without_rules(patch.ink, sight.x_height)
    for seal in seals:
        if seal.below is None:
            strokes = strokes_across(seal, patch, ink)
            seen = signing(patch, core, (), ~strokes, sight.x_height)
            seen = replace(seen, doubtful=not (seal.coloured and _runs_along(seen)))
            if _signed_chance(seen) >= 0.5:
                return seen
    return None


def _runs_along(seen: Signing) -> bool:
    """Tell whether strokes are a hand's by their shape: higher than letters, longer than high."""
    low, high = ALONG
    return seen.length >= LONG and low <= seen.tall <= high and seen.reach >= SLENDER * seen.tall


def _marks_end(sight: Sight, patch: Patch, core: Box) -> int:
    """Return the row of a patch down to which a mark at a choice above the place may reach."""
    above = [box.bottom for box in sight.options if box.bottom <= core.top]
    if not above:
        return 0
    low = patch.rect(replace(core, top=max(above)))[1] + round(MARK * sight.x_height)
    return max(0, min(low, patch.rect(core)[1]))


def _covered(patch: Patch, core: Box, seals: Sequence[Seal]) -> float:
    """Return the part of a place where a pen may be lost in seals: in those told by tone half."""
    left, top, right, bottom = patch.rect(core)
    place = slice(max(0, top), max(1, bottom)), slice(max(0, left), max(1, right))
    lost = np.zeros(patch.grey[place].shape)
    for seal in seals:
        disc = seal_disc(patch, seal)[place]
        lost = np.maximum(lost, disc * (1.0 if seal.below is None else 0.5))
    return float(lost.mean()) if lost.size else 0.0


def _signed_chance(seen: Signing) -> float:
    """Return the probability that strokes like these are a signature."""
    score = np.log1p(seen.length) + 0.4 * min(seen.reach, 8.0) - 4.0
    score += 0.6 * float(np.clip(seen.tall - 2.2, 0, 2))
    if seen.reach < SCRIBBLE:  # as small as letters: print that was not read, not a signature
        score = min(score, -0.2)
    if seen.hidden > 0.35:  # a seal may hide it: absence is not sure, presence not likely
        score = max(score, -1.2 + 1.7 * (seen.hidden - 0.35))
    chance = float(1 / (1 + np.exp(-1.6 * score)))
    return min(chance, DOUBTED) if seen.doubtful else chance
