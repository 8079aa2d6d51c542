"""Grades marks of a notice: choices, signatures, seals."""

from __future__ import annotations

from intake.domain.geometry import Box
from intake.domain.ink import Ink
from intake.domain.notice import Flag, Reading, State
from intake.domain.placement import Placement
from intake.domain.template import FieldKind, FieldRule, words_of_options
from intake.fields.choices import grade_alone, grade_choice
from intake.fields.graded import Graded, Note, distinct
from intake.fields.marks import grade_presence
from intake.stages.desk import Desk, missing


def marked_reading(rule: FieldRule, placement: Placement, ink: Ink, desk: Desk) -> Reading:
    """Return the reading of a field that is marked, not written: a choice, a signature, a seal."""
    if rule.kind in (FieldKind.SIGNATURE, FieldKind.SEAL):
        return _presence(rule, ink, desk)
    return _choice(rule, placement, ink, desk)


def _presence(rule: FieldRule, ink: Ink, desk: Desk) -> Reading:
    presence = ink.presences.get(rule.name)
    if presence is None:
        return missing(rule)
    graded = grade_presence(presence)
    page, box = (presence.spot.page, presence.spot.box) if presence.spot else (None, None)
    absent = rule.required and not presence.present
    return _marked(rule, graded, (page, _scanned(page, box, desk)), desk, required_blank=absent)


def _choice(rule: FieldRule, placement: Placement, ink: Ink, desk: Desk) -> Reading:
    inks = [each for each in ink.options if each.field == rule.name]
    printed = [each for each in placement.options if each.field == rule.name]
    if not printed:  # where the form prints it, an answer in other words may stand
        blocks = (each for each in placement.wording.blocks if each.name in placement.blocks)
        return missing(rule, traced=any(words_of_options(each, rule.name) for each in blocks))
    graded = grade_choice(inks, rule.options, several=rule.several)
    is_marked = rule.name in placement.asked and graded.notes != (Note.MARK_NONE,)
    if rule.name in placement.alone and not is_marked:
        said = [o for o in rule.options if any(each.option == o for each in printed)]
        graded = grade_alone(inks, said, is_asked=rule.name in placement.asked)
    chosen = [each for each in printed if graded.value and each.option in graded.value.split(",")]
    spots = [spot for each in (chosen or printed) for spot in each.spots]
    page = spots[0].page
    box = Box.around(spot.box for spot in spots if spot.page == page)
    absent = rule.required and graded.value is None and not graded.flags
    place = (page, _scanned(page, box, desk))
    return _marked(rule, graded, place, desk, required_blank=absent)


def _marked(
    rule: FieldRule,
    graded: Graded,
    place: tuple[int | None, Box | None],
    desk: Desk,
    *,
    required_blank: bool,
) -> Reading:
    """Return the reading of marks: a choice, a signature, a seal."""
    confidence = desk.calibration.confidence(rule.kind, graded.evidence)
    state = State.READ if graded.value is not None else State.BLANK
    flags = list(graded.flags)
    if required_blank:
        flags.append(Flag.REQUIRED_BLANK)
    elif state is State.READ and desk.calibration.is_doubtful(rule.kind, confidence):
        flags.append(Flag.LOW_CONFIDENCE)
    page, box = place
    return Reading(
        graded.value,
        graded.text,
        state,
        confidence,
        distinct(flags),
        page,
        box,
        graded.candidates,
        tuple(map(str, graded.notes)),
        graded.evidence,
    )


def _scanned(page: int | None, box: Box | None, desk: Desk) -> Box | None:
    if page is None or box is None:
        return None
    return desk.transforms[page].box_as_scanned(box)
