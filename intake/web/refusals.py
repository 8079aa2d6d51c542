"""What people see in the place of a screen that is not there, or that failed."""

from __future__ import annotations

from http import HTTPStatus

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's call)
    """Say that there is no such screen."""
    return _refused(request, HTTPStatus.NOT_FOUND, "there is no such screen; check the address")


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django's call)
    """Say that a form did not come from a page of this session, mostly one opened long ago."""
    return _refused(
        request, HTTPStatus.FORBIDDEN, "this page was opened before you signed in; load it again"
    )


def failed(request: HttpRequest) -> HttpResponse:
    """Say that the service failed, and the number to report; asks no database."""
    trace = structlog.contextvars.get_contextvars().get("trace", "")
    return render(
        request,
        "web/failed.html",
        {"trace": trace},
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
    )


def _refused(request: HttpRequest, status: HTTPStatus, message: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return HttpResponse(status=status)  # made a problem on its way out
    context = {"message": message, "status": int(status)}
    return render(request, "web/refused.html", context, status=status)
