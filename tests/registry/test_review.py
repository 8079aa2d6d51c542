from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.db import connections

from intake.domain.notice import Flag
from intake.errors import Refused
from intake.registry import pairs, review, shown
from intake.registry.errors import Conflict, Forbidden
from intake.registry.models import Correction, Decision, Pair, Record, RecordStatus
from intake.registry.review import Wanted
from tests.registry.people import Town, notice, noticed, reading, submit, town, written

pytestmark = pytest.mark.django_db


def _record(folder: Path, here: Town) -> Record:
    fields = {
        "organization_name": reading("Мектеп № 5", Flag.CORRECTED),
        "organization_inn": reading("00105199510015", Flag.AMBIGUOUS, Flag.CORRECTED),
        "notice_date": reading("2023-05-12"),
    }
    return written(submit(folder, here.office), noticed(fields))[0]


def _looked_at(record: Record, here: Town) -> Record:
    """Confirm what is flagged, as a person must before a decision."""
    flagged = [value for value in record.values.all() if value.flags]
    wanted = [Wanted(value.name, value.value) for value in flagged]
    return review.settle(record, wanted, record.version, here.reviewer).record


def _flags(record: Record) -> set[str]:
    return set(record.flag_rows.values_list("flag", flat=True))


def test_a_correction_is_a_row_clears_the_flag_and_raises_the_version(tmp_path: Path) -> None:
    here = town()
    record = _record(tmp_path, here)
    assert _flags(record) == {"corrected", "ambiguous"}
    after = review.correct(
        record, Wanted("organization_inn", "00 105-1995 10015 "), 1, here.reviewer
    )
    assert (after.version, after.open_flags, after.inn) == (2, 1, "00105199510015")
    assert _flags(after) == {"corrected"}
    row = Correction.objects.get()
    assert (row.from_value, row.to_value, row.user) == (
        "00105199510015",
        "00105199510015",
        here.reviewer.user,
    )
    told = shown.history(after)["corrections"][0]
    assert (told["who"], told["version"]) == ("reviewer", 2)


def test_an_old_version_is_a_conflict_and_changes_nothing(tmp_path: Path) -> None:
    here = town()
    record = _record(tmp_path, here)
    review.correct(record, Wanted("notice_date", "13.05.2023"), 1, here.reviewer)
    with pytest.raises(Conflict):
        review.correct(record, Wanted("notice_date", "2023-05-14"), 1, here.reviewer)
    assert record.values.get(name="notice_date").value == "2023-05-13"
    assert Correction.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("organization_inn", "123"), ("notice_date", "31.02.2023"), ("notice_date", "soon")],
)
def test_a_value_that_cannot_be_is_refused(field: str, value: str, tmp_path: Path) -> None:
    here = town()
    record = _record(tmp_path, here)
    with pytest.raises(Refused):
        review.correct(record, Wanted(field, value), 1, here.reviewer)
    assert Record.objects.get(pk=record.pk).version == 1


def test_a_clerk_may_neither_correct_nor_decide(tmp_path: Path) -> None:
    here = town()
    record = _record(tmp_path, here)
    with pytest.raises(Forbidden):
        review.correct(record, Wanted("notice_date", None), 1, here.owner)
    with pytest.raises(Forbidden):
        review.decide(record, "approved", 1, here.owner)


def test_an_approved_record_never_changes_but_gets_a_new_edition(tmp_path: Path) -> None:
    here = town()
    record = _looked_at(_record(tmp_path, here), here)
    record = review.decide(record, "approved", record.version, here.reviewer)
    before = Record.objects.values().get(pk=record.pk)
    with pytest.raises(Forbidden):
        review.correct(record, Wanted("notice_date", None), record.version, here.reviewer)
    with pytest.raises(Conflict):
        review.decide(record, "rejected", record.version, here.reviewer, "changed my mind")
    with pytest.raises(Forbidden, match="supervisor"):
        review.reopen(record, record.version, here.reviewer, "wrong date")
    edition = review.reopen(record, record.version, here.admin, "wrong date")
    with pytest.raises(Conflict):
        review.reopen(record, record.version, here.admin, "again")
    edition = review.correct(edition, Wanted("notice_date", "2023-06-01"), 1, here.reviewer)
    assert Record.objects.values().get(pk=record.pk) == before
    assert record.values.get(name="notice_date").value == "2023-05-12"
    review.decide(edition, "approved", edition.version, here.reviewer)
    record.refresh_from_db()
    assert (record.status, edition.edition) == (RecordStatus.REPLACED, 2)


def test_a_rejection_needs_a_reason_and_may_be_taken_back(tmp_path: Path) -> None:
    here = town()
    record = _record(tmp_path, here)
    with pytest.raises(Refused, match="reason"):
        review.decide(record, "rejected", 1, here.reviewer)
    record = review.decide(record, "rejected", 1, here.reviewer, "no seal")
    record = review.reopen(record, record.version, here.reviewer, "seal found")
    assert record.status == RecordStatus.REVIEW
    kinds = list(Decision.objects.order_by("pk").values_list("decision", flat=True))
    assert kinds == ["rejected", "reopened"]


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_once_one_wins(tmp_path: Path) -> None:
    here = town()
    record = _looked_at(_record(tmp_path, here), here)
    lost: list[str] = []

    def decide(verdict: str) -> None:
        try:
            review.decide(record, verdict, record.version, here.reviewer, "because")
        except Conflict:
            lost.append(verdict)
        connections.close_all()

    threads = [threading.Thread(target=decide, args=(v,)) for v in ("approved", "rejected") * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(lost) == 5
    assert Decision.objects.count() == 1


def test_the_same_paper_scanned_twice_is_a_pair_to_decide(tmp_path: Path) -> None:
    here = town()
    first, again = "0f" * 32, "0f" * 31 + "0e"
    one = written(submit(tmp_path, here.office), notice(), fingerprint=first)[0]
    two = written(submit(tmp_path, here.office), notice(), fingerprint=again)[0]
    written(submit(tmp_path, here.office), notice(), fingerprint="f0" * 32)
    other = notice(organization_inn="01712201110018")
    written(submit(tmp_path, here.office), other, fingerprint=first)
    pair = Pair.objects.get()
    assert (pair.earlier, pair.later) == (one, two)
    pairs.decide(pair, same=True, actor=here.reviewer)
    with pytest.raises(Conflict):
        pairs.decide(pair, same=False, actor=here.reviewer)
    assert Record.objects.count() == 4
