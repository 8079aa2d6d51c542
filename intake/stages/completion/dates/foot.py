"""A notice's foot, where name and date often stand in columns, with no word of the form beside.

The form's wording leads past them there. What stands in the rows of the signature and belongs to
no other field is looked through: for a name it is more room to look in, a date is taken, to be
asked about where it may be a stamp's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import dropwhile
from statistics import median

from intake.domain.geometry import Box
from intake.domain.placement import Hole, Placement, Spot
from intake.domain.template import FieldKind, gaps_of, print_in
from intake.domain.text import PageText, Word
from intake.fields.date_parts import read_parts
from intake.fields.name_shapes import name_likeness
from intake.fields.name_windows import likeliest_name
from intake.fields.reference import Reference
from intake.fields.script import letters_only
from intake.layout.order import row_order
from intake.stages.completion.dates.dated import STAMP, is_stamped
from intake.stages.completion.page.title import title_of
from intake.stages.completion.page.unclaimed import Run, dates_in, names_executor, unclaimed
from intake.stages.writing import text_of

ABOVE, DATE_ABOVE = 1.5, 5.0
"""How far above the signature's row its foot begins, in heights of the form's print: for a name,
and for a date, which may stand in a row of its own before it."""
BELOW, DATE_BELOW = 7.0, 12.0
"""How far below it the foot ends, for a name and for a date."""
WORDED = 8
"""Letters of words that say nothing of a date, from which a text is none."""
LABEL = 4
"""Letters of a word that labels a date, at least («г.» stands behind it)."""
NEAR = 4.0
"""How far from a date, in its heights, words of a stamp may stand that has it."""
SEAL_LETTERS = 2
"""Letters beside a date that may be the place of the seal («М.П.»)."""


def with_foot(
    placement: Placement, texts: Mapping[int, PageText], reference: Reference
) -> Placement:
    """Return the placement with the foot's names as room of persons, its dates for those not found.

    ``texts`` are the notice's pages by number.
    """
    foot = _foot(placement, ABOVE, BELOW)
    with_date = _foot(placement, DATE_ABOVE, DATE_BELOW)
    if foot is None or with_date is None:
        return placement
    holes = dict(placement.holes)
    rules = placement.template.fields
    people = [name for name in _closing(placement, FieldKind.PERSON) if name in holes]
    for name in people if len(people) == 1 else ():  # of several nothing tells whose a name is
        runs = list(unclaimed(placement, texts, foot, name))
        if not any(map(_is_name, holes[name])):
            labels = labels_of(placement, name)
            runs += [own for row in _rows(placement, texts, foot) if (own := _after(row, labels))]
        named = [run for run in runs if likeliest_name(run.words, reference.words).words]
        first, *rest = holes[name]
        holes[name] = (replace(first, room=(*first.room, *(run.spot for run in named))), *rest)
        for other in holes if named else ():
            if rules[other].kind is FieldKind.DATE:
                holes[other] = tuple(_less_stray(hole, named) for hole in holes[other])
    holes |= _dates(placement, texts, with_date, reference.months)
    return replace(placement, holes=holes)


def _is_name(hole: Hole) -> bool:
    """Tell whether a hole holds what may be a person's name, of more than one word."""
    words = text_of(hole).split()
    return len(words) > 1 and name_likeness(words) > 0


def _dates(
    placement: Placement, texts: Mapping[int, PageText], foot: Spot, months: Mapping[str, int]
) -> dict[str, tuple[Hole, ...]]:
    """Return the dates of the foot for the fields that have none; a stamp's for want of another."""

    def is_stamps(run: Run) -> bool:
        return is_stamped(run.spot, placement, texts)

    holes: dict[str, tuple[Hole, ...]] = {}
    for name in _closing(placement, FieldKind.DATE):
        if not all(_is_no_date(hole, months) for hole in placement.holes.get(name, ())):
            continue
        beside = list(unclaimed(placement, texts, foot, name))
        stamped = list(filter(is_stamps, beside))
        own = [run for run in beside if run not in stamped]
        labels, rows = labels_of(placement, name), _rows(placement, texts, foot)
        # a row that is a date and nothing else is one, whatever words of it others have taken
        whole = [row for row in rows if foot.box.holds(row.spot.box) and not is_stamps(row)]
        found = (
            _date_in(own, labels, months)
            or _labelled(rows, labels, is_stamps, months)
            or _date_in(whole, frozenset(), months)
            or _date_in(stamped, labels, months)
        )
        if found is not None:
            is_bare = found in beside or found in whole
            is_aside = is_bare and not _stands_alone(found, placement, texts, name)
            holes[name] = (found.as_hole(name, is_aside=is_aside),)
    return holes


def _labelled(
    rows: Sequence[Run],
    labels: frozenset[str],
    is_stamps: Callable[[Run], bool],
    months: Mapping[str, int],
) -> Run | None:
    """Return the only date behind its label («Дата: …»), whatever a seal puts behind it."""
    behind = [own for row in rows if (own := _behind(row, labels)) is not None]
    dates = [date for run in behind for date in dates_in(run, months)]
    dates = [date for date in dates if not is_stamps(date)]
    return dates[0] if len(dates) == 1 else None


