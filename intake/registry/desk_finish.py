"""Hands in a reviewer's work on a notice; where somebody else changed it, says what is whose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from intake.errors import Refused
from intake.registry import drafts, efforts, labels, leases, review, rules
from intake.registry.access import Actor
from intake.registry.desk_notice import shown
from intake.registry.desk_queue import may_take, reviewer
from intake.registry.drafts import ILLEGIBLE, Work
from intake.registry.errors import Conflict
from intake.registry.models import Correction, Decision, FieldValue, Record, Verdict
from intake.registry.review import Settled

_CALLS: Mapping[str, Callable[..., Settled]] = {
    "reject": review.reject,
    "send-back": review.send_back,
    "hand-over": review.hand_over,
}


# What a decision's row says came of which call.
_OUTCOMES: Mapping[str, str] = {
    Verdict.APPROVED: "approved", Verdict.PROPOSED: "second-keying", Verdict.REJECTED: "rejected",
    Verdict.RETURNED: "returned", Verdict.HANDED: "handed",
}  # fmt: skip
_VERDICTS: Mapping[str, str] = {
    "approved": "approve", "second-keying": "approve", "rejected": "reject",
    "returned": "send-back", "handed": "hand-over",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that holds something else by now: this person's answer, the other's, and who."""

    field: str
    mine: str
    theirs: str
    theirs_value: str | None
    who: str


class Clashed(Conflict):
    """Somebody changed the record since it was shown; both values are told."""

    def __init__(self, record: Record, clashes: Sequence[Clash]) -> None:
        super().__init__("somebody changed the record since; look at both values")
        self.version = record.version
        self.clashes = tuple(clashes)


def finish(record: Record, actor: Actor, work: Work, decision: str, reason: str) -> Settled:
    """Write the answers and the decision in one step, and give the record back.

    ``decision`` is approve, reject, send-back or hand-over. Raises Clashed where
    somebody changed the record since it was shown, Refused for an approval of
    what was not legible.
    """
    user = reviewer(actor)
    if decision == "approve" and any(a.state == ILLEGIBLE for a in work.answers.values()):
        raise Refused("a field was not legible to you; hand the notice to a senior")
    try:
        with transaction.atomic():  # one wait for the disk, not four
            settled = _decided(record, actor, work, (decision, reason))
            efforts.note(settled.record, actor, seconds=work.seconds, keystrokes=work.keystrokes)
            drafts.drop(record)
            leases.release(record.pk, user)
    except Conflict as error:
        before = _told_before(record, actor, work, decision)
        if before:
            return before
        raise _clash(record, work, error, actor) from error
    return settled


def values_with(record: Record, work: Work) -> dict[str, str]:
    """Return the values of a record as they would be with the answers."""
    held = {value.name: value.value for value in record.values.all()}
    held |= {name: answer.value for name, answer in work.answers.items()}
    return {name: value for name, value in held.items() if value is not None}


def _told_before(record: Record, actor: Actor, work: Work, decision: str) -> Settled | None:
    """Return what came of the very same call, where its answer was lost on the way."""
    made = Decision.objects.filter(
        record=record, user=actor.user, record_version=work.version + 1
    ).first()
    outcome = _OUTCOMES.get(made.decision, "") if made else ""
    if not outcome or _VERDICTS[outcome] != decision:
        return None
    return Settled(Record.objects.get(pk=record.pk), outcome)


def _decided(record: Record, actor: Actor, work: Work, said: tuple[str, str]) -> Settled:
    decision, reason = said
    wanted = drafts.wanted(work)
    if decision == "approve":
        return review.approve(record, work.version, actor, wanted)
    if decision not in _CALLS:
        raise Refused(f"{decision} is no decision; give approve, {', '.join(_CALLS)}")
    return _CALLS[decision](record, work.version, actor, reason, wanted)


def _clash(record: Record, work: Work, error: Conflict, actor: Actor) -> Conflict:
    """Return both sides of every changed field; the error itself where the record has gone on."""
    fresh = Record.objects.get(pk=record.pk)
    if not may_take(fresh, actor) or fresh.version == work.version:
        return error
    changes = Correction.objects.filter(record=fresh, record_version__gt=work.version)
    last = {one.field: one for one in changes.select_related("user", "token").order_by("pk")}
    held = {value.name: value for value in fresh.values.all()}
    return Clashed(fresh, [_sides(fresh, held[name], work, one) for name, one in last.items()])


def _sides(record: Record, value: FieldValue, work: Work, change: Correction) -> Clash:
    rule, mine = rules.rule_of(record, value.name), work.answers.get(value.name)
    said = (shown(rule, mine.value) or labels.state(mine.state)) if mine else ""
    theirs = shown(rule, value.value) or labels.state(value.state)
    made_at = timezone.localtime(change.made_at).strftime("%H:%M")
    return Clash(value.name, said, theirs, value.value, f"{change.user or change.token}, {made_at}")


def as_json(clashed: Clashed) -> dict[str, Any]:
    """Return what the desk shows of a clash."""
    return {
        "version": clashed.version,
        "clashes": [
            {"field": one.field, "mine": one.mine, "theirs": one.theirs,
             "value": one.theirs_value, "who": one.who}
            for one in clashed.clashes
        ],
    }  # fmt: skip
