"""What stands in a person's blank and is no name: strokes of a pen, a seal's rim, a stamp."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from intake.alignment.spots import line_around
from intake.domain.placement import Hole, PlacedLetter, Placement, Spot, words_in
from intake.domain.template import FieldKind
from intake.fields.name_shapes import (
    SMALL_NAME,
    SPECKS,
    is_long,
    is_seal_place,
    name_likeness,
    name_words,
)
from intake.stages.writing import is_form_only, lies_in

TOWERING = 1.9
"""Heights of the form's print above which a word beside a typed name is strokes of a pen."""
APART = 4.0
"""White between words of a name, in widths of its letters, that parts it from strokes."""
SURE = 0.85
"""Confidence of every letter of what is believed beside strokes."""
_RULE_DOTS = re.compile(r"[.…]{2,}$")


def without_strokes(placement: Placement) -> Placement:
    """Return a placement whose persons have no words that cannot belong to a name.

    Signature and seal beside a name are read as letters. What was dropped counts as stray; words
    too long for strokes stay, to be asked about.
    """
    rules = placement.template.fields
    height = median([spot.box.height for _, spot in placement.anchors] or [1.0])
    form = placement.wording.words
    holes = {
        name: _joined([_of_a_name(hole, TOWERING * height, form) for hole in several])
        if rules[name].kind is FieldKind.PERSON
        else several
        for name, several in placement.holes.items()
    }
    return replace(placement, holes=holes)


def _joined(holes: Sequence[Hole]) -> tuple[Hole, ...]:
    """Return the holes, initials that another blank of the person has right behind a name with it.

    «Исаков Б. | Н.»
    """
    joined = list(holes)
    for number, own in enumerate(holes):
        for other, beside in enumerate(holes):
            if other != number and (rest := _initials_behind(own, beside)):
                letters = (*own.letters, *rest)
                joined[number] = replace(own, letters=letters, spots=_spots(letters, own.spots))
                joined[other] = replace(beside, letters=())
    return tuple(joined)


def _initials_behind(own: Hole, other: Hole) -> tuple[PlacedLetter, ...]:
    """Return the letters of another hole that stand close behind a name in its row."""
    if not own.letters or not other.letters:
        return ()
    last = own.letters[-1]
    rest = tuple(p for p in other.letters if p.letter.box.left >= last.letter.box.right)
    is_initials = all(len(_spelled(word).strip(".")) == 1 for word in words_in(rest))
    return rest if rest and is_initials and _is_close(last, rest[0]) else ()


def _is_close(last: PlacedLetter, first: PlacedLetter) -> bool:
    one, other = last.letter.box, first.letter.box
    is_level = one.top < other.bottom and other.top < one.bottom
    return last.page == first.page and is_level and other.left - one.right < other.height


def _of_a_name(hole: Hole, tallest: float, form: frozenset[str]) -> Hole:
    every = list(_without_seal_place(words_in(hole.letters)))
    letters = sum(map(len, every))
    words = _without_doubted(_without_towering(every, tallest))
    spelled = list(map(_spelled, words))
    fits = [fit or is_long(word) for fit, word in zip(name_words(spelled), spelled, strict=True)]
    # «ОТДЕЛ ОБРАЗОВАНИЯ»: a stamp says what the form does; «түзүлгөндүгүн билдирет»: a sentence
    if is_form_only(" ".join(spelled), form) or not any(map(_is_named, spelled)):
        fits = [False] * len(words)
    kept = tuple(placed for word, fit in zip(words, fits, strict=True) if fit for placed in word)
    dropped = letters - len(kept)
    if len(kept) == len(hole.letters):
        return hole
    return replace(hole, letters=kept, stray=hole.stray + dropped, spots=_spots(kept, hole.spots))


def _without_seal_place(words: list[list[PlacedLetter]]) -> Iterator[list[PlacedLetter]]:
    """Yield the words but «М.П.» behind the rule for the signature: print, and no initials."""
    for before, word in zip((None, *words), words, strict=False):
        if before is None or not is_seal_place(_spelled(word)) or not _is_apart(before, word):
            yield word


def _is_named(word: str) -> bool:
    """Tell whether a word has a capital, or is a name that lost its own."""
    return any(map(str.isupper, word)) or SMALL_NAME.fullmatch(word.strip(SPECKS)) is not None


def _without_towering(words: list[list[PlacedLetter]], tallest: float) -> list[list[PlacedLetter]]:
    """Return the words but those taller than print can be, where others are not."""
    low = [w for w in words if median(each.letter.box.height for each in w) <= tallest]
    return low if name_likeness(list(map(_spelled, low))) > 0 else words


def _without_doubted(words: list[list[PlacedLetter]]) -> list[list[PlacedLetter]]:
    """Return the words but those of doubted letters that wide white parts from sure ones."""
    parts: list[list[list[PlacedLetter]]] = []
    for word in words:
        if not parts or _is_apart(parts[-1][-1], word):
            parts.append([])
        parts[-1].append(word)
    sure = [part for part in parts if _is_believed(part)]
    kept = [word for part in sure for word in part]
    return kept if name_likeness(list(map(_spelled, kept))) > 0 else words


def _is_believed(part: Sequence[Sequence[PlacedLetter]]) -> bool:
    """Tell whether all letters are sure, or a word too long for strokes is among them."""
    is_sure = min(placed.letter.confidence for word in part for placed in word) >= SURE
    return is_sure or any(is_long(_spelled(word)) for word in part)


def _is_apart(word: Sequence[PlacedLetter], other: Sequence[PlacedLetter]) -> bool:
    wide = median(each.letter.box.width for each in (*word, *other))
    white = other[0].letter.box.left - word[-1].letter.box.right
    return not other[0].starts_line and white > APART * wide


def _spelled(word: Sequence[PlacedLetter]) -> str:
    """Return a word as read, without the dots of a rule behind its own («С......»)."""
    return _RULE_DOTS.sub(".", "".join(placed.letter.text for placed in word))


def _spots(letters: Sequence[PlacedLetter], lines: Sequence[Spot]) -> tuple[Spot, ...]:
    """Return the lines with letters in them, around just these letters."""
    spots = []
    for line in lines:
        boxes = [p.letter.box for p in letters if p.page == line.page and lies_in(p, line.box)]
        if boxes:
            spots.append(Spot(line.page, line_around(boxes)))
    return tuple(dict.fromkeys(spots)) or tuple(lines)  # a line of dirt may lie over another
