"""Attempts to sign in: kept, and slowed down where too many of them failed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from intake.registry.errors import Forbidden
from intake.registry.models import SignIn

WINDOW = timedelta(minutes=15)
MOST_BY_NAME = 5
MOST_BY_ADDRESS = 50


def allow(username: str, address: str) -> None:
    """Raise Forbidden where too many attempts under this name or from this address failed.

    A name counts only together with its address, so that nobody can lock
    another person out; an address counts over all names.
    """
    since = timezone.now() - WINDOW
    by_name = SignIn.objects.filter(username=username[:150], address=address, made_at__gt=since)
    last_good = by_name.filter(succeeded=True).order_by("-made_at").first()
    failed = by_name.filter(succeeded=False, made_at__gt=_moment(last_good, since))
    by_address = SignIn.objects.filter(address=address, succeeded=False, made_at__gt=since)
    if failed.count() >= MOST_BY_NAME or by_address.count() >= MOST_BY_ADDRESS:
        raise Forbidden("too many attempts failed; wait 15 minutes, or ask an administrator")


def note(username: str, address: str, *, succeeded: bool) -> None:
    """Keep an attempt; a password is never kept."""
    SignIn.objects.create(username=username[:150], address=address[:45], succeeded=succeeded)


def _moment(last_good: SignIn | None, since: datetime) -> datetime:
    return last_good.made_at if last_good else since
