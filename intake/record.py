"""A notice as the record that other programs rely on (CONTRACT.md, section 1)."""

from __future__ import annotations

from intake.domain.notice import Notice, Reading
from intake.fields.messages import explain

LANGUAGES = ("ky", "ru", "en")


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
        "fields": {name: _field_json(reading) for name, reading in notice.fields.items()},
        "review": {"required": bool(reasons), "reasons": reasons},
        "provenance": dict(notice.provenance),
    }


def review_reasons(notice: Notice) -> list[str]:
    """Return why a person must look: «flag: field» for each flag, then the notice's own."""
    flagged = [
        f"{flag}: {name}" for name, reading in notice.fields.items() for flag in reading.flags
    ]
    return flagged + list(notice.reasons)


def _field_json(reading: Reading) -> dict[str, object]:
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
            {"key": key, **{language: explain(key, language) for language in LANGUAGES}}
            for key in reading.notes
        ],
    }
