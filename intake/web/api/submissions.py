"""Calls about submissions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from intake.registry import shown, submissions
from intake.registry.access import one, submissions_of
from intake.web.api.shapes import PROBLEMS, Received, SubmissionOut, caller
from intake.web.uploads import received

router = Router(tags=["submissions"])


@router.post("/submissions", response={202: Received, **PROBLEMS})
def submit(
    request: HttpRequest,
    file: File[UploadedFile],
    reference: Form[str] = "",
    office: Form[str] = "",
) -> Status[dict[str, Any]]:
    """Take in one scan; the original is durably stored before the answer.

    `office` is needed only by callers who may submit for several. The same
    bytes again are linked to the first submission and not read twice.
    """
    actor = caller(request)
    place = submissions.office_of(actor, office)
    row = received(file, place, actor, reference)
    return Status(202, shown.submission(row, actor))


@router.get("/submissions/{submission_id}", response={200: SubmissionOut, **PROBLEMS})
def get_submission(request: HttpRequest, submission_id: int) -> dict[str, Any]:
    """Return how far a submission is, and the records that came of it."""
    actor = caller(request)
    rows = submissions_of(actor).select_related("office", "original", "duplicate_of__office")
    return shown.submission(one(rows, submission_id), actor)
