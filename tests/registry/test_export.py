from __future__ import annotations

import csv
import io
import json
import time
from pathlib import Path

import openpyxl
import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.registry import access, policy, review, xlsx
from intake.registry.export import Format, export
from intake.registry.models import Record
from intake.registry.review import Wanted
from tests.registry.people import VALUES, Town, notice, submit, town, written


def _approved(folder: Path, count: int) -> tuple[Town, list[Record]]:
    here = town()
    records = written(submit(folder, here.office), *(notice((n,)) for n in range(1, count + 1)))
    return here, [review.decide(one, "approved", 1, here.reviewer) for one in records]


@pytest.mark.django_db
def test_every_format_holds_the_same_values_and_repeats_to_the_byte(tmp_path: Path) -> None:
    here, records = _approved(tmp_path, 3)
    rows, now = access.records_of(here.admin), timezone.now()
    every = {form: b"".join(export(rows, now, form)) for form in Format}
    for form, content in every.items():
        time.sleep(0.01)
        assert b"".join(export(rows, now, form)) == content
    lines = list(csv.DictReader(io.StringIO(every[Format.CSV].decode("utf-8-sig"))))
    objects = [json.loads(line) for line in every[Format.JSONL].decode().splitlines()]
    sheet = openpyxl.load_workbook(io.BytesIO(every[Format.XLSX]), read_only=True).worksheets[0]
    table = [
        ["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)
    ]
    assert table == [list(lines[0]), *(list(line.values()) for line in lines)]
    assert [int(line["id"]) for line in lines] == [record.pk for record in records]
    for name, value in VALUES.items():
        assert lines[0][name] == objects[0]["fields"][name]["value"] == value


@pytest.mark.django_db
def test_an_export_of_a_past_moment_stays_the_same(tmp_path: Path) -> None:
    here, (record, *_) = _approved(tmp_path, 2)
    policy.change(here.supervisor, four_eyes="never")
    rows, then = access.records_of(here.admin), timezone.now()
    before = b"".join(export(rows, then, Format.CSV))
    edition = review.reopen(record, record.version, here.supervisor, "wrong name")
    edition = review.correct(edition, Wanted("organization_name", "Жаңы"), 1, here.reviewer)
    assert b"".join(export(rows, timezone.now(), Format.CSV)) == before
    review.decide(edition, "approved", edition.version, here.reviewer)
    assert b"".join(export(rows, then, Format.CSV)) == before
    now = b"".join(export(rows, timezone.now(), Format.CSV)).decode()
    assert "Жаңы" in now
    assert now.count("\n") == before.decode().count("\n")


@pytest.mark.django_db
def test_a_stranger_exports_nothing(tmp_path: Path) -> None:
    here, _ = _approved(tmp_path, 1)
    content = b"".join(export(access.records_of(here.stranger), timezone.now(), Format.JSONL))
    assert content == b""


CELLS = st.text(max_size=20).filter(lambda text: text == text.strip() and "\r" not in text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5))
def test_a_workbook_gives_back_what_was_put_in(rows: list[list[str]]) -> None:
    rows = [[xlsx._UNSPEAKABLE.sub("", cell) for cell in row] for row in rows]
    content = b"".join(xlsx.workbook(["a", "b", "c"], rows))
    sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
    read = [
        ["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)
    ]
    assert read[1:] == rows
