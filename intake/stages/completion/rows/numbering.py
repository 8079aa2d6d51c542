"""The numbers of a list's items («1. …», «2) …»): they are no value's, which ends before the next.

Read as a letter, «3.» behind a name is an initial, and one that stands in an empty blank a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from intake.alignment.spots import spots_of
from intake.domain.geometry import Box
from intake.domain.placement import Hole, Placement
from intake.domain.text import Letter, PageText

LEAST = 3
"""Items in a row from which lines are a list."""
FLUSH = 0.02
"""How far apart their numbers may begin, as a share of the page's width: «9.» and «10.»."""
_NUMBER = re.compile(r"([\dЗОбlI|]{1,2})(?:[.)](?!\d)|$)")
"""An item's number at the head of a word, perhaps with letters for digits."""
_OF_TWO = re.compile(r"\d{1,2}\.\d{1,2}\.?")
"""That of an item within another («1.2.»), which no sum of money or date looks like."""
_DIGITS = str.maketrans("ЗОбlI|", "306111")

_At = tuple[int, Box]
"""A letter's page and box."""


@dataclass(frozen=True, slots=True)
class _Item:
    """What may be an item's number: its letters, and where they begin."""

    number: int
    left: float
    letters: tuple[Letter, ...]
    page: int


def without_numbering(placement: Placement, texts: Mapping[int, PageText]) -> Placement:
    """Return the placement with values that end before a list's next item.

    ``texts`` are the notice's pages by number. A list that somebody wrote within one value stays.
    """
    items = numbering_in({page: texts[page] for page in placement.pages})
    if not items:
        return placement
    return replace(placement, holes={
        name: tuple(_without(hole, items) for hole in several)
        for name, several in placement.holes.items()
    })  # fmt: skip


def numbering_in(texts: Mapping[int, PageText]) -> frozenset[_At]:
    """Return the letters of the numbers of the longest list on some pages; none if too short.

    Those of items within its items («1.2.»), too.
    """
    lists: list[list[_Item]] = []
    for item in _items(texts):
        before = [
            one for one in lists
            if 0 < item.number - one[-1].number <= 2 and abs(item.left - one[-1].left) < FLUSH
        ]  # fmt: skip
        longest = max(before, key=len, default=[])
        if longest or item.number <= 2:
            lists.append([*longest, item])
    found = max(lists, key=len, default=[])
    within = list(_items_within(texts))
    kept = [item for each in (found, within) if len(each) >= LEAST for item in each]
    return frozenset((item.page, letter.box) for item in kept for letter in item.letters)


def _items(texts: Mapping[int, PageText]) -> Iterator[_Item]:
    for page, text in sorted(texts.items()):
        for line in text.lines:
            head = line.words[0]
            if match := _NUMBER.match(head.text):
                number = int(match[1].translate(_DIGITS))
                yield _Item(number, head.box.left, head.letters[: match.end()], page)


def _items_within(texts: Mapping[int, PageText]) -> Iterator[_Item]:
    """Yield the numbers of items within others («1.2.») at the heads of lines."""
    for page, text in texts.items():
        for line in text.lines:
            head, *rest = line.words
            if rest and _OF_TWO.fullmatch(head.text):
                yield _Item(0, head.box.left, head.letters, page)


def _without(hole: Hole, items: frozenset[_At]) -> Hole:
    """Return a hole up to the next item, without the number of its own."""
    at = [(placed.page, placed.letter.box) for placed in hole.letters]
    if items.isdisjoint(at) or items.issubset(at):
        return hole
    start = next((n for n, each in enumerate(at) if each not in items), len(at))
    end = next((n for n in range(start, len(at)) if at[n] in items), len(at))
    letters = hole.letters[start:end]
    return replace(hole, letters=letters, spots=spots_of(letters) or hole.spots, stray=0)
