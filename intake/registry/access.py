"""Who may see and do what: the only place that decides it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet

from intake.registry.errors import Forbidden, NotFound
from intake.registry.models import (
    Assignment,
    Batch,
    CentreCount,
    Office,
    Pair,
    Record,
    Role,
    Submission,
    Token,
    User,
    Webhook,
)

Row = TypeVar("Row", bound=Model)
_REVIEWERS = frozenset({Role.REVIEWER, Role.SUPERVISOR, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or program that asks, and whose offices' rows it may see.

    ``offices`` is None for an administrator and for a service: they see all.
    """

    name: str
    role: str
    offices: frozenset[int] | None
    user: User | None = None
    token: Token | None = None

    @property
    def may_review(self) -> bool:
        """Whether corrections and decisions are this actor's work."""
        return self.role in _REVIEWERS

    @property
    def may_supervise(self) -> bool:
        """Whether reports and trying again are this actor's work."""
        return self.role in {Role.SUPERVISOR, Role.ADMINISTRATOR}


def actor_of_user(user: User) -> Actor:
    """Return the actor that a signed-in person is."""
    return Actor(user.get_full_name() or user.username, user.role, _offices(user), user=user)


def actor_of_token(token: Token) -> Actor:
    """Return the actor that a program with this token is."""
    offices = None if token.office_id is None else frozenset({token.office_id})
    return Actor(token.name, token.role, offices, token=token)


def _offices(user: User) -> frozenset[int] | None:
    if user.role == Role.ADMINISTRATOR:
        return None
    if user.role == Role.CLERK:
        return frozenset({user.office_id} if user.office_id else ())
    regions = Assignment.objects.filter(user=user).values("region")
    return frozenset(Office.objects.filter(region__in=regions).values_list("pk", flat=True))


def offices_of(actor: Actor) -> QuerySet[Office]:
    """Return the offices whose work the actor may see."""
    every = Office.objects.order_by("code")
    return every if actor.offices is None else every.filter(pk__in=actor.offices)


def submissions_of(actor: Actor) -> QuerySet[Submission]:
    """Return the submissions that the actor may see."""
    return _own(Submission.objects.all(), actor)


def records_of(actor: Actor) -> QuerySet[Record]:
    """Return the records that the actor may see."""
    return _own(Record.objects.all(), actor)


def counts_of(actor: Actor) -> QuerySet[CentreCount]:
    """Return the sums of approved records that the actor may see."""
    return _own(CentreCount.objects.all(), actor)


def batches_of(actor: Actor) -> QuerySet[Batch]:
    """Return the batches that the actor may see."""
    return _own(Batch.objects.all(), actor)


def webhooks_of(actor: Actor) -> QuerySet[Webhook]:
    """Return the webhooks that the actor may see."""
    return _own(Webhook.objects.all(), actor)


def about_records_of(rows: QuerySet[Row], actor: Actor) -> QuerySet[Row]:
    """Keep the rows (decisions, checks, efforts) that are about records the actor may see."""
    return rows if actor.offices is None else rows.filter(record__office__in=actor.offices)


def pairs_of(actor: Actor) -> QuerySet[Pair]:
    """Return the pairs of which the actor may see both papers."""
    if actor.offices is None:
        return Pair.objects.all()
    return Pair.objects.filter(earlier__office__in=actor.offices, later__office__in=actor.offices)


def one(rows: QuerySet[Row], key: int) -> Row:
    """Return the row with this key; NotFound for no such row and for a stranger's alike."""
    found = rows.filter(pk=key).first() if 0 < key < 2**63 else None
    if found is None:
        raise NotFound(f"there is no {rows.model.__name__.lower()} {key}; check the number")
    return found


def require_reviewer(actor: Actor) -> None:
    """Raise Forbidden unless corrections and decisions are this actor's work."""
    if not actor.may_review:
        raise Forbidden("a clerk cannot change records; ask a reviewer")


def require_supervisor(actor: Actor) -> None:
    """Raise Forbidden unless reports and trying again are this actor's work."""
    if not actor.may_supervise:
        raise Forbidden("this is a supervisor's work; ask one")


def _own(rows: QuerySet[Row], actor: Actor) -> QuerySet[Row]:
    return rows if actor.offices is None else rows.filter(office__in=actor.offices)
