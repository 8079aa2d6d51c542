"""Signs beside the options of a choice: boxes with a cross in one, «[x]», «( + )», a pen's tick.

No official form asks for one, but who types it anew as a table sets boxes, and people tick. Signs
stand before their options or behind them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from statistics import median

import numpy as np

from intake.domain.geometry import Box
from intake.domain.placement import PrintedOption, Spot
from intake.domain.text import Letter, Word
from intake.engines.ink.cells import upright_borders
from intake.engines.ink.patch import WORK_DPI, Mask, Rect, closed, grown
from intake.engines.ink.seal import likely_seals
from intake.engines.ink.sight import Sight
from intake.engines.ink.strokes import outside, strokes_in, without_rules
from intake.engines.ink.veil import hidden_by

REACH, ABOVE, BELOW = 12.0, 5.0, 3.5
"""Millimetres beside an option, above and below it, within which a sign stands."""
LEAST, MOST = 0.72, 4.5
"""Width and height of a sign's stroke, in small letters' heights: from «+» to a pen's tick."""
BOX = 0.9, 3.2
"""Sides of a box to tick, in small letters' heights."""
SQUARE = 1.45
"""How much longer one side of a box is than the other at most."""
EDGE, CLOSED = 0.22, 0.8
"""Part of a box's side that its border is looked for in, and part of each border that is there."""
EMPTY, CROSSED = 0.05, 0.12
"""Part of a box's inside that is inked: at most where it is empty, at least where it is crossed."""
LETTER, HIGH = 1.1, 1.25
"""Height of a small letter at most, and of a box at least, in small letters' heights."""
TALL, SLENDER = 1.2, 0.75
"""Height of a bracket at least and its width at most, in small letters' heights."""
INSIDE = 0.5, 3.5
"""Room between two brackets of a pair, likewise."""
BROAD, GAP = 1.7, 0.3
"""Width of an outer letter, in its word's usual one, from which a sign may be in its box, and white
beside a sign at least, in small letters' heights."""
LED = 2
"""Letters at the head of a word, beside brackets, that may be a sign; more are the word's own,
unlike the form's."""
NARROW = 8
"""Pixels of a patch's side below which its paper cannot be told."""
TAKEN = 0.3
"""Part of a stroke within printed words from which it is theirs."""
LEANING, STRAIGHT, LEANS = 0.35, 0.085, 0.7
"""Width of a leaning line at least, how far its ink deviates from its middle at most, in small
letters' heights, and how its rows and columns go together, which a bracket's do not."""
PHRASE, SPACE = 3, 3.0
"""Words of an option's phrase that are not its own at most, and millimetres between two."""
SAME = 0.4
"""Part of the smaller of two signs' boxes within the other's from which they are the same one."""
FAR = 75.0
"""Millimetres behind an option where the cell for its tick is, if nothing stands beside any."""
_SIGNS = re.compile(r"[\[\](){}|/\\+xхvуy✓√*\W\dЛГПIiltj_]*", re.IGNORECASE)
"""What a reader takes signs for."""


class Sign(IntEnum):
    """What stands beside an option, the more the higher."""

    NOTHING = 0
    EMPTY = 1
    SET = 2


@dataclass(frozen=True, slots=True)
class Beside:
    """The sign of one option; ``is_clear`` where a box or brackets tell that it is one."""

    sign: Sign = Sign.NOTHING
    is_clear: bool = False


@dataclass(frozen=True, slots=True)
class _Seen:
    """One sign on a page, what it is, and where."""

    what: Beside
    spot: Spot


