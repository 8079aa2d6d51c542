"""Dates behind their heading in running text: «Срок устранения замечаний – 1 сентября 2025 г.»."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from intake.domain.placement import Placement
from intake.domain.template import FieldKind
from intake.domain.text import PageText
from intake.fields.reference import Reference
from intake.fields.script import folded_letters
from intake.stages.completion.dates.annex import says
from intake.stages.completion.page.given import with_given
from intake.stages.completion.page.unclaimed import MOST_WORDS, Run, dates_in
from intake.stages.completion.rows.headings import headings_of

FEWEST = 2
"""Words of a heading that tells its date in a sentence: «дата» alone may be any."""
SIGNS = 1
"""Words between a heading and its date at most: a dash."""


def with_behind(
    placement: Placement, texts: Mapping[int, PageText], reference: Reference
) -> Placement:
    """Return the placement with the only such date for each that was not read.

    ``texts`` are the notice's pages by number.
    """
    headings = headings_of(placement.template)
    for name, rule in placement.template.fields.items():
        holes = placement.holes.get(name, ())
        if rule.kind is not FieldKind.DATE or any(says(rule.kind, h, reference) for h in holes):
            continue
        long = [words for each in headings[name] if len(words := each.split()) >= FEWEST]
        pages = [(page, texts[page]) for page in placement.pages]
        found = {date for page, text in pages for date in _behind(long, page, text, reference)}
        if len(found) == 1:
            placement = with_given(placement, {name: found.pop().letters})
    return placement


def _behind(
    headings: Sequence[Sequence[str]], page: int, text: PageText, reference: Reference
) -> Iterator[Run]:
    """Yield the dates right behind headings, given as folded words."""
    words = [word for line in text.lines for word in line.words]
    said = [folded_letters(word.text) for word in words]
    for heading in headings:
        for start in range(len(words) - len(heading)):
            end = start + len(heading)
            if said[start:end] == list(heading):
                rest = Run(page, tuple(words[end : end + SIGNS + MOST_WORDS]))
                date = next(dates_in(rest, reference.months), None)
                if date and rest.words.index(date.words[0]) <= SIGNS:
                    yield date
