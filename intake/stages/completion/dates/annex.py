"""The order's number and date beside the words that a notice is its annex, led past by the wording.

«КР БИМ буйругунун тиркемеси», «Приложение к приказу МОН КР»: offices print them in any order. A
blank there would be taken for one that nobody filled in. Where but one of the two stands there,
it is asked about: it may be another's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from intake.domain.geometry import Box
from intake.domain.placement import Hole, Placement, Spot
from intake.domain.template import Block, FieldKind, gaps_of, print_in
from intake.domain.text import PageText, Word
from intake.fields.date_parts import read_parts
from intake.fields.reference import Reference
from intake.fields.script import letters_only
from intake.stages.completion.dates.dated import OUTGOING, is_stamped
from intake.stages.completion.page.title import title_of
from intake.stages.completion.page.unclaimed import Run, dates_in
from intake.stages.writing import text_of

LEAST, STEM = 6, 5
"""Letters of a printed word that tells the heading, and those that tell it in any case."""
YEAR = re.compile(r"20\d\d|\d\.\d{2}(?!\d)")
"""What a date has in which no part of the order's number was taken for the year."""
ALONE = re.compile(r"(?!20\d\d$)\d{1,4}(?:[-/]\d{1,3})?")
"""A number in a line of its own, whose «№» stands at the end of the line above."""
ASIDE = 0.16
"""How far beside the heading's words others of it begin and end, as a share of the page's width."""
NEAR = 2.5
"""White between two lines of a heading, in heights of a line, at most."""


def with_annex(
    placement: Placement, texts: Mapping[int, PageText], reference: Reference
) -> Placement:
    """Return the placement with the only number and date there, for fields that have none.

    ``texts`` are the notice's pages by number.
    """
    title, block = title_of(placement, texts), heading_of(placement)
    if title is None or block is None:
        return placement
    runs = [Run(title.page, words) for words in heading_lines(block, texts[title.page], title)]
    runs = [
        r for r in runs if not is_stamped(r.spot, placement, texts) and not OUTGOING.match(r.text)
    ]
    numbers = [number for run in runs for number in numbers_in(run)]
    alone = [] if numbers else [run for run in runs if ALONE.fullmatch(run.text)]
    numbers = numbers or alone
    taken = {id(word) for number in numbers for word in number.words}
    rest = (w for run in runs for w in run.words if id(w) not in taken and w.text != "№")
    whole = Run(title.page, tuple(rest))
    dates = [date for date in dates_in(whole, reference.months) if YEAR.search(date.text)]
    found, holes = {FieldKind.NUMBER: numbers, FieldKind.DATE: dates}, dict(placement.holes)
    for name in sorted(gaps_of(block)):
        kind = placement.template.fields[name].kind
        own = found.get(kind, [])
        held = [hole for hole in holes.get(name, ()) if says(kind, hole, reference)]
        if kind is FieldKind.NUMBER:  # «318/1 от 29.03.2023» is both
            held = [hole for hole in held if not any(d.text in text_of(hole) for d in dates)]
        if len(own) == 1 and not held:
            is_aside = len(numbers) != 1 or len(dates) != 1 or own == alone
            holes[name] = (own[0].as_hole(name, is_aside=is_aside),)
    return replace(placement, holes=holes)


def heading_of(placement: Placement) -> Block | None:
    """Return the first block that asks for a number and a date and need not be there."""
    rules = placement.template.fields
    kinds = {FieldKind.NUMBER, FieldKind.DATE}
    return next(
        (block for block in placement.wording.blocks
         if block.optional and {rules[name].kind for name in gaps_of(block)} == kinds),
        None,
    )  # fmt: skip


def heading_lines(block: Block, text: PageText, title: Spot) -> list[tuple[Word, ...]]:
    """Return the lines above the title that have a heading's words, and those right beside them.

    Of each the words over or under them alone: what stands in another column is none of it.
    """
    stems = stems_of(print_in(block))
    above = [line.words for line in text.lines if line.box.bottom <= title.box.top]
    own = [
        word for line in above for word in line
        if stems and letters_only(word.text).startswith(stems)
    ]  # fmt: skip
    if not own:
        return []
    around = Box.around(word.box for word in own)
    left, right = around.left - ASIDE, around.right + ASIDE
    column = [tuple(w for w in line if left < w.box.left and w.box.right < right) for line in above]
    lines = sorted(filter(None, column), key=lambda words: words[0].box.top)
    grown = [line for line in lines if any(word in own for word in line)]
    while more := [n for n in lines if n not in grown and any(_is_beside(n, one) for one in grown)]:
        grown += more
    return [line for line in lines if line in grown]


def stems_of(text: str) -> tuple[str, ...]:
    """Return the beginnings of a text's long words, which tell them in any case."""
    words = map(letters_only, text.split())
    return tuple(word[:STEM] for word in words if len(word) >= LEAST)


def _is_beside(line: Sequence[Word], other: Sequence[Word]) -> bool:
    """Tell whether a line is the next one above or below another."""
    one, two = (Box.around(word.box for word in words) for words in (line, other))
    white = max(one.top - two.bottom, two.top - one.bottom)
    is_over = one.shares_columns(two)
    return is_over and white < NEAR * min(one.height, two.height)


def numbers_in(run: Run) -> Iterator[Run]:
    """Yield what stands behind each «№» with a digit in it."""
    for place, word in enumerate(run.words):
        behind = run.words[place : place + 2] if word.text == "№" else (word,)
        if word.text.startswith("№") and any(map(str.isdigit, behind[-1].text)):
            yield Run(run.page, behind[-1:])


def says(kind: FieldKind, hole: Hole, reference: Reference) -> bool:
    """Tell whether a hole holds more than the year that the form prints."""
    if kind is FieldKind.DATE:
        parts = read_parts(text_of(hole), reference.months)
        return parts.day is not None or parts.month is not None
    return any(map(str.isdigit, text_of(hole)))
