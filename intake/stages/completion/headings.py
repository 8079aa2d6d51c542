"""What a table or a list made of a form calls its fields (``[headings]`` in form.toml)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz.fuzz import ratio

from intake.domain.geometry import Box
from intake.domain.placement import Placement
from intake.domain.template import Template
from intake.domain.text import Line, PageText, Word
from intake.fields.script import folded_letters
from intake.stages.completion.list_rows import sign_at

LIKE = 90.0
"""Likeness of words to a heading, in hundredths, from which they are that."""

Headings = Mapping[str, Sequence[str]]
"""The headings of each field, as ``plain`` returns them."""


def headings_of(template: Template) -> Headings:
    """Return what a table or list may call each field."""
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


def labels_of_rows(placement: Placement, texts: Mapping[int, PageText]) -> frozenset[Box]:
    """Return the boxes of the letters of a list's labels: no option is said there.

    ``texts`` are the notice's pages by number. «7) Образование юридического лица: без …», or the
    label in a line of its own.
    """
    headings = headings_of(placement.template)
    lines = (line for page in placement.pages for line in texts[page].lines)
    labels = (label for line in lines if (label := _label_of(line)))
    return frozenset(
        letter.box
        for words in labels
        if is_heading(plain(" ".join(word.text for word in words)), headings)
        for word in words
        for letter in word.letters
    )


def _label_of(line: Line) -> Sequence[Word]:
    """Return the words of a line before its sign, or all of one that begins as a label does."""
    place = sign_at(line)
    return line.words if not place and line.text[:1].isupper() else line.words[:place]
