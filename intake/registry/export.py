"""Hands out approved records: streamed, in a fixed order, the same bytes for the same moment."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet

from intake.registry import forms, shown, xlsx
from intake.registry.models import FieldValue, Record, RecordStatus
from intake.registry.report import guarded
from intake.registry.summary import authorities_of

_CHUNK = 1000
_OWN = (
    "id", "edition", "office", "template", "language", "region", "district", "authorities",
    "approved_at", "sha256", "pages",
)  # fmt: skip
_BYTE_ORDER_MARK = "\ufeff"


class Format(StrEnum):
    """What an export is written as."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"


def export(rows: QuerySet[Record], as_of: datetime, form: Format) -> Iterator[bytes]:
    """Yield the export's bytes, a part at a time: the editions approved at that moment.

    Approved editions never change, so the answer for a past moment never does.
    """
    found = _chunks(rows, as_of)
    if form is Format.JSONL:
        return _jsonl(found)
    columns = forms.columns()
    lines = (_line(row, values, columns) for chunk in found for row, values in chunk)
    header = [*_OWN, *columns]
    return xlsx.workbook(header, lines) if form is Format.XLSX else _csv(header, lines)


Chunk = list[tuple[Record, list[FieldValue]]]


def _chunks(rows: QuerySet[Record], as_of: datetime) -> Iterator[Chunk]:
    """Yield the rows in the order of their keys, with their values, a thousand at a time."""
    once = rows.filter(
        status__in=(RecordStatus.APPROVED, RecordStatus.REPLACED), approved_at__lte=as_of
    )
    ordered, last = once.select_related("office").order_by("pk"), 0
    while found := list(ordered.filter(pk__gt=last)[:_CHUNK]):
        last = found[-1].pk
        # Asked for a thousand at a time: within the query above it would lead the
        # database to join all records with all of their editions for every chunk.
        newer = Record.objects.filter(previous__in=found, approved_at__lte=as_of)
        replaced = set(newer.values_list("previous", flat=True))
        chunk = [row for row in found if row.pk not in replaced]
        values: dict[int, list[FieldValue]] = defaultdict(list)
        keys = [row.pk for row in chunk]
        for value in FieldValue.objects.filter(record__in=keys).order_by("pk"):
            values[value.record_id].append(value)
        yield [(row, values[row.pk]) for row in chunk]


def _line(row: Record, values: Iterable[FieldValue], columns: list[str]) -> list[str]:
    by_name: Mapping[str, str | None] = {value.name: value.value for value in values}
    own = [
        str(row.pk), str(row.edition), row.office.code, row.template, row.language, row.region,
        row.district, " ".join(authorities_of(row.ownership)), _moment(row),
        row.sha256, " ".join(str(page) for page in row.pages),
    ]  # fmt: skip
    return own + [by_name.get(column) or "" for column in columns]


def _moment(row: Record) -> str:
    return row.approved_at.isoformat() if row.approved_at else ""


def _csv(header: list[str], lines: Iterable[list[str]]) -> Iterator[bytes]:
    out = io.StringIO()
    writer = csv.writer(out)
    out.write(_BYTE_ORDER_MARK)
    writer.writerow(header)
    for number, line in enumerate(lines, start=1):
        writer.writerow([guarded(cell) for cell in line])
        if number % _CHUNK == 0:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def _jsonl(chunks: Iterable[Chunk]) -> Iterator[bytes]:
    for chunk in chunks:
        lines = [
            json.dumps(
                shown.record(row, values),
                cls=DjangoJSONEncoder,
                ensure_ascii=False,
                separators=(",", ":"),
            )
            for row, values in chunk
        ]
        yield ("\n".join(lines) + "\n").encode()
