"""A disk that is really full while scans come in: a small file system of its own, as root."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from tests.servers import wait_for
from tests.workers.scans import scan
from tests.workers.service import Service, running

pytestmark = pytest.mark.faults
_DISK = 48 << 20


@pytest.fixture
def service(tmp_path: Path, pytestconfig: pytest.Config) -> Iterator[Service]:
    """The whole service with all that it keeps on one small disk."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a disk")
    home = tmp_path / "home"
    home.mkdir()
    with ExitStack() as stack:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "tmpfs", str(home)]
        if subprocess.run(mount, check=False, capture_output=True).returncode:
            pytest.skip("no disk may be mounted here")
        stack.callback(subprocess.run, ["umount", "--lazy", str(home)], check=True)
        database = pytestconfig.getoption("--database")
        yield stack.enter_context(running(home, database))


def _fill(service: Service, leave: int) -> None:
    """Take all room of the disk but so many bytes."""
    _free(service)
    place = os.statvfs(service.home)
    with (service.home / "ballast").open("wb") as out:
        os.posix_fallocate(out.fileno(), 0, max(1, place.f_bavail * place.f_frsize - leave))


def _free(service: Service) -> None:
    (service.home / "ballast").unlink(missing_ok=True)


def _send(service: Service, content: bytes) -> httpx.Response:
    return httpx.post(
        f"{service.url}/api/v1/submissions",
        headers={"Authorization": f"Bearer {service.key}"},
        files={"file": ("scan.pdf", content)},
        timeout=60,
    )


def _kept(service: Service) -> list[str]:
    """Return the names of all files that hold a scan, whole or in part."""
    folders = (service.home / "originals", service.home / "incoming")
    return sorted(path.name for top in folders for path in top.rglob("*") if path.is_file())


def test_a_full_disk_is_said_keeps_no_half_and_heals(service: Service) -> None:
    service.web()
    service.beat()
    service.worker()
    service.upload(scan({"inn": "0"}))
    wait_for(lambda: service.unfinished() == 0, 30, "the first")
    kept = _kept(service)
    big = scan({"inn": "1"}) + b" " * (1 << 20)
    answers = []
    for room in (0, 4 << 10, 64 << 10, 700 << 10):
        _fill(service, room)
        answers.append(_send(service, big))
        assert _kept(service) == kept, room
    for answer in answers:
        assert answer.status_code == 507, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == 507
        assert "full" in answer.json()["detail"] and "; " in answer.json()["detail"]
    assert httpx.get(f"{service.url}/readyz", timeout=60).status_code == 503
    _free(service)
    service.upload(big)
    wait_for(lambda: service.unfinished() == 0, 60, "the second")
    inns = service.sql("SELECT inn FROM registry_record ORDER BY inn")
    assert inns == [("0",), ("1",)]


def test_room_for_the_scan_but_none_for_its_row_is_said_too(service: Service) -> None:
    service.web()
    small = scan({"inn": "1"})
    service.upload(scan({"inn": "0"}))
    statuses = set()
    for room in range(0, 80 << 10, 4 << 10):
        _fill(service, room)
        answer = _send(service, small)
        statuses.add(answer.status_code)
        if answer.status_code == 202:
            break
        assert answer.status_code == 507, (room, answer.text)
        assert service.sql("SELECT count(*) FROM registry_submission") == [(1,)]
    _free(service)
    service.upload(small)
    service.beat()
    service.worker()
    wait_for(lambda: service.unfinished() == 0, 60, "both")
    assert service.sql("SELECT count(*) FROM registry_record") == [(2,)]
    assert 507 in statuses
