"""What the desk's screens call: JSON in, JSON or a problem out."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from intake.errors import IntakeError, Refused
from intake.registry import desk_finish, desk_notice, desk_queue, drafts, labels, leases, views
from intake.registry import rules as ruling
from intake.registry.access import Actor, actor_of_user, one, records_of
from intake.registry.desk_finish import Clashed
from intake.registry.errors import Conflict
from intake.registry.models import Record, User
from intake.registry.review import Settled, Wanted, settle
from intake.registry.review import take_back as taken_back
from intake.web.desk.screens import wishes_of
from intake.web.problems import problem, problem_of
from intake.web.sentences import translated

Rest = ParamSpec("Rest")
Call = Callable[Concatenate[HttpRequest, Actor, Rest], HttpResponseBase]
_MOST_CELLS = 100


class _Objected(Refused):
    """The rules say something of a cell that was not on its reviewer's screen."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__("the rules object to the value; look at what they say")
        self.texts = texts


def called(call: Call[Rest]) -> Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]:
    """Give a call the actor who asks; 401 for strangers, refusals as problems."""

    def wrapped(
        request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        if not isinstance(request.user, User) or _is_of_another(request, request.user):
            return problem(request, HTTPStatus.UNAUTHORIZED, "you are signed out; sign in again")
        try:
            return call(request, actor_of_user(request.user), *args, **kwargs)
        except Clashed as error:
            told = {"detail": translated(str(error)), **desk_finish.as_json(error)}
            return JsonResponse(told, status=HTTPStatus.CONFLICT)
        except IntakeError as error:
            return problem_of(request, error)

    return wrapped


def _is_of_another(request: HttpRequest, user: User) -> bool:
    """Whether the screen was opened by somebody else, before this person signed in here."""
    return request.headers.get("X-Person", str(user.pk)) != str(user.pk)


@require_GET
@called
def next_notice(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take the notice after the one named, so that it is there when it is wanted."""
    after = request.GET.get("after", "")
    key = int(after) if after.isdigit() and len(after) < 19 else None
    record = desk_queue.next_notice(actor, wishes_of(request), key)
    if record is None:
        return JsonResponse({"notice": None})
    views.note(record, actor, "desk ahead")
    return JsonResponse({"notice": desk_notice.notice(record, actor)})


@require_POST
@called
def opened(_request: HttpRequest, actor: Actor, record_id: int) -> HttpResponse:
    """Take note that a preloaded notice is looked at now, and return it as it is now."""
    with transaction.atomic():
        record = _in_hand(actor, record_id)
        views.note(record, actor, "desk")
    return JsonResponse({"notice": desk_notice.notice(record, actor)})


@require_POST
@called
def check(request: HttpRequest, actor: Actor, record_id: int) -> HttpResponse:
    """Return what the rules say of a typed value, and of all values together."""
    record, given = _found(actor, record_id), _object(request)
    field, typed, values = given.get("field"), given.get("typed"), given.get("values")
    if not isinstance(field, str) or not isinstance(values, dict):
        raise Refused("the call names no field or no values; correct it")
    held = {str(name): value for name, value in values.items() if isinstance(value, str)}
    answer: dict[str, Any] = {}
    if isinstance(typed, str):
        answer, value = _checked(record, field, typed[:1000])
        held = {**held, field: value} if value else _without(held, field)
    return JsonResponse({**answer, "findings": _new_findings(record, held)})


@require_POST
@called
def draft(request: HttpRequest, actor: Actor, record_id: int) -> HttpResponse:
    """Keep the answers so far, and the notice in this reviewer's hands."""
    with transaction.atomic():
        record = _in_hand(actor, record_id)
        drafts.save(record, desk_queue.reviewer(actor), drafts.work_of(_object(request)))
    return HttpResponse(status=204)


@require_POST
@called
def finish(request: HttpRequest, actor: Actor, record_id: int) -> HttpResponse:
    """Hand in the answers with a decision."""
    record, given = _found(actor, record_id), _object(request)
    decision, reason = str(given.get("decision", "")), str(given.get("reason", ""))
    work = drafts.work_of(given)
    if decision == "approve" and given.get("unchecked"):
        found = _new_findings(record, desk_finish.values_with(record, work))
        if found:
            return JsonResponse(_objected(found), status=HTTPStatus.CONFLICT)
    return JsonResponse(_told(record, desk_finish.finish(record, actor, work, decision, reason)))


@require_POST
@called
def release(_request: HttpRequest, actor: Actor, record_id: int) -> HttpResponse:
    """Give a notice back, as it is; the answers so far stay kept."""
    leases.release(_found(actor, record_id).pk, desk_queue.reviewer(actor))
    return HttpResponse(status=204)


@require_POST
@called
def take_back(_request: HttpRequest, actor: Actor, record_id: int) -> HttpResponse:
    """Take back the decision that this reviewer has just made, and the notice in hand again."""
    with transaction.atomic():
        record = taken_back(_found(actor, record_id), actor)
        record = _in_hand(actor, record.pk)
        views.note(record, actor, "desk")
    return JsonResponse({"notice": desk_notice.notice(record, actor)})


@require_POST
@called
def column(request: HttpRequest, actor: Actor, field: str) -> HttpResponse:
    """Confirm or correct one field of many notices; each cell has its own answer."""
    desk_queue.reviewer(actor)
    cells = _object(request).get("cells")
    if not isinstance(cells, list) or len(cells) > _MOST_CELLS:
        raise Refused(f"the call has no list of at most {_MOST_CELLS} cells; correct it")
    with transaction.atomic():
        told = [_settled(actor, field, cell) for cell in cells]
    return JsonResponse({"cells": told})


def _settled(actor: Actor, field: str, cell: object) -> dict[str, Any]:
    """Write one cell; what is wrong with it is its own answer, the others go on."""
    given = cell if isinstance(cell, dict) else {}
    key = given.get("record")
    try:
        with transaction.atomic():
            _settle(actor, field, given)
    except Conflict as error:
        told = {"record": key, "ok": False, "detail": translated(str(error))}
        return {**told, **_now(actor, key, field)}
    except _Objected as error:
        said = {"detail": " ".join(error.texts), "objections": error.texts}
        return {"record": key, "ok": False, **said}
    except IntakeError as error:
        return {"record": key, "ok": False, "detail": translated(str(error))}
    return {"record": key, "ok": True}


def _settle(actor: Actor, field: str, given: dict[str, Any]) -> None:
    key, version, user = given.get("record"), given.get("version"), desk_queue.reviewer(actor)
    record = _found(actor, key if isinstance(key, int) else 0)
    answer = drafts.answer_of(given)
    if not isinstance(version, int):
        raise Refused("the cell names no version; correct it")
    if not leases.take(record.pk, user):
        raise Conflict(f"{leases.holder(record) or 'somebody'} has this notice now; take another")
    unseen = _unseen(record, field, answer.value, given.get("seen"))
    if unseen:
        raise _Objected(unseen)
    state = "" if answer.state == drafts.READ else answer.state
    settle(record, [Wanted(field, answer.value, state=state)], version, actor)
    leases.release(record.pk, user)


def _unseen(record: Record, field: str, value: str | None, seen: object) -> list[str]:
    """Return what the rules say of a value beside the others of its notice, less what was seen.

    Of the column's own field everything that is not on the screen, of others what is new.
    """
    held = {one.name: one.value for one in record.values.all() if one.value is not None}
    after = {**_without(held, field), field: value} if value else _without(held, field)
    before = ruling.cross(record, held)
    texts = [
        text if found.field == field else f"{labels.label(found.field)}: {text}"
        for found in ruling.cross(record, after)
        if found.flag is not None and (found.field == field or found not in before)
        for text in labels.explained([found.note])
    ]
    known = {one for one in seen if isinstance(one, str)} if isinstance(seen, list) else set()
    return [text for text in dict.fromkeys(texts) if text not in known]


def _now(actor: Actor, key: object, field: str) -> dict[str, Any]:
    record = _found(actor, key if isinstance(key, int) else 0)
    value = record.values.filter(name=field).first()
    theirs = desk_notice.shown(ruling.rule_of(record, field), value.value) if value else ""
    return {"theirs": theirs, "version": record.version}


def _checked(record: Record, field: str, typed: str) -> tuple[dict[str, Any], str | None]:
    rule = ruling.rule_of(record, field)
    checked = ruling.check(record, field, typed)
    notes = labels.explained(checked.notes)
    answer = {
        "value": checked.value,
        "shown": desk_notice.shown(rule, checked.value),
        "refusal": (notes or [translated(checked.refusal)])[0] if checked.refusal else "",
        "notes": notes,
        "others": [
            {"value": one, "shown": desk_notice.shown(rule, one),
             "origin": labels.origin("reference")}
            for one in checked.others
        ],
    }  # fmt: skip
    return answer, checked.value


def _new_findings(record: Record, values: dict[str, str]) -> dict[str, list[str]]:
    """Return what the checks find beyond what they found when the notice was read, by field."""
    before = ruling.cross(record, {value.name: value.value for value in record.values.all()})
    found: dict[str, list[str]] = {}
    for finding in ruling.cross(record, values):
        if finding.flag is not None and finding not in before:
            found.setdefault(finding.field, []).extend(labels.explained([finding.note]))
    return found


def _objected(found: dict[str, list[str]]) -> dict[str, Any]:
    """Return what the rules say of answers that the screen could not ask them about."""
    why = _("The rules object to what was answered. Look at the marked fields.")
    return {"detail": why, "objections": found}


def _without(values: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in values.items() if key != name}


def _told(record: Record, settled: Settled) -> dict[str, Any]:
    feedback = [
        {
            "field": labels.label(one.field),
            "shown": _said(record, one.field, one.shown),
            "really": _said(record, one.field, one.really),
            "caught": one.caught,
        }
        for one in settled.feedback
    ]
    return {"outcome": settled.outcome, "feedback": feedback}


def _said(record: Record, field: str, value: str) -> str:
    return desk_notice.shown(ruling.rule_of(record, field), value)


def _found(actor: Actor, record_id: int) -> Record:
    rows = records_of(actor).select_related("office", "submission__original")
    record = one(rows, record_id)
    desk_queue.reviewer(actor)
    return record


def _in_hand(actor: Actor, record_id: int) -> Record:
    """Return a record with the lease on it renewed; Conflict where it is somebody else's."""
    record = _found(actor, record_id)
    if not desk_queue.may_take(record, actor):
        raise Conflict("the notice was decided or waits for somebody else by now; take another")
    if not leases.take(record.pk, desk_queue.reviewer(actor)):
        raise Conflict(f"{leases.holder(record) or 'somebody'} has this notice now; take another")
    return record


def _object(request: HttpRequest) -> dict[str, Any]:
    try:
        given = json.loads(request.body)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise Refused("the call is no JSON; correct it") from error
    if not isinstance(given, dict):
        raise Refused("the call is no JSON object; correct it")
    return given
