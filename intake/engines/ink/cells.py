"""Borders of table cells, taken out before marks are looked for: one below an option is no line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from intake.engines.components import components
from intake.engines.ink.patch import Mask, Patch, closed, grown, opened
from intake.engines.ink.rows import Row

LONG, TALL = 6.0, 4.2
"""Length of a level border, height of an upright one at least, in small letters' heights."""
THIN = 0.4
"""How thick a border is at most."""
BEFORE, BEHIND, BETWEEN = 2.5, 5.0, 4.5
"""How far a border leads past the words above it, to the left and right, and past a gap between
two of them, in small letters' heights; no underline does."""
ABOVE, UNDER = 1.3, 1.7
"""How far above and below a row's baseline a line stands that may strike its words out, or
underline them, in small letters' heights."""
LETTER, HEAD, FEET = 0.6, 1.3, 0.6
"""Height of upright ink that is a letter's, and how far above and below a line it counts, in the
same."""
FLUSH = 0.6
"""How near to its words' ends a line begins and ends that underlines them."""
GOES_ON = 0.6
"""Part of the room beyond its end that is inked at least where a border goes on."""
SIGN = 1.0
"""How far the sign behind them may go on beyond it, or it beyond them for a space."""
BORDER = 2.0
"""How far within a word that was read with its cell's border that stands."""
_CORNER = 0.7
"""How near to an upright border a level one ends that meets it."""


def without_cells(patch: Patch, rows: Sequence[Row]) -> Patch:
    """Return the patch with the borders of cells painted over, level and upright ones.

    What crosses a border is cut there by the border's own thickness.
    """
    x = float(np.median([row.x_height for row in rows])) if rows else 0.0
    if x <= 0:
        return patch
    upright = upright_borders(patch.ink, x)
    borders = upright | _level(patch.ink, upright, rows, x)
    if not borders.any():
        return patch
    pixels = patch.pixels.copy()
    paper = patch.paper.paper if pixels.ndim == 3 else patch.paper.bright
    pixels[grown(borders, 3, 3)] = np.asarray(paper).round().astype(np.uint8)
    return replace(patch, pixels=pixels)


def upright_borders(ink: Mask, x: float) -> Mask:
    """Return the thin upright lines that are higher than letters are."""
    thin = ink & ~opened(ink, max(4, round(THIN * x)), 1)
    joined = opened(grown(closed(thin, 1, 7), 5, 1), 1, round(TALL * x))
    return np.asarray(joined & ink, np.bool_)


def _level(ink: Mask, upright: Mask, rows: Sequence[Row], x: float) -> Mask:
    """Return the long level lines that are borders: they meet upright ones, or lead past words."""
    thin = ink & ~opened(ink, 1, max(4, round(THIN * x)))
    joined = closed(thin, max(3, round(0.5 * x)), 1)
    found = components(opened(grown(joined, 1, 3), round(LONG * x), 1))
    sides = grown(upright, 2 * round(_CORNER * x) + 1, 2 * round(0.3 * x) + 1)
    letters = opened(ink, 1, max(3, round(LETTER * x))) & ~upright
    chosen = np.zeros(found.count, np.bool_)
    for number in range(1, found.count):
        left, top, wide, tall, _ = found.stats[number].tolist()
        ends = left, left + wide
        meets = [_meets(sides, at, top, top + tall) for at in (left, left + wide - 1)]
        words = _words_at(ends, top + tall / 2, rows, letters, x)
        words = _behind_border(words, upright[_zone(top + tall / 2, x)], x)
        free = _free_ends(ink, ends, top, tall, x)
        is_mark = _spans(words, ends, x) and any(free)
        runs_out = not meets[0] and meets[1] and free[0] and _begins_at(words, ends, x)
        chosen[number] = not runs_out and (
            all(meets) or (any(meets) and not is_mark) or _leads_past(*ends, words, x)
        )
    return np.asarray(found.where(chosen) & ink, np.bool_)


def _meets(sides: Mask, at: int, top: int, bottom: int) -> bool:
    return bool(sides[top:bottom, at].any())


def _zone(middle: float, x: float) -> slice:
    """Return the rows in which letters stand that a line at a height is a mark at."""
    return slice(max(0, int(middle - HEAD * x)), max(0, int(middle + FEET * x)))


def _words_at(
    ends: tuple[int, int], middle: float, rows: Sequence[Row], letters: Mask, x: float
) -> list[tuple[int, int]]:
    """Return the columns of what a line may be a mark at, from left to right.

    Words that were read above it, or under it, and letters there that were not: a stroke through a
    word makes it unreadable.
    """
    left, right = ends
    near = [row for row in rows if -ABOVE * x < middle - row.baseline < UNDER * x]
    words = [
        (word[0], word[2]) for row in near for word in row.words
        if word[2] > left and word[0] < right
    ]  # fmt: skip
    if not words:
        return []
    zone = letters[_zone(middle, x), left:right]
    inked = np.flatnonzero(zone.any(axis=0)) + left
    return sorted((*words, *((int(at), int(at) + 1) for at in inked)))


def _behind_border(
    words: Sequence[tuple[int, int]], upright: Mask, x: float
) -> list[tuple[int, int]]:
    """Return words that begin behind their cell's border: struck out, one is read with that."""
    sides = np.flatnonzero(upright.any(axis=0))

    def start(word: tuple[int, int]) -> int:
        within = sides[(sides >= word[0]) & (sides < min(word[0] + BORDER * x, word[1]))]
        return int(within[-1]) + 1 if within.size else word[0]

    return sorted((start(word), word[1]) for word in words)


def _spans(words: Sequence[tuple[int, int]], ends: tuple[int, int], x: float) -> bool:
    """Tell whether a line begins and ends with words: it underlines what begins at a border."""
    over = [
        word for word in words
        if 2 * (min(word[1], ends[1]) - max(word[0], ends[0])) > word[1] - word[0]
    ]  # fmt: skip
    if not over:
        return False
    first, last = over[0][0], max(end for _, end in over)
    # a comma or slash behind the last word was read with it, a space is struck out with it
    return abs(first - ends[0]) < FLUSH * x and abs(last - ends[1]) < SIGN * x


def _begins_at(words: Sequence[tuple[int, int]], ends: tuple[int, int], x: float) -> bool:
    """Tell whether a line begins with a word: the space up to its cell's end is underlined, too."""
    over = [word for word in words if word[1] > ends[0]]
    return bool(over) and abs(over[0][0] - ends[0]) < FLUSH * x


def _free_ends(ink: Mask, ends: tuple[int, int], top: int, tall: int, x: float) -> list[bool]:
    """Tell whether there is white beyond either end of a line, but for a stroke of a letter.

    A border goes on under a seal's ink.
    """
    rows, room = slice(max(0, top - 2), top + tall + 2), max(2, round(FLUSH * x))
    beyond = ink[rows, max(0, ends[0] - room) : ends[0]], ink[rows, ends[1] :][:, :room]
    return [not part.size or float(part.any(axis=0).mean()) < GOES_ON for part in beyond]


def _leads_past(left: int, right: int, words: Sequence[tuple[int, int]], x: float) -> bool:
    """Tell whether a line is no mark at the words that it is near: it goes on where none are."""
    if not words:
        return False
    ends = np.maximum.accumulate([end for _, end in words])
    gaps = [start - end for (start, _), end in zip(words[1:], ends, strict=False)]
    return bool(
        words[0][0] - left > BEFORE * x
        or right - ends[-1] > BEHIND * x
        or max(gaps, default=0) > BETWEEN * x
    )