def _stands_alone(
    found: Run, placement: Placement, texts: Mapping[int, PageText], name: str
) -> bool:
    """Tell whether a date is hardly a stamp's: no blank asks for one, no stamp's words stand near.

    Whoever types the form anew as a letter leaves the word «дата» out.
    """
    blocks = (block for block in placement.wording.blocks if name in gaps_of(block))
    if any(block.name in placement.blocks for block in blocks):
        return False
    box = found.spot.box
    near = (line for line in texts[found.page].lines
            if abs(line.box.top - box.top) < NEAR * box.height)  # fmt: skip
    words = (word.text for line in near for word in line.words)
    return not any(text.startswith("№") or STAMP.match(text) for text in words)


def _rows(placement: Placement, texts: Mapping[int, PageText], foot: Spot) -> list[Run]:
    """Return the rows, straight across the foot's page, below the title."""
    title, text = title_of(placement, texts), texts[foot.page]
    top = title.box.bottom if title is not None and title.page == foot.page else 0.0
    words = [word for line in text.lines for word in line.words if word.box.top >= top]
    lines = row_order(words, text.aspect)
    return [Run(foot.page, line.words) for line in lines if not names_executor(line)]


def _after(row: Run, labels: frozenset[str]) -> Run | None:
    """Return the words behind the last label in a row; None where there are none."""
    said = [n for n, word in enumerate(row.words) if letters_only(word.text) in labels]
    words = row.words[said[-1] + 1 :] if said else ()
    return Run(row.page, words) if words else None


def _date_in(runs: Sequence[Run], labels: frozenset[str], months: Mapping[str, int]) -> Run | None:
    """Return the only date behind its label, else the only one that stands alone."""
    behind = [own for run in runs if (own := _behind(run, labels)) is not None]
    for dates in (behind, runs):
        whole = [run for run in dates if _is_date(run.text, months)]
        if len(whole) == 1:
            return whole[0]
    return None


def _is_no_date(hole: Hole, months: Mapping[str, int]) -> bool:
    """Tell whether a hole is empty, or holds words that say nothing of a date, or a year alone."""
    parts = read_parts(text_of(hole), months)
    return parts.other_letters >= WORDED or parts.day is parts.month is None


def labels_of(placement: Placement, name: str) -> frozenset[str]:
    """Return the words that the form prints with a field, and those of labels typed anew."""
    blocks = (block for block in placement.wording.blocks if name in gaps_of(block))
    said = [*map(print_in, blocks), *placement.template.fields[name].labels]
    words = (letters_only(word) for text in said for word in text.split())
    return frozenset(word for word in words if len(word) >= LABEL)


def _behind(run: Run, labels: frozenset[str]) -> Run | None:
    """Return the words behind a date's label; None where there is none («Дата подачи: …»)."""
    label = next((n for n, word in enumerate(run.words) if letters_only(word.text) in labels), None)
    if label is None:
        return None
    words = tuple(dropwhile(lambda word: not _is_digital(word), run.words[label:]))
    return Run(run.page, words) if words else None


def _is_digital(word: Word) -> bool:
    return any(letter.text.isdigit() for letter in word.letters)


def _foot(placement: Placement, above: float, below: float) -> Spot | None:
    """Return the rows, across the whole page, of the last signature; None without one."""
    rules = placement.template.fields
    signed = [
        hole.spots
        for name, several in placement.holes.items()
        if rules[name].kind is FieldKind.SIGNATURE
        for hole in several
        if hole.spots
    ]
    heights = [spot.box.height for _, spot in placement.anchors]
    if not signed or not heights:
        return None
    last = max(signed, key=lambda spots: (spots[0].page, spots[0].box.top))
    page, height = last[0].page, median(heights)
    rows = [spot.box for spot in last if spot.page == page]
    top, bottom = min(box.top for box in rows), max(box.bottom for box in rows)
    return Spot(page, Box.clipped(0.0, top - above * height, 1.0, bottom + below * height))


def _less_stray(hole: Hole, named: Iterable[Run]) -> Hole:
    """Return a date's hole, a name in its row no longer counted as left over beside it."""
    rows = [spot for spot in hole.spots if hole.letters]
    beside = sum(
        len(word.letters)
        for run in named
        if any(run.page == s.page and _is_level(run.spot.box, s.box) for s in rows)
        for word in run.words
    )
    return replace(hole, stray=max(hole.stray - beside, 0))


def _is_level(one: Box, other: Box) -> bool:
    return other.top <= (one.top + one.bottom) / 2 <= other.bottom


def _closing(placement: Placement, kind: FieldKind) -> Iterator[str]:
    """Yield the fields of a kind that the form asks for in or behind the block of the signature."""
    rules = placement.template.fields
    is_signed = False
    for block in placement.wording.blocks:
        fields = gaps_of(block)
        is_signed = is_signed or any(rules[f].kind is FieldKind.SIGNATURE for f in fields)
        if is_signed:
            yield from sorted(f for f in fields if rules[f].kind is kind)


def _is_date(text: str, months: Mapping[str, int]) -> bool:
    parts = read_parts(text, months)
    is_whole = None not in (parts.day, parts.month, parts.year)
    is_alone = parts.other_letters <= SEAL_LETTERS
    return is_whole and is_alone and not (parts.left_over or parts.run_together)
