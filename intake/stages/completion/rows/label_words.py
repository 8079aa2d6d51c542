"""Words of labels that whoever typed a form anew gave it: print, though not the form's own.

«Наименование организации: …», «(ИНН …». No value goes on into them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain

from intake.domain.geometry import Box
from intake.domain.placement import Placement, Spot
from intake.domain.text import PageText
from intake.fields.script import folded_letters

COLON = ":"
"""Sign behind a label in whatever words."""


def with_label_words(placement: Placement, texts: Mapping[int, PageText]) -> Placement:
    """Return the placement with such words, of those that stand in no value.

    ``texts`` are the notice's pages by number.
    """
    return replace(placement, labels=tuple(_label_words(placement, texts)))


def _label_words(placement: Placement, texts: Mapping[int, PageText]) -> Iterator[tuple[str, Spot]]:
    rules = placement.template.fields.values()
    phrases = chain.from_iterable((*rule.labels, *rule.headings) for rule in rules)
    known = {folded_letters(word) for phrase in phrases for word in phrase.split()}
    known |= {folded_letters(word) for word in placement.wording.every_word}
    values = placement.written
    for page in placement.pages:
        printed = [spot.box for _, spot in placement.anchors if spot.page == page]
        for word in (word for line in texts[page].lines for word in line.words):
            said = folded_letters(word.text)
            is_label = said and (said in known or word.text.endswith(COLON))
            is_printed = any(box.holds(word.box) for box in printed)
            if is_label and not is_printed and not any(e.box in values for e in word.letters):
                yield word.text, Spot(page, Box.around(letter.box for letter in word.letters))
