"""Runs each way of reading the same scans in a process of its own, and measures it there."""

from __future__ import annotations

import multiprocessing
import os
import resource
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from intake.bench.labels import TEXT_FIELDS, notice_in
from intake.errors import IntakeError
from intake.score.judge import Record
from intake.score.measure import Score, Tally, score

PRODUCT, PLAIN, OCRMYPDF = "this product", "pytesseract + regex", "ocrmypdf + regex"
_Read = Callable[[Path], tuple[int, list[Record]]]


@dataclass(frozen=True, slots=True)
class Run:
    """What one way of reading took: processor seconds with children's, peak memory in MB.

    ``start_seconds`` went before the first file (imports, models), ``seconds`` are
    by file, in the order given. ``failed`` files gave no record.
    """

    records: list[Record]
    pages: int
    failed: int
    start_seconds: float
    seconds: list[float]
    peak_megabytes: float


@dataclass(frozen=True, slots=True)
class Result:
    """One way of reading, measured: costs a page, and right fields of all in the truth."""

    name: str
    files: int
    failed: int
    pages: int
    seconds_a_page: float
    peak_megabytes: float
    notices: int
    found: int
    spurious: int
    text_fields: tuple[int, int]
    all_fields: tuple[int, int]
    silent: int
    flagged: int


def bench(files: Sequence[Path], truth: Sequence[Record], names: Iterable[str]) -> Iterator[Result]:
    """Read the files in each of these ways, one after the other, and yield what it came to.

    ``truth`` are the lines of truth.jsonl that belong to the files. A field of a
    notice that was not found counts as wrong. Each way runs in one process of its
    own with one thread for recognition; starting up is spread over the pages.
    """
    context = multiprocessing.get_context("spawn")
    for name in names:
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            run = pool.submit(measured, name, list(files)).result()
        yield result_of(name, run, len(files), truth)


def result_of(name: str, run: Run, files: int, truth: Sequence[Record]) -> Result:
    """Put a run beside the truth."""
    scored = score(run.records, truth)
    finding = scored.finding["all"]
    expected = [field for notice in truth for field in notice["fields"]]
    tally = scored.strata.get("all", Tally.of([]))
    return Result(
        name=name,
        files=files,
        failed=run.failed,
        pages=run.pages,
        seconds_a_page=(run.start_seconds + sum(run.seconds)) / max(1, run.pages),
        peak_megabytes=run.peak_megabytes,
        notices=finding.notices,
        found=finding.found,
        spurious=finding.spurious,
        text_fields=_right(scored, expected, TEXT_FIELDS),
        all_fields=_right(scored, expected, tuple(set(expected))),
        silent=tally.silent,
        flagged=tally.flagged,
    )


def _right(scored: Score, expected: Sequence[str], names: Sequence[str]) -> tuple[int, int]:
    right = sum(tally.right for name, tally in scored.fields.items() if name in names)
    return right, sum(name in names for name in expected)


def measured(name: str, files: Sequence[Path]) -> Run:
    """Read the files in this process and tell what that took; to be called in a fresh one."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    read = _WAYS[name]()
    start, records, pages, failed = _seconds(), list[Record](), 0, 0
    marks = [start]
    for path in files:
        try:
            count, found = read(path)
            pages, records = pages + count, records + found
        except IntakeError:
            failed += 1
        marks.append(_seconds())
    seconds = [after - before for before, after in pairwise(marks)]
    return Run(records, pages, failed, start, seconds, _peak_megabytes())


def _seconds() -> float:
    own, children = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _peak_megabytes() -> float:
    """Return this process's peak and that of its largest child together, an upper bound."""
    own, children = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return (own.ru_maxrss + children.ru_maxrss) / 1024


# Imported within, so that no way of reading pays for what only another needs.


def _product() -> _Read:
    from intake.extraction import extract_one  # noqa: PLC0415
    from intake.options import Options  # noqa: PLC0415
    from intake.record import record_json  # noqa: PLC0415

    def read(path: Path) -> tuple[int, list[Record]]:
        outcome = extract_one(str(path), Options())
        return outcome.pages, [record_json(notice) for notice in outcome.notices]

    return read


def _plain() -> _Read:
    from intake.engines.rivals import plain_pages  # noqa: PLC0415

    return lambda path: _by_labels(path, plain_pages(path))


def _ocrmypdf() -> _Read:
    from intake.engines.rivals import ocrmypdf_pages  # noqa: PLC0415

    return lambda path: _by_labels(path, ocrmypdf_pages(path))


_WAYS: Mapping[str, Callable[[], _Read]] = {PRODUCT: _product, PLAIN: _plain, OCRMYPDF: _ocrmypdf}


def _by_labels(path: Path, texts: Iterable[str]) -> tuple[int, list[Record]]:
    """Return the number of pages and the notices on them; what follows a notice belongs to it."""
    number = 0
    notices: list[tuple[list[int], str]] = []
    for number, text in enumerate(texts, 1):
        if notice_in(text):
            notices.append(([number], text))
        elif notices and text.strip():
            pages, before = notices.pop()
            notices.append(([*pages, number], f"{before}\n{text}"))
    return number, [_record(path, pages, text) for pages, text in notices]


def _record(path: Path, pages: list[int], text: str) -> Record:
    fields: dict[str, Any] = dict(notice_in(text) or {})
    language = fields.pop("language")
    values = {name: {"value": value, "flags": []} for name, value in fields.items()}
    return {"source": path.name, "pages": pages, "language": language, "fields": values}
