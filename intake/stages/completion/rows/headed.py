"""Places behind a label that a list or a table without lines has for them («Район: Кочкорский»).

Where the alignment found nothing, and only a known place, which proves itself. Numbers, dates and
answers of that kind are found by ``elsewhere``, ``foot`` and ``answers``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from intake.alignment.stream import line_letters
from intake.domain.geometry import Box
from intake.domain.placement import PlacedLetter, Placement, words_in
from intake.domain.template import FieldRule
from intake.domain.text import Line, PageText, Word
from intake.fields.places import is_named
from intake.fields.reference import Reference
from intake.fields.script import folded_letters
from intake.stages.completion.addressees.places import listed_places
from intake.stages.completion.page.given import with_given
from intake.stages.completion.page.title import rows_below
from intake.stages.completion.rows.celled import value_in
from intake.stages.completion.rows.headings import Headings, headings_of, is_label
from intake.stages.completion.rows.list_rows import sign_at


def with_headed(
    placement: Placement, texts: Mapping[int, PageText], reference: Reference
) -> Placement:
    """Return the placement with the places that stand behind the headings of empty fields.

    ``texts`` are the notice's pages by number.
    """
    listed = listed_places(reference)
    rules = placement.template.fields.values()
    headings = headings_of(placement.template)
    sought = [r for r in rules if r.kind in listed and not placement.has_letters(r.name)]
    found = dict[str, Sequence[PlacedLetter]]()
    pages = rows_below(placement, texts) if any(rule.headings for rule in sought) else ()
    for page, row in ((page, row) for page, rows in pages for row in rows):
        for rule, words in ((r, v) for r in sought for v in _behind_heading(row, r, headings)):
            letters = line_letters(page, Line(words, Box.around(word.box for word in words)))
            value = value_in(rule, tuple(letters), placement, reference)
            text = " ".join("".join(p.letter.text for p in word) for word in words_in(value))
            if is_named(text, listed[rule.kind]):
                found.setdefault(rule.name, value)
    return with_given(placement, found) if found else placement


def _behind_heading(row: Line, rule: FieldRule, headings: Headings) -> Iterator[tuple[Word, ...]]:
    """Yield what stands in a row behind each of a field's headings that it begins with.

    Behind a sign, whatever hint or number of a list stands beside it («5. Район (город): …»).
    """
    place = sign_at(row)
    if place and is_label(row.words[:place], {rule.name: headings[rule.name]}):
        yield row.words[place:]
    said = [folded_letters(word.text) for word in row.words]
    for heading in rule.headings:
        own = [folded_letters(word) for word in heading.split()]
        if said[: len(own)] == own and len(said) > len(own):
            yield row.words[len(own) :]
