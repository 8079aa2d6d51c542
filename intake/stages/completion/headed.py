"""Values of empty fields behind a label that a list or a table without lines has for them.

Where the alignment found nothing, and only what proves itself: a known place, a number of so many
digits, a whole date, one answer of an enum.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from intake.alignment.rows import DIGITS
from intake.alignment.stream import line_letters
from intake.domain.geometry import Box
from intake.domain.placement import PlacedLetter, Placement
from intake.domain.template import FieldKind, FieldRule
from intake.domain.text import Line, PageText, Word
from intake.fields.dates import is_whole_date
from intake.fields.places import is_named
from intake.fields.reference import Reference
from intake.fields.script import fold_letters, letters_only
from intake.fields.terms import is_term, terms_of
from intake.layout.order import row_order
from intake.stages.completion.given import with_given
from intake.stages.completion.title import title_of


def with_headed(
    placement: Placement, texts: Mapping[int, PageText], reference: Reference
) -> Placement:
    """Return the placement with the values of empty fields behind their headings.

    ``texts`` are the notice's pages by number.
    """
    title = title_of(placement, texts)
    rules = placement.template.fields
    open_ = {n: r for n, r in rules.items() if r.headings and not _is_filled(placement, n)}
    found = dict[str, list[PlacedLetter]]()
    for page in placement.pages if open_ else ():
        top = title.box.bottom if title and title.page == page else 0.0
        words = [w for line in texts[page].lines for w in line.words if w.box.top >= top]
        for row in row_order(words, texts[page].aspect):
            for name, value in _values(row, open_, reference):
                line = Line(value, Box.around(word.box for word in value))
                found.setdefault(name, line_letters(page, line))
    return with_given(placement, found) if found else placement


def _is_filled(placement: Placement, name: str) -> bool:
    return any(hole.letters for hole in placement.holes.get(name, ()))


def _values(
    row: Line, rules: Mapping[str, FieldRule], reference: Reference
) -> Iterator[tuple[str, tuple[Word, ...]]]:
    """Yield each field whose heading a row begins with, where a value is behind it, and that."""
    said = [fold_letters(letters_only(word.text)) for word in row.words]
    for name, rule in rules.items():
        for heading in rule.headings:
            own = [fold_letters(letters_only(word)) for word in heading.split()]
            value = row.words[len(own) :]
            if said[: len(own)] == own and value and _is_value(value, rule, reference):
                yield name, value


def _is_value(words: Sequence[Word], rule: FieldRule, reference: Reference) -> bool:
    text = " ".join(word.text for word in words)
    if rule.kind in DIGITS:
        return sum(map(str.isdigit, text)) == DIGITS[rule.kind] == len(letters_only(text))
    return {
        FieldKind.DISTRICT: lambda: is_named(text, reference.districts),
        FieldKind.REGION: lambda: is_named(text, reference.regions),
        FieldKind.DATE: lambda: is_whole_date(text, reference.months),
        FieldKind.ENUM: lambda: "," not in text and is_term(text, terms_of(rule, reference)),
    }.get(rule.kind, lambda: False)()