def signs_of(options: Sequence[PrintedOption], sights: Mapping[int, Sight]) -> tuple[Beside, ...]:
    """Return the sign of each of a choice's options.

    As many signs as options are theirs one by one, in reading order; of fewer each is the nearest
    option's.
    """
    pages = {number: _Page(number, sight, options) for number, sight in sights.items()}
    near = [_signs_by(option, pages) for option in options]
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
        owners[int(np.argmin(rooms))].append(seen.what)
    return tuple(max(each, key=lambda one: (one.sign, one.is_clear)) for each in owners)


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
        if last and last.page == spot.page and _in_row(last.box, spot.box):
            rows[-1].append(number)
        else:
            rows.append([number])
    return [n for row in rows for n in sorted(row, key=lambda n: spots[n].box.left)]


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _in_row(one: Box, other: Box) -> bool:
    """Tell whether two boxes stand in one row: half of the lower one beside the other."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.5 * min(one.height, other.height)


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
        self._own = {box: _without_signs(box, sight) for box in own}
        others = [box for box in sight.options if box not in self._own]
        read = [word.box for word in sight.words if not _may_be_sign(word, sight)]
        marked = [*own, *others]
        phrases = [box for box in read if not any(_holds(box, each) for each in marked)]
        self._phrases = [
            _without_signs(box, sight) if any(_in_row(box, each) for each in own) else box
            for box in phrases
        ]
        self._printed = [*self._own.values(), *others, *self._phrases]

    def own(self, box: Box) -> Box:
        """Return an option's word without signs."""
        return self._own.get(box, box)

    def room_before(self, word: Box) -> Box:
        """Return the room before a word, as far as to the printed word before it."""
        room = self._sight.around(replace(word, right=word.left), REACH, ABOVE, BELOW)
        ends = [b.right for b in self._printed if _in_row(b, word) and b.right <= word.left]
        return Box(max([room.left, *ends]), room.top, word.left, room.bottom)

    def room_behind(self, word: Box, reach: float = REACH) -> Box:
        """Return the room behind a word, as far as to the printed word behind it."""
        room = self._sight.around(replace(word, left=word.right), reach, ABOVE, BELOW)
        starts = [b.left for b in self._printed if _in_row(b, word) and b.left >= word.right]
        return Box(word.right, room.top, min([room.right, *starts]), room.bottom)

    def tail(self, word: Box) -> Box:
        """Return the last word of the phrase that a word begins: «школьного образования ( )»."""
        row = sorted((b for b in self._phrases if _in_row(b, word)), key=lambda b: b.left)
        for _ in range(PHRASE):
            behind = next((b for b in row if b.left >= word.right), None)
            reach = self._sight.around(word, SPACE, 0.0, 0.0).right
            if behind is None or behind.left > reach:
                break
            word = behind
        return word

    def signs_in(self, room: Box, word: Box) -> list[_Seen]:
        """Return the signs in a room beside a word, in its row."""
        patch, x = self._sight.cut(room), self._sight.x_height
        if patch.grey.shape[1] < max(LEAST * x, NARROW):
            return []
        ink = patch.ink & ~hidden_by(likely_seals(self._sight.seals))(patch)
        ink &= ~grown(upright_borders(ink, x), 3, 3)
        strokes = strokes_in(closed(without_rules(ink, x), 2, 2))
        strokes = outside(strokes, [patch.rect(each) for each in self._printed], TAKEN)
        rects = [tuple(rect) for rect in strokes.boxes[strokes.kept].tolist()]
        level = [rect for rect in rects if _in_row(patch.box(rect), word)]
        bars = [rect for rect in level if _is_bar(ink, rect, x)]
        signs = list(_told([rect for rect in level if rect not in bars], ink, x))
        if any(what.is_clear for what, _ in signs):  # beside a box a letter is a word's
            signs = [(w, rect) for w, rect in signs if w.is_clear or _height(rect) > LETTER * x]
        edge = patch.rect(word)
        return [
            _Seen(what, Spot(self._number, patch.box(rect)))
            for what, rect in signs
            if not any(_is_between(bar, rect, edge) for bar in bars)
        ]


def _is_bar(ink: Mask, rect: Rect, x: float) -> bool:
    """Tell whether a stroke is a leaning straight line, as between two options: no sign."""
    left, top, right, bottom = rect
    rows, columns = np.nonzero(ink[top:bottom, left:right])
    if _height(rect) < TALL * x or _width(rect) < LEANING * x or rows.size < 3:
        return False
    spread = np.cov(np.stack([columns, rows]))
    leans = abs(spread[0, 1]) > LEANS * np.sqrt(spread[0, 0] * spread[1, 1])
    return bool(leans and np.sqrt(max(np.linalg.eigvalsh(spread)[0], 0.0)) < STRAIGHT * x)


def _is_between(bar: Rect, sign: Rect, word: Rect) -> bool:
    """Tell whether a bar parts a sign from a word."""
    return sign[2] <= bar[0] <= word[0] or word[2] <= bar[2] <= sign[0]


