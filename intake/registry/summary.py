"""Repeats a record's values in the columns that lists, searches and counts go by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from intake.registry import places
from intake.registry.fold import folded
from intake.registry.models import FieldValue, Record, RecordFlag

OWNERSHIPS = ("state", "municipal", "private")
AUTHORITIES: Mapping[str, tuple[str, ...]] = {
    # The order, point 1: whom an organisation of each ownership must notify.
    "ministry": ("state",),
    "local-government": ("municipal",),
    "education-department": ("municipal", "private"),
}
_SEARCHED = ("organization_name", "director_name", "organization_inn", "organization_okpo",
             "centre_inn", "centre_okpo", "notice_date", "address",
             "department_district", "department_region")  # fmt: skip


def authorities_of(ownership: str) -> tuple[str, ...]:
    """Return who must be notified by an organisation of this ownership; none if unknown."""
    return tuple(name for name, kinds in AUTHORITIES.items() if ownership in kinds)


def summarise(record: Record, values: Iterable[FieldValue]) -> None:
    """Set the record's repeated columns from its values; does not save."""
    by_name = {value.name: value for value in values}
    plain = {name: value.value or "" for name, value in by_name.items()}
    record.name = plain.get("organization_name", "")[:500]
    record.inn = plain.get("organization_inn", "")[:14]
    record.okpo = plain.get("organization_okpo", "")[:8]
    record.ownership = plain.get("ownership", "")[:12]
    record.level = plain.get("education_level", "")[:20]
    record.notice_date = _date(plain.get("notice_date", ""))
    record.region, record.district = _place(record, plain)
    record.open_flags = sum(bool(value.flags) for value in by_name.values())
    record.search_text = _search_text(record, plain)


def write_flags(record: Record, values: Iterable[FieldValue]) -> None:
    """Make the record's flag rows those of its values."""
    reasons = {str(flag) for value in values for flag in value.flags}
    RecordFlag.objects.filter(record=record).exclude(flag__in=reasons).delete()
    rows = (
        RecordFlag(record=record, office_id=record.office_id, flag=flag) for flag in sorted(reasons)
    )
    RecordFlag.objects.bulk_create(rows, ignore_conflicts=True)


def _place(record: Record, plain: Mapping[str, str]) -> tuple[str, str]:
    """Return region and district as written on the notice, else those of the office."""
    for block in ("department", "ayil"):
        region = places.region_named(plain.get(f"{block}_region", ""))
        district = places.district_named(plain.get(f"{block}_district", ""), region)
        if district:
            return places.districts()[district].region, district
        if region:
            same = record.office.region == region
            return region, record.office.district if same else ""
    return record.office.region, record.office.district


def _search_text(record: Record, plain: Mapping[str, str]) -> str:
    words = [plain.get(name, "") for name in _SEARCHED]
    if record.district:
        district = places.districts()[record.district]
        words += [district.name_ky, district.name_ru, district.others]
    if record.region:
        region = places.regions()[record.region]
        words += [region.name_ky, region.name_ru]
    # Each word once: the index asks only whether a word is there.
    return " ".join(dict.fromkeys(folded(" ".join(words)).split()))


def _date(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None
