"""Whom a notice goes to, by what people call them: «Сокулук райондук билим берүү бөлүмүнө».

The form prints one way to name each addressee, with blanks for its places. People have many:
another case, «райондук» for «районунун», a city's or a mayor's department. What they call it
(``addressees`` in form.toml) tells it, and words for a unit («район», «г.») its places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from intake.alignment.spots import holds
from intake.alignment.stream import line_letters
from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, Placement, Spot
from intake.domain.template import Block, FieldKind, gaps_of
from intake.domain.text import Line, PageText, Word
from intake.fields.place_forms import Place
from intake.fields.places import is_named
from intake.fields.reference import Reference
from intake.layout.order import parts_of, row_order
from intake.stages.completion.addressees.left_place import with_left_place
from intake.stages.completion.addressees.named import (
    addressees_between,
    addresses_in,
    is_office,
    offices_leading,
)
from intake.stages.completion.addressees.places import (
    Addressee,
    Name,
    city_of_district,
    listed_places,
    place_of,
    spelled,
)
from intake.stages.completion.page.given import with_given
from intake.stages.completion.page.title import rows_below, title_of
from intake.stages.completion.rows.headings import headings_of, plain
from intake.stages.completion.rows.list_rows import FLUSH, ORDINAL
from intake.stages.writing import text_of

FIRST, MOST_ROWS, LABEL = 6, 9, 6
"""Rows below the title among which an office stands without «Кому», rows that «Кому» may take,
words of a label."""
_WHOM = re.compile(r"(?:кому|куда|кимге|адресат|кабар алуучу)\b")
"""What lists and tables call an addressee, folded."""
_PART = re.compile(r"[IVХIП]{1,3}\.$")
"""The number of a table's part, in Roman letters as they are read."""
_DATED = (FieldKind.NUMBER, FieldKind.DATE)
NEXT = 3.0
"""Heights of a letter from its top within which the next row begins."""
_REGION = re.compile(r"\W*обл", re.IGNORECASE)
_UNIT = re.compile(r"\W*(?:район|город|шаар|обл)", re.IGNORECASE)
"""The form's own words behind a place («района (города)», «шаарынын»)."""


def with_addressees(
    placement: Placement, texts: Mapping[int, PageText], reference: Reference
) -> Placement:
    """Return the placement with the places of the addressees that are named above the title.

    Or, where none is, below it behind «Кому». A known one counts more than what the alignment has.
    ``texts`` are the notice's pages by number.
    """
    title = title_of(placement, texts)
    if title is None or not placement.template.addressees:
        return placement
    head = Spot(title.page, Box(0.0, 0.0, 1.0, title.box.top))
    placement = _without_letterhead(_without_head(placement, title), texts[head.page], head)
    text = texts[head.page]
    named = addressees_between(placement, text, 0.0, title.box.top, reference)
    below = None if named else _to_whom(placement, texts, title, reference)
    if below is not None:
        named = addressees_between(placement, text, below.top, below.bottom, reference)
    for addressee in named:
        placement = _with_addressee(placement, addressee, head, reference)
    return with_left_place(placement, head.page, text, head.box.bottom, reference)


def with_traces(placement: Placement, texts: Mapping[int, PageText]) -> Placement:
    """Return the placement with the addressees that a row below the title begins with as traced.

    Whoever is named there is asked about, if not found. ``texts`` are the notice's pages by number.
    """
    title = title_of(placement, texts)
    if title is None or not placement.template.addressees:
        return placement
    text = texts[title.page]
    within = {
        placed.letter.box for name, several in placement.holes.items() for hole in several
        if placement.template.fields[name].kind in (FieldKind.NAME, FieldKind.ADDRESS)
        for placed in hole.letters
    }  # fmt: skip
    words = [word for line in text.lines for word in line.words if word.box.top > title.box.top]
    parts = [
        _unnumbered(part)
        for row in row_order(words, text.aspect)
        for part in parts_of(row.words, text.aspect, 1.0)
        if not any(letter.box in within for word in part for letter in word.letters)
    ]
    whole = [(*part, *_below(part, parts)) for part in parts]
    offices = {block for part in whole for block in offices_leading(part, placement)}
    return replace(placement, traces=placement.traces | (offices - placement.blocks))


def _below(part: Sequence[Word], parts: Sequence[Sequence[Word]]) -> Sequence[Word]:
    """Return the words flush below others, as the second line of a cell: «Билим берүү / бөлүмү»."""
    box = part[0].box
    below = (
        other for other in parts
        if abs(other[0].box.left - box.left) < FLUSH
        and 0 < other[0].box.top - box.bottom < box.height
    )  # fmt: skip
    return next(below, ())


