"""Records of notices: values, corrections, decisions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intake.registry.models.people import Office, Token, User
from intake.registry.models.submissions import Reading, Submission


class RecordStatus(models.TextChoices):
    """Where a record is between reading and export."""

    REVIEW = "needs-review", _("needs review")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
    REPLACED = "replaced", _("replaced by a newer version")


class Station(models.TextChoices):
    """Where a record that needs review waits, and for whom."""

    DESK = "desk", _("at the desk")
    SENIOR = "senior", _("with a senior")
    OFFICE = "office", _("sent back to the office")
    KEYING = "keying", _("waits for the second keying")
    THIRD = "third", _("waits for a third person")


class Verdict(models.TextChoices):
    """What a person decides about a record."""

    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
    REOPENED = "reopened", _("opened again")
    PROPOSED = "proposed", _("approved, to be keyed again")
    RETURNED = "returned", _("sent back to the office")
    ANSWERED = "answered", _("answered by the office")
    HANDED = "handed", _("handed to a senior")


class Record(models.Model):
    """The registry's row for one notice; its values are rows of their own.

    ``version`` rises with every change of the record and is what a client must
    name to change it. ``edition`` counts approved versions: an approved record
    is never changed, a new edition refers to it by ``previous``. The folded
    and coded columns below repeat values for lists and counts alone.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="records")
    reading = models.ForeignKey(Reading, models.PROTECT, related_name="records")
    office = models.ForeignKey(Office, models.PROTECT)
    ordinal = models.PositiveIntegerField()
    edition = models.PositiveIntegerField(default=1)
    previous = models.OneToOneField("self", models.PROTECT, null=True, related_name="next")
    status = models.CharField(
        max_length=12, choices=RecordStatus.choices, default=RecordStatus.REVIEW
    )
    station = models.CharField(max_length=8, choices=Station.choices, default=Station.DESK)
    version = models.PositiveIntegerField(default=1)
    source = models.CharField(max_length=400)
    sha256 = models.CharField(max_length=64)
    pages = models.JSONField()
    template = models.CharField(max_length=64)
    template_version = models.CharField(max_length=32)
    language = models.CharField(max_length=2)
    reasons = models.JSONField(default=list)
    provenance = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=256, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)

    # Repeated from the values, for lists, searches and counts.
    search_text = models.TextField(blank=True)
    name = models.CharField(max_length=500, blank=True)
    inn = models.CharField(max_length=14, blank=True)
    okpo = models.CharField(max_length=8, blank=True)
    region = models.CharField(max_length=8, blank=True)
    district = models.CharField(max_length=14, blank=True)
    ownership = models.CharField(max_length=12, blank=True)
    level = models.CharField(max_length=20, blank=True)
    notice_date = models.DateField(null=True)
    open_flags = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """Indexes end in the key that pages are cut by."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission", "ordinal", "edition"], name="one_record_a_notice"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "-id"], name="record_status"),
            models.Index(fields=["office", "status", "-id"], name="record_office_status"),
            models.Index(fields=["office", "-id"], name="record_office"),
            models.Index(fields=["region", "status", "-id"], name="record_region_status"),
            models.Index(fields=["region", "-id"], name="record_region"),
            models.Index(fields=["district", "-id"], name="record_district"),
            models.Index(fields=["ownership", "district", "-id"], name="record_authority"),
            models.Index(fields=["updated_at", "id"], name="record_updated"),
            models.Index(fields=["office", "updated_at", "id"], name="record_office_updated"),
            models.Index(fields=["inn", "template"], name="record_inn", condition=~Q(inn="")),
            models.Index(fields=["notice_date", "-id"], name="record_date"),
            models.Index(
                fields=["station", "id"],
                name="record_station",
                condition=Q(status="needs-review"),
            ),
            models.Index(
                fields=["office", "station", "created_at"],
                name="record_waiting",
                condition=Q(status="needs-review"),
            ),
            models.Index(
                fields=["region", "district", "ownership", "level", "notice_date"],
                name="record_counts",
                condition=Q(status="approved"),
            ),
        ]


class FieldValue(models.Model):
    """One field of a record: what stands there now, and what the reader saw.

    ``value`` is the normal form or null; ``read_value`` what the reader made
    of ``text``. ``corrected`` holds once a person has set the value.
    """

    record = models.ForeignKey(Record, models.CASCADE, related_name="values")
    name = models.CharField(max_length=64)
    value = models.TextField(null=True)
    read_value = models.TextField(null=True)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10)
    confidence = models.FloatField()
    flags = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    candidates = models.JSONField(default=list)
    page = models.PositiveIntegerField(null=True)
    box = models.JSONField(null=True)
    corrected = models.BooleanField(default=False)

    class Meta:
        """One row a field."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "name"], name="one_value_a_field")
        ]


class RecordFlag(models.Model):
    """That a record has a field flagged for this reason, for lists by flag.

    ``office`` repeats the record's, so that a list of an office's passes by no others.
    """

    record = models.ForeignKey(Record, models.CASCADE, related_name="flag_rows", db_index=False)
    office = models.ForeignKey(Office, models.PROTECT, db_constraint=False, db_index=False)
    flag = models.CharField(max_length=20)

    class Meta:
        """A reason once a record, both ways round."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "flag"], name="one_row_a_flag")
        ]
        indexes: ClassVar = [
            models.Index(fields=["flag", "-record"], name="flag_record"),
            models.Index(fields=["flag", "office", "-record"], name="flag_office"),
        ]


class Correction(models.Model):
    """One changed or confirmed value: from, to, who, when, why. Never changed or removed.

    ``text``, ``read_value``, ``confidence``, ``flags``, ``page`` and ``box`` repeat what had been
    read and flagged then, whatever a later reading makes of it: with the original they give the
    crop.
    """

    record = models.ForeignKey(Record, models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=64)
    from_value = models.TextField(null=True)
    to_value = models.TextField(null=True)
    to_state = models.CharField(max_length=10, blank=True)
    text = models.TextField(blank=True)
    read_value = models.TextField(null=True)
    confidence = models.FloatField(null=True)
    flags = models.JSONField(default=list)
    page = models.PositiveIntegerField(null=True)
    box = models.JSONField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    user = models.ForeignKey(User, models.PROTECT, null=True)
    token = models.ForeignKey(Token, models.PROTECT, null=True)
    record_version = models.PositiveIntegerField()
    made_at = models.DateTimeField(db_index=True)


class Decision(models.Model):
    """One decision about a record: what, who, when, why. Never changed or removed."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="decisions")
    decision = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.CharField(max_length=500, blank=True)
    user = models.ForeignKey(User, models.PROTECT, null=True)
    token = models.ForeignKey(Token, models.PROTECT, null=True)
    record_version = models.PositiveIntegerField()
    made_at = models.DateTimeField(db_index=True)
