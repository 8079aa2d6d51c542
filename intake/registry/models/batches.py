"""Folders of scans, taken in overnight."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from intake.registry.models.people import Office
from intake.registry.models.submissions import Submission


class FileStatus(models.TextChoices):
    """What became of one file of a batch."""

    WAITING = "waiting", _("waiting")
    SUBMITTED = "submitted", _("submitted")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")


class Batch(models.Model):
    """One run over one folder, by command or by the clock."""

    office = models.ForeignKey(Office, models.PROTECT)
    folder = models.CharField(max_length=1000)
    is_drop = models.BooleanField(default=False)
    is_left = models.BooleanField(default=False)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)


class BatchFile(models.Model):
    """One file of a folder, known by its path, size and time of change."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="files")
    path = models.CharField(max_length=1000)
    size = models.BigIntegerField()
    changed_ns = models.BigIntegerField()
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="files")
    status = models.CharField(max_length=10, choices=FileStatus.choices, default=FileStatus.WAITING)
    note = models.CharField(max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        """The same file unchanged is taken once, whatever run sees it."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["path", "size", "changed_ns"], name="one_row_a_file")
        ]
        indexes: ClassVar = [models.Index(fields=["status", "id"], name="file_status")]
