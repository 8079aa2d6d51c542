"""Which notices wait at the desk, and which comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from intake.errors import Refused
from intake.registry import leases, search
from intake.registry.access import Actor, records_of, require_reviewer
from intake.registry.models import (
    BatchFile,
    FieldValue,
    Office,
    Record,
    RecordStatus,
    Station,
    User,
)
from intake.registry.search import Filters

ORDERS = ("oldest", "newest")
_TRIES = 10
_COUNTED = 300
_SAMPLED = 300


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a reviewer wants to see; empty means everything, the oldest first.

    ``office`` is a code, ``region`` an ISO code, ``flag`` a flag reason,
    ``batch`` the key of a batch.
    """

    office: str = ""
    region: str = ""
    flag: str = ""
    batch: str = ""
    order: str = "oldest"


def waiting(actor: Actor, wishes: Wishes, after: int | None = None) -> QuerySet[Record]:
    """Return the notices that wait for this reviewer and that nobody else has in hand, in order.

    ``after`` is the key of a notice that comes before all of them.
    """
    user = reviewer(actor)
    seen = _within(actor, wishes.region) if wishes.region else actor
    rows = records_of(seen).filter(status=RecordStatus.REVIEW, station__in=_stations(actor))
    rows = search.narrow(rows, Filters(office=wishes.office))
    if wishes.batch:
        rows = rows.filter(submission__in=_of_batch(wishes.batch))
    # Nobody approves the own upload, so it is not offered.
    rows = rows.exclude(submission__user=user)
    return _ordered(leases.free_for(rows, user), wishes, after)


def _within(actor: Actor, region: str) -> Actor:
    """Return an actor who sees the offices of one region alone, of those that this one sees.

    By the office's region: what was read on the notice may be wrong, or nothing at all. One list
    of offices rather than two conditions, so that the database does not take them for chances.
    """
    offices = frozenset(Office.objects.filter(region=region).values_list("pk", flat=True))
    return replace(actor, offices=offices if actor.offices is None else offices & actor.offices)


def _ordered(rows: QuerySet[Record], wishes: Wishes, after: int | None) -> QuerySet[Record]:
    """Put rows in order; those with a flag in that of the flags' own index, which has them so."""
    key = "flag_rows__record_id" if wishes.flag else "pk"
    sign, side = ("-", "lt") if wishes.order == "newest" else ("", "gt")
    # One filter for both: a second one would join the flags a second time.
    asked: dict[str, object] = {"flag_rows__flag": wishes.flag} if wishes.flag else {}
    if after is not None:
        asked[f"{key}__{side}"] = after
    return rows.filter(**asked).order_by(f"{sign}{key}")


def next_notice(actor: Actor, wishes: Wishes, after: int | None = None) -> Record | None:
    """Take the notice that comes next, after one by its key; None where none is left.

    Conflicts with another reviewer's taking the same one are settled by trying the one after.
    """
    user, rows = reviewer(actor), waiting(actor, wishes, after)
    for key in rows.values_list("pk", flat=True)[:_TRIES]:
        if leases.take(key, user):
            return Record.objects.select_related("office", "submission__original").get(pk=key)
    return None


@dataclass(frozen=True, slots=True)
class Overview:
    """What waits: how many (``is_more`` than were counted), the first of them, flagged fields.

    ``fields`` says how often each field is flagged among the first few hundred.
    """

    count: int
    is_more: bool
    first: Sequence[Record]
    fields: Sequence[tuple[str, int]]


def overview(rows: QuerySet[Record], most: int) -> Overview:
    """Look over the notices that wait, asking the database for their keys once."""
    keys = list(rows.values_list("pk", flat=True)[: _COUNTED + 1])
    place = {key: number for number, key in enumerate(keys)}
    first = Record.objects.filter(pk__in=keys[:most]).select_related("office")
    names = FieldValue.objects.filter(record__in=keys[:_SAMPLED]).exclude(flags=[])
    return Overview(
        min(len(keys), _COUNTED),
        len(keys) > _COUNTED,
        sorted(first, key=lambda record: place[record.pk]),
        Counter(names.values_list("name", flat=True)).most_common(),
    )


def column(rows: QuerySet[Record], field: str, limit: int) -> Sequence[FieldValue]:
    """Return one field of the first of these notices that have it flagged, with their records."""
    keys = list(rows.values_list("pk", flat=True)[:_SAMPLED])
    values = FieldValue.objects.filter(record__in=keys, name=field).exclude(flags=[])
    order = {key: place for place, key in enumerate(keys)}
    found = values.select_related("record__office", "record__submission__original")
    return sorted(found, key=lambda value: order[value.record_id])[:limit]


def reviewer(actor: Actor) -> User:
    """Return the person at the desk; Forbidden for a clerk, Refused for a program."""
    require_reviewer(actor)
    if actor.user is None:
        raise Refused("the desk is for people; a program corrects records through the API")
    return actor.user


def may_take(record: Record, actor: Actor) -> bool:
    """Whether a record waits for this reviewer at all."""
    return record.status == RecordStatus.REVIEW and record.station in _stations(actor)


def _stations(actor: Actor) -> tuple[str, ...]:
    return (Station.DESK, Station.SENIOR) if actor.may_supervise else (Station.DESK,)


def _of_batch(batch: str) -> QuerySet[BatchFile, int | None]:
    key = int(batch) if batch.isdigit() and len(batch) < 18 else 0
    return BatchFile.objects.filter(Q(batch=key), submission__isnull=False).values_list(
        "submission", flat=True
    )
