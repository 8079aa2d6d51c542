"""Where a notice's title stands: what lies above it is the letterhead and the addressees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from intake.alignment.found import is_subject, says_title
from intake.domain.geometry import Box
from intake.domain.placement import Placement, Spot
from intake.domain.text import Line, PageText
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
        for line in texts[page].lines:
            parts = list(parts_of(line.words, texts[page].aspect, APART))
            for words in (line.words, *(parts if len(parts) > 1 else ())):
                said = "".join(word.text for word in words)
                if says_title(said, wording, template):
                    return Spot(page, Box.around(word.box for word in words))
    title = letters_only(wording.title)
    found = next((s for word, s in placement.anchors if letters_only(word) == title), None)
    subjects = (
        Spot(page, line.box)
        for page in placement.pages
        for line in texts[page].lines
        if is_subject("".join(word.text for word in line.words), wording)
    )
    return found or next(subjects, None)


def rows_below(
    placement: Placement, texts: Mapping[int, PageText]
) -> Iterator[tuple[int, tuple[Line, ...]]]:
    """Yield each page's number and its rows below the title, straight across it."""
    title = title_of(placement, texts)
    for page in placement.pages:
        top = title.box.bottom if title and title.page == page else 0.0
        words = [w for line in texts[page].lines for w in line.words if w.box.top >= top]
        yield page, row_order(words, texts[page].aspect)
