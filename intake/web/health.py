"""/healthz, /readyz and /metrics, for whatever watches over the service."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from intake.registry import health


def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer that this process is alive."""
    return HttpResponse("alive\n", content_type="text/plain")


def readyz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 where database, broker and storage answer, else 503 and which does not."""
    signs = health.signs()
    ready = not any(sign.trouble for sign in signs)
    parts = {sign.part: sign.trouble or "ready" for sign in signs}
    return JsonResponse({"ready": ready, "parts": parts}, status=200 if ready else 503)


def metrics(request: HttpRequest) -> HttpResponse:
    """Answer the figures as Prometheus text; with INTAKE_METRICS_TOKEN only to who has it."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and not secrets.compare_digest(given.encode(), token.encode()):
        return HttpResponse("a token is needed\n", status=401, content_type="text/plain")
    registry = CollectorRegistry()
    for figure in health.figures():
        gauge = Gauge(f"intake_{figure.name}", figure.meaning, [figure.label], registry=registry)
        for label, value in figure.values:
            gauge.labels(label).set(value)
    return HttpResponse(generate_latest(registry), content_type="text/plain; version=0.0.4")
