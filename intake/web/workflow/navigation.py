"""What stands in the head of every screen: the places that a person's role has."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from intake.registry import inbox, second_keying
from intake.registry.access import Actor, actor_of_user
from intake.registry.models import Role, User


@dataclass(frozen=True, slots=True)
class Place:
    """One entry: its address, its words, whether one is there, how much waits there for one."""

    url: str
    words: str
    is_here: bool
    waiting: int = 0


def navigation(request: HttpRequest) -> dict[str, object]:
    """Return ``places`` for the person who is signed in; asked for only where it is shown."""
    return {"places": SimpleLazyObject(lambda: _places(request))}


def _places(request: HttpRequest) -> list[Place]:
    if not isinstance(request.user, User):
        return []
    actor = actor_of_user(request.user)
    return [
        Place(url, words, _is_here(request.path, url), waiting)
        for url, words, waiting in ((reverse(name), words, n) for name, words, n in _names(actor))
    ]


def _is_here(path: str, url: str) -> bool:
    return path == url or path.startswith(f"{url}/")


def _names(actor: Actor) -> list[tuple[str, str, int]]:
    if actor.role == Role.CLERK:
        return [
            ("submissions", _("Scans"), 0),
            ("inbox", _("Messages"), inbox.count(actor)),
            ("records", _("Records"), 0),
            ("counts", _("Counts"), 0),
        ]
    work = [
        ("desk", _("Desk"), 0),
        ("keying", _("Key again"), second_keying.count_to_key(actor)),
        ("differences", _("Differences"), second_keying.count_to_judge(actor)),
        ("records", _("Records"), 0),
        ("submissions", _("Scans"), 0),
        ("pairs", _("Pairs"), 0),
        ("counts", _("Counts"), 0),
    ]
    if actor.may_supervise:
        work += [
            ("overview", _("Overview"), 0),
            ("trust", _("Trust"), 0),
            ("report", _("Report"), 0),
            ("people", _("People"), 0),
        ]
    return work
