"""Dates, shares, fields and messages as people write and say them."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import get_language

from intake.registry import forms, labels, places
from intake.registry.counts import named
from intake.web import sentences
from intake.web.names import AUTHORITIES, FLAGS, KINDS, SCREENS

register = template.Library()
_MARKS = {"choice", "signature", "seal"}


@register.filter
def day(value: date | datetime | str | None) -> str:
    """Return a day as dd.mm.yyyy; an ISO text too, any other text as it is."""
    if isinstance(value, str):
        found = parse_date(value) if len(value) == len("2023-01-01") else None
        return f"{found:%d.%m.%Y}" if found else value
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return f"{value:%d.%m.%Y}" if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Return a moment as dd.mm.yyyy hh:mm, in the service's time zone."""
    return f"{timezone.localtime(value):%d.%m.%Y %H:%M}" if value else ""


@register.filter
def percent(value: float | None) -> str:
    """Return a share 0..1 as a percentage with two figures that count."""
    if value is None:
        return "—"
    share = 100 * value
    digits = 0 if 10 <= share < 99 or share in {0, 100} else 1 if share >= 1 else 2
    if 99 <= share < 100:  # nothing short of all is shown as all
        share = int(share * 10) / 10
    return f"{share:.{digits}f} %".replace(".", ",")


@register.filter
def label(field: str) -> str:
    """Return what people call a field."""
    return labels.label(field)


@register.filter
def shown(value: str | None, field: str) -> str:
    """Return a field's value as people write it: options in words, dates as dd.mm.yyyy."""
    if value is None:
        return "—"
    kind = forms.kinds("").get(field, "")
    if kind == "enum" or kind in _MARKS:
        return labels.option(value)
    return day(value) if kind == "date" else value


@register.filter
def as_read(text: str, field: str) -> str:
    """Return what was read, a mark's reading in words."""
    return labels.option(text) if text and forms.kinds("").get(field) in _MARKS else text


@register.filter
def region(code: str) -> str:
    """Return the name of a region."""
    return named("region", code, get_language() or "ru") if code in places.regions() else code


@register.filter
def district(code: str) -> str:
    """Return the name of a district or city."""
    return named("district", code, get_language() or "ru")


@register.filter
def percent_number(value: float) -> str:
    """Return a share as the number that people type before the percent sign."""
    return f"{100 * value:.4g}".replace(".", ",")


@register.filter
def kind(name: str) -> str:
    """Return what people call a kind of field."""
    return str(KINDS.get(name, name))


@register.filter
def flag(reason: str) -> str:
    """Return what people call the reason of a flag."""
    return str(FLAGS.get(reason, reason))


@register.filter
def reason(text: str) -> str:
    """Return the reason of a decision or correction, the service's own in the screen's language."""
    return labels.reason(text)


@register.filter
def screen(name: str) -> str:
    """Return what people call a screen on which a record was seen."""
    return str(SCREENS.get(name, name))


@register.filter
def authority(code: str) -> str:
    """Return what people call an authority that must be notified."""
    return str(AUTHORITIES.get(code, code))


@register.filter
def said(message: str) -> str:
    """Return a message of the registry or the reading line in the language of the screen."""
    return sentences.translated(message)
