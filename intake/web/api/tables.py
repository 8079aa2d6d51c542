"""Calls for exports and counts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from ninja import Query, Router

from intake.registry import counts, search, views
from intake.registry.access import records_of
from intake.registry.export import Format, export
from intake.registry.search import Filters
from intake.web.api.shapes import PROBLEMS, CountOut, ListQuery, Moment, caller

router = Router(tags=["tables"])
TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSONL: "application/jsonl; charset=utf-8",
}


@router.get("/export.{form}", response={200: None, **PROBLEMS})
def get_export(
    request: HttpRequest, form: Format, filters: Query[ListQuery], as_of: Moment | None = None
) -> StreamingHttpResponse:
    """Return all approved records as `csv`, `xlsx` or `jsonl`.

    The answer for a past `as_of` is the same to the byte whenever it is asked for.
    """
    moment = min(as_of or timezone.now(), timezone.now())
    rows = search.narrow(records_of(caller(request)), Filters(**filters.dict()))
    views.note_export(caller(request), form)
    answer = StreamingHttpResponse(export(rows, moment, form), content_type=TYPES[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="records.{form}"'
    answer.headers["X-As-Of"] = moment.isoformat()
    return answer


@router.get("/counts", response={200: list[CountOut], **PROBLEMS})
def get_counts(request: HttpRequest, by: str = "region,ownership") -> list[dict[str, Any]]:
    """Return approved centres counted by region, district, ownership, level or month."""
    groups = [group.strip() for group in by.split(",") if group.strip()]
    found = counts.count(caller(request), groups)
    return [
        {"values": dict(zip(groups, line.values, strict=True)), "count": line.count}
        for line in found
    ]
