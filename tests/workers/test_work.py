from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from intake.pipeline import TITLED
from intake.registry.models import PageRead, Reading, Record, Status, Submission
from intake.registry.storage import original_name, store
from tests.registry.people import submit, town
from tests.workers.scans import scan
from workers import work

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _fake_reader(settings: Settings, tmp_path: Path) -> None:
    settings.READER = "tests.workers.fake:FakeReader"
    settings.SCRATCH = tmp_path / "scratch"


def _fresh(submission: Submission) -> Submission:
    return Submission.objects.get(pk=submission.pk)


def test_a_short_scan_is_read_and_recorded_at_once(tmp_path: Path) -> None:
    submission = submit(tmp_path, town().office, scan({"inn": "1"}, {"doubt": "tilted"}))
    work.read(submission.pk)
    work.read(submission.pk)
    assert _fresh(submission).status == Status.READ
    assert Record.objects.get().inn == "1"
    assert Reading.objects.get().doubtful_pages == [[2, "tilted"]]
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_long_scan_is_read_page_by_page_and_assembled_once(tmp_path: Path) -> None:
    pages = [{"inn": str(n)} if n % 2 else {"doubt": "blank"} for n in range(1, 7)]
    pages.append({"titled": "yes"})
    submission = submit(tmp_path, town().office, scan(*pages))
    work.read(submission.pk)
    assert PageRead.objects.count() == 7
    for number in [3, 1, 2, 5, 4, 7, 6, 3]:
        work.read_page(submission.pk, number)
    work.read(submission.pk)
    work.read(submission.pk)
    assert [r.inn for r in Record.objects.order_by("ordinal")] == ["1", "3", "5"]
    assert Reading.objects.count() == 1
    doubted = Reading.objects.get().doubtful_pages
    assert doubted == [[2, "blank"], [4, "blank"], [6, "blank"], [7, TITLED]]
    kept = Path(store().fetch(original_name(submission.original.sha256), tmp_path)).parents[1]
    assert [path for path in (kept / "work").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("page", "kind", "reason"),
    [
        ({"error": "encrypted; send it without a password"}, "refused", "encrypted"),
        ({"crash": "poppler died; try again"}, "failed", "poppler died"),
        ({"seconds": "soon"}, "unexpected", "TypeError"),
    ],
)
def test_what_goes_wrong_is_said_on_the_row(
    page: dict[str, object], kind: str, reason: str, tmp_path: Path, settings: Settings
) -> None:
    settings.ATTEMPTS = 1
    submission = submit(tmp_path, town().office, scan(page))
    work.read(submission.pk)
    failed = _fresh(submission)
    assert (failed.status, failed.failure_kind) == (Status.FAILED, kind)
    assert reason in failed.failure
    assert Record.objects.count() == 0


def test_too_many_pages_are_refused_with_the_limit(tmp_path: Path, settings: Settings) -> None:
    settings.UPLOAD_PAGES = 2
    submission = submit(tmp_path, town().office, scan({}, {}, {}))
    work.read(submission.pk)
    assert "3 pages; send at most 2" in _fresh(submission).failure


def test_a_lost_original_is_said_not_hidden(tmp_path: Path) -> None:
    submission = submit(tmp_path, town().office, scan({}))
    store().drop(original_name(submission.original.sha256))
    work.read(submission.pk)
    assert "restore it from a backup" in _fresh(submission).failure
