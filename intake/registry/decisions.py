"""The rows that a correction or a decision leaves; who may make it is asked before, in review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from intake.errors import Refused
from intake.registry import summary, webhooks
from intake.registry.access import Actor
from intake.registry.errors import Conflict, NotFound
from intake.registry.models import (
    Correction,
    Decision,
    FieldValue,
    Record,
    RecordStatus,
    Station,
    Verdict,
)
from intake.registry.values import normal_form

_READ, _BLANK = "read", "blank"
STATES = ("blank", "missing", "unreadable")
_REASON = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants a field to hold (None: nothing), and why.

    ``state`` says of a field without a value that it is blank, missing or
    unreadable; empty, it follows from the value.
    """

    field: str
    value: str | None
    reason: str = ""
    state: str = ""


def taken(record: Record, version: int) -> Record:
    """Raise the record's version if it is still the one named, which also locks the row."""
    mine = Record.objects.filter(pk=record.pk, version=version)
    if not mine.update(version=version + 1, updated_at=timezone.now()):
        raise Conflict("somebody changed the record since; load it again")
    return Record.objects.select_related("office", "submission").get(pk=record.pk)


def correct(record: Record, wanted: Iterable[Wanted], actor: Actor) -> list[FieldValue]:
    """Set values of a record that was taken, and keep each as a row; return all its values."""
    values = list(record.values.all())
    by_name = {value.name: value for value in values}
    for one in wanted:
        target = by_name.get(one.field)
        if target is None:
            raise NotFound(f"the record has no field {one.field}; check its name")
        _correct_one(record, target, one, actor)
    summary.summarise(record, values)
    record.save()
    summary.write_flags(record, values)
    return values


def _correct_one(record: Record, target: FieldValue, wanted: Wanted, actor: Actor) -> None:
    value = normal_form(wanted.field, wanted.value)
    state = _state(wanted, value)
    Correction.objects.create(
        record=record, field=target.name, from_value=target.value, to_value=value,
        to_state=state, text=target.text, read_value=target.read_value,
        confidence=target.confidence, flags=target.flags, page=target.page, box=target.box,
        reason=wanted.reason[:_REASON], user=actor.user, token=actor.token,
        record_version=record.version, made_at=record.updated_at,
    )  # fmt: skip
    target.value, target.state, target.flags, target.corrected = value, state, [], True
    target.save(update_fields=["value", "state", "flags", "corrected"])


def _state(wanted: Wanted, value: str | None) -> str:
    if not wanted.state:
        return _READ if value is not None else _BLANK
    if wanted.state not in STATES or value is not None:
        raise Refused(
            f"{wanted.field} without a value is {', '.join(STATES)}; give one of them, or a value"
        )
    return wanted.state


def decided(record: Record, verdict: str, actor: Actor, reason: str) -> None:
    """Keep a decision as a row."""
    Decision.objects.create(
        record=record, decision=verdict, reason=reason[:_REASON], user=actor.user,
        token=actor.token, record_version=record.version, made_at=record.updated_at,
    )  # fmt: skip


def move(record: Record, station: str, verdict: str, actor: Actor, reason: str) -> None:
    """Have a record that was taken wait somewhere else, and keep why."""
    record.station = Station(station)
    record.save(update_fields=["station"])
    decided(record, verdict, actor, reason)


def approve(record: Record, actor: Actor, reason: str = "") -> None:
    """Approve a record that was taken; its previous edition gives way to it."""
    record.status, record.station = RecordStatus.APPROVED, Station.DESK
    record.approved_at = record.updated_at
    record.save()
    decided(record, Verdict.APPROVED, actor, reason)
    if record.previous_id:
        Record.objects.filter(pk=record.previous_id).update(
            status=RecordStatus.REPLACED, updated_at=record.updated_at
        )
    _announce(record, webhooks.APPROVED)


def reject(record: Record, actor: Actor, reason: str) -> None:
    """Reject a record that was taken."""
    record.status, record.approved_at = RecordStatus.REJECTED, None
    record.station = Station.DESK
    record.save()
    decided(record, Verdict.REJECTED, actor, reason)
    _announce(record, webhooks.REJECTED)


def new_edition(record: Record, version: int, actor: Actor, reason: str) -> Record:
    """Return an approved record's next edition, to be reviewed; Conflict where there is one."""
    now = timezone.now()
    edition = Record.objects.select_related("office", "submission").get(pk=record.pk)
    if edition.status != RecordStatus.APPROVED or edition.version != version:
        raise Conflict("somebody changed the record since; load it again")
    edition.pk, edition._state.adding = None, True
    edition.previous, edition.edition = record, record.edition + 1
    edition.status, edition.approved_at = RecordStatus.REVIEW, None
    edition.station = Station.DESK
    edition.version, edition.created_at, edition.updated_at = 1, now, now
    values = list(record.values.all())
    try:
        with transaction.atomic():
            edition.save()
            _copy(values, edition)
            decided(edition, Verdict.REOPENED, actor, reason)
    except IntegrityError as error:
        raise Conflict("there is a newer edition already; change that one") from error
    return edition


def _copy(values: Sequence[FieldValue], edition: Record) -> None:
    for value in values:
        value.pk, value._state.adding, value.record = None, True, edition
    FieldValue.objects.bulk_create(values)
    summary.write_flags(edition, values)


def _announce(record: Record, event: str) -> None:
    body: dict[str, object] = {
        "record": record.pk,
        "submission": record.submission_id,
        "status": record.status,
        "version": record.version,
    }
    webhooks.announce(event, record.office_id, body, record.submission.trace)
