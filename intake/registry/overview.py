"""Where work piles up: what waits by office and age, what is done a day, what failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from intake.registry.access import (
    Actor,
    about_records_of,
    offices_of,
    records_of,
    require_supervisor,
    submissions_of,
)
from intake.registry.alphabet import ordered
from intake.registry.models import (
    Decision,
    Office,
    Reading,
    RecordStatus,
    Station,
    Status,
    Submission,
    Verdict,
)

AGES = ("today", "days", "week", "older")
"""How long a record waits: under a day, 1 to 3 days, 4 to 7 days, longer."""
_BOUNDS = (timedelta(days=1), timedelta(days=4), timedelta(days=8))
_MOST_FAILED = 50


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits of one office: records by age, and scans not yet read."""

    office: Office
    by_age: Mapping[str, int]
    unread: int

    @property
    def total(self) -> int:
        """All records that wait."""
        return sum(self.by_age.values())


@dataclass(frozen=True, slots=True)
class Day:
    """What was done on one day."""

    day: date
    pages: int
    approved: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The supervisor's dashboard."""

    backlog: Sequence[Backlog]
    stations: Mapping[str, int]
    days: Sequence[Day]
    failed: Sequence[Submission]
    failed_count: int
    oldest: datetime | None


def build(actor: Actor, days: int = 14) -> Overview:
    """Gather the dashboard over the actor's offices; ``days`` back for what was done."""
    require_supervisor(actor)
    failed = submissions_of(actor).filter(status=Status.FAILED, duplicate_of=None)
    waiting = _waiting(actor)
    return Overview(
        backlog=_backlog(actor, waiting),
        stations=_stations(waiting),
        days=_days(actor, days),
        failed=list(failed.select_related("office", "original").order_by("-pk")[:_MOST_FAILED]),
        failed_count=failed.count(),
        oldest=min((one.oldest for one in waiting), default=None),
    )


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What waits of one office at one station, by age, and since when."""

    office: int
    station: str
    by_age: Mapping[str, int]
    oldest: datetime


def _waiting(actor: Actor) -> list[_Waiting]:
    """Count all that waits, going once through the index of what waits."""
    now = timezone.now()
    # So many are younger than each bound; the ages are what lies between two.
    younger = [Count("created_at", filter=Q(created_at__gt=now - bound)) for bound in _BOUNDS]
    counted = (
        records_of(actor)
        .filter(status=RecordStatus.REVIEW)
        .order_by()
        .values_list("office", "station")
        .annotate(y0=younger[0], y1=younger[1], y2=younger[2], all=Count("*"))
        .annotate(oldest=Min("created_at"))
    )
    return [
        _Waiting(office, station, _ages(list(counts)), oldest)
        for office, station, *counts, oldest in counted
    ]


def _ages(up_to: Sequence[int]) -> dict[str, int]:
    starts = [0, *up_to[:-1]]
    return {age: n - before for age, n, before in zip(AGES, up_to, starts, strict=True)}


def _backlog(actor: Actor, waiting: Sequence[_Waiting]) -> list[Backlog]:
    none = dict.fromkeys(AGES, 0)
    by_office: dict[int, dict[str, int]] = {}
    for one in waiting:
        ages = by_office.setdefault(one.office, dict(none))
        for age, count in one.by_age.items():
            ages[age] += count
    unread = Counter(
        dict(
            submissions_of(actor)
            .filter(duplicate_of=None, finished_at=None)
            .order_by()
            .values_list("office")
            .annotate(count=Count("pk"))
        )
    )
    lines = [
        Backlog(office, by_office.get(office.pk, none), unread[office.pk])
        for office in ordered(offices_of(actor), lambda one: one.name)
    ]
    return [line for line in lines if line.total or line.unread]


def _stations(waiting: Sequence[_Waiting]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for one in waiting:
        found[one.station] += sum(one.by_age.values())
    return {str(station): found[station] for station in Station.values}


def _days(actor: Actor, days: int) -> list[Day]:
    today = timezone.localdate()
    first = today - timedelta(days=days - 1)
    midnight = timezone.make_aware(datetime.combine(first, datetime.min.time()))
    readings = Reading.objects.filter(created_at__gte=midnight)
    if actor.offices is not None:
        readings = readings.filter(submission__office__in=actor.offices)
    pages = dict(
        readings.annotate(day=TruncDate("created_at"))
        .order_by()
        .values_list("day")
        .annotate(total=Sum("pages"))
    )
    decided = _decided(actor, midnight)
    return [
        Day(day, pages.get(day, 0), decided[day, Verdict.APPROVED], decided[day, Verdict.REJECTED])
        for day in (first + timedelta(days=n) for n in range(days))
    ]


def _decided(actor: Actor, since: datetime) -> Counter[tuple[date, str]]:
    rows = (
        about_records_of(Decision.objects.filter(made_at__gte=since), actor)
        .annotate(day=TruncDate("made_at"))
        .order_by()
        .values_list("day", "decision")
        .annotate(count=Count("pk"))
    )
    return Counter({(day, verdict): count for day, verdict, count in rows})
