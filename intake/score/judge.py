"""Judges one record against one truth, field by field (DESIGN.md, section 6)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Levenshtein

from intake.domain.geometry import Box

Record = Mapping[str, Any]  # CONTRACT.md, section 1, as read from JSON

_WORD = re.compile(r"[а-яёөүң]{2}", re.IGNORECASE)
"""A word of what was written; codes («12-А») have none."""
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


def same(expected: str | None, value: str | None) -> bool:
    """Tell whether two values are equal as DESIGN.md counts it, of whatever form they are.

    Digits, dates and options must be the same to the letter; signs of what was written are
    unified; words are compared without their case.
    """
    if expected is None or value is None or expected.isascii():
        return expected == value
    one, other = unified(expected), unified(value)
    return one == other or (bool(_WORD.search(one)) and one.casefold() == other.casefold())


def judge(record: Record, truth: Record) -> Iterator[Judgement]:
    """Judge every field that the truth knows; one that the record lacks counts as null, silent."""
    strata = frozenset((axis, str(value)) for axis, value in truth.get("strata", {}).items())
    for name, expected in truth["fields"].items():
        reading = record.get("fields", {}).get(name) or {}
        letters, errors = _letters(expected, reading)
        yield Judgement(
            source=truth["source"],
            field=name,
            expected=expected["value"],
            value=reading.get("value"),
            is_right=same(expected["value"], reading.get("value")),
            flags=tuple(reading.get("flags") or ()),
            confidence=reading.get("confidence"),
            letters=letters,
            letter_errors=errors,
            overlap=_overlap(expected, reading),
            strata=strata,
        )


def _letters(expected: Record, reading: Record) -> tuple[int, int]:
    """Return the letters of a value that is what was written, and how many were read wrong."""
    if expected.get("state") != "read" or not expected.get("text") or expected["value"] is None:
        return 0, 0  # null, though read: options that exclude each other, both marked
    if "".join(unified(expected["text"]).split()) != "".join(unified(expected["value"]).split()):
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
