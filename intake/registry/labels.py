"""Names of fields, options and reasons, as people read them in their own language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.domain.notice import Flag
from intake.fields.messages import LANGUAGES, MESSAGES, explain
from intake.registry import forms
from intake.registry.models import FieldValue, Record

_OPTIONS: Mapping[str, Promise] = {
    "state": _("state"),
    "municipal": _("municipal"),
    "private": _("private"),
    "present": _("present"),
    "absent": _("absent"),
}
_STATES: Mapping[str, Promise] = {
    "blank": _("blank on the paper"),
    "missing": _("not on the page"),
    "unreadable": _("not readable"),
    "purged": _("purged"),
}
# Reasons that the service itself writes into a record's history.
_REASONS: Mapping[str, Promise] = {
    "a blind check found a wrong value": _("a blind check found a wrong value"),
    "taken back by the person who decided": _("taken back by the person who decided"),
}
_ORIGINS: Mapping[str, Promise] = {
    "reading": _("as read"),
    "other": _("other reading"),
    "reference": _("reference"),
    "earlier": _("earlier record of this INN"),
    "office": _("the sending office"),
}

# What the notes say in particular.
_SAID_BY_NOTES = (Flag.AMBIGUOUS, Flag.CORRECTED, Flag.CHECK_FAILED, Flag.NOT_IN_REFERENCE,
                  Flag.CONFLICT, Flag.UNREADABLE, Flag.LOW_CONFIDENCE)  # fmt: skip
# A mark that is absent is blank: once is enough.
_SAID_ALREADY = {"presence-absent": Flag.REQUIRED_BLANK}
_OF_DATES: Mapping[str, Promise] = {
    "digit-count": _("The count of digits is not that of a date, or another number stands beside."),
}
FLAGS = tuple(str(flag) for flag in Flag)
"""All reasons for which a field is flagged, as a list of choices."""


def label(field: str) -> str:
    """Return what people call a field; one without a caption is called by its own name."""
    return forms.said(field, _spoken()) or field.replace("_", " ")


def option(value: str) -> str:
    """Return what people call an option of a choice, or several; one without a caption as it is."""
    return ", ".join(map(_option, value.split(",")))


def _option(value: str) -> str:
    known = _OPTIONS.get(value)
    return str(known) if known else forms.option(value, _spoken()) or value


def state(value: str) -> str:
    """Return what people call a state without a value; empty for a value that was read."""
    known = _STATES.get(value)
    return str(known) if known else ""


def reason(text: str) -> str:
    """Return the reason of a decision or correction; those of people stay as they were written."""
    return str(_REASONS.get(text, text))


def origin(kind: str) -> str:
    """Return where a suggestion comes from, in words."""
    return str(_ORIGINS[kind])


def reasons(value: FieldValue) -> list[str]:
    """Return why a person must look at a value, the particular before the general."""
    if not value.flags:
        return []
    said = [flag for flag in value.flags if not value.notes or flag not in _SAID_BY_NOTES]
    twice = {_SAID_ALREADY.get(note) for note in value.notes}
    keys = [*value.notes, *(flag for flag in said if flag not in twice)]
    is_date = value.name.endswith("_date")
    return explained(str(_OF_DATES[key]) if is_date and key in _OF_DATES else key for key in keys)


def notice_reasons(record: Record) -> list[str]:
    """Return what is to be said about a whole notice («founder-consent: legal_entity»)."""
    return explained(reason.partition(":")[0] for reason in record.reasons)


def explained(keys: Iterable[str]) -> list[str]:
    """Return what flags and notes say; a reason that nobody explains stands for itself."""
    language = _spoken()
    said = (forms.said(key, language) or (explain(key, language) if key in MESSAGES else key)
            for key in keys)  # fmt: skip
    return list(dict.fromkeys(said))


def _spoken() -> str:
    language = translation.get_language() or "ru"
    return language if language in LANGUAGES else "ru"
