"""One notice as the desk shows it: flagged fields first, each with reasons and suggestions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from intake.domain.template import FieldKind, FieldRule
from intake.registry import drafts, labels, rules, seeding, suggestions
from intake.registry.access import Actor
from intake.registry.desk_queue import reviewer
from intake.registry.models import Decision, FieldValue, Record

_ROOM = 0.04
"""Share of the page that is shown around the neighbours of a field without a place."""
_LONG = (FieldKind.NAME, FieldKind.ADDRESS, FieldKind.TEXT)


def notice(record: Record, actor: Actor) -> dict[str, Any]:
    """Return all that the desk needs to show a record, ready for JSON."""
    order = {name: place for place, name in enumerate(rules.fields_of(record))}
    values = _in_order(order, seeding.shown_values(record, actor))
    inn = next((value.value for value in values if value.name == "organization_inn"), None)
    earlier = suggestions.earlier_record(record, inn or "")
    work = drafts.load(record, reviewer(actor))
    near = _near(order, values)
    return {
        "id": record.pk,
        "version": record.version,
        "source": record.source,
        "office": record.office.name,
        "language": record.language,
        "received": timezone.localtime(record.created_at).strftime("%d.%m.%Y %H:%M"),
        "pages": record.pages,
        "reasons": [*labels.notice_reasons(record), *_objections(record, values)],
        "messages": _messages(record),
        "fields": [
            {
                **field(record, value),
                **near.get(value.name, {}),
                "order": order.get(value.name, len(order)),
                "suggestions": offered(record, value, earlier),
            }
            for value in values
        ],
        "draft": _draft(work) if work else None,
    }


def shown(rule: FieldRule | None, value: str | None) -> str:
    """Return a value as people of this country read and type it: dates as dd.mm.yyyy."""
    if value is None:
        return ""
    if rule and rule.kind is FieldKind.DATE:
        try:
            return date.fromisoformat(value).strftime("%d.%m.%Y")
        except ValueError:
            return value
    return labels.option(value) if suggestions.options_of(rule) else value


def _in_order(order: Mapping[str, int], values: list[FieldValue]) -> list[FieldValue]:
    """Put flagged fields first, both parts in the form's own order."""
    return sorted(values, key=lambda v: (not v.flags, order.get(v.name, len(order)), v.name))


def _near(order: Mapping[str, int], values: list[FieldValue]) -> dict[str, dict[str, Any]]:
    """Return, for fields whose place is not known, the part of a page between their neighbours."""
    rows = sorted(values, key=lambda v: order.get(v.name, len(order)))
    found: dict[str, dict[str, Any]] = {}
    for place, value in enumerate(rows):
        if value.box is not None:
            continue
        before = next((v for v in reversed(rows[:place]) if v.box), None)
        later = (v for v in rows[place:] if v.box)
        after = next((v for v in later if before is None or v.page == before.page), None)
        beside = [one for one in (before, after) if one]
        if beside:
            found[value.name] = {"page": beside[0].page, "near": _around(beside)}
    return found


def _around(values: Sequence[FieldValue]) -> list[float]:
    """Return the box around the boxes of one or two values, with room on all sides."""
    boxes = [value.box for value in values if value.box]
    left, top, right, bottom = zip(*boxes, strict=True)
    room = _ROOM if len(boxes) > 1 else 3 * _ROOM
    return [
        max(0.0, min(left) - room),
        max(0.0, min(top) - room),
        min(1.0, max(right) + room),
        min(1.0, max(bottom) + room),
    ]


def field(record: Record, value: FieldValue) -> dict[str, Any]:
    """Return one field with its place and its reasons."""
    rule = rules.rule_of(record, value.name)
    return {
        "name": value.name,
        "label": labels.label(value.name),
        "kind": str(rule.kind) if rule else "text",
        "long": bool(rule and rule.kind in _LONG),
        "required": bool(rule and rule.required),
        "options": [
            {"value": one, "label": labels.option(one)} for one in suggestions.options_of(rule)
        ],
        "value": value.value,
        "shown": shown(rule, value.value),
        "text": value.text,
        "state": value.state,
        "flagged": bool(value.flags),
        "corrected": value.corrected,
        "confidence": round(value.confidence, 2),
        "reasons": labels.reasons(value),
        "page": value.page,
        "box": value.box,
    }


def offered(record: Record, value: FieldValue, earlier: Record | None) -> list[dict[str, str]]:
    """Return what may be taken instead of a flagged value; ``earlier`` is its school's record."""
    if not value.flags:
        return []
    rule = rules.rule_of(record, value.name)
    return [
        {"value": one.value, "shown": shown(rule, one.value), "origin": labels.origin(one.origin)}
        for one in suggestions.suggestions(record, value, earlier)
    ]


def _objections(record: Record, values: Sequence[FieldValue]) -> list[str]:
    """Return what the rules say of values that a colleague set all the same: they bear no flag."""
    corrected = {value.name for value in values if value.corrected}
    if not corrected:
        return []
    found = rules.cross(record, {value.name: value.value for value in values})
    return [
        f"{labels.label(one.field)}: {text}"
        for one in found
        if one.flag is not None and one.field in corrected
        for text in labels.explained([one.note])
    ]


def _messages(record: Record) -> list[str]:
    """Return what colleagues and the office wrote about the record, the newest last."""
    said = Decision.objects.filter(record=record).exclude(reason="").order_by("-pk")[:5]
    return [
        f"{one.get_decision_display()} ({one.user or one.token}): {labels.reason(one.reason)}"
        for one in reversed(said.select_related("user", "token"))
    ]


def _draft(work: drafts.Work) -> Mapping[str, Any]:
    return {
        "version": work.version,
        "answers": {name: {"value": a.value, "state": a.state} for name, a in work.answers.items()},
        "seconds": work.seconds,
        "keystrokes": work.keystrokes,
    }
