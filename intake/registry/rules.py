"""The reading line's own rules, applied to what a person types: the desk has no others.

A value that the field cannot have is refused; whatever else the rules find is
said, and the person may still be right: the paper counts, not the rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils import timezone

from intake.domain.geometry import Box
from intake.domain.notice import Flag
from intake.domain.template import FieldKind, FieldRule, Template, gaps_of
from intake.domain.text import Letter
from intake.errors import Refused
from intake.fields.checks import Facts, Finding, cross_check
from intake.fields.graded import Graded, Note, Written
from intake.fields.grading import Grader
from intake.fields.reference import Reference, load_reference
from intake.fields.script import Language
from intake.forms import load_forms
from intake.registry.models import Record
from intake.registry.values import normal_form

_TEMPLATES = Path(__file__).parents[2] / "templates"
_CHOSEN = (FieldKind.CHOICE, FieldKind.SIGNATURE, FieldKind.SEAL)
# Whoever types a date or a number may write it as on the paper; words stay as typed.
_NORMALISED = (FieldKind.INN, FieldKind.OKPO, FieldKind.DATE, FieldKind.ENUM)
# What a rule says about letters that a reader may have lost tells nothing of typed ones.
_OF_READING = (Note.READINGS_DISAGREE, Note.DIGITS_REPAIRED, Note.SPELLING_UNSURE,
               Note.NOTHING_LEGIBLE, Note.SIGNS_REPAIRED, Note.COMMAS_DOUBTFUL,
               Note.NUMBERLESS, Note.ONE_INITIAL, Note.NAME_ENDS, Note.INK_BESIDE,
               Note.WHAT_IT_IS)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Checked:
    """What the rules say of one typed value.

    ``value`` is its normal form, None for nothing; ``refusal`` says why the field
    cannot have it (then there is no value); ``notes`` are keys of what else is to
    be said; ``others`` the values that the reference offers instead, best first.
    """

    value: str | None
    refusal: str = ""
    notes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def rule_of(record: Record, field: str) -> FieldRule | None:
    """Return how the record's form declares a field; None where the form has it no more."""
    form = _forms().get(record.template)
    return form.fields.get(field) if form else None


def fields_of(record: Record) -> Sequence[str]:
    """Return the fields of the record's form, in the form's order."""
    form = _forms().get(record.template)
    return tuple(form.fields) if form else ()


def check(record: Record, field: str, typed: str) -> Checked:
    """Return what the rules of the field say of what was typed into it."""
    rule, text = rule_of(record, field), " ".join(typed.split())
    if not text:
        return Checked(None)
    graded = _graded(rule, text, record.language) if rule else None
    wanted = graded.value if graded and graded.value and rule and _is_normalised(rule) else text
    notes, others = _said(graded, text) if graded else ((), ())
    try:
        return Checked(normal_form(field, wanted), "", notes, others)
    except Refused as error:
        return Checked(None, str(error), notes, others)


def cross(record: Record, values: Mapping[str, str | None]) -> tuple[Finding, ...]:
    """Return what the form's checks find between the values of a notice."""
    form = _forms().get(record.template)
    if form is None:
        return ()
    facts = Facts(values, _addressed(form, record.language, values), _reference(), _today())
    return cross_check(form.checks, facts)


def _graded(rule: FieldRule, text: str, language: str) -> Graded | None:
    if rule.kind in _CHOSEN or text in rule.options:
        return None
    place = Box(0.0, 0.0, 1.0, 1.0)
    letters = tuple(Letter(sign, place, 1.0) for sign in text if not sign.isspace())
    spoken: Language = "ru" if language == "ru" else "ky"
    return Grader(_reference(), _today()).grade(rule, Written(text, letters, spoken))


def _is_normalised(rule: FieldRule) -> bool:
    return rule.kind in _NORMALISED


def _said(graded: Graded, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    notes = tuple(str(note) for note in graded.notes if note not in _OF_READING)
    if Flag.NOT_IN_REFERENCE in graded.flags:
        notes = (*notes, str(Flag.NOT_IN_REFERENCE))
    others = tuple(one.value for one in graded.candidates if one.value != text)
    return tuple(dict.fromkeys(notes)), others


def _addressed(
    form: Template, language: str, values: Mapping[str, str | None]
) -> dict[str, bool | None]:
    """Return to whom the notice goes, by the blanks filled in; unknown for a block without any."""
    wording = next((one for one in form.wordings if one.language == language), form.wordings[0])
    gaps = {block.name: gaps_of(block) for block in wording.blocks}
    return {
        name: any(values.get(field) for field in fields) if fields else None
        for name, fields in gaps.items()
    }


def _today() -> date:
    return timezone.localdate()


@cache
def _forms() -> dict[str, Template]:
    return {form.name: form for form in load_forms(_TEMPLATES)}


@cache
def _reference() -> Reference:
    return load_reference(_TEMPLATES / "reference")
