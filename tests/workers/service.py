"""The whole service as real processes, to be killed at will: web, workers, Redis, database."""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psycopg
import redis

from tests.servers import PostgresServer, RedisServer, free_port, wait_for
from tests.workers.scans import scan

ROOT = Path(__file__).parents[2]
_BEGIN = """
import workers.app
from django.core.management import call_command
from intake.registry import accounts
call_command("migrate", verbosity=0)
office = accounts.add_office("osh", "Ош", "KG-O")
print(accounts.issue_token("test", office=office, days=1)[1])
"""


class Service:
    """Processes with a home, a database and a Redis of their own."""

    def __init__(
        self, home: Path, database: str, *, is_new: bool = True, **environment: str
    ) -> None:
        self.home = home
        self.redis = RedisServer()
        self.redis.start()
        self.postgres = PostgresServer() if database == "postgres" else None
        if self.postgres:
            self.postgres.start()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._processes: list[subprocess.Popen[bytes]] = []
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("INTAKE_", "DJANGO_"))}
        self.environment = {
            **kept,
            "INTAKE_HOME": str(home),
            "DATABASE_URL": self.postgres.url if self.postgres else "sqlite://",
            "REDIS_URL": self.redis.url,
            "INTAKE_READER": "tests.workers.fake:FakeReader",
            "INTAKE_SWEEP": "1s",
            "INTAKE_RESEND": "2s",
            "INTAKE_LEASE": "8s",
            "INTAKE_TASK_HARD_LIMIT": "6s",
            "INTAKE_TASK_SOFT_LIMIT": "4s",
            "INTAKE_RATE": "1000000",
            "INTAKE_LOG": "WARNING",
            **environment,
        }
        self.key = self.python(_BEGIN).split()[-1] if is_new else ""

    def command(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "intake.commands", *arguments],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout

    def python(self, program: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout

    def web(self) -> subprocess.Popen[bytes]:
        process = self.run(
            "gunicorn", "intake.web.wsgi", "--bind", f"127.0.0.1:{self.port}",
            "--workers", "2", "--threads", "8", "--log-level", "error",
        )  # fmt: skip
        wait_for(self.answers, 90, "the web process")
        return process

    def worker(self, *options: str) -> subprocess.Popen[bytes]:
        return self.run(
            "celery", "-A", "workers.app", "worker", "-Q", "interactive,batch",
            "-c", "1", "-l", "WARNING", "-n", f"w{len(self._processes)}@%h", *options,
        )  # fmt: skip

    def beat(self) -> subprocess.Popen[bytes]:
        return self.run("celery", "-A", "workers.app", "beat", "-l", "WARNING")

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill -9 a process and all of its children, and wait until they are gone."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)

    def close(self) -> None:
        for process in self._processes:
            self.kill(process)
        self.redis.kill()
        if self.postgres:
            self.postgres.remove()

    def upload(self, content: bytes) -> int:
        """Send a scan until it is accepted, as an office does; return the submission's number."""
        while True:
            with contextlib.suppress(httpx.TransportError):
                answer = httpx.post(
                    f"{self.url}/api/v1/submissions",
                    headers={"Authorization": f"Bearer {self.key}"},
                    files={"file": ("scan.pdf", content)},
                    timeout=20,
                )
                if answer.status_code == 202:
                    return int(answer.json()["id"])
            time.sleep(0.1)

    def upload_many(self, count: int, seconds: float = 0.02) -> Uploads:
        return Uploads(self, [scan({"inn": str(n), "seconds": seconds}) for n in range(count)])

    def sql(self, query: str) -> list[tuple[Any, ...]]:
        if self.postgres:
            with psycopg.connect(self.postgres.url) as found:
                return found.execute(query).fetchall()
        with contextlib.closing(sqlite3.connect(self.home / "intake.db", timeout=30)) as lite:
            return lite.execute(query).fetchall()

    def queued(self) -> int:
        with redis.Redis.from_url(self.redis.url) as broker:
            return sum(int(str(broker.llen(name))) for name in ("interactive", "batch"))

    def unfinished(self) -> int:
        return int(
            self.sql(
                "SELECT count(*) FROM registry_submission"
                " WHERE duplicate_of_id IS NULL AND status IN ('received', 'reading')"
            )[0][0]
        )

    def assert_whole(self, uploads: Uploads, seconds: float = 90) -> None:
        """Nothing lost, nothing twice, no record without its original, the queue empty."""
        ids = uploads.finished()
        wait_for(lambda: self.unfinished() == 0, seconds, "all to be read")
        wait_for(lambda: self.queued() == 0, seconds, "the queue to empty itself")
        failed = self.sql("SELECT id, failure FROM registry_submission WHERE status = 'failed'")
        assert failed == []
        there = {row[0] for row in self.sql("SELECT id FROM registry_submission")}
        assert set(ids) <= there
        inns = [row[0] for row in self.sql("SELECT inn FROM registry_record ORDER BY inn")]
        assert inns == sorted(str(number) for number in range(len(ids)))
        for (sha256,) in self.sql("SELECT DISTINCT sha256 FROM registry_original"):
            place = self.home / "originals" / sha256[:2] / sha256
            assert hashlib.sha256(place.read_bytes()).hexdigest() == sha256

    def run(self, *command: str) -> subprocess.Popen[bytes]:
        log = (self.home / f"log-{len(self._processes)}").open("wb")
        # A group of its own, to be killed whole; one session for all, as script/demo has it: only
        # within a session does the kernel heed that a worker gives way.
        process = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=ROOT, env=self.environment,
            stdout=log, stderr=log, process_group=0,
        )  # fmt: skip
        self._processes.append(process)
        return process

    def answers(self) -> bool:
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(f"{self.url}/healthz").status_code == 200
        return False


class Uploads:
    """Scans on their way, four clients at once."""

    def __init__(self, service: Service, scans: list[bytes]) -> None:
        self._service = service
        self._waiting = list(enumerate(scans))
        self._ids: dict[int, int] = {}
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._send) for _ in range(4)]
        for thread in self._threads:
            thread.start()

    def finished(self) -> list[int]:
        for thread in self._threads:
            thread.join()
        return list(self._ids.values())

    def at_least(self, count: int) -> None:
        wait_for(lambda: len(self._ids) >= count, 60, f"{count} uploads")

    def _send(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    return
                number, content = self._waiting.pop()
            self._ids[number] = self._service.upload(content)


@contextlib.contextmanager
def running(
    home: Path, database: str, *, is_new: bool = True, **environment: str
) -> Iterator[Service]:
    service = Service(home, database, is_new=is_new, **environment)
    try:
        yield service
    finally:
        service.close()
