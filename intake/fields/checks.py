"""Fields held against each other: who was notified, what was founded, where and when.

Each check returns findings, never a changed value. The clauses are those of the
order: point 1 says who is to be notified, point 2 that a centre becomes a legal
entity only with the founder's consent and outside the budget.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date

from intake.domain.notice import Flag
from intake.fields.dates import ORDER_IN_FORCE, Window, window_notes
from intake.fields.graded import Note
from intake.fields.identifiers import registered
from intake.fields.places import lies_in_region, same_place
from intake.fields.reference import Reference


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found at one field.

    ``flag`` None means that nothing is wrong with the field: the note then
    belongs among the record's review reasons only.
    """

    field: str
    flag: Flag | None
    note: Note
    params: Mapping[str, str] = dataclass_field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """The values of one notice, None where there is none, and the addressees it has.

    ``ministry``, ``department`` and ``ayil`` tell whether the notice is addressed
    to each: True where its block was filled in (for the Ministry: where it stands
    on a notice that was retyped without the others), False where it is blank or
    left out, None where that cannot be told.
    """

    values: Mapping[str, str | None]
    ministry: bool | None = None
    department: bool | None = None
    ayil: bool | None = None

    def get(self, name: str) -> str | None:
        """Return the value of a field, None where there is none."""
        return self.values.get(name)


def cross_check(facts: Facts, reference: Reference, *, today: date) -> tuple[Finding, ...]:
    """Return all findings on one notice."""
    return (
        *_addressee(facts),
        *_legal_entity(facts),
        *_days(facts, today),
        *_places(facts, reference),
    )


def _addressee(facts: Facts) -> list[Finding]:
    ownership = facts.get("ownership")
    wrong = {
        "state": (facts.ministry is False, Note.STATE_NOT_MINISTRY),
        "municipal": (False in (facts.department, facts.ayil), Note.MUNICIPAL_ADDRESSEES),
        "private": (facts.department is False, Note.PRIVATE_NOT_DEPARTMENT),
    }
    holds, note = wrong.get(ownership or "", (False, Note.TERM_UNKNOWN))
    return [Finding("ownership", Flag.CONFLICT, note)] if holds else []


def _legal_entity(facts: Facts) -> list[Finding]:
    formed = facts.get("legal_entity")
    numbers = {name: facts.get(name) for name in ("centre_inn", "centre_okpo")}
    given = [name for name, value in numbers.items() if value]
    if formed == "not_formed":
        return [Finding(name, Flag.CONFLICT, Note.CENTRE_IDS_UNEXPECTED) for name in given]
    if formed != "formed":
        return []
    absent = [name for name, value in numbers.items() if not value]
    return [
        Finding("legal_entity", None, Note.FOUNDER_CONSENT),
        *(Finding(name, Flag.REQUIRED_BLANK, Note.CENTRE_IDS_ABSENT) for name in absent),
        *(Finding(name, Flag.CONFLICT, Note.CENTRE_ID_SAME) for name in _repeated(facts)),
    ]


def _repeated(facts: Facts) -> list[str]:
    pairs = (("centre_inn", "organization_inn"), ("centre_okpo", "organization_okpo"))
    return [
        mine for mine, school in pairs if facts.get(mine) and facts.get(mine) == facts.get(school)
    ]


def _days(facts: Facts, today: date) -> list[Finding]:
    noticed = _day(facts.get("notice_date"))
    window = Window(ORDER_IN_FORCE, today)
    found = [
        Finding("notice_date", Flag.CHECK_FAILED, note) for note in window_notes(noticed, window)
    ]
    for name in ("organization_inn", "centre_inn"):
        day = registered(facts.get(name))
        if day and noticed and day > noticed:
            params = {"registered": day.isoformat(), "notice": noticed.isoformat()}
            found.append(Finding(name, Flag.CONFLICT, Note.INN_AFTER_NOTICE, params))
    return found


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def _places(facts: Facts, reference: Reference) -> list[Finding]:
    found = []
    for body in ("department", "ayil"):
        district, region = facts.get(f"{body}_district"), facts.get(f"{body}_region")
        if district and region and lies_in_region(district, region, reference) is False:
            params = {"district": district, "region": region}
            note = Note.DISTRICT_OUTSIDE_REGION
            found.append(Finding(f"{body}_district", Flag.CONFLICT, note, params))
    for kind in ("district", "region"):
        one, other = facts.get(f"department_{kind}"), facts.get(f"ayil_{kind}")
        if one and other and same_place(one, other, kind, reference) is False:
            params = {"department": one, "ayil": other}
            found.append(Finding(f"ayil_{kind}", Flag.CONFLICT, Note.PLACES_CONFLICT, params))
    return found
