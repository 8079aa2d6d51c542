"""Sums over approved records, kept up to date by the database itself."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from intake.registry.models.people import Office


class CentreCount(models.Model):
    """How many approved records an office has with these values.

    Written by triggers on the records' table alone (see the migration), so that
    no way of changing a record can forget it; ``month`` is YYYY-MM, or empty.
    """

    office = models.ForeignKey(Office, models.PROTECT, db_constraint=False, db_index=False)
    region = models.CharField(max_length=8)
    district = models.CharField(max_length=14)
    ownership = models.CharField(max_length=12)
    level = models.CharField(max_length=20)
    month = models.CharField(max_length=7)
    count = models.IntegerField()

    class Meta:
        """One row for equal values."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "region", "district", "ownership", "level", "month"],
                name="one_count_for_equal_values",
            )
        ]
