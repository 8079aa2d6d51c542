"""What people's corrections of a period say, and which lessons hold: adopted and not undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from intake.errors import Refused
from intake.registry import forms
from intake.registry.errors import NotFound
from intake.registry.models import Audit, Check, Correction, Lesson, Outcome, Purpose
from intake.registry.policy import current
from intake.registry.second_keying import MENDED


@dataclass(frozen=True, slots=True)
class Said:
    """One value that people set, confirmed, or found wrong in a blind check."""

    record: int
    form: str
    field: str
    kind: str
    language: str
    text: str
    before: str | None
    value: str | None
    confidence: float
    is_flagged: bool
    page: int | None
    box: list[float] | None
    correction: int


def said(since: datetime, until: datetime) -> list[Said]:
    """Return what was said in a span, in order; without what is not known to have been read."""
    corrections = (
        Correction.objects.filter(made_at__gte=since, made_at__lt=until, confidence__isnull=False)
        .exclude(reason=MENDED)
        .select_related("record")
        .order_by("pk")
    )
    wrong = (
        Check.objects.filter(
            purpose=Purpose.SAMPLE, outcome=Outcome.WRONG, judged_at__gte=since, judged_at__lt=until
        )
        .select_related("record")
        .order_by("pk")
    )
    return [
        *(
            _said(one, (one.read_value, one.to_value), one.pk, is_flagged=bool(one.flags))
            for one in corrections
        ),
        *(_said(one, (one.value, one.judged_value), 0, is_flagged=False) for one in wrong),
    ]


def holding() -> list[tuple[str, Mapping[str, object]]]:
    """Return kind and content of the lessons that hold, the oldest first."""
    found = Lesson.objects.filter(undone_at=None).order_by("pk")
    return [(lesson.kind, lesson.content) for lesson in found]


def thresholds() -> dict[str, float]:
    """Return below which confidence values of a kind are flagged: policy and lessons together."""
    below = dict(current().thresholds)
    for kind, content in holding():
        if kind == "thresholds":
            name = str(content["kind"])
            below[name] = max(below.get(name, 0.0), float(str(content["flag_below"])))
    return below


def adopt(
    kind: str, content: Mapping[str, object], effect: Mapping[str, object], who: str
) -> Lesson:
    """Have a lesson hold from now on; Refused where it does already."""
    if (kind, dict(content)) in [(k, dict(c)) for k, c in holding()]:
        raise Refused("this lesson holds already; choose another")
    with transaction.atomic():
        lesson = Lesson.objects.create(
            kind=kind, content=dict(content), effect=dict(effect), adopted_by=who[:150]
        )
        Audit.objects.create(what="lesson adopted", about={"lesson": lesson.pk, "by": who})
    return lesson


def undo(number: int, who: str) -> Lesson:
    """Take a lesson back; NotFound where none with this number holds."""
    mine = Lesson.objects.filter(pk=number, undone_at=None)
    if not mine.update(undone_at=timezone.now(), undone_by=who[:150]):
        raise NotFound(f"no lesson {number} holds; see: intake learn list")
    Audit.objects.create(what="lesson undone", about={"lesson": number, "by": who})
    return Lesson.objects.get(pk=number)


def _said(
    row: Correction | Check,
    values: tuple[str | None, str | None],
    correction: int,
    *,
    is_flagged: bool,
) -> Said:
    before, value = values
    return Said(
        record=row.record_id, form=row.record.template, field=row.field,
        kind=forms.kinds(row.record.template).get(row.field, "text"),
        language=row.record.language, text=row.text, before=before, value=value,
        confidence=row.confidence or 0.0, is_flagged=is_flagged, page=row.page, box=row.box,
        correction=correction,
    )  # fmt: skip
