"""Originals in a real S3-compatible server: ``pip install 'moto[server]'``, then ``-m faults``."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3  # type: ignore[import-untyped] # ships no types
import httpx
import pytest
from botocore.exceptions import BotoCoreError  # type: ignore[import-untyped] # ships no types

from tests.servers import free_port, wait_for
from tests.workers.scans import scan
from tests.workers.service import Service, running

pytestmark = pytest.mark.faults
_KEYS = {"aws_access_key_id": "intake", "aws_secret_access_key": "kept-secret"}


class S3Server:
    """A moto server with one bucket; what is in it goes with the process."""

    def __init__(self, program: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [program, "-p", str(self.port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.client: Any = boto3.client(
            "s3", endpoint_url=self.url, region_name="us-east-1", **_KEYS
        )
        wait_for(self._has_bucket, 60, "the S3 server")

    def names(self) -> list[str]:
        found = self.client.list_objects_v2(Bucket="originals").get("Contents", [])
        return [one["Key"] for one in found]

    def _has_bucket(self) -> bool:
        with contextlib.suppress(BotoCoreError):
            self.client.create_bucket(Bucket="originals")
            return True
        return False


@pytest.fixture
def bucket() -> Iterator[S3Server]:
    program = shutil.which("moto_server")
    if program is None:
        pytest.skip("moto_server is not installed")
    server = S3Server(program)
    yield server
    server.process.kill()
    server.process.wait()


@pytest.fixture
def service(bucket: S3Server, tmp_path: Path) -> Iterator[Service]:
    with running(
        tmp_path, "sqlite", INTAKE_STORAGE="s3", S3_BUCKET="originals", S3_ENDPOINT=bucket.url,
        S3_ACCESS_KEY="intake", S3_SECRET_KEY="kept-secret",
    ) as started:  # fmt: skip
        started.web()
        started.beat()
        started.worker()
        yield started


def _upload(service: Service, content: bytes) -> httpx.Response:
    return httpx.post(
        f"{service.url}/api/v1/submissions",
        headers={"Authorization": f"Bearer {service.key}"},
        files={"file": ("scan.pdf", content)},
        timeout=120,
    )


def _read(service: Service) -> None:
    wait_for(lambda: service.unfinished() == 0, 60, "all to be read")


def _is_work(name: str) -> bool:
    return name.startswith("work/")


def test_scans_and_the_work_of_long_ones_go_through_a_bucket(
    service: Service, bucket: S3Server
) -> None:
    service.upload(scan({"inn": "1"}))
    service.upload(scan(*({"inn": str(number)} for number in range(2, 14))))
    service.upload(scan({"inn": "1"}))
    _read(service)
    inns = service.sql("SELECT inn FROM registry_record ORDER BY length(inn), inn")
    assert [row[0] for row in inns] == [str(number) for number in range(1, 14)]
    assert httpx.get(f"{service.url}/readyz").status_code == 200
    shas = {row[0] for row in service.sql("SELECT sha256 FROM registry_original")}
    originals = [name for name in bucket.names() if not name.startswith(("work/", "pictures/"))]
    assert {name.rpartition("/")[2] for name in originals} == shas
    wait_for(lambda: not any(map(_is_work, bucket.names())), 20, "the pages' own work to go")


def test_a_bucket_that_hangs_is_said_soon_and_heals(service: Service, bucket: S3Server) -> None:
    service.upload(scan({"inn": "1"}))
    _read(service)
    os.kill(bucket.process.pid, signal.SIGSTOP)
    begun = time.monotonic()
    answer = _upload(service, scan({"inn": "2"}))
    took = time.monotonic() - begun
    ready = httpx.get(f"{service.url}/readyz", timeout=20)
    os.kill(bucket.process.pid, signal.SIGCONT)
    assert (answer.status_code, ready.status_code) == (503, 503)
    assert "bucket" in answer.json()["detail"]
    assert took < 20
    service.upload(scan({"inn": "2"}))
    _read(service)
    assert service.sql("SELECT count(*) FROM registry_record")[0][0] == 2


def test_a_bucket_that_is_gone_is_said(service: Service, bucket: S3Server) -> None:
    bucket.process.kill()
    bucket.process.wait()
    answer = _upload(service, scan({"inn": "1"}))
    assert answer.status_code == 503
    assert ";" in answer.json()["detail"]
    assert service.sql("SELECT count(*) FROM registry_submission")[0][0] == 0
