"""Finds the same paper scanned twice, and writes what a person says about it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from intake.registry import forms
from intake.registry.access import Actor, require_reviewer
from intake.registry.errors import Conflict
from intake.registry.likeness import Side, distance, is_one_paper
from intake.registry.models import Audit, Pair, Record, RecordStatus

_LATEST = 20


def look_for_twins(record: Record) -> list[Pair]:
    """Pair a new record with earlier ones of the same INN and form that look the same."""
    if not record.inn:
        return []
    earlier = (
        Record.objects.filter(inn=record.inn, template=record.template, pk__lt=record.pk)
        .exclude(submission=record.submission_id)
        .exclude(status=RecordStatus.REPLACED)
        .order_by("-pk")
        .prefetch_related("values")[:_LATEST]
    )
    mine = _side(record)
    return Pair.objects.bulk_create(
        Pair(earlier=other, later=record, distance=distance(record.fingerprint, other.fingerprint))
        for other in earlier
        if is_one_paper(_side(other), mine)
    )


def _side(record: Record) -> Side:
    values = {value.name: value for value in record.values.all()}
    return Side(values, forms.kinds(record.template), record.fingerprint, record.pages[0])


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
