"""Lets one person at a time review a record; whoever goes away gives it back by doing nothing."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from intake.registry.models import Lease, Record, User


def take(record_id: int, user: User) -> bool:
    """Take or renew a record for a person; False where somebody else has it."""
    now = timezone.now()
    until = now + timedelta(seconds=settings.DESK_LEASE_SECONDS)
    mine_or_free = Q(user=user) | Q(until__lt=now)
    if Lease.objects.filter(mine_or_free, record=record_id).update(user=user, until=until):
        return True
    try:
        with transaction.atomic():
            Lease.objects.create(record_id=record_id, user=user, until=until)
    except IntegrityError:
        return False
    return True


def release(record_id: int, user: User) -> None:
    """Give a record back; nothing happens where it is not this person's."""
    Lease.objects.filter(record=record_id, user=user).delete()


def holder(record: Record) -> User | None:
    """Return who has a record now."""
    lease = Lease.objects.filter(record=record, until__gte=timezone.now())
    found = lease.select_related("user").first()
    return found.user if found else None


def free_for(rows: QuerySet[Record], user: User) -> QuerySet[Record]:
    """Leave out the records that somebody else has in hand."""
    held = Lease.objects.filter(record=OuterRef("pk"), until__gte=timezone.now())
    return rows.exclude(Exists(held.exclude(user=user)))
