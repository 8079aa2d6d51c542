"""Fills a registry with made-up records, fast: COPY in PostgreSQL, many at once in SQLite."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from django.db import connection, transaction
from django.db.models import Model

from intake.registry.fold import folded
from intake.registry.models import (
    FieldValue,
    Office,
    Original,
    Reading,
    Record,
    RecordFlag,
    Submission,
)

_KINDS = ("Мектеп", "Гимназия", "Лицей", "Бала бакча", "Средняя школа", "Детский сад")
_STEMS = ("Өзгөн", "Айчүрөк", "Таң", "Жаңыл", "Ынтымак", "Достук", "Келечек", "Бакыт", "Билим")
_PEOPLE = ("Асанов", "Үсөнов", "Токтогулов", "Жээнбеков", "Сыдыков", "Мамытов", "Осмонов")
_STATUSES = ("needs-review", "approved", "approved", "approved", "rejected")
_COLUMNS = (
    "submission_id", "reading_id", "office_id", "ordinal", "edition", "status", "version",
    "source", "sha256", "pages", "template", "template_version", "language", "reasons",
    "provenance", "fingerprint", "created_at", "updated_at", "approved_at", "search_text", "name",
    "inn", "okpo", "region", "district", "ownership", "level", "notice_date", "open_flags",
)  # fmt: skip
_VALUES = ("record_id", "name", "value", "read_value", "text", "state", "confidence", "flags",
           "notes", "candidates", "corrected")  # fmt: skip
Row = tuple[object, ...]


def fill(count: int, offices: list[Office]) -> None:
    """Add as many records, with three values and in a tenth a flag each."""
    original = Original.objects.create(sha256="0" * 64, size=1, kind="pdf")
    submission = Submission.objects.create(
        office=offices[0], original=original, source="bench.pdf", trace="0", status="read"
    )
    reading = Reading.objects.create(
        submission=submission, number=1, software="bench", pages=1, seconds=1
    )
    rows = _records(count, submission.pk, reading.pk, offices)
    _fill(Record, _COLUMNS, rows)
    # All at once: while COPY runs, its connection answers no other question.
    keys = list(Record.objects.order_by("pk").values_list("pk", flat=True))
    _fill(FieldValue, _VALUES, (row for key in keys for row in _values(key)))
    pairs = Record.objects.order_by("pk").values_list("pk", "office")
    flags = (
        (key, office, "low-confidence" if key % 1000 else "conflict")
        for key, office in list(pairs)
        if key % 10 == 0
    )
    _fill(RecordFlag, ("record_id", "office_id", "flag"), flags)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _records(count: int, submission: int, reading: int, offices: list[Office]) -> Iterator[Row]:
    chance = random.Random(7)
    begun = datetime(2023, 4, 1, tzinfo=UTC)
    for number in range(1, count + 1):
        office = offices[number % len(offices)]
        name = f"{chance.choice(_KINDS)} № {chance.randint(1, 200)} {chance.choice(_STEMS)}"
        director = f"{chance.choice(_PEOPLE)} {chr(0x410 + number % 30)}."
        inn = f"{chance.randint(0, 10**14 - 1):014}"
        okpo = f"{chance.randint(0, 10**8 - 1):08}"
        dated = date(2023, 4, 1) + timedelta(days=number % 900)
        changed = (begun + timedelta(seconds=number)).isoformat(sep=" ")
        status = chance.choice(_STATUSES)
        words = folded(f"{name} {director} {inn} {okpo} {dated.isoformat()} {office.name}")
        yield (
            submission, reading, office.pk, number, 1, status, 1, "bench.pdf", "0" * 64, "[1]",
            "resource-centre-notice", "2023-1", "ky", "[]", "{}", "", changed, changed,
            changed if status == "approved" else None, words, name, inn, okpo, office.region,
            office.district, chance.choice(("state", "municipal", "private")),
            chance.choice(("preschool", "school")), dated.isoformat(), number % 10 == 0,
        )  # fmt: skip


def _values(key: int) -> Iterator[Row]:
    for name in ("organization_name", "organization_inn", "director_name"):
        yield (key, name, "value", "value", "text", "read", 0.9, "[]", "[]", "[]", False)


def _fill(model: type[Model], columns: tuple[str, ...], rows: Iterator[Row]) -> None:
    """Write the rows, and into the columns that they do not name what the model has there."""
    named = {*columns, *(column.removesuffix("_id") for column in columns), "id"}
    rest = [one for one in model._meta.concrete_fields if one.name not in named and not one.null]
    plain = tuple(one.get_default() for one in rest)
    every = (*columns, *(one.attname for one in rest))
    _write(model._meta.db_table, every, (row + plain for row in rows))


def _write(table: str, columns: tuple[str, ...], rows: Iterator[Row]) -> None:
    listed = ", ".join(columns)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
                types = [bool if column == "corrected" else None for column in columns]
                for row in rows:
                    copy.write_row([_plain(v, t) for v, t in zip(row, types, strict=True)])
            return
        marks = ", ".join(["%s"] * len(columns))
        while chunk := list(islice(rows, 5000)):
            cursor.cursor.executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", chunk)


def _plain(value: object, kind: type | None) -> object:
    return int(value) if isinstance(value, bool) and kind is None else value
