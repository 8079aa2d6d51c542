"""The HTTP API (CONTRACT.md, section 3)."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from intake.errors import IntakeError
from intake.registry.access import Actor
from intake.registry.accounts import actor_of_key
from intake.web import rates
from intake.web.api.openapi import Api
from intake.web.api.records import router as records
from intake.web.api.submissions import router as submissions
from intake.web.api.tables import router as tables
from intake.web.problems import problem, problem_of


class TooManyCalls(HttpError):
    """A caller called more often than allowed."""

    def __init__(self, seconds: int) -> None:
        super().__init__(HTTPStatus.TOO_MANY_REQUESTS, f"too many calls; wait {seconds} s")
        self.seconds = seconds


class Bearer(HttpBearer):
    """The token of an office's program or of a service, as ``intake token add`` prints it."""

    openapi_description = "Authorization: Bearer ntk_…, from `intake token add`."

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:  # noqa: ARG002
        """Return who calls, None for an unknown key; TooManyCalls beyond the rate."""
        actor = actor_of_key(token)
        if actor is None:
            return None
        caller = str(actor.token.pk) if actor.token else actor.name
        seconds = rates.counter().seconds_to_wait(caller, settings.RATE_PER_MINUTE)
        if seconds:
            raise TooManyCalls(seconds)
        return actor


api = Api(
    title="Notice intake",
    version="1.0.0",
    description=(
        "Scans of official notices in, reviewed registry records out. "
        "Every error is application/problem+json (RFC 9457)."
    ),
    auth=Bearer(),
    docs_url=None,
    urls_namespace="api-1",
)
api.add_router("", submissions)
api.add_router("", records)
api.add_router("", tables)


@api.exception_handler(IntakeError)
def _refused(request: HttpRequest, error: IntakeError) -> HttpResponse:
    return problem_of(request, error)


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    answer = problem(
        request, HTTPStatus.UNAUTHORIZED, "no valid token; send Authorization: Bearer with one"
    )
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    place = ".".join(str(part) for part in first["loc"][1:])
    return problem(
        request, HTTPStatus.UNPROCESSABLE_ENTITY, f"{place}: {first['msg']}; correct the call"
    )


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    said = str(error)
    detail = said if "; " in said else f"{said}; correct the call"
    answer = problem(request, HTTPStatus(error.status_code), detail)
    if isinstance(error, TooManyCalls):
        answer.headers["Retry-After"] = str(error.seconds)
    return answer
