"""Screens about records: lists, one record, pairs, the morning's report, counts, exports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_POST

from intake.errors import Refused
from intake.registry import counts as counting
from intake.registry import export as exporting
from intake.registry import pairs as pairing
from intake.registry import places, search, shown
from intake.registry import report as reporting
from intake.registry.access import (
    Actor,
    offices_of,
    one,
    pairs_of,
    records_of,
    require_reviewer,
)
from intake.registry.models import RecordStatus
from intake.registry.search import Filters
from intake.registry.summary import AUTHORITIES
from intake.web.actors import signed_in
from intake.web.api.tables import TYPES

_WORDS = ("status", "office", "region", "district", "authority", "flag", "q")


@signed_in
@require_GET
def records(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show records by filter and search."""
    words = {name: request.GET.get(name, "")[:200] for name in _WORDS}
    rows = records_of(actor).select_related("office")
    context = {
        "actor": actor,
        "page": search.page(rows, _filters(words), request.GET.get("cursor", "")),
        "words": words,
        "offices": offices_of(actor),
        "statuses": RecordStatus.choices,
        "authorities": list(AUTHORITIES),
        "regions": places.regions().values(),
    }
    return render(request, "web/records.html", context)


@signed_in
@require_GET
def record(request: HttpRequest, actor: Actor, record_id: int) -> HttpResponse:
    """Show one record with its history."""
    row = one(records_of(actor).select_related("office", "submission"), record_id)
    context = {
        "actor": actor,
        "row": row,
        "record": shown.record(row, row.values.all()),
        "history": shown.history(row),
    }
    return render(request, "web/record.html", context)


@signed_in
@require_GET
def pairs(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show papers that seem to have been scanned twice."""
    rows = pairs_of(actor).filter(same=None).select_related("earlier__office", "later__office")
    context = {"actor": actor, "rows": rows.order_by("-pk")[:100]}
    return render(request, "web/pairs.html", context)


@require_POST
@signed_in
def decide_pair(request: HttpRequest, actor: Actor, pair_id: int) -> HttpResponse:
    """Note whether a pair is one paper."""
    pairing.decide(
        one(pairs_of(actor), pair_id), same=request.POST.get("same") == "yes", actor=actor
    )
    return redirect("pairs")


@signed_in
@require_GET
def report(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the morning's report; ``?form=csv`` gives the table, ``?hours=`` another span."""
    hours = request.GET.get("hours", "24")
    if not hours.isdigit() or not 1 <= int(hours) <= 24 * 92:
        raise Refused("hours is no number from 1 to 2208; correct it")
    until = timezone.localtime()
    told = reporting.build(actor, until - timedelta(hours=int(hours)), until)
    if request.GET.get("form") == "csv":
        return HttpResponse(
            reporting.as_csv(told).encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
        )
    return HttpResponse(reporting.as_html(told))


@signed_in
@require_GET
def counts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show approved centres counted, as table and chart; ``?form=csv`` gives the table."""
    groups = [name for name in request.GET.get("by", "region,ownership").split(",") if name]
    lines = counting.count(records_of(actor), groups)
    language = translation.get_language() or "ru"
    if request.GET.get("form") == "csv":
        table = counting.as_csv(lines, groups, language)
        return HttpResponse(table.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    most = max((line.count for line in lines), default=1)
    named = [
        (
            [counting.named(g, v, language) for g, v in zip(groups, line.values, strict=True)],
            line.count,
            round(100 * line.count / most),
        )
        for line in lines
    ]
    context = {"actor": actor, "groups": groups, "all": counting.GROUPS, "lines": named,
               "by": ",".join(groups)}  # fmt: skip
    return render(request, "web/counts.html", context)


@signed_in
@require_GET
def export(request: HttpRequest, actor: Actor, form: str) -> StreamingHttpResponse:
    """Give out approved records."""
    require_reviewer(actor)
    if form not in TYPES:
        raise Refused(f"exports are {', '.join(TYPES)}; choose one of them")
    kind = exporting.Format(form)
    content = exporting.export(records_of(actor), _moment(request), kind)
    answer = StreamingHttpResponse(content, content_type=TYPES[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="records.{kind}"'
    return answer


def _filters(words: Mapping[str, str]) -> Filters:
    return Filters(
        status=words["status"],
        office=words["office"],
        region=words["region"],
        district=words["district"],
        authority=words["authority"],
        flag=words["flag"],
        q=words["q"],
    )


def _moment(request: HttpRequest) -> datetime:
    given = request.GET.get("as_of", "")
    moment = parse_datetime(given) if given else timezone.now()
    if moment is None or moment.tzinfo is None:
        raise Refused("as_of is no moment; give it as 2023-05-12T08:00:00+06:00")
    return moment
