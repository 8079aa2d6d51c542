"""Which printed options are chosen, from the marks found at them.

A choice is what is underlined, circled, ticked or bold. Where the writer struck out the
unwanted options instead, the ones left are chosen.
"""

from __future__ import annotations

from collections.abc import Sequence

from intake.domain.ink import Mark, OptionInk
from intake.domain.notice import Candidate, Flag
from intake.fields.graded import Graded, Note, distinct

LIKELY = 0.6
"""Confidence of a line below up to which it may be a stroke that is to strike out."""
_CHOSEN = (Mark.UNDERLINED, Mark.CIRCLED, Mark.TICKED, Mark.BOLD)


def grade_choice(inks: Sequence[OptionInk], options: Sequence[str], *, several: bool) -> Graded:
    """Return the chosen options, joined by a comma in the form's order; None where none is.

    ``inks`` has the mark at each printed option of one field (an option printed
    twice counts as marked where either print is); ``several`` allows more than
    one option at once. An inspector that abstained, options that exclude each
    other, options marked in different ways, an option that was not found beside one that is
    marked, and doubted strike-outs are ``ambiguous``. No
    mark at all is a blank without a flag: whether a blank is allowed is the form's rule.
    """
    chosen, notes = _chosen(inks, options)
    if len(chosen) > 1 and not several:
        notes = (*notes, Note.MARK_BOTH)
    told = {Mark.STRUCK} if Note.MARK_STRUCK in notes else set()
    unsure = any(not ink.sure and ink.mark not in told for ink in inks)
    unseen = bool(chosen) and not {ink.option for ink in inks} >= set(options)
    if unsure or unseen or _are_unlike(inks, chosen):
        notes = (*notes, Note.MARK_UNSURE)
    settled = chosen if several or len(chosen) == 1 else ()
    return Graded(
        ",".join(settled) or None,
        ",".join(chosen),
        _candidates(inks, options, several=several),
        (Flag.AMBIGUOUS,) if notes else (),
        distinct(notes) if notes or chosen else (Note.MARK_NONE,),
        _evidence(inks, len(chosen)),
    )


def grade_alone(inks: Sequence[OptionInk], options: Sequence[str], *, is_asked: bool) -> Graded:
    """Return the only options that the paper says: chosen unless struck out, marked or not.

    ``is_asked`` tells that it asks for a mark nevertheless: whether one was forgotten is asked.
    """
    notes = (Note.MARK_STRUCK,) if any(ink.mark is Mark.STRUCK for ink in inks) else ()
    if any(ink.mark is Mark.UNDERLINED and ink.confidence <= LIKELY for ink in inks):
        notes = (*notes, Note.MARK_UNSURE)
    notes = (*notes, Note.MARK_NONE) if is_asked else notes
    value = ",".join(options)
    return Graded(
        value,
        value,
        (Candidate(value, 0.9, "text"),),
        (Flag.AMBIGUOUS,) if notes else (),
        notes,
        _evidence([], len(options)) | {"options_seen": 1.0, "mark_min": 1.0},
    )


def _are_unlike(inks: Sequence[OptionInk], chosen: Sequence[str]) -> bool:
    """Tell whether one option is underlined and another circled: nobody marks both ways."""
    marks = {ink.mark for ink in inks if ink.option in chosen and ink.mark in _CHOSEN}
    return len(chosen) > 1 and len(marks) > 1


def _chosen(
    inks: Sequence[OptionInk], options: Sequence[str]
) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    marked = {ink.option for ink in inks if ink.mark in _CHOSEN}
    struck = {ink.option for ink in inks if ink.mark is Mark.STRUCK}
    if marked:
        kept = tuple(option for option in options if option in marked)
        as_printed = set(options) - struck - marked  # nobody strikes out one of the others alone
        doubtful = struck & marked or (struck and as_printed)
        return kept, (Note.MARK_STRUCK,) if doubtful else ()
    if not struck:
        return (), ()
    seen = {ink.option for ink in inks}
    left = tuple(o for o in options if o in seen and o not in struck)
    is_clear = bool(left) and all(ink.sure for ink in inks if ink.option in struck)
    return left, () if is_clear else (Note.MARK_STRUCK,)


def _candidates(
    inks: Sequence[OptionInk], options: Sequence[str], *, several: bool
) -> tuple[Candidate, ...]:
    scores = dict.fromkeys(options, 0.0)
    for ink in inks:
        chance = ink.confidence if ink.mark in _CHOSEN else 1.0 - ink.confidence
        scores[ink.option] = max(scores.get(ink.option, 0.0), chance)
    found = [Candidate(option, score, "mark") for option, score in scores.items()]
    if several and len(options) > 1:
        found.append(Candidate(",".join(options), min(scores.values()), "mark"))
    return tuple(sorted(found, key=lambda candidate: -candidate.score))


def _evidence(inks: Sequence[OptionInk], chosen: int) -> dict[str, float]:
    return {
        "options_seen": float(len({ink.option for ink in inks})),
        "chosen": float(chosen),
        "struck": float(sum(ink.mark is Mark.STRUCK for ink in inks)),
        "mark_min": min((ink.confidence for ink in inks), default=0.0),
        "unsure": float(sum(not ink.sure for ink in inks)),
    }
