"""Turns what was found on a notice into graded, checked and calibrated field values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from intake.domain.document import Document
from intake.domain.geometry import Box, Transform
from intake.domain.ink import Ink, Mark
from intake.domain.notice import Flag, Notice, Reading, State
from intake.domain.placement import Placement
from intake.domain.template import FieldKind, FieldRule, gaps_of
from intake.domain.text import Line
from intake.fields.checks import Facts, Finding, cross_check
from intake.fields.choices import grade_choice
from intake.fields.confidence import Calibration, is_vouched
from intake.fields.graded import Graded, Note, distinct
from intake.fields.grading import Grader, judged_as
from intake.fields.identifiers import grade_pair
from intake.fields.marks import PRESENT, grade_presence
from intake.stages.weigh import weigh
from intake.stages.writing import Writing, among_others, writing_of

TRACE = 0.1
"""Ink, as a share of typing, below which letters that were read are taken for specks."""
SPECK = 2
"""Letters that may be a piece of the form's own print beside a blank."""
WORD = 4
"""Letters that are no specks, however little ink is counted for theirs."""
_OF_SECOND = ("agree", "both_exact", "second")
STRAY = 2
"""Letters in or beside a blank that nothing explains, from which it may not be blank."""
_MARKS = (FieldKind.CHOICE, FieldKind.SIGNATURE, FieldKind.SEAL)
_WHOLE = (FieldKind.TEXT, FieldKind.NUMBER, FieldKind.ADDRESS, FieldKind.NAME)
"""Kinds in which nothing but ink tells that a part is missing; no pen crosses them as a name."""
_SPELLED = (FieldKind.ADDRESS, FieldKind.NAME, FieldKind.DATE)
"""Kinds that nobody is asked about, where they are vouched for, because the other reader has other
words: 22 such were right."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a notice is held against: its document, the way back to its pages, the rules.

    ``contradicted`` are the places, on the straightened pages by number, where
    the file's own text says other than the picture.
    """

    document: Document
    transforms: Mapping[int, Transform]
    grader: Grader
    calibration: Calibration
    provenance: Mapping[str, object]
    contradicted: Mapping[int, tuple[Box, ...]] = field(default_factory=dict)


def validate(
    placement: Placement, ink: Ink, second: Mapping[str, tuple[Line, ...]], desk: Desk
) -> Notice | None:
    """Return the notice with all fields of its form; None for a form that nobody filled in.

    ``second`` is an independent reading of the fields' places, one line a spot.
    """
    rules, words = placement.template.fields, desk.grader.reference.words
    each = {
        name: writing_of(rule, placement, ink, second.get(name, ()), words)
        for name, rule in rules.items()
        if rule.kind not in _MARKS
    }
    writings = among_others(each)
    paired = _paired_numbers(rules, writings, desk)
    traced = _traced_fields(placement)
    readings = {
        name: _marks(rule, placement, ink, desk)
        if rule.kind in _MARKS or _is_marked_instead(rule, writings.get(name))
        else _text(rule, writings.get(name), desk, paired.get(name), traced=name in traced)
        for name, rule in rules.items()
    }
    if _is_unfilled(placement, readings):
        return None
    weigh(placement, readings)
    facts = Facts(
        {name: reading.value for name, reading in readings.items()},
        addressed(placement, readings),
        desk.grader.reference,
        desk.grader.today,
    )
    findings = cross_check(placement.template.checks, facts)
    for finding in findings:
        readings[finding.field] = _found_at(readings[finding.field], finding)
    reasons = tuple(f"{f.note}: {f.field}" for f in findings if f.flag is None)
    return Notice(
        desk.document.source,
        desk.document.sha256,
        placement.pages,
        placement.template.name,
        placement.template.version,
        placement.language,
        readings,
        reasons,
        desk.provenance,
    )


def addressed(placement: Placement, readings: Mapping[str, Reading]) -> dict[str, bool | None]:
    """Return, for each addressee block, whether the notice goes to whom it names.

    A block with blanks counts where one was filled in. One without any (the
    Ministry's) stands on every official form, so it only says something where
    the other addressees were left out.
    """
    asked = {
        block
        for check in placement.template.checks
        if check.rule == "addressee"
        for needed in check.settings.values()
        if isinstance(needed, list)
        for block in needed
    }
    gaps = {block.name: gaps_of(block) for block in placement.wording.blocks if block.name in asked}
    there = {name for name in gaps if name in placement.blocks}
    return {name: _goes_to(name, fields, there, readings) for name, fields in gaps.items()}


def _goes_to(
    name: str, fields: frozenset[str], there: set[str], readings: Mapping[str, Reading]
) -> bool | None:
    if name not in there:
        return False if there else None
    if fields:
        return any(readings[field].state in (State.READ, State.UNREADABLE) for field in fields)
    return True if len(there) == 1 else None


