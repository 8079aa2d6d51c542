"""Turns what was found on a notice into graded, checked and calibrated field values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from intake.domain.ink import Ink
from intake.domain.notice import Flag, Notice, Reading, State
from intake.domain.placement import Placement
from intake.domain.template import FieldKind, FieldRule, gaps_of
from intake.domain.text import Line
from intake.fields.checks import Facts, Finding, cross_check
from intake.fields.graded import Graded, distinct
from intake.fields.identifiers import grade_pair
from intake.fields.marks import PRESENT
from intake.fields.terms import says_all, terms_of
from intake.stages.desk import Desk
from intake.stages.grade_marks import marked_reading
from intake.stages.grade_written import written_reading
from intake.stages.weigh import ask_whom, weigh
from intake.stages.writing import Writing, among_others, writing_of

_WORD = re.compile(r"\b(?!20\d\d)\w{3,}")
"""A word that may be a value's, and no printed year."""
SPECK = 2
"""Letters that may be a piece of the form's own print beside a blank."""
_MARKS = (FieldKind.CHOICE, FieldKind.SIGNATURE, FieldKind.SEAL)


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
        name: marked_reading(rule, placement, ink, desk)
        if rule.kind in _MARKS or _is_marked_instead(rule, placement, writings.get(name), desk)
        else written_reading(
            rule, writings.get(name), desk, paired.get(name), traced=name in traced
        )
        for name, rule in rules.items()
    }
    if _is_unfilled(placement, readings):
        return None
    weigh(placement, readings, desk.grader.reference)
    sent = addressed(placement, readings)
    if not any(goes is not False for goes in sent.values()):
        ask_whom(placement, readings)
    facts = Facts(
        {name: reading.value for name, reading in readings.items()},
        sent,
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
        placement.template.said,
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
        return False
    if fields:
        return any(readings[field].state in (State.READ, State.UNREADABLE) for field in fields)
    return True if len(there) == 1 else None


def _found_at(reading: Reading, finding: Finding) -> Reading:
    flags = (*reading.flags, finding.flag) if finding.flag else reading.flags
    notes = (note for note in reading.notes if note != finding.instead)
    return replace(reading, flags=distinct(flags), notes=distinct((*notes, finding.note)))


def _is_unfilled(placement: Placement, readings: Mapping[str, Reading]) -> bool:
    """Tell a blank form from a notice: nothing written, not surely signed, nor sealed.

    Dirt in one blank is no writing where nothing could be read on the form. Nor is a doubtful mark
    in the form's list of answers: the line of the blank above may seem to be one.
    """
    rules = placement.template.fields
    values = [each for name, each in readings.items() if rules[name].kind not in _MARKS]
    unread = [e for e in values if e.state is State.UNREADABLE and not _is_speck(e)]
    by_hand = any(Flag.HANDWRITTEN in each.flags for each in unread)
    doubted = {
        name for name, each in readings.items()
        if each.flags and (rules[name].kind is FieldKind.ENUM or each.value == PRESENT)
    }  # fmt: skip
    is_read = any(
        each.state is State.READ and rules[name].kind not in _MARKS
        and _says_more(each, placement)
        for name, each in readings.items() if name not in doubted
    )  # fmt: skip
    written = by_hand or len(unread) > 1 or is_read
    marked = any(e.value == PRESENT for name, e in readings.items() if name not in doubted)
    return not (written or marked)


def _says_more(reading: Reading, placement: Placement) -> bool:
    """Tell whether a value is sure, or has more than the form's own words and its year."""
    said = _WORD.findall(reading.text.casefold())
    return not reading.flags or any(word not in placement.wording.words for word in said)


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


def _is_marked_instead(
    rule: FieldRule, placement: Placement, writing: Writing | None, desk: Desk
) -> bool:
    """Tell whether an answer may be marked in the form's list of them instead of written out."""
    if rule.kind is not FieldKind.ENUM or writing is None:
        return False
    printed = {each.option for each in placement.options if each.field == rule.name}
    text = writing.written.text
    says_none = max(map(len, re.findall(r"\w+", text)), default=0) <= SPECK  # «[X]» is a sign
    is_list = printed == set(rule.options) and (
        says_none or says_all(text, terms_of(rule, desk.grader.reference))
    )
    return not writing.has_text or is_list


def _traced_fields(placement: Placement) -> frozenset[str]:
    """Return the fields of blocks that must be there, in part or unread.

    Some of their words were found, or a notice must fill in one of their fields.
    """
    fields = placement.template.fields
    unfound = [block for block in placement.wording.blocks if block.name not in placement.blocks]
    return frozenset(
        name
        for block in unfound
        if block.name in placement.traces | placement.unread
        or any(fields[f].required for f in gaps_of(block))
        for name in gaps_of(block)
    )
