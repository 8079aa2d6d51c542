from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from intake.registry import pictures, review
from intake.registry.access import Actor
from intake.registry.models import Draft, Effort, FieldValue, Lease, Record, RecordStatus, View
from intake.registry.review import Wanted
from tests.desk.notices import INN, VALUES, WRONG_INN, doubted, scanned, unread
from tests.registry.people import Town, town

pytestmark = pytest.mark.django_db


def _as(actor: Actor) -> Client:
    client = Client(headers={"accept-language": "en"})
    assert actor.user is not None
    client.force_login(actor.user)
    return client


@pytest.fixture
def here() -> Town:
    return town()


@pytest.fixture
def record(here: Town, tmp_path: Path) -> Record:
    return scanned(here.office, tmp_path, doubted("address", None, "Ленин көчөсү, 72"))


def _post(client: Client, record: Record, call: str, content: dict[str, Any]) -> Any:
    path = f"/desk/{record.pk}/{call}"
    return client.post(path, content, content_type="application/json")


def _answer(value: str | None, state: str = "read") -> dict[str, str | None]:
    return {"value": value, "state": state}


def _work(record: Record, **answers: dict[str, str | None]) -> dict[str, Any]:
    return {"version": record.version, "answers": answers, "seconds": 7.5, "keystrokes": 3}


def test_a_stranger_finds_nothing_and_a_clerk_may_not(here: Town, record: Record) -> None:
    gets = [f"/desk/{record.pk}", f"/records/{record.pk}/pages/1.jpg",
            f"/records/{record.pk}/crops/address.jpg"]  # fmt: skip
    calls = ("opened", "check", "draft", "finish", "release")
    for path in gets:
        assert _as(here.far_reviewer).get(path).status_code == 404, path
        assert _as(here.stranger).get(path).status_code == 404, path
        assert _as(here.reviewer).get(path).status_code == 200, path
    for call in calls:
        assert _post(_as(here.far_reviewer), record, call, {}).status_code == 404, call
        assert _post(_as(here.owner), record, call, {}).status_code == 403, call
        assert _post(Client(), record, call, {}).status_code == 401, call
    for path in ("/desk", "/desk/begin", "/desk/fields/address"):
        assert _as(here.owner).get(path).status_code == 403, path
        assert Client().get(path).headers["Location"].startswith("/login"), path
    assert _as(here.owner).get("/desk/next").status_code == 403
    assert Client().get("/desk/next").status_code == 401
    assert Client().get(gets[1]).status_code == 401


def test_the_queue_shows_and_gives_only_the_own_offices(here: Town, record: Record) -> None:
    mine = _as(here.reviewer)
    assert VALUES["organization_name"] in mine.get("/desk").content.decode()
    assert mine.get("/desk/begin").headers["Location"] == f"/desk/{record.pk}"
    far = _as(here.far_reviewer)
    assert VALUES["organization_name"] not in far.get("/desk").content.decode()
    assert far.get("/desk/begin").headers["Location"] == "/desk"
    assert far.get("/desk/next").json() == {"notice": None}
    cell = {"record": record.pk, "version": 1, **_answer("x")}
    told = far.post(
        "/desk/fields/address/column", {"cells": [cell]}, content_type="application/json"
    )
    assert told.json()["cells"][0]["ok"] is False
    assert "Ленин" not in told.content.decode()
    assert Record.objects.get().version == 1


def test_a_page_is_a_picture_that_nobody_else_keeps(here: Town, record: Record) -> None:
    pictures.drop(record.submission.original)  # it is drawn anew where it is not there
    answer = _as(here.reviewer).get(f"/records/{record.pk}/pages/1.jpg")
    assert answer.content[:3] == b"\xff\xd8\xff"
    assert answer.headers["Cache-Control"].startswith("private")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert _as(here.reviewer).get(f"/records/{record.pk}/pages/2.jpg").status_code == 404
    assert _as(here.reviewer).get(f"/records/{record.pk}/crops/none.jpg").status_code == 404
    crop = _as(here.reviewer).get(f"/records/{record.pk}/crops/address.jpg")
    assert 0 < len(crop.content) < len(answer.content) / 3


def test_a_notice_says_what_is_to_be_looked_at_first(here: Town, record: Record) -> None:
    opened = _post(_as(here.reviewer), record, "opened", {}).json()["notice"]
    first = opened["fields"][0]
    assert (first["name"], first["flagged"]) == ("address", True)
    assert first["reasons"] == ["The value was read with little certainty: compare it with the "
                                "picture."]  # fmt: skip
    assert [one["value"] for one in first["suggestions"]] == ["Ленин көчөсү, 72"]
    assert not any(one["flagged"] for one in opened["fields"][1:])
    date = next(one for one in opened["fields"] if one["name"] == "notice_date")
    assert date["shown"] == "12.05.2023"
    assert View.objects.filter(record=record, user=here.reviewer.user).count() == 1


