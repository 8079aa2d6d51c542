"""Measures two workers against one, and what queue and registry cost beside reading.

``python -m tests.bench.workers 24 3``: so many files a run, so many runs of each. Where the machine
does other things too, pages a minute say little; CPU time says the rest: where a page costs
two workers no more CPU than one, two free cores read twice as much.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.cpu import tree_seconds
from tests.servers import wait_for
from tests.workers.service import ROOT, Service, running

_SAMPLES = ROOT / "samples/scans"
_ORDINARY: dict[str, Any] = {
    "INTAKE_READER": "tests.bench.timed:TimedReader", "INTAKE_SWEEP": "30s",
    "INTAKE_RESEND": "2m", "INTAKE_LEASE": "5m", "INTAKE_TASK_HARD_LIMIT": "4m",
    "INTAKE_TASK_SOFT_LIMIT": "3m", "INTAKE_PARALLEL_FROM": "99",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """What one run came to, after each worker's first file."""

    pages_a_minute: float
    reading: float
    around: float
    """Seconds of CPU a page: in the line, and in worker, queue and registry around it."""


def main() -> None:
    """Measure and print."""
    files, runs = int(sys.argv[1]), int(sys.argv[2])
    medians = {}
    for workers in (1, 2):
        done = [_run(workers, files) for _ in range(runs)]
        medians[workers] = statistics.median(one.pages_a_minute for one in done)
        reading = statistics.median(one.reading for one in done)
        around = statistics.median(one.around for one in done)
        each = ", ".join(f"{one.pages_a_minute:.1f}" for one in done)
        print(
            f"{workers} worker(s), {runs} runs of {files} files:"
            f" median {medians[workers]:.1f} pages a minute ({each});"
            f" CPU a page {reading:.2f} s reading, {around:.3f} s around it"
            f" ({100 * around / reading:.1f} %); load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
    print(f"two against one: {medians[2] / medians[1]:.2f}")


def _run(workers: int, files: int) -> Run:
    with tempfile.TemporaryDirectory() as home, running(Path(home), "sqlite", **_ORDINARY) as own:
        cupboard = Path(home) / "cupboard"
        _copies(cupboard, files + workers)
        own.command("batch", str(cupboard), "--office", "osh", "--no-wait")
        pids = [own.worker().pid for _ in range(workers)] + [own.redis.pid]
        wait_for(lambda: _all_warm(own, workers), 300, "the first files")
        begun, before = time.monotonic(), sum(map(tree_seconds, pids))
        warm = {line[0]: tree_seconds(line[0]) for line in _timed(own)}
        wait_for(lambda: own.unfinished() == 0, 1800, "all files")
        spent = sum(map(tree_seconds, pids)) - before
        timed = [line for line in _timed(own) if line[1] > begun]
        pages = sum(line[2] for line in timed)
        # A file that was under way counts from there: its first part is in no other figure.
        reading = sum(line[4] - max(line[3], warm[line[0]]) for line in timed)
        minutes = (max(line[1] for line in timed) - begun) / 60
        return Run(pages / minutes, reading / pages, (spent - reading) / pages)


def _copies(folder: Path, count: int) -> None:
    """Fill a folder with the samples over and over, no two files of the same bytes."""
    folder.mkdir()
    samples = sorted(path for path in _SAMPLES.iterdir() if path.is_file())
    for number in range(count):
        sample = samples[number % len(samples)]
        copy = folder / f"{number:03}{sample.suffix}"
        copy.write_bytes(sample.read_bytes() + f"\n%{number}".encode())


def _all_warm(service: Service, workers: int) -> bool:
    return len({line[0] for line in _timed(service)}) == workers


def _timed(service: Service) -> list[tuple[int, float, int, float, float]]:
    notes = service.home / "timed"
    lines = notes.read_text().splitlines() if notes.exists() else []
    return [tuple(json.loads(line)) for line in lines]


if __name__ == "__main__":
    main()
