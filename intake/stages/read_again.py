"""Read the values of a notice once more, each with the room beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from intake.domain.geometry import Box
from intake.domain.ink import Ink
from intake.domain.placement import Placement, Spot
from intake.domain.template import FieldKind
from intake.domain.text import Letter, Line, PageText, Word
from intake.engines.letter_shapes import INK
from intake.engines.raster import Raster
from intake.engines.readers import Reader
from intake.stages.greys import Greys

BESIDE = 12.0
"""How far beside what was read of a value more of it is looked for, in heights of its line."""
APART = 0.3
"""Heights of the line that are left to a neighbouring word."""
EDGE = 2.0
"""Room at either end of a name read in its room, in heights of its line."""
BELIEVED = 0.6
"""Confidence from which a word beside a value is taken for a part of it."""
FARTHEST = 2.0
"""Widest gap, in heights of the line, between a value and more of it."""
TORN = 1.5
"""White within a word, in heights of the line, from which it is two."""
UPPER, INKED = 0.6, 0.2
"""The upper part of a line, and the part of a word's columns that have ink there, at least."""
_OPEN = (FieldKind.TEXT, FieldKind.ADDRESS, FieldKind.NAME, FieldKind.PERSON)
"""Kinds of which nothing but ink tells that a word is missing."""
_BOX_SIDES = "|[]"  # what the sides of boxes around digits are read as


def read_again(
    placement: Placement,
    ink: Ink,
    greys: Greys,
    reader: Reader,
    settled: frozenset[str] = frozenset(),
) -> dict[str, tuple[Line, ...]]:
    """Read the values of a notice once more, with the reader that did not read them first.

    ``settled`` fields are left out.
    Returns, for each other field with something written in it, one line a spot, without
    words where nothing was read. A value that both readings agree on is surer
    than either says. Rules and underlines are painted over first, so that they
    cannot mislead both. Names and addresses are read with the room beside them:
    a word that the first reading passed over is not lost.
    """
    asked = [field for field in placement.holes if field not in settled]
    spots = {field: _written(placement, ink, field) for field in asked}
    places = list(dict.fromkeys(spot for several in spots.values() for spot in several))
    confirms = not reader.prefers_second  # who read names in their room is not asked again
    taken = {s for every in placement.holes.values() for h in every if h.from_room for s in h.spots}
    lines: dict[Spot, Line] = {}
    for page in sorted({spot.page for spot in places}):  # one call a page: it may start a program
        aspect = greys[page].width / greys[page].height
        here = [spot for spot in places if spot.page == page]
        rooms = _rooms(placement, spots, page, greys.texts[page])
        clean = greys.without_lines(page)
        boxes = [
            _edged(spot.box, aspect) if spot in taken else rooms.get(spot, spot.box)
            for spot in here
        ]
        for second in (True, False):
            asked_now = [n for n, s in enumerate(here) if (s not in taken or confirms) is second]
            found = reader.read_lines(clean, [boxes[n] for n in asked_now], second=second)
            for n, line in zip(asked_now, found, strict=True):
                lines[here[n]] = of_value(without_rules(line, clean), here[n].box, aspect)
    return {field: tuple(lines[spot] for spot in several) for field, several in spots.items()
            if several}  # fmt: skip


def _rooms(
    placement: Placement, spots: Mapping[str, tuple[Spot, ...]], page: int, text: PageText
) -> dict[Spot, Box]:
    """Return the lines of names and addresses on a page with the room that is free beside them."""
    read = [word.box for line in text.lines for word in line.words]
    printed = (*placement.anchors, *placement.labels)
    taken = [spot.box for _, spot in printed if spot.page == page]
    taken += [w.box for each in placement.options for w in each.words if w.page == page]
    taken += [
        spot.box
        for field, several in placement.holes.items()
        if placement.template.fields[field].kind is not FieldKind.SIGNATURE
        for hole in several
        if hole.letters
        for spot in hole.spots
        if spot.page == page
    ]
    taken = [_whole(box, read) for box in taken]
    return {
        spot: _with_room(
            spot.box,
            [*(box for box in taken if box != spot.box), *_far_from(spot.box, read, text.aspect)],
            text.aspect,
        )
        for field, several in spots.items()
        if placement.template.fields[field].kind in _OPEN
        for spot in several
        if spot.page == page
    }


def _whole(box: Box, read: Iterable[Box]) -> Box:
    """Return the box of print with all of the words that it was found in: «адресу:», «толук»."""
    return Box.around((box, *(word for word in read if word.overlap(box) > 0)))


