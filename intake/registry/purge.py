"""Ends the keeping of old papers: their bytes and values go, an audit row stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from intake.registry import pictures
from intake.registry.models import (
    Audit,
    FieldValue,
    Original,
    Reading,
    Record,
    RecordStatus,
    Seed,
    Status,
    Submission,
)
from intake.registry.storage import original_name, store

_CHUNK = 200


@dataclass(frozen=True, slots=True)
class Purged:
    """What went, or would go."""

    originals: int
    bytes: int
    records: int


def due(days: int) -> QuerySet[Original]:
    """Return the originals of which every submission is older and every record was decided."""
    before = timezone.now() - timedelta(days=days)
    mine = Submission.objects.filter(original=OuterRef("pk"))
    young = mine.filter(created_at__gte=before)
    open_ones = mine.filter(status__in=(Status.RECEIVED, Status.READING))
    undecided = Record.objects.filter(
        submission__original=OuterRef("pk"), status=RecordStatus.REVIEW
    )
    return Original.objects.filter(purged_at=None, created_at__lt=before).exclude(
        Exists(young) | Exists(open_ones) | Exists(undecided)
    )


def count(days: int) -> Purged:
    """Return what a purge would take away; changes nothing."""
    rows = due(days)
    size = sum(rows.values_list("size", flat=True).iterator())
    return Purged(rows.count(), size, Record.objects.filter(submission__original__in=rows).count())


def purge(days: int) -> Purged:
    """Take away the bytes and the values; rows, decisions and counts stay."""
    gone = Purged(0, 0, 0)
    while chunk := list(due(days).order_by("pk")[:_CHUNK]):
        with transaction.atomic():
            records = _emptied(chunk)
            size = sum(original.size for original in chunk)
            gone = Purged(gone.originals + len(chunk), gone.bytes + size, gone.records + records)
            Audit.objects.create(
                what="purge",
                about={"days": days, "originals": [one.sha256 for one in chunk],
                       "records": records, "bytes": size},
            )  # fmt: skip
        for original in chunk:
            _drop(original)
    return gone


def _drop(original: Original) -> None:
    """Remove the bytes, unless somebody has sent the same ones meanwhile."""
    if not Original.objects.filter(sha256=original.sha256, purged_at=None).exists():
        store().drop(original_name(original.sha256))
    pictures.drop(original)


def _emptied(originals: list[Original]) -> int:
    records = Record.objects.filter(submission__original__in=originals)
    FieldValue.objects.filter(record__in=records).update(
        value=None, read_value=None, text="", candidates=[], state="purged"
    )
    for record in records:
        record.corrections.update(from_value=None, to_value=None, read_value=None, text="")
        record.checks.update(value=None, text="", keyed_value=None, judged_value=None)
    Seed.objects.filter(record__in=records).update(shown="", really="")
    Reading.objects.filter(submission__original__in=originals).update(notices=[])
    count = records.update(
        name="", inn="", okpo="", search_text="", fingerprint="", provenance={},
        source="", updated_at=timezone.now(),
    )  # fmt: skip
    Submission.objects.filter(original__in=originals).update(source="", reference="")
    Original.objects.filter(pk__in=[one.pk for one in originals]).update(purged_at=timezone.now())
    return count
