"""One id for a request and for all that follows from it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

_WELL_FORMED = re.compile(r"[0-9a-f]{8,32}")


class TraceMiddleware:
    """Bind the caller's X-Request-ID, or a new id, to the log and give it back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request under its id."""
        given = request.headers.get("X-Request-ID", "").replace("-", "").lower()
        trace = given if _WELL_FORMED.fullmatch(given) else uuid.uuid4().hex
        with structlog.contextvars.bound_contextvars(trace=trace):
            response = self._get_response(request)
        response.headers["X-Request-ID"] = trace
        return response
