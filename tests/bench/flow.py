"""Measures uploads, enqueueing and the sweep with real processes: ``python -m tests.bench.flow``.

Arguments: ``sqlite`` or ``postgres``, and how many files a batch has.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx

from tests.workers.scans import scan
from tests.workers.service import Service, running

_CLIENTS, _EACH, _SIZE = 20, 10, 1 << 20


def main() -> None:
    """Measure and print."""
    database, files = sys.argv[1], int(sys.argv[2])
    with tempfile.TemporaryDirectory() as home, running(Path(home), database) as service:
        service.web()
        service.worker()
        service.worker()
        busy = [service.upload(scan({"inn": str(n), "seconds": 0.5})) for n in range(60)]
        _uploads(service)
        print(f"submissions while measured: {len(busy)} of the workers, {_CLIENTS * _EACH} uploads")
        _batch(service, Path(home) / "cupboard", files)
        _sweep(service)


def _uploads(service: Service) -> None:
    spent: list[float] = []

    def client() -> None:
        with httpx.Client(headers={"Authorization": f"Bearer {service.key}"}) as http:
            for _ in range(_EACH):
                content = scan({}) + b" " * 16 + os.urandom(_SIZE)
                begun = time.monotonic()
                answer = http.post(
                    f"{service.url}/api/v1/submissions",
                    files={"file": ("s.pdf", content)},
                    timeout=60,
                )
                spent.append(1000 * (time.monotonic() - begun))
                answer.raise_for_status()

    threads = [threading.Thread(target=client) for _ in range(_CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent.sort()
    p95 = spent[int(0.95 * len(spent))]
    print(f"upload of 1 MB, {_CLIENTS} clients: median {statistics.median(spent):.0f} ms,"
          f" p95 {p95:.0f} ms, n {len(spent)}", flush=True)  # fmt: skip


def _batch(service: Service, folder: Path, files: int) -> None:
    folder.mkdir()
    for number in range(files):
        (folder / f"{number:06}.pdf").write_bytes(scan({"inn": f"b{number}"}))
    begun = time.monotonic()
    service.command("batch", str(folder), "--office", "osh", "--no-wait")
    print(f"batch of {files} files enqueued in {time.monotonic() - begun:.1f} s", flush=True)


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
