"""A tick that a pen set before or across one option, where nothing is underlined or circled.

No official form asks for one, but people tick: before options in lines of their own, across words
within a sentence.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import cv2
import numpy as np

from intake.domain.geometry import Box
from intake.domain.ink import Mark, OptionInk
from intake.domain.placement import PrintedOption
from intake.engines.components import components
from intake.engines.ink.patch import Mask, Rect
from intake.engines.ink.seal import likely_seals
from intake.engines.ink.sight import Sight
from intake.engines.ink.sign_shapes import Beside, Sign
from intake.engines.ink.signs import signs_of
from intake.engines.ink.strokes import (
    rule_lines,
    stroke_width,
    strokes_in,
    without_crumbs,
    without_rules,
)
from intake.engines.ink.veil import hidden_by

BEFORE, ABOVE, BELOW = 9.0, 3.5, 2.0
"""Millimetres before, above and below an option's first word in which a tick stands."""
LEAST, MOST = 1.1, 4.5
"""Height and width of a tick, in small letters' heights: between a letter's and a ring's."""
TOWERING, INTO = 2.2, 4.0
"""Height, in small letters' heights, that no letter has, and how far into the first word, in
millimetres, a tick before it is looked for."""
FILLED = 0.45
"""Part of its box that a tick's two strokes cover at most."""
THICK = 1.8
"""How much thicker than the print's strokes a pen's is that crosses a word."""
TALL, WIDE = 1.6, 1.2
"""Height and width of a tick across a word at least, in small letters' heights: 1.8 and 1.5 of
those drawn by others; what else of words is so thick is no higher than 1.3."""
TINTED, FULL = (1.1, 0.8), 0.7
"""Height and width of a coloured tick at least, likewise, and part of its box that is inked at
most."""
TYPED_OVER = 0.02
"""Cost of an option's words from which its sign may be one of the «x» that it was typed over
with."""
AROUND = 5.0, 1.5, 1.2
"""Millimetres beside, above and below a word to which a pen's tick reaches."""
BOXED, LIKELY = 0.97, 0.8
"""Confidence of a cross in a box where others' are empty; of a tick, at which a person looks."""


def with_ticks(
    inks: Sequence[OptionInk],
    options: Sequence[PrintedOption],
    sights: Mapping[int, Sight],
    several: Collection[str],
) -> tuple[OptionInk, ...]:
    """Return the marks of the options, with ticks at the ticked ones of an unmarked choice.

    At the only one, but for choices that allow ``several``.
    """
    found = list(inks)
    for field in dict.fromkeys(option.field for option in options):
        mine = [n for n, option in enumerate(options) if option.field == field]
        if any(inks[n].mark is not Mark.NONE and inks[n].sure for n in mine):
            continue
        beside = signs_of([options[n] for n in mine], sights)
        is_marked = any(inks[n].mark is not Mark.NONE for n in mine)
        # all set, and one underlined as well: what stands before each is no tick
        is_clear = _are_clear(beside) and not (is_marked and _are_all_set(beside))
        if is_marked and not is_clear:
            continue
        ticked = [n for n, each in zip(mine, beside, strict=True) if each.sign is Sign.SET]
        is_typed_over = any(options[n].cost > TYPED_OVER for n in ticked)
        is_sure = is_clear or (_is_only(beside) and not is_typed_over)
        if not any(each.sign for each in beside):
            ticked = [n for n in mine if _is_ticked(options[n], sights)]
            ticked = ticked or [mine[n] for n in _penned([options[n] for n in mine], sights)]
        chosen = {options[n].option for n in ticked}
        if len(chosen) == 1 or field in several:
            for n in mine:
                mark = Mark.TICKED if n in ticked else Mark.NONE
                confidence = BOXED if is_sure else LIKELY if n in ticked else inks[n].confidence
                sure = is_sure or (n not in ticked and inks[n].sure)
                found[n] = replace(inks[n], mark=mark, confidence=confidence, sure=sure)
    return tuple(found)


