"""The keys of the desk: a page to see and change them, and what the other screens show of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intake.errors import Refused
from intake.registry import desk_queue, keymap
from intake.registry.access import Actor
from intake.registry.models import User
from intake.web.actors import signed_in
from intake.web.sentences import translated


@require_http_methods(["GET", "POST"])
@signed_in
def keys(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the keys of this person, and change one or take all back."""
    user, refused = desk_queue.reviewer(actor), ""
    command = request.POST.get("command", "")
    if request.method == "POST":
        try:
            _change(user, command, request.POST.get("key", ""))
        except Refused as error:
            refused = str(error)
        else:
            return redirect(f"{request.path}?changed={command}" if command else request.path)
    held, words = keymap.keys_of(user), commands()
    context = {
        "rows": [(one, words[one], held[one], keymap.DELIVERED[one]) for one in held],
        "refused": _refusal(refused),
        "at": command,
        "changed": words.get(request.GET.get("changed", "")),
        "is_delivered": not user.desk_keys,
    }
    return render(request, "desk/keys.html", context, status=422 if refused else 200)


def commands() -> dict[str, str]:
    """Return what each command does, in words."""
    return {
        "edit": _("change the value"),
        "blank": _("blank on the paper"),
        "missing": _("not on the page"),
        "unreadable": _("not readable"),
        "illegible": _("not legible to me"),
        "undo": _("undo"),
        "approve": _("approve"),
        "reject": _("reject with a reason"),
        "send-back": _("send back to the office"),
        "hand-over": _("hand over to a senior"),
        "skip": _("skip: take the next notice"),
        "rotate": _("rotate"),
        "fit": _("whole page"),
        "page": _("the next page"),
    }


def shown(user: User) -> dict[str, Any]:
    """Return a person's keys for a screen: ``keys`` for its script, ``key`` for its template."""
    held = keymap.keys_of(user)
    named = {command.replace("-", "_"): key for command, key in held.items()}
    return {"keys": held, "key": named}


def _change(user: User, command: str, key: str) -> None:
    if command:
        keymap.change(user, command, key)
    else:
        keymap.restore(user)


def _refusal(message: str) -> str:
    """Return why a key was refused, the command that has it in words."""
    for command, words in commands().items():
        message = message.replace(f"({command})", f"({words})")
    return translated(message) if message else ""
