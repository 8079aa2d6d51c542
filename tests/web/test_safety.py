"""Who may do what on every screen, what headers say, and that nothing runs that people wrote."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone
from pytest_django import Settings

from intake.registry import accounts, people, policy, review, sign_ins
from intake.registry.access import Actor
from intake.registry.errors import Forbidden
from intake.registry.models import (
    Audit,
    Check,
    Outcome,
    Purpose,
    Record,
    Role,
    SignIn,
    Token,
    User,
    View,
)
from intake.registry.people import Post
from intake.registry.review import Wanted
from tests.registry.people import PASSWORD, Town, notice, submit, town, written

pytestmark = pytest.mark.django_db
OPEN = {"login", "logout", "set_language", "healthz", "readyz", "metrics"}


@pytest.fixture
def here() -> Town:
    people_here = town()
    policy.change(people_here.supervisor, seed_share=0.0, sample_share=0.5)
    return people_here


@pytest.fixture
def record(here: Town, tmp_path: Path) -> Record:
    return written(submit(tmp_path, here.office), notice())[0]


def _as(actor: Actor, *, checks_csrf: bool = False) -> Client:
    client = Client(enforce_csrf_checks=checks_csrf, headers={"Accept-Language": "en"})
    assert actor.user is not None
    client.force_login(actor.user)
    return client


def _screens() -> Iterator[tuple[str, str]]:
    """Yield (name, path) of every screen, its gaps filled with what exists nowhere."""
    for pattern in get_resolver().url_patterns:
        if isinstance(pattern, URLPattern) and pattern.name:
            path = re.sub(r"<int:\w+>", "987654321", str(pattern.pattern))
            yield pattern.name, "/" + re.sub(r"<str:\w+>", "csv", path)


def test_every_screen_but_the_log_in_wants_somebody_signed_in() -> None:
    seen = 0
    for name, path in _screens():
        if name in OPEN:
            continue
        for method in (Client().get, Client().post):
            answer = method(path)
            assert answer.status_code in {302, 401, 403, 405}, (name, answer.status_code)
            if answer.status_code == 302:
                assert answer.headers["Location"].startswith("/login"), name
        seen += 1
    assert seen > 40


CLERK_MAY_NOT = (
    "/overview",
    "/trust",
    "/people",
    "/keying",
    "/differences",
    "/desk",
    "/export.csv",
)
REVIEWER_MAY_NOT = ("/overview", "/trust", "/people")


@pytest.mark.parametrize("path", CLERK_MAY_NOT)
def test_what_a_clerk_may_not_see(path: str, here: Town) -> None:
    assert _as(here.owner).get(path).status_code == 403


@pytest.mark.parametrize("path", REVIEWER_MAY_NOT)
def test_what_a_reviewer_may_not_see(path: str, here: Town) -> None:
    assert _as(here.reviewer).get(path).status_code == 403
    assert _as(here.supervisor).get(path).status_code == 200


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("/trust/policy", "owner"), ("/trust/policy", "reviewer"), ("/trust/target", "reviewer"),
        ("/people/add", "owner"), ("/people/add", "reviewer"), ("/people/offices", "reviewer"),
        ("/people/offices", "supervisor"),
    ],
)  # fmt: skip
def test_what_only_others_may_change(path: str, who: str, here: Town) -> None:
    fields = {"target": "0,5", "sample_share": "1", "seed_share": "1", "four_eyes": "never",
              "username": "x", "password": PASSWORD, "role": "administrator"}  # fmt: skip
    before = User.objects.count(), policy.current().pk
    assert _as(getattr(here, who)).post(path, fields).status_code == 403
    assert (User.objects.count(), policy.current().pk) == before


def test_strangers_find_no_record_of_anybody(here: Town, record: Record) -> None:
    done = review.approve(record, 1, here.reviewer).record
    sent = f"/submissions/{done.submission_id}"
    check = Check.objects.filter(purpose=Purpose.SAMPLE)[0]
    paths: list[tuple[str, str]] = [
        ("get", f"/records/{done.pk}"), ("get", sent), ("get", f"{sent}/original"),
        ("get", f"/records/{done.pk}/pages/1.jpg"), ("get", f"/records/{done.pk}/crops/seal.jpg"),
        ("post", f"/records/{done.pk}/reopen"), ("post", f"/inbox/{done.pk}"),
        ("get", f"/keying/{check.pk}"), ("post", f"/keying/{check.pk}"),
        ("get", f"/checks/{check.pk}/crop.jpg"), ("get", f"/differences/{check.pk}"),
    ]  # fmt: skip
    for method, path in paths:
        assert getattr(_as(here.far_reviewer), method)(path).status_code == 404, path
    for path in ("/records", "/submissions", "/inbox", "/counts"):
        assert "Өзгөн" not in _as(here.stranger).get(path).content.decode()
    for who in (here.supervisor, here.admin):
        assert here.stranger.name not in _as(here.supervisor).get("/people").content.decode()
        assert _as(who).get("/people").status_code == 200


def test_whoever_knows_the_value_does_not_get_the_crop(here: Town, record: Record) -> None:
    wanted = (Wanted("organization_inn", "01712201110018"),)
    review.approve(record, 1, here.reviewer, wanted)
    check = Check.objects.get(purpose=Purpose.SECOND)
    assert _as(here.reviewer).get(f"/keying/{check.pk}").status_code == 404
    page = _as(here.second).get(f"/keying/{check.pk}")
    assert page.status_code == 200
    assert "01712201110018" not in page.content.decode()
    assert "00105199510015" not in page.content.decode()
    Check.objects.filter(pk=check.pk).update(outcome=Outcome.DIFFERS, keyed_by=here.second.user)
    for who in (here.reviewer, here.second):
        assert _as(who).get(f"/differences/{check.pk}").status_code == 404


def test_every_answer_says_what_may_run_in_it(here: Town, record: Record) -> None:
    paths = ("/login", "/records", f"/records/{record.pk}", "/no-such-page", "/healthz",
             f"/submissions/{record.submission_id}/original")  # fmt: skip
    for path in paths:
        answer = _as(here.reviewer).get(path)
        policy_said = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy_said, path
        assert "unsafe" not in policy_said
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "same-origin"
    assert _as(here.reviewer).get("/records").headers["Cache-Control"] == "no-store"


def test_no_template_brings_script_or_style_along() -> None:
    for path in (Path(__file__).parents[2] / "intake" / "web" / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\son\w+=", text), path
        assert not re.search(r"\sstyle=|<style", text), path
        assert not re.search(r"<script(?![^>]*(src=|application/json))", text), path
        assert "|safe" not in text, path


def test_a_file_that_is_a_web_page_is_not_taken_and_none_is_shown_as_one(here: Town) -> None:
    client = _as(here.owner)
    page = SimpleUploadedFile("scan.pdf", b"<html><script>alert(1)</script>")
    assert client.post("/submissions/upload", {"file": page}).status_code == 415
    both = SimpleUploadedFile("scan.html", b"%PDF-1.4 <script>alert(1)</script>", "text/html")
    sent = client.post("/submissions/upload", {"file": both}).json()
    answer = client.get(f"/submissions/{sent['id']}/original")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("path", ["/submissions/upload", "/trust/policy", "/people/add", "/logout"])
def test_a_form_of_another_site_is_refused(path: str, here: Town) -> None:
    assert _as(here.admin, checks_csrf=True).post(path, {}).status_code == 403


def test_cookies_are_out_of_reach_of_scripts_and_short_lived(
    here: Town, settings: Settings
) -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_AGE <= 12 * 3600
    client = Client()
    assert here.owner.user is not None
    client.post("/login", {"username": "owner", "password": PASSWORD})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def _try(client: Client, name: str, password: str) -> int:
    return client.post("/login", {"username": name, "password": password}).status_code


def test_guessing_a_password_is_slowed_down(here: Town) -> None:
    client = Client()
    for _ in range(sign_ins.MOST_BY_NAME):
        assert _try(client, "owner", "guess") == 200
    assert _try(client, "owner", PASSWORD) == 429  # even the right one, or guessing would tell
    assert _try(client, "colleague", PASSWORD) == 302
    SignIn.objects.update(made_at=timezone.now() - timedelta(minutes=16))
    assert _try(Client(), "owner", PASSWORD) == 302
    assert SignIn.objects.filter(username="owner", succeeded=False).count() == 5
    assert here.owner.user is not None


def test_one_address_cannot_guess_at_all_names(here: Town) -> None:
    SignIn.objects.bulk_create(
        SignIn(username=f"n{i}", address="127.0.0.1", succeeded=False)
        for i in range(sign_ins.MOST_BY_ADDRESS)
    )
    assert _try(Client(), "owner", PASSWORD) == 429
    assert _try(Client(REMOTE_ADDR="10.0.0.9"), "owner", PASSWORD) == 302
    assert here.owner.name == "owner"


def test_a_log_in_leads_to_no_other_site(here: Town) -> None:
    fields = {"username": "owner", "password": PASSWORD, "next": "https://evil.example/"}
    assert Client().post("/login", fields).headers["Location"] == "/"
    assert here.owner.name == "owner"


@pytest.mark.parametrize("password", ["short", "1234567890", "password123", "newperson1"])
def test_weak_passwords_are_refused(password: str, here: Town) -> None:
    fields = {"username": "newperson1", "password": password, "role": "clerk",
              "office": str(here.office.pk)}  # fmt: skip
    answer = _as(here.supervisor).post("/people/add", fields)
    assert answer.status_code == 422
    assert "the password is weak" in answer.content.decode()
    assert not User.objects.filter(username="newperson1").exists()


def test_a_supervisor_looks_after_the_own_people_alone(here: Town) -> None:
    supervisor = here.supervisor
    mine = set(people.people_of(supervisor).values_list("username", flat=True))
    assert mine == {"owner", "colleague", "reviewer", "second", "third"}
    for post in (
        Post(Role.SUPERVISOR, None, ["KG-O"]),
        Post(Role.REVIEWER, None, ["KG-C"]),
        Post(Role.CLERK, here.other_office),
    ):
        with pytest.raises(Forbidden):
            people.add(supervisor, "new", PASSWORD, post)
    added = people.add(supervisor, "new", PASSWORD, Post(Role.CLERK, here.office))
    people.change(supervisor, added, Post(Role.CLERK, here.office), is_active=False)
    assert _try(Client(), "new", PASSWORD) == 200  # the form again: the account has ended
    assert here.stranger.user is not None
    url = f"/people/{here.stranger.user.pk}"
    assert _as(supervisor).get(url).status_code == 404
    assert _as(supervisor).post(url, {"password": "Ж-new-password-1"}).status_code == 404
    assert set(Audit.objects.values_list("what", flat=True)) >= {"person added", "person changed"}


def test_a_key_is_shown_once_and_ends_when_told(here: Town) -> None:
    client = _as(here.supervisor)
    fields = {"name": "program", "office": str(here.office.pk), "role": "clerk"}
    page = client.post("/people/keys", fields).content.decode()
    found = re.search(r"ntk_[\w-]+", page)
    assert found is not None
    assert found[0] not in client.get("/people").content.decode()
    assert accounts.actor_of_key(found[0]) is not None
    token = Token.objects.get()
    assert _as(here.far_reviewer).post(f"/people/keys/{token.pk}/revoke").status_code == 403
    assert client.post(f"/people/keys/{token.pk}/revoke").status_code == 302
    assert accounts.actor_of_key(found[0]) is None
    other = {**fields, "office": str(here.other_office.pk)}
    assert client.post("/people/keys", other).status_code == 404


def test_every_view_of_a_record_is_kept(here: Town, record: Record) -> None:
    _as(here.owner).get(f"/records/{record.pk}")
    _as(here.reviewer).get(f"/submissions/{record.submission_id}/original")
    _as(here.stranger).get(f"/records/{record.pk}")
    _as(here.reviewer).get(f"/desk/{record.pk}")
    _as(here.reviewer).get("/export.csv")
    assert Audit.objects.get(what="export").user == here.reviewer.user
    seen = set(View.objects.values_list("user__username", "screen"))
    assert {("owner", "record"), ("reviewer", "original"), ("reviewer", "desk")} <= seen
    assert not any(name == "stranger" for name, _ in seen)


def test_lists_are_kept_with_what_they_showed(here: Town, record: Record) -> None:
    paths = {"records": "/records?q=1", "desk queue": "/desk", "pairs": "/pairs",
             "submission": f"/submissions/{record.submission_id}"}  # fmt: skip
    for path in paths.values():
        assert _as(here.reviewer).get(path).status_code == 200
    kept = {row.about["screen"]: row for row in Audit.objects.filter(what="list")}
    assert set(kept) == set(paths)
    assert kept["records"].about["asked"] == "q=1"
    assert kept["desk queue"].about["records"] == [record.pk]
    assert {row.user for row in kept.values()} == {here.reviewer.user}


def test_what_the_desk_fetches_ahead_is_seen(here: Town, record: Record) -> None:
    assert _as(here.reviewer).get("/desk/next").json()["notice"]["id"] == record.pk
    assert View.objects.get(screen="desk ahead").user == here.reviewer.user


FORMULAS = ["=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)", "\t=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_texts_in_every_export(text: str, here: Town, tmp_path: Path) -> None:
    record = written(submit(tmp_path, here.office), notice(organization_name=text))[0]
    review.approve(record, 1, here.reviewer)
    client = _as(here.reviewer)

    def content(path: str) -> bytes:
        answer: Any = client.get(path)
        return b"".join(answer.streaming_content)

    line = content("/export.csv").decode("utf-8-sig")
    assert f"'{text}" in line or f"'{text.strip()}" in line
    sheet = openpyxl.load_workbook(io.BytesIO(content("/export.xlsx"))).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"inlineStr", "s", "n"}
    assert any(cell.value == text or cell.value == text.strip() for cell in cells)


def test_refusals_are_said_in_the_language_of_the_screen(here: Town, record: Record) -> None:
    client = _as(here.owner)
    client.post("/i18n/setlang/", {"language": "ky"})
    told: Callable[[str], str] = lambda path: client.get(path).content.decode()  # noqa: E731
    assert "бул — улук текшерүүчүнүн иши" in told("/overview")
    assert "номерин текшериңиз" in told("/records/999")
    assert record.pk
