"""An option set in bold letters, where nothing else marks one.

No official form asks for it, but who fills one in with a word processor may choose so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from intake.domain.geometry import Box
from intake.domain.ink import Mark, OptionInk
from intake.domain.placement import PrintedOption
from intake.engines.ink.seal import likely_seals
from intake.engines.ink.sight import Sight
from intake.engines.ink.strokes import stroke_width, without_rules
from intake.engines.ink.ticks import LIKELY
from intake.engines.ink.veil import hidden_by

BOLDER = 1.25
"""How much thicker the strokes of bold letters are than those of every other option."""


def with_bold(
    inks: Sequence[OptionInk], options: Sequence[PrintedOption], sights: Mapping[int, Sight]
) -> tuple[OptionInk, ...]:
    """Return the marks of the options, with the only bold one of each unmarked choice."""
    found = list(inks)
    for field in dict.fromkeys(option.field for option in options):
        mine = [n for n, option in enumerate(options) if option.field == field]
        if len(mine) < 2 or any(inks[n].mark is not Mark.NONE for n in mine):
            continue
        widths = {n: _width(options[n], sights) for n in mine}
        boldest = max(mine, key=lambda n: widths[n])
        others = [widths[n] for n in mine if options[n].option != options[boldest].option]
        if others and min(others) > 0 and widths[boldest] >= BOLDER * max(others):
            found[boldest] = replace(found[boldest], mark=Mark.BOLD, confidence=LIKELY, sure=False)
    return tuple(found)


def _width(option: PrintedOption, sights: Mapping[int, Sight]) -> float:
    """Return the usual width of an option's strokes, in small letters' heights."""
    widths = [_width_in(spot.box, sights[spot.page]) for spot in option.words]
    return median(widths) if widths else 0.0


def _width_in(box: Box, sight: Sight) -> float:
    patch, x = sight.cut(box), sight.x_height
    ink = patch.ink & ~hidden_by(likely_seals(sight.seals))(patch)
    return stroke_width(np.ascontiguousarray(without_rules(ink, x)))[0] / x
