"""Signs beside the options of a choice: boxes with a cross in one, «[x]», «( + )», a pen's tick.

No official form asks for one, but who types it anew as a table sets boxes, and people tick. Signs
stand before their options or behind them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from intake.domain.geometry import Box
from intake.domain.placement import PrintedOption, Spot
from intake.domain.text import Word
from intake.engines.ink.cells import upright_borders
from intake.engines.ink.patch import closed, grown
from intake.engines.ink.seal import likely_seals
from intake.engines.ink.sight import Sight
from intake.engines.ink.sign_shapes import (
    LEAST,
    Beside,
    Sign,
    boxed,
    height_of,
    is_bar,
    is_between,
    signs_among,
)
from intake.engines.ink.sign_words import (
    JOINS,
    behind_options,
    items_of,
    join_at,
    may_be_sign,
    without_signs,
)
from intake.engines.ink.strokes import outside, strokes_in, without_rules
from intake.engines.ink.tick_boxes import overlap, tick_boxes
from intake.engines.ink.veil import hidden_by

REACH, ABOVE, BELOW = 12.0, 5.0, 3.5
"""Millimetres beside an option, above and below it, within which a sign stands."""
LETTER = 1.1
"""Height of a small letter at most, in small letters' heights."""
NARROW = 8
"""Pixels of a patch's side below which its paper cannot be told."""
TAKEN = 0.3
"""Part of a stroke within printed words from which it is theirs."""
PHRASE, SPACE = 3, 3.0
"""Words of an option's phrase that are not its own at most, and millimetres between two."""
OPEN, LINES = ",;:)/", 2.5
"""Signs behind which a line may end before a sign, and how far below such a line's end the next one
ends at most, in its words' heights."""
SAME = 0.4
"""Part of the smaller of two signs' boxes within the other's from which they are the same one."""
FAR = 75.0
"""Millimetres behind an option where the cell for its tick is, if nothing stands beside any."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """One sign on a page, what it is, where, whether it is high, and whether a printed box.

    ``is_tall`` where it is higher than small letters.
    """

    what: Beside
    spot: Spot
    is_tall: bool
    is_box: bool = False


def signs_of(options: Sequence[PrintedOption], sights: Mapping[int, Sight]) -> tuple[Beside, ...]:
    """Return the sign of each of a choice's options.

    Where boxes are printed at all of them and one is set, nothing else is a sign. As many signs as
    options are theirs one by one, in reading order; of fewer each is the nearest option's.
    """
    pages = {number: _Page(number, sight, options) for number, sight in sights.items()}
    near = [_signs_by(option, pages) for option in options]
    if _are_boxed(near):
        near = [[(seen, room) for seen, room in found if seen.is_box] for found in near]
    if not any(near):
        near = [_signs_far(option, pages) for option in options]
    signs = _distinct([seen for found in near for seen, _ in found])
    if len(signs) == len(options):
        in_order = _in_reading_order([option.words[0] for option in options])
        owned = dict(zip(in_order, _in_reading_order([seen.spot for seen in signs]), strict=True))
        return tuple(signs[owned[number]].what for number in range(len(options)))
    owners: list[list[Beside]] = [[Beside()] for _ in options]
    for seen in signs:
        rooms = [min((r for s, r in found if _is_same(s, seen)), default=1.0) for found in near]
        is_own = seen.is_tall and sum(room < 1.0 for room in rooms) == 1
        owners[int(np.argmin(rooms))].append(replace(seen.what, is_own=is_own))
    return tuple(max(each, key=lambda one: (one.sign, one.is_clear)) for each in owners)


def _are_boxed(near: Sequence[Sequence[tuple[_Seen, float]]]) -> bool:
    """Tell whether every option has its printed box, and something is set in one of them."""
    boxes = _distinct([seen for found in near for seen, _ in found if seen.is_box])
    has_each = all(any(seen.is_box for seen, _ in found) for found in near)
    return has_each and len(boxes) == len(near) and any(b.what.sign is Sign.SET for b in boxes)


def _distinct(signs: Sequence[_Seen]) -> list[_Seen]:
    kept: list[_Seen] = []
    for seen in signs:
        if not any(_is_same(seen, other) for other in kept):
            kept.append(seen)
    return kept


def _is_same(one: _Seen, other: _Seen) -> bool:
    if one.spot.page != other.spot.page:
        return False
    a, b = one.spot.box, other.spot.box
    across = min(a.right, b.right) - max(a.left, b.left)
    down = min(a.bottom, b.bottom) - max(a.top, b.top)
    least = min(a.width * a.height, b.width * b.height)
    return across > 0 and down > 0 and across * down > SAME * least


def _in_reading_order(spots: Sequence[Spot]) -> list[int]:
    """Return the numbers of spots row by row, each from left to right."""
    rows: list[list[int]] = []
    for number in sorted(range(len(spots)), key=lambda n: (spots[n].page, _middle(spots[n].box))):
        spot = spots[number]
        last = spots[rows[-1][0]] if rows else None
        if last and last.page == spot.page and last.box.shares_row(spot.box):
            rows[-1].append(number)
        else:
            rows.append([number])
    return [n for row in rows for n in sorted(row, key=lambda n: spots[n].box.left)]


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _signs_by(option: PrintedOption, pages: Mapping[int, _Page]) -> list[tuple[_Seen, float]]:
    """Return the signs before and behind an option, each with how far off it is, in page sides."""
    if not option.words:
        return []
    first, last = option.words[0], option.words[-1]
    before, behind = pages[first.page], pages[last.page]
    start, end = before.own(first.box), behind.own(last.box)
    found = [
        (seen, max(0.0, start.left - seen.spot.box.right) + _off(seen, start))
        for seen in before.signs_in(before.room_before(start), start)
    ]
    above = None if found else before.end_above(start)
    if above:
        signs = before.signs_in(before.room_behind(above), above)
        found += [(seen, start.height + _off(seen, above)) for seen in signs]
    for tail in (end, behind.tail(end)):
        signs = behind.signs_in(behind.room_behind(tail), tail)
        found += [
            (seen, max(0.0, seen.spot.box.left - tail.right) + _off(seen, tail)) for seen in signs
        ]
        if signs:
            break
    return found


def _signs_far(option: PrintedOption, pages: Mapping[int, _Page]) -> list[tuple[_Seen, float]]:
    """Return the signs in the row of an option's end, as in a column of their own."""
    if not option.words:
        return []
    last = option.words[-1]
    page = pages[last.page]
    tail = page.tail(page.own(last.box))
    signs = page.signs_in(page.room_behind(tail, FAR), tail)
    return [(seen, _off(seen, tail)) for seen in signs]


