"""Backup and restore as docs/operations.md has them, on the embedded set-up."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.servers import wait_for
from tests.workers.scans import scan
from tests.workers.service import running


@pytest.mark.faults
def test_a_restored_backup_goes_on_where_it_was(tmp_path: Path) -> None:
    backup, first, second = (tmp_path / name for name in ("backup", "first", "second"))
    for folder in (backup, first, second):
        folder.mkdir()
    with running(first, "sqlite") as service:
        service.web()
        done = service.upload(scan({"inn": "read"}))
        worker = service.worker()
        wait_for(lambda: service.unfinished() == 0, 60, "the first")
        service.kill(worker)
        waiting = service.upload(scan({"inn": "waiting"}))
        with (
            closing(sqlite3.connect(first / "intake.db")) as live,
            closing(sqlite3.connect(backup / "intake.db")) as copy,
        ):
            live.backup(copy)
        shutil.copytree(first / "originals", backup / "originals")
    shutil.copy(backup / "intake.db", second / "intake.db")
    shutil.copytree(backup / "originals", second / "originals")
    with running(second, "sqlite", is_new=False) as service:
        service.beat()
        service.worker()
        wait_for(lambda: service.unfinished() == 0, 60, "what had waited")
        rows = service.sql("SELECT submission_id, inn FROM registry_record ORDER BY id")
        assert rows == [(done, "read"), (waiting, "waiting")]
