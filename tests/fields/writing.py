"""Written places for the tests: as typed, with alternatives, with a second reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from intake.domain.geometry import Box
from intake.domain.text import Letter
from intake.fields.graded import Written
from intake.fields.script import Language

BOX = Box(0.0, 0.0, 0.1, 0.1)
TODAY = date(2025, 6, 1)
REFERENCE_FOLDER = Path(__file__).resolve().parents[2] / "templates" / "reference"


def letters(
    text: str, alternatives: dict[int, tuple[str, float]] | None = None
) -> tuple[Letter, ...]:
    """One letter a sign that is no space; ``alternatives`` by place among all signs."""
    others = alternatives or {}
    return tuple(
        Letter(sign, BOX, 0.6 if place in others else 0.97,
               (others[place],) if place in others else ())
        for place, sign in enumerate(text)
        if not sign.isspace()
    )  # fmt: skip


def written(
    text: str,
    second: str | None = None,
    *,
    language: Language = "ky",
    alternatives: dict[int, tuple[str, float]] | None = None,
) -> Written:
    return Written(text, letters(text, alternatives), language, second)


def own_first(own: str, other: str, language: Language = "ky") -> Written:
    """A place that our own recogniser, which errs less, read first."""
    return replace(written(own, other, language=language), prefers_second=False)
