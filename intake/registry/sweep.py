"""Finds work whose message or worker was lost, sends it again, and parks what keeps failing.

Its queries follow two partial indexes that hold unfinished rows alone, so its
cost does not grow with history.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import redis
import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from redis.backoff import NoBackoff
from redis.retry import Retry

from intake.registry import claims, nudge
from intake.registry.models import PageRead, Queue, Submission

_log = structlog.get_logger(__name__)
_AT_ONCE = 1000
_PATIENCE = 15


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did."""

    sent: int
    parked: int


def queue_lengths() -> dict[str, int]:
    """Return how many messages wait in each queue; raises redis.RedisError."""
    once = Retry(NoBackoff(), 0)
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=5, retry=once) as broker:
        prefix = settings.REDIS_PREFIX
        return {queue: int(str(broker.llen(f"{prefix}{queue}"))) for queue in Queue.values}


def sweep() -> Swept:
    """Send again what lost its message, park what was given up; safe to run at any time."""
    parked = _park_given_up()
    try:
        lengths = queue_lengths()
    except redis.RedisError as error:
        _log.warning("broker unreachable", error=str(error))
        return Swept(0, parked)
    sent = _send_submissions(_owed(lengths)) + _send_pages(_owed(lengths))
    if sent or parked:
        _log.info("swept", sent=sent, parked=parked)
    return Swept(sent, parked)


def _owed(lengths: dict[str, int]) -> Q:
    """Return which rows have no message of their own any more.

    Where messages still wait, a row that was never begun most likely has one of
    them: sending again would double a long queue every few minutes. An empty
    queue holds nobody's message, and what was begun has used its message up.
    """
    idle = [queue for queue, length in lengths.items() if length == 0]
    late = timezone.now() - timedelta(seconds=settings.RESEND_SECONDS * _PATIENCE)
    begun_long_ago = Q(attempts__gt=0) & Q(nudged_at__lt=late)
    return Q(queue__in=idle) | begun_long_ago


def _stuck() -> Q:
    now = timezone.now()
    quiet = now - timedelta(seconds=settings.RESEND_SECONDS)
    expired = Q(claim="") | Q(lease_until__lt=now)
    return expired & (Q(nudged_at=None) | Q(nudged_at__lt=quiet))


def _submissions() -> QuerySet[Submission]:
    return (
        # Asked so, and without a status, both databases see that the small index of
        # unfinished rows holds the answer.
        Submission.objects.filter(_stuck(), finished_at=None)
        .exclude(page_reads__done=False)
        .order_by("nudged_at")
    )


def _pages() -> QuerySet[PageRead]:
    return PageRead.objects.filter(_stuck(), done=False).order_by("nudged_at")


def _send_submissions(owed: Q) -> int:
    with transaction.atomic():
        found = list(_submissions().filter(owed, attempts__lt=settings.ATTEMPTS)[:_AT_ONCE])
        keys = [row.pk for row in found]
        Submission.objects.filter(pk__in=keys).update(nudged_at=timezone.now())
        for row in found:
            nudge.read(row)
    return len(found)


def _send_pages(owed: Q) -> int:
    with transaction.atomic():
        stuck = _pages().filter(owed, attempts__lt=settings.ATTEMPTS)
        found = list(stuck.prefetch_related("submission")[:_AT_ONCE])
        keys = [row.pk for row in found]
        PageRead.objects.filter(pk__in=keys).update(nudged_at=timezone.now())
        for row in found:
            claims.nudge_page(row, row.submission.trace)
    return len(found)


def _park_given_up() -> int:
    """Park what was begun as often as allowed and whose worker never came back to say why."""
    lost = f"the worker died {settings.ATTEMPTS} times while reading"
    remedy = "look at its memory limit and log, then try again"
    submissions = list(_submissions().filter(attempts__gte=settings.ATTEMPTS)[:_AT_ONCE])
    for row in submissions:
        claims.park(row, claims.WORKER_LOST, f"{lost}; {remedy}")
    pages = list(
        _pages().filter(attempts__gte=settings.ATTEMPTS).prefetch_related("submission")[:_AT_ONCE]
    )
    for page in pages:
        claims.park(page.submission, claims.WORKER_LOST, f"{lost} page {page.number}; {remedy}")
    return len(submissions) + len({page.submission_id for page in pages})
