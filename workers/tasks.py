"""The tasks: each takes ids, may run twice, and only calls."""

from __future__ import annotations

from celery import Task, shared_task

from intake.registry import batches, leftovers, nudge, report, sweep, webhooks
from workers import work


@shared_task(name=nudge.READ, bind=True)
def read(task: Task[..., None], submission_id: int) -> None:
    """Read a submission, or assemble its pages."""
    work.read(submission_id, work.trace_of(task.request.headers))


@shared_task(name=nudge.READ_PAGE, bind=True)
def read_page(task: Task[..., None], submission_id: int, number: int) -> None:
    """Read one page of a long document."""
    work.read_page(submission_id, number, work.trace_of(task.request.headers))


@shared_task(name=nudge.DELIVER)
def deliver(delivery_id: int) -> None:
    """Send one event to one address."""
    webhooks.deliver(delivery_id)


@shared_task(name=nudge.SWEEP)
def run_sweep() -> None:
    """Send again what was lost; settle files of batches; send events whose time has come."""
    sweep.sweep()
    batches.settle()
    webhooks.send_due()


@shared_task(name=nudge.DROPS)
def take_drops() -> None:
    """Take in what lies in the drop folders."""
    batches.take_drops()


@shared_task(name=nudge.REPORT)
def write_report() -> None:
    """Write the morning's report."""
    report.write_files()


@shared_task(name=nudge.LEFTOVERS)
def clear_leftovers() -> None:
    """Clear what killed processes left."""
    leftovers.clear()
