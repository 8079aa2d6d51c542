"""Fields held against each other, as the form's own checks (form.toml) ask.

Each check returns findings, never a changed value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from intake.domain.notice import Flag
from intake.domain.template import Check
from intake.fields.dates import Window, parse_iso, window_notes
from intake.fields.graded import Note
from intake.fields.identifiers import registered
from intake.fields.places import is_named, lies_in_region, same_place
from intake.fields.reference import Reference


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found at one field.

    ``flag`` None means that nothing is wrong with the field: the note then
    belongs among the record's review reasons only. It says in the form's own words what
    ``instead`` says in general ones, if the reading has that already.
    """

    field: str
    flag: Flag | None
    note: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What checks look at.

    ``values`` of one notice by field, None where there is none. ``addressed``
    tells of each addressee block whether the notice goes to it: True where it
    was filled in, False where it is blank or left out, None where that cannot
    be told.
    """

    values: Mapping[str, str | None]
    addressed: Mapping[str, bool | None]
    reference: Reference
    today: date

    def day(self, name: str) -> date | None:
        """Return the value of a field as a day, None where it is none."""
        return parse_iso(self.values.get(name))


def cross_check(checks: Sequence[Check], facts: Facts) -> tuple[Finding, ...]:
    """Return all that a form's checks find on one notice."""
    return tuple(finding for check in checks for finding in _RULES[check.rule](check, facts))


def _addressee(check: Check, facts: Facts) -> list[Finding]:
    value = facts.values.get(check.field) or ""
    needed = names_in(check, value)
    # each addressee gets a copy of its own, so one of them on this copy is enough
    # and a wording has not all of the form's blocks
    if not needed or any(facts.addressed.get(block, False) is not False for block in needed):
        return []
    return [Finding(check.field, Flag.CONFLICT, _reason(check, Note.ADDRESSEE, value))]


def _not_before(check: Check, facts: Facts) -> list[Finding]:
    window = Window(cast(date, check.settings["date"]), date.max)
    notes = window_notes(facts.day(check.field), window)
    return [Finding(check.field, Flag.CHECK_FAILED, _reason(check, n), n) for n in notes]


def _not_after_today(check: Check, facts: Facts) -> list[Finding]:
    notes = window_notes(facts.day(check.field), Window(None, facts.today))
    return [Finding(check.field, Flag.CHECK_FAILED, _reason(check, n), n) for n in notes]


def _review_when(check: Check, facts: Facts) -> list[Finding]:
    holds = facts.values.get(check.field) == check.settings["value"]
    return [Finding(check.field, None, str(check.settings["reason"]))] if holds else []


def _only_when(check: Check, facts: Facts) -> list[Finding]:
    value = facts.values.get(check.field)
    if value is None:
        return []
    names = names_in(check, "fields")
    if value != check.settings["value"]:
        given = [name for name in names if facts.values.get(name)]
        note = _reason(check, Note.ANSWER_NEEDS_NONE, "unexpected")
        return [Finding(name, Flag.CONFLICT, note) for name in given]
    absent = [name for name in names if not facts.values.get(name)]
    note = _reason(check, Note.ANSWER_NEEDS_IT, "absent")
    return [Finding(name, Flag.REQUIRED_BLANK, note) for name in absent]


def _differs(check: Check, facts: Facts) -> list[Finding]:
    mine = facts.values.get(check.field)
    same = mine is not None and mine == facts.values.get(str(check.settings["from"]))
    return [Finding(check.field, Flag.CONFLICT, _reason(check, Note.SAME_VALUE))] if same else []


def _within(check: Check, facts: Facts) -> list[Finding]:
    beside = str(check.settings["region"])
    district, region = facts.values.get(check.field), facts.values.get(beside)
    if not district or not region:
        empty = check.field if region else beside
        both = _holds_both(district or region or "", facts.reference)
        return [Finding(empty, Flag.AMBIGUOUS, Note.PLACE_BESIDE)] if both else []
    outside = lies_in_region(district, region, facts.reference) is False
    note = _reason(check, Note.DISTRICT_OUTSIDE_REGION)
    return [Finding(check.field, Flag.CONFLICT, note)] if outside else []


def _holds_both(text: str, reference: Reference) -> bool:
    """Tell whether a district and a region seem to be written one after the other."""
    return len(text.split()) > 1 and not (
        is_named(text, reference.districts) or is_named(text, reference.regions)
    )


def _same_place(check: Check, facts: Facts) -> list[Finding]:
    one = facts.values.get(str(check.settings["as"]))
    other = facts.values.get(check.field)
    if not one or not other:
        return []
    kind = str(check.settings["kind"])
    differ = same_place(one, other, kind, facts.reference) is False
    note = _reason(check, Note.PLACES_DIFFER)
    return [Finding(check.field, Flag.CONFLICT, note)] if differ else []


def _registered_before(check: Check, facts: Facts) -> list[Finding]:
    mine, day = registered(facts.values.get(check.field)), facts.day(str(check.settings["date"]))
    late = mine is not None and day is not None and mine > day
    note = _reason(check, Note.INN_AFTER_DATE)
    return [Finding(check.field, Flag.CONFLICT, note)] if late else []


def _not_after(check: Check, facts: Facts) -> list[Finding]:
    mine, other = facts.day(check.field), facts.day(str(check.settings["date"]))
    late = mine is not None and other is not None and mine > other
    note = _reason(check, Note.DATES_REVERSED)
    return [Finding(check.field, Flag.CONFLICT, note)] if late else []


def _reason(check: Check, usual: Note, finding: str = "") -> str:
    """Return what the form calls a finding, of several this one; else what it usually is."""
    own = check.settings.get("reason", usual)
    return str(own.get(finding, usual)) if isinstance(own, Mapping) else str(own)


_RULES: Mapping[str, Callable[[Check, Facts], list[Finding]]] = {
    "addressee": _addressee,
    "not-before": _not_before,
    "not-after-today": _not_after_today,
    "review-when": _review_when,
    "only-when": _only_when,
    "differs": _differs,
    "within": _within,
    "same-place": _same_place,
    "registered-before": _registered_before,
    "not-after": _not_after,
}


def names_in(check: Check, key: str) -> tuple[str, ...]:
    """Return the names that a check's setting lists."""
    value = check.settings.get(key, ())
    return tuple(map(str, value)) if isinstance(value, list | tuple) else ()