def test_the_rules_are_the_readers_own(here: Town, record: Record) -> None:
    client = _as(here.reviewer)

    def told(field: str, typed: str, **values: str) -> Any:
        content = {"field": field, "typed": typed, "values": {**VALUES, **values}}
        return _post(client, record, "check", content).json()

    assert told("organization_inn", INN)["notes"] == []
    wrong = told("organization_inn", WRONG_INN)
    assert wrong["value"] == WRONG_INN
    assert wrong["notes"]
    assert INN in [one["value"] for one in wrong["others"]]
    short = told("organization_inn", "0200420111")
    assert (short["value"], bool(short["refusal"])) == (None, True)
    assert told("notice_date", "12-май 2023-ж.")["value"] == "2023-05-12"
    assert told("notice_date", "12.05.2023")["shown"] == "12.05.2023"
    assert "notice_date" in told("notice_date", "12.05.2019")["findings"]
    name = "Мектеп-гимназия №5 «Өзгөн"
    assert told("organization_name", name)["value"] == name


def test_a_senior_is_told_what_the_rules_say_of_a_colleagues_value(
    here: Town, record: Record
) -> None:
    later = Wanted("notice_date", "2031-05-12")
    review.hand_over(record, record.version, here.reviewer, "not sure", [later])
    senior = _as(here.supervisor)
    told = _post(senior, record, "opened", {}).json()["notice"]["reasons"]
    assert [text for text in told if text.startswith("Date of the notice: ")]
    there = f'href="/desk/{record.pk}"'
    assert there in senior.get(f"/records/{record.pk}").content.decode()
    # whoever may not take it is not led there
    assert there not in _as(here.reviewer).get(f"/records/{record.pk}").content.decode()


def test_the_same_decision_handed_in_again_is_told_again(here: Town, record: Record) -> None:
    client = _as(here.reviewer)
    work = {**_work(record), "decision": "send-back", "reason": "scan it again"}
    for _ in range(2):
        assert _post(client, record, "finish", work).json()["outcome"] == "returned"
    other = {**work, "decision": "reject"}
    assert _post(client, record, "finish", other).status_code == 409
    assert record.decisions.count() == 1


def test_answers_unchecked_by_the_screen_are_checked_when_handed_in(
    here: Town, record: Record
) -> None:
    client = _as(here.reviewer)
    answers = {"address": _answer(VALUES["address"]), "notice_date": _answer("2031-05-12")}
    work = {**_work(record, **answers), "decision": "approve"}
    told = _post(client, record, "finish", {**work, "unchecked": True})
    assert told.status_code == 409
    assert list(told.json()["objections"]) == ["notice_date"]
    record.refresh_from_db()
    assert record.status == RecordStatus.REVIEW
    assert _post(client, record, "finish", work).status_code == 200


def test_a_screen_of_another_person_hands_in_nothing(here: Town, record: Record) -> None:
    client = _as(here.second)
    assert here.reviewer.user is not None
    path, mine = f"/desk/{record.pk}/opened", str(here.reviewer.user.pk)
    told = client.post(path, {}, content_type="application/json", headers={"x-person": mine})
    assert told.status_code == 401
    assert not Lease.objects.exists()


def test_work_is_kept_and_handed_in_with_what_it_took(here: Town, record: Record) -> None:
    client = _as(here.reviewer)
    work = _work(record, address=_answer("Ленин көчөсү, 72"))
    assert _post(client, record, "draft", work).status_code == 204
    draft = _post(client, record, "opened", {}).json()["notice"]["draft"]
    assert draft["answers"]["address"]["value"] == "Ленин көчөсү, 72"
    told = _post(client, record, "finish", {**work, "decision": "approve"})
    assert told.json() == {"outcome": "approved", "feedback": []}
    record.refresh_from_db()
    assert record.status == RecordStatus.APPROVED
    assert record.values.get(name="address").value == "Ленин көчөсү, 72"
    effort = Effort.objects.get()
    assert (effort.seconds, effort.keystrokes) == (7.5, 3)
    assert not Draft.objects.exists()
    assert not Lease.objects.exists()


def test_nothing_is_approved_that_was_not_looked_at(here: Town, record: Record) -> None:
    client = _as(here.reviewer)
    assert _post(client, record, "finish", {**_work(record), "decision": "approve"}).status_code \
        == 422  # fmt: skip
    illegible = _work(record, address=_answer(None, "illegible"))
    refused = _post(client, record, "finish", {**illegible, "decision": "approve"})
    assert refused.status_code == 422
    content = {**illegible, "decision": "hand-over", "reason": "not legible"}
    assert _post(client, record, "finish", content).json()["outcome"] == "handed"
    assert Record.objects.get().values.get(name="address").flags == ["low-confidence"]
    assert _as(here.reviewer).get("/desk/next").json() == {"notice": None}


