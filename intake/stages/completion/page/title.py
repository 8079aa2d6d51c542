"""Where a notice's title stands: what lies above it is the letterhead and the addressees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from intake.alignment.titles import is_subject, title_in
from intake.domain.geometry import Box
from intake.domain.placement import Placement, Spot
from intake.domain.text import Line, PageText, Word
from intake.fields.script import letters_only
from intake.layout.order import parts_of, row_order

APART = 3.0
"""Heights of its words between the title and what stands in another column beside it."""


def title_of(placement: Placement, texts: Mapping[int, PageText]) -> Spot | None:
    """Return the spot of the form's title: a line of its own before a word that was found.

    Its subject stands for it («О создании Ресурсного центра …») where it was left out.

    ``texts`` are the notice's pages by number. None where it was not read.
    """
    wording, template = placement.wording, placement.template
    for page in placement.pages:
        every = [words for line in texts[page].lines for words in _ways(line, texts[page].aspect)]
        said = [" ".join(word.text for word in words) for words in every]
        title = title_in(said, wording, template)
        if title is not None:
            return Spot(page, Box.around(word.box for number in title for word in every[number]))
    first = letters_only(wording.title)
    printed = next((s for word, s in placement.anchors if letters_only(word) == first), None)
    subjects = (
        Spot(page, line.box)
        for page in placement.pages
        for line in texts[page].lines
        if is_subject("".join(word.text for word in line.words), wording)
    )
    return printed or next(subjects, None)


def _ways(line: Line, aspect: float) -> list[tuple[Word, ...]]:
    """Return a line, and its parts where it is of several columns."""
    parts = list(parts_of(line.words, aspect, APART))
    return [line.words, *(parts if len(parts) > 1 else ())]


def rows_below(
    placement: Placement, texts: Mapping[int, PageText]
) -> Iterator[tuple[int, tuple[Line, ...]]]:
    """Yield each page's number and its rows below the title, straight across it."""
    title = title_of(placement, texts)
    for page in placement.pages:
        top = title.box.bottom if title and title.page == page else 0.0
        words = [w for line in texts[page].lines for w in line.words if w.box.top >= top]
        yield page, row_order(words, texts[page].aspect)
