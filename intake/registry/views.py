"""Who saw which record, and on which screen."""

from __future__ import annotations

from intake.registry.access import Actor
from intake.registry.models import Record, View


def note(record: Record, actor: Actor, screen: str) -> None:
    """Keep that the actor saw a record, or its scan, on a screen."""
    View.objects.create(
        record=record,
        user=actor.user,
        token_name=actor.token.name if actor.token else "",
        screen=screen[:20],
    )
