"""Prints what a comparison came to: a table for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from intake.bench.race import OCRMYPDF, PLAIN, PRODUCT, Result, bench
from intake.engines.rivals import has_ocrmypdf
from intake.errors import Refused
from intake.score.judge import Record
from intake.score.report import read_lines


def print_bench(folder: Path, limit: int = 30, *, as_json: bool = False) -> None:
    """Compare the ways of reading on a drawn set's first ``limit`` files and print the figures.

    Raises Refused where the folder is no drawn set.
    """
    files, truth = _drawn(folder, limit)
    names = (PRODUCT, PLAIN, OCRMYPDF) if has_ocrmypdf() else (PRODUCT, PLAIN)
    results = list(bench(files, truth, names))
    if as_json:
        print(json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=1))
    else:
        Console().print(table(results))


def table(results: Sequence[Result]) -> Table:
    """Return the table that the README shows: costs a page, then what was read right."""
    title = f"{results[0].files} files, {results[0].notices} notices"
    shown = Table(title=title, title_justify="left", box=None, padding=(0, 1, 0, 0))
    for heading in ("", "pages", "CPU s/page", "peak MB", "found", "spurious",
                    "text fields right", "all fields right", "flagged", "silent"):  # fmt: skip
        shown.add_column(heading, justify="left" if not heading else "right")
    for result in results:
        shown.add_row(*_row(result))
    return shown


def _row(result: Result) -> Iterator[str]:
    yield result.name + (f" ({result.failed} failed)" if result.failed else "")
    yield str(result.pages)
    yield f"{result.seconds_a_page:.2f}"
    yield f"{result.peak_megabytes:.0f}"
    yield f"{result.found}/{result.notices}"
    yield str(result.spurious)
    yield _share(*result.text_fields)
    yield _share(*result.all_fields)
    yield str(result.flagged)
    yield str(result.silent)


def _share(right: int, count: int) -> str:
    return f"{right}/{count}" if count else "–"


def _drawn(folder: Path, limit: int) -> tuple[list[Path], list[Record]]:
    listing, told = folder / "files.jsonl", folder / "truth.jsonl"
    if not listing.is_file() or not told.is_file():
        raise Refused(f"{folder} is no drawn set; draw one with intake synth {folder}")
    files = [folder / row["source"] for row in read_lines(listing)[:limit]]
    names = {path.name for path in files}
    return files, [row for row in read_lines(told) if row["source"] in names]