def _holds(box: Box, other: Box) -> bool:
    """Tell whether the middle of another box lies in one."""
    x, y = (other.left + other.right) / 2, (other.top + other.bottom) / 2
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def _without_signs(word: Box, sight: Sight) -> Box:
    """Return an option's word whole, but without signs that its outer letters' boxes reach over."""
    letters = _letters_of(word, sight)
    if len(letters) < 3:
        return word
    begun = next((n for n, letter in enumerate(letters) if letter.box.right > word.left), 0)
    head = "".join(letter.text for letter in letters[:begun]).rpartition("/")[2]
    if sum(map(str.isalnum, head)) > LED:
        word = replace(word, left=letters[0].box.left)
    boxes = [letter.box for letter in letters]
    usual = median(box.width for box in boxes)
    first = next(box for box in boxes if box.right > word.left)
    last = next(box for box in reversed(boxes) if box.left < word.right)
    before = _gaps(replace(word, right=first.right), sight) if first.width > BROAD * usual else []
    behind = _gaps(replace(word, left=last.left), sight) if last.width > BROAD * usual else []
    return replace(word, left=max([word.left, *before]), right=min([word.right, *behind]))


def _may_be_sign(word: Word, sight: Sight) -> bool:
    """Tell whether a word may be a sign: made of such marks, or a letter as high as a box («Ы»)."""
    if _SIGNS.fullmatch(word.text):
        return True
    least = HIGH * sight.x_height * sight.raster.dpi / WORK_DPI / sight.raster.height
    return word.box.height > least and sum(map(str.isalnum, word.text)) == 1


def _gaps(part: Box, sight: Sight) -> list[float]:
    """Return where white is between ink in a part of a row, wider than between letters."""
    patch = sight.cut(part)
    inked = np.flatnonzero(patch.ink.any(axis=0))
    wide = np.flatnonzero(np.diff(inked) > GAP * sight.x_height)
    share = part.width / max(1, patch.ink.shape[1])
    return [float(part.left + share * (inked[n] + inked[n + 1]) / 2) for n in wide]


def _letters_of(word: Box, sight: Sight) -> list[Letter]:
    """Return the letters of the read word that an option's word is, left to right."""
    x = (word.left + word.right) / 2
    read = (w for w in sight.words if _in_row(w.box, word) and w.box.left <= x <= w.box.right)
    return [letter for each in read for letter in each.letters]


def _told(rects: Sequence[Rect], ink: Mask, x: float) -> Iterator[tuple[Beside, Rect]]:
    """Yield the signs among strokes: pairs of brackets, boxes, and what else is large enough."""
    taken: set[Rect] = set()
    brackets = sorted(r for r in rects if _height(r) > TALL * x and _width(r) < SLENDER * x)
    for one, other in itertools.pairwise(brackets):
        between = other[0] - one[2]
        if one in taken or not INSIDE[0] * x <= between <= INSIDE[1] * x:
            continue
        within = [r for r in rects if one[2] <= r[0] and r[2] <= other[0]]
        is_set = any(
            max(_width(r), _height(r)) > LEAST * x and _height(r) > 0.4 * x for r in within
        )
        taken.update((one, other, *within))
        whole = (one[0], min(one[1], other[1]), other[2], max(one[3], other[3]))
        yield Beside(Sign.SET if is_set else Sign.EMPTY, True), whole
    for rect in rects:
        sides = _width(rect), _height(rect)
        if rect not in taken and min(sides) >= LEAST * x and max(sides) <= MOST * x:
            share = _inside(ink, rect, x)
            sign = Sign.SET if share is None or share > EMPTY else Sign.EMPTY
            yield Beside(sign, share is not None and not EMPTY < share < CROSSED), rect


def _width(rect: Rect) -> int:
    return rect[2] - rect[0]


def _height(rect: Rect) -> int:
    return rect[3] - rect[1]


def _inside(ink: Mask, rect: Rect, x: float) -> float | None:
    """Return the part of a box's inside that is inked; None where a stroke is no box."""
    left, top, right, bottom = rect
    short, long = sorted((_width(rect), _height(rect)))
    if short < BOX[0] * x or long > min(BOX[1] * x, SQUARE * short):
        return None
    part = ink[top:bottom, left:right]
    across, down = max(2, round(EDGE * _width(rect))), max(2, round(EDGE * _height(rect)))
    borders = (
        part[:down].any(axis=0), part[-down:].any(axis=0),
        part[:, :across].any(axis=1), part[:, -across:].any(axis=1),
    )  # fmt: skip
    if min(float(np.mean(border)) for border in borders) < CLOSED:
        return None
    inner = part[down:-down, across:-across]
    return float(inner.mean()) if inner.size else None
