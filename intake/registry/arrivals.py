"""Writes the rows of what arrived: an original once, and a submission for each arrival."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import structlog
from django.db import IntegrityError, transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from intake.registry.access import Actor
from intake.registry.models import Office, Original, Queue, Status, Submission

_SOURCE_LENGTH = 400


def _trace() -> str:
    """Return the id of the request that is being answered, or a new one."""
    return str(structlog.contextvars.get_contextvars().get("trace", "")) or uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Arrival:
    """A finished file on this machine, and how it came; ``sha256`` where it is known already."""

    path: Path
    source: str
    office: Office
    reference: str = ""
    queue: str = Queue.INTERACTIVE
    actor: Actor | None = None
    is_ours: bool = False
    sha256: str = ""
    trace: str = field(default_factory=_trace)


@dataclass(frozen=True, slots=True)
class Stored:
    """An arrival whose bytes are stored durably, and the row that its original is to have."""

    arrival: Arrival
    original: Original


def commit(stored: Sequence[Stored]) -> list[Submission]:
    """Add a row for each, all in one transaction, and return them in order.

    The first of an original is to be read, the others are its duplicates, also
    where somebody else takes in the same bytes at the same time. Nobody is told.
    """
    with transaction.atomic():
        originals = _originals([one.original for one in stored])
        try:
            with transaction.atomic():
                return _committed(stored, originals)
        except IntegrityError:  # somebody else sent one of these files just now: one by one
            return [_one(new.arrival, originals[new.original.sha256]) for new in stored]


def _originals(wanted: Sequence[Original]) -> dict[str, Original]:
    """Return the originals' rows by SHA-256, new ones added; what was purged counts as new."""
    # In one order everywhere: two processes that take in the same files never lock each other out.
    ordered = sorted(wanted, key=lambda one: one.sha256)
    Original.objects.bulk_create(ordered, ignore_conflicts=True)
    mine = Original.objects.filter(sha256__in=[one.sha256 for one in ordered])
    rows = {row.sha256: row for row in mine}
    if any(row.purged_at for row in rows.values()):
        # Nothing is left of what was read from it: a duplicate of that would be an empty record.
        purged = mine.exclude(purged_at=None)
        purged.update(sha256=Concat(Value("purged-"), Cast("pk", CharField())))
        return _originals(wanted)
    return rows


def _committed(stored: Sequence[Stored], originals: dict[str, Original]) -> list[Submission]:
    known = Submission.objects.filter(original__in=originals.values(), duplicate_of=None)
    firsts = {row.original_id: row for row in known}
    rows: list[Submission] = []
    duplicates: list[Submission] = []
    for one in stored:
        original = originals[one.original.sha256]
        row = _built(one.arrival, original, firsts.get(original.pk))
        if original.pk in firsts:
            duplicates.append(row)
        else:
            firsts[original.pk] = row
        rows.append(row)
    Submission.objects.bulk_create([row for row in rows if row.duplicate_of is None])
    for row in duplicates:  # the first of its bytes may have got its key only now
        row.duplicate_of = firsts[row.original_id]
    Submission.objects.bulk_create(duplicates)
    return rows


def _one(arrival: Arrival, original: Original) -> Submission:
    """Add one row; of two equal files at once the database lets one be the first."""
    first = _first_of(original)
    if first is None:
        try:
            with transaction.atomic():
                return _row(arrival, original, None)
        except IntegrityError:
            first = _first_of(original)
    return _row(arrival, original, first)


def _first_of(original: Original) -> Submission | None:
    return Submission.objects.filter(original=original, duplicate_of=None).first()


def _row(arrival: Arrival, original: Original, first: Submission | None) -> Submission:
    row = _built(arrival, original, first)
    row.save(force_insert=True)
    return row


def _built(arrival: Arrival, original: Original, first: Submission | None) -> Submission:
    actor = arrival.actor
    return Submission(
        office=arrival.office,
        original=original,
        duplicate_of=first,
        source=arrival.source[-_SOURCE_LENGTH:],
        reference=arrival.reference,
        queue=arrival.queue,
        user=actor.user if actor else None,
        token=actor.token if actor else None,
        trace=arrival.trace,
        nudged_at=timezone.now(),
        status=Status.RECEIVED if first is None else Status.READ,
        finished_at=None if first is None else timezone.now(),
    )
