"""What the evidence at a printed option says: its mark, how sure that is, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from intake.domain.ink import Mark, OptionInk
from intake.domain.placement import PrintedOption

HALF, MISREAD = 0.5, 0.05
"""Part struck through that is no letters' own ink, and cost of an option's words from which they
were typed over with «x», likeliest."""
PATCHY, GAPS, PLAINLY = 0.7, 0.2, 0.9
"""Part underlined below which, and part of the line that is gaps between pieces from which, an
option is no sure second to one that is marked as plainly: drawn lines have gaps of 0.05 at most,
tops of digits in the row below 0.3."""
LOST = 0.4
"""Part underlined by what was taken for a neighbour's ring, or runs through the letters of the row
below, from which it may be its own line."""
HIGH = 0.4
"""Height, in small letters, from which a stroke through a word strikes it out."""
CROSSED, TOUCHED = 0.42, 0.17
"""Height of its upper edge from which it does, however low it hangs, and up to which it underlines:
134 underlines had it at 0.12 at most, 21 strokes that struck out at 0.47 and more but for four."""
STRADDLED = 0.2, 0.6
"""Height of the upper edge of a stroke whose middle is at the baseline, from which it may strike
out (0.25 and 0.38), and up to which: bold letters' own ink reaches higher."""
CLEANLY, WHOLLY, BESIDE = 0.4, 0.95, 0.2
"""Height of a stroke that strikes out beyond doubt, part of the words that it runs through, and
part of them that may be underlined, too: 33 such were all right."""
INKED, PARTED = 0.8, 0.6
"""Part with coloured ink from which what lies below an option is no print, and part of the feet of
its letters that white parts from it: letters' own feet hang together with them."""
WHOLE = 0.8
"""Part underlined from which what runs through the letters is their own ink: bold, or blurred."""
WHOLE_RING = 0.95
"""Evidence of a ring from which it is beyond doubt."""
ABSTAINED = 0.6
"""Confidence of what may be seen otherwise."""
MISSED = 0.2
"""Part of an option in rows that were measured wrong, from which nothing is told of it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a mark at one option, each 0..1.

    ``under``: part underlined; ``word``: the same of its best underlined long
    word; ``ring``: how surely a ring goes round it; ``through``: part struck
    through, at ``height`` of the small letters, its upper edge at ``edge``;
    ``rule``: part of the other words of its rows that a line underlines too;
    ``stained``: part that a seal covers; ``tint``: part with coloured ink;
    ``lost``: part underlined by what was then taken for a neighbour's ring;
    ``beyond``: part of its rows below whose words a line goes on beyond them, as rules do;
    ``uneven``: part of it in rows whose small letters seem much lower than the others';
    ``parted``: part of the feet of its letters that white parts from the line below;
    ``gaps``: part of that line that is white between pieces of it;
    ``low``: part below which a line runs through the tall letters of the row below.
    """

    under: float
    word: float
    ring: float
    through: float
    height: float
    edge: float
    rule: float
    stained: float
    tint: float
    lost: float = 0.0
    beyond: float = 0.0
    uneven: float = 0.0
    parted: float = 0.0
    gaps: float = 0.0
    low: float = 0.0


def verdict(
    option: PrintedOption, seen: Evidence, rivals: Sequence[Evidence], *, several: bool
) -> OptionInk:
    """Decide one option's mark; abstain where its evidence lies between the two camps.

    Where ``several`` options may be chosen, one that is surely marked does not explain the ink
    at another.
    """
    scores = scores_of(seen)
    mark = max(scores, key=lambda each: scores[each])
    score = scores[mark]
    rival = max((max(scores_of(r).values()) for r in rivals), default=0.0)
    if rival > 0.75 and score < 0.4:
        score *= 0.5  # the other's stroke ran on a little
    elif rival < 0.2 and seen.word > 0.8 and score < 0.7 and mark is Mark.UNDERLINED:
        score = max(score, 0.72)  # one whole word of the phrase is underlined
    chance = float(1 / (1 + np.exp(-14.0 * (score - 0.48))))
    # «школьного образования» is underlined whole, though its first word alone says the option
    is_phrase = seen.beyond == 0 and bool(rivals) and rival < 0.2
    is_ruled = mark is Mark.UNDERLINED and chance >= 0.5 and not is_phrase
    doubt = max(seen.stained * 0.6, seen.rule if is_ruled else 0.0)
    chance = 0.5 + (chance - 0.5) * (1 - min(1.0, doubt))
    if chance < 0.5:
        stray = seen.tint > 0.5 and seen.stained < 0.1 and rival < 0.6
        is_near = max(seen.lost, seen.low) > LOST and (several or rival < 0.6)
        unexplained = stray or is_near
        return _answer(option, Mark.NONE, (1 - chance) * (0.6 if unexplained else 1.0))
    is_typed_over = mark is Mark.UNDERLINED and option.cost > MISREAD and seen.through > HALF
    if is_typed_over or _may_be_otherwise(mark, seen, rivals, rival):
        return _answer(option, mark, ABSTAINED)
    if mark is Mark.STRUCK and not _is_clean(seen):
        return replace(_answer(option, mark, chance), sure=False)
    return _answer(option, mark, chance)


def _may_be_otherwise(mark: Mark, seen: Evidence, rivals: Sequence[Evidence], rival: float) -> bool:
    """Tell whether what shows as a mark may be another, or another option's."""
    if seen.uneven > MISSED:
        return True  # a stroke through a whole row was taken for where its letters stand
    if mark is Mark.CIRCLED:  # the other's ring, whose arc runs through it
        return seen.ring < WHOLE_RING < max((each.ring for each in rivals), default=0.0)
    if mark is not Mark.UNDERLINED:
        return False
    low, high = STRADDLED
    is_struck = seen.through > HALF and _is_crossed(seen, TOUCHED)  # or underlined high
    # thick, through letters' feet; where nothing runs through them the feet may be taken for it,
    # of a row measured too high, but for coloured ink and a line clear of them
    is_clear = seen.through == 0 and (seen.tint > INKED or seen.parted > PARTED)
    is_through = not is_clear and seen.height > -0.05 and low < seen.edge < high
    # feet of letters that run together on a worn scan, or tops of tall digits below
    is_patchy = (seen.under < PATCHY or seen.gaps > GAPS) and rival > PLAINLY
    return is_struck or is_through or is_patchy


def _is_clean(seen: Evidence) -> bool:
    """Tell whether a stroke runs through all of the words at their middle, and nothing else."""
    return seen.height >= CLEANLY and seen.through >= WHOLLY and seen.under <= BESIDE


def _answer(option: PrintedOption, mark: Mark, confidence: float) -> OptionInk:
    return OptionInk(option.field, option.option, mark, confidence, sure=confidence > 0.85)


def _is_crossed(seen: Evidence, height: float) -> bool:
    """Tell whether a stroke's upper edge lies above a height, and no other stroke underlines."""
    return seen.edge >= height and seen.under < WHOLE


def scores_of(seen: Evidence) -> dict[Mark, float]:
    """Return how strongly each mark shows, 0..1."""
    is_high = (seen.height >= HIGH and seen.under < 0.25) or _is_crossed(seen, CROSSED)
    strikes = seen.through > 0.6 and is_high
    low = seen.through if seen.through > 0.6 and not strikes else 0.0
    under = 0.0 if strikes else seen.under + (1 - seen.under) * low
    return {
        Mark.UNDERLINED: under * (1 - 0.8 * max(0.0, seen.ring - 0.4)),
        Mark.CIRCLED: seen.ring,
        Mark.STRUCK: seen.through if strikes else 0.0,
    }
