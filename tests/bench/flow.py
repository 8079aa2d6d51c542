"""Measures uploads, enqueueing and the sweep with real processes: ``python -m tests.bench.flow``.

Arguments: ``sqlite`` or ``postgres``, how many files a batch has, and how many runs of uploads.
Two workers read real scans all the while. Wall time means little on a machine that does other
things too: CPU time and the load are printed beside it.
"""

from __future__ import annotations

import http.client
import itertools
import os
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from tests.bench.cpu import tree_seconds
from tests.servers import wait_for
from tests.workers.scans import scan
from tests.workers.service import ROOT, Service, running

_CLIENTS, _EACH, _SIZE = 20, 20, 1 << 20
_BOUNDARY = f"bench-{os.urandom(12).hex()}"
_SCAN = ROOT / "samples/scans/official-ru.pdf"
_NUMBERS = itertools.count(1000)
REAL: dict[str, Any] = {
    "INTAKE_READER": "workers.pipeline_reader:PipelineReader", "INTAKE_SWEEP": "30s",
    "INTAKE_RESEND": "2m", "INTAKE_LEASE": "5m", "INTAKE_TASK_HARD_LIMIT": "4m",
    "INTAKE_TASK_SOFT_LIMIT": "3m",
}  # fmt: skip
"""The service as it is outside tests, and reads."""


def main() -> None:
    """Measure and print."""
    database, files, runs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with tempfile.TemporaryDirectory() as home, running(Path(home), database, **REAL) as service:
        web = service.web()
        readers = [service.worker().pid for _ in range(2)]
        for number in range(20):
            service.upload(_content(number))
        wait_for(lambda: _is_busy(service), 120, "both workers to read")
        for _ in range(runs):
            _uploads(service, web.pid, readers)
        _batch(service, Path(home) / "cupboard", files)
        _sweep(service)


def _is_busy(service: Service) -> bool:
    """Both workers have loaded all that they need, and read."""
    return int(service.sql("SELECT count(*) FROM registry_record")[0][0]) >= 4


def _content(number: int) -> bytes:
    """Return a real scan made 1 MB large, no two of the same bytes."""
    return _SCAN.read_bytes() + b"\n%" + f"{number:09}".encode() + os.urandom(_SIZE - 332_909)


def _uploads(service: Service, web: int, readers: list[int]) -> None:
    # Prepared before: the clients' own work is on the same cores.
    waiting = [[_body() for _ in range(_EACH)] for _ in range(_CLIENTS)]
    spent: list[float] = []

    def client(bodies: list[bytes]) -> None:
        line = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
        for body in bodies:
            begun = time.monotonic()
            line.request("POST", "/api/v1/submissions", body, _headers(service))
            answer = line.getresponse()
            answer.read()
            spent.append(1000 * (time.monotonic() - begun))
            if answer.status != http.HTTPStatus.ACCEPTED:
                raise RuntimeError(f"an upload was answered {answer.status}")

    threads = [threading.Thread(target=client, args=(bodies,)) for bodies in waiting]
    cpu, own, wall = tree_seconds(web), time.process_time(), time.monotonic()
    reading = sum(map(tree_seconds, readers))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall = time.monotonic() - wall
    reading = (sum(map(tree_seconds, readers)) - reading) / wall
    spent.sort()
    each = 1000 * (tree_seconds(web) - cpu) / len(spent)
    clients = 1000 * (time.process_time() - own) / len(spent)
    print(
        f"upload of 1 MB, {_CLIENTS} clients: median {statistics.median(spent):.0f} ms,"
        f" p95 {spent[int(0.95 * len(spent))]:.0f} ms, {len(spent)} of"
        f" {_CLIENTS * _EACH} answered, {len(spent) / wall:.0f}/s; CPU of web {each:.1f} ms each,"
        f" of clients {clients:.1f}, of both readers {reading:.2f} cores;"
        f" load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def _body() -> bytes:
    head = (
        f"--{_BOUNDARY}\r\nContent-Disposition: form-data; name=file; filename=s.pdf\r\n"
        "Content-Type: application/pdf\r\n\r\n"
    )
    content = _content(next(_NUMBERS))
    return head.encode() + content + f"\r\n--{_BOUNDARY}--\r\n".encode()


def _headers(service: Service) -> dict[str, str]:
    return {
        "Authorization": f"Bearer {service.key}",
        "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}",
    }


def _batch(service: Service, folder: Path, files: int) -> None:
    folder.mkdir()
    for number in range(files):
        (folder / f"{number:06}.pdf").write_bytes(scan({"inn": f"b{number}"}))
    wall, cpu = time.monotonic(), os.times()
    service.command("batch", str(folder), "--office", "osh", "--no-wait")
    wall, end = time.monotonic() - wall, os.times()
    spent = end.children_user + end.children_system - cpu.children_user - cpu.children_system
    print(
        f"batch of {files} files enqueued in {wall:.1f} s, CPU {spent:.1f} s;"
        f" load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def _sweep(service: Service) -> None:
    program = (
        "import workers.app, time\n"
        "from intake.registry import sweep\n"
        "sweep.sweep()\n"
        "t = time.monotonic()\n"
        "for _ in range(20): sweep.sweep()\n"
        "print((time.monotonic() - t) / 20 * 1000)\n"
    )
    for finished in (0, 100_000):
        if finished:
            service.python(_FINISHED.format(count=finished))
        print(f"sweep with {finished} finished rows more: {float(service.python(program)):.1f} ms")


_FINISHED = """
import workers.app
from intake.registry.models import Office, Original, Submission
from django.utils import timezone
office, now = Office.objects.get(), timezone.now()
originals = Original.objects.bulk_create(
    [Original(sha256=f"{{n:064}}", size=1, kind="pdf") for n in range({count})], batch_size=5000)
Submission.objects.bulk_create(
    [Submission(office=office, original=o, source="s", trace="0", status="read", finished_at=now)
     for o in originals], batch_size=5000)
"""


if __name__ == "__main__":
    main()
