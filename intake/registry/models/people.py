"""Offices, people, and the tokens of programs."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person, or a program, may do."""

    CLERK = "clerk", _("clerk")
    REVIEWER = "reviewer", _("reviewer")
    SUPERVISOR = "supervisor", _("supervisor")
    ADMINISTRATOR = "administrator", _("administrator")


class Office(models.Model):
    """A district education office, or another that sends scans.

    ``region`` is an ISO 3166-2 code (KG-C), ``district`` a 14-digit SOATE code
    of templates/reference/districts.csv, empty for an office of a whole region.
    """

    code = models.SlugField(max_length=32, unique=True)
    name = models.CharField(max_length=200)
    region = models.CharField(max_length=8)
    district = models.CharField(max_length=14, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class User(AbstractUser):
    """A person with one role; a clerk has an office, a reviewer regions."""

    role = models.CharField(max_length=16, choices=Role.choices, default=Role.CLERK)
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True)
    language = models.CharField(max_length=2, default="ru")
    # Commands of the desk whose key the person changed (intake/registry/keymap.py).
    desk_keys = models.JSONField(default=dict, blank=True)

    class Meta(AbstractUser.Meta):
        """A clerk without an office would see nothing, and nobody would notice."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(role=Role.CLERK) | models.Q(office__isnull=False),
                name="clerk_has_office",
            )
        ]


class Assignment(models.Model):
    """A region that a reviewer or supervisor looks after."""

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments")
    region = models.CharField(max_length=8)

    class Meta:
        """One row a region."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "region"], name="one_assignment_a_region")
        ]


class Token(models.Model):
    """The key of an office's program, or of a service without an office (sees everything).

    Only the SHA-256 of the key is kept; ``prefix`` lets people tell keys apart.
    """

    name = models.CharField(max_length=100)
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True)
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.CLERK)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
