"""Finds the same paper scanned twice, and writes what a person says about it.

A fingerprint is the hex of equally many bits for every picture (see the
worker's reader); two scans of one paper differ in few of them.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from intake.registry.access import Actor, require_reviewer
from intake.registry.errors import Conflict
from intake.registry.models import Audit, Pair, Record, RecordStatus

NEAR = 0.25
"""Share of differing bits up to which two pictures are taken for the same paper."""

_LATEST = 20


def look_for_twins(record: Record) -> list[Pair]:
    """Pair a new record with earlier ones of the same INN and form that look the same."""
    if not record.inn or not record.fingerprint:
        return []
    earlier = (
        Record.objects.filter(inn=record.inn, template=record.template, pk__lt=record.pk)
        .exclude(submission=record.submission_id)
        .exclude(status=RecordStatus.REPLACED)
        .order_by("-pk")[:_LATEST]
    )
    measured = [(distance(record.fingerprint, other.fingerprint), other) for other in earlier]
    return Pair.objects.bulk_create(
        Pair(earlier=other, later=record, distance=far) for far, other in measured if far <= NEAR
    )


def distance(one: str, other: str) -> float:
    """Return the share of differing bits, 0 to 1; 1 where they cannot be compared."""
    if not one or len(one) != len(other):
        return 1.0
    return (int(one, 16) ^ int(other, 16)).bit_count() / (4 * len(one))


def decide(pair: Pair, *, same: bool, actor: Actor) -> None:
    """Note whether both are one paper; Conflict where somebody has decided already."""
    require_reviewer(actor)
    with transaction.atomic():
        changed = Pair.objects.filter(pk=pair.pk, same=None).update(
            same=same, decided_by=actor.user, decided_at=timezone.now()
        )
        if not changed:
            raise Conflict("somebody has decided about this pair already; load it again")
        Audit.objects.create(
            what="pair decided", about={"pair": pair.pk, "same": same, "by": actor.name},
            user=actor.user,
        )  # fmt: skip
