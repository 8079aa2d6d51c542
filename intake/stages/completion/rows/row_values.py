"""Values of a list whose labels are the form's headings: «7. Привито голов: 1 890».

The alignment knows the official wording, in which other words stand around a blank. A row whose
label, up to its sign, is a heading holds its field's value, whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from intake.alignment.stream import line_letters
from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, Placement
from intake.domain.template import FieldKind, FieldRule
from intake.domain.text import Line, PageText, Word
from intake.fields.reference import Reference
from intake.stages.completion.page.given import with_given
from intake.stages.completion.page.title import rows_below
from intake.stages.completion.rows.celled import value_in
from intake.stages.completion.rows.headings import (
    LIKE,
    both_said,
    headings_of,
    label_likenesses,
    said_by,
)
from intake.stages.completion.rows.list_rows import begins_item, is_bracketed, numbers_in, sign_at

LEAST = 3
"""Rows with a heading from which lines are such a list."""
CLOSE, FLUSH = 1.0, 0.03
"""White between a row and the line in which its value goes on, in heights of a line, at most, and
how far from label or value that line may begin, as a share of the page's width."""
INDENT = 0.08
"""How far left of its paragraph's first line the next may begin, as a share of the page's width."""
_WORDED = (FieldKind.NAME, FieldKind.ADDRESS, FieldKind.TEXT)
_SHORT = (
    FieldKind.NUMBER, FieldKind.DATE, FieldKind.ENUM, FieldKind.INN, FieldKind.OKPO,
)  # fmt: skip

_Row = tuple[FieldRule, tuple[PlacedLetter, ...]]


def with_row_values(
    placement: Placement, texts: Mapping[int, PageText], reference: Reference
) -> Placement:
    """Return the placement with the values of such rows, where a field has none, or not all.

    ``texts`` are the notice's pages by number.
    """
    rows = list(_rows(placement, texts))
    rules = [rule for rule, _ in rows]
    found = {
        rule.name: value
        for rule, letters in rows
        if rules.count(rule) == 1
        and (value := value_in(rule, letters, placement, reference))
        and _lacks(placement, rule, value)
    }
    return with_given(placement, found) if len(rows) >= LEAST else placement


def _rows(placement: Placement, texts: Mapping[int, PageText]) -> Iterator[_Row]:
    """Yield each heading's field and what stands behind the heading in its row."""
    headings = headings_of(placement.template)
    for page, lines in rows_below(placement, texts):
        for number, line in enumerate(lines):
            place = sign_at(line)
            like = label_likenesses(line.words[:place], headings)
            best = max(like.values(), default=0.0)
            names = [name for name, each in like.items() if each == best >= LIKE]
            both = () if names else both_said(said_by(line.words[:place]), headings)
            is_row = place and not is_bracketed(line)  # «(форма собственности: …, …)» is a caption
            for name in both or names[: len(names) == 1] if is_row and line.words[place:] else ():
                rule = placement.template.fields[name]
                more = _going_on(lines[number:], place) if rule.kind in _WORDED else ()
                own = line.words[place:]
                yield (
                    rule,
                    tuple(
                        placed
                        for words in (own, *more)
                        for placed in line_letters(page, Line(words, words[0].box))
                    ),
                )


def _going_on(lines: Sequence[Line], place: int) -> Iterator[tuple[Word, ...]]:
    """Yield the words of the lines in which a row's value goes on: close, and with no label."""
    label, value = lines[0].words[0].box.left, lines[0].words[place].box.left
    for above, line in pairwise(lines):
        is_close = line.box.top - above.box.bottom < CLOSE * line.box.height
        begins = line.box.left - label
        is_flush = -INDENT < begins < FLUSH or abs(line.box.left - value) < FLUSH
        is_item = begins_item(line)
        if not is_close or not is_flush or is_item or sign_at(line) or numbers_in(line.words):
            return
        yield line.words


def _lacks(placement: Placement, rule: FieldRule, letters: Sequence[PlacedLetter]) -> bool:
    """Tell whether a field has none of these letters, a text not all, others not them alone.

    A text may have more in the lines below; what it lacks is no other field's («…, телефон 0312»).
    """
    holes = {name: _boxes(several) for name, several in placement.holes.items()}
    own, said = holes.pop(rule.name, set()), {placed.letter.box for placed in letters}
    others = set().union(*holes.values())
    if not own & said:
        return True
    is_text = rule.kind in _WORDED
    is_torn = not said <= own if is_text else rule.kind in _SHORT and said != own
    return is_torn and others.isdisjoint(said - own)


def _boxes(holes: Sequence[Hole]) -> set[Box]:
    return {placed.letter.box for hole in holes for placed in hole.letters}
