"""Screens of the desk: the queue, one notice, and one field of many notices."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from intake.registry import desk_notice, desk_queue, labels, leases, places, views
from intake.registry.access import Actor, batches_of, offices_of, one, records_of
from intake.registry.alphabet import ordered
from intake.registry.desk_queue import Wishes
from intake.registry.errors import Conflict, NotFound
from intake.registry.models import FieldValue, Record
from intake.web.actors import signed_in
from intake.web.desk import keys
from intake.web.desk.words import grid_words, notice_words
from intake.web.templatetags.intake_words import region

_SHOWN = 50
_COLUMN = 24
_WISHES = ("office", "region", "flag", "batch", "order")


@signed_in
@require_GET
def queue(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what waits at the desk, by the reviewer's wishes, and where to begin."""
    wishes = wishes_of(request)
    seen = desk_queue.overview(desk_queue.waiting(actor, wishes), _SHOWN)
    views.note_list(seen.first, actor, "desk queue", query_of(wishes))
    fields = [
        {"name": name, "label": labels.label(name), "count": times} for name, times in seen.fields
    ]
    context = {
        "rows": seen.first,
        "count": seen.count,
        "is_more": seen.is_more,
        "fields": fields,
        "wishes": wishes,
        "query": query_of(wishes),
        "offices": ordered(offices_of(actor), lambda office: office.name),
        "regions": ordered(places.regions().values(), lambda one: region(one.code)),
        "flags": [(flag, labels.explained([flag])[0]) for flag in labels.FLAGS],
        "batches": batches_of(actor).select_related("office").order_by("-pk")[:30],
    }
    return render(request, "desk/queue.html", context)


@signed_in
@require_GET
def begin(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take the notice that comes next, and lead to it; to the queue where none is left."""
    wishes = wishes_of(request)
    record = desk_queue.next_notice(actor, wishes)
    if record is None:
        return redirect(_address(reverse("desk"), wishes))
    return redirect(_address(reverse("desk-notice", args=[record.pk]), wishes))


@signed_in
@require_GET
def notice(request: HttpRequest, actor: Actor, record_id: int) -> HttpResponse:
    """Show one notice at the desk; taken for this reviewer while it is open."""
    rows = records_of(actor).select_related("office", "submission__original")
    record = one(rows, record_id)
    user = desk_queue.reviewer(actor)
    if not desk_queue.may_take(record, actor):
        return redirect("record", record_id=record.pk)
    with transaction.atomic():
        if not leases.take(record.pk, user):
            raise Conflict(f"{leases.holder(record) or 'somebody'} has this notice; take another")
        views.note(record, actor, "desk")
    context = {
        "notice": desk_notice.notice(record, actor),
        "record": record,
        "words": notice_words(),
        **keys.shown(user),
        "query": query_of(wishes_of(request)),
    }
    return render(request, "desk/notice.html", context)


@signed_in
@require_GET
def grid(request: HttpRequest, actor: Actor, field: str) -> HttpResponse:
    """Show one field of many notices in a column, to confirm or correct at once."""
    wishes = wishes_of(request)
    user = desk_queue.reviewer(actor)
    values = desk_queue.column(desk_queue.waiting(actor, wishes), field, _COLUMN)
    if not values and not FieldValue.objects.filter(name=field).exists():
        raise NotFound(f"no record has a field {field}; check its name")
    views.note_all([value.record for value in values], actor, "grid")
    context = {
        "field": field,
        "label": labels.label(field),
        "cells": [_cell(value) for value in values],
        "words": grid_words(),
        **keys.shown(user),
        "query": query_of(wishes),
    }
    return render(request, "desk/grid.html", context)


def wishes_of(request: HttpRequest) -> Wishes:
    """Return what the address asks for."""
    given = {name: request.GET.get(name, "")[:100] for name in _WISHES}
    if given["order"] not in desk_queue.ORDERS:
        given["order"] = desk_queue.ORDERS[0]
    return Wishes(**given)


def query_of(wishes: Wishes) -> str:
    """Return the wishes as the end of an address; what is not wished for is left out."""
    given = {name: getattr(wishes, name) for name in _WISHES}
    return urlencode({name: wish for name, wish in given.items() if wish and wish != "oldest"})


def _address(path: str, wishes: Wishes) -> str:
    query = query_of(wishes)
    return f"{path}?{query}" if query else path


def _cell(value: FieldValue) -> dict[str, Any]:
    record: Record = value.record
    return {"record": record.pk, "version": record.version, "office": record.office.name,
            **desk_notice.field(record, value),
            "suggestions": desk_notice.offered(record, value, None)}  # fmt: skip