def _to_whom(
    placement: Placement, texts: Mapping[int, PageText], title: Spot, reference: Reference
) -> Box | None:
    """Return the rows below the title that say whom the notice goes to; None without such.

    «Кому | В отдел образования …» up to the next label of a list or table, or an office's own
    rows: «Сокулук районунун билим берүү бөлүмүнө» right below the title.
    """
    rows = next((rows for page, rows in rows_below(placement, texts) if page == title.page), ())
    aspect = texts[title.page].aspect
    headings = {said for each in headings_of(placement.template).values() for said in each}
    start = next(
        (
            n for n, row in enumerate(rows)
            if _asks_whom(row)
            or (n < FIRST and any(is_office(_unnumbered(part), placement, reference)
                   for part in (row.words, *parts_of(row.words, aspect, 1.0))))
        ),
        None,
    )  # fmt: skip
    if start is None:
        return None
    label = rows[start].words[0].box.right
    while start and rows[start - 1].box.left > label:
        start -= 1  # the label stands beside the middle of its lines
    labels = (n for n, row in enumerate(rows) if n > start and _begins(row, headings))
    end = min(next(labels, start + MOST_ROWS), start + MOST_ROWS, len(rows))
    return Box.around(row.box for row in rows[start:end])


def _asks_whom(row: Line) -> bool:
    """Tell whether a row is, or begins with, what stands before an addressee."""
    return bool(_WHOM.match(_begin(row, 2)))


def _begins(row: Line, headings: Set[str]) -> bool:
    """Tell whether a row begins with a heading or the title of a part («I. Сведения об …»)."""
    is_labelled = any(_begin(row, count) in headings for count in range(1, LABEL))
    return is_labelled or _PART.match(row.words[0].text) is not None


def _begin(row: Line, count: int) -> str:
    """Return the first words of a row, plain, without its number in a list."""
    return plain(" ".join(word.text for word in _unnumbered(row.words)[:count]))


def _unnumbered(words: Sequence[Word]) -> Sequence[Word]:
    """Return a row's words without its number in a list, or its part's («I. КОМУ»)."""
    first = words[0].text
    is_number = ORDINAL.fullmatch(first) or _PART.match(first)
    return words[1:] if is_number and len(words) > 1 else words


def _without_head(placement: Placement, title: Spot) -> Placement:
    """Return the placement with names that go on below the title without what stands above it."""
    rules = placement.template.fields
    head = Spot(title.page, Box(0.0, 0.0, 1.0, title.box.bottom))
    above = [
        placed for name, several in placement.holes.items() if rules[name].kind is FieldKind.NAME
        for hole in several if not all(holds(head, p) for p in hole.letters)
        for placed in hole.letters if holds(head, placed)
    ]  # fmt: skip
    return with_given(placement, {}, above) if above else placement


def _without_letterhead(placement: Placement, text: PageText, head: Spot) -> Placement:
    """Return the placement without places of addressees in the address of a letterhead."""
    own = {e.box for part in addresses_in(text) for word in part for e in word.letters}
    within = [
        p for name in _places(placement) for hole in placement.holes.get(name, ())
        for p in hole.letters if p.page == head.page and p.letter.box in own
    ]  # fmt: skip
    bare = with_given(placement, {}, [placed for placed in within if holds(head, placed)])
    emptied = {
        block.name for block in placement.wording.blocks
        if block.name in placement.template.addressees
        and _is_filled(placement, block) and not _is_filled(bare, block)
    }  # fmt: skip
    return replace(bare, blocks=bare.blocks - emptied)


def _places(placement: Placement) -> Iterator[str]:
    """Yield the fields of the blocks of addressees."""
    for block in placement.wording.blocks:
        if block.name in placement.template.addressees:
            yield from gaps_of(block)


def _is_filled(placement: Placement, block: Block) -> bool:
    return any(map(placement.has_letters, gaps_of(block)))


