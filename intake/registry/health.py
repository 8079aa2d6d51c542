"""Whether the service's parts answer, and the figures by which it is watched."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone
from redis.backoff import NoBackoff
from redis.retry import Retry

from intake.errors import IntakeError
from intake.registry import sweep
from intake.registry.models import (
    Delivery,
    Office,
    Queue,
    Reading,
    Record,
    RecordStatus,
    Status,
    Submission,
)
from intake.registry.storage import store

_RECENT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Sign:
    """One part of the service, and what is wrong with it; an empty string where nothing is."""

    part: str
    trouble: str


def signs() -> list[Sign]:
    """Ask database, broker and storage; each answers within a few seconds."""
    return [
        Sign("database", _trouble(_ask_database)),
        Sign("broker", _trouble(_ask_broker)),
        Sign("storage", _trouble(lambda: store().probe())),
    ]


def _trouble(ask: Callable[[], None]) -> str:
    try:
        ask()
    except (IntakeError, DatabaseError, redis.RedisError, OSError) as error:
        said = (str(error).strip() or type(error).__name__).splitlines()[0]
        return said.rstrip(".")
    return ""


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise DatabaseError("migrations are missing; run: intake migrate")


def _ask_broker() -> None:
    with redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2, retry=Retry(NoBackoff(), 0)
    ) as broker:
        broker.ping()


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure: its name, what it means, and its value by labels."""

    name: str
    meaning: str
    label: str
    values: Iterable[tuple[str, float]]


def figures() -> list[Figure]:
    """Measure now; the cost does not grow with finished submissions."""
    return [
        Figure("queue_messages", "Messages that wait", "queue", _queue_lengths()),
        Figure("queue_rows", "Submissions not begun", "queue", _waiting_rows()),
        Figure("queue_age_seconds", "Age of the oldest not begun", "queue", _queue_ages()),
        Figure("pages_per_minute", "Pages read, over ten minutes", "over", _pace()),
        Figure("stage_seconds", "Mean seconds a page, over ten minutes", "stage", _stages()),
        Figure("failed_submissions", "Parked submissions", "reason", _failures()),
        Figure("waiting_records", "Records waiting for review", "office", _waiting_records()),
        Figure("webhook_deliveries", "Events not delivered", "state", _deliveries()),
    ]


def _queue_lengths() -> list[tuple[str, float]]:
    try:
        return [(queue, float(count)) for queue, count in sweep.queue_lengths().items()]
    except redis.RedisError:
        return []


def _unbegun() -> QuerySet[Submission]:
    return Submission.objects.filter(status=Status.RECEIVED).order_by()


def _waiting_rows() -> list[tuple[str, float]]:
    found = dict(_unbegun().values_list("queue").annotate(n=Count("pk")))
    return [(queue, float(found.get(queue, 0))) for queue in Queue.values]


def _queue_ages() -> list[tuple[str, float]]:
    now = timezone.now()
    found = _unbegun().values_list("queue").annotate(oldest=Min("created_at"))
    oldest: dict[str, datetime] = dict(found)
    return [
        (queue, (now - oldest[queue]).total_seconds() if queue in oldest else 0.0)
        for queue in Queue.values
    ]


def _recent() -> list[Reading]:
    since = timezone.now() - _RECENT
    return list(Reading.objects.filter(created_at__gte=since).only("pages", "stage_seconds"))


def _pace() -> list[tuple[str, float]]:
    pages = sum(reading.pages for reading in _recent())
    return [("10m", pages / (_RECENT.total_seconds() / 60))]


def _stages() -> list[tuple[str, float]]:
    recent = _recent()
    pages = sum(reading.pages for reading in recent)
    spent: dict[str, float] = {}
    for reading in recent:
        for stage, seconds in reading.stage_seconds.items():
            spent[stage] = spent.get(stage, 0.0) + seconds
    return [(stage, seconds / pages) for stage, seconds in sorted(spent.items()) if pages]


def _failures() -> list[tuple[str, float]]:
    failed = Submission.objects.filter(status=Status.FAILED).order_by()
    return [
        (kind, float(n)) for kind, n in failed.values_list("failure_kind").annotate(n=Count("pk"))
    ]


def _waiting_records() -> list[tuple[str, float]]:
    waiting = Record.objects.filter(status=RecordStatus.REVIEW).order_by()
    counts = dict(waiting.values_list("office").annotate(n=Count("pk")))
    codes = dict(Office.objects.values_list("pk", "code"))
    return [(codes[office], float(count)) for office, count in counts.items()]


def _deliveries() -> list[tuple[str, float]]:
    open_ones = Delivery.objects.filter(delivered_at=None).aggregate(
        due=Count("pk", filter=Q(given_up_at=None)),
        failing=Count("pk", filter=Q(given_up_at=None) & ~Q(last_error="")),
        given_up=Count("pk", filter=Q(given_up_at__isnull=False)),
    )
    return [(state, float(count)) for state, count in open_ones.items()]
