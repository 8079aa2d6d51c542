"""Refuses an upload that is too large before its bytes are taken; explains what is full or down."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import psycopg
import structlog
from django.conf import settings
from django.db import DataError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse

from intake.web.problems import problem

_ENVELOPE = 64 << 10
_FULL = {errno.ENOSPC, errno.EDQUOT}
_LEAST = 4 << 20
"""Room that SQLite needs to note an upload, many times over."""

_log = structlog.get_logger(__name__)


class UploadLimitMiddleware:
    """Answer 413 by the announced length, and 507 where the disk fills while bytes arrive."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or refuse it."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.UPLOAD_BYTES + _ENVELOPE:
            allowed = settings.UPLOAD_BYTES >> 20
            return problem(
                request,
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                f"the file is too large; send at most {allowed} MB, scan at 300 dpi",
            )
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Explain a full disk, a database that does not answer, and what it cannot hold."""
        if _is_full(error):
            return problem(
                request,
                HTTPStatus.INSUFFICIENT_STORAGE,
                "the disk is full; nothing was stored, make room and send again",
            )
        if isinstance(error, (DataError, UnicodeEncodeError)):
            return problem(
                request,
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "a value holds what the database cannot store; correct it",
            )
        if isinstance(error, (OperationalError, InterfaceError)):
            _log.error("database fails", error=str(error))
            return problem(
                request,
                HTTPStatus.SERVICE_UNAVAILABLE,
                f"the database does not answer ({type(error).__name__}); try again later",
            )
        return None


def _is_full(error: Exception) -> bool:
    """Tell whether a lack of room is behind the error; SQLite says so only sometimes."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    if not isinstance(error, OperationalError):
        return False
    if isinstance(error.__cause__, psycopg.errors.DiskFull):
        return True
    return connection.vendor == "sqlite" and _room(settings.INTAKE_HOME) < _LEAST


def _room(folder: Path) -> int:
    return shutil.disk_usage(folder).free
