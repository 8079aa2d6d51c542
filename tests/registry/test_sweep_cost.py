"""The sweep's questions must not walk through history."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intake.registry import sweep
from intake.registry.models import Office, Original, Submission

pytestmark = pytest.mark.django_db

_FINISHED = 3000
_SMALL = ("submission_unfinished", "page_undone", "registry_submission_pkey", "PRIMARY KEY")


def test_no_question_of_the_sweep_reads_finished_rows() -> None:
    office = Office.objects.create(code="a", name="a", region="KG-O")
    originals = Original.objects.bulk_create(
        Original(sha256=f"{number:064}", size=1, kind="pdf") for number in range(_FINISHED)
    )
    Submission.objects.bulk_create(
        Submission(
            office=office,
            original=one,
            source="s",
            trace="0",
            status="read",
            finished_at=timezone.now(),
        )
        for one in originals
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as asked:
        sweep.sweep()
    plans = [_plan(query["sql"]) for query in asked if query["sql"].startswith("SELECT")]
    assert plans
    for plan in plans:
        assert "Seq Scan on registry_submission" not in plan, plan
        rest = plan.replace("SCAN registry_submission USING INDEX submission_unfinished", "")
        assert "SCAN registry_submission" not in rest, plan
        assert any(name in plan for name in _SMALL) or "registry_submission" not in plan, plan


def _plan(query: str) -> str:
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {query}")
        return "\n".join(" ".join(str(part) for part in row) for row in cursor.fetchall())
