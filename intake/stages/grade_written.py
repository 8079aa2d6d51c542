"""Grades what is written in a notice's blanks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from intake.domain.notice import Flag, Reading, State
from intake.domain.template import FieldKind, FieldRule
from intake.fields.confidence import is_vouched
from intake.fields.dates import is_whole_date
from intake.fields.graded import Graded, Note, distinct
from intake.fields.grading import judged_as
from intake.stages.desk import Desk, missing
from intake.stages.writing import Writing

TRACE = 0.1
"""Ink, as a share of typing, below which letters that were read are taken for specks."""
WORD = 4
"""Letters that are no specks, however little ink is counted for theirs."""
_OF_SECOND = ("agree", "both_exact", "second")
STRAY = 2
"""Letters in or beside a blank that nothing explains, from which it may not be blank."""
_WHOLE = (FieldKind.TEXT, FieldKind.NUMBER, FieldKind.ADDRESS, FieldKind.NAME)
"""Kinds in which nothing but ink tells that a part is missing; no pen crosses them as a name."""
_SPELLED = (FieldKind.ADDRESS, FieldKind.NAME, FieldKind.DATE)
"""Kinds that nobody is asked about, where they are vouched for, because the other reader has other
words: 22 such were right."""


def written_reading(
    rule: FieldRule,
    writing: Writing | None,
    desk: Desk,
    paired: Graded | None,
    *,
    traced: bool,
) -> Reading:
    """Return the reading of a field that is written: ``paired`` where its twin was graded with it.

    ``traced`` tells that its block must be there though its place was not found.
    """
    if writing is None:
        return missing(rule, traced=traced)
    return _written(rule, writing, desk, paired)


def _written(rule: FieldRule, writing: Writing, desk: Desk, paired: Graded | None) -> Reading:
    """Return the reading of a place that something may be written in."""
    if not writing.has_text or _is_trace(writing):
        return _unwritten(rule, writing, desk)
    graded = paired or desk.grader.grade(rule, writing.written, writing.printed_year)
    foreign = _why_foreign(rule, graded, writing, desk)
    if foreign:
        return _left_blank(graded, writing, desk, foreign)
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
    # the «1» of «1 290 000» may be the last sign of the line above
    is_torn |= rule.kind is FieldKind.NUMBER and bool(writing.evidence["stray"])
    if (is_torn and not is_vouched(kind, evidence)) or (writing.runs_on and rule.kind in _WHOLE):
        flags.append(Flag.AMBIGUOUS)
        notes.append(Note.INK_BESIDE)
    if writing.evidence["aside"] and (rule.kind is not FieldKind.ENUM or graded.flags):
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


def _why_foreign(rule: FieldRule, graded: Graded, writing: Writing, desk: Desk) -> Note | None:
    """Say why this can be no value of its blank but a stamp's, or somebody's remark.

    Words beside a blank that are no known place («Келген кат», «К исполнению»), a whole date
    for a number.
    """
    if writing.evidence["aside"] and Flag.NOT_IN_REFERENCE in graded.flags:
        return Note.PLACE_ASIDE
    is_number = judged_as(rule.kind, graded.text) is FieldKind.NUMBER
    value = graded.value or ""
    # «1-12/87» is the number of a file and its paper; nobody here writes dates so
    if is_number and "/" not in value and is_whole_date(value, desk.grader.reference.months):
        return Note.OTHER_NUMBER
    return None


def _left_blank(graded: Graded, writing: Writing, desk: Desk, why: Note) -> Reading:
    """Return a blank to be looked at: what was read there is only offered."""
    page, box = writing.place(desk.transforms)
    flags, offered = (Flag.AMBIGUOUS,), graded.candidates
    return Reading(None, "", State.BLANK, 0.5, flags, page, box, offered, (why,))


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
