"""What breaks in the night, with real processes: 200 files are under way each time."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.servers import wait_for
from tests.workers.scans import scan
from tests.workers.service import Service, running

pytestmark = pytest.mark.faults
FILES = 200


@pytest.fixture
def service(tmp_path: Path, pytestconfig: pytest.Config) -> Iterator[Service]:
    with running(tmp_path, pytestconfig.getoption("--database")) as started:
        yield started


def test_a_worker_killed_loses_nothing(service: Service) -> None:
    service.web()
    service.beat()
    victim = service.worker()
    uploads = service.upload_many(FILES)
    uploads.at_least(60)
    wait_for(lambda: service.sql("SELECT count(*) FROM registry_record")[0][0] > 5, 30, "work")
    service.kill(victim)
    service.worker()
    service.assert_whole(uploads)


def test_a_workers_child_killed_loses_nothing(service: Service) -> None:
    service.web()
    service.beat()
    worker = service.worker()
    uploads = service.upload_many(FILES)
    for _ in range(3):
        uploads.at_least(20)
        for child in _children(worker.pid):
            os.kill(child, signal.SIGKILL)
        time.sleep(1)
    service.assert_whole(uploads)


def test_the_web_process_killed_loses_no_accepted_scan(service: Service) -> None:
    web = service.web()
    service.beat()
    service.worker()
    uploads = service.upload_many(FILES)
    uploads.at_least(50)
    service.kill(web)
    service.web()
    service.assert_whole(uploads)


def test_redis_killed_and_wiped_loses_nothing(service: Service) -> None:
    service.web()
    service.beat()
    service.worker()
    uploads = service.upload_many(FILES)
    uploads.at_least(80)
    service.redis.kill()
    time.sleep(1)
    uploads.at_least(100)
    service.redis.start()
    service.assert_whole(uploads)


def test_postgres_restarted_loses_nothing(tmp_path: Path) -> None:
    with running(tmp_path, "postgres") as service:
        service.web()
        service.beat()
        service.worker()
        uploads = service.upload_many(FILES)
        uploads.at_least(80)
        assert service.postgres is not None
        service.postgres.kill()
        time.sleep(1)
        missed = httpx.get(
            f"{service.url}/api/v1/records", headers={"Authorization": f"Bearer {service.key}"}
        )
        service.postgres.start()
        assert missed.status_code == 503
        assert missed.headers["content-type"] == "application/problem+json"
        service.assert_whole(uploads)


def test_storage_unreachable_is_said_and_heals(service: Service) -> None:
    service.web()
    service.beat()
    service.worker()
    originals = service.home / "originals"
    away = service.home / "away"
    service.upload(scan({"inn": "0"}))
    wait_for(lambda: service.unfinished() == 0, 30, "the first")
    originals.rename(away)
    originals.write_text("a file where the folder should be")
    answer = httpx.post(
        f"{service.url}/api/v1/submissions",
        headers={"Authorization": f"Bearer {service.key}"},
        files={"file": ("scan.pdf", scan({"inn": "1"}))},
    )
    assert answer.status_code == 503
    assert ";" in answer.json()["detail"]
    assert httpx.get(f"{service.url}/readyz").status_code == 503
    originals.unlink()
    away.rename(originals)
    service.upload(scan({"inn": "1"}))
    wait_for(lambda: service.unfinished() == 0, 30, "the second")
    assert service.sql("SELECT count(*) FROM registry_record")[0][0] == 2


def test_the_same_task_many_times_at_once_reads_once(service: Service) -> None:
    service.web()
    pages = [{"inn": str(number), "seconds": 0.05} for number in range(12)]
    number = service.upload(scan(*pages))
    send = (
        "from workers.app import app\n"
        f"for _ in range(20): app.send_task('intake.read', args=[{number}], queue='interactive')\n"
    )
    service.python(send)
    service.beat()
    for _ in range(3):
        service.worker()
    wait_for(lambda: service.unfinished() == 0, 60, "the document")
    wait_for(lambda: service.queued() == 0, 60, "the queue")
    assert service.sql("SELECT count(*) FROM registry_record")[0][0] == 12
    assert service.sql("SELECT count(*) FROM registry_reading")[0][0] == 1


def test_a_scan_that_kills_its_worker_is_parked_and_holds_up_nobody(service: Service) -> None:
    service.web()
    service.beat()
    service.worker()
    service.upload(scan({"die": True}))
    service.upload(scan({"inn": "after"}))
    reason = "SELECT failure FROM registry_submission WHERE status = 'failed'"
    wait_for(lambda: service.sql(reason) != [], 90, "it to be parked")
    assert "died 3 times" in service.sql(reason)[0][0]
    assert service.sql("SELECT inn FROM registry_record") == [("after",)]


def test_interactive_work_goes_before_a_batch(service: Service, tmp_path: Path) -> None:
    service.web()
    folder = tmp_path / "cupboard"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number}.pdf").write_bytes(scan({"inn": f"b{number}", "seconds": 0.05}))
    service.command("batch", str(folder), "--office", "osh", "--no-wait")
    for number in range(5):
        service.upload(scan({"inn": f"i{number}"}))
    service.worker()
    wait_for(lambda: service.unfinished() == 0, 60, "all")
    order = [row[0][0] for row in service.sql("SELECT inn FROM registry_record ORDER BY id")]
    assert order == ["i"] * 5 + ["b"] * 30


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
