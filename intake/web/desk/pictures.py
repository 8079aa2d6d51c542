"""Pages as scanned and places on them, for those who may see the record."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from intake.registry import pictures, views
from intake.registry.access import Actor, one, records_of
from intake.registry.errors import NotFound
from intake.registry.models import Record
from intake.web.desk.calls import called

_DAY = 86400


@require_GET
@called
def page(_request: HttpRequest, actor: Actor, record_id: int, number: int) -> HttpResponse:
    """Return a page of a record as JPEG."""
    record = _found(actor, record_id)
    if number not in record.pages:
        raise NotFound(f"the record has no page {number}; check the number")
    views.note(record, actor, "scan")
    return _jpeg(pictures.page(record.submission.original, number))


@require_GET
@called
def crop(_request: HttpRequest, actor: Actor, record_id: int, field: str) -> HttpResponse:
    """Return the place of one field of a record as JPEG."""
    record = _found(actor, record_id)
    value = record.values.filter(name=field).first()
    if value is None or value.page is None or value.box is None:
        raise NotFound(f"the field {field} has no place on the scan; look at the page")
    views.note(record, actor, "crop")
    return _jpeg(pictures.crop(record, value.page, value.box))


def _found(actor: Actor, record_id: int) -> Record:
    return one(records_of(actor).select_related("submission__original"), record_id)


def _jpeg(content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type="image/jpeg")
    # The same for ever, but for nobody else's eyes, and not long on a shared computer.
    answer.headers["Cache-Control"] = f"private, max-age={_DAY}"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
