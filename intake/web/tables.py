"""Screens about records: lists, one record, pairs, the morning's report, counts, exports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from intake.errors import Refused
from intake.registry import counts as counting
from intake.registry import desk_queue, labels, places, search, shown, views
from intake.registry import export as exporting
from intake.registry import pairs as pairing
from intake.registry.access import (
    Actor,
    offices_of,
    one,
    pairs_of,
    records_of,
    require_reviewer,
)
from intake.registry.alphabet import order_of, ordered
from intake.registry.counts import CountLine
from intake.registry.models import Decision, Record, RecordStatus
from intake.registry.search import Filters
from intake.registry.summary import authorities_of
from intake.web import charts
from intake.web.actors import signed_in
from intake.web.api.tables import TYPES
from intake.web.names import AUTHORITIES as NAMES
from intake.web.names import GROUPS
from intake.web.templatetags.intake_words import region

_BARS = 20
_VIEWS = 50
_WORDS = ("status", "office", "region", "district", "authority", "flag", "q")


@signed_in
@require_GET
def records(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show records by filter and search."""
    words = {name: request.GET.get(name, "")[:200] for name in _WORDS}
    rows = records_of(actor).select_related("office")
    cursor = request.GET.get("cursor", "")
    page = search.page(rows, _filters(words), cursor, offices=actor.offices)
    views.note_list(page.items, actor, "records", request.GET.urlencode())
    context = {
        "actor": actor,
        "page": page,
        "words": words,
        "offices": ordered(offices_of(actor), lambda office: office.name),
        "statuses": RecordStatus.choices,
        "authorities": list(NAMES.items()),
        "regions": ordered(places.regions().values(), lambda one: region(one.code)),
    }
    return render(request, "web/records.html", context)


@signed_in
@require_GET
def record(request: HttpRequest, actor: Actor, record_id: int) -> HttpResponse:
    """Show one record with its history."""
    row = one(records_of(actor).select_related("office", "submission"), record_id)
    views.note(row, actor, "record")
    values = list(row.values.order_by("pk"))
    context = {
        "actor": actor,
        "row": row,
        "is_at_desk": actor.may_review and desk_queue.may_take(row, actor),
        "authorities": [str(NAMES[code]) for code in authorities_of(row.ownership)],
        "decisions": _decisions(row),
        "fields": [(value, labels.reasons(value)) for value in values],
        "reasons": labels.notice_reasons(row),
        "history": shown.history(row),
        "next": getattr(row, "next", None),
        "seen": row.views.select_related("user").order_by("-pk")[:_VIEWS],
    }
    return render(request, "web/record.html", context)


def _decisions(row: Record) -> list[Decision]:
    """Return the decisions about a record, oldest first, each with who made it."""
    found = list(row.decisions.select_related("user", "token").order_by("pk"))
    for one_decision in found:
        one_decision.who = shown.who(one_decision)  # type: ignore[attr-defined] # for the screen
    return found


@signed_in
@require_GET
def pairs(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show papers that seem to have been scanned twice."""
    rows = pairs_of(actor).filter(same=None).select_related("earlier__office", "later__office")
    found = list(rows.order_by("-pk")[:100])
    both = [record for row in found for record in (row.earlier, row.later)]
    views.note_list(both, actor, "pairs")
    context = {"actor": actor, "rows": found}
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
def counts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show approved centres counted, as table and chart; ``?form=csv`` gives the table."""
    chosen = request.GET.getlist("group") or request.GET.get("by", "region,ownership").split(",")
    groups = [name for name in chosen if name]
    lines = counting.count(actor, groups)
    language = translation.get_language() or "ru"
    if request.GET.get("form") == "csv":
        table = counting.as_csv(lines, groups, language)
        return HttpResponse(table.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    context = {
        "by": ",".join(groups),
        "all": [(code, name, code in groups) for code, name in GROUPS.items()],
        "headings": [GROUPS[code] for code in groups],
        **_counted(lines, groups, language),
    }
    return render(request, "web/counts.html", context)


def _counted(lines: list[CountLine], groups: list[str], language: str) -> dict[str, object]:
    """Return the counts with places by name, their sum, and the largest of them as a chart."""
    rows = [
        ([_called(g, v, language) for g, v in zip(groups, line.values, strict=True)], line.count)
        for line in lines
    ]
    rows.sort(key=lambda row: [order_of(name) for name in row[0]])
    largest = sorted(rows, key=lambda row: -row[1])[:_BARS]
    bars = [charts.Row(" · ".join(n or "—" for n in names), [count]) for names, count in largest]
    chart = charts.stacked(_("Approved centres"), [_("centres")], bars)
    total = sum(count for _names, count in rows)
    return {"lines": rows, "total": total, "chart": chart}


def _called(group: str, value: str, language: str) -> str:
    if group in {"ownership", "level"} and value:
        return labels.option(value)
    return counting.named(group, value, language)


@signed_in
@require_GET
def export(request: HttpRequest, actor: Actor, form: str) -> StreamingHttpResponse:
    """Give out approved records."""
    require_reviewer(actor)
    if form not in TYPES:
        raise Refused(f"exports are {', '.join(TYPES)}; choose one of them")
    kind = exporting.Format(form)
    views.note_export(actor, form)
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