def _found_at(reading: Reading, finding: Finding) -> Reading:
    flags = (*reading.flags, finding.flag) if finding.flag else reading.flags
    return replace(
        reading, flags=distinct(flags), notes=distinct((*reading.notes, str(finding.note)))
    )


def _is_unfilled(placement: Placement, readings: Mapping[str, Reading]) -> bool:
    """Tell a blank form from a notice: nothing written, not signed, not sealed.

    Dirt in one blank is no writing where nothing could be read on the form.
    """
    rules = placement.template.fields
    values = [each for name, each in readings.items() if rules[name].kind not in _MARKS]
    unread = [e for e in values if e.state is State.UNREADABLE and not _is_speck(e)]
    by_hand = any(Flag.HANDWRITTEN in each.flags for each in unread)
    written = by_hand or len(unread) > 1 or any(each.state is State.READ for each in values)
    marked = any(reading.value == PRESENT for reading in readings.values())
    return not (written or marked)


def _paired_numbers(
    rules: Mapping[str, FieldRule], writings: Mapping[str, Writing | None], desk: Desk
) -> dict[str, Graded]:
    """Grade INN and OKPO of one organisation together: people write one in the other's place."""
    graded: dict[str, Graded] = {}
    for name, rule in rules.items():
        other = name.removesuffix("_inn") + "_okpo"
        inn, okpo = writings.get(name), writings.get(other)
        if rule.kind is FieldKind.INN and inn and okpo and (inn.has_text or okpo.has_text):
            pair = grade_pair(inn.written, okpo.written, today=desk.grader.today)
            graded |= dict(zip((name, other), pair, strict=True))
    return graded


def _is_speck(reading: Reading) -> bool:
    """Tell whether what could not be read was no more than a letter or two, and no hand's."""
    letters = sum(map(str.isalnum, reading.text))
    return 0 < letters <= SPECK and Flag.HANDWRITTEN not in reading.flags


def _is_marked_instead(rule: FieldRule, writing: Writing | None) -> bool:
    """Tell whether an answer may be underlined in the form's hint instead of written out."""
    return rule.kind is FieldKind.ENUM and writing is not None and not writing.has_text


def _marks(rule: FieldRule, placement: Placement, ink: Ink, desk: Desk) -> Reading:
    if rule.kind in (FieldKind.SIGNATURE, FieldKind.SEAL):
        return _presence(rule, ink, desk)
    return _choice(rule, placement, ink, desk)


def _traced_fields(placement: Placement) -> frozenset[str]:
    """Return the fields of blocks that must be there, in part or unread.

    Some of their words were found, or a notice must fill in one of their fields.
    """
    fields = placement.template.fields
    unfound = [block for block in placement.wording.blocks if block.name not in placement.blocks]
    return frozenset(
        name
        for block in unfound
        if block.name in placement.traces or any(fields[f].required for f in gaps_of(block))
        for name in gaps_of(block)
    )


def _text(
    rule: FieldRule,
    writing: Writing | None,
    desk: Desk,
    paired: Graded | None,
    *,
    traced: bool,
) -> Reading:
    if writing is None:
        return _missing(rule, traced=traced)
    return _written(rule, writing, desk, paired)


def _written(rule: FieldRule, writing: Writing, desk: Desk, paired: Graded | None) -> Reading:
    """Return the reading of a place that something may be written in."""
    if not writing.has_text or _is_trace(writing):
        return _unwritten(rule, writing, desk)
    graded = paired or desk.grader.grade(rule, writing.written, writing.printed_year)
    evidence = {**graded.evidence, **writing.evidence}
    if evidence["settled"]:  # nothing was asked that could agree
        evidence = {name: each for name, each in evidence.items() if name not in _OF_SECOND}
    kind = judged_as(rule.kind, writing.written.text)
    confidence = desk.calibration.confidence(kind, evidence)
    if _is_spelled(rule.kind, evidence) and is_vouched(kind, evidence):
        graded = _without_dispute(graded)
    flags = list(graded.flags)
    notes: list[str] = [str(note) for note in graded.notes]
    state = State.READ
    if graded.value is None:
        state, confidence = State.UNREADABLE, 0.0
        flags.append(Flag.UNREADABLE)
        notes.append(Note.NOTHING_LEGIBLE)
    elif writing.by_hand or desk.calibration.is_doubtful(kind, confidence):
        flags.append(Flag.LOW_CONFIDENCE)
    if writing.by_hand:
        flags.append(Flag.HANDWRITTEN)
    is_torn = bool(writing.evidence["from_room"] and writing.evidence["stray"])
    if is_torn or (writing.runs_on and rule.kind in _WHOLE):
        flags.append(Flag.AMBIGUOUS)
        notes.append(Note.INK_BESIDE)
    if writing.evidence["aside"]:
        flags.append(Flag.AMBIGUOUS)
        notes.append(Note.OTHER_WORDS if rule.kind is FieldKind.DATE else Note.PLACE_ASIDE)
    if _is_contradicted(writing, desk):
        flags.append(Flag.CONFLICT)
        notes.append(Note.LAYER_CONTRADICTED)
    page, box = writing.place(desk.transforms)
    return Reading(
        graded.value,
        graded.text,
        state,
        confidence,
        distinct(flags),
        page,
        box,
        graded.candidates,
        distinct(notes),
        evidence,
    )


