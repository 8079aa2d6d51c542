"""Screens about submissions: the list, the upload, one submission."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from intake.errors import IntakeError
from intake.registry import shown
from intake.registry import submissions as taking
from intake.registry.access import (
    Actor,
    offices_of,
    one,
    records_of,
    require_supervisor,
    submissions_of,
)
from intake.registry.errors import WrongKind
from intake.registry.models import Submission
from intake.registry.storage import original_name, store
from intake.web.actors import signed_in
from intake.web.problems import problem_of
from intake.web.uploads import received

_PAGE = 50
_TYPES = {
    "pdf": "application/pdf", "tiff": "image/tiff", "jpeg": "image/jpeg", "png": "image/png",
    "webp": "image/webp", "bmp": "image/bmp", "heic": "image/heic",
}  # fmt: skip


@signed_in
@require_GET
def home(_request: HttpRequest, actor: Actor) -> HttpResponse:
    """Lead a clerk to the submissions, everybody else to the records that wait."""
    return redirect("records" if actor.may_review else "submissions")


@signed_in
@require_GET
def submissions(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the newest submissions, and the place to drop scans."""
    rows = submissions_of(actor).select_related("office", "original", "duplicate_of")
    before = request.GET.get("before", "")
    if before.isdigit():
        rows = rows.filter(pk__lt=int(before[:18]))
    if request.GET.get("status") == "failed":
        rows = rows.filter(status="failed")
    found = list(rows.order_by("-pk")[: _PAGE + 1])
    context = {
        "actor": actor,
        "rows": found[:_PAGE],
        "next": found[_PAGE - 1].pk if len(found) > _PAGE else None,
        "offices": list(offices_of(actor)),
    }
    return render(request, "web/submissions.html", context)


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
        return JsonResponse(shown.submission(row, actor))
    records = records_of(actor).filter(submission=row.first).order_by("pk")
    context = {"actor": actor, "row": row, "first": row.first, "records": records}
    return render(request, "web/submission.html", context)


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
    folder = Path(tempfile.mkdtemp())
    path = store().fetch(original_name(row.original.sha256), folder)
    answer = FileResponse(
        _read(path, folder), content_type=_TYPES.get(row.original.kind, "application/octet-stream")
    )
    answer.headers["Content-Length"] = str(path.stat().st_size)
    answer.headers["Content-Disposition"] = f'inline; filename="{row.receipt}.{row.original.kind}"'
    # A scan is never a page of ours: nothing in it may run here.
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _read(path: Path, folder: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(1 << 16):
                yield chunk
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _found(actor: Actor, submission_id: int) -> Submission:
    rows = submissions_of(actor).select_related("office", "original", "duplicate_of__original")
    return one(rows, submission_id)
