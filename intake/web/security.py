"""Headers that keep a page to itself: nothing runs that is not ours, nobody else shows it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
_ALWAYS = {
    "Content-Security-Policy": _POLICY,
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeadersMiddleware:
    """Add the headers; an answer that brings a stricter one of its own keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with the headers."""
        answer = self._get_response(request)
        for name, value in _ALWAYS.items():
            answer.headers.setdefault(name, value)
        # Names and numbers of people must not lie in the cache of a shared computer.
        if answer.get("Content-Type", "").startswith(("text/html", "application/json")):
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer
