"""What the readings of a notice are held against, and what is said of a field without a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from intake.domain.document import Document
from intake.domain.geometry import Box, Transform
from intake.domain.notice import Flag, Reading, State
from intake.domain.template import FieldRule
from intake.fields.confidence import Calibration
from intake.fields.grading import Grader


@dataclass(frozen=True, slots=True)
class Desk:
    """What a notice is held against: its document, the way back to its pages, the rules.

    ``contradicted`` are the places, on the straightened pages by number, where
    the file's own text says other than the picture.
    """

    document: Document
    transforms: Mapping[int, Transform]
    grader: Grader
    calibration: Calibration
    provenance: Mapping[str, object]
    contradicted: Mapping[int, tuple[Box, ...]] = field(default_factory=dict)


def missing(rule: FieldRule, *, traced: bool = False) -> Reading:
    """Return a field whose place was not found: a fault where it must be, or may be, there."""
    flags = (Flag.MISSING,) if rule.required or traced else ()
    return Reading(None, "", State.MISSING, 0.5 if flags else 0.95, flags)
