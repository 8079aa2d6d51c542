"""Rows as the JSON of the contract, with the registry's own columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from intake.registry.access import Actor, records_of
from intake.registry.models import (
    Check,
    Correction,
    Decision,
    FieldValue,
    Outcome,
    Reading,
    Record,
    Submission,
    User,
)
from intake.registry.summary import authorities_of

_SETTLED = (Outcome.SAME, Outcome.RIGHT, Outcome.WRONG)


def submission(row: Submission, actor: Actor) -> dict[str, Any]:
    """Return a submission; a duplicate has the state and the records of the first."""
    first, records = row.first, list[int]()
    if first.pages_total is not None:  # else nobody has opened it yet
        found = records_of(actor).filter(submission=first).order_by("pk")
        records = list(found.values_list("pk", flat=True))
    is_ours = row.duplicate_of_id is not None and first.office_id == row.office_id
    return {
        "id": row.pk,
        "receipt": row.receipt,
        "office": row.office.code,
        "status": first.status,
        "reason": first.failure or None,
        "reason_kind": first.failure_kind or None,
        "sha256": row.original.sha256,
        "source": row.source,
        "reference": row.reference or None,
        "duplicate_of": row.duplicate_of_id,
        "duplicate_receipt": first.receipt if is_ours else None,
        "pages_done": first.pages_done,
        "pages_total": first.pages_total,
        "records": records,
        "created_at": row.created_at,
        "finished_at": first.finished_at,
    }


def record(row: Record, values: Iterable[FieldValue]) -> dict[str, Any]:
    """Return a record as the contract has it, and the registry's columns after that."""
    fields = {value.name: _field(value) for value in values}
    reasons = [f"{flag}: {name}" for name, one in fields.items() for flag in one["flags"]]
    reasons += row.reasons
    return {
        "source": row.source,
        "sha256": row.sha256,
        "pages": row.pages,
        "template": row.template,
        "template_version": row.template_version,
        "language": row.language,
        "fields": fields,
        "review": {"required": bool(reasons), "reasons": reasons},
        "provenance": row.provenance,
        **_own_columns(row),
    }


def _own_columns(row: Record) -> dict[str, Any]:
    return {
        "id": row.pk,
        "submission": row.submission_id,
        "office": row.office.code,
        "status": row.status,
        "station": row.station,
        "version": row.version,
        "edition": row.edition,
        "previous": row.previous_id,
        "region": row.region,
        "district": row.district,
        "authorities": list(authorities_of(row.ownership)),
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "approved_at": row.approved_at,
    }


def _field(value: FieldValue) -> dict[str, Any]:
    return {
        "value": value.value,
        "text": value.text,
        "state": value.state,
        "confidence": round(value.confidence, 4),
        "flags": value.flags,
        "page": value.page,
        "box": value.box,
        "alternatives": [candidate[0] for candidate in value.candidates],
        "corrected": value.corrected,
        "read_value": value.read_value,
    }


def history(row: Record) -> dict[str, Any]:
    """Return all that happened to a record, oldest first."""
    corrections = row.corrections.select_related("user", "token").order_by("pk")
    decisions = row.decisions.select_related("user", "token").order_by("pk")
    checks = row.checks.filter(outcome__in=_SETTLED).select_related("keyed_by", "judged_by")
    readings = Reading.objects.filter(submission=row.submission_id).order_by("number")
    return {
        "corrections": [_correction(one) for one in corrections],
        "decisions": [_decision(one) for one in decisions],
        "checks": [_check(one) for one in checks.order_by("pk")],
        "readings": [_reading(one) for one in readings],
    }


def _correction(one: Correction) -> dict[str, Any]:
    return {
        "field": one.field, "from": one.from_value, "to": one.to_value, "who": who(one),
        "when": one.made_at, "why": one.reason or None, "version": one.record_version,
    }  # fmt: skip


def _decision(one: Decision) -> dict[str, Any]:
    return {
        "decision": one.decision, "who": who(one), "when": one.made_at,
        "why": one.reason or None, "version": one.record_version,
    }  # fmt: skip


def _check(one: Check) -> dict[str, Any]:
    """Return a value that was keyed again, once nobody is to key or settle it any more."""
    return {
        "field": one.field, "purpose": one.purpose, "outcome": one.outcome, "held": one.value,
        "keyed": one.keyed_value, "keyed_by": _name(one.keyed_by), "keyed_at": one.keyed_at,
        "judged": one.judged_value, "judged_by": _name(one.judged_by), "judged_at": one.judged_at,
    }  # fmt: skip


def _name(user: User | None) -> str | None:
    return (user.get_full_name() or user.username) if user else None


def _reading(one: Reading) -> dict[str, Any]:
    return {
        "number": one.number, "software": one.software, "when": one.created_at,
        "notices": len(one.notices),
    }  # fmt: skip


def who(one: Correction | Decision) -> str:
    """Return who corrected or decided: a person, a program, or the service itself."""
    if one.user:
        return one.user.get_full_name() or one.user.username
    return one.token.name if one.token else "system"