def test_what_was_not_read_gets_a_state(here: Town, tmp_path: Path) -> None:
    record = scanned(here.office, tmp_path, unread("address"))
    work = _work(record, address=_answer(None, "unreadable"))
    _post(_as(here.reviewer), record, "finish", {**work, "decision": "approve"})
    value = FieldValue.objects.get(record=record, name="address")
    assert (value.value, value.state, value.flags) == (None, "unreadable", [])


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": "1", "answers": {}},
        {"version": 1, "answers": {"address": {"value": None, "state": "read"}}},
        {"version": 1, "answers": {"address": {"value": "x", "state": "blank"}}},
        {"version": 1, "answers": {"address": "x"}},
        {"version": 1, "answers": {}, "seconds": "long"},
    ],
)
def test_nonsense_is_refused(here: Town, record: Record, wrong: dict[str, Any]) -> None:
    assert _post(_as(here.reviewer), record, "draft", wrong).status_code == 422
    assert not Draft.objects.exists()


def test_a_field_that_the_record_has_not_is_refused(here: Town, record: Record) -> None:
    work = _work(record, password=_answer("x"), address=_answer("Ленин көчөсү, 12"))
    told = _post(_as(here.reviewer), record, "finish", {**work, "decision": "approve"})
    assert told.status_code == 404
    assert Record.objects.get().version == 1


def test_two_never_have_one_notice_and_a_lease_ends(here: Town, record: Record) -> None:
    mine, other = _as(here.reviewer), _as(here.second)
    assert mine.get(f"/desk/{record.pk}").status_code == 200
    assert other.get(f"/desk/{record.pk}").status_code == 409
    assert other.get("/desk/next").json() == {"notice": None}
    assert _post(other, record, "draft", _work(record)).status_code == 409
    Lease.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert other.get("/desk/next").json()["notice"]["id"] == record.pk
    assert _post(mine, record, "draft", _work(record)).status_code == 409
    _post(other, record, "release", {})
    assert mine.get("/desk/next").json()["notice"]["id"] == record.pk


def test_a_conflict_tells_both_values(here: Town, record: Record) -> None:
    client = _as(here.reviewer)
    client.get(f"/desk/{record.pk}")
    review.settle(record, [Wanted("address", "Ленин көчөсү, 21")], 1, here.second)
    work = _work(record, address=_answer("Ленин көчөсү, 12"))
    told = _post(client, record, "finish", {**work, "decision": "approve"})
    assert told.status_code == 409
    (clash,) = told.json()["clashes"]
    assert (clash["mine"], clash["theirs"]) == ("Ленин көчөсү, 12", "Ленин көчөсү, 21")
    assert clash["who"].startswith("second")
    again = {**work, "version": told.json()["version"], "decision": "approve"}
    assert _post(client, record, "finish", again).json()["outcome"] == "approved"


def test_a_column_of_one_field_is_settled_cell_by_cell(here: Town, tmp_path: Path) -> None:
    records = [scanned(here.office, tmp_path, doubted("address")) for _ in range(3)]
    client = _as(here.reviewer)
    assert client.get("/desk/fields/address").content.decode().count('"record":') == 3
    review.settle(records[1], [Wanted("address", "башка")], 1, here.second)
    cells = [
        {"record": one.pk, "version": 1, **_answer(value)}
        for one, value in zip(records, ("Ленин көчөсү, 12", "менин", "Ленин көчөсү, 13"),
                              strict=True)
    ]  # fmt: skip
    told = client.post(
        "/desk/fields/address/column", {"cells": cells}, content_type="application/json"
    ).json()["cells"]
    assert [one["ok"] for one in told] == [True, False, True]
    assert (told[1]["theirs"], told[1]["version"]) == ("башка", 2)
    held = [one.values.get(name="address").value for one in records]
    assert held == ["Ленин көчөсү, 12", "башка", "Ленин көчөсү, 13"]
    assert client.get("/desk/fields/nonsense").status_code == 404


def test_a_column_passes_nothing_over_that_the_rules_say(here: Town, tmp_path: Path) -> None:
    asked = {"notice_date": doubted("notice_date", "2031-05-12")["notice_date"]}
    record = scanned(here.office, tmp_path, asked)
    cell = {"record": record.pk, "version": 1, **_answer("2031-05-12")}

    def told(**more: object) -> Any:
        (one,) = _as(here.reviewer).post(
            "/desk/fields/notice_date/column", {"cells": [{**cell, **more}]},
            content_type="application/json",
        ).json()["cells"]  # fmt: skip
        return one

    objected = told()
    assert objected["ok"] is False and objected["objections"]
    assert Record.objects.get().version == 1
    assert not Lease.objects.exists()
    assert told(seen=["something else"])["objections"] == objected["objections"]
    assert told(seen=objected["objections"])["ok"] is True
    assert Record.objects.get().version == 2
