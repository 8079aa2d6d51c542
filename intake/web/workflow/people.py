"""People, offices and keys, for whoever looks after them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intake.errors import Refused
from intake.registry import accounts, places
from intake.registry import people as looking_after
from intake.registry.access import Actor, offices_of, one
from intake.registry.alphabet import ordered
from intake.registry.errors import Forbidden
from intake.registry.models import Office, Role, User
from intake.registry.people import Post
from intake.web.actors import signed_in
from intake.web.templatetags.intake_words import district, region


@require_GET
@signed_in
def people(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the people, offices and keys that this person looks after."""
    return _shown(request, actor)


@require_POST
@signed_in
def add(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Add a person."""
    try:
        looking_after.add(
            actor,
            request.POST.get("username", ""),
            request.POST.get("password", ""),
            _post(request, actor),
        )
    except Refused as error:
        return _shown(request, actor, refused=str(error))
    return redirect("people")


@require_http_methods(["GET", "POST"])
@signed_in
def person(request: HttpRequest, actor: Actor, user_id: int) -> HttpResponse:
    """Show one person, or give another post or password."""
    user = one(looking_after.people_of(actor), user_id)
    refused = ""
    if request.method == "POST":
        try:
            _change(request, actor, user)
            return redirect("people")
        except Forbidden:
            raise
        except Refused as error:
            refused = str(error)
    context = {**_choices(actor), "person": user, "refused": refused,
               "own": [one.region for one in user.assignments.all()]}  # fmt: skip
    return render(request, "workflow/person.html", context, status=422 if refused else 200)


@require_POST
@signed_in
def add_office(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Add an office, which is an administrator's work."""
    if actor.role != Role.ADMINISTRATOR:
        raise Forbidden("offices are an administrator's to add; ask one")
    try:
        accounts.add_office(
            request.POST.get("code", "").strip(),
            request.POST.get("name", "").strip()[:200],
            request.POST.get("region", ""),
            request.POST.get("district", ""),
        )
    except Refused as error:
        return _shown(request, actor, refused=str(error))
    return redirect("people")


@require_POST
@signed_in
def rename_office(request: HttpRequest, actor: Actor, office_id: int) -> HttpResponse:
    """Give an office another name, which is an administrator's work."""
    if actor.role != Role.ADMINISTRATOR:
        raise Forbidden("offices are an administrator's to add; ask one")
    office = one(offices_of(actor), office_id)
    try:
        accounts.rename_office(office.code, request.POST.get("name", ""), actor)
    except Refused as error:
        return _shown(request, actor, refused=str(error))
    return redirect("people")


@require_POST
@signed_in
def issue(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Issue a key and show it, this once."""
    office = one(offices_of(actor), _number(request.POST.get("office", "")))
    try:
        _, key = looking_after.issue(
            actor, request.POST.get("name", ""), office, request.POST.get("role", "")
        )
    except Refused as error:
        return _shown(request, actor, refused=str(error))
    return _shown(request, actor, key=key)


@require_POST
@signed_in
def revoke(_request: HttpRequest, actor: Actor, token_id: int) -> HttpResponse:
    """End a key."""
    accounts.revoke_token(one(looking_after.tokens_of(actor), token_id).prefix)
    return redirect("people")


def _change(request: HttpRequest, actor: Actor, user: User) -> None:
    if request.POST.get("password"):
        looking_after.reset_password(actor, user, request.POST["password"])
    else:
        is_active = request.POST.get("active") == "yes"
        looking_after.change(actor, user, _post(request, actor), is_active=is_active)


def _post(request: HttpRequest, actor: Actor) -> Post:
    role = request.POST.get("role", "")
    office: Office | None = None
    if role == Role.CLERK and request.POST.get("office"):
        office = one(offices_of(actor), _number(request.POST["office"]))
    regions = [] if role == Role.CLERK else request.POST.getlist("regions")
    return Post(role, office, regions)


def _number(text: str) -> int:
    return int(text[:18]) if text.isdigit() else 0


def _shown(request: HttpRequest, actor: Actor, *, refused: str = "", key: str = "") -> HttpResponse:
    context = {
        **_choices(actor),
        "people": ordered(looking_after.people_of(actor), _name),
        "tokens": looking_after.tokens_of(actor)[:200],
        "refused": refused,
        "key": key,
        "is_administrator": actor.role == Role.ADMINISTRATOR,
        "typed": request.POST,
    }
    answer = render(request, "workflow/people.html", context, status=422 if refused else 200)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _choices(actor: Actor) -> dict[str, object]:
    given, regions = looking_after.roles_of(actor), looking_after.regions_of(actor)
    return {
        "roles": [(code, name) for code, name in Role.choices if code in given],
        "offices": ordered(offices_of(actor), lambda office: office.name),
        "regions": ordered((places.regions()[code] for code in regions), lambda p: region(p.code)),
        "districts": ordered(
            (d for d in places.districts().values() if d.region in regions),
            lambda place: district(place.code),
        ),
    }


def _name(user: User) -> str:
    return user.get_full_name() or user.username
