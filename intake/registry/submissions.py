"""Takes in scans: the bytes are stored, then the row is committed, then a worker is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import structlog
from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from intake.errors import Refused
from intake.registry import nudge
from intake.registry.access import Actor
from intake.registry.arrivals import Arrival, Stored, commit
from intake.registry.errors import Conflict, Forbidden, TooLarge, WrongKind
from intake.registry.kinds import HEAD_BYTES, kind_of
from intake.registry.models import Audit, Office, Original, Status, Submission
from intake.registry.storage import digest_of, original_name, store
from intake.registry.together import Together

__all__ = ("Arrival", "Outcome", "office_of", "read_again", "receive", "receive_many")

_log = structlog.get_logger(__name__)


def office_of(actor: Actor, code: str = "") -> Office:
    """Return the office that the actor submits for: the only one there is, or the one named."""
    own = actor.token.office if actor.token else None
    if own is not None and code in {"", own.code}:
        return own
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
    kind, size = _checked(arrival)
    sha256 = arrival.sha256 or digest_of(arrival.path)
    name = original_name(sha256)
    store().keep_file(arrival.path, name, is_ours=arrival.is_ours)
    submission = _TOGETHER.do(Stored(arrival, Original(sha256=sha256, size=size, kind=kind)))
    # A purge may have taken the same bytes away after they were found there, before the row was.
    store().keep_file(arrival.path, name, is_ours=arrival.is_ours)
    if submission.duplicate_of is None:
        nudge.read(submission)
    _log.info("received", submission=submission.pk, trace=submission.trace, size=size)
    return submission


_TOGETHER = Together(commit, DatabaseError)
Outcome = Submission | Refused


def receive_many(
    arrivals: Sequence[Arrival], note: Callable[[list[Outcome]], None]
) -> list[Outcome]:
    """Take in many files at once: one sync, one transaction, one connection to the broker.

    Returns a submission or the refusal for each, in order; ``note`` is told the
    same within the transaction. Raises Failed, and then nothing was taken in.
    """
    outcomes: dict[int, Outcome] = {}
    sound: dict[int, Stored] = {}
    for place, arrival in enumerate(arrivals):
        try:
            kind, size = _checked(arrival)
        except Refused as error:
            outcomes[place] = error
            continue
        sha256 = arrival.sha256 or digest_of(arrival.path)
        sound[place] = Stored(arrival, Original(sha256=sha256, size=size, kind=kind))
    files = [(one.arrival.path, original_name(one.original.sha256)) for one in sound.values()]
    store().keep_files(files)
    with transaction.atomic():
        taken = commit(list(sound.values()))
        nudge.read_many([row for row in taken if row.duplicate_of is None])
        outcomes.update(zip(sound, taken, strict=True))
        ordered = [outcomes[place] for place in range(len(arrivals))]
        note(ordered)
    store().keep_files(files)  # see receive
    return ordered


def _checked(arrival: Arrival) -> tuple[str, int]:
    """Return the file's kind and size; raises TooLarge and WrongKind."""
    size = arrival.path.stat().st_size
    if size == 0:
        raise WrongKind("it is empty; the copy went wrong, send it again")
    if size > settings.UPLOAD_BYTES:
        allowed = settings.UPLOAD_BYTES >> 20
        raise TooLarge(f"the file has {size >> 20} MB; send at most {allowed} MB, scan at 300 dpi")
    with arrival.path.open("rb") as stream:
        kind = kind_of(stream.read(HEAD_BYTES))
    if kind is None:
        raise WrongKind("the file is no PDF, TIFF, JPEG, PNG, WebP, BMP or HEIC; send a scan")
    return kind, size


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
