"""What killed processes left goes after a while; what somebody waits for stays."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from pytest_django import Settings

from intake.registry import claims, leftovers
from intake.registry.models import PageRead, Record, Status, Submission
from intake.registry.storage import DurableFolder, original_name, store
from tests.registry.people import submit, town
from tests.workers.scans import scan
from workers import work

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _here(settings: Settings, tmp_path: Path) -> None:
    settings.READER = "tests.workers.fake:FakeReader"
    settings.SCRATCH = tmp_path / "scratch"
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "incoming")
    for folder in ("scratch", "incoming"):
        (tmp_path / folder).mkdir()


def _begun(tmp_path: Path) -> Submission:
    """Return a document of which one page of five is read."""
    submission = submit(tmp_path, town().office, scan(*({"inn": str(n)} for n in range(5))))
    work.read(submission.pk)
    work.read_page(submission.pk, 2)
    return submission


def _work() -> list[Path]:
    kept = store()
    assert isinstance(kept, DurableFolder)
    return [p for p in Path(kept.path("work")).rglob("*") if p.is_file()]


def _aged(*paths: Path) -> None:
    long_ago = time.time() - 3 * 24 * 3600
    for path in paths:
        os.utime(path, (long_ago, long_ago))


def test_work_of_a_parked_document_goes_but_not_at_once(tmp_path: Path) -> None:
    submission = _begun(tmp_path)
    claims.park(submission, "refused", "it is damaged; send it again")
    assert leftovers.clear() == 0  # somebody may be writing it this very moment
    _aged(*_work())
    assert leftovers.clear() == 1
    assert _work() == []
    assert store().fetch(original_name(submission.original.sha256), tmp_path).exists()


def test_work_that_is_waited_for_stays_however_old(tmp_path: Path) -> None:
    submission = _begun(tmp_path)
    _aged(*_work())
    assert leftovers.clear() == 0
    for number in (1, 3, 4, 5):
        work.read_page(submission.pk, number)
    assert not PageRead.objects.filter(done=False).exists()
    work.read(submission.pk)
    assert Record.objects.count() == 5
    assert Submission.objects.get().status == Status.READ


def test_half_uploads_and_copies_of_scans_go_after_a_while(tmp_path: Path) -> None:
    half, fresh = tmp_path / "incoming" / "x.upload", tmp_path / "incoming" / "y.upload"
    copy = tmp_path / "scratch" / "tmp1"
    copy.mkdir()
    for path in (half, fresh, copy / "scan.pdf"):
        path.write_bytes(b"half")
    _aged(half, copy)
    assert leftovers.clear() == 2
    assert (half.exists(), fresh.exists(), copy.exists()) == (False, True, False)
