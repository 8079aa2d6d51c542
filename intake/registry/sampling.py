"""Draws accepted values that nobody was asked to look at, for a blind check."""

from __future__ import annotations

from collections.abc import Iterable

from intake.registry.access import Actor
from intake.registry.models import Check, FieldValue, Policy, Purpose, Record
from intake.registry.policy import is_drawn


def draw(record: Record, values: Iterable[FieldValue], rules: Policy, actor: Actor) -> list[Check]:
    """Have a share of the record's untouched, unflagged values keyed blind by somebody else.

    Which ones depends on the notice and the field alone, so nobody can choose,
    and a second call draws the same. Values without a place on the scan cannot
    be checked without showing them, and are left out.
    """
    drawn = [
        Check(
            record=record, field=value.name, purpose=Purpose.SAMPLE, value=value.value,
            text=value.text, confidence=value.confidence, page=value.page, box=value.box,
            first_user=actor.user, made_at=record.updated_at,
        )
        for value in values
        if not value.corrected
        and not value.flags
        and value.box
        and is_drawn(rules.sample_share, "sample", record.sha256, record.ordinal, value.name)
    ]  # fmt: skip
    return Check.objects.bulk_create(drawn, ignore_conflicts=True)
