"""Approve, reject, send back, hand over; four eyes; nobody approves the own entry."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from intake.domain.notice import Flag
from intake.errors import Refused
from intake.registry import policy, review, second_keying
from intake.registry.access import Actor
from intake.registry.errors import Conflict, Forbidden
from intake.registry.models import (
    Check,
    Correction,
    Decision,
    Outcome,
    Purpose,
    Record,
    RecordStatus,
    Station,
    Submission,
)
from intake.registry.review import Settled, Wanted
from tests.registry.people import Town, notice, noticed, reading, submit, town, written

pytestmark = pytest.mark.django_db
NAME, INN, OKPO = "organization_name", "organization_inn", "organization_okpo"


@pytest.fixture
def here() -> Town:
    return town()


@pytest.fixture
def record(here: Town, tmp_path: Path) -> Record:
    policy.change(here.supervisor, seed_share=0.0, sample_share=0.0)
    return written(submit(tmp_path, here.office), notice())[0]


def _changed_inn(record: Record, here: Town) -> Settled:
    wanted = (Wanted(INN, "01712201110018"),)
    return review.approve(record, record.version, here.reviewer, wanted)


def _check(record: Record) -> Check:
    return record.checks.get(purpose=Purpose.SECOND)


def test_a_field_without_a_value_says_why(record: Record, here: Town) -> None:
    wanted = [Wanted("address", None, state="unreadable"), Wanted("director_name", None)]
    after = review.settle(record, wanted, 1, here.reviewer).record
    states = dict(after.values.values_list("name", "state"))
    assert (states["address"], states["director_name"]) == ("unreadable", "blank")
    assert after.version == 2
    assert Correction.objects.get(field="address").to_state == "unreadable"
    for state, value in (("gone", None), ("blank", "x")):
        with pytest.raises(Refused):
            review.settle(after, [Wanted("address", value, state=state)], 2, here.reviewer)
    assert Record.objects.get(pk=record.pk).version == 2


def test_a_correction_keeps_what_was_read_and_where(record: Record, here: Town) -> None:
    review.correct(record, Wanted("address", "Ленин көчөсү, 14"), 1, here.reviewer)
    row = Correction.objects.get()
    assert (row.text, row.read_value, row.page) == ("Ленин көчөсү, 12", "Ленин көчөсү, 12", 1)
    assert row.box == [0.1, 0.2, 0.4, 0.25]


def test_nothing_flagged_is_approved_unseen(here: Town, tmp_path: Path) -> None:
    fields = {**notice().fields, "address": reading("Ленин 1", Flag.LOW_CONFIDENCE)}
    record = written(submit(tmp_path, here.office), noticed(fields))[0]
    with pytest.raises(Refused, match="address"):
        review.approve(record, 1, here.reviewer)
    assert Record.objects.get(pk=record.pk).version == 1
    done = review.approve(record, 1, here.reviewer, (Wanted("address", "Ленин 1"),))
    assert (done.outcome, done.record.status) == ("approved", RecordStatus.APPROVED)


@pytest.mark.parametrize("words", ["", "  "])
@pytest.mark.parametrize("call", [review.reject, review.send_back, review.hand_over])
def test_every_no_needs_words(
    call: Callable[..., Settled], words: str, record: Record, here: Town
) -> None:
    with pytest.raises(Refused, match="needs a"):
        call(record, 1, here.reviewer, words)


def test_a_record_goes_to_its_office_and_comes_back_with_an_answer(
    record: Record, here: Town
) -> None:
    sent = review.send_back(record, 1, here.reviewer, "page 2 is cut off").record
    assert (sent.status, sent.station) == (RecordStatus.REVIEW, Station.OFFICE)
    with pytest.raises(Conflict):
        review.approve(sent, sent.version, here.reviewer)
    back = review.answer(sent, sent.version, here.owner, "scanned again as KARA-SUU-0000002")
    assert back.station == Station.DESK
    with pytest.raises(Conflict):
        review.answer(back, back.version, here.owner, "again")
    words = list(Decision.objects.order_by("pk").values_list("decision", "user__username"))
    assert words == [("returned", "reviewer"), ("answered", "owner")]


def test_what_was_handed_to_a_senior_is_a_seniors(record: Record, here: Town) -> None:
    handed = review.hand_over(record, 1, here.reviewer, "whose seal is this?").record
    with pytest.raises(Forbidden):
        review.approve(handed, handed.version, here.reviewer)
    done = review.approve(handed, handed.version, here.supervisor)
    assert done.outcome == "approved"


def test_nobody_approves_the_own_upload(record: Record, here: Town) -> None:
    Submission.objects.filter(pk=record.submission_id).update(user=here.reviewer.user)
    with pytest.raises(Forbidden, match="own upload"):
        review.approve(record, 1, here.reviewer)
    assert review.approve(record, 1, here.second).outcome == "approved"


def test_an_unchanged_critical_value_is_not_keyed_again(record: Record, here: Town) -> None:
    confirmed = (Wanted(INN, "00105199510015"), Wanted("address", "Ленин көчөсү, 14"))
    assert review.approve(record, 1, here.reviewer, confirmed).outcome == "approved"


@pytest.mark.parametrize(("rule", "fields"), [("always", {NAME, INN, OKPO}), ("never", set())])
def test_the_policy_says_what_is_keyed_again(
    rule: str, fields: set[str], record: Record, here: Town
) -> None:
    policy.change(here.supervisor, four_eyes=rule)
    review.approve(record, 1, here.reviewer)
    assert set(record.checks.values_list("field", flat=True)) == fields


def test_a_changed_critical_value_waits_for_a_second_person(record: Record, here: Town) -> None:
    parked = _changed_inn(record, here)
    assert (parked.outcome, parked.record.station) == ("second-keying", Station.KEYING)
    check = _check(record)
    assert list(second_keying.to_key(here.reviewer)) == []
    with pytest.raises(Forbidden, match="own entry"):
        second_keying.key(check, "01712201110018", here.reviewer)
    assert list(second_keying.to_key(here.far_reviewer)) == []
    second_keying.key(check, "0171 2201 110018", here.second)
    record.refresh_from_db()
    assert (record.status, record.inn) == (RecordStatus.APPROVED, "01712201110018")
    with pytest.raises(Conflict):
        second_keying.key(check, "01712201110018", here.third)


@pytest.mark.parametrize(
    ("third_says", "outcome"),
    [("01712201110018", Outcome.RIGHT), ("00105199510015", Outcome.WRONG)],
)
def test_a_difference_goes_to_a_third_person(
    third_says: str, outcome: str, record: Record, here: Town
) -> None:
    _changed_inn(record, here)
    check = second_keying.key(_check(record), "00105199510015", here.second)
    record.refresh_from_db()
    assert (check.outcome, record.station) == (Outcome.DIFFERS, Station.THIRD)
    for actor in (here.reviewer, here.second):
        assert list(second_keying.to_judge(actor)) == []
        with pytest.raises(Forbidden):
            second_keying.judge(check, third_says, actor)
    assert list(second_keying.to_judge(here.third)) == [check]
    assert second_keying.judge(check, third_says, here.third).outcome == outcome
    record.refresh_from_db()
    assert (record.status, record.inn) == (RecordStatus.APPROVED, third_says)


def test_a_program_keys_nothing(record: Record, here: Town) -> None:
    _changed_inn(record, here)
    program = Actor("program", "reviewer", None)
    with pytest.raises(Forbidden):
        second_keying.key(_check(record), "01712201110018", program)


def test_a_clerk_sees_no_value_to_key(here: Town) -> None:
    for question in (second_keying.to_key, second_keying.to_judge):
        with pytest.raises(Forbidden):
            question(here.owner)


def test_a_rejection_takes_the_record_off_the_senior(record: Record, here: Town) -> None:
    handed = review.hand_over(record, 1, here.reviewer, "?").record
    done = review.reject(handed, handed.version, here.supervisor, "no notice")
    again = review.reopen(done.record, done.record.version, here.reviewer, "it is one")
    assert (again.status, again.station) == (RecordStatus.REVIEW, Station.DESK)
