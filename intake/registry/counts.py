"""How many centres are approved, by place, ownership, level and month (order, point 5)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum

from intake.errors import Refused
from intake.registry import places
from intake.registry.access import Actor, counts_of

GROUPS = ("region", "district", "ownership", "level", "month")


@dataclass(frozen=True, slots=True)
class CountLine:
    """How many approved centres have these values of the groups that were asked for."""

    values: Sequence[str]
    count: int


def count(actor: Actor, groups: Sequence[str]) -> list[CountLine]:
    """Return the counts by these groups, in their order; Refused for an unknown group.

    Of what the actor may see. Each centre counts once: a replaced edition does
    not, its successor does.
    """
    unknown = [group for group in groups if group not in GROUPS]
    if unknown or not groups:
        raise Refused(f"counts go by {', '.join(GROUPS)}; correct {', '.join(unknown) or 'by'}")
    once = tuple(dict.fromkeys(groups))
    sums = counts_of(actor).order_by().values_list(*once).annotate(sum=Sum("count"))
    found = [dict(zip((*once, "sum"), row, strict=True)) for row in sums.order_by(*once)]
    return [
        CountLine([row[group] for group in groups], row["sum"]) for row in found if row["sum"] > 0
    ]


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
