"""What a decision cost the person who made it."""

from __future__ import annotations

from intake.registry.access import Actor
from intake.registry.models import Effort, Record

_LONGEST_SECONDS = 3600.0
_MOST_KEYS = 10_000


def note(record: Record, actor: Actor, *, seconds: float, keystrokes: int) -> Effort:
    """Keep the seconds a notice was open and the keystrokes until its decision.

    Both come from a browser and are cut to what can be: an hour, 10,000 keys.
    """
    return Effort.objects.create(
        record=record,
        user=actor.user,
        seconds=min(max(seconds, 0.0), _LONGEST_SECONDS),
        keystrokes=min(max(keystrokes, 0), _MOST_KEYS),
    )
