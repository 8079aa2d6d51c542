"""Tells workers that there is work, by name; a lost message costs time, never a scan."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import redis
import structlog
from celery import Celery
from django.conf import settings
from django.db import transaction
from kombu import Producer
from kombu.exceptions import (  # type: ignore[attr-defined] # newer than its types
    BatchPublishError,
    OperationalError,
)
from redis.backoff import NoBackoff
from redis.retry import Retry

from intake.registry.models import Queue, Submission

READ = "intake.read"
READ_PAGE = "intake.read_page"
DELIVER = "intake.deliver"
SWEEP = "intake.sweep"
DROPS = "intake.drops"
REPORT = "intake.report"
LEFTOVERS = "intake.leftovers"

_log = structlog.get_logger(__name__)
_PAUSE_SECONDS = 5.0
_FRESH_SECONDS = 1.0


def configured(app: Celery) -> Celery:
    """Give an application what sender and worker must agree about."""
    app.conf.update(
        broker_url=settings.REDIS_URL,
        task_serializer="json",
        accept_content=["json"],
        task_ignore_result=True,
        task_default_queue=Queue.INTERACTIVE,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,  # a broker may be away for a whole weekend
        broker_transport_options={
            # Queues are served in the order in which the worker names them.
            "queue_order_strategy": "priority",
            "global_keyprefix": settings.REDIS_PREFIX,
            "visibility_timeout": settings.LEASE_SECONDS * 4,
            "socket_timeout": 10,
            "socket_connect_timeout": 2,
            "socket_keepalive": True,
        },
    )
    return app


@dataclass(frozen=True, slots=True)
class Call:
    """What a message says: arguments, which are ids, its queue, and the trace of its cause.

    ``more_seconds`` is how much longer than others the task may take.
    """

    arguments: list[int]
    queue: str
    trace: str
    more_seconds: int = 0


class Sender:
    """Sends messages; after a failure it leaves the broker alone for a moment."""

    def __init__(self, app: Celery) -> None:
        self._app = app
        self._silent_until = 0.0
        self._answered = 0.0
        # Celery's own connection tries for six seconds before it admits that nobody
        # answers, and an office waits for its receipt meanwhile: knock first.
        self._door = redis.Redis.from_url(
            str(app.conf.broker_url),
            socket_connect_timeout=1,
            socket_timeout=2,
            retry=Retry(NoBackoff(), 0),
        )

    def send_many(self, task: str, calls: Sequence[Call]) -> bool:
        """Send many messages in few round trips; False where the broker does not answer.

        Then some of them may have arrived all the same: a task may run twice.
        """
        if time.monotonic() < self._silent_until:
            return False
        try:
            self._knock()
            with self._app.producer_or_acquire() as producer, producer.batch():
                for call in calls:
                    self._send(task, call, producer)
        except (redis.RedisError, OperationalError, BatchPublishError) as error:
            self._silent_until = time.monotonic() + _PAUSE_SECONDS
            _log.warning("broker unreachable", task=task, error=str(error))
            return False
        self._answered = time.monotonic()
        return True

    def _send(self, task: str, call: Call, producer: Producer) -> None:
        limits: dict[str, Any] = {
            "soft_time_limit": settings.TASK_SOFT_SECONDS + call.more_seconds,
            "time_limit": settings.TASK_HARD_SECONDS + call.more_seconds,
        }
        self._app.send_task(
            task,
            args=call.arguments,
            queue=call.queue,
            headers={"trace": call.trace},
            retry=False,
            producer=producer,
            **(limits if call.more_seconds else {}),
        )

    def _knock(self) -> None:
        """Raise redis.RedisError where nobody answers; not asked again within a second."""
        if time.monotonic() - self._answered > _FRESH_SECONDS:
            self._door.ping()


_APP = configured(Celery("intake", set_as_current=False))
_SENDER = Sender(_APP)


def send(task: str, arguments: list[int], queue: str, trace: str = "") -> bool:
    """Send a message now; False where the broker does not answer (the sweep sends it again)."""
    return _SENDER.send_many(task, [Call(arguments, queue, trace)])


def on_commit(task: str, arguments: list[int], queue: str, trace: str = "") -> None:
    """Send a message once the present transaction is committed."""
    transaction.on_commit(partial(_sent, task, arguments, queue, trace))


def read_many(submissions: Sequence[Submission]) -> None:
    """Ask, once committed, for these submissions to be read."""
    calls = [_call(row) for row in submissions]
    transaction.on_commit(partial(_SENDER.send_many, READ, calls))


def read(submission: Submission) -> None:
    """Ask, once committed, for this submission to be read."""
    transaction.on_commit(partial(_SENDER.send_many, READ, [_call(submission)]))


def more_seconds(pages: int | None) -> int:
    """Return how much longer than others the task may take that assembles so many pages."""
    return settings.ASSEMBLE_PAGE_SECONDS * (pages or 0)


def _call(row: Submission) -> Call:
    return Call([row.pk], row.queue, row.trace, more_seconds(row.pages_total))


def _sent(task: str, arguments: list[int], queue: str, trace: str) -> Any:
    return send(task, arguments, queue, trace)
