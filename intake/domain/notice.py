"""What a notice says: one reading a field, and the record that leaves the product."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from intake.domain.geometry import Box


class State(StrEnum):
    """Whether there is a value, and if not, why not (CONTRACT.md, section 1)."""

    READ = "read"
    BLANK = "blank"
    MISSING = "missing"
    UNREADABLE = "unreadable"


class Flag(StrEnum):
    """Why a person must look at a field (CONTRACT.md, section 1)."""

    LOW_CONFIDENCE = "low-confidence"
    AMBIGUOUS = "ambiguous"
    CORRECTED = "corrected"
    CHECK_FAILED = "check-failed"
    NOT_IN_REFERENCE = "not-in-reference"
    CONFLICT = "conflict"
    REQUIRED_BLANK = "required-blank"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    HANDWRITTEN = "handwritten"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible value: its normal form, fuzzy score 0..1, and where it came from."""

    value: str
    score: float
    origin: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found for one field.

    ``text`` as written before repair, ``value`` its normal form or None,
    ``confidence`` the calibrated probability that ``value`` is right, ``box``
    on the page as scanned (``page`` counts from 1). ``notes`` say why each
    flag was raised, as message keys of ``intake.fields.messages``; ``evidence``
    holds the numbers that the confidence was computed from.
    """

    value: str | None
    text: str
    state: State
    confidence: float
    flags: tuple[Flag, ...] = ()
    page: int | None = None
    box: Box | None = None
    candidates: tuple[Candidate, ...] = ()
    notes: tuple[str, ...] = ()
    evidence: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notice:
    """One filled official form: the unit of extraction.

    ``said`` is what its form tells people (``Template.said``).
    """

    source: str
    sha256: str
    pages: tuple[int, ...]
    template: str
    template_version: str
    language: str
    fields: Mapping[str, Reading]
    reasons: tuple[str, ...] = ()
    said: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    provenance: Mapping[str, object] = field(default_factory=dict)
