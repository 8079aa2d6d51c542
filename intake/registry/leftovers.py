"""Clears what processes left that were killed: half uploads, copies of scans, pages' work."""

from __future__ import annotations

import shutil
import time
from importlib import import_module
from pathlib import Path

import structlog
from django.conf import settings

from intake.errors import Failed
from intake.registry import nudge
from intake.registry.models import PageRead
from intake.registry.storage import WORK, store

_log = structlog.get_logger(__name__)
_UPLOAD_SECONDS = 24 * 3600


def clear() -> int:
    """Remove what is older than any task or upload may last and return how much went.

    What lies on this machine (half uploads, scratch), what lies in the store
    of pages that nobody waits for any more, and sessions that ended.
    """
    count = _clear_folder(Path(settings.FILE_UPLOAD_TEMP_DIR), _UPLOAD_SECONDS)
    count += _clear_folder(settings.SCRATCH, _longest_task())
    try:
        count += _clear_work()
    except Failed as error:
        _log.warning("work not cleared", error=str(error))
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    if count:
        _log.info("leftovers cleared", count=count)
    return count


def _longest_task() -> int:
    """Return how many seconds the longest document may take at most."""
    return settings.LEASE_SECONDS + nudge.more_seconds(settings.UPLOAD_PAGES)


def _clear_folder(folder: Path, seconds: int) -> int:
    old = [path for path in _listed(folder) if _age(path) > seconds]
    for path in old:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(old)


def _listed(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:  # its process has just finished with it
        return 0.0


def _clear_work() -> int:
    """Drop the work of pages whose submission is read or parked; returns how many files.

    The row of a page is there before its files and goes when they are of no use,
    so that files without rows are left over, unless written this very moment.
    """
    by_submission: dict[int, list[str]] = {}
    for name in store().older(WORK, _longest_task()):
        submission = name.split("/")[1]
        if submission.isdecimal():
            by_submission.setdefault(int(submission), []).append(name)
    waited_for = PageRead.objects.filter(submission__in=by_submission)
    for submission_id in set(waited_for.values_list("submission", flat=True)):
        del by_submission[submission_id]
    names = [name for mine in by_submission.values() for name in mine]
    for name in names:
        store().drop(name)
    return len(names)
