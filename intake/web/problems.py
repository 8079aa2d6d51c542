"""Errors as ``application/problem+json`` (RFC 9457): what is wrong, and what to do about it."""

from __future__ import annotations

import json
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from intake.errors import Failed, IntakeError, Refused
from intake.registry.errors import (
    Conflict,
    Forbidden,
    NoRoom,
    NotFound,
    TooLarge,
    Unreachable,
    WrongKind,
)
from intake.web.sentences import translated

_STATUSES: dict[type[IntakeError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    Forbidden: HTTPStatus.FORBIDDEN,
    Conflict: HTTPStatus.CONFLICT,
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    WrongKind: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    NoRoom: HTTPStatus.INSUFFICIENT_STORAGE,
    Unreachable: HTTPStatus.SERVICE_UNAVAILABLE,
    Refused: HTTPStatus.UNPROCESSABLE_ENTITY,
    Failed: HTTPStatus.SERVICE_UNAVAILABLE,
    IntakeError: HTTPStatus.INTERNAL_SERVER_ERROR,
}


def status_of(error: IntakeError) -> HTTPStatus:
    """Return the status that the error's nearest kind has."""
    return next(_STATUSES[kind] for kind in type(error).__mro__ if kind in _STATUSES)


def problem_of(request: HttpRequest, error: IntakeError) -> HttpResponse:
    """Return the answer to a call that was refused or failed."""
    return problem(request, status_of(error), str(error))


def problem(request: HttpRequest, status: HTTPStatus, detail: str) -> HttpResponse:
    """Return a problem with this status; ``detail`` is one line: cause; remedy.

    Programs get it in English, screens in their own language.
    """
    spoken = detail if request.path.startswith("/api/") else translated(detail)
    body = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "detail": spoken,
        "instance": request.path,
    }
    answer = HttpResponse(
        json.dumps(body, ensure_ascii=False),
        status=status,
        content_type="application/problem+json",
    )
    if status in {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.INSUFFICIENT_STORAGE}:
        answer.headers["Retry-After"] = "30"
    return answer
