from __future__ import annotations

import errno
import os
import threading
from pathlib import Path
from typing import NoReturn

import pytest
from django.conf import settings
from django.db import connection, connections
from pytest_django import Settings

from intake.registry import storage, submissions
from intake.registry.errors import NoRoom, TooLarge, WrongKind
from intake.registry.models import Office, Original, Submission
from tests.registry.people import PDF, submit, town

pytestmark = pytest.mark.django_db


def _place(sha256: str) -> Path:
    return Path(settings.INTAKE_HOME) / "originals" / storage.original_name(sha256)


def test_the_original_lies_under_its_digest_unchanged_and_read_only(tmp_path: Path) -> None:
    submission = submit(tmp_path, town().office, PDF + b"one")
    place = _place(submission.original.sha256)
    assert place.read_bytes() == PDF + b"one"
    assert place.stat().st_mode & 0o222 == 0
    assert list(place.parent.glob(".*")) == []


def test_a_callers_file_is_copied_not_shared(tmp_path: Path) -> None:
    source = tmp_path / "cupboard.pdf"
    source.write_bytes(PDF + b"shared?")
    kept = submissions.receive(submissions.Arrival(source, "cupboard.pdf", town().office))
    source.write_bytes(b"changed later")
    assert _place(kept.original.sha256).read_bytes() == PDF + b"shared?"


def test_the_same_bytes_again_are_linked_and_not_read_twice(tmp_path: Path) -> None:
    here = town()
    first = submit(tmp_path, here.office, PDF + b"same")
    again = submit(tmp_path, here.office, PDF + b"same")
    elsewhere = submit(tmp_path, here.other_office, PDF + b"same")
    assert again.duplicate_of == elsewhere.duplicate_of == first
    assert Original.objects.count() == 1
    assert again.receipt != first.receipt


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is empty; the copy went wrong"),
        (b"hello", "send a scan"),
        (b"\x00" * 2000, "send a scan"),
        (b"MZ\x90\x00", "send a scan"),
    ],
)
def test_what_is_no_scan_is_refused_and_leaves_nothing(
    content: bytes, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(content)
    with pytest.raises(WrongKind, match=said):
        submissions.receive(submissions.Arrival(path, "scan.pdf", town().office))
    assert Submission.objects.count() == Original.objects.count() == 0


def test_a_file_over_the_limit_is_refused(tmp_path: Path, settings: Settings) -> None:
    settings.UPLOAD_BYTES = 20
    with pytest.raises(TooLarge, match="MB"):
        submit(tmp_path, town().office, PDF + b"x" * 20)


def test_a_full_disk_stores_nothing_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    here = town()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoRoom, match="make room"):
        submit(tmp_path, here.office, PDF + b"no room")
    monkeypatch.undo()
    assert Submission.objects.count() == 0
    assert submit(tmp_path, here.office, PDF + b"no room").duplicate_of is None


@pytest.mark.django_db(transaction=True)
def test_equal_files_at_once_give_one_first_submission(tmp_path: Path) -> None:
    office = town().office
    ready = threading.Barrier(6)

    def send(number: int) -> None:
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(PDF + b"at once")
        ready.wait()
        submissions.receive(submissions.Arrival(path, path.name, Office.objects.get(pk=office.pk)))
        connections.close_all()

    threads = [threading.Thread(target=send, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Submission.objects.count() == 6
    assert Submission.objects.filter(duplicate_of=None).count() == 1
    assert connection.vendor in {"sqlite", "postgresql"}
