"""`intake batch`: takes in a folder and stays until all of it is read."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

from django.db.models import F
from django.utils import timezone
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from intake.registry import accounts, batches
from intake.registry.models import Batch, BatchFile, FileStatus

_PAUSE_SECONDS = 1.0


def run(arguments: argparse.Namespace) -> int:
    """Submit the folder's files, wait, put them away; 1 where some were refused."""
    office = accounts.office(arguments.office)
    batch = batches.begin(arguments.folder, office, is_left=arguments.leave)
    batches.adopt(batch)
    with _progress() as progress:
        submitting = progress.add_task("submitting", total=None)
        for _ in batches.take(batch):
            progress.advance(submitting)
        progress.update(submitting, total=batches.progress(batch).files)
        if not arguments.no_wait:
            _wait(batch, progress)
    Batch.objects.filter(pk=batch.pk).update(ended_at=timezone.now())
    return _say(batch)


def _wait(batch: Batch, progress: Progress) -> None:
    reading = progress.add_task("reading", total=batches.progress(batch).files)
    update: Callable[..., None] = progress.update
    while True:
        batches.settle(batch)
        now = batches.progress(batch)
        update(reading, completed=now.files - now.waiting, pages=now.pages)
        if not now.waiting:
            return
        time.sleep(_PAUSE_SECONDS)


class RateColumn(ProgressColumn):
    """How many files a second, once that is known."""

    def render(self, task: Task) -> Text:
        """Return the rate as text."""
        return Text("" if task.speed is None else f"{task.speed:.1f}/s")


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        transient=True,
        disable=not sys.stdout.isatty(),
    )


def _say(batch: Batch) -> int:
    end = batches.progress(batch)
    if not end.files:
        print("no new files: all that lies there was taken in before")
        return 0
    print(
        f"{end.files} files: {end.done} read, {end.refused} refused, {end.waiting} still waiting;"
        f" {end.pages} pages, {end.records} records"
    )
    refused = BatchFile.objects.filter(batch=batch, status=FileStatus.REFUSED)
    for path, note in refused.order_by(F("path")).values_list("path", "note"):
        print(f"refused: {path}: {note}")
    return 1 if end.refused else 0
