"""Where a notice's title stands: what lies above it is the letterhead and the addressees."""

from __future__ import annotations

from collections.abc import Mapping

from intake.domain.placement import Placement, Spot
from intake.domain.text import PageText
from intake.fields.script import letters_only


def title_of(placement: Placement, texts: Mapping[int, PageText]) -> Spot | None:
    """Return the spot of the form's title, a line of its own before a word that was found.

    ``texts`` are the notice's pages by number. None where it was not read.
    """
    title = letters_only(placement.wording.title)
    for page in placement.pages:
        for line in texts[page].lines:
            if letters_only(line.text) == title:
                return Spot(page, line.box)
    return next((s for word, s in placement.anchors if letters_only(word) == title), None)
