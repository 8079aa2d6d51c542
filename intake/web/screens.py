"""Screens about submissions: the list, the upload, one submission."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from intake.errors import IntakeError
from intake.registry import shown, views
from intake.registry import submissions as taking
from intake.registry.access import (
    Actor,
    offices_of,
    one,
    records_of,
    require_supervisor,
    submissions_of,
)
from intake.registry.alphabet import ordered
from intake.registry.errors import NotFound, WrongKind
from intake.registry.models import Record, RecordStatus, Station, Status, Submission
from intake.registry.storage import original_name, store
from intake.web.actors import signed_in
from intake.web.problems import problem_of
from intake.web.sentences import translated
from intake.web.uploads import received

_PAGE = 50
_SHOWN = {"jpeg", "png", "webp", "bmp"}
_TYPES = {
    "pdf": "application/pdf", "tiff": "image/tiff", "jpeg": "image/jpeg", "png": "image/png",
    "webp": "image/webp", "bmp": "image/bmp", "heic": "image/heic",
}  # fmt: skip


@signed_in
@require_GET
def home(_request: HttpRequest, actor: Actor) -> HttpResponse:
    """Lead a clerk to the scans, a reviewer to the desk, a supervisor to the overview."""
    if actor.may_supervise:
        return redirect("overview")
    return redirect("desk" if actor.may_review else "submissions")


@signed_in
@require_GET
def submissions(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the newest submissions, and the place to drop scans."""
    rows = submissions_of(actor).select_related("office", "original", "duplicate_of__office")
    chosen = request.GET.get("status", "")
    before = request.GET.get("before", "")
    if before.isdigit():
        rows = rows.filter(pk__lt=int(before[:18]))
    if chosen in Status.values:
        rows = rows.filter(status=chosen)
    found = list(rows.order_by("-pk")[: _PAGE + 1])
    _with_records(found[:_PAGE], actor)
    context = {
        "actor": actor,
        "rows": found[:_PAGE],
        "next": found[_PAGE - 1].pk if len(found) > _PAGE else None,
        "offices": ordered(offices_of(actor), lambda office: office.name),
        "tabs": [("", _("all"), 0), *((code, name, 0) for code, name in Status.choices)],
        "chosen": chosen,
    }
    return render(request, "web/submissions.html", context)


def _with_records(rows: list[Submission], actor: Actor) -> None:
    """Put to each submission the records that came of it, as ``found``."""
    firsts = {row.duplicate_of_id or row.pk for row in rows}
    by_first: dict[int, list[Record]] = {key: [] for key in firsts}
    for record in records_of(actor).filter(submission__in=firsts, next=None).order_by("pk"):
        by_first[record.submission_id].append(record)
    for row in rows:
        row.found = by_first[row.duplicate_of_id or row.pk]  # type: ignore[attr-defined]


@require_POST
@signed_in
def upload(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take in one file of the browser; answers JSON, refusals as problems."""
    try:
        office = taking.office_of(actor, request.POST.get("office", ""))
        file = request.FILES.get("file")
        if file is None:
            raise WrongKind("no file came with the upload; choose one")
        row = received(file, office, actor, request.POST.get("reference", ""))
    except IntakeError as error:
        return problem_of(request, error)
    return JsonResponse(shown.submission(row, actor), status=202)


@signed_in
@require_GET
def submission(request: HttpRequest, actor: Actor, submission_id: int) -> HttpResponse:
    """Show how far a submission is, why it failed, and what came of it."""
    row = _found(actor, submission_id)
    if request.headers.get("Accept") == "application/json":
        told = shown.submission(row, actor)
        return JsonResponse({**told, "reason": translated(told["reason"] or "")})
    records = list(records_of(actor).filter(submission=row.first, next=None).order_by("pk"))
    views.note_list(records, actor, "submission", row.receipt)
    for record in records:
        record.said = _last_word(record)  # type: ignore[attr-defined] # for the screen
    context = {
        "actor": actor,
        "row": row,
        "first": row.first,
        "records": records,
        "doubts": _doubts(row.first) if not records else [],
        "may_see_first": submissions_of(actor).filter(pk=row.first.pk).exists(),
    }
    return render(request, "web/submission.html", context)


def _doubts(row: Submission) -> list[tuple[int, str]]:
    """Return what is to be looked at on pages by the latest reading."""
    last = row.readings.order_by("-number").first()
    return [(page, note) for page, note in last.doubtful_pages] if last else []


def _last_word(record: Record) -> str:
    """Return why a record was rejected or sent back, empty for any other."""
    if record.status != RecordStatus.REJECTED and record.station != Station.OFFICE:
        return ""
    last = record.decisions.order_by("-pk").first()
    return last.reason if last else ""


@require_POST
@signed_in
def read_again(request: HttpRequest, actor: Actor, submission_id: int) -> HttpResponse:
    """Have a failed or an old reading done again."""
    row = _found(actor, submission_id)
    if row.first.status != "failed":
        require_supervisor(actor)
    taking.read_again(row.first, actor, request.POST.get("reason", ""))
    return redirect("submission", submission_id=row.pk)


@signed_in
@require_GET
def original(_request: HttpRequest, actor: Actor, submission_id: int) -> FileResponse:
    """Give back the bytes as they came."""
    row = _found(actor, submission_id)
    if row.original.purged_at:
        raise NotFound("the scan was purged; only the decision is kept")
    for record in records_of(actor).filter(submission=row.first):
        views.note(record, actor, "original")
    with tempfile.TemporaryDirectory(prefix="intake-") as folder:  # open, it needs no name
        stream = store().fetch(original_name(row.original.sha256), Path(folder)).open("rb")
    kind = _TYPES.get(row.original.kind, "application/octet-stream")
    answer = FileResponse(stream, content_type=kind)
    # Within a sandbox browsers show pictures, but no PDF: that one is for the disk.
    how = "inline" if row.original.kind in _SHOWN else "attachment"
    answer.headers["Content-Disposition"] = f'{how}; filename="{row.receipt}.{row.original.kind}"'
    # A scan is never a page of ours: nothing in it may run here.
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _found(actor: Actor, submission_id: int) -> Submission:
    rows = submissions_of(actor).select_related("office", "original", "duplicate_of__original")
    return one(rows, submission_id)
