"""Answers of an enum that stand where the form's wording does not lead: «муниципальная».

In forms typed anew, with captions in other words or as tables, they are left over as a line of
their own, or become the head of the address. A few written terms are known wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from intake.alignment.rows import DIGITS
from intake.alignment.spots import spots_of
from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, Placement, Spot, words_in
from intake.domain.template import FieldKind, FieldRule
from intake.domain.text import PageText, Word
from intake.fields.reference import Reference
from intake.fields.script import folded_letters
from intake.fields.terms import Terms, is_term, says_one, terms_of
from intake.layout.order import row_order
from intake.stages.completion.page.title import title_of
from intake.stages.completion.page.unclaimed import Run, unclaimed
from intake.stages.writing import text_of

MOST_WORDS = 2
"""Words of a term that may begin an address («жеке менчик»)."""
LIST = 3
"""Rows from a label's on among which the form's list of answers stands."""
LEAST, ROOT = 2, 4
"""Words of a label that is looked for anywhere, and letters of each that tell it in any case."""
Texts = Mapping[int, PageText]
Holes = Mapping[str, tuple[Hole, ...]]


def with_answers(placement: Placement, texts: Texts, reference: Reference) -> Placement:
    """Return the placement with the only such answer as the value of a field that has none.

    ``texts`` are the notice's pages by number.
    """
    holes = dict(placement.holes)
    for name, several in placement.holes.items():
        rule = placement.template.fields[name]
        if rule.kind is not FieldKind.ENUM:
            continue
        terms = terms_of(rule, reference)
        said = [text_of(hole) for hole in several]
        if any(says_one(text, terms) and not text.startswith("(") for text in said):
            continue  # «(мамл.» is a hint's
        found = list(_left_over(placement, texts, name, terms))
        found += _beside_others(placement, name, terms)
        labelled = [] if len(found) == 1 else list(_labelled(placement, texts, rule, terms))
        if len(found) == 1:
            holes |= found[0]
        elif len({run.text for run in labelled}) == 1:
            holes[name] = (labelled[0].as_hole(name, is_aside=False),)
    return replace(placement, holes=holes)


def _left_over(placement: Placement, texts: Texts, name: str, terms: Terms) -> Iterator[Holes]:
    """Yield the holes with each answer that stands alone on the notice, below its title."""
    for rows in _rows(placement, texts):
        for run in unclaimed(placement, texts, rows, name):
            if is_term(run.text, terms):
                yield {name: (run.as_hole(name, is_aside=False),)}


def _labelled(placement: Placement, texts: Texts, rule: FieldRule, terms: Terms) -> Iterator[Run]:
    """Yield each answer behind or below one of the field's labels, or before it in the genitive.

    «Менчиктин түрү / ЖЕКЕ МЕНЧИК», «муниципальной формы собственности»; not the form's list.
    """
    said = ([_root(word) for word in each.split()] for each in (*rule.labels, *rule.headings))
    labels = [label for label in said if len(label) >= LEAST]
    for spot in _rows(placement, texts):
        text = texts[spot.page]
        words = [w for line in text.lines for w in line.words if spot.box.holds(w.box)]
        rows = [row.words for row in row_order(words, text.aspect)]
        for number, row in enumerate(rows):
            near = rows[number : number + LIST]
            above = rows[number - 1][-1:] if number else ()
            below = near[1] if len(near) > 1 else ()
            found = list(_beside_label(above, row, below, labels, terms))
            if found and not _is_list(near, terms):
                yield from (Run(spot.page, answer) for answer in found)


_Words = Sequence[Word]


def _beside_label(
    above: _Words, row: _Words, below: _Words, labels: Sequence[Sequence[str]], terms: Terms
) -> Iterator[tuple[Word, ...]]:
    """Yield the answer behind each label in a row, below it or before it, the last word ``above``.

    The label may go on in the next row («… форма / собственности: муниципальная»).
    """
    flow = (*row, *below)
    roots = [_root(word.text) for word in flow]
    for label, start in ((label, start) for label in labels for start in range(len(row))):
        end = start + len(label)
        if roots[start:end] != label:
            continue
        under = [word for word in below if word.box.right > row[start].box.left]
        behind = row[end:] if end < len(row) else flow[end:] if end > len(row) else ()
        near = (behind[:MOST_WORDS], under[:MOST_WORDS], row[start - 1 : start] or above)
        yield from list(filter(None, (_answer(words, terms) for words in near)))[:1]


def _is_list(rows: Sequence[_Words], terms: Terms) -> bool:
    """Tell whether rows say more than one of the options, as the form's own list does."""
    words = [word for row in rows for word in row]
    said = (o for o, own in terms.items() if any(is_term(w.text, {o: own}) for w in words))
    return len(list(said)) > 1


def _root(word: str) -> str:
    return folded_letters(word)[:ROOT]


def _answer(words: _Words, terms: Terms) -> tuple[Word, ...]:
    """Return the words at the head that say one answer and nothing else, none for a list."""
    for count in range(len(words), 0, -1):
        own = tuple(words[:count])
        text = " ".join(word.text for word in own)
        if not text.startswith("(") and "," not in text[:-1] and is_term(text, terms):
            return own
    return ()


def _rows(placement: Placement, texts: Texts) -> Iterator[Spot]:
    """Yield the part of each page that lies below the form's title."""
    title = title_of(placement, texts)
    for page in placement.pages:
        top = title.box.bottom if title and title.page == page else 0.0
        yield Spot(page, Box(0.0, top, 1.0, 1.0))


def _beside_others(placement: Placement, name: str, terms: Terms) -> Iterator[Holes]:
    """Yield the holes without each answer at an address's head or a number's end, in its own then.

    The line of the answer was read on from theirs.
    """
    for other, several in placement.holes.items():
        kind = placement.template.fields[other].kind
        if kind is not FieldKind.ADDRESS and kind not in DIGITS:
            continue
        for number, hole in enumerate(several):
            answer, rest = _parted(hole, terms, at_end=kind in DIGITS)
            if answer and rest:
                less = replace(hole, letters=rest, spots=spots_of(rest))
                own = Hole(name, answer, spots_of(answer), hole.cost)
                yield {name: (own,), other: (*several[:number], less, *several[number + 1 :])}


_Letters = tuple[PlacedLetter, ...]


def _parted(hole: Hole, terms: Terms, *, at_end: bool) -> tuple[_Letters, _Letters]:
    """Return the longest answer at a hole's head, or its end, perhaps none, and what is left."""
    words = words_in(hole.letters)
    for count in range(MOST_WORDS, 0, -1):
        said = words[-count:] if at_end else words[:count]
        own = tuple(placed for word in said for placed in word)
        if len(words) > count and is_term(text_of(replace(hole, letters=own)), terms):
            rest = hole.letters[: -len(own)] if at_end else hole.letters[len(own) :]
            return own, rest
    return (), hole.letters
