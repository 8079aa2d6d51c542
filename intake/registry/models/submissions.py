"""What offices sent, and how far its reading is."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intake.registry.models.people import Office, Token, User


class Status(models.TextChoices):
    """How far a submission is (CONTRACT.md, section 3)."""

    RECEIVED = "received", _("received")
    READING = "reading", _("being read")
    READ = "read", _("read")
    FAILED = "failed", _("failed")


class Queue(models.TextChoices):
    """Which work goes first: somebody is waiting, or nobody is."""

    INTERACTIVE = "interactive"
    BATCH = "batch"


class Original(models.Model):
    """The bytes of a scan, stored once under their SHA-256 and never changed."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    kind = models.CharField(max_length=8)
    created_at = models.DateTimeField(auto_now_add=True)
    purged_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.sha256


class Submission(models.Model):
    """One upload or batch file by an office.

    ``duplicate_of`` is the first submission of the same bytes; a duplicate is
    never read, its state is that of the first. A worker owns the row while
    ``claim`` is its own key and ``lease_until`` lies ahead. ``nudged_at`` is
    when a message was last sent.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    original = models.ForeignKey(Original, models.PROTECT, related_name="submissions")
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="duplicates", db_index=False
    )
    source = models.CharField(max_length=400)
    reference = models.CharField(max_length=200, blank=True)
    queue = models.CharField(max_length=12, choices=Queue.choices, default=Queue.INTERACTIVE)
    user = models.ForeignKey(User, models.PROTECT, null=True)
    token = models.ForeignKey(Token, models.PROTECT, null=True)
    trace = models.CharField(max_length=32)
    created_at = models.DateTimeField(auto_now_add=True)

    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RECEIVED)
    failure = models.CharField(max_length=500, blank=True)
    failure_kind = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    nudged_at = models.DateTimeField(null=True)
    pages_total = models.PositiveIntegerField(null=True)
    pages_done = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        """Indexes follow the lists that people open and the sweep's question."""

        indexes: ClassVar = [
            models.Index(fields=["office", "-id"], name="submission_office"),
            models.Index(fields=["status", "-id"], name="submission_status"),
            models.Index(
                fields=["duplicate_of"],
                name="submission_duplicates",
                condition=Q(duplicate_of__isnull=False),
            ),
            models.Index(
                fields=["nudged_at"],
                name="submission_unfinished",
                condition=Q(finished_at__isnull=True),
            ),
        ]
        constraints: ClassVar = [
            # Two uploads of the same bytes at once: one becomes the first, the other its duplicate.
            models.UniqueConstraint(
                fields=["original"],
                condition=Q(duplicate_of__isnull=True),
                name="one_first_submission_an_original",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=F("id")),
                name="no_duplicate_of_itself",
            ),
        ]

    @property
    def receipt(self) -> str:
        """The number that a clerk writes on the paper."""
        return f"{self.office.code.upper()}-{self.pk:07d}"

    @property
    def first(self) -> Submission:
        """The submission that is read: this one, or the one that it duplicates."""
        return self.duplicate_of or self


class PageRead(models.Model):
    """One page of a long document, read on its own; dropped once the whole is assembled."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="page_reads")
    queue = models.CharField(max_length=12, choices=Queue.choices)
    number = models.PositiveIntegerField()
    text = models.JSONField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    nudged_at = models.DateTimeField(null=True)
    seconds = models.FloatField(null=True)
    done = models.BooleanField(default=False)

    class Meta:
        """One row a page; the sweep asks for the undone alone."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "number"], name="one_read_a_page")
        ]
        indexes: ClassVar = [
            models.Index(fields=["nudged_at"], name="page_undone", condition=Q(done=False))
        ]


class Reading(models.Model):
    """One complete reading of a submission; older ones stay as history."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="readings")
    number = models.PositiveIntegerField()
    software = models.CharField(max_length=100)
    pages = models.PositiveIntegerField()
    seconds = models.FloatField()
    stage_seconds = models.JSONField(default=dict)
    doubtful_pages = models.JSONField(default=list)
    notices = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Numbered from 1; the highest is the current one."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "number"], name="one_number_a_reading")
        ]
        indexes: ClassVar = [models.Index(fields=["created_at"], name="reading_created")]


class Pair(models.Model):
    """Two records that look like the same paper scanned twice, for a person to decide."""

    earlier = models.ForeignKey("Record", models.CASCADE, related_name="later_twins")
    later = models.ForeignKey("Record", models.CASCADE, related_name="earlier_twins")
    distance = models.FloatField()
    same = models.BooleanField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        """A pair is shown once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["earlier", "later"], name="one_row_a_pair")
        ]