def _is_spelled(kind: FieldKind, evidence: Mapping[str, float]) -> bool:
    """Tell whether the better reader's word counts; of persons' names it loses parts at times."""
    return kind in _SPELLED or (kind is FieldKind.PERSON and evidence.get("all_letters") == 1.0)


def _without_dispute(graded: Graded) -> Graded:
    """Return a value of which the better reader is sure without the other's contradiction."""
    if graded.notes != (Note.READINGS_DISAGREE,):
        return graded
    flags = tuple(flag for flag in graded.flags if flag is not Flag.AMBIGUOUS)
    return replace(graded, notes=(), flags=flags)


def _is_trace(writing: Writing) -> bool:
    """Tell whether hardly any ink stands where a letter or two was read.

    Words are believed: strokes of a hand that touch the line above count as that line's.
    """
    letters = sum(letter.text.isalnum() for letter in writing.written.letters)
    return letters < WORD and writing.ink.amount < TRACE and not writing.ink.written


def _is_contradicted(writing: Writing, desk: Desk) -> bool:
    """Tell whether the file's own text for this place says other than the picture."""
    return any(
        box.overlap(spot.box) > 0.0
        for spot in writing.spots
        for box in desk.contradicted.get(spot.page, ())
    )


def _unwritten(rule: FieldRule, writing: Writing, desk: Desk) -> Reading:
    """Return blank, or unreadable where there is ink that no letter was found in."""
    page, box = writing.place(desk.transforms)
    if writing.has_ink:
        hand = (Flag.HANDWRITTEN,) if writing.by_hand else ()
        unread = (Flag.UNREADABLE, *hand)
        notes = (Note.NOTHING_LEGIBLE,)
        return Reading(None, writing.text, State.UNREADABLE, 0.0, unread, page, box, notes=notes)
    sure = max(0.5, 1.0 - 3.0 * writing.ink.amount)
    flags: tuple[Flag, ...] = (Flag.REQUIRED_BLANK,) if rule.required else ()
    if writing.evidence["stray"] >= STRAY:
        flags, sure = (*flags, Flag.LOW_CONFIDENCE), 0.5
    return Reading(None, "", State.BLANK, sure, flags, page, box)


def _missing(rule: FieldRule, *, traced: bool = False) -> Reading:
    """Return a field whose place was not found: a fault where it must be, or may be, there."""
    flags = (Flag.MISSING,) if rule.required or traced else ()
    return Reading(None, "", State.MISSING, 0.5 if flags else 0.95, flags)


def _presence(rule: FieldRule, ink: Ink, desk: Desk) -> Reading:
    presence = ink.presences.get(rule.name)
    if presence is None:
        return _missing(rule)
    graded = grade_presence(presence)
    page, box = (presence.spot.page, presence.spot.box) if presence.spot else (None, None)
    absent = rule.required and not presence.present
    return _marked(rule, graded, (page, _scanned(page, box, desk)), desk, required_blank=absent)


def _choice(rule: FieldRule, placement: Placement, ink: Ink, desk: Desk) -> Reading:
    inks = [each for each in ink.options if each.field == rule.name]
    printed = [each for each in placement.options if each.field == rule.name]
    if not printed:
        return _missing(rule)
    graded = grade_choice(inks, rule.options, several=rule.several)
    chosen = [each for each in printed if graded.value and each.option in graded.value.split(",")]
    spots = [spot for each in (chosen or printed) for spot in each.spots]
    page = spots[0].page
    box = Box.around(spot.box for spot in spots if spot.page == page)
    if _is_marked_otherwise(rule.name, ink):
        graded = replace(
            graded,
            flags=distinct((*graded.flags, Flag.AMBIGUOUS)),
            notes=distinct((*graded.notes, Note.MARK_UNSURE)),
        )
    absent = rule.required and graded.value is None and not graded.flags
    place = (page, _scanned(page, box, desk))
    return _marked(rule, graded, place, desk, required_blank=absent)


def _is_marked_otherwise(field: str, ink: Ink) -> bool:
    """Tell whether a choice is underlined where others are circled, all of them.

    The top of a circle lies below the words of the line above like an underline.
    """
    mine = {each.mark for each in ink.options if each.field == field} - {Mark.NONE}
    others = {each.mark for each in ink.options if each.field != field} - {Mark.NONE}
    return mine == {Mark.UNDERLINED} and others == {Mark.CIRCLED}


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
