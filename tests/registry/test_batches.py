from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytest_django import Settings

from intake.registry import batches, report
from intake.registry.models import BatchFile, FileStatus, Record, Submission
from tests.registry.people import Town, town
from tests.workers.scans import scan
from workers import work

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _fake_reader(settings: Settings, tmp_path: Path) -> None:
    settings.READER = "tests.workers.fake:FakeReader"
    settings.SCRATCH = tmp_path / "scratch"
    settings.DROP_FOLDERS = tmp_path / "drop"
    settings.REPORTS = tmp_path / "reports"


def _cupboard(folder: Path) -> Path:
    (folder / "2023" / "may").mkdir(parents=True)
    (folder / "a.pdf").write_bytes(scan({"inn": "1"}))
    (folder / "2023" / "may" / "b.pdf").write_bytes(scan({"inn": "2"}, {"doubt": "tilted"}))
    (folder / "2023" / "copy of a.pdf").write_bytes(scan({"inn": "1"}))
    (folder / "letter.docx").write_bytes(b"PK\x03\x04")
    (folder / "broken.pdf").write_bytes(scan({"error": "damaged; scan it again"}))
    (folder / ".hidden").write_bytes(b"no")
    return folder


def _read_all() -> None:
    for row in Submission.objects.filter(duplicate_of=None):
        work.read(row.pk)


def _taken(folder: Path, here: Town) -> list[BatchFile]:
    return list(batches.take(batches.begin(folder, here.office)))


def test_a_folder_is_taken_whole_and_nothing_twice(tmp_path: Path) -> None:
    here, folder = town(), _cupboard(tmp_path / "cupboard")
    assert len(_taken(folder, here)) == 5
    assert _taken(folder, here) == []
    assert Submission.objects.count() == 4
    assert Submission.objects.filter(queue="batch").count() == 4


def test_nothing_moves_before_its_record_is_safe(tmp_path: Path) -> None:
    here, folder = town(), _cupboard(tmp_path / "cupboard")
    batch = batches.begin(folder, here.office)
    list(batches.take(batch))
    assert batches.settle(batch) == 0
    assert (folder / "a.pdf").exists()
    _read_all()
    assert batches.settle(batch) == 4
    assert Record.objects.count() == 2
    done = sorted(str(path.relative_to(folder)) for path in (folder / "done").rglob("*.pdf"))
    assert done == ["done/2023/copy of a.pdf", "done/2023/may/b.pdf", "done/a.pdf"]
    assert "1 notice" in (folder / "done" / "a.pdf.note.txt").read_text()
    assert "scan it again" in (folder / "refused" / "broken.pdf.note.txt").read_text()
    assert (folder / "refused" / "letter.docx.note.txt").exists()
    assert batches.progress(batch) == batches.Progress(5, 3, 2, 3, 2)
    assert _taken(folder, here) == []


def test_a_run_that_was_cut_off_is_resumed(tmp_path: Path) -> None:
    here, folder = town(), _cupboard(tmp_path / "cupboard")
    first = batches.begin(folder, here.office)
    rows = batches.take(first)
    next(rows)
    next(rows)
    rows.close()  # type: ignore[attr-defined] # a generator, cut off as Ctrl-C would
    second = batches.begin(folder, here.office)
    assert batches.adopt(second) >= 1
    list(batches.take(second))
    _read_all()
    batches.settle(second)
    # The refusals of the first run, which nobody was told of, are the second's to tell.
    assert (batches.progress(second).files, batches.progress(second).refused) == (5, 2)
    assert BatchFile.objects.exclude(status__in=(FileStatus.DONE, FileStatus.REFUSED)).count() == 0
    assert Submission.objects.count() == 4


def test_a_file_that_changed_meanwhile_is_taken_anew_not_moved(tmp_path: Path) -> None:
    here, folder = town(), tmp_path / "cupboard"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(scan({"inn": "1"}))
    batch = batches.begin(folder, here.office)
    list(batches.take(batch))
    (folder / "a.pdf").write_bytes(scan({"inn": "new and longer"}))
    _read_all()
    batches.settle(batch)
    assert (folder / "a.pdf").exists()
    assert len(_taken(folder, here)) == 1


def test_a_drop_folder_leaves_files_alone_that_are_still_written(tmp_path: Path) -> None:
    here = town()
    drop = tmp_path / "drop" / here.office.code
    drop.mkdir(parents=True)
    (drop / "whole.pdf").write_bytes(scan({"inn": "1"}))
    (drop / "growing.pdf").write_bytes(scan({"inn": "2"}))
    hour_ago = (drop / "whole.pdf").stat().st_mtime - 3600
    os.utime(drop / "whole.pdf", (hour_ago, hour_ago))
    assert batches.take_drops() == 1
    _read_all()
    assert batches.settle() == 1
    assert sorted(path.name for path in drop.iterdir()) == ["done", "growing.pdf"]


def test_the_morning_report_says_what_happened_to_whom_it_concerns(tmp_path: Path) -> None:
    here, folder = town(), _cupboard(tmp_path / "cupboard")
    _taken(folder, here)
    _read_all()
    since, until = report.last_night()
    told = report.build(here.owner, since, until)
    total = told.total
    assert (total.files, total.duplicates, total.pages, total.notices) == (5, 1, 3, 2)
    assert (total.waiting, total.failed, told.in_hand) == (2, 2, 0)
    refused, broken = told.failed
    assert (refused.source, refused.submission) == ("letter.docx", None)
    assert refused.reason
    assert (broken.source, broken.reason) == ("broken.pdf", "damaged; scan it again")
    assert [(trouble.page, trouble.reason) for trouble in told.doubtful] == [(2, "tilted")]
    assert report.build(here.stranger, since, until).offices == []
    html = report.write_files()
    written = html.read_text(encoding="utf8")
    assert "letter.docx" in written
    assert "отправьте скан" in written  # its reason in the service's language, not as stored
    assert "broken.pdf" in html.with_suffix(".csv").read_text(encoding="utf-8-sig")


def test_a_name_that_looks_like_a_formula_is_harmless() -> None:
    assert report.guarded("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert report.guarded("scan.pdf") == "scan.pdf"


def test_files_are_left_in_place_where_asked(tmp_path: Path) -> None:
    here, folder = town(), _cupboard(tmp_path / "cupboard")
    before = sorted(folder.rglob("*"))
    batch = batches.begin(folder, here.office, is_left=True)
    list(batches.take(batch))
    _read_all()
    assert batches.settle(batch) == 4
    assert sorted(folder.rglob("*")) == before
    assert batches.progress(batch).waiting == 0
