"""The office's own screens: what was sent back, and the answer to it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from intake.registry import inbox as waiting
from intake.registry import review
from intake.registry.access import Actor, one, records_of
from intake.web.actors import signed_in


@require_GET
@signed_in
def inbox(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what reviewers sent back, with their messages."""
    return render(request, "workflow/inbox.html", {"rows": waiting.messages(actor)})


@require_POST
@signed_in
def answer(request: HttpRequest, actor: Actor, record_id: int) -> HttpResponse:
    """Take the office's answer; the record goes back to the desk."""
    record = one(records_of(actor), record_id)
    version = request.POST.get("version", "")
    review.answer(
        record,
        int(version[:9]) if version.isdigit() else 0,
        actor,
        request.POST.get("message", "")[:500],
    )
    return redirect("inbox")


@require_POST
@signed_in
def reopen(request: HttpRequest, actor: Actor, record_id: int) -> HttpResponse:
    """Open a decided record again, with a reason."""
    record = one(records_of(actor), record_id)
    edition = review.reopen(record, record.version, actor, request.POST.get("reason", "")[:500])
    return redirect("record", record_id=edition.pk)