def _far_from(box: Box, read: Iterable[Box], aspect: float) -> Iterator[Box]:
    """Yield the words that were read beside a line and stand too far off to be its own."""
    gap = FARTHEST * box.height / aspect
    return (word for word in read if word.right < box.left - gap or word.left > box.right + gap)


def without_rules(line: Line, grey: Raster) -> Line:
    """Return a line without words that are read from what is left of underscores."""
    return replace(line, words=tuple(word for word in line.words if _is_inked(word.box, grey)))


def _is_inked(box: Box, grey: Raster) -> bool:
    """Tell whether ink stands where the upper part of letters is, in enough columns of a box."""
    left, top, right, bottom = box.pixels(grey.width, grey.height)
    part = grey.pixels[top : top + max(1, round(UPPER * (bottom - top))), left:right]
    return bool(part.size) and float((part < INK).any(axis=0).mean()) >= INKED


def _edged(box: Box, aspect: float) -> Box:
    """Return a name's box with room for a letter at either end that the other reader lost."""
    edge = EDGE * box.height / aspect
    return Box.clipped(box.left - edge, box.top, box.right + edge, box.bottom)


def _with_room(box: Box, taken: Iterable[Box], aspect: float) -> Box:
    """Return a line's box with the room beside it up to what stands in its row."""
    height = box.height / aspect
    left, right = max(0.0, box.left - BESIDE * height), min(1.0, box.right + BESIDE * height)
    for other in taken:
        if not box.top <= (other.top + other.bottom) / 2 <= box.bottom:
            continue
        if other.right + other.left < box.left + box.right:
            left = max(left, min(other.right + APART * height, box.left))
        else:
            right = min(right, max(other.left - APART * height, box.right))
    return Box(left, box.top, right, box.bottom)


def of_value(line: Line, box: Box, aspect: float) -> Line:
    """Return a line with the words of its place, and those that go on from there."""
    height = box.height / aspect
    read = [part for word in line.words for part in _unstretched(word, height)]
    within = [number for number, word in enumerate(read) if _is_within(word, box)]
    if not within:
        return line
    first, last = within[0], within[-1]
    before = _going_on(reversed(read[:first]), read[first], height)
    after = _going_on(read[last + 1 :], read[last], height)
    words = (*reversed(before), *(read[number] for number in within), *after)
    return Line(words, line.box)


def _unstretched(word: Word, height: float) -> list[Word]:
    """Return a word parted where white stands in it: a comma far behind is no part of it."""
    parts: list[list[Letter]] = [[]]
    for letter in word.letters:
        if parts[-1] and letter.box.left - parts[-1][-1].box.right > TORN * height:
            parts.append([])
        parts[-1].append(letter)
    if len(parts) == 1:
        return [word]
    boxes = (Box.around(letter.box for letter in part) for part in parts)
    sure = (min(letter.confidence for letter in part) for part in parts)
    return [Word(tuple(p), box, least) for p, box, least in zip(parts, boxes, sure, strict=True)]


def _is_within(word: Word, box: Box) -> bool:
    return box.left <= (word.box.left + word.box.right) / 2 <= box.right


def _going_on(words: Iterable[Word], last: Word, height: float) -> list[Word]:
    """Return the words that go on from the last one: well read, and no wide gap between."""
    more: list[Word] = []
    for word in words:
        gap = max(word.box.left - last.box.right, last.box.left - word.box.right)
        if gap > FARTHEST * height or word.confidence < BELIEVED:
            break
        more.append(word)
        last = word
    return more if any(sign.isalnum() for word in more for sign in word.text) else []


def _written(placement: Placement, ink: Ink, field: str) -> tuple[Spot, ...]:
    """Return where a field is written, one spot a line."""
    holes = [hole for hole in placement.holes[field] if hole.letters]
    spots = tuple(spot for hole in holes for spot in hole.spots)
    blank = ink.blanks.get(field)
    if blank is None or not (blank.written or spots):
        return spots
    if not spots:
        return blank.spots
    is_boxed = any(placed.letter.text in _BOX_SIDES for h in holes for placed in h.letters)
    return tuple(_widened(spot, blank.spots) for spot in spots) if is_boxed else spots


def _widened(spot: Spot, by: Sequence[Spot]) -> Spot:
    """Return a line of digits in boxes as wide as its ink: some may not have been read at all."""
    beside = [o.box for o in by if o.page == spot.page and spot.box.overlap(o.box) > 0]
    left = min(box.left for box in (spot.box, *beside))
    right = max(box.right for box in (spot.box, *beside))
    return Spot(spot.page, Box(left, spot.box.top, right, spot.box.bottom))
