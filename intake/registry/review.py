"""Writes what people say about records: corrections, decisions, and new editions."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from intake.errors import Refused
from intake.registry import summary, webhooks
from intake.registry.access import Actor, require_reviewer
from intake.registry.errors import Conflict, Forbidden, NotFound
from intake.registry.models import (
    Correction,
    Decision,
    FieldValue,
    Record,
    RecordStatus,
    Verdict,
)
from intake.registry.values import normal_form

_EVENTS = {Verdict.APPROVED: webhooks.APPROVED, Verdict.REJECTED: webhooks.REJECTED}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants a field to hold (None: nothing), and why."""

    field: str
    value: str | None
    reason: str = ""


def correct(record: Record, wanted: Wanted, version: int, actor: Actor) -> Record:
    """Set one value, clear its flags and keep the correction as a row; return the record.

    Confirming a flagged value as it is counts: the row then has equal ends.
    Conflict where the record is of another version by now, Forbidden once it
    is decided, Refused for a value that no such field can have.
    """
    require_reviewer(actor)
    with transaction.atomic():
        fresh = _taken(record, version)
        if fresh.status != RecordStatus.REVIEW:
            raise Forbidden(f"the record is {fresh.status}; open a new edition to change it")
        values = list(fresh.values.all())
        target = next((one for one in values if one.name == wanted.field), None)
        if target is None:
            raise NotFound(f"the record has no field {wanted.field}; check its name")
        _corrected(fresh, target, wanted, actor)
        summary.summarise(fresh, values)
        fresh.save()
        summary.write_flags(fresh, values)
    return fresh


def decide(record: Record, verdict: str, version: int, actor: Actor, reason: str = "") -> Record:
    """Approve or reject a record; Conflict where it changed since, Refused without a reason to."""
    require_reviewer(actor)
    if verdict not in _EVENTS:
        raise Refused(f"{verdict} is no decision; give approved or rejected")
    if verdict == Verdict.REJECTED and not reason.strip():
        raise Refused("a rejection needs a reason; say what is wrong with the notice")
    with transaction.atomic():
        fresh = _taken(record, version)
        if fresh.status != RecordStatus.REVIEW:
            raise Conflict(f"the record is {fresh.status} already; load it again")
        fresh.status = RecordStatus(verdict)
        fresh.approved_at = fresh.updated_at if verdict == Verdict.APPROVED else None
        fresh.save()
        _decided(fresh, verdict, actor, reason)
        if verdict == Verdict.APPROVED and fresh.previous_id:
            Record.objects.filter(pk=fresh.previous_id).update(
                status=RecordStatus.REPLACED, updated_at=fresh.updated_at
            )
        _announce(fresh, _EVENTS[Verdict(verdict)])
    return fresh


def reopen(record: Record, version: int, actor: Actor, reason: str) -> Record:
    """Return a record to be reviewed again: a rejected one itself, an approved one's new edition.

    The approved record is left as it is, and stays in exports, until its new
    edition is approved.
    """
    require_reviewer(actor)
    if not reason.strip():
        raise Refused("opening again needs a reason; say what is to be changed")
    if record.status == RecordStatus.APPROVED:
        return _new_edition(record, version, actor, reason)
    with transaction.atomic():
        fresh = _taken(record, version)
        if fresh.status != RecordStatus.REJECTED:
            raise Conflict(f"the record is {fresh.status}; only a decided one is opened again")
        fresh.status = RecordStatus.REVIEW
        fresh.save()
        _decided(fresh, Verdict.REOPENED, actor, reason)
    return fresh


def _taken(record: Record, version: int) -> Record:
    """Raise the record's version if it is still the one named, which also locks the row."""
    now = timezone.now()
    mine = Record.objects.filter(pk=record.pk, version=version)
    if not mine.update(version=version + 1, updated_at=now):
        raise Conflict("somebody changed the record since; load it again")
    return Record.objects.select_related("office", "submission").get(pk=record.pk)


def _corrected(record: Record, target: FieldValue, wanted: Wanted, actor: Actor) -> None:
    value = normal_form(wanted.field, wanted.value)
    Correction.objects.create(
        record=record, field=target.name, from_value=target.value, to_value=value,
        reason=wanted.reason, user=actor.user, token=actor.token, record_version=record.version,
        made_at=record.updated_at,
    )  # fmt: skip
    target.value, target.flags, target.corrected = value, [], True
    target.save(update_fields=["value", "flags", "corrected"])


def _decided(record: Record, verdict: str, actor: Actor, reason: str) -> None:
    Decision.objects.create(
        record=record, decision=verdict, reason=reason, user=actor.user, token=actor.token,
        record_version=record.version, made_at=record.updated_at,
    )  # fmt: skip


def _new_edition(record: Record, version: int, actor: Actor, reason: str) -> Record:
    now = timezone.now()
    edition = Record.objects.get(pk=record.pk)
    if edition.status != RecordStatus.APPROVED or edition.version != version:
        raise Conflict("somebody changed the record since; load it again")
    edition.pk, edition._state.adding = None, True
    edition.previous, edition.edition = record, record.edition + 1
    edition.status, edition.approved_at = RecordStatus.REVIEW, None
    edition.version, edition.created_at, edition.updated_at = 1, now, now
    values = list(record.values.all())
    try:
        with transaction.atomic():
            edition.save()
            for value in values:
                value.pk, value._state.adding, value.record = None, True, edition
            FieldValue.objects.bulk_create(values)
            summary.write_flags(edition, values)
            _decided(edition, Verdict.REOPENED, actor, reason)
    except IntegrityError as error:
        raise Conflict("there is a newer edition already; change that one") from error
    return edition


def _announce(record: Record, event: str) -> None:
    body: dict[str, object] = {
        "record": record.pk,
        "submission": record.submission_id,
        "status": record.status,
        "version": record.version,
    }
    webhooks.announce(event, record.office_id, body, record.submission.trace)
