from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from intake.registry import purge, review, search, submissions
from intake.registry.arrivals import Stored
from intake.registry.models import Audit, FieldValue, Original, Record, Submission
from intake.registry.search import Filters
from intake.registry.storage import original_name
from tests.registry.people import PDF, notice, submit, town, written

pytestmark = pytest.mark.django_db


def _aged(days: int) -> None:
    then = timezone.now() - timedelta(days=days)
    Submission.objects.update(created_at=then)
    Original.objects.update(created_at=then)


def test_only_old_and_decided_papers_go_and_an_audit_row_stays(tmp_path: Path) -> None:
    here = town()
    old = written(submit(tmp_path, here.office, PDF + b"old"), notice())[0]
    waiting = written(submit(tmp_path, here.office), notice())[0]
    review.decide(old, "approved", 1, here.reviewer)
    _aged(400)
    young = written(submit(tmp_path, here.office), notice())[0]
    review.decide(young, "approved", 1, here.reviewer)
    assert purge.count(365) == purge.Purged(1, len(PDF) + 3, 1)
    assert Original.objects.filter(purged_at=None).count() == 3
    assert purge.purge(365) == purge.Purged(1, len(PDF) + 3, 1)
    assert purge.purge(365) == purge.Purged(0, 0, 0)
    assert not _lies(old)
    assert _lies(waiting)
    assert _lies(young)
    emptied = Record.objects.get(pk=old.pk)
    assert (emptied.status, emptied.inn, emptied.name) == ("approved", "", "")
    assert set(FieldValue.objects.filter(record=old).values_list("value", "text")) == {(None, "")}
    found = search.page(Record.objects.all(), Filters(q="озгон"))
    assert old.pk not in [row.pk for row in found.items]
    assert Audit.objects.get(what="purge").about["originals"] == [old.submission.original.sha256]


def test_the_same_paper_after_a_purge_is_stored_and_read_anew(tmp_path: Path) -> None:
    here = town()
    record = written(submit(tmp_path, here.office, PDF + b"again"), notice())[0]
    review.decide(record, "rejected", 1, here.reviewer, "no seal")
    _aged(400)
    purge.purge(365)
    again = submit(tmp_path, here.office, PDF + b"again")
    assert again.duplicate_of is None
    anew = written(again, notice())[0]
    assert (anew.inn, _lies(anew)) == ("00105199510015", True)
    assert submit(tmp_path, here.office, PDF + b"again").duplicate_of == again
    assert Original.objects.exclude(purged_at=None).count() == 1
    purge.purge(365)  # the old one again: takes nothing from the new
    assert _lies(anew)


def _lies(record: Record) -> bool:
    sha256 = record.submission.original.sha256
    return Path(settings.INTAKE_HOME, "originals", original_name(sha256)).exists()


def test_a_purge_while_the_same_paper_arrives_takes_nothing_from_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = town()
    record = written(submit(tmp_path, here.office, PDF + b"meanwhile"), notice())[0]
    review.decide(record, "rejected", 1, here.reviewer, "no seal")
    _aged(400)
    old, together = record.submission.original, submissions._TOGETHER

    class PurgedMeanwhile:
        def do(self, stored: Stored) -> Submission:
            assert purge.purge(365).originals == 1
            return together.do(stored)

    monkeypatch.setattr(submissions, "_TOGETHER", PurgedMeanwhile())
    again = submit(tmp_path, here.office, PDF + b"meanwhile")
    anew = written(again, notice())[0]
    assert (again.duplicate_of, _lies(anew)) == (None, True)
    purge._drop(old)  # a slow purge comes to the bytes only now
    assert _lies(anew)
