"""Persons' names whose parts stand beside, above and below what was taken for the name.

Where names stand in columns with signatures and seals, the alignment finds a part of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from intake.alignment.spots import line_around
from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, Spot, words_in
from intake.domain.text import Letter, PageText, Word
from intake.fields.name_shapes import LINKS, PATRONYMIC, SPECKS

NEXT = 2.0
"""How far apart two lines of a name may lie, in heights of one."""
BESIDE = 1.5
"""How far apart an initial may stand from the next word, in heights of their line."""
_INITIALS = re.compile(r"(?:[А-ЯЁӨҮҢ]\.){1,2}|[А-ЯЁӨҮҢ]")
"""Initials, or one whose point a rule's dots took along."""
SURE = 0.8
"""Confidence of a word from which it is no stroke."""
_FATHER = re.compile(rf"[А-ЯЁӨҮҢ](?i:{PATRONYMIC.pattern})")
_NAME = re.compile(r"[А-ЯЁӨҮҢ][а-яёөүң]{2,}(?:-[А-ЯЁӨҮҢ]?[а-яёөүң]+)?")

Texts = Mapping[int, PageText]


def whole_name(hole: Hole, texts: Texts, taken: Sequence[Box]) -> Hole:
    """Return a name with its initials beside, surname above and father's name below it.

    ``texts`` are the notice's pages by number, ``taken`` the boxes of print and of other fields.
    """
    if not hole.letters:
        return hole
    hole = _with_beside(hole, texts, taken, _INITIALS)
    if _words(hole)[0].casefold() in LINKS:  # «кызы Айдай»: whose daughter she is was lost
        hole = _with_beside(hole, texts, taken, _NAME)
    if not any(map(_is_father, _words(hole))):
        hole = _with_beside(hole, texts, taken, _FATHER)
    if not any(map(_is_father, _words(hole))):
        hole = _with_father(hole, texts, taken)
    if not any(map(_is_father, _words(hole))):
        return hole
    if len(_words(hole)) == 1:
        return _with_surname(hole, texts, taken)
    # a father's name behind one other word: the surname was lost before it
    return _with_beside(hole, texts, taken, _NAME) if len(_words(hole)) == 2 else hole


def _words(hole: Hole) -> list[str]:
    return ["".join(placed.letter.text for placed in word) for word in words_in(hole.letters)]


def _with_beside(hole: Hole, texts: Texts, taken: Sequence[Box], kind: re.Pattern[str]) -> Hole:
    """Return a name with the words of a kind that stand close before or behind it in its line."""
    spot, own = hole.spots[0], {placed.letter.box for placed in hole.letters}
    room = BESIDE * spot.box.height / texts[spot.page].aspect
    for line in texts[spot.page].lines:
        mine = [n for n, w in enumerate(line.words) if any(e.box in own for e in w.letters)]
        if not mine or line.box.top > spot.box.bottom:
            continue
        first, last = mine[0], mine[-1]
        before, behind = line.words[:first][-1:], line.words[last + 1 :][:1]
        for word in before:
            if _is_part(word, line.words[first], kind, room) and is_free(word.box, taken):
                hole = led(hole, word.letters, starts_line=False)
        for word in behind if len(hole.spots) == 1 else ():
            if _is_part(word, line.words[last], kind, room) and is_free(word.box, taken):
                hole = followed(hole, word.letters, starts_line=False)
    return hole


def _is_part(word: Word, beside: Word, kind: re.Pattern[str], room: float) -> bool:
    """Tell whether a word is of a kind, surely read, and close to another one."""
    gap = max(beside.box.left - word.box.right, word.box.left - beside.box.right)
    return gap < room and word.confidence >= SURE and bool(kind.fullmatch(word.text))


def _with_surname(hole: Hole, texts: Texts, taken: Sequence[Box]) -> Hole:
    """Return a father's name with the one or two words of a name that stand right above it."""
    spot = hole.spots[0]
    for words in _runs_over(spot, texts[spot.page]):
        is_above = 0 < spot.box.top - words[0].box.top < NEXT * spot.box.height
        names = all(_NAME.fullmatch(word.text.strip(SPECKS)) for word in words)
        if is_above and names and len(words) <= 2 and all(is_free(w.box, taken) for w in words):
            letters = [letter for word in words for letter in word.letters]
            starts = [word.letters[0].box for word in words]
            return led(hole, letters, starts_line=True, starts=starts)
    return hole


def _with_father(hole: Hole, texts: Texts, taken: Sequence[Box]) -> Hole:
    """Return a name with the father's that stands in the next line."""
    spot = hole.spots[-1]
    for words in _runs_over(spot, texts[spot.page]):
        first = words[0]
        is_next = 0 < first.box.top - spot.box.top < NEXT * spot.box.height
        if is_next and _is_father(first.text) and is_free(first.box, taken):
            return followed(hole, first.letters, starts_line=True)
    return hole


def _runs_over(spot: Spot, text: PageText) -> Iterator[list[Word]]:
    """Yield the words of each line that stand over or under a spot, or begin left of it."""
    room = spot.box.height / text.aspect
    left, right = spot.box.left - room, spot.box.right + room
    for line in text.lines:
        beside = [w for w in line.words if left <= (w.box.left + w.box.right) / 2 <= right]
        yield from filter(None, (beside, [line.words[0]] if line.box.left < left else []))


def _is_father(word: str) -> bool:
    return bool(PATRONYMIC.fullmatch(word.strip(".,_…").casefold()))


def is_free(box: Box, taken: Sequence[Box]) -> bool:
    """Tell whether a word's middle lies in none of the boxes of print and of other fields."""
    return not any(other.holds(box) for other in taken)


def followed(hole: Hole, letters: Sequence[Letter], *, starts_line: bool) -> Hole:
    """Return a hole with the letters of one more word at its end."""
    page = hole.letters[-1].page
    more = [
        PlacedLetter(page, letter, n == 0, starts_line and n == 0)
        for n, letter in enumerate(letters)
    ]
    spots = _grown(hole.spots[::-1], page, letters, starts_line=starts_line)[::-1]
    return replace(hole, letters=(*hole.letters, *more), spots=spots)


def led(
    hole: Hole, letters: Sequence[Letter], *, starts_line: bool, starts: Sequence[Box] = ()
) -> Hole:
    """Return a hole with the letters of more words at its beginning.

    ``starts`` are the boxes of the letters that begin words besides the first, ``starts_line``
    tells whether what was there stands in the next line.
    """
    first, *rest = hole.letters
    more = [
        PlacedLetter(first.page, letter, n == 0 or letter.box in starts, False)
        for n, letter in enumerate(letters)
    ]
    own = replace(first, starts_word=True, starts_line=starts_line)
    spots = _grown(hole.spots, first.page, letters, starts_line=starts_line)
    return replace(hole, letters=(*more, own, *rest), spots=spots)


def _grown(
    spots: Sequence[Spot], page: int, added: Sequence[Letter], *, starts_line: bool
) -> tuple[Spot, ...]:
    """Return a hole's spots with room for letters in front: in their first line or one more."""
    boxes = [letter.box for letter in added]
    if starts_line:
        return (Spot(page, line_around(boxes)), *spots)
    first, *others = spots
    return (replace(first, box=Box.around((first.box, *boxes))), *others)