def _off(seen: _Seen, word: Box) -> float:
    """Return how far a sign's middle is off a word's row, in page heights."""
    return max(0.0, abs(_middle(seen.spot.box) - _middle(word)) - 0.5 * word.height)


class _Page:
    """A page, and where its words stand, without the signs that their boxes reach over."""

    def __init__(self, number: int, sight: Sight, options: Sequence[PrintedOption]) -> None:
        self._number, self._sight = number, sight
        own = [word.box for each in options for word in each.words if word.page == number]
        self._boxes = list(_boxes_beside(own, sight))
        self._own = {box: self._without_boxes(without_signs(box, sight)) for box in own}
        others = [box for box in sight.options if box not in self._own]
        items = items_of(sight)
        read = [w.box for w in sight.words if w.box in items or not may_be_sign(w, sight)]
        self._options = [*own, *others]
        phrases = [box for box in read if not any(_holds(box, each) for each in self._options)]
        self._phrases = [
            self._without_boxes(without_signs(box, sight))
            if any(box.shares_row(each) for each in own)
            else box
            for box in phrases
            if not any(_is_within(box, each) for _, each in self._boxes)
        ]
        heads = [head for box in own if (head := join_at(box, sight))]
        tails = [tail for word in sight.words for tail in behind_options(word, own)]
        self._printed = [*self._own.values(), *others, *self._phrases, *heads, *tails]
        self._joins = [w.box for w in sight.words if w.text.casefold().strip(OPEN) in JOINS]

    def _without_boxes(self, word: Box) -> Box:
        """Return a word without the boxes to tick that were read as its outer letters."""
        for _, box in self._boxes:
            if not box.shares_row(word) or box.right <= word.left or box.left >= word.right:
                continue
            if box.left + box.right < word.left + word.right:
                word = replace(word, left=min(box.right, word.right))
            else:
                word = replace(word, right=max(box.left, word.left))
        return word

    def own(self, box: Box) -> Box:
        """Return an option's word without signs."""
        return self._own.get(box, box)

    def room_before(self, word: Box) -> Box:
        """Return the room before a word, as far as to the printed word before it."""
        room = self._sight.around(replace(word, right=word.left), REACH, ABOVE, BELOW)
        ends = [b.right for b in self._printed if b.shares_row(word) and b.right <= word.left]
        return Box(max([room.left, *ends]), room.top, word.left, room.bottom)

    def room_behind(self, word: Box, reach: float = REACH) -> Box:
        """Return the room behind a word, as far as to the printed word behind it."""
        room = self._sight.around(replace(word, left=word.right), reach, ABOVE, BELOW)
        starts = [b.left for b in self._printed if b.shares_row(word) and b.left >= word.right]
        return Box(word.right, room.top, min([room.right, *starts]), room.bottom)

    def tail(self, word: Box) -> Box:
        """Return the last word of the phrase that a word begins: «школьного образования ( )»."""
        row = sorted((b for b in self._phrases if b.shares_row(word)), key=lambda b: b.left)
        for _ in range(PHRASE):
            behind = next((b for b in row if b.left >= word.right), None)
            reach = self._sight.around(word, SPACE, 0.0, 0.0).right
            if behind is None or behind.left > reach or self._is_join(behind):
                break
            word = behind
        return word

    def end_above(self, word: Box) -> Box | None:
        """Return the last word of the line above an option that begins a line, if it may end there.

        «или [x]» and «ОКПО), [x]» do, behind another option; a line of another cell does not.
        """
        lines = [[w for w in line.words if not may_be_sign(w, self._sight)]
                 for line in self._sight.text.lines]  # fmt: skip
        for line, own in pairwise(line for line in lines if line):
            last = line[-1]
            begins = own[0].box.shares_row(word) and own[0].box.left <= word.left + word.height
            is_above = 0 < word.bottom - last.box.bottom < LINES * word.height
            if begins and is_above and line[0].box.left < word.right < last.box.right:
                is_open = last.text[-1] in OPEN or self._is_join(last.box)
                is_listed = any(_holds(w.box, each) for w in line for each in self._options)
                return without_signs(last.box, self._sight) if is_open and is_listed else None
        return None

    def _is_join(self, box: Box) -> bool:
        return any(_holds(each, box) for each in self._joins)

    def signs_in(self, room: Box, word: Box) -> list[_Seen]:
        """Return the signs in a room beside a word, in its row."""
        boxes = [
            (what, box) for what, box in self._boxes
            if box.shares_row(word) and room.left <= (box.left + box.right) / 2 <= room.right
        ]  # fmt: skip
        seen = [
            _Seen(what, Spot(self._number, box), is_tall=True, is_box=True) for what, box in boxes
        ]
        patch, x = self._sight.cut(room), self._sight.x_height
        if patch.grey.shape[1] < max(LEAST * x, NARROW):
            return seen
        ink = patch.ink & ~hidden_by(likely_seals(self._sight.seals))(patch)
        ink &= ~grown(upright_borders(ink, x), 3, 3)
        strokes = strokes_in(closed(without_rules(ink, x), 2, 2))
        strokes = outside(strokes, [patch.rect(each) for each in self._printed], TAKEN)
        rects = [tuple(rect) for rect in strokes.boxes[strokes.kept].tolist()]
        held = [patch.rect(box) for _, box in boxes]  # a tick's arm reaches out of its box
        rects = [rect for rect in rects if not any(overlap(rect, each) for each in held)]
        level = [rect for rect in rects if patch.box(rect).shares_row(word)]
        bars = [rect for rect in level if is_bar(ink, rect, x)]
        signs = list(signs_among([rect for rect in level if rect not in bars], ink, x))
        if boxes or any(what.is_clear for what, _ in signs):  # beside a box a letter is a word's
            signs = [(w, rect) for w, rect in signs if w.is_clear or height_of(rect) > LETTER * x]
        edge = patch.rect(word)
        return seen + [
            _Seen(what, Spot(self._number, patch.box(rect)), height_of(rect) >= x)
            for what, rect in signs
            if not any(is_between(bar, rect, edge) for bar in bars)
        ]


