"""How many centres are approved, by place, ownership, level and month (order, point 5)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from intake.errors import Refused
from intake.registry import places
from intake.registry.models import Record, RecordStatus

GROUPS = ("region", "district", "ownership", "level", "month")


@dataclass(frozen=True, slots=True)
class CountLine:
    """How many approved centres have these values of the groups that were asked for."""

    values: Sequence[str]
    count: int


def count(rows: QuerySet[Record], groups: Sequence[str]) -> list[CountLine]:
    """Return the counts by these groups, in their order; Refused for an unknown group.

    Each centre counts once: a replaced edition does not, its successor does.
    """
    unknown = [group for group in groups if group not in GROUPS]
    if unknown or not groups:
        raise Refused(f"counts go by {', '.join(GROUPS)}; correct {', '.join(unknown) or 'by'}")
    approved = rows.filter(status=RecordStatus.APPROVED).order_by()
    if "month" in groups:
        approved = approved.annotate(month=TruncMonth("notice_date"))
    found = approved.values_list(*groups).annotate(count=Count("pk")).order_by(*groups)
    return [CountLine([_word(value) for value in row[:-1]], row[-1]) for row in found]


def _word(value: object) -> str:
    return value.strftime("%Y-%m") if hasattr(value, "strftime") else str(value or "")


def named(group: str, value: str, language: str) -> str:
    """Return a value as people call it: places by their names, the rest as it is."""
    if group == "region" and value in places.regions():
        region = places.regions()[value]
        return region.name_ky if language == "ky" else region.name_ru
    if group == "district" and value in places.districts():
        district = places.districts()[value]
        return district.name_ky if language == "ky" else district.name_ru
    return value


def as_csv(lines: Sequence[CountLine], groups: Sequence[str], language: str) -> str:
    """Return the counts as CSV, places by name."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*groups, "count"])
    for line in lines:
        names = [named(g, v, language) for g, v in zip(groups, line.values, strict=True)]
        writer.writerow([*names, line.count])
    return out.getvalue()
