"""Values that a reviewer may take with one key: other readings, the reference, earlier records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from intake.domain.template import FieldKind, FieldRule
from intake.registry import places, rules
from intake.registry.models import FieldValue, Record, RecordStatus

MOST = 9
"""One for each digit key."""
# What is the same in every notice of an organisation. Its number itself is what it is found by.
_LASTING = ("organization_name", "organization_okpo", "ownership", "address", "director_name",
            "department_district", "department_region", "education_level")  # fmt: skip
_DECIDED = (RecordStatus.APPROVED, RecordStatus.REPLACED)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value to take, and where it comes from: a key of ``labels.origin``."""

    value: str
    origin: str


def options_of(rule: FieldRule | None) -> tuple[str, ...]:
    """Return the values among which a field chooses; none for one that is written out."""
    if rule is None:
        return ()
    if rule.kind in (FieldKind.SIGNATURE, FieldKind.SEAL):
        return ("present", "absent")
    both = (",".join(rule.options),) if rule.several and len(rule.options) > 1 else ()
    return rule.options + both


def suggestions(
    record: Record, value: FieldValue, earlier: Record | None
) -> tuple[Suggestion, ...]:
    """Return what may be taken instead of the value that stands there, the likeliest first."""
    rule = rules.rule_of(record, value.name)
    if options_of(rule):
        return ()
    found: dict[str, Suggestion] = {}
    for one in _all(record, value, earlier, rule):
        if one.value and one.value != value.value:
            found.setdefault(one.value, one)
    return tuple(found.values())[:MOST]


def earlier_record(record: Record, inn: str) -> Record | None:
    """Return the newest approved record of an organisation with this number, if it is another."""
    if not inn:
        return None
    same = Record.objects.filter(inn=inn, template=record.template, status__in=_DECIDED)
    return same.exclude(pk=record.pk).prefetch_related("values").order_by("-pk").first()


def _all(
    record: Record, value: FieldValue, earlier: Record | None, rule: FieldRule | None
) -> Iterator[Suggestion]:
    readings = [str(candidate[0]) for candidate in value.candidates]
    if value.text and not readings:
        readings = [" ".join(value.text.split())]
    yield from (Suggestion(one, "other") for one in _holdable(record, value.name, readings))
    if earlier and value.name in _LASTING:
        held = next((one.value for one in earlier.values.all() if one.name == value.name), None)
        yield Suggestion(held or "", "earlier")
    checked = rules.check(record, value.name, value.value or value.text)
    yield from (Suggestion(one, "reference") for one in checked.others)
    yield from _of_office(record, rule)


def _holdable(record: Record, field: str, values: Iterable[str]) -> Iterator[str]:
    """Yield the values that the field may hold, in their normal form."""
    for value in values:
        checked = rules.check(record, field, value)
        if checked.value:
            yield checked.value


def _of_office(record: Record, rule: FieldRule | None) -> Iterator[Suggestion]:
    """Yield the district or region of the office that sent the scan, in the notice's language."""
    kind = rule.kind if rule else None
    if kind is FieldKind.DISTRICT and record.office.district in places.districts():
        district = places.districts()[record.office.district]
        yield Suggestion(_named(record, district.name_ky, district.name_ru), "office")
    if kind is FieldKind.REGION and record.office.region in places.regions():
        region = places.regions()[record.office.region]
        yield Suggestion(_named(record, region.name_ky, region.name_ru), "office")


def _named(record: Record, name_ky: str, name_ru: str) -> str:
    return name_ru if record.language == "ru" else name_ky
