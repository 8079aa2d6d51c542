"""A notice as the record that other programs rely on (CONTRACT.md, section 1)."""

from __future__ import annotations

from intake.domain.notice import Notice, Reading
from intake.fields.messages import LANGUAGES, MESSAGES, Said, explain


def record_json(notice: Notice) -> dict[str, object]:
    """Return the notice as a JSON-ready record, keys in the contract's order."""
    reasons = review_reasons(notice)
    return {
        "source": notice.source,
        "sha256": notice.sha256,
        "pages": list(notice.pages),
        "template": notice.template,
        "template_version": notice.template_version,
        "language": notice.language,
        "fields": {n: _field_json(reading, notice.said) for n, reading in notice.fields.items()},
        "review": {"required": bool(reasons), "reasons": reasons},
        "provenance": dict(notice.provenance),
    }


def review_reasons(notice: Notice) -> list[str]:
    """Return why a person must look: «flag: field» for each flag, then the notice's own."""
    flagged = [
        f"{flag}: {name}" for name, reading in notice.fields.items() for flag in reading.flags
    ]
    return flagged + list(notice.reasons)


def reason_in_words(reason: str, said: Said) -> tuple[str, ...]:
    """Return a notice's own reason («founder-consent: legal_entity») in each of LANGUAGES.

    ``said`` is what its form says of it; one that nobody explains stands for itself.
    """
    key = reason.partition(":")[0]
    if key not in said and key not in MESSAGES:
        return (reason,)
    return tuple(explain(key, language, said) for language in LANGUAGES)


def _field_json(reading: Reading, said: Said) -> dict[str, object]:
    return {
        "value": reading.value,
        "text": reading.text,
        "state": str(reading.state),
        "confidence": round(reading.confidence, 4),
        "flags": [str(flag) for flag in reading.flags],
        "page": reading.page,
        "box": reading.box.as_list() if reading.box else None,
        "alternatives": [candidate.value for candidate in reading.candidates],
        "notes": [
            {"key": key, **{language: explain(key, language, said) for language in LANGUAGES}}
            for key in reading.notes
        ],
    }
