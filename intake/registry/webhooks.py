"""Tells other programs what happened: signed, and tried again with growing pauses."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import ipaddress
import json
import secrets
import socket
import ssl
from datetime import timedelta
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from intake.errors import Refused
from intake.registry import nudge
from intake.registry.models import Delivery, Office, Queue, Webhook

READ, APPROVED, REJECTED = "record.read", "record.approved", "record.rejected"
EVENTS = (READ, APPROVED, REJECTED)

_log = structlog.get_logger(__name__)
_TIMEOUT_SECONDS = 10
_FIRST_PAUSE = timedelta(seconds=30)
_LEASE = timedelta(minutes=2)
_AT_ONCE = 500


def add(url: str, office: Office | None, events: tuple[str, ...] = EVENTS) -> Webhook:
    """Register an address; Refused for an unknown event or an address that is no web page's."""
    if not _is_callable(url):
        raise Refused(f"{url} is no http(s) address without a password; correct it")
    unknown = set(events) - set(EVENTS)
    if unknown or not events:
        raise Refused(f"unknown events {sorted(unknown)}; choose of {', '.join(EVENTS)}")
    return Webhook.objects.create(
        url=url, office=office, events=list(events), secret=secrets.token_hex(32)
    )


def _is_callable(url: str) -> bool:
    """Tell whether an event could be posted there: a web address, in the letters of one."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # brackets without an end, a port that is no number
        return False
    is_web = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username
    return is_web and port != 0 and url.isascii() and url.isprintable() and " " not in url


def announce(event: str, office_id: int, body: dict[str, object], trace: str) -> None:
    """Queue an event for whoever asked for it; to be called in the transaction that made it so."""
    hooks = Webhook.objects.filter(Q(office=None) | Q(office=office_id), active=True)
    now = timezone.now()
    rows = Delivery.objects.bulk_create(
        Delivery(webhook=hook, event=event, body=body, trace=trace, due_at=now + _FIRST_PAUSE)
        for hook in hooks
        if event in hook.events
    )
    for row in rows:
        nudge.on_commit(nudge.DELIVER, [row.pk], Queue.INTERACTIVE, trace)


def signature(secret: str, sent_at: str, body: bytes) -> str:
    """Return the hex HMAC-SHA256 over ``<sent_at>.<body>``, by which a receiver trusts a call."""
    return hmac.new(secret.encode(), sent_at.encode() + b"." + body, hashlib.sha256).hexdigest()


def deliver(delivery_id: int) -> None:
    """Send one event once; on failure note the next time, or give up after the last."""
    open_ones = Delivery.objects.filter(pk=delivery_id, delivered_at=None, given_up_at=None)
    before = open_ones.select_related("webhook").first()
    if before is None or not before.webhook.active:
        return
    now = timezone.now()
    taken = open_ones.filter(attempts=before.attempts).update(
        attempts=F("attempts") + 1, due_at=now + _LEASE
    )
    if not taken:
        return
    error = _posted(before)
    if not error:
        open_ones.update(delivered_at=timezone.now(), last_error="")
        return
    attempts = before.attempts + 1
    given_up = timezone.now() if attempts >= settings.WEBHOOK_ATTEMPTS else None
    pause = _FIRST_PAUSE * 2**attempts
    open_ones.update(last_error=error[:300], due_at=timezone.now() + pause, given_up_at=given_up)
    _log.warning("webhook failed", delivery=delivery_id, attempts=attempts, error=error)


def send_due() -> int:
    """Ask for the delivery of every event whose time has come; return how many."""
    due = Delivery.objects.filter(
        due_at__lte=timezone.now(), delivered_at=None, given_up_at=None, webhook__active=True
    ).order_by("due_at")
    keys = list(due.values_list("pk", "trace")[:_AT_ONCE])
    return sum(nudge.send(nudge.DELIVER, [pk], Queue.BATCH, trace) for pk, trace in keys)


def _posted(delivery: Delivery) -> str:
    """Post the event; return what went wrong, or an empty string."""
    body = json.dumps(
        {"id": delivery.pk, "event": delivery.event, **delivery.body}, ensure_ascii=False
    ).encode()
    sent_at = str(int(timezone.now().timestamp()))
    headers = {
        "Content-Type": "application/json",
        "X-Intake-Event": delivery.event,
        "X-Intake-Delivery": str(delivery.pk),
        "X-Intake-Timestamp": sent_at,
        "X-Intake-Signature": f"sha256={signature(delivery.webhook.secret, sent_at, body)}",
        "X-Request-ID": delivery.trace,
    }
    try:
        status = _post(delivery.webhook.url, body, headers)
    except (OSError, ValueError, http.client.HTTPException) as error:
        return f"{type(error).__name__}: {error}"
    return "" if 200 <= status < 300 else f"answered {status}"


def _post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """Post without following redirects, to the very address whose number was checked."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = parts.hostname or ""
    address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0]
    if ipaddress.ip_address(address).is_link_local:
        raise OSError(f"{host} is a link-local address, where cloud secrets live")
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        connection = http.client.HTTPSConnection(
            host, port, timeout=_TIMEOUT_SECONDS, context=context
        )
    else:
        connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT_SECONDS)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()
