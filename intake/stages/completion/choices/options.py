"""The options of choices where their own words stand, not where the alignment led past them.

In a table the words around them are others, and those of one option are taken for another's; on
papers typed anew they stand the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import islice, pairwise, permutations, product

from intake.domain.geometry import Box
from intake.domain.placement import Placement, PrintedOption
from intake.domain.text import PageText
from intake.stages.completion.choices.said import (
    Place,
    Ways,
    choices_in,
    is_said,
    printed_option,
    words_below_title,
)
from intake.stages.completion.rows.celled import Table, right_of

MOST = 30
"""Places of one option that are looked at: a page may say nothing else, all are held together."""
APART = 14
"""Words between two options of one choice at most: «(указать ИНН, ОКПО)», a cell on the left."""


def with_options(
    placement: Placement,
    texts: Mapping[int, PageText],
    table: Table = (),
    labels: Set[Box] = frozenset(),
) -> Placement:
    """Return the placement with each choice's options at their words, where all are said close by.

    ``texts`` are the notice's pages by number, ``labels`` the boxes of labels' letters.
    """
    cells = {(p.page, p.letter.box): n for n, cell in enumerate(table) for p in cell.letters}
    labels_too = {n for n, cell in enumerate(table) if right_of(cell, table)}
    every_word = _cell_by_cell(words_below_title(placement, texts, labels), cells)
    options = list(placement.options)
    for _, rule, ways in choices_in(placement):
        said = {word for each in ways.values() for way in each for word in way}
        # a letter alone is a tick, likeliest
        words = [word for word in every_word if len(word.said) > 1 or word.said in said]
        placed = _placed(ways, words, cells)
        if found := _together(rule.name, placed, words, _Room(cells, labels_too)):
            options = [each for each in options if each.field != rule.name] + found
            continue
        mine = [each for each in options if each.field == rule.name]
        if _are_swapped(mine, placed, words):
            first, second = mine
            mine = [replace(first, option=second.option), replace(second, option=first.option)]
        elif own := _are_one(mine, placed, words):
            mine = [own]
        elif len(mine) == 1:
            mine = [_longer(mine[0], placed, words) or mine[0]]
        options = [each for each in options if each.field != rule.name] + mine
    return replace(placement, options=tuple(options))


_Place = tuple[int, Sequence[str]]
"""Where words that say an option begin among the notice's, and those words."""
_Cells = Mapping[tuple[int, Box], int]
"""The cell of a table that a letter stands in, by its page and box."""
_Placed = Mapping[str, Sequence[_Place]]
"""The places of each option."""


def _cell_by_cell(words: Iterable[Place], cells: _Cells) -> list[Place]:
    """Return words with those of a cell together: rows lead through the cells beside each other."""
    held: dict[object, list[Place]] = {}
    for word in words:
        cell = cells.get((word.page, word.word.letters[0].box))
        held.setdefault(("out", len(held)) if cell is None else cell, []).append(word)
    return [word for each in held.values() for word in each]


@dataclass(frozen=True, slots=True)
class _Room:
    """The cells of a table, and the numbers of those that something stands beside."""

    cells: _Cells
    labels: Set[int]

    def is_label(self, word: Place) -> bool:
        """Tell whether a word stands in a cell with another beside it."""
        return self.cells.get((word.page, word.word.letters[0].box), -1) in self.labels


def _placed(ways: Ways, words: Sequence[Place], cells: _Cells) -> _Placed:
    """Return where the words of each option stand, but for those within another's longer ones.

    «выявлены» of «не выявлены» says nothing.
    """
    found = {
        option: list(islice(_places(each, words, cells), MOST)) for option, each in ways.items()
    }
    every = [place for each in found.values() for place in each]
    return {
        option: [one for one in each if not any(_is_within(one, other) for other in every)]
        for option, each in found.items()
    }


def _places(
    ways: Sequence[Sequence[str]], words: Sequence[Place], cells: _Cells
) -> Iterator[_Place]:
    for said in ways:
        for start in range(len(words) - len(said) + 1):
            here = words[start : start + len(said)]
            if is_said(said, here) and not _are_in_several_cells(here, cells):
                yield start, said


