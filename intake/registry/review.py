"""What people say about records: corrections, decisions, and new editions.

::

    needs review ── approve ──▶ approved ── reopen (a supervisor) ──▶ a new edition
      at the desk  ╲            ▲
      with a senior ╲ four eyes │ keyed alike, or settled by a third person
      at its office  ╲─▶ second keying
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from intake.errors import Refused
from intake.registry import decisions, sampling, second_keying, seeding
from intake.registry.access import Actor, require_reviewer, require_supervisor
from intake.registry.decisions import Wanted
from intake.registry.errors import Conflict, Forbidden
from intake.registry.models import (
    Decision,
    FieldValue,
    Outcome,
    Purpose,
    Record,
    RecordStatus,
    Station,
    Verdict,
)
from intake.registry.policy import current
from intake.registry.seeding import Feedback

__all__ = [
    "Feedback", "Settled", "Wanted", "answer", "approve", "correct", "decide", "hand_over",
    "reject", "reopen", "send_back", "settle", "take_back",
]  # fmt: skip

TAKEN_BACK = "taken back by the person who decided"
"""The reason of a record opened again by whoever had just decided about it."""
_AT_HAND = (Station.DESK, Station.SENIOR)
_FOR_REGRETS = timedelta(minutes=10)
_REGRETTED = (
    Verdict.APPROVED, Verdict.PROPOSED, Verdict.REJECTED, Verdict.RETURNED, Verdict.HANDED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of a call: the record as it is now, what was done, known-wrong values met.

    ``outcome`` is corrected, approved, second-keying, rejected, returned or handed.
    """

    record: Record
    outcome: str
    feedback: tuple[Feedback, ...] = ()


def correct(record: Record, wanted: Wanted, version: int, actor: Actor) -> Record:
    """Set one value, clear its flags and keep the correction as a row; return the record.

    Confirming a flagged value as it is counts: the row then has equal ends.
    Conflict where the record is of another version by now, Forbidden once it
    is decided, Refused for a value that no such field can have.
    """
    return settle(record, (wanted,), version, actor).record


def settle(record: Record, wanted: Sequence[Wanted], version: int, actor: Actor) -> Settled:
    """Set several values in one step; errors as for ``correct``, and then nothing is set."""
    require_reviewer(actor)
    with transaction.atomic():
        fresh = _taken(record, version, actor, Forbidden)
        _, feedback = _corrected(fresh, wanted, actor)
    return Settled(fresh, "corrected", feedback)


def approve(record: Record, version: int, actor: Actor, wanted: Sequence[Wanted] = ()) -> Settled:
    """Set the values and approve the record, or have its critical values keyed again first.

    Refused while a flagged field was neither corrected nor confirmed (a program
    with a token answers for that itself), Forbidden for one's own upload.
    """
    require_reviewer(actor)
    with transaction.atomic():
        fresh = _taken(record, version, actor)
        _not_own(fresh, actor)
        values, feedback = _corrected(fresh, wanted, actor)
        _all_looked_at(fresh, values, actor)
        rules = current()
        critical = second_keying.fields_to_key(fresh, values, rules)
        if critical:
            second_keying.park(fresh, critical, actor)
            return Settled(fresh, "second-keying", feedback)
        decisions.approve(fresh, actor)
        sampling.draw(fresh, values, rules, actor)
    return Settled(fresh, "approved", feedback)


def reject(
    record: Record, version: int, actor: Actor, reason: str, wanted: Sequence[Wanted] = ()
) -> Settled:
    """Reject a record; Conflict where it changed since, Refused without a reason."""
    require_reviewer(actor)
    _given(reason, "a rejection needs a reason; say what is wrong with the notice")
    with transaction.atomic():
        fresh = _taken(record, version, actor)
        _, feedback = _corrected(fresh, wanted, actor)
        seeding.forget(fresh)
        decisions.reject(fresh, actor, reason)
    return Settled(fresh, "rejected", feedback)


def send_back(
    record: Record, version: int, actor: Actor, message: str, wanted: Sequence[Wanted] = ()
) -> Settled:
    """Send a record back to its office with a message; it waits there for an answer."""
    require_reviewer(actor)
    _given(message, "sending back needs a message; say what the office is to do")
    return _moved(record, version, actor, (Station.OFFICE, Verdict.RETURNED, message), wanted)


def hand_over(
    record: Record, version: int, actor: Actor, reason: str, wanted: Sequence[Wanted] = ()
) -> Settled:
    """Hand a record to a senior, with what is hard about it."""
    require_reviewer(actor)
    _given(reason, "handing over needs a reason; say what is hard about the notice")
    return _moved(record, version, actor, (Station.SENIOR, Verdict.HANDED, reason), wanted)


def answer(record: Record, version: int, actor: Actor, message: str) -> Record:
    """Take an office's answer to a message; the record is back at the desk with it."""
    _given(message, "an answer needs words; say what was done")
    with transaction.atomic():
        fresh = decisions.taken(record, version)
        if fresh.status != RecordStatus.REVIEW or fresh.station != Station.OFFICE:
            raise Conflict("the record does not wait for its office; load it again")
        decisions.move(fresh, Station.DESK, Verdict.ANSWERED, actor, message)
    return fresh


