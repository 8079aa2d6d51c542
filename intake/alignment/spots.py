"""Where values stand: around their letters or, where none was read, between the print."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from statistics import median

from intake.domain.geometry import Box
from intake.domain.placement import PlacedLetter, Spot

_MARGIN = 0.02
"""Room beside a neighbour, as a share of the page's width, that can be written in."""

_TOWERING = 1.8
"""Heights of a line's usual letter above which one is a pen stroke, or two lines in one."""

_TOUCHING, _BESIDE = 0.004, 0.5
"""Share of the page's width by which a blank ends at a word, and of its height that is level."""

_ASIDE = 0.15
"""Share of the page's width between a value and print from which they do not belong together."""

_FAR_ACROSS, _FAR_DOWN = 12.0, 3.0
"""White within a value, in widths and heights of its letters, from which it is two things."""


def line_around(boxes: Sequence[Box]) -> Box:
    """Return the box of one line of letters, as high as all but the towering ones."""
    usual = median(box.height for box in boxes)
    rows = [box for box in boxes if box.height <= _TOWERING * usual]
    high, wide = Box.around(rows), Box.around(boxes)
    return Box(wide.left, high.top, wide.right, high.bottom)


def parts_of(letters: Sequence[PlacedLetter]) -> list[tuple[int, int]]:
    """Return the runs (start, end) of letters that wide white parts from each other."""
    wide = median([each.letter.box.width for each in letters] or [0.0])
    high = median([each.letter.box.height for each in letters] or [0.0])  # «»» is a low sign
    cuts = [
        number
        for number, (one, other) in enumerate(pairwise(letters), 1)
        if one.page != other.page
        or other.letter.box.left - one.letter.box.right > _FAR_ACROSS * wide
        or other.letter.box.top - one.letter.box.bottom > _FAR_DOWN * high
    ]
    return list(pairwise([0, *cuts, len(letters)]))


def apart(one: PlacedLetter | None, other: PlacedLetter | None) -> float:
    """Return how far a letter stands from the next one: in its row, else at least a page's width.

    Fractions of the page, in another row down and across: a stamp in the margin is farther than
    the next line. Endless where there is none, or on another page.
    """
    if one is None or other is None or one.page != other.page:
        return inf
    a, b = one.letter.box, other.letter.box
    if a.top < b.bottom and b.top < a.bottom and a.left < b.left:
        return b.left - a.right
    return 1.0 + abs(b.top - a.bottom) + max(0.0, a.left - b.right, b.left - a.right)


def holds(spot: Spot, placed: PlacedLetter) -> bool:
    """Tell whether the middle of a letter stands in a place."""
    return spot.page == placed.page and spot.box.holds(placed.letter.box)


def stands_aside(
    spots: Sequence[Spot], before: PlacedLetter | None, after: PlacedLetter | None
) -> bool:
    """Tell whether a value stands far to one side of the print on either side of its blank."""
    near = [p.letter.box for p in (before, after) if p and p.page == spots[0].page]
    box = Box.around(spot.box for spot in spots)
    return all(max(box.left - o.right, o.left - box.right) > _ASIDE for o in near) and bool(near)


def gap_between(
    before: PlacedLetter | None, after: PlacedLetter | None, letters: Sequence[PlacedLetter]
) -> tuple[Spot, ...]:
    """Return where an unread value would be: between two printed neighbours, one spot a line."""
    if before is None or after is None or before.page != after.page:
        return _gap_beside(before, after, letters)
    one, other = before.letter.box, after.letter.box
    if other.top < one.bottom and one.right < other.left:  # on one line
        top, bottom = min(one.top, other.top), max(one.bottom, other.bottom)
        return (Spot(before.page, Box.clipped(one.right, top, other.left, bottom)),)
    return _gap_beside(before, None, letters) + _gap_beside(None, after, letters)


def lines_between(
    before: PlacedLetter, after: PlacedLetter, letters: Sequence[PlacedLetter]
) -> tuple[Spot, ...]:
    """Return the whole lines between two printed neighbours, as one spot, where there are any."""
    left, right = _margins(before.page, letters)
    top, bottom = before.letter.box.bottom, after.letter.box.top
    if bottom - top < before.letter.box.height:
        return ()
    return (Spot(before.page, Box.clipped(left, top, right, bottom)),)


def _gap_beside(
    before: PlacedLetter | None, after: PlacedLetter | None, letters: Sequence[PlacedLetter]
) -> tuple[Spot, ...]:
    """Return the rest of the line after one neighbour and before the other, where wide enough."""
    spots: list[Spot] = []
    if before is not None:
        _, right = _margins(before.page, letters)
        box = before.letter.box
        if right - box.right > _MARGIN:
            spots.append(Spot(before.page, Box.clipped(box.right, box.top, right, box.bottom)))
    if after is not None:
        left, _ = _margins(after.page, letters)
        box = after.letter.box
        if box.left - left > _MARGIN:
            spots.append(Spot(after.page, Box.clipped(left, box.top, box.left, box.bottom)))
    return tuple(spots)


def beside_print(spot: Spot, print_: Sequence[Spot]) -> Spot:
    """Return an empty blank's place without what is printed or written in its row for another.

    It ends at the print that it lies before, else begins at the print behind which it lies.
    ``print_`` are words of the form and values of other fields.
    """
    box = spot.box
    row = [o.box for o in print_ if o.page == spot.page and _is_beside(o.box, box)]
    is_before = any(abs(other.left - box.right) < _TOUCHING for other in row)
    within = [other for other in row if box.left < (other.left + other.right) / 2 < box.right]
    left = max((o.right for o in within), default=box.left) if is_before else box.left
    right = box.right if is_before else min((o.left for o in within), default=box.right)
    return Spot(
        spot.page, Box.clipped(max(left, box.left), box.top, min(right, box.right), box.bottom)
    )


def _is_beside(box: Box, other: Box) -> bool:
    down = min(box.bottom, other.bottom) - max(box.top, other.top)
    return down > _BESIDE * min(box.height, other.height)


def _margins(page: int, letters: Sequence[PlacedLetter]) -> tuple[float, float]:
    """Return the left and right edge of the text of a page, a stray speck at the rim left out."""
    boxes = [placed.letter.box for placed in letters if placed.page == page]
    lefts = sorted(box.left for box in boxes)
    rights = sorted(box.right for box in boxes)
    cut = len(boxes) // 100
    return lefts[cut], rights[-1 - cut]


def spots_of(letters: Sequence[PlacedLetter]) -> tuple[Spot, ...]:
    """Return one spot for every line of letters."""
    return tuple(
        Spot(line[0].page, line_around([p.letter.box for p in line])) for line in lines_of(letters)
    )


def lines_of(letters: Sequence[PlacedLetter]) -> list[list[PlacedLetter]]:
    """Return letters line by line."""
    lines: list[list[PlacedLetter]] = []
    for placed in letters:
        if placed.starts_line or not lines:
            lines.append([])
        lines[-1].append(placed)
    return lines
