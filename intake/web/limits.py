"""Refuses an upload that is too large before its bytes are taken, and explains a full disk."""

from __future__ import annotations

import errno
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from intake.web.problems import problem

_ENVELOPE = 64 << 10
_FULL = {errno.ENOSPC, errno.EDQUOT}


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
        """Explain a disk that filled up while the upload was being written."""
        if isinstance(error, OSError) and error.errno in _FULL:
            return problem(
                request,
                HTTPStatus.INSUFFICIENT_STORAGE,
                "the disk is full; nothing was stored, make room and send again",
            )
        return None
