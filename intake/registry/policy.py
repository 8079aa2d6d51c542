"""How much is checked: the newest policy holds, every change is a row with its maker."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.forms.models import model_to_dict

from intake.errors import Refused
from intake.registry import forms
from intake.registry.access import Actor, require_supervisor
from intake.registry.models import FourEyes, Policy

_MOST_SHARE = 0.5
_LEAST_TARGET = 0.0001


def current() -> Policy:
    """Return the policy that holds; the product's own where nobody has set one."""
    return Policy.objects.order_by("-pk").first() or Policy()


def change(actor: Actor, **changes: object) -> Policy:
    """Add a policy that differs from the current one in these columns, and return it.

    Refused for shares outside 0 to 0.5, unknown fields and unknown words.
    """
    require_supervisor(actor)
    kept = model_to_dict(current(), exclude=["id", "user"])
    policy = Policy(**{**kept, **changes}, user=actor.user)
    _check(policy)
    policy.save()
    return policy


def _check(policy: Policy) -> None:
    for share in (policy.sample_share, policy.seed_share):
        if not 0 <= share <= _MOST_SHARE:
            raise Refused("a share is none from 0 to 50 %; correct it")
    if policy.target is not None and not _LEAST_TARGET <= policy.target <= _MOST_SHARE:
        raise Refused("the target is none from 0.01 % to 50 %; correct it")
    unknown = set(policy.critical) - set(forms.columns())
    if unknown:
        raise Refused(f"there are no fields {', '.join(sorted(unknown))}; correct their names")
    if policy.four_eyes not in FourEyes.values:
        raise Refused(f"{policy.four_eyes} is no rule; give one of {', '.join(FourEyes.values)}")


def is_drawn(share: float, *words: object) -> bool:
    """Whether these words (a record's and a field's) are in the share; always the same answer."""
    return lot(*words) < share


def lot(*words: object) -> float:
    """Return a number 0..1 that depends on the words alone."""
    text = "\n".join(str(word) for word in words)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) / 2**64


def pick(options: Sequence[str], *words: object) -> str:
    """Return one of the options, which one depends on the words alone."""
    return options[int(lot(*words) * len(options))]
