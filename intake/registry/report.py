"""The morning's page: what came in, what became of it, and what a person should look at."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Count, QuerySet, Sum
from django.template.loader import render_to_string
from django.utils import timezone, translation

from intake.registry.access import Actor, batches_of, offices_of, records_of, submissions_of
from intake.registry.models import (
    BatchFile,
    FileStatus,
    Reading,
    Record,
    RecordStatus,
    Role,
    Status,
    Submission,
)

_MOST_ROWS = 1000


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """One office's night: files that came in or were refused, and records that wait by now."""

    code: str
    name: str
    files: int
    duplicates: int
    pages: int
    notices: int
    waiting: int
    failed: int
    seconds_a_page: float | None


@dataclass(frozen=True, slots=True)
class Trouble:
    """A file, or one page of it, that a person should look at.

    A file of a folder that was refused at the door has no submission and no receipt.
    """

    receipt: str
    submission: int | None
    source: str
    page: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What happened between two moments, for the offices that the reader may see."""

    since: datetime
    until: datetime
    offices: Sequence[OfficeLine]
    failed: Sequence[Trouble]
    doubtful: Sequence[Trouble]
    in_hand: int

    @property
    def total(self) -> OfficeLine:
        """All offices together."""
        seconds = sum((line.seconds_a_page or 0.0) * line.pages for line in self.offices)
        pages = sum(line.pages for line in self.offices)
        return OfficeLine(
            "",
            "",
            files=sum(line.files for line in self.offices),
            duplicates=sum(line.duplicates for line in self.offices),
            pages=pages,
            notices=sum(line.notices for line in self.offices),
            waiting=sum(line.waiting for line in self.offices),
            failed=sum(line.failed for line in self.offices),
            seconds_a_page=seconds / pages if pages else None,
        )


def last_night() -> tuple[datetime, datetime]:
    """Return the span that the morning's report covers: since this hour of yesterday."""
    now = timezone.localtime()
    return now - timedelta(days=1), now


def build(actor: Actor, since: datetime, until: datetime) -> Report:
    """Gather the report for what the actor may see."""
    arrived = submissions_of(actor).filter(created_at__gte=since, created_at__lt=until)
    failed = arrived.filter(duplicate_of=None, status=Status.FAILED).select_related("office")
    readings = Reading.objects.filter(submission__in=arrived)
    in_hand = arrived.filter(duplicate_of=None, status__in=(Status.RECEIVED, Status.READING))
    refused = BatchFile.objects.filter(
        batch__in=batches_of(actor),
        submission=None,
        status=FileStatus.REFUSED,
        settled_at__gte=since,
        settled_at__lt=until,
    )
    return Report(
        since,
        until,
        _lines(actor, arrived, readings, refused),
        [*_refused(refused), *_failed(failed)],
        _doubtful(readings),
        in_hand.count(),
    )


def _lines(
    actor: Actor,
    arrived: QuerySet[Submission],
    readings: QuerySet[Reading],
    refused: QuerySet[BatchFile],
) -> list[OfficeLine]:
    at_the_door = Counter(refused.values_list("batch__office", flat=True))
    files = _by_office(arrived) + at_the_door
    duplicates = _by_office(arrived.filter(duplicate_of__isnull=False))
    failed = _by_office(arrived.filter(duplicate_of=None, status=Status.FAILED)) + at_the_door
    notices = _by_office(records_of(actor).filter(submission__in=arrived, previous=None))
    waiting = _by_office(records_of(actor).filter(status=RecordStatus.REVIEW))
    pages, seconds = _paces(readings)
    return [
        OfficeLine(
            one.code, one.name, files[one.pk], duplicates[one.pk], pages[one.pk],
            notices[one.pk], waiting[one.pk], failed[one.pk],
            seconds[one.pk] / pages[one.pk] if pages[one.pk] else None,
        )
        for one in offices_of(actor)
        if files[one.pk] or waiting[one.pk]
    ]  # fmt: skip


def _by_office(rows: QuerySet[Submission] | QuerySet[Record]) -> Counter[int]:
    return Counter(dict(rows.order_by().values_list("office").annotate(count=Count("*"))))


def _paces(readings: QuerySet[Reading]) -> tuple[Counter[int], dict[int, float]]:
    sums = (
        readings.order_by()
        .values_list("submission__office")
        .annotate(total_pages=Sum("pages"), total_seconds=Sum("seconds"))
    )
    found = list(sums)
    return Counter({o: p for o, p, _ in found}), {o: s for o, _, s in found}


def _refused(files: QuerySet[BatchFile]) -> list[Trouble]:
    rows = files.select_related("batch").order_by("pk")[:_MOST_ROWS]
    return [
        Trouble("", None, row.path.removeprefix(f"{row.batch.folder}/"), None, row.note)
        for row in rows
    ]


def _failed(submissions: QuerySet[Submission]) -> list[Trouble]:
    return [
        Trouble(row.receipt, row.pk, row.source, None, row.failure)
        for row in submissions[:_MOST_ROWS]
    ]


def _doubtful(readings: QuerySet[Reading]) -> list[Trouble]:
    found = []
    doubted = readings.exclude(doubtful_pages=[]).select_related("submission__office")
    for reading in doubted.order_by("pk")[:_MOST_ROWS]:
        row = reading.submission
        found += [
            Trouble(row.receipt, row.pk, row.source, page, reason)
            for page, reason in reading.doubtful_pages
        ]
    return found


def as_csv(report: Report) -> str:
    """Return the report as CSV: a line an office, then a line a trouble."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(["office", "files", "duplicates", "pages", "notices", "waiting for review",
                    "failed", "seconds a page"])  # fmt: skip
    for line in [*report.offices, report.total]:
        pace = "" if line.seconds_a_page is None else f"{line.seconds_a_page:.2f}"
        lines.writerow([line.code or "total", line.files, line.duplicates, line.pages,
                        line.notices, line.waiting, line.failed, pace])  # fmt: skip
    lines.writerow([])
    lines.writerow(["receipt", "file", "page", "reason"])
    for trouble in [*report.failed, *report.doubtful]:
        lines.writerow([trouble.receipt, guarded(trouble.source), trouble.page or "",
                        guarded(trouble.reason)])  # fmt: skip
    return out.getvalue()


def guarded(text: str) -> str:
    """Return a text that a spreadsheet will not take for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def as_html(report: Report) -> str:
    """Return the report as one HTML file that needs nothing else, in the service's language."""
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string("registry/report.html", {"report": report})


def write_files() -> Path:
    """Write the night's report over all offices as HTML and CSV; return the HTML file."""
    everyone = Actor("the clock", Role.ADMINISTRATOR, None)
    report = build(everyone, *last_night())
    settings.REPORTS.mkdir(parents=True, exist_ok=True)
    stem = settings.REPORTS / f"report-{report.until:%Y-%m-%d}"
    html = stem.with_suffix(".html")
    html.write_text(as_html(report), encoding="utf8")
    # A byte order mark: without it spreadsheets show Cyrillic as noise.
    stem.with_suffix(".csv").write_text(as_csv(report), encoding="utf-8-sig")
    return html
