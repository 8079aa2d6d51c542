"""Writes what was read: one reading, its records and their values, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import structlog
from django.db import transaction
from django.utils import timezone

from intake.domain.notice import Notice
from intake.domain.notice import Reading as FieldReading
from intake.registry import forms, lessons, pairs, summary, targets, webhooks
from intake.registry.claims import Claim, ClaimLost
from intake.registry.models import (
    FieldValue,
    PageRead,
    Reading,
    Record,
    RecordStatus,
    Status,
    Submission,
)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """One notice as the line found it, as JSON of the contract, and its picture's fingerprint."""

    notice: Notice
    json: Mapping[str, object]
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class ReadingDone:
    """One complete reading of a document.

    ``seconds`` of work over all pages, and by stage; ``doubtful`` are the pages
    that an operator should look at, with the reasons.
    """

    software: str
    pages: int
    seconds: float
    found: Sequence[Found]
    doubtful: Sequence[tuple[int, str]] = ()
    stages: Mapping[str, float] = field(default_factory=dict)


def write(claim: Claim, done: ReadingDone) -> Reading:
    """Finish the claimed submission with its records; ClaimLost, and nothing written, if too late.

    A second reading keeps the first as history: records that a person decided
    stay as they are, in others only what no person corrected is renewed.
    """
    submission = claim.submission
    with transaction.atomic():
        _finish(claim, done)
        reading = _reading(submission, done)
        waiting = list(Record.objects.filter(submission=submission, next=None).order_by("ordinal"))
        for ordinal, found in enumerate(done.found, start=1):
            earlier = _same_notice(waiting, found.notice)
            if earlier is None:
                _added(submission, reading, found, ordinal)
            else:
                waiting.remove(earlier)
                _renewed(earlier, reading, found)
        for lost in waiting:
            _doubted(lost)
        PageRead.objects.filter(submission=submission).delete()
    _log.info("read", submission=submission.pk, notices=len(done.found), pages=done.pages)
    return reading


def _finish(claim: Claim, done: ReadingDone) -> None:
    changed = Submission.objects.filter(pk=claim.submission.pk, claim=claim.key).update(
        status=Status.READ, failure="", failure_kind="", claim="", lease_until=None,
        pages_total=done.pages, pages_done=done.pages, finished_at=timezone.now(),
    )  # fmt: skip
    if not changed:
        raise ClaimLost(f"submission {claim.submission.pk}")


def _reading(submission: Submission, done: ReadingDone) -> Reading:
    return Reading.objects.create(
        submission=submission,
        number=Reading.objects.filter(submission=submission).count() + 1,
        software=done.software,
        pages=done.pages,
        seconds=done.seconds,
        stage_seconds={stage: round(spent, 3) for stage, spent in done.stages.items()},
        doubtful_pages=[list(page) for page in done.doubtful],
        notices=[dict(found.json) for found in done.found],
    )


def _same_notice(records: list[Record], notice: Notice) -> Record | None:
    """Return the first of the earlier reading's records that stands on the same pages."""
    for record in records:
        if record.pages == list(notice.pages) and record.template == notice.template:
            return record
    return None


def _added(submission: Submission, reading: Reading, found: Found, ordinal: int) -> None:
    now = timezone.now()
    taken = Record.objects.filter(submission=submission).count()
    record = Record(
        submission=submission, office=submission.office, reading=reading,
        ordinal=max(ordinal, taken + 1), created_at=now, updated_at=now,
    )  # fmt: skip
    _describe(record, found)
    values = [_value(record, name, read) for name, read in found.notice.fields.items()]
    targets.flag_doubtful(values, forms.kinds(record.template), lessons.thresholds())
    summary.summarise(record, values)
    record.save()
    FieldValue.objects.bulk_create(values)
    summary.write_flags(record, values)
    pairs.look_for_twins(record)
    webhooks.announce(
        webhooks.READ,
        record.office_id,
        {"record": record.pk, "submission": submission.pk, "status": record.status},
        submission.trace,
    )


def _renewed(record: Record, reading: Reading, found: Found) -> None:
    """Bring an undecided record up to the newer reading; a person's corrections stand."""
    if record.status != RecordStatus.REVIEW:
        return
    corrected = {value.name: value for value in record.values.filter(corrected=True)}
    values = [
        _value(record, name, read)
        for name, read in found.notice.fields.items()
        if name not in corrected
    ]
    targets.flag_doubtful(values, forms.kinds(record.template), lessons.thresholds())
    record.values.filter(corrected=False).delete()
    FieldValue.objects.bulk_create(values)
    _describe(record, found)
    record.reading, record.version = reading, record.version + 1
    record.updated_at = timezone.now()
    every = [*values, *corrected.values()]
    summary.summarise(record, every)
    record.save()
    summary.write_flags(record, every)


def _doubted(record: Record) -> None:
    """Say on an undecided record that the newer reading did not find its notice."""
    if record.status == RecordStatus.REVIEW and _NOT_FOUND not in record.reasons:
        Record.objects.filter(pk=record.pk).update(
            reasons=[*record.reasons, _NOT_FOUND],
            version=record.version + 1,
            updated_at=timezone.now(),
        )


_NOT_FOUND = "not found by the newer reading"


def _describe(record: Record, found: Found) -> None:
    notice = found.notice
    record.source, record.sha256 = notice.source, notice.sha256
    record.pages, record.language = list(notice.pages), notice.language
    record.template, record.template_version = notice.template, notice.template_version
    record.reasons, record.provenance = list(notice.reasons), dict(notice.provenance)
    record.fingerprint = found.fingerprint


def _value(record: Record, name: str, read: FieldReading) -> FieldValue:
    return FieldValue(
        record=record,
        name=name,
        value=read.value,
        read_value=read.value,
        text=read.text,
        state=str(read.state),
        confidence=read.confidence,
        flags=[str(flag) for flag in read.flags],
        notes=list(read.notes),
        candidates=[[c.value, c.score, c.origin] for c in read.candidates],
        page=read.page,
        box=read.box.as_list() if read.box else None,
    )
