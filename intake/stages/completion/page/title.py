"""Where a notice's title stands: what lies above it is the letterhead and the addressees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rapidfuzz.fuzz import partial_ratio

from intake.domain.placement import Placement, Spot
from intake.domain.text import Line, PageText
from intake.fields.script import letters_only
from intake.layout.order import row_order

MOSTLY, LIKE = 0.6, 90.0
"""Part of the form's subject that a line has which stands for the title, and its likeness."""


def title_of(placement: Placement, texts: Mapping[int, PageText]) -> Spot | None:
    """Return the spot of the form's title, a line of its own before a word that was found.

    ``texts`` are the notice's pages by number. None where it was not read.
    """
    title = letters_only(placement.wording.title)
    for page in placement.pages:
        for line in texts[page].lines:
            if letters_only(line.text) == title:
                return Spot(page, line.box)
    found = next((s for word, s in placement.anchors if letters_only(word) == title), None)
    return found or next(_subjects(placement, texts), None)


def _subjects(placement: Placement, texts: Mapping[int, PageText]) -> Iterator[Spot]:
    """Yield the lines that are the form's subject («О создании Ресурсного центра …»)."""
    subject = letters_only(placement.wording.subject)
    for page in placement.pages:
        for line in texts[page].lines:
            own = letters_only(line.text)
            is_long = line.text[:1].isupper() and len(own) >= MOSTLY * len(subject)
            if is_long and partial_ratio(own, subject) >= LIKE:
                yield Spot(page, line.box)


def rows_below(
    placement: Placement, texts: Mapping[int, PageText]
) -> Iterator[tuple[int, tuple[Line, ...]]]:
    """Yield each page's number and its rows below the title, straight across it."""
    title = title_of(placement, texts)
    for page in placement.pages:
        top = title.box.bottom if title and title.page == page else 0.0
        words = [w for line in texts[page].lines for w in line.words if w.box.top >= top]
        yield page, row_order(words, texts[page].aspect)
