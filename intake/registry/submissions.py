"""Takes in scans: the bytes are stored, then the row is committed, then a worker is told."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from intake.errors import Refused
from intake.registry import nudge
from intake.registry.access import Actor
from intake.registry.errors import Conflict, Forbidden, TooLarge, WrongKind
from intake.registry.kinds import HEAD_BYTES, kind_of
from intake.registry.models import Audit, Office, Original, Queue, Status, Submission
from intake.registry.storage import digest_of, original_name, store

_log = structlog.get_logger(__name__)
_SOURCE_LENGTH = 400


@dataclass(frozen=True, slots=True)
class Arrival:
    """A finished file on this machine, and how it came."""

    path: Path
    source: str
    office: Office
    reference: str = ""
    queue: str = Queue.INTERACTIVE
    actor: Actor | None = None
    is_ours: bool = False


def office_of(actor: Actor, code: str = "") -> Office:
    """Return the office that the actor submits for: the only one there is, or the one named."""
    offices = Office.objects.all()
    if actor.offices is not None:
        offices = offices.filter(pk__in=actor.offices)
    found = list(offices.filter(code=code)[:1] if code else offices[:2])
    if len(found) != 1:
        raise Forbidden("it is not clear for which office this is; name an office of yours")
    return found[0]


def receive(arrival: Arrival) -> Submission:
    """Store the bytes durably and commit a row; the row that is read, or a duplicate's.

    Raises TooLarge, WrongKind, NoRoom and Unreachable; then nothing was taken in.
    """
    kind = _checked(arrival)
    sha256, size = digest_of(arrival.path)
    store().keep_file(arrival.path, original_name(sha256), is_ours=arrival.is_ours)
    with transaction.atomic():
        original, _ = Original.objects.get_or_create(
            sha256=sha256, defaults={"size": size, "kind": kind}
        )
        if original.purged_at:
            Original.objects.filter(pk=original.pk).update(purged_at=None)
        submission = _committed(arrival, original)
    _log.info("received", submission=submission.pk, trace=submission.trace, size=size)
    return submission


Outcome = Submission | Refused


def receive_many(
    arrivals: Sequence[Arrival], note: Callable[[list[Outcome]], None]
) -> list[Outcome]:
    """Take in many files at once: one sync, one transaction, one connection to the broker.

    Returns a submission or the refusal for each, in order; ``note`` is told the
    same within the transaction. Raises Failed, and then nothing was taken in.
    """
    outcomes: dict[int, Outcome] = {}
    sound: list[tuple[int, Arrival, Original]] = []
    for place, arrival in enumerate(arrivals):
        try:
            kind = _checked(arrival)
        except Refused as error:
            outcomes[place] = error
            continue
        sha256, size = digest_of(arrival.path)
        sound.append((place, arrival, Original(sha256=sha256, size=size, kind=kind)))
    store().keep_files([(one.path, original_name(new.sha256)) for _, one, new in sound])
    with transaction.atomic():
        taken = _committed_many([(one, new) for _, one, new in sound])
        outcomes.update((place, row) for (place, _, _), row in zip(sound, taken, strict=True))
        ordered = [outcomes[place] for place in range(len(arrivals))]
        note(ordered)
    return ordered


def _committed_many(pairs: Sequence[tuple[Arrival, Original]]) -> list[Submission]:
    digests = [original.sha256 for _, original in pairs]
    Original.objects.bulk_create([original for _, original in pairs], ignore_conflicts=True)
    originals = {row.sha256: row for row in Original.objects.filter(sha256__in=digests)}
    Original.objects.filter(sha256__in=digests, purged_at__isnull=False).update(purged_at=None)
    known = Submission.objects.filter(original__sha256__in=digests, duplicate_of=None)
    seen = set(known.values_list("original__sha256", flat=True))
    firsts: list[tuple[int, Submission]] = []
    rest: list[int] = []
    for place, (arrival, original) in enumerate(pairs):
        if original.sha256 in seen:
            rest.append(place)
        else:
            seen.add(original.sha256)
            firsts.append((place, _built(arrival, originals[original.sha256], None)))
    try:
        with transaction.atomic():
            Submission.objects.bulk_create([row for _, row in firsts])
            nudge.read_many([row for _, row in firsts])
    except IntegrityError:  # somebody else sent one of these files just now: one by one
        rest, firsts = list(range(len(pairs))), []
    rows = dict(firsts)
    for place in rest:
        arrival, original = pairs[place]
        rows[place] = _committed(arrival, originals[original.sha256])
    return [rows[place] for place in range(len(pairs))]


def _checked(arrival: Arrival) -> str:
    size = arrival.path.stat().st_size
    if size > settings.UPLOAD_BYTES:
        allowed = settings.UPLOAD_BYTES >> 20
        raise TooLarge(f"the file has {size >> 20} MB; send at most {allowed} MB, scan at 300 dpi")
    with arrival.path.open("rb") as stream:
        kind = kind_of(stream.read(HEAD_BYTES))
    if size == 0 or kind is None:
        raise WrongKind("the file is no PDF, TIFF, JPEG, PNG, WebP, BMP or HEIC; send a scan")
    return kind


def _committed(arrival: Arrival, original: Original) -> Submission:
    """Add the row; of two equal files at once the database lets one be the first."""
    first = _first_of(original)
    if first is None:
        try:
            with transaction.atomic():
                submission = _row(arrival, original, None)
        except IntegrityError:
            first = _first_of(original)
        else:
            nudge.read(submission)
            return submission
    return _row(arrival, original, first)


def _first_of(original: Original) -> Submission | None:
    return Submission.objects.filter(original=original, duplicate_of=None).first()


def _row(arrival: Arrival, original: Original, first: Submission | None) -> Submission:
    row = _built(arrival, original, first)
    row.save(force_insert=True)
    return row


def _built(arrival: Arrival, original: Original, first: Submission | None) -> Submission:
    context = structlog.contextvars.get_contextvars()
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
        trace=str(context.get("trace", "")) or uuid.uuid4().hex,
        nudged_at=timezone.now(),
        status=Status.RECEIVED if first is None else Status.READ,
        finished_at=None if first is None else timezone.now(),
    )


def read_again(submission: Submission, actor: Actor | None, reason: str) -> None:
    """Have a finished or parked submission read once more; Conflict while it is under way."""
    if submission.duplicate_of_id is not None:
        raise Refused("a duplicate is not read; read the first submission of this file again")
    if submission.original.purged_at:
        raise Refused("the original was purged; it cannot be read again")
    finished = Submission.objects.filter(pk=submission.pk, status__in=[Status.READ, Status.FAILED])
    with transaction.atomic():
        submission.page_reads.all().delete()
        changed = finished.update(
            status=Status.RECEIVED, failure="", failure_kind="", attempts=0, claim="",
            lease_until=None, nudged_at=timezone.now(), pages_done=0, finished_at=None,
        )  # fmt: skip
        if not changed:
            raise Conflict("it is being read already; wait for the outcome")
        Audit.objects.create(
            what="read again",
            about={"submission": submission.pk, "reason": reason},
            user=actor.user if actor else None,
        )
        nudge.read(submission)
