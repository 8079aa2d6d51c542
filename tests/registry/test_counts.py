"""The sums that triggers keep are those that counting would give, whatever was done."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db.models import Count

from intake.registry import counts, triggers
from intake.registry.models import CentreCount, Record
from tests.registry.people import notice, submit, town, written

pytestmark = pytest.mark.django_db


def _counted() -> dict[tuple[object, ...], int]:
    approved = Record.objects.filter(status="approved").order_by()
    keys = ("office", "region", "district", "ownership", "level", "notice_date")
    found: dict[tuple[object, ...], int] = {}
    for *key, day, number in approved.values_list(*keys).annotate(n=Count("pk")):
        month = day.strftime("%Y-%m") if day else ""
        found[(*key, month)] = found.get((*key, month), 0) + number
    return found


def _kept() -> dict[tuple[object, ...], int]:
    keys = ("office", "region", "district", "ownership", "level", "month", "count")
    rows = CentreCount.objects.exclude(count=0).values_list(*keys)
    return {tuple(key): number for *key, number in rows}


def test_triggers_count_what_is_approved_changed_and_removed(tmp_path: Path) -> None:
    here = town()
    submission = submit(tmp_path, here.office)
    rows = written(submission, *(notice((page,)) for page in range(1, 7)))
    assert _kept() == {}
    Record.objects.filter(pk__in=[row.pk for row in rows[:4]]).update(status="approved")
    assert sum(_kept().values()) == 4
    assert _kept() == _counted()
    Record.objects.filter(pk=rows[0].pk).update(notice_date=date(2024, 1, 31), region="KG-B")
    Record.objects.filter(pk=rows[1].pk).update(notice_date=None)
    Record.objects.filter(pk=rows[2].pk).update(status="replaced")
    assert _kept() == _counted()
    Record.objects.filter(pk=rows[3].pk).update(version=9, name="other")
    assert _kept() == _counted()
    assert sum(line.count for line in counts.count(here.admin, ["month"])) == 3
    assert counts.count(here.stranger, ["region"]) == []


def test_no_trigger_is_missing() -> None:
    assert triggers.missing() == []
