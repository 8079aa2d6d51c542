"""Screens for second and third eyes: a crop and an empty field, a crop and two values."""

from __future__ import annotations

from difflib import SequenceMatcher

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from intake.errors import Refused
from intake.registry import forms, pictures, second_keying, views
from intake.registry.access import Actor, one
from intake.registry.errors import Conflict, Forbidden, NotFound
from intake.registry.models import Check
from intake.registry.policy import lot
from intake.registry.values import options
from intake.web.actors import signed_in
from intake.web.sentences import translated
from intake.web.templatetags.intake_words import shown

_MOST = 500


@require_GET
@signed_in
def keying(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Lead to the next value that this person may key blind."""
    return _next(request, second_keying.to_key(actor), "key")


@require_GET
@signed_in
def differences(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Lead to the next difference that this person may settle."""
    return _next(request, second_keying.to_judge(actor), "judge")


@require_http_methods(["GET", "POST"])
@signed_in
def key(request: HttpRequest, actor: Actor, check_id: int) -> HttpResponse:
    """Show a crop and nothing else, and take what is read there."""
    waiting = second_keying.to_key(actor)
    if request.method == "GET":
        return _shown(request, actor, _found(waiting, check_id), "workflow/key.html")
    check = _found(waiting, check_id)
    try:
        second_keying.key(check, _given(request), actor)
    except (Conflict, Forbidden):
        raise
    except Refused as error:
        return _shown(request, actor, check, "workflow/key.html", str(error))
    return redirect(f"{reverse('keying')}?after={check.pk}")


@require_http_methods(["GET", "POST"])
@signed_in
def judge(request: HttpRequest, actor: Actor, check_id: int) -> HttpResponse:
    """Show a crop and what two people read there, and take what a third says."""
    check = _found(second_keying.to_judge(actor), check_id)
    if request.method == "GET":
        return _shown(request, actor, check, "workflow/judge.html")
    chosen = request.POST.get("chosen", "")
    value = chosen[1:] if chosen[:1] == "=" else _given(request)
    try:
        second_keying.judge(check, value, actor)
    except (Conflict, Forbidden):
        raise
    except Refused as error:
        return _shown(request, actor, check, "workflow/judge.html", str(error))
    return redirect(f"{reverse('differences')}?after={check.pk}")


@require_GET
@signed_in
def crop(_request: HttpRequest, actor: Actor, check_id: int) -> HttpResponse:
    """Return the place of a value that this person may key or settle, as JPEG."""
    found = second_keying.to_key(actor).filter(pk=check_id) | second_keying.to_judge(actor).filter(
        pk=check_id
    )
    check = _found(found, check_id)
    if check.page is None or check.box is None:
        raise NotFound("the value has no place on the scan; look at the page")
    picture = pictures.crop(check.record, check.page, check.box)
    answer = HttpResponse(picture, content_type="image/jpeg")
    answer.headers["Cache-Control"] = "private, max-age=600"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _next(request: HttpRequest, waiting: QuerySet[Check], name: str) -> HttpResponse:
    keys = list(waiting.values_list("pk", flat=True)[:_MOST])
    if not keys:
        return render(request, "workflow/nothing.html", {"name": name})
    after = request.GET.get("after", "")
    # What was skipped still waits: the one behind it comes, at the end the first again.
    skipped = keys.index(int(after)) + 1 if after.isdigit() and int(after) in keys else 0
    return redirect(name, check_id=keys[skipped % len(keys)])


def _found(waiting: QuerySet[Check], check_id: int) -> Check:
    return one(waiting, check_id)


def _given(request: HttpRequest) -> str | None:
    if request.POST.get("blank"):
        return None
    return request.POST.get("value", "")[:1000]


def _shown(
    request: HttpRequest, actor: Actor, check: Check, template: str, refused: str = ""
) -> HttpResponse:
    if not refused:
        views.note(check.record, actor, "keying")
    kind = forms.kinds(check.record.template).get(check.field, "")
    context = {
        "check": check,
        "kind": kind,
        "options": options(check.field),
        "refused": translated(refused),
        "typed": request.POST.get("value", ""),
        "left": second_keying.to_key(actor).count(),
        "readings": _readings(check),
    }
    return render(request, template, context, status=422 if refused else 200)


def _readings(check: Check) -> list[tuple[str, list[tuple[str, bool]]]]:
    """Return the two values in an order that does not tell whose is whose.

    Each with its text in parts, and of each part whether the other differs there.
    """
    pair = [check.value, check.keyed_value]
    pair = pair if lot("order", check.pk) < 0.5 else pair[::-1]
    first, second = (shown(one, check.field) for one in pair)
    parts = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    texts = (
        [(first[start:end], kind != "equal") for kind, start, end, _from, _to in parts],
        [(second[start:end], kind != "equal") for kind, _from, _to, start, end in parts],
    )
    return [(one or "", text) for one, text in zip(pair, texts, strict=True)]
