"""The Celery application: ``celery -A workers.app worker`` and ``celery -A workers.app beat``."""

from __future__ import annotations

import os

import django

from intake.settings import announce

announce()
django.setup()

from celery import Celery, signals  # noqa: E402
from django.conf import settings  # noqa: E402
from kombu import Queue as Messages  # noqa: E402

from intake.registry.models import Queue  # noqa: E402
from intake.registry.nudge import configured  # noqa: E402
from workers.schedule import schedule  # noqa: E402

_NICENESS = 10

app = configured(Celery("intake"))
app.conf.update(
    imports=("workers.tasks",),
    task_queues=[Messages(name) for name in (Queue.INTERACTIVE, Queue.BATCH)],
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_max_tasks_per_child=500,
    worker_max_memory_per_child=settings.CHILD_MEMORY_BYTES // 1024,
    task_soft_time_limit=settings.TASK_SOFT_SECONDS,
    task_time_limit=settings.TASK_HARD_SECONDS,
    worker_hijack_root_logger=False,
    worker_send_task_events=False,
    timezone=settings.TIME_ZONE,
    beat_schedule=schedule(),
    beat_schedule_filename=str(settings.INTAKE_HOME / "beat-schedule"),
)


@signals.worker_process_init.connect
def _give_way(**_given: object) -> None:
    """Let uploads, database and broker on the same machine go first; alone it changes nothing."""
    os.nice(_NICENESS)


@signals.setup_logging.connect
def _keep_our_log(**_given: object) -> None:
    """Leave the log as the registry configured it: one JSON object a line."""
