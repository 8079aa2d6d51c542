"""Takes in folders of scans, and puts each file away once its record is safe."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import structlog
from django.conf import settings
from django.db.models import Count, Q, Sum
from django.utils import timezone

from intake.errors import Refused
from intake.registry import submissions
from intake.registry.models import (
    Batch,
    BatchFile,
    FileStatus,
    Office,
    Queue,
    Record,
    Status,
    Submission,
)

_log = structlog.get_logger(__name__)
DONE, REFUSED = "done", "refused"
_SETTLED_AT_ONCE = 500
_SUBMITTED_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is: files by outcome, pages that are read, and their records."""

    files: int
    done: int
    refused: int
    pages: int
    records: int

    @property
    def waiting(self) -> int:
        """How many files are still to be read."""
        return self.files - self.done - self.refused


def begin(folder: Path, office: Office, *, is_drop: bool = False, is_left: bool = False) -> Batch:
    """Open a batch over a folder; Refused where there is no such folder.

    With ``is_left`` files stay where they are when their records are safe.
    """
    if not folder.is_dir():
        raise Refused(f"{folder} is no folder; name the folder that holds the scans")
    return Batch.objects.create(
        office=office, folder=str(folder.resolve()), is_drop=is_drop, is_left=is_left
    )


def take(batch: Batch) -> Iterator[BatchFile]:
    """Submit each file that was not taken before, and yield its row; Failed stops, to be resumed.

    A file is known by its path, size and time of change: a second run, or one
    after a power cut, does nothing twice.
    """
    top = Path(batch.folder)
    paths = (path for path in _files(top) if not batch.is_drop or _is_quiet(path.stat().st_mtime))
    while chunk := list(islice(paths, _SUBMITTED_AT_ONCE)):
        rows = _listed(batch, chunk)
        _submit(rows, top, batch.office)
        yield from rows


def take_drops() -> int:
    """Take in every drop folder, one a folder name that is an office's code; return how many."""
    taken = 0
    for office in Office.objects.order_by("code"):
        folder = settings.DROP_FOLDERS / office.code
        if folder.is_dir() and any(_files(folder.resolve())):
            batch = begin(folder, office, is_drop=True)
            taken += sum(1 for _ in take(batch))
            Batch.objects.filter(pk=batch.pk).update(ended_at=timezone.now())
    return taken


def settle(batch: Batch | None = None) -> int:
    """Move files whose reading is over into done/ or refused/; of this batch, or of all drops.

    Returns how many were settled. A file that changed meanwhile stays where it is.
    """
    rows = BatchFile.objects.filter(status=FileStatus.SUBMITTED)
    rows = rows.filter(batch__is_drop=True) if batch is None else rows.filter(batch=batch)
    over = (Status.READ, Status.FAILED)
    finished = Q(submission__duplicate_of=None, submission__status__in=over)
    finished |= Q(submission__duplicate_of__status__in=over)
    found = rows.filter(finished).select_related(
        "batch", "submission__duplicate_of", "submission__office"
    )
    return sum(_settled(row) for row in found.order_by("pk")[:_SETTLED_AT_ONCE])


def progress(batch: Batch) -> Progress:
    """Return how far a batch is."""
    counts = batch.files.aggregate(
        files=Count("pk"),
        done=Count("pk", filter=Q(status=FileStatus.DONE)),
        refused=Count("pk", filter=Q(status=FileStatus.REFUSED)),
        pages=Sum("submission__pages_done"),
    )
    records = Record.objects.filter(submission__files__batch=batch).count()
    return Progress(
        counts["files"], counts["done"], counts["refused"], counts["pages"] or 0, records
    )


def adopt(batch: Batch) -> int:
    """Take over files below the batch's folder that an earlier run left.

    Those that it submitted but did not settle; all of them, refusals that nobody
    was told of among them, where the run was broken off.
    """
    is_open = Q(status__in=(FileStatus.WAITING, FileStatus.SUBMITTED))
    earlier = BatchFile.objects.filter(
        is_open | Q(batch__ended_at=None),
        path__startswith=f"{batch.folder}/",
        batch__office=batch.office,
    )
    return earlier.exclude(batch=batch).update(batch=batch)


