"""How the addresses fare that are told of events, and what an operator may do about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from intake.registry import webhooks
from intake.registry.access import Actor, require_supervisor, webhooks_of
from intake.registry.models import Audit, Delivery, Webhook


@dataclass(frozen=True, slots=True)
class Fared:
    """One address: how many events wait or were given up, and the last that failed, if any."""

    hook: Webhook
    waiting: int
    given_up: int
    failed: Delivery | None

    @property
    def tries(self) -> str:
        """How often the failed event was tried, of how often it may be."""
        return f"{self.failed.attempts} / {settings.WEBHOOK_ATTEMPTS}" if self.failed else ""


def all_of(actor: Actor) -> Sequence[Fared]:
    """Return the addresses that the actor looks after, those with trouble first."""
    require_supervisor(actor)
    hooks = list(webhooks_of(actor).select_related("office").order_by("pk"))
    open_ones = Delivery.objects.filter(webhook__in=hooks, delivered_at=None)
    counts = {
        hook: (waiting, given_up)
        for hook, waiting, given_up in open_ones.order_by()
        .values_list("webhook")
        .annotate(
            waiting=Count("pk", filter=Q(given_up_at=None)),
            given_up=Count("pk", filter=Q(given_up_at__isnull=False)),
        )
    }
    told = [Fared(hook, *counts.get(hook.pk, (0, 0)), _last_failed(hook)) for hook in hooks]
    return sorted(told, key=lambda one: one.failed is None)


def failing() -> int:
    """Return how many addresses in use have events that failed and are not delivered."""
    failed = Delivery.objects.filter(delivered_at=None, webhook__active=True).exclude(last_error="")
    return failed.values("webhook").distinct().count()


def try_again(hook: Webhook, actor: Actor | None) -> int:
    """Send all that this address did not take once more, as if never tried; return how many."""
    with transaction.atomic():
        count = Delivery.objects.filter(webhook=hook, delivered_at=None).update(
            attempts=0, due_at=timezone.now(), given_up_at=None
        )
        _audit("webhook tried again", hook, actor, events=count)
        transaction.on_commit(webhooks.send_due)
    return count


def switch(hook: Webhook, actor: Actor | None, *, on: bool) -> None:
    """Stop telling an address, or go on; what happens while it is off is never told to it."""
    with transaction.atomic():
        hook.active = on
        hook.save(update_fields=["active"])
        _audit("webhook switched on" if on else "webhook switched off", hook, actor)
        if on:
            transaction.on_commit(webhooks.send_due)


def _last_failed(hook: Webhook) -> Delivery | None:
    failed = Delivery.objects.filter(webhook=hook, delivered_at=None).exclude(last_error="")
    return failed.order_by("-pk").first()


def _audit(what: str, hook: Webhook, actor: Actor | None, **about: int) -> None:
    Audit.objects.create(
        what=what,
        about={"webhook": hook.pk, "url": hook.url, **about},
        user=actor.user if actor else None,
    )
