"""Dates and numbers behind their heading in running text: «Общая площадь – 1 075,5 кв. м»."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from intake.domain.placement import Placement
from intake.domain.template import FieldKind
from intake.domain.text import PageText, Word
from intake.fields.reference import Reference
from intake.fields.script import folded_letters
from intake.stages.completion.dates.annex import says
from intake.stages.completion.page.given import with_given
from intake.stages.completion.page.unclaimed import MOST_WORDS, Run, dates_in
from intake.stages.completion.rows.headings import headings_of

FEWEST = 2
"""Words of a heading that tells its value in a sentence: «дата» alone may be any."""
SIGNS = 1
"""Words between a heading and its value at most: a dash, «№»."""
_KINDS = FieldKind.DATE, FieldKind.NUMBER


def with_behind(
    placement: Placement, texts: Mapping[int, PageText], reference: Reference
) -> Placement:
    """Return the placement with the only such value for each date and number that was not read.

    ``texts`` are the notice's pages by number.
    """
    headings = headings_of(placement.template)
    for name, rule in placement.template.fields.items():
        holes = placement.holes.get(name, ())
        if rule.kind not in _KINDS or any(says(rule.kind, h, reference) for h in holes):
            continue
        long = [words for each in headings[name] if len(words := each.split()) >= FEWEST]
        rests = [each for page in placement.pages for each in _behind(long, page, texts[page])]
        if rule.kind is FieldKind.NUMBER:
            values = (_number(label, rest, placement) for label, rest in rests)
        else:
            values = (_date(rest, reference) for _, rest in rests)
        found = {value for value in values if value}
        if len(found) == 1:
            placement = with_given(placement, {name: found.pop().letters})
    return placement


def _behind(
    headings: Sequence[Sequence[str]], page: int, text: PageText
) -> Iterator[tuple[Word, Run]]:
    """Yield the last word of each heading there, and what stands right behind it.

    ``headings`` are given as folded words.
    """
    words = [word for line in text.lines for word in line.words]
    said = [folded_letters(word.text) for word in words]
    for heading in headings:
        for start in range(len(words) - len(heading)):
            end = start + len(heading)
            if said[start:end] == list(heading):
                yield words[end - 1], Run(page, tuple(words[end : end + SIGNS + MOST_WORDS]))


def _date(rest: Run, reference: Reference) -> Run | None:
    """Return the date at the head of what stands behind a heading."""
    date = next(dates_in(rest, reference.months), None)
    return date if date and rest.words.index(date.words[0]) <= SIGNS else None


def _number(label: Word, rest: Run, placement: Placement) -> Run | None:
    """Return the number there, in the heading's own line, that no field has without the heading."""
    row = [word for word in rest.words if _is_level(label, word)]
    signs = len(list(takewhile(lambda word: not _has_sign(word), row[:SIGNS])))
    own = tuple(takewhile(_is_number, row[signs:]))
    boxes = {letter.box for word in own for letter in word.letters}
    mine = {letter.box for letter in label.letters}
    held = ({p.letter.box for p in h.letters} for each in placement.holes.values() for h in each)
    is_free = all(boxes.isdisjoint(hole) or mine & hole for hole in held)
    return Run(rest.page, own) if own and is_free else None


def _is_level(one: Word, other: Word) -> bool:
    return other.box.top < (one.box.top + one.box.bottom) / 2 < other.box.bottom


def _has_sign(word: Word) -> bool:
    return any(map(str.isalnum, word.text))


def _is_number(word: Word) -> bool:
    """Tell whether a word has digits alone, and signs among them («075,5», «05-1147»)."""
    return any(map(str.isdigit, word.text)) and not any(map(str.isalpha, word.text))
