from __future__ import annotations

from pathlib import Path

import pytest
import redis
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from intake.registry import review
from intake.registry.access import Actor
from intake.registry.models import Pair, Status, Submission
from tests.registry.people import PDF, Town, notice, submit, town, written

pytestmark = pytest.mark.django_db


def _as(actor: Actor) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    assert actor.user is not None
    client.force_login(actor.user)
    return client


@pytest.fixture
def here() -> Town:
    return town()


def test_who_is_not_signed_in_is_sent_to_the_log_in() -> None:
    for path in (
        "/",
        "/overview",
        "/trust",
        "/people",
        "/inbox",
        "/keying",
        "/submissions",
        "/records",
        "/pairs",
        "/report",
        "/counts",
        "/export.csv",
    ):
        assert Client().get(path).headers["Location"].startswith("/login")
    assert Client().get("/login").status_code == 200


def test_owner_colleague_and_stranger_on_every_screen(here: Town, tmp_path: Path) -> None:
    record = written(submit(tmp_path, here.office, PDF + b"screen"), notice())[0]
    one = f"/submissions/{record.submission_id}"
    for path in (one, f"{one}/original", f"/records/{record.pk}"):
        for actor in (here.owner, here.colleague, here.reviewer):
            assert _as(actor).get(path).status_code == 200, path
        for actor in (here.stranger, here.far_reviewer):
            assert _as(actor).get(path).status_code == 404, path
    assert _as(here.stranger).post(f"{one}/again").status_code == 404
    for path in ("/submissions", "/records", "/report"):
        text = _as(here.stranger).get(path).content.decode()
        assert "Өзгөн" not in text
        assert "KARA-SUU" not in text
    assert "Өзгөн" in _as(here.colleague).get("/records").content.decode()


def test_the_original_comes_back_to_the_byte_and_may_run_nothing(
    here: Town, tmp_path: Path
) -> None:
    row = submit(tmp_path, here.office, PDF + b"bytes")
    answer = _as(here.owner).get(f"/submissions/{row.pk}/original")
    assert b"".join(answer.streaming_content) == PDF + b"bytes"  # type: ignore[attr-defined]
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_file_of_the_browser_gets_a_receipt_or_a_reason(here: Town) -> None:
    client = _as(here.owner)
    good = client.post("/submissions/upload", {"file": SimpleUploadedFile("а.pdf", PDF + b"web")})
    assert (good.status_code, good.json()["receipt"][:9]) == (202, "KARA-SUU-")
    bad = client.post("/submissions/upload", {"file": SimpleUploadedFile("а.doc", b"doc")})
    assert (bad.status_code, "send a scan" in bad.json()["detail"]) == (415, True)
    none = client.post("/submissions/upload")
    assert none.status_code == 415


def test_a_clerk_tries_a_failed_one_again_but_not_a_read_one(here: Town, tmp_path: Path) -> None:
    row = submit(tmp_path, here.office)
    Submission.objects.filter(pk=row.pk).update(status=Status.FAILED, failure="scanner; again")
    client = _as(here.owner)
    assert "scanner; again" in client.get(f"/submissions/{row.pk}").content.decode()
    assert client.post(f"/submissions/{row.pk}/again").status_code == 302
    assert Submission.objects.get(pk=row.pk).status == Status.RECEIVED
    Submission.objects.filter(pk=row.pk).update(status=Status.READ)
    assert client.post(f"/submissions/{row.pk}/again").status_code == 403


def test_pairs_counts_and_exports(here: Town, tmp_path: Path) -> None:
    for _ in range(2):
        record = written(submit(tmp_path, here.office), notice(), fingerprint="ab" * 8)[0]
        review.decide(record, "approved", 1, here.reviewer)
    client, pair = _as(here.reviewer), Pair.objects.get()
    assert (
        "scanned twice" in client.get("/pairs", headers={"Accept-Language": "en"}).content.decode()
    )
    assert _as(here.stranger).post(f"/pairs/{pair.pk}", {"same": "yes"}).status_code == 404
    assert client.post(f"/pairs/{pair.pk}", {"same": "yes"}).status_code == 302
    assert Pair.objects.get().same is True
    assert "<svg" in client.get("/counts?by=region,month").content.decode()
    assert "2023-05" in client.get("/counts?by=month&form=csv").content.decode()
    for form in ("csv", "xlsx", "jsonl"):
        answer = client.get(f"/export.{form}")
        assert len(b"".join(answer.streaming_content)) > 100  # type: ignore[attr-defined]
    assert client.get("/export.exe").status_code == 422
    assert _as(here.owner).get("/export.csv").status_code == 403


def test_health_and_metrics(here: Town, tmp_path: Path, settings: Settings) -> None:
    written(submit(tmp_path, here.office), notice())
    client = Client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").json()["ready"] is True
    text = client.get("/metrics").content.decode()
    assert 'intake_waiting_records{office="kara-suu"} 1.0' in text
    assert 'intake_queue_messages{queue="interactive"}' in text
    settings.METRICS_TOKEN = "s3cret"
    assert client.get("/metrics").status_code == 401
    allowed = client.get("/metrics", headers={"Authorization": "Bearer s3cret"})
    assert allowed.status_code == 200


def test_readiness_names_what_does_not_answer(settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["database"] == "ready"
    assert answer.json()["parts"]["broker"] != "ready"
    with pytest.raises(redis.ConnectionError):
        redis.Redis.from_url(settings.REDIS_URL, retry=None).ping()


def test_the_trace_id_of_a_caller_is_kept_and_given_back(here: Town) -> None:
    file = SimpleUploadedFile("а.pdf", PDF + b"trace")
    answer = _as(here.owner).post(
        "/submissions/upload", {"file": file}, headers={"X-Request-ID": "ab12cd34ef56ab78"}
    )
    assert answer.headers["X-Request-ID"] == "ab12cd34ef56ab78"
    assert Submission.objects.get().trace == "ab12cd34ef56ab78"


def test_a_screen_that_is_not_there_or_fails_says_so_in_words(
    here: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = _as(here.owner).get("/no-such-screen")
    assert (lost.status_code, "check the address" in lost.content.decode()) == (404, True)

    def broken(*_given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("intake.web.screens.submissions_of", broken)
    client = _as(here.owner)
    client.raise_request_exception = False
    failed = client.get("/submissions")
    assert failed.status_code == 500
    assert failed.headers["X-Request-ID"] in failed.content.decode()


def test_a_form_of_an_older_session_is_refused_in_words(here: Town) -> None:
    client = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})
    assert here.owner.user is not None
    client.force_login(here.owner.user)
    answer = client.post("/logout")
    assert (answer.status_code, "load it again" in answer.content.decode()) == (403, True)
