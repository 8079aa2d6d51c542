"""Errors as ``application/problem+json`` (RFC 9457): what is wrong, and what to do about it."""

from __future__ import annotations

import json
from collections.abc import Callable
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

_API = "/api/"
_TYPE = "application/problem+json"
_SAID = {
    HTTPStatus.BAD_REQUEST: "the call cannot be understood; correct it",
    HTTPStatus.NOT_FOUND: "there is no such call; see /api/v1/openapi.json",
    HTTPStatus.INTERNAL_SERVER_ERROR: "the service failed; report the answer's X-Request-ID",
}
"""What Django refuses before a call is found, or fails at, in words for programs."""


class ApiProblemMiddleware:
    """Make problems of the errors that Django answers programs with as pages for people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; a call's error is a problem whoever noticed it."""
        answer = self._get_response(request)
        is_call = request.path.startswith(_API)
        if answer.status_code < HTTPStatus.BAD_REQUEST or not is_call or _is_problem(answer):
            return answer
        status = HTTPStatus(answer.status_code)
        said = problem(request, status, _SAID.get(status, f"{status.phrase.lower()}; correct it"))
        if "Allow" in answer.headers:
            allowed = answer.headers["Allow"]
            said = problem(request, status, f"{request.method} is not offered; use {allowed}")
            said.headers["Allow"] = allowed
        return said


def _is_problem(answer: HttpResponse) -> bool:
    return answer.get("Content-Type", "") == _TYPE


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
    spoken = detail if request.path.startswith(_API) else translated(detail)
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
        content_type=_TYPE,
    )
    if status in {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.INSUFFICIENT_STORAGE}:
        answer.headers["Retry-After"] = "30"
    return answer
