"""What a table made of a form calls its fields (``[headings]`` in form.toml)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz.fuzz import ratio

from intake.domain.template import Template
from intake.fields.script import folded_letters

LIKE = 90.0
"""Likeness of words to a heading, in hundredths, from which they are that."""

Headings = Mapping[str, Sequence[str]]
"""The headings of each field, as ``plain`` returns them."""


def headings_of(template: Template) -> Headings:
    """Return what a table may call each field."""
    return {name: [plain(said) for said in r.headings] for name, r in template.fields.items()}


def plain(text: str) -> str:
    """Return the words of a text by their letters alone, folded."""
    return " ".join(filter(None, map(folded_letters, text.split())))


def likenesses(said: str, headings: Headings) -> dict[str, float]:
    """Return how like plain words are to the likest heading of each field, 0 .. 100."""
    return {
        name: max((ratio(said, heading) for heading in each), default=0.0)
        for name, each in headings.items()
    }


def is_heading(said: str, headings: Headings) -> bool:
    """Tell whether plain words are a heading."""
    return max(likenesses(said, headings).values(), default=0.0) >= LIKE
