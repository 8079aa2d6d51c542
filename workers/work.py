"""Claims a row, reads, and has the registry write the outcome, whatever it is."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from intake.domain.document import Document
from intake.errors import Failed, Refused
from intake.registry import claims, nudge, record
from intake.registry.claims import Claim, ClaimLost
from intake.registry.errors import TooLarge
from intake.registry.models import PageRead
from intake.registry.record import ReadingDone
from intake.registry.storage import WORK, original_name, store
from workers.reading import PageNotes, Reader, reader

_log = structlog.get_logger(__name__)


class Clock:
    """Tells how many seconds went by between stops, by stage."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._since = time.monotonic()

    def stop(self, stage: str) -> None:
        """Count the time since the last stop towards a stage."""
        now = time.monotonic()
        self.spent[stage] = self.spent.get(stage, 0.0) + now - self._since
        self._since = now

    @property
    def total(self) -> float:
        """All seconds counted so far."""
        return sum(self.spent.values())


def trace_of(headers: Mapping[str, object] | None) -> str:
    """Return the id under which the message's cause is logged."""
    return str((headers or {}).get("trace", ""))


def read(submission_id: int, trace: str = "") -> None:
    """Read a submission whole, or plan its pages, or assemble them: whatever comes next."""
    claim = claims.claim(submission_id)
    if claim is None:
        return
    with _logged(claim, trace), _outcome(claim), _folder() as folder:
        pages = list(PageRead.objects.filter(submission=submission_id).order_by("number"))
        if pages:
            _assemble(claim, pages, folder)
        else:
            _begin(claim, folder)


def read_page(submission_id: int, number: int, trace: str = "") -> None:
    """Read one page of a long document and keep it until all are read."""
    claim = claims.claim_page(submission_id, number)
    if claim is None:
        return
    with _logged(claim, trace), _outcome(claim), _folder() as folder:
        clock = Clock()
        own = folder / "page"
        own.mkdir()
        the_reader = reader()
        notes = the_reader.read_page(_document(claim, the_reader, folder), number, own)
        kept = _keep(claim, number, own)
        clock.stop("read")
        claims.finish_page(claim, {"files": kept, "doubts": list(notes.doubts)}, clock.total)


def _begin(claim: Claim, folder: Path) -> None:
    clock, the_reader = Clock(), reader()
    waited = (timezone.now() - claim.submission.created_at).total_seconds()
    document = _document(claim, the_reader, folder)
    clock.stop("open")
    if document.page_count >= settings.PARALLEL_PAGES:
        claims.plan_pages(claim, range(1, document.page_count + 1), document.page_count)
        return
    outcome = the_reader.read_all(document)
    clock.stop("read")
    done = ReadingDone(
        the_reader.software,
        document.page_count,
        clock.total,
        outcome.found,
        _doubts(outcome.notes),
        {"wait": waited, **clock.spent},
    )
    record.write(claim, done)


def _assemble(claim: Claim, pages: list[PageRead], folder: Path) -> None:
    clock, the_reader = Clock(), reader()
    document = _document(claim, the_reader, folder)
    clock.stop("open")
    folders = {page.number: _brought(claim, page, folder) for page in pages}
    outcome = the_reader.assemble(document, folders)
    notes = [PageNotes(page.number, tuple(_kept(page)["doubts"])) for page in pages]
    clock.stop("assemble")
    clock.spent["read"] = sum(page.seconds or 0.0 for page in pages)
    done = ReadingDone(
        the_reader.software,
        document.page_count,
        clock.total,
        outcome.found,
        _doubts([*notes, *outcome.notes]),
        clock.spent,
    )
    record.write(claim, done)
    for page in pages:
        for name in _kept(page)["files"]:
            store().drop(_work_name(claim, page.number, name))


def _document(claim: Claim, the_reader: Reader, folder: Path) -> Document:
    submission = claim.submission
    path = store().fetch(original_name(submission.original.sha256), folder)
    document = the_reader.open(path, submission.source)
    if document.page_count > settings.UPLOAD_PAGES:
        raise TooLarge(
            f"the file has {document.page_count} pages; send at most {settings.UPLOAD_PAGES}"
        )
    return document


def _keep(claim: Claim, number: int, folder: Path) -> list[str]:
    names = sorted(path.name for path in folder.iterdir())
    for name in names:
        target = _work_name(claim, number, name)
        store().drop(target)  # an earlier attempt may have left a half of its own
        store().keep_file(folder / name, target, is_ours=True)
    return names


def _brought(claim: Claim, page: PageRead, folder: Path) -> Path:
    own = folder / f"page-{page.number}"
    own.mkdir()
    for name in _kept(page)["files"]:
        path = store().fetch(_work_name(claim, page.number, name), own)
        if path.parent != own:
            (own / name).symlink_to(path)
    return own


def _kept(page: PageRead) -> dict[str, list[str]]:
    return page.text or {"files": [], "doubts": []}


def _work_name(claim: Claim, number: int, name: str) -> str:
    return f"{WORK}/{claim.submission.pk}/{number}/{name}"


def _doubts(notes: Iterable[PageNotes]) -> list[tuple[int, str]]:
    return [(note.number, doubt) for note in notes for doubt in note.doubts]


@contextmanager
def _folder() -> Iterator[Path]:
    settings.SCRATCH.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=settings.SCRATCH))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _logged(claim: Claim, trace: str) -> Iterator[None]:
    submission = claim.submission
    bound = {"trace": trace or submission.trace, "submission": submission.pk, "page": claim.page}
    with structlog.contextvars.bound_contextvars(**bound):
        yield


@contextmanager
def _outcome(claim: Claim) -> Iterator[None]:
    """Turn what goes wrong into a note on the row; a lost database is left to the sweep."""
    try:
        yield
    except ClaimLost as error:
        _log.warning("claim lost", about=str(error))
    except Refused as error:
        claims.fail(claim, "refused", str(error), is_final=True)
    except Failed as error:
        claims.fail(claim, "failed", str(error), is_final=False)
    except SoftTimeLimitExceeded:
        pages = None if claim.page else claim.submission.pages_total
        limit = settings.TASK_SOFT_SECONDS + nudge.more_seconds(pages)
        reason = f"reading took longer than {limit} s; split the file or scan at 300 dpi"
        claims.fail(claim, "timed-out", reason, is_final=False)
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 (the worker's loop: one bad scan must not stop it)
        _log.exception("unexpected")
        reason = f"{type(error).__name__}: {error}"[:300]
        claims.fail(claim, "unexpected", f"{reason}; report this file", is_final=False)
