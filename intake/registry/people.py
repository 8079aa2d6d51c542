"""Who may look after which people and keys: supervisors their own, administrators all.

Every change is a row of the audit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from intake.errors import Refused
from intake.registry import accounts, places
from intake.registry.access import Actor, offices_of, require_supervisor
from intake.registry.errors import Forbidden
from intake.registry.models import Assignment, Audit, Office, Role, Token, User

_SUPERVISED = (Role.CLERK, Role.REVIEWER)


@dataclass(frozen=True, slots=True)
class Post:
    """What a person is to be: a role, a clerk's office, the regions of everybody else."""

    role: str
    office: Office | None = None
    regions: Sequence[str] = ()


def roles_of(actor: Actor) -> list[str]:
    """Return the roles that the actor may give."""
    require_supervisor(actor)
    return list(Role.values) if actor.role == Role.ADMINISTRATOR else list(map(str, _SUPERVISED))


def regions_of(actor: Actor) -> list[str]:
    """Return the regions that the actor may give."""
    if actor.role == Role.ADMINISTRATOR:
        return list(places.regions())
    mine = Assignment.objects.filter(user=actor.user).values_list("region", flat=True)
    return sorted(mine)


def people_of(actor: Actor) -> QuerySet[User]:
    """Return the people that the actor looks after."""
    require_supervisor(actor)
    every = User.objects.select_related("office").prefetch_related("assignments")
    if actor.role == Role.ADMINISTRATOR:
        return every
    elsewhere = Assignment.objects.exclude(region__in=regions_of(actor)).values("user")
    clerks = every.filter(role=Role.CLERK, office__in=offices_of(actor))
    reviewers = every.filter(role=Role.REVIEWER, assignments__region__in=regions_of(actor)).exclude(
        pk__in=elsewhere
    )
    return (clerks | reviewers).distinct()


def tokens_of(actor: Actor) -> QuerySet[Token]:
    """Return the keys of programs that the actor looks after."""
    require_supervisor(actor)
    every = Token.objects.select_related("office").order_by("-pk")
    return every if actor.role == Role.ADMINISTRATOR else every.filter(office__in=offices_of(actor))


def add(actor: Actor, username: str, password: str, post: Post) -> User:
    """Add a person; Refused for a weak password or a name in use, Forbidden beyond one's own."""
    _may_give(actor, post)
    if not username.strip():
        raise Refused("a person needs a name to sign in with; give one")
    with transaction.atomic():
        user = accounts.add_person(
            username.strip(), password, post.role, office=post.office, regions=tuple(post.regions)
        )
        _audit(actor, "person added", user)
    return user


def change(actor: Actor, user: User, post: Post, *, is_active: bool) -> User:
    """Give a person another post, or end or renew the account."""
    _may_give(actor, post)
    if actor.user == user and not is_active:
        raise Refused("nobody ends the own account; ask another administrator")
    if (post.role == Role.CLERK) != (post.office is not None):
        raise Refused("a clerk needs an office, others known regions; correct the call")
    with transaction.atomic():
        user.role, user.office, user.is_active = post.role, post.office, is_active
        user.save(update_fields=["role", "office", "is_active"])
        Assignment.objects.filter(user=user).exclude(region__in=post.regions).delete()
        Assignment.objects.bulk_create(
            (Assignment(user=user, region=region) for region in post.regions),
            ignore_conflicts=True,
        )
        _audit(actor, "person changed", user)
    return user


def reset_password(actor: Actor, user: User, password: str) -> None:
    """Give a person a new password, which ends the sessions of the old one."""
    require_supervisor(actor)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused(
            f"the password is weak ({' '.join(error.messages)}); choose another"
        ) from error
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        _audit(actor, "password reset", user)


def issue(actor: Actor, name: str, office: Office, role: str) -> tuple[Token, str]:
    """Issue a key for an office's program; returned this once."""
    if role not in _SUPERVISED:
        raise Refused("a program is a clerk or a reviewer; choose one")
    if not name.strip():
        raise Refused("a key needs a name; say which program it is for")
    _may_give(actor, Post(Role.CLERK, office))
    return accounts.issue_token(name.strip()[:100], office=office, days=365, role=role)


def _may_give(actor: Actor, post: Post) -> None:
    if post.role not in roles_of(actor):
        raise Forbidden("this role is an administrator's to give; ask one")
    if post.office and not offices_of(actor).filter(pk=post.office.pk).exists():
        raise Forbidden("this office is not yours; ask an administrator")
    if set(post.regions) - set(regions_of(actor)):
        raise Forbidden("these regions are not yours; ask an administrator")


def _audit(actor: Actor, what: str, user: User) -> None:
    Audit.objects.create(
        what=what, user=actor.user,
        about={"person": user.username, "role": user.role, "active": user.is_active},
    )  # fmt: skip
