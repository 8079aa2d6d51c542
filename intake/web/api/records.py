"""Calls about records."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from intake.registry import review, search, shown, views
from intake.registry.access import one, records_of
from intake.registry.models import Record
from intake.registry.search import Filters
from intake.web.api.shapes import (
    PROBLEMS,
    CorrectionIn,
    DecisionIn,
    ListQuery,
    RecordOut,
    RecordPage,
    RecordWithHistory,
    caller,
)

router = Router(tags=["records"])


@router.get("/records", response={200: RecordPage, **PROBLEMS})
def list_records(
    request: HttpRequest, filters: Query[ListQuery], cursor: str = "", limit: int = 50
) -> dict[str, Any]:
    """Return records, newest first; with `since`, in the order of their last change.

    `q` forgives ө/о, ү/у, ң/н and takes the beginnings of words, numbers and
    dates. Ask again with `cursor` = the answer's `next` until that is null.
    """
    actor = caller(request)
    rows = records_of(actor).select_related("office").prefetch_related("values")
    wanted = Filters(**filters.dict())
    page = search.page(rows, wanted, cursor, limit, offices=actor.offices)
    views.note_all(page.items, actor, "api list")
    return {"items": [_shown(row) for row in page.items], "next": page.next}


@router.get("/records/{record_id}", response={200: RecordWithHistory, **PROBLEMS})
def get_record(request: HttpRequest, record_id: int) -> dict[str, Any]:
    """Return one record with its history."""
    row = _found(request, record_id)
    views.note(row, caller(request), "api")
    return {**_shown(row), "history": shown.history(row)}


@router.patch("/records/{record_id}/fields/{field}", response={200: RecordOut, **PROBLEMS})
def correct(request: HttpRequest, record_id: int, field: str, body: CorrectionIn) -> dict[str, Any]:
    """Correct or confirm one value; 409 when somebody changed the record since."""
    row = _found(request, record_id)
    wanted = review.Wanted(field, body.value, body.reason)
    return _shown(review.correct(row, wanted, body.version, caller(request)))


@router.post("/records/{record_id}/decision", response={200: RecordOut, **PROBLEMS})
def decide(request: HttpRequest, record_id: int, body: DecisionIn) -> dict[str, Any]:
    """Approve or reject a record.

    `reopened` takes a rejection back, and opens a new edition of an approved record.
    """
    row, actor = _found(request, record_id), caller(request)
    if body.decision == "reopened":
        return _shown(review.reopen(row, body.version, actor, body.reason))
    return _shown(review.decide(row, body.decision, body.version, actor, body.reason))


def _found(request: HttpRequest, record_id: int) -> Record:
    return one(records_of(caller(request)).select_related("office"), record_id)


def _shown(row: Record) -> dict[str, Any]:
    return shown.record(row, row.values.all())
