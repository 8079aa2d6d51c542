"""Prints outcomes: records on standard output, problems and progress on standard error."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from intake.domain.notice import Notice, State
from intake.errors import shown_name
from intake.extraction import Outcome
from intake.record import record_json, review_reasons
from intake.report import Report


class Output:
    """Takes outcomes one by one; a progress bar only where standard error is a terminal."""

    def __init__(self, form: str, report: Path | None, files: int) -> None:
        self._print = {"json": self._json, "csv": self._csv, "table": self._table}[form]
        self._report = Report(report) if report else None
        self._console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=self._console,
            # Records belong to standard output: only a terminal's go above the bar.
            redirect_stdout=sys.stdout.isatty(),
            disable=not sys.stderr.isatty(),
            transient=True,
        )
        self._task = self._progress.add_task("reading", total=files)
        self._header: list[str] | None = None

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()
        if self._report and error is None:
            self._report.finish()

    def add(self, outcome: Outcome) -> None:
        """Print one file's records, or why there are none."""
        for notice in outcome.notices:
            self._print(notice)
        sys.stdout.flush()
        for line in _lines(outcome):
            self._console.print(line, markup=False, soft_wrap=True, highlight=False)
        if self._report:
            self._report.add(outcome)
        self._progress.advance(self._task)

    def _json(self, notice: Notice) -> None:
        print(json.dumps(record_json(notice), ensure_ascii=False))

    def _csv(self, notice: Notice) -> None:
        writer = csv.writer(sys.stdout)
        if self._header is None:
            self._header = list(notice.fields)
            writer.writerow(["source", "pages", "template", "language", *self._header, "review"])
        values = [
            notice.fields[name].value or "" if name in notice.fields else ""
            for name in self._header
        ]
        pages = " ".join(map(str, notice.pages))
        row = [notice.source, pages, notice.template, notice.language, *values]
        writer.writerow([_unarmed(cell) for cell in row] + ["; ".join(review_reasons(notice))])

    def _table(self, notice: Notice) -> None:
        pages = ", ".join(map(str, notice.pages))
        name = shown_name(notice.source)
        table = Table(title=f"{name} · page {pages} · {notice.template} · {notice.language}")
        for column in ("field", "value", "sure", "flags"):
            table.add_column(
                column, overflow="fold", justify="right" if column == "sure" else "left"
            )
        for field, reading in notice.fields.items():
            value = reading.value if reading.state is State.READ else f"({reading.state})"
            style = "yellow" if reading.flags else None if reading.state is State.READ else "dim"
            table.add_row(
                field,
                value or "",
                f"{reading.confidence:.2f}",
                ", ".join(reading.flags),
                style=style,
            )
        console = Console()
        console.print(table)
        for reason in notice.reasons:
            console.print(f"  to check: {reason}", markup=False)


def _lines(outcome: Outcome) -> Iterator[str]:
    """Yield what is to be said of a file: what failed, or that it holds no notice, and doubts."""
    name = shown_name(outcome.source)
    if outcome.problem:
        yield f"intake: {outcome.problem}"
    elif not outcome.notices:
        said = (f"no notice found on its {outcome.pages} page(s)", *outcome.titled)
        yield f"intake: {name}: {'; '.join(said)}"
        return
    yield from (f"intake: {name}: {each}" for each in outcome.titled)


def _unarmed(cell: str) -> str:
    """Keep a spreadsheet from taking a value for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
