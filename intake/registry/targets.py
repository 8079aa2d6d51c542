"""From a target rate of silent errors to the thresholds that keep it, or to what is missing.

Thresholds are only ever raised above those that the calibration was fitted
with: values below it were flagged, so nothing is known of them unflagged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from intake.errors import Refused
from intake.registry import forms, policy
from intake.registry.access import Actor
from intake.registry.bounds import LEVEL, trials_needed, upper_bound
from intake.registry.models import FieldValue, Policy
from intake.registry.trust import Sampled, sampled

FLAG = "low-confidence"
CUTS = (0.0, 0.9, 0.95, 0.98, 0.99)
_EACH = 1 - (1 - LEVEL) / len(CUTS)
"""Several cuts are tried: each must hold with 99 % for the one taken to hold with 95 %."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a target means for one kind of field, or for all together.

    ``flag_below`` is the confidence below which values are flagged, 0 where
    none need be; ``kept`` of the ``n`` checked values are above it, ``wrong`` of
    them. ``missing`` says how many more right values must be checked before the
    target is proved, 0 where it is.
    """

    kind: str
    flag_below: float
    n: int
    kept: int
    wrong: int
    bound: float
    missing: int

    @property
    def is_proved(self) -> bool:
        """Whether the target holds with 95 % certainty above the threshold."""
        return self.missing == 0


def plan(samples: Sequence[Sampled], target: float, kind: str = "") -> Plan:
    """Return the lowest threshold that proves the target, else the one nearest to a proof."""
    tried = [_cut(samples, target, below) for below in CUTS]
    best = next((one for one in tried if one.is_proved), min(tried, key=lambda one: one.missing))
    return replace(best, kind=kind)


def _cut(samples: Sequence[Sampled], target: float, below: float) -> Plan:
    kept = [one for one in samples if one.confidence >= below]
    wrong = sum(not one.right for one in kept)
    bound = upper_bound(wrong, len(kept), _EACH)
    missing = 0 if bound <= target else max(trials_needed(wrong, target, _EACH) - len(kept), 1)
    return Plan("", below, len(samples), len(kept), wrong, bound, missing)


def plans(samples: Sequence[Sampled], target: float) -> list[Plan]:
    """Return what the target means for all together, then for every kind that was checked."""
    kinds = sorted({one.kind for one in samples})
    each = [plan([one for one in samples if one.kind == kind], target, kind) for kind in kinds]
    return [plan(samples, target), *each]


def set_target(actor: Actor, target: float, since: datetime, until: datetime) -> Policy:
    """Adopt a target and the threshold that keeps it.

    Refused, with the number of checks that are wanting, while the checked
    values prove it at no threshold.
    """
    found = plan(sampled(actor, since, until), target)
    if not found.is_proved:
        raise Refused(
            f"the target is not provable yet: {found.missing} more checked values are needed;"
            " raise the sampled share, or wait"
        )
    kinds = {kind for form in forms.field_names() for kind in forms.kinds(form).values()}
    below = dict.fromkeys(sorted(kinds), found.flag_below) if found.flag_below else {}
    return policy.change(actor, target=target, thresholds=below)


def flag_doubtful(
    values: Sequence[FieldValue], kinds: Mapping[str, str], below: Mapping[str, float]
) -> None:
    """Flag the values that are less sure than the policy's thresholds ask; does not save."""
    for value in values:
        if value.confidence < below.get(kinds.get(value.name, ""), 0.0) and not value.flags:
            value.flags = [FLAG]
