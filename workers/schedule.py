"""What happens by the clock; every entry expires before its next turn."""

from __future__ import annotations

from typing import Any

from celery.schedules import crontab
from django.conf import settings

from intake.registry import nudge
from intake.registry.models import Queue

_MINUTE = 60.0


def schedule() -> dict[str, dict[str, Any]]:
    """Return beat's table."""
    return {
        "sweep": _entry(nudge.SWEEP, float(settings.SWEEP_SECONDS), Queue.INTERACTIVE),
        "drops": _entry(nudge.DROPS, crontab(hour=settings.BATCH_HOUR, minute=0), Queue.BATCH),
        "report": _entry(
            nudge.REPORT, crontab(hour=settings.REPORT_HOUR, minute=0), Queue.INTERACTIVE
        ),
        "leftovers": _entry(nudge.LEFTOVERS, crontab(minute=17), Queue.BATCH),
    }


def _entry(task: str, when: float | crontab, queue: str) -> dict[str, Any]:
    expires = when if isinstance(when, float) else 60 * _MINUTE
    return {"task": task, "schedule": when, "options": {"queue": queue, "expires": expires}}
