"""Dates that are another's: an incoming stamp's, or of another year than the form prints."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from intake.alignment.spots import holds
from intake.domain.placement import Hole, Placement, Spot
from intake.domain.template import FieldKind, Gap, every_piece
from intake.domain.text import PageText
from intake.stages.writing import text_of

STAMP = re.compile(
    r"\W*(?:вх|кирген|кирди|кириш|кирүү|келген|келди|алынды|поступ|получ|регистр|катталд)",
    re.IGNORECASE,
)
"""How the words of an incoming stamp begin."""
OUTGOING = re.compile(r"\W*(?:исх|чыг)", re.IGNORECASE)
"""How the line of a letter's own number and date begins."""
NEXT = 2.2
"""Heights of such a line within which its date begins below it."""
ABOVE = 3.5
"""Heights of a date's line within which a stamp's first line stands above it, or level with it."""
DAY_AND_MONTH = 4
"""Digits of a date that says no year of its own, at most."""
LEVEL = 1.0
"""Heights of a line within which another word stands in its row."""
_SIGNS = ".,:;()"
_YEAR = re.compile(r"20\d\d")


def without_stamped(placement: Placement, texts: Mapping[int, PageText]) -> Placement:
    """Return the placement without dates and numbers of a stamp; their blanks are empty then.

    To be asked about where a part of what stood there is no stamp's. ``texts`` are the notice's
    pages by number.
    """

    def unstamped(hole: Hole) -> Hole:
        if not _is_a_stamps(hole, placement, texts):
            return hole
        own = [spot for spot in hole.spots if not is_stamped(spot, placement, texts)]
        left = [p for p in hole.letters if any(holds(spot, p) for spot in own)]
        return replace(hole, letters=(), stray=len(left))

    return _with_holes(placement, unstamped, (FieldKind.DATE, FieldKind.NUMBER))


def with_stamped_asked(placement: Placement, texts: Mapping[int, PageText]) -> Placement:
    """Return the placement with a stamp's date, where no other was found, to be asked about."""

    def asked(hole: Hole) -> Hole:
        return replace(hole, is_aside=hole.is_aside or _is_a_stamps(hole, placement, texts))

    return _with_holes(placement, asked)


def with_years(placement: Placement, texts: Mapping[int, PageText]) -> Placement:
    """Return the placement with the years that stand in place of the form's own, to be asked about.

    Whoever fills in a form that prints «2023» in another year types over it.
    """
    years = [spot for text, spot in placement.anchors if _YEAR.search(text)]
    return _with_holes(placement, lambda hole: _of_its_year(hole, years, texts))


def without_printed_years(placement: Placement) -> Placement:
    """Return the placement without a form's «20» in the blank for a number beside an empty date's.

    «№ ___ «__» ______ 20__-ж.», where nobody wrote.
    """
    holes = dict(placement.holes)
    for name in placement.holes:
        of_date = placement.holes[name]
        printed = {hole.printed.strip() for hole in of_date} - {""}
        is_empty = not any(hole.letters for hole in of_date)
        numbers = numbers_beside(name, placement) if printed and is_empty else ()
        for beside in (number for number in numbers if number in holes):
            holes[beside] = tuple(
                replace(hole, letters=()) if text_of(hole) in printed else hole
                for hole in holes[beside]
            )
    return replace(placement, holes=holes)


def numbers_beside(name: str, placement: Placement) -> Iterator[str]:
    """Yield the fields for a number whose blank the wording has beside a date's («№ … от …»)."""
    for block in placement.wording.blocks:
        gaps = [piece.field for piece in every_piece(block) if isinstance(piece, Gap)]
        for one, other in pairwise(gaps):
            beside = other if one == name else one if other == name else ""
            if beside and placement.template.fields[beside].kind is FieldKind.NUMBER:
                yield beside


def _is_a_stamps(hole: Hole, placement: Placement, texts: Mapping[int, PageText]) -> bool:
    return bool(hole.letters) and any(is_stamped(spot, placement, texts) for spot in hole.spots)


def is_stamped(spot: Spot, placement: Placement, texts: Mapping[int, PageText]) -> bool:
    """Tell whether words of an incoming stamp stand above this place, or level with it.

    What the form itself prints («Дата регистрации») is no stamp's.
    """
    height, width = spot.box.height, spot.box.width
    own = placement.wording.words
    return any(
        STAMP.match(word.text)
        and word.text.casefold().strip(_SIGNS) not in own
        and -0.5 * height <= spot.box.top - word.box.top < ABOVE * height
        and spot.box.left - width < word.box.right
        and word.box.left < spot.box.right + width
        for line in texts[spot.page].lines
        for word in line.words
    )


def is_outgoing(spot: Spot, texts: Mapping[int, PageText]) -> bool:
    """Tell whether a date is behind the number of an outgoing letter, or in the line below it."""
    height, width = spot.box.height, spot.box.width
    return any(
        OUTGOING.match(line.words[0].text)
        and -0.5 * height <= spot.box.top - line.words[0].box.top < NEXT * height
        and spot.box.left - width < line.words[0].box.right
        and line.words[0].box.left < spot.box.right
        for line in texts[spot.page].lines
    )


def _of_its_year(hole: Hole, years: Sequence[Spot], texts: Mapping[int, PageText]) -> Hole:
    printed = _YEAR.search(hole.printed)
    text = "".join(placed.letter.text for placed in hole.letters)
    if printed is None or not text or sum(map(str.isdigit, text)) > DAY_AND_MONTH:
        return hole
    own = hole.spots[-1]
    near = [spot for spot in years if _is_level(spot, own)]
    read = {year for spot in near or [own] for year in _years_by(spot, texts[spot.page])}
    if len(read) != 1 or printed[0] in read:
        return hole
    return replace(hole, printed=_YEAR.sub(read.pop(), hole.printed), is_aside=True)


def _is_level(one: Spot, other: Spot) -> bool:
    reach = LEVEL * other.box.height
    return one.page == other.page and abs(one.box.top - other.box.top) < reach


def _years_by(spot: Spot, text: PageText) -> Iterator[str]:
    """Yield the years in a spot's row, the only ones that it may be read for."""
    for line in text.lines:
        for word in line.words:
            if _is_level(Spot(spot.page, word.box), spot) and (found := _YEAR.search(word.text)):
                yield found[0]


def _with_holes(
    placement: Placement,
    changed: Callable[[Hole], Hole],
    kinds: Sequence[FieldKind] = (FieldKind.DATE,),
) -> Placement:
    rules = placement.template.fields
    holes = {
        name: tuple(map(changed, several)) if rules[name].kind in kinds else several
        for name, several in placement.holes.items()
    }
    return replace(placement, holes=holes)
