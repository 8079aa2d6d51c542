"""What leaves by itself, and what must be remembered about those who acted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from intake.registry.models.people import Office, User


class Webhook(models.Model):
    """An address that is told of events; of one office's, or of all."""

    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True)
    url = models.URLField(max_length=500)
    secret = models.CharField(max_length=64)
    events = models.JSONField(default=list)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)


class Delivery(models.Model):
    """One event on its way to one address, tried again with growing pauses."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=32)
    body = models.JSONField()
    trace = models.CharField(max_length=32)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Only what is still to be sent, or was given up, is looked for."""

        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                name="delivery_due",
                condition=Q(delivered_at__isnull=True, given_up_at__isnull=True),
            ),
            models.Index(
                fields=["webhook", "-id"],
                name="delivery_undelivered",
                condition=Q(delivered_at__isnull=True),
            ),
        ]


class Audit(models.Model):
    """That somebody did something which leaves no other row: a purge, a token, a retry."""

    what = models.CharField(max_length=40)
    about = models.JSONField(default=dict)
    user = models.ForeignKey(User, models.PROTECT, null=True)
    made_at = models.DateTimeField(auto_now_add=True)
