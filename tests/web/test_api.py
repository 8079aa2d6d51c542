from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings as live
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from intake.registry import accounts
from intake.registry.models import Role, Submission, View
from tests.registry.people import PDF, Town, notice, submit, town, written

pytestmark = pytest.mark.django_db


class Caller:
    """A program with a token."""

    def __init__(self, key: str) -> None:
        self.headers = {"Authorization": f"Bearer {key}"}
        self._client = Client(headers=self.headers)

    def get(self, path: str, status: int = 200) -> Any:
        return self._answer(self._client.get(f"/api/v1{path}"), status)

    def send(self, method: str, path: str, body: dict[str, object], status: int = 200) -> Any:
        call = self._client.generic(
            method, f"/api/v1{path}", json.dumps(body), content_type="application/json"
        )
        return self._answer(call, status)

    def upload(self, content: bytes, status: int = 202, **fields: str) -> Any:
        file = SimpleUploadedFile("кабарлоо.pdf", content)
        answer = self._client.post("/api/v1/submissions", {"file": file, **fields})
        return self._answer(answer, status)

    def _answer(self, answer: Any, status: int) -> Any:
        assert answer.status_code == status, answer.content
        if status >= 400:
            assert answer.headers["Content-Type"] == "application/problem+json"
            problem = answer.json()
            assert problem["status"] == status
            assert ";" in problem["detail"], "cause; remedy"
        return answer.json()


@pytest.fixture(autouse=True)
def _no_calls_counted() -> Iterator[None]:
    with redis.Redis.from_url(live.REDIS_URL) as broker:
        broker.flushdb()
    yield


@pytest.fixture
def here() -> Town:
    return town()


def _caller(here: Town, role: str = Role.REVIEWER, *, other: bool = False) -> Caller:
    office = here.other_office if other else here.office
    return Caller(accounts.issue_token("test", office=office, days=1, role=role)[1])


def test_a_scan_goes_in_and_comes_out_as_a_record(here: Town) -> None:
    api = _caller(here)
    sent = api.upload(PDF + b"api", reference="incoming 12")
    assert sent["status"] == "received"
    assert sent["duplicate_of"] is None
    again = api.upload(PDF + b"api")
    assert again["duplicate_of"] == sent["id"]
    written(Submission.objects.get(pk=sent["id"]), notice())
    told = api.get(f"/submissions/{sent['id']}")
    assert told["status"] == api.get(f"/submissions/{again['id']}")["status"] == "read"
    assert told["reference"] == "incoming 12"
    record = api.get(f"/records/{told['records'][0]}")
    assert record["fields"]["organization_inn"]["value"] == "00105199510015"
    assert record["authorities"] == ["local-government", "education-department"]
    assert record["history"]["readings"][0]["software"] == "test 1"


def test_correction_and_decision_need_the_present_version(here: Town, tmp_path: Path) -> None:
    api = _caller(here)
    record = written(submit(tmp_path, here.office), notice())[0]
    path = f"/records/{record.pk}"
    changed = api.send(
        "PATCH", f"{path}/fields/director_name", {"value": "Асанов А.", "version": 1}
    )
    assert (changed["version"], changed["fields"]["director_name"]["corrected"]) == (2, True)
    api.send("PATCH", f"{path}/fields/director_name", {"value": "x", "version": 1}, 409)
    api.send("PATCH", f"{path}/fields/no_such", {"value": "x", "version": 2}, 404)
    api.send("PATCH", f"{path}/fields/organization_inn", {"value": "12", "version": 2}, 422)
    api.send("POST", f"{path}/decision", {"decision": "approved", "version": 1}, 409)
    done = api.send("POST", f"{path}/decision", {"decision": "approved", "version": 2})
    assert (done["status"], done["version"]) == ("approved", 3)
    api.send("PATCH", f"{path}/fields/director_name", {"value": "x", "version": 3}, 403)
    history = api.get(path)["history"]
    assert history["corrections"][0]["to"] == "Асанов А."
    assert history["decisions"][0]["who"] == "test"


def test_strangers_get_not_found_for_every_call(here: Town, tmp_path: Path) -> None:
    stranger = _caller(here, other=True)
    record = written(submit(tmp_path, here.office), notice())[0]
    stranger.get(f"/submissions/{record.submission_id}", 404)
    stranger.get(f"/records/{record.pk}", 404)
    stranger.send("PATCH", f"/records/{record.pk}/fields/seal", {"value": None, "version": 1}, 404)
    body: dict[str, object] = {"decision": "approved", "version": 1}
    stranger.send("POST", f"/records/{record.pk}/decision", body, 404)
    assert stranger.get("/records")["items"] == []
    assert stranger.get("/counts") == []


def test_a_clerk_may_look_but_not_change(here: Town, tmp_path: Path) -> None:
    clerk = _caller(here, Role.CLERK)
    record = written(submit(tmp_path, here.office), notice())[0]
    assert clerk.get(f"/records/{record.pk}")["id"] == record.pk
    body: dict[str, object] = {"decision": "approved", "version": 1}
    clerk.send("POST", f"/records/{record.pk}/decision", body, 403)


def test_lists_are_paged_and_filtered(here: Town, tmp_path: Path) -> None:
    api = _caller(here)
    written(submit(tmp_path, here.office), *(notice((n,)) for n in range(1, 6)))
    first = api.get("/records?limit=3&q=озгон")
    rest = api.get(f"/records?limit=3&q=озгон&cursor={first['next']}")
    assert [row["pages"][0] for row in first["items"] + rest["items"]] == [5, 4, 3, 2, 1]
    assert rest["next"] is None
    assert api.get("/records?since=2020-01-01T00:00:00Z")["items"][0]["pages"] == [1]
    api.get("/records?cursor=nonsense!", 422)
    api.get("/records?since=yesterday", 422)


