"""The rest of values that were cut short: the end of a word, a father's name in the next line.

The alignment sees letters, not words: a printed word that is not on the page may catch the last
ones of a value («Ак|-Олен»). What belongs to one word of the page belongs to one value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz.fuzz import ratio

from intake.alignment.spots import line_around
from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, Placement, Spot
from intake.domain.template import FieldKind
from intake.domain.text import Letter, PageText, Word
from intake.fields.name_shapes import PATRONYMIC
from intake.fields.script import letters_only

PRINTED = 75.0
"""Likeness from which the rest of a word is one that the form prints there, run together."""
BELOW = 2.0
"""How far below a name its next line may lie, in heights of its line."""
_DASHES = ("-", "–")
_WORDS = (FieldKind.NAME, FieldKind.ADDRESS, FieldKind.TEXT, FieldKind.PERSON)


def with_rest(placement: Placement, texts: Mapping[int, PageText]) -> Placement:
    """Return the placement with values that end where a word of the page or a name ends.

    ``texts`` are the notice's pages by number.
    """
    kinds = {name: placement.template.fields[name].kind for name in placement.holes}
    holes = dict(placement.holes)
    for name, several in placement.holes.items():
        if kinds[name] in _WORDS:
            holes[name] = tuple(_with_word(hole, placement, texts) for hole in several)
        if kinds[name] is FieldKind.PERSON:
            taken = [box for other in placement.holes if other != name
                     for box in _boxes(placement.holes[other])]  # fmt: skip
            holes[name] = tuple(_with_father(hole, texts, taken) for hole in holes[name])
    return replace(placement, holes=holes)


def _with_word(hole: Hole, placement: Placement, texts: Mapping[int, PageText]) -> Hole:
    """Return a hole with the letters that its last word lacks, or the dash it breaks off at."""
    if not hole.letters:
        return hole
    last = hole.letters[-1]
    word = next((w for w in _words(texts, last.page) if _holds(w, last.letter)), None)
    rest = _after(word, last.letter) if word else ()
    if "".join(letter.text for letter in rest) not in _DASHES and (
        not any(letter.text.isalnum() for letter in rest) or _is_printed(rest, last.page, placement)
    ):
        return hole
    return _joined(hole, last.page, rest, starts_line=False)


def _words(texts: Mapping[int, PageText], page: int) -> Iterator[Word]:
    return (word for line in texts[page].lines for word in line.words)


def _holds(word: Word, letter: Letter) -> bool:
    return any(each.box == letter.box for each in word.letters)


def _after(word: Word, letter: Letter) -> tuple[Letter, ...]:
    place = next(n for n, each in enumerate(word.letters) if each.box == letter.box)
    return word.letters[place + 1 :]


def _is_printed(rest: Sequence[Letter], page: int, placement: Placement) -> bool:
    """Tell whether letters are a printed word that was read together with the value before it."""
    text = letters_only("".join(letter.text for letter in rest))
    box = Box.around(letter.box for letter in rest)
    here = [word for word, s in placement.anchors if s.page == page and s.box.overlap(box) > 0]
    return any(ratio(letters_only(word), text) > PRINTED for word in here)


def _with_father(hole: Hole, texts: Mapping[int, PageText], taken: Sequence[Box]) -> Hole:
    """Return a name with the father's that begins the next line, where it has none."""
    text = "".join(" " * placed.starts_word + placed.letter.text for placed in hole.letters)
    if not hole.letters or any(map(_is_father, text.split())):
        return hole
    spot = hole.spots[-1]
    for line in texts[spot.page].lines:
        first = line.words[0]
        is_next = 0 < line.box.top - spot.box.top < BELOW * spot.box.height
        is_free = not any(box.overlap(first.box) > 0 for box in taken)
        if is_next and is_free and line.box.left < spot.box.right and _is_father(first.text):
            return _joined(hole, spot.page, first.letters, starts_line=True)
    return hole


def _is_father(word: str) -> bool:
    return bool(PATRONYMIC.fullmatch(word.strip(".,_…").casefold()))


def _joined(hole: Hole, page: int, letters: Sequence[Letter], *, starts_line: bool) -> Hole:
    more = tuple(
        PlacedLetter(page, letter, starts_line and n == 0, starts_line and n == 0)
        for n, letter in enumerate(letters)
    )
    boxes = [letter.box for letter in letters]
    if starts_line:
        spots = (*hole.spots, Spot(page, line_around(boxes)))
    else:
        *before, own = hole.spots
        spots = (*before, replace(own, box=Box.around((own.box, *boxes))))
    return replace(hole, letters=(*hole.letters, *more), spots=spots)


def _boxes(holes: Sequence[Hole]) -> Iterator[Box]:
    return (spot.box for hole in holes if hole.letters for spot in hole.spots)