def _boxes_beside(options: Sequence[Box], sight: Sight) -> Iterator[tuple[Beside, Box]]:
    """Yield the boxes to tick in the rows of some options, each with what is set in it."""
    if not options:
        return
    rows = sight.around(Box.around(options), 0.0, ABOVE, BELOW)
    patch, x = sight.cut(replace(rows, left=0.0, right=1.0)), sight.x_height
    ink = patch.ink & ~grown(upright_borders(patch.ink, x), 3, 3)
    for rect, inside in tick_boxes(ink, x):
        box = patch.box(rect)
        if not any(_is_amid(box, word) for word in sight.words):
            yield boxed(inside), box


def _is_amid(box: Box, word: Word) -> bool:
    """Tell whether a box lies between capitals of a word («ИНН»): stems and serifs have four sides.

    A box to tick may be read as a letter of the words beside it («тиричиликПөндүрүш»).
    """
    room, own = 0.5 * box.width, word.box
    is_within = own.left + room < box.left and box.right < own.right - room
    return is_within and word.text.isupper() and box.shares_row(own)


def _is_within(word: Box, box: Box) -> bool:
    """Tell whether most of what was read as a word is a box to tick."""
    shared = min(word.right, box.right) - max(word.left, box.left)
    return word.shares_row(box) and shared > 0.5 * word.width


def _holds(box: Box, other: Box) -> bool:
    """Tell whether the middle of another box lies in one."""
    x, y = (other.left + other.right) / 2, (other.top + other.bottom) / 2
    return box.left <= x <= box.right and box.top <= y <= box.bottom