def test_what_a_program_lists_is_kept_as_seen(here: Town, tmp_path: Path) -> None:
    record = written(submit(tmp_path, here.office), notice())[0]
    assert [one["id"] for one in _caller(here).get("/records")["items"]] == [record.pk]
    seen = View.objects.get(record=record)
    assert (seen.screen, seen.token_name, seen.user) == ("api list", "test", None)


def test_refusals_say_what_to_do(here: Town, settings: Settings) -> None:
    api = _caller(here)
    api.upload(b"hello", 415)
    assert api.upload(b"", 415)["detail"].startswith("it is empty")
    Caller("ntk_unknown").get("/records", 401)
    api.get("/submissions/999999", 404)
    settings.UPLOAD_BYTES = 10
    api.upload(PDF + b"x" * 100, 413)
    settings.UPLOAD_BYTES = 10
    assert api.upload(PDF + b"x" * 100_000, 413)["detail"].startswith("the file is too large")
    service = Caller(accounts.issue_token("all", office=None, days=1)[1])
    service.upload(PDF, 403)


def test_what_cannot_be_understood_is_said(here: Town) -> None:
    caller = _caller(here)
    assert "since" in caller.get("/records?since=0.5", 422)["detail"]
    caller.get("/records?since=2023-05-12T00:00:00%2B06:00")
    answer = Client(headers=caller.headers).generic(
        "POST", "/api/v1/records/1/decision", "\0", content_type="application/json"
    )
    assert answer.status_code == 400
    assert "; " in json.loads(answer.content)["detail"]


def test_too_many_calls_are_told_when_to_come_back(here: Town, settings: Settings) -> None:
    settings.RATE_PER_MINUTE = 3
    api = _caller(here)
    for _ in range(3):
        api.get("/records")
    api.get("/records", 429)
    _caller(here, other=True).get("/records")


def test_the_description_is_complete_with_examples(here: Town) -> None:
    described = _caller(here).get("/openapi.json")
    calls = {(m.upper(), path) for path, one in described["paths"].items() for m in one}
    assert {
        ("POST", "/api/v1/submissions"),
        ("GET", "/api/v1/submissions/{submission_id}"),
        ("GET", "/api/v1/records"),
        ("GET", "/api/v1/records/{record_id}"),
        ("PATCH", "/api/v1/records/{record_id}/fields/{field}"),
        ("POST", "/api/v1/records/{record_id}/decision"),
    } <= calls
    for path in described["paths"].values():
        for call in path.values():
            assert call["description"]
            assert {"401", "404", "409", "422", "429"} <= set(call["responses"])
    for name, shape in described["components"]["schemas"].items():
        if name in {"CorrectionIn", "DecisionIn", "Received", "Problem", "FieldOut"}:
            assert all("examples" in part for part in shape["properties"].values()), name


def test_every_error_is_described_as_the_problem_that_it_is() -> None:
    from intake.web.api import api  # noqa: PLC0415 (needs Django's settings)

    for path, calls in api.get_openapi_schema()["paths"].items():
        for call in calls.values():
            for status, answer in call["responses"].items():
                is_problem = "application/problem+json" in answer["content"]
                assert is_problem == (int(status) >= 400), (path, status)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("POST", "/", 404),
        ("DELETE", "/records", 405),
        ("PUT", "/submissions/1", 405),
    ],
)
def test_what_the_api_does_not_offer_is_a_problem_too(
    here: Town, method: str, path: str, status: int
) -> None:
    problem = _caller(here).send(method, path, {}, status)
    assert problem["instance"] == f"/api/v1{path}"
    if status == 405:
        answer = Client().generic(method, f"/api/v1{path}")
        assert answer.headers["Allow"] in problem["detail"]


def test_a_fault_of_ours_is_a_problem_with_the_number_to_report(
    here: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("intake.registry.views.note", broken)
    caller = _caller(here)
    record = written(Submission.objects.get(pk=caller.upload(PDF + b"fault")["id"]), notice())[0]
    client = Client(headers=caller.headers, raise_request_exception=False)
    answer = client.get(f"/api/v1/records/{record.pk}")
    assert (answer.status_code, answer.json()["status"]) == (500, 500)
    assert answer.headers["X-Request-ID"]


@pytest.mark.parametrize("value", ["a\0b", "a\x01b", "x\ud800y"])
def test_control_characters_are_refused_in_values_and_reasons(here: Town, value: str) -> None:
    api = _caller(here)
    record = written(Submission.objects.get(pk=api.upload(PDF + b"control")["id"]), notice())[0]
    path = f"/records/{record.pk}/fields/director_name"
    told = api.send("PATCH", path, {"value": value, "version": 1}, 422)
    assert "director_name" in told["detail"] or "body.value" in told["detail"]
    api.send("PATCH", path, {"value": "Асанов", "version": 1, "reason": value}, 422)


def test_moments_without_a_zone_are_ours_and_impossible_ones_are_refused(here: Town) -> None:
    api = _caller(here)
    api.get("/records?since=2023-05-12T00:00:00")
    api.get("/records?since=9999-12-31T23:59:59-14:00", 422)
    answer = Client(headers=api.headers).get("/api/v1/export.jsonl?as_of=2023-05-12T00:00:00")
    assert answer.headers["X-As-Of"] == "2023-05-12T00:00:00+06:00"