def decide(record: Record, verdict: str, version: int, actor: Actor, reason: str = "") -> Record:
    """Approve or reject a record, as a program asks for it."""
    if verdict == Verdict.REJECTED:
        return reject(record, version, actor, reason).record
    if verdict == Verdict.APPROVED:
        return approve(record, version, actor).record
    require_reviewer(actor)
    raise Refused(f"{verdict} is no decision; give approved or rejected")


def reopen(record: Record, version: int, actor: Actor, reason: str) -> Record:
    """Return a record to be reviewed again: a rejected one itself, an approved one's new edition.

    An approved one takes a supervisor; it is left as it is, and stays in
    exports, until its new edition is approved.
    """
    require_reviewer(actor)
    _given(reason, "opening again needs a reason; say what is to be changed")
    if record.status == RecordStatus.APPROVED:
        require_supervisor(actor)
        return decisions.new_edition(record, version, actor, reason)
    with transaction.atomic():
        fresh = decisions.taken(record, version)
        if fresh.status != RecordStatus.REJECTED:
            raise Conflict(f"the record is {fresh.status}; only a decided one is opened again")
        fresh.status, fresh.station = RecordStatus.REVIEW, Station.DESK
        fresh.save()
        decisions.decided(fresh, Verdict.REOPENED, actor, reason)
    return fresh


def take_back(record: Record, actor: Actor) -> Record:
    """Return a record to the person who has just decided about it, to be reviewed again.

    For slips of a finger: within ten minutes, by that person alone, and only while nobody else
    did anything with the record; otherwise Conflict. What was approved stays as it is, and in
    exports, until its new edition, which is returned, is approved.
    """
    require_reviewer(actor)
    with transaction.atomic():
        last = record.decisions.order_by("-pk").first()
        if last is None or not _is_regrettable(record, last, actor):
            raise Conflict("this decision cannot be taken back any more; ask a supervisor")
        if record.status == RecordStatus.APPROVED:
            return decisions.new_edition(record, record.version, actor, TAKEN_BACK)
        fresh = decisions.taken(record, record.version)
        fresh.checks.filter(purpose=Purpose.SECOND).delete()
        fresh.status, fresh.station = RecordStatus.REVIEW, Station.DESK
        fresh.save()
        decisions.decided(fresh, Verdict.REOPENED, actor, TAKEN_BACK)
    return fresh


def _is_regrettable(record: Record, last: Decision, actor: Actor) -> bool:
    keyed = record.checks.filter(purpose=Purpose.SECOND).exclude(outcome=Outcome.OPEN)
    return (
        actor.user is not None
        and last.user_id == actor.user.pk
        and last.decision in _REGRETTED
        and last.record_version == record.version
        and last.made_at > timezone.now() - _FOR_REGRETS
        and not keyed.exists()
    )


def _moved(
    record: Record,
    version: int,
    actor: Actor,
    to: tuple[Station, Verdict, str],
    wanted: Sequence[Wanted],
) -> Settled:
    station, verdict, words = to
    with transaction.atomic():
        fresh = _taken(record, version, actor)
        _, feedback = _corrected(fresh, wanted, actor)
        seeding.forget(fresh)
        decisions.move(fresh, station, verdict, actor, words)
    return Settled(fresh, "returned" if station == Station.OFFICE else "handed", feedback)


def _taken(record: Record, version: int, actor: Actor, decided: type[Refused] = Conflict) -> Record:
    """Return the record, locked and one version on, where it is this actor's to work on."""
    fresh = decisions.taken(record, version)
    if fresh.status != RecordStatus.REVIEW:
        raise decided(f"the record is {fresh.status}; open a new edition to change it")
    if fresh.station not in _AT_HAND:
        raise Conflict("the record waits for somebody else by now; take another")
    if fresh.station == Station.SENIOR:
        require_supervisor(actor)
    return fresh


def _corrected(
    record: Record, wanted: Sequence[Wanted], actor: Actor
) -> tuple[list[FieldValue], tuple[Feedback, ...]]:
    """Set the values, except those that answer a known-wrong value."""
    real, feedback = seeding.answered(record, wanted, actor)
    return decisions.correct(record, real, actor), feedback


def _not_own(record: Record, actor: Actor) -> None:
    if actor.user is not None and record.submission.user_id == actor.user.pk:
        raise Forbidden("nobody approves the own upload; ask another reviewer")


def _all_looked_at(record: Record, values: Iterable[FieldValue], actor: Actor) -> None:
    if actor.user is None:
        return
    left = {value.name for value in values if value.flags} | seeding.unanswered(record)
    if left:
        raise Refused(
            f"flagged fields were not looked at ({', '.join(sorted(left))});"
            " confirm or correct each"
        )


def _given(words: str, otherwise: str) -> None:
    if not words.strip():
        raise Refused(otherwise)
