from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from intake.errors import Refused
from intake.registry import addresses, review, webhooks
from intake.registry.errors import Forbidden
from intake.registry.models import Audit, Delivery, Office, Webhook
from tests.registry.people import notice, submit, town, written

pytestmark = pytest.mark.django_db


class Receiver(ThreadingHTTPServer):
    """A program that listens; it answers with ``status`` and keeps what came."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.came: list[tuple[dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook?x=1"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.came.append((dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Location", "http://169.254.169.254/")
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_read_and_approved_are_told_signed_and_only_to_whom_it_concerns(
    tmp_path: Path, receiver: Receiver
) -> None:
    here = town()
    hook = webhooks.add(receiver.url, here.office)
    webhooks.add(receiver.url, here.other_office)
    record = written(submit(tmp_path, here.office), notice())[0]
    review.decide(record, "approved", 1, here.reviewer)
    for row in Delivery.objects.order_by("pk"):
        webhooks.deliver(row.pk)
        webhooks.deliver(row.pk)
    assert [headers["X-Intake-Event"] for headers, _ in receiver.came] == [
        "record.read",
        "record.approved",
    ]
    headers, body = receiver.came[1]
    told = json.loads(body)
    assert (told["record"], told["status"]) == (record.pk, "approved")
    signed = headers["X-Intake-Timestamp"].encode() + b"." + body
    expected = hmac.new(hook.secret.encode(), signed, hashlib.sha256).hexdigest()
    assert headers["X-Intake-Signature"] == f"sha256={expected}"
    assert headers["X-Request-ID"] == record.submission.trace


@pytest.mark.parametrize("status", [500, 302, 404])
def test_a_failure_is_tried_again_later_and_later_and_then_given_up(
    status: int, tmp_path: Path, receiver: Receiver, settings: Settings
) -> None:
    settings.WEBHOOK_ATTEMPTS = 3
    here = town()
    webhooks.add(receiver.url, None)
    receiver.status = status
    written(submit(tmp_path, here.office), notice())
    row, pauses = Delivery.objects.get(), []
    for _ in range(4):
        webhooks.deliver(row.pk)
        row.refresh_from_db()
        pauses.append(row.due_at - timezone.now())
    assert len(receiver.came) == 3
    assert pauses[0] < pauses[1] < pauses[2]
    assert row.given_up_at is not None
    assert str(status) in row.last_error


def test_what_is_due_is_sent_by_the_sweep(tmp_path: Path, receiver: Receiver) -> None:
    webhooks.add(receiver.url, None)
    written(submit(tmp_path, town().office), notice())
    assert webhooks.send_due() == 0
    Delivery.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert webhooks.send_due() == 1


def test_a_dead_or_a_secret_address_is_an_error_on_the_row(tmp_path: Path) -> None:
    webhooks.add("http://127.0.0.1:1/", None)
    webhooks.add("http://169.254.169.254/latest/meta-data", None)
    written(submit(tmp_path, town().office), notice())
    for row in Delivery.objects.order_by("pk"):
        webhooks.deliver(row.pk)
    errors = list(Delivery.objects.order_by("pk").values_list("last_error", flat=True))
    assert "refused" in errors[0]
    assert "link-local" in errors[1]


def test_an_address_that_nobody_can_call_is_given_up_like_any_other(
    tmp_path: Path, settings: Settings
) -> None:
    settings.WEBHOOK_ATTEMPTS = 1
    hook = webhooks.add("http://127.0.0.1:1/", None)
    hook.url = "http://127.0.0.1:99999/"  # as it could be added once
    hook.save()
    written(submit(tmp_path, town().office), notice())
    webhooks.deliver(Delivery.objects.get().pk)
    row = Delivery.objects.get()
    assert row.given_up_at is not None
    assert "ValueError" in row.last_error


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x/", "http://", "https://u:p@host/", "nonsense", "http://x:99999/", "http://x:abc/",
        "http://x:0/", "http://[::1/", "http://x/два", "http://x/a b", "http://x/\n",
    ],
)  # fmt: skip
def test_a_wrong_address_is_refused(url: str) -> None:
    with pytest.raises(Refused):
        webhooks.add(url, None)


def _failed_once(tmp_path: Path, receiver: Receiver, office: Office | None) -> Webhook:
    """Return an address that did not take the first event."""
    hook = webhooks.add(receiver.url, office)
    receiver.status = 500
    written(submit(tmp_path, office or town().office), notice())
    webhooks.deliver(Delivery.objects.latest("pk").pk)
    return hook


def test_an_operator_sees_why_an_address_fails_and_has_it_tried_again(
    tmp_path: Path, receiver: Receiver, settings: Settings
) -> None:
    settings.WEBHOOK_ATTEMPTS = 1
    here = town()
    hook = _failed_once(tmp_path, receiver, here.office)
    (told,) = addresses.all_of(here.supervisor)
    assert told.failed is not None
    assert (told.waiting, told.given_up, told.tries) == (0, 1, "1 / 1")
    assert told.failed.last_error == "answered 500"
    assert addresses.failing() == 1
    receiver.status = 200
    assert addresses.try_again(hook, here.supervisor) == 1
    webhooks.deliver(told.failed.pk)
    (told,) = addresses.all_of(here.supervisor)
    assert (told.waiting, told.given_up, told.failed, addresses.failing()) == (0, 0, None, 0)
    assert Audit.objects.get(what="webhook tried again").user == here.supervisor.user


def test_an_address_switched_off_is_told_nothing_until_it_is_switched_on(
    tmp_path: Path, receiver: Receiver
) -> None:
    here = town()
    hook = _failed_once(tmp_path, receiver, here.office)
    receiver.status, receiver.came[:] = 200, []
    addresses.switch(hook, here.admin, on=False)
    Delivery.objects.update(due_at=timezone.now())
    written(submit(tmp_path, here.office), notice())
    assert webhooks.send_due() == 0
    webhooks.deliver(Delivery.objects.get().pk)
    assert (receiver.came, addresses.failing()) == ([], 0)
    addresses.switch(hook, here.admin, on=True)
    assert webhooks.send_due() == 1
    webhooks.deliver(Delivery.objects.get().pk)
    assert len(receiver.came) == 1


def test_only_who_looks_after_an_office_sees_and_switches_its_address(
    tmp_path: Path, receiver: Receiver
) -> None:
    here = town()
    hook = _failed_once(tmp_path, receiver, here.other_office)
    assert addresses.all_of(here.supervisor) == []
    assert len(addresses.all_of(here.admin)) == 1
    with pytest.raises(Forbidden):
        addresses.all_of(here.reviewer)
    for actor, status in ((here.supervisor, 404), (here.reviewer, 403), (here.admin, 302)):
        client = Client(headers={"Accept-Language": "en"})
        assert actor.user is not None
        client.force_login(actor.user)
        assert client.post(f"/webhooks/{hook.pk}", {"do": "off"}).status_code == status
        if status != 403:
            text = client.get("/overview").content.decode()
            assert ("answered 500" in text) == (status == 302)
    hook.refresh_from_db()
    assert not hook.active
