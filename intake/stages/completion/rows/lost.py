"""Words that stood in a number's or a term's blank and are nobody's: a part of a value beside it.

Where fields stand side by side in two columns, the alignment reads across, and the left one's
second line comes between the numbers of the right one. A letter puts its facts in another order,
and «… орто / мектеби, менчигинин формасы …» has a name's last word where the form has numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from intake.alignment.rows import DIGITS
from intake.alignment.spots import spots_of
from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, Placement, words_in
from intake.domain.template import FieldKind
from intake.domain.text import PageText, Word
from intake.fields.address_parts import is_part
from intake.fields.script import letters_only
from intake.stages.completion.names.called import ORGANISATION
from intake.stages.completion.rows.list_rows import kind_said
from intake.stages.writing import text_of

LONG = 4
"""Letters of such a word, at least: fewer are specks, or a code's."""
SHORT = 3
"""Digits of a school's or a house's number at most."""
CLOSE = 1.0
"""White between a value and such a word below it, in heights of the word."""
MOST = 5
"""Words that a value lost at most."""
_CUT = (FieldKind.NAME, FieldKind.ADDRESS)
_TAKING = (*DIGITS, FieldKind.ENUM)
_Letter = tuple[int, Box]
"""A letter by its page and place."""


def with_lost(placement: Placement, laid: Placement, texts: Mapping[int, PageText]) -> Placement:
    """Return the placement with such words in the values that they begin or end.

    Values right above others are to be asked about. ``laid`` is the same notice as the alignment
    left it, ``texts`` are its pages by number.
    """
    lost = {_place(word[0]): word for word in _lost(placement, laid, _TAKING)}
    below = [word for word in _lost(placement, laid, DIGITS) if _letters(word) >= LONG]
    page_words = _Words.of(texts)
    rules, holes = placement.template.fields, dict(placement.holes)
    for name, several in placement.holes.items():
        kind = rules[name].kind
        if kind in _CUT:
            whole = [_completed(hole, kind, page_words, lost) for hole in several]
            joined = {_place(p) for hole in whole for p in hole.letters}
            left = [p for word in below for p in word if _place(p) not in joined]
            holes[name] = tuple(
                replace(hole, is_aside=True) if any(_is_below(p, hole) for p in left) else hole
                for hole in whole
            )
    return replace(placement, holes=holes)


@dataclass(frozen=True, slots=True)
class _Words:
    """All words of a notice in reading order, and where each letter's word is among them."""

    every: Sequence[tuple[int, Word]]
    at: Mapping[_Letter, int]

    @classmethod
    def of(cls, texts: Mapping[int, PageText]) -> _Words:
        every = [(n, w) for n, text in texts.items() for line in text.lines for w in line.words]
        at = {(n, e.box): place for place, (n, w) in enumerate(every) for e in w.letters}
        return cls(every, at)

    def beside(self, letter: PlacedLetter, way: int) -> Iterator[tuple[int, Word]]:
        """Yield the words behind a letter's (``way`` 1), or before it (-1), from there on."""
        place = self.at.get(_place(letter))
        if place is not None:
            span = range(place + way, place + way * (MOST + 1), way)
            yield from (self.every[n] for n in span if 0 <= n < len(self.every))


def _completed(
    hole: Hole, kind: FieldKind, words: _Words, lost: Mapping[_Letter, list[PlacedLetter]]
) -> Hole:
    """Return a name with the lost words behind it, an address with those before it.

    If they look like its own: «мектеби», «Куш»», «Чуйская область, Кеминский».
    """
    if not hole.letters:
        return hole
    is_name = kind is FieldKind.NAME
    edge, way = (hole.letters[-1], 1) if is_name else (hole.letters[0], -1)
    run: list[list[PlacedLetter]] = []
    for page, word in words.beside(edge, way):
        found = next((lost[(page, e.box)] for e in word.letters if (page, e.box) in lost), None)
        if found is None and is_name and _is_level(word, edge):
            continue  # of a field in the right column
        if found is None:
            break
        run.append(found)
    texts = ["".join(placed.letter.text for placed in word) for word in run]
    is_own = _ends_name(text_of(hole), texts) if is_name else any(map(is_part, texts))
    if not is_own:
        return hole
    found_letters = [p for word in run[::way] for p in word]
    letters = (*hole.letters, *found_letters) if is_name else (*found_letters, *hole.letters)
    return replace(hole, letters=letters, spots=spots_of(letters))


def _is_level(word: Word, edge: PlacedLetter) -> bool:
    return edge.letter.box.top < (word.box.top + word.box.bottom) / 2 < edge.letter.box.bottom


def _ends_name(name: str, words: Sequence[str]) -> bool:
    """Tell whether words end a name: they say what it is, or close its quotes («… Мин-/Куш»»)."""
    is_open = name.count("«") > name.count("»")
    closes = is_open and any("»" in word for word in words[-1:])
    return closes or any(map(ORGANISATION.search, words))


def _place(placed: PlacedLetter) -> _Letter:
    return placed.page, placed.letter.box


def _lost(
    placement: Placement, laid: Placement, kinds: Collection[FieldKind]
) -> Iterator[list[PlacedLetter]]:
    """Yield the words of the holes of some kinds that are in none any more."""
    rules, known = placement.template.fields, placement.wording.words
    worded = [holes for n, holes in placement.holes.items() if rules[n].kind not in DIGITS]
    kept = {_place(p) for holes in worded for hole in holes for p in hole.letters}
    for name, several in laid.holes.items():
        for hole in several if rules[name].kind in kinds else ():
            for word in words_in(hole.letters):
                said = letters_only("".join(placed.letter.text for placed in word))
                is_gone = not any(_place(p) in kept for p in word)
                is_label = said in known or kind_said(said)
                is_number = sum(placed.letter.text.isdigit() for placed in word) > SHORT
                if is_gone and not is_number and not is_label:
                    yield word


def _letters(word: Sequence[PlacedLetter]) -> int:
    return sum(placed.letter.text.isalpha() for placed in word)


def _is_below(placed: PlacedLetter, hole: Hole) -> bool:
    box: Box = placed.letter.box
    return bool(hole.letters) and any(
        spot.page == placed.page
        and -0.5 * box.height < box.top - spot.box.bottom < CLOSE * box.height
        and box.left < spot.box.right
        for spot in hole.spots
    )