def _with_addressee(
    placement: Placement, addressee: Addressee, head: Spot, reference: Reference
) -> Placement:
    rules = placement.template.fields
    listed = listed_places(reference)
    found, asked, own = dict[str, list[PlacedLetter]](), set[str](), set[int]()
    gaps = gaps_of(next(b for b in placement.wording.blocks if b.name == addressee.block))
    for name in gaps & {n for n, rule in rules.items() if rule.kind in listed}:
        places = listed[rules[name].kind]
        words, is_known = _said(addressee, rules[name].kind, places, placement.language)
        holes = placement.holes.get(name, ())
        known = [hole for hole in holes if is_named(text_of(hole), places)]
        if is_known or (words and not known):
            own_letters = _letters(head.page, addressee, words)
            found[name] = _with_unit(own_letters, known, placement)
            is_anothers = _is_anothers(own_letters, addressee, placement)
            if is_anothers or not is_known:
                asked.add(name)
        elif not known and any(not holds(head, p) for hole in holes for p in hole.letters):
            found[name] = []  # «образовательной организации» of the next label is no region
        kept = [p for hole in known for p in hole.letters]
        own |= {id(p.letter) for p in found.get(name, kept)}
    # «райондук» beside a place is no part of another
    every = {id(letter) for word in addressee.words for letter in word.letters} - own
    placed = (
        p
        for name in _places(placement)
        for hole in placement.holes.get(name, ())
        for p in hole.letters
    )
    # but the order's date and number, which an annex's heading beside the office has, stay theirs
    dated = {
        p.letter.box
        for name, several in placement.holes.items() if rules[name].kind in _DATED
        for hole in several for p in hole.letters
    }  # fmt: skip
    others = [p for p in placed if id(p.letter) in every and p.letter.box not in dated]
    alike = {b.name for b in placement.wording.blocks if gaps_of(b) and gaps_of(b) <= gaps}
    given = with_given(placement, found, others, asked) if own else placement
    districts = [name for name in gaps if rules[name].kind is FieldKind.DISTRICT]
    is_told = any(map(given.has_letters, districts))
    if not is_told:  # an addressee has a place: ask for it
        return replace(given, traces=given.traces | ({addressee.block} - given.blocks))
    return replace(
        given,
        blocks=given.blocks if given.blocks & alike else given.blocks | {addressee.block},
        traces=given.traces - alike,
        unread=given.unread if given.blocks & alike else frozenset(),
    )


def _is_anothers(
    letters: Sequence[PlacedLetter], addressee: Addressee, placement: Placement
) -> bool:
    """Tell whether a place stands in a blank of another addressee that the alignment found."""
    mine = {placed.letter.box for placed in letters}
    blocks = {b.name: b for b in placement.wording.blocks if b.name in placement.blocks}
    own = gaps_of(blocks[addressee.block]) if addressee.block in blocks else frozenset()
    others = placement.template.addressees.keys() & blocks.keys() - {addressee.block}
    return any(
        placed.letter.box in mine
        for other in others
        for name in gaps_of(blocks[other]) - own
        for hole in placement.holes.get(name, ())
        for placed in hole.letters
    )


def _said(
    addressee: Addressee, kind: FieldKind, places: Sequence[Place], language: str
) -> tuple[Name, bool]:
    """Return the place that an addressee's lines say, and whether it is surely the one.

    Whether a district's city is its region («города Бишкек»), no form says.
    """
    words = place_of(addressee, kind, places, language)
    if words or kind is not FieldKind.REGION:
        return words, is_named(spelled(words), places)
    return city_of_district(addressee, places, language), False


def _with_unit(
    own: list[PlacedLetter], known: Sequence[Hole], placement: Placement
) -> list[PlacedLetter]:
    """Return a place's letters as the form's blank has them, if with its word («г. Бишкек»).

    Where the form's own «района (города)» does not stand behind, or «области» below, «г.» is in
    its place.
    """
    mine = {id(placed.letter) for placed in own}
    units = [(text, spot) for text, spot in placement.anchors if _UNIT.match(text)]
    is_blanks = any(
        p.page == spot.page
        and (_is_level(p, spot) or (_REGION.match(text) is not None and _is_below(p, spot)))
        for text, spot in units
        for p in own[-1:]
    )
    if not is_blanks:
        return own
    whole = (hole.letters for hole in known if mine <= {id(p.letter) for p in hole.letters})
    return list(next(whole, own))


def _is_level(placed: PlacedLetter, spot: Spot) -> bool:
    """Tell whether a letter stands in the row of a spot."""
    middle = (placed.letter.box.top + placed.letter.box.bottom) / 2
    return spot.box.top <= middle <= spot.box.bottom


def _is_below(placed: PlacedLetter, spot: Spot) -> bool:
    """Tell whether a spot is in the next row below a letter."""
    box = placed.letter.box
    return 0 < spot.box.top - box.top < NEXT * box.height


def _letters(page: int, addressee: Addressee, own: Sequence[Word]) -> list[PlacedLetter]:
    """Return the letters of a place's words, line by line."""
    kept = (tuple(word for word in line if word in own) for line in addressee.lines)
    lines = [Line(words, Box.around(word.box for word in words)) for words in kept if words]
    return [placed for line in lines for placed in line_letters(page, line)]
