"""The compose file, resolved without an engine, and its commands run as they stand there."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.servers import wait_for
from tests.workers.scans import scan
from tests.workers.service import ROOT, Service, running


@pytest.fixture(scope="module")
def composed() -> dict[str, Any]:
    resolver = shutil.which("docker-compose")
    if resolver is None:
        pytest.skip("docker-compose is not installed")
    done = subprocess.run(
        [resolver, "-f", str(ROOT / "docker-compose.yml"), "--profile", "s3", "config"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    resolved: dict[str, Any] = yaml.safe_load(done.stdout)
    return resolved


def test_all_parts_are_there_and_none_runs_as_root(composed: dict[str, Any]) -> None:
    services = composed["services"]
    assert set(services) == {"migrate", "web", "worker", "beat", "redis", "postgres", "s3"}
    for name in ("web", "worker", "redis", "postgres", "s3"):
        assert services[name]["healthcheck"], name
    assert services["s3"]["profiles"] == ["s3"]
    assert "container_name" not in json.dumps(services), "it would forbid --scale"
    assert "\nUSER intake\n" in (ROOT / "Dockerfile").read_text()
    assert set(composed["volumes"]) == {"home", "database", "objects"}


def test_no_secret_stands_in_the_file(composed: dict[str, Any]) -> None:
    for service in composed["services"].values():
        for name, value in service.get("environment", {}).items():
            if any(word in name for word in ("SECRET", "PASSWORD", "DATABASE_URL")):
                assert str(value).startswith("/run/secrets/"), name


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with running(tmp_path, "postgres") as started:
        yield started


@pytest.mark.faults
def test_each_command_runs_as_it_stands_there(composed: dict[str, Any], service: Service) -> None:
    def command(name: str) -> list[str]:
        words = composed["services"][name]["command"]
        return shlex.split(words) if isinstance(words, str) else list(words)

    def started(name: str) -> list[str]:
        changed = [
            word.replace("0.0.0.0:8000", f"127.0.0.1:{service.port}") for word in command(name)
        ]
        return [word.replace("/tmp/beat-schedule", str(service.home / "beat")) for word in changed]

    assert command("migrate") == ["intake", "migrate"]
    service.python("from intake.cli import main; raise SystemExit(main(['migrate']))")
    for name in ("web", "worker", "beat"):
        service.run(*started(name))
    wait_for(service.answers, 60, "the web process")
    service.upload(scan({"inn": "1"}))
    wait_for(lambda: service.unfinished() == 0, 60, "it to be read")
    assert service.sql("SELECT inn FROM registry_record") == [("1",)]
