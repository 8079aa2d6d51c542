"""What reviewers sent back to an office, with their messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from intake.registry.access import Actor, records_of
from intake.registry.models import Decision, Record, RecordStatus, Station, Verdict

_MOST = 200


@dataclass(frozen=True, slots=True)
class Message:
    """A record that waits for its office, and what its reviewer wrote."""

    record: Record
    words: str
    who: str
    when: datetime


def count(actor: Actor) -> int:
    """Return how many records wait for the actor's offices."""
    return _waiting(actor).count()


def messages(actor: Actor) -> list[Message]:
    """Return what waits, the oldest first, 200 at most."""
    rows = list(
        _waiting(actor).select_related("office", "submission__office").order_by("pk")[:_MOST]
    )
    last = _last(rows)
    return [
        Message(row, one.reason, one.user.get_full_name() or one.user.username if one.user else "",
                one.made_at)
        for row in rows
        if (one := last.get(row.pk))
    ]  # fmt: skip


def _waiting(actor: Actor) -> QuerySet[Record]:
    return records_of(actor).filter(status=RecordStatus.REVIEW, station=Station.OFFICE)


def _last(rows: Sequence[Record]) -> dict[int, Decision]:
    found = Decision.objects.filter(record__in=rows, decision=Verdict.RETURNED)
    return {one.record_id: one for one in found.select_related("user").order_by("pk")}