def _are_in_several_cells(words: Sequence[Place], cells: _Cells) -> bool:
    """Tell whether words stand in several cells: «школьное», and below it «образованием»."""
    places = ((word.page, word.word.letters[0].box) for word in words)
    return len({cells[place] for place in places if place in cells}) > 1


def _is_within(place: _Place, other: _Place) -> bool:
    (start, said), (first, longer) = place, other
    is_inside = first <= start and start + len(said) <= first + len(longer)
    return is_inside and len(longer) > len(said)


def _together(
    name: str, placed: _Placed, words: Sequence[Place], room: _Room
) -> list[PrintedOption]:
    """Return all options of a choice where they stand closest to each other; none if not so.

    In one cell rather than in two, for a label may end with the option that its answer begins
    with, and rather not in a label at all: «… по вопросам дошкольного или школьного образования».
    """
    sets = [one for one in product(*placed.values()) if _are_beside(one)]
    if not sets:
        return []
    # of two that are as close the later: a cell's label may have the words of an option
    best = min(
        sets,
        key=lambda one: (
            _are_in_several_cells([words[start] for start, _ in one], room.cells),
            room.is_label(words[one[0][0]]),
            _spread(one),
            -min(start for start, _ in one),
        ),
    )
    return [
        printed_option(name, option, said, words[start : start + len(said)])
        for option, (start, said) in zip(placed, best, strict=True)
    ]


def _are_beside(places: Sequence[_Place]) -> bool:
    """Tell whether places follow one another, with few words between each and the next."""
    spans = sorted((start, start + len(said)) for start, said in places)
    return all(0 <= other[0] - one[1] <= APART for one, other in pairwise(spans))


def _spread(places: Sequence[_Place]) -> int:
    return max(start + len(said) for start, said in places) - min(start for start, _ in places)


def _are_swapped(options: Sequence[PrintedOption], placed: _Placed, words: Sequence[Place]) -> bool:
    """Tell whether the words of one of two options stand where the other was found.

    The other's own are unreadable, as struck out ones are.
    """
    if len(options) != 2 or options[0].option == options[1].option:
        return False
    first, second = (
        [_holds(each, placed.get(own.option, ()), words) for each in options] for own in options
    )
    return (first, second) in (([False, True], [False, False]), ([False, False], [True, False]))


def _are_one(
    options: Sequence[PrintedOption], placed: _Placed, words: Sequence[Place]
) -> PrintedOption | None:
    """Return the option that a word says which was taken for two: «дошкольного» for «школьного»."""
    for own, other in permutations(options) if len(options) == 2 else ():
        theirs = [_holds(each, placed.get(other.option, ()), words) for each in options]
        for start, said in () if any(theirs) else placed.get(own.option, ()):
            here = words[start : start + len(said)]
            if all(_stands_at(each, here) for each in options):
                return printed_option(own.field, own.option, said, here)
    return None


def _longer(option: PrintedOption, placed: _Placed, words: Sequence[Place]) -> PrintedOption | None:
    """Return the option whose words hold those of the only one found: «не готов» for «готов»."""
    if _holds(option, placed.get(option.option, ()), words):
        return None
    for other, places in placed.items():
        for start, said in places if other != option.option else ():
            here = words[start : start + len(said)]
            if _stands_at(option, here):
                return printed_option(option.field, other, said, here)
    return None


def _holds(option: PrintedOption, places: Sequence[_Place], words: Sequence[Place]) -> bool:
    """Tell whether words of the notice at one of some places stand where an option does."""
    return any(_stands_at(option, words[start : start + len(said)]) for start, said in places)


def _stands_at(option: PrintedOption, words: Sequence[Place]) -> bool:
    """Tell whether an option was found at one of some words."""
    return any(spot.page == word.page and word.box.holds(spot.box)
               for spot in option.words for word in words)  # fmt: skip
