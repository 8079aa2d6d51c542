"""How far values can be trusted: second looks, seeded errors, what was learned from both."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intake.registry.models.people import User
from intake.registry.models.records import Record


class FourEyes(models.TextChoices):
    """When critical values are keyed a second time."""

    NEVER = "never", _("never")
    CHANGED = "changed", _("where a person changed the value")
    ALWAYS = "always", _("always")


def critical_fields() -> list[str]:
    """Return what is keyed twice unless somebody decides otherwise."""
    return ["organization_name", "organization_inn", "organization_okpo", "centre_inn",
            "centre_okpo"]  # fmt: skip


class Policy(models.Model):
    """How much is checked; the newest row holds, older ones are its history.

    Shares are 0..1. ``thresholds`` maps a kind of field to the confidence below
    which a value is flagged, over and above what the calibration flags.
    """

    four_eyes = models.CharField(max_length=8, choices=FourEyes.choices, default=FourEyes.CHANGED)
    critical = models.JSONField(default=critical_fields)
    sample_share = models.FloatField(default=0.02)
    seed_share = models.FloatField(default=0.02)
    target = models.FloatField(null=True)
    thresholds = models.JSONField(default=dict)
    user = models.ForeignKey(User, models.PROTECT, null=True)
    made_at = models.DateTimeField(auto_now_add=True)


class Purpose(models.TextChoices):
    """Why a value is keyed blind."""

    SECOND = "second", _("second keying")
    SAMPLE = "sample", _("sampled check")


class Outcome(models.TextChoices):
    """What a blind keying came to."""

    OPEN = "open", _("waiting")
    SAME = "same", _("the same")
    DIFFERS = "differs", _("different, a third person decides")
    RIGHT = "right", _("the first was right")
    WRONG = "wrong", _("the first was wrong")


class Check(models.Model):
    """One value keyed blind by a second person and, where they differ, judged by a third.

    ``value`` is what the registry held, ``text``, ``confidence``, ``page`` and
    ``box`` what was read, all as they were then. ``first_user`` entered or
    approved the value and may not key it.
    """

    record = models.ForeignKey(Record, models.CASCADE, related_name="checks")
    field = models.CharField(max_length=64)
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.OPEN)
    value = models.TextField(null=True)
    text = models.TextField(blank=True)
    confidence = models.FloatField()
    page = models.PositiveIntegerField(null=True)
    box = models.JSONField(null=True)
    first_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    keyed_value = models.TextField(null=True)
    keyed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    keyed_at = models.DateTimeField(null=True)
    judged_value = models.TextField(null=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        """A value is sampled once; what waits is looked for often."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record", "field"], condition=Q(purpose="sample"), name="one_sample_a_value"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["purpose", "id"],
                name="check_open",
                condition=Q(outcome__in=("open", "differs")),
            )
        ]


class Seed(models.Model):
    """A known-wrong value shown to a reviewer in place of one; it is never written to a record."""

    record = models.OneToOneField(Record, models.CASCADE, related_name="seed")
    field = models.CharField(max_length=64)
    shown = models.TextField()
    really = models.TextField()
    caught = models.BooleanField(null=True)
    user = models.ForeignKey(User, models.PROTECT, null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)


class Effort(models.Model):
    """What one decision at the desk cost: seconds with the notice open, and keystrokes."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="efforts")
    user = models.ForeignKey(User, models.PROTECT, null=True)
    seconds = models.FloatField()
    keystrokes = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)


class View(models.Model):
    """That somebody saw a record or its scan. Never changed or removed."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="views")
    user = models.ForeignKey(User, models.PROTECT, null=True)
    token_name = models.CharField(max_length=100, blank=True)
    screen = models.CharField(max_length=20)
    made_at = models.DateTimeField(auto_now_add=True)


class SignIn(models.Model):
    """One attempt to sign in, for throttling and for the record."""

    username = models.CharField(max_length=150)
    address = models.CharField(max_length=45, blank=True)
    succeeded = models.BooleanField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Asked for by name and by address, the latest first."""

        indexes: ClassVar = [
            models.Index(fields=["username", "-made_at"], name="signin_username"),
            models.Index(fields=["address", "-made_at"], name="signin_address"),
        ]


class Lesson(models.Model):
    """Something learned from corrections, adopted by a person; undone by setting ``undone_at``.

    ``kind`` is ``words``, ``names``, ``surnames`` or ``thresholds``; ``content`` what is added,
    ``effect`` what it was said to change when it was adopted.
    """

    kind = models.CharField(max_length=12)
    content = models.JSONField()
    effect = models.JSONField(default=dict)
    adopted_by = models.CharField(max_length=150)
    adopted_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.CharField(max_length=150, blank=True)
    undone_at = models.DateTimeField(null=True)