def _are_clear(beside: Sequence[Beside]) -> bool:
    """Tell whether every option has a sign, and what is not set is surely an empty box."""
    empty = [each for each in beside if each.sign is Sign.EMPTY]
    told = empty or beside
    return all(each.sign for each in beside) and all(each.is_clear for each in told)


def _are_all_set(beside: Sequence[Beside]) -> bool:
    return all(each.sign is Sign.SET for each in beside)


def _is_only(beside: Sequence[Beside]) -> bool:
    """Tell whether one option alone has a sign, that is no other's: 45 such were all right."""
    marked = [each for each in beside if each.sign is Sign.SET]
    return len(marked) == 1 and len(beside) > 1 and marked[0].is_own


def _is_ticked(option: PrintedOption, sights: Mapping[int, Sight]) -> bool:
    """Tell whether a stroke higher than any letter stands before an option, or in its first word.

    A reader takes a tick for a letter of the word behind it, so it may reach into the words' boxes.
    """
    word = option.words[0]
    sight, box = sights[word.page], word.box
    edge = Box(box.left, box.top, box.left, box.bottom)
    room, into = (sight.around(edge, reach, ABOVE, BELOW) for reach in (BEFORE, INTO))
    return _has_tick(sight, replace(room, right=into.right))


def _has_tick(sight: Sight, room: Box) -> bool:
    """Tell whether a stroke of a tick's size, higher than letters, stands there."""
    patch, x = sight.cut(room), sight.x_height
    ink = patch.ink & ~hidden_by(likely_seals(sight.seals))(patch)
    strokes = without_crumbs(strokes_in(without_rules(ink, x)), rule_lines(ink, x), x)
    wide, tall = strokes.widths, strokes.heights
    filled = strokes.areas[strokes.kept] / (wide * tall)
    fits = (wide > LEAST * x) & (tall > TOWERING * x) & (wide < MOST * x) & (tall < MOST * x)
    return bool((fits & (filled < FILLED)).any())


def _penned(options: Sequence[PrintedOption], sights: Mapping[int, Sight]) -> list[int]:
    """Return the numbers of the options that a pen ticked: strokes of its own colour or breadth.

    Each is the nearest option's, whether it stands beside its words or runs across them.
    """
    owners = set[int]()
    for number, sight in sights.items():
        words = [
            (n, word.box) for n, each in enumerate(options) for word in each.words
            if word.page == number
        ]  # fmt: skip
        for tick in {tick for _, box in words for tick in _pen_strokes(sight, box)}:
            middle = (tick.top + tick.bottom) / 2
            level = replace(tick, top=middle, bottom=middle)  # in its row rather than below one
            far, owner = min((sight.apart(level, box), n) for n, box in words)
            owners |= {owner} if far < AROUND[0] else set()
    return sorted(owners)


def _pen_strokes(sight: Sight, word: Box) -> list[Box]:
    """Return the strokes near a word that are of a tick's size, coloured or thicker than print."""
    patch, x = sight.cut(sight.around(word, *AROUND)), sight.x_height
    free = ~hidden_by(likely_seals(sight.seals))(patch)
    ink = without_rules(patch.ink & free, x)
    if not ink.any():
        return []
    side = max(3, round(THICK * stroke_width(ink)[0]))
    block = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    thick = cv2.morphologyEx(ink.view(np.uint8), cv2.MORPH_OPEN, block).view(np.bool_)
    tinted = patch.coloured & free
    return [
        patch.box(rect)
        for mask, (tall, wide) in ((thick, (TALL, WIDE)), (tinted, TINTED))
        for rect in _of_size(mask, tall * x, wide * x, MOST * x)
    ]


def _of_size(mask: Mask, tall: float, wide: float, most: float) -> list[Rect]:
    """Return the rectangles of components so tall and wide, with white in them."""
    found = components(mask)
    return [
        (left, top, left + width, top + height)
        for left, top, width, height, area in found.stats[1:].tolist()
        if tall < height < most and wide < width < most and area < FULL * width * height
    ]