def _files(top: Path) -> Iterator[Path]:
    """Yield the files below a folder in a fixed order, without what was put away or is hidden."""
    for path in sorted(top.iterdir()):
        if path.name.startswith(".") or path.is_symlink():
            continue
        if path.is_dir() and path.name not in {DONE, REFUSED}:
            yield from _files(path)
        elif path.is_file() and not path.name.endswith((".part", ".tmp", ".crdownload")):
            yield path


def _is_quiet(changed: float) -> bool:
    """Whether a file was left alone long enough to be whole."""
    return time.time() - changed >= settings.DROP_QUIET_SECONDS


def _listed(batch: Batch, paths: list[Path]) -> list[BatchFile]:
    """Return rows, not saved yet, of the files that were not submitted before."""
    seen = {str(path): path.stat() for path in paths}
    known = BatchFile.objects.filter(path__in=seen).exclude(status=FileStatus.WAITING)
    taken = set(known.values_list("path", "size", "changed_ns"))
    return [
        BatchFile(batch=batch, path=path, size=status.st_size, changed_ns=status.st_mtime_ns)
        for path, status in seen.items()
        if (path, status.st_size, status.st_mtime_ns) not in taken
    ]


def _submit(rows: list[BatchFile], top: Path, office: Office) -> None:
    arrivals = [
        submissions.Arrival(
            Path(row.path), str(Path(row.path).relative_to(top)), office, queue=Queue.BATCH
        )
        for row in rows
    ]

    def note(outcomes: list[submissions.Outcome]) -> None:
        for row, outcome in zip(rows, outcomes, strict=True):
            if isinstance(outcome, Submission):
                row.submission, row.status = outcome, FileStatus.SUBMITTED
        BatchFile.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["path", "size", "changed_ns"],
            update_fields=["batch", "submission", "status"],
        )

    for row, outcome in zip(rows, submissions.receive_many(arrivals, note), strict=True):
        if isinstance(outcome, Refused):
            _put_away(row, REFUSED, str(outcome))


def _settled(row: BatchFile) -> bool:
    submission = row.submission
    if submission is None:
        return False
    first = submission.first
    if first.status == Status.FAILED:
        return _put_away(row, REFUSED, first.failure)
    return _put_away(row, DONE, _note(submission))


def _note(submission: Submission) -> str:
    count = submission.first.records.count()
    return f"{submission.receipt}: {count} notice(s)"


def _put_away(row: BatchFile, where: str, note: str) -> bool:
    """Move the file if it is still the one that was read, and leave a note beside it."""
    path, top = Path(row.path), Path(row.batch.folder)
    if not top.is_dir():
        return False  # the folder is not mounted on this machine; another one will settle it
    if not row.batch.is_left and _is_unchanged(row, path):
        target = _free_name(top / where / path.relative_to(top))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.with_name(f"{target.name}.note.txt").write_text(f"{note}\n", encoding="utf8")
        shutil.move(path, target)
    row.status = FileStatus.DONE if where == DONE else FileStatus.REFUSED
    row.note, row.settled_at = note[:500], timezone.now()
    row.save(update_fields=["status", "note", "settled_at"])
    return True


def _is_unchanged(row: BatchFile, path: Path) -> bool:
    try:
        status = path.stat()
    except FileNotFoundError:
        return False
    return (status.st_size, status.st_mtime_ns) == (row.size, row.changed_ns)


def _free_name(target: Path) -> Path:
    """Return the target, numbered where an earlier file of the same name was put away there."""
    number, free = 1, target
    while free.exists():
        number += 1
        free = target.with_name(f"{target.stem}-{number}{target.suffix}")
    return free
