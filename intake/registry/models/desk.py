"""What a reviewer has in hand: a notice taken for a while, and answers not yet handed in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from intake.registry.models.people import User
from intake.registry.models.records import Record


class Lease(models.Model):
    """That a person has taken a record to review it; void once ``until`` has passed."""

    record = models.OneToOneField(Record, models.CASCADE, primary_key=True, related_name="lease")
    user = models.ForeignKey(User, models.CASCADE)
    until = models.DateTimeField()


class Draft(models.Model):
    """One person's answers about a record, kept until they are handed in.

    ``version`` is the record's when the answers were begun; ``answers`` hold,
    by field, value, state and how the person came to it.
    """

    record = models.ForeignKey(Record, models.CASCADE, related_name="drafts")
    user = models.ForeignKey(User, models.CASCADE)
    version = models.PositiveIntegerField()
    answers = models.JSONField(default=dict)
    seconds = models.FloatField(default=0.0)
    keystrokes = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        """One draft a person and record."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "user"], name="one_draft_a_person")
        ]
