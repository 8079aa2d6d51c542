"""Judges one record against one truth, field by field (DESIGN.md, section 6)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Levenshtein

from intake.domain.geometry import Box

Record = Mapping[str, Any]  # CONTRACT.md, section 1, as read from JSON

CASELESS = frozenset((
    "organization_name", "address", "director_name", "department_district", "department_region",
    "ayil_district", "ayil_region",
))  # fmt: skip
# Fields whose text is what was written there, letter for letter.
SPELLED = CASELESS | {
    "organization_okpo", "organization_inn", "centre_inn", "centre_okpo", "order_number",
}  # fmt: skip
_QUOTES = dict.fromkeys(map(ord, "«»“”„‟‘’‚‹›″`'"), '"')
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One field of one found notice.

    ``is_right`` whether the value is the truth's; ``flags`` why a person was asked
    to look, if so; ``letters`` and ``letter_errors`` of its text, 0 and 0 where
    text is not compared; ``overlap`` of the boxes, None where the truth has none.
    """

    source: str
    field: str
    expected: str | None
    value: str | None
    is_right: bool
    flags: tuple[str, ...]
    confidence: float | None
    letters: int
    letter_errors: int
    overlap: float | None
    strata: frozenset[tuple[str, str]]

    @property
    def is_flagged(self) -> bool:
        """Whether a person was asked to look."""
        return bool(self.flags)

    @property
    def is_silent_error(self) -> bool:
        """Whether the value is wrong and nobody was asked to look."""
        return not self.is_right and not self.is_flagged


def unified(text: str) -> str:
    """Return the text in NFC, spaces collapsed, every quote as ``"``, every dash as ``-``."""
    composed = unicodedata.normalize("NFC", text).translate(_QUOTES | _DASHES)
    return unicodedata.normalize("NFC", " ".join(composed.split()))


def same(field: str, expected: str | None, value: str | None) -> bool:
    """Tell whether two values of a field are equal as DESIGN.md counts it."""
    if expected is None or value is None:
        return expected is value
    if field in CASELESS:
        return unified(expected).casefold() == unified(value).casefold()
    if field in SPELLED:
        return unified(expected) == unified(value)
    return expected == value


def judge(record: Record, truth: Record) -> Iterator[Judgement]:
    """Judge every field that the truth knows; one that the record lacks counts as null, silent."""
    strata = frozenset((axis, str(value)) for axis, value in truth.get("strata", {}).items())
    for name, expected in truth["fields"].items():
        reading = record.get("fields", {}).get(name) or {}
        letters, errors = _letters(name, expected, reading)
        yield Judgement(
            source=truth["source"],
            field=name,
            expected=expected["value"],
            value=reading.get("value"),
            is_right=same(name, expected["value"], reading.get("value")),
            flags=tuple(reading.get("flags") or ()),
            confidence=reading.get("confidence"),
            letters=letters,
            letter_errors=errors,
            overlap=_overlap(expected, reading),
            strata=strata,
        )


def _letters(name: str, expected: Record, reading: Record) -> tuple[int, int]:
    if name not in SPELLED or expected.get("state") != "read":
        return 0, 0
    written, read = unified(expected["text"]), unified(reading.get("text") or "")
    return len(written), Levenshtein.distance(written, read)


def _overlap(expected: Record, reading: Record) -> float | None:
    """Return how far the boxes agree, where something is written and the record says what."""
    if expected.get("box") is None or expected.get("state") != "read":
        return None
    if reading.get("value") is None:
        return None
    if reading.get("box") is None or reading.get("page") != expected.get("page"):
        return 0.0
    return Box(*expected["box"]).overlap(Box(*reading["box"]))
