"""What is written in the holes of one field, gathered from letters, ink and second reading."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from statistics import median
from typing import Literal, cast

from intake.domain.geometry import Box, Transform
from intake.domain.ink import BlankInk, Ink
from intake.domain.placement import Hole, PlacedLetter, Placement, Spot
from intake.domain.template import FieldKind, FieldRule
from intake.domain.text import Line
from intake.fields.dates import is_frame
from intake.fields.graded import Written
from intake.fields.grading import Grader
from intake.fields.lines import rejoined
from intake.fields.name_shapes import name_likeness
from intake.fields.persons import is_patronymic
from intake.fields.script import collapse, has_writing, letters_only
from intake.fields.words import Words

HANDWRITTEN = 0.5
"""The inspector's probability above which a value counts as written by hand."""
SURELY_HANDWRITTEN = 0.9
"""The same where the reader is sure of every letter, as it hardly ever is of a hand's."""
LEGIBLE = 0.995
"""Confidence of the least sure letter from which the reader is sure of all: so it was of 27 of 47
typed values, in italics mostly, whose strokes looked like a hand's, and of 37 of 201 in hands."""
FAIRLY_LEGIBLE = 0.95
"""The same on a notice whose other values are typed."""
ROOM = 1.5
"""Width of a place to write in, in heights of its line as fractions of the page, at least."""
BEYOND = 3.0
"""Ink beside a reading, in heights of its line as fractions of the page, that is a part of it."""
FLUSH = 0.5
"""How far lines of one name may begin from each other, in heights as fractions of the page."""
MOST_STRAY = 20.0
"""Letters in or beside a blank that nothing explains, counted up to here."""
_INCOMING = re.compile(r"\W*(вх(од|\b)|кир(иш|[үу]{2}ч[үу]))", re.IGNORECASE)
"""How an incoming stamp begins («Вх. № 673», «Кириш № 361»): its number is the office's own."""
_YEAR = re.compile(r"\W*(?:19|20)\d\d\W*(?:г|ж)\w*\W*", re.IGNORECASE)
"""The year of the date beside a number's blank («2023 г.»), which is no number."""
_NO_INK = BlankInk(0.0, False, 0.0)


@dataclass(frozen=True, slots=True)
class Writing:
    """Everything known about the place of one field before its value is graded.

    ``has_text`` is False where there is nothing but what the form itself prints
    there, ``has_ink`` where there is no ink but that, or no room to write;
    ``printed_year`` the year that it prints; ``spots`` on the
    straightened pages; ``among_typed`` tells that most values of the notice are typed.
    """

    written: Written
    has_text: bool
    has_ink: bool
    printed_year: int | None
    ink: BlankInk
    spots: tuple[Spot, ...]
    evidence: Mapping[str, float]
    among_typed: bool = False

    @property
    def text(self) -> str:
        """What was read, spaces collapsed."""
        return collapse(self.written.text)

    @property
    def by_hand(self) -> bool:
        """Whether it looks written by hand, in its strokes and as the reader found it."""
        least = min((letter.confidence for letter in self.written.letters), default=0.0)
        if self.among_typed and least >= FAIRLY_LEGIBLE and self._is_agreed:
            return False  # strokes of a signature or seal across it
        sure = least >= (FAIRLY_LEGIBLE if self.among_typed else LEGIBLE)
        return self.ink.handwritten >= (SURELY_HANDWRITTEN if sure else HANDWRITTEN)

    @property
    def _is_agreed(self) -> bool:
        """Whether both readers have the same letters."""
        second = letters_only(self.written.second or "")
        return second != "" and second == letters_only(self.written.text)

    @property
    def runs_on(self) -> bool:
        """Whether ink goes on from the letters that were read: a part may not have been."""
        return self.ink.unread or any(_goes_beyond(spot, self.spots) for spot in self.ink.spots)

    def place(self, transforms: Mapping[int, Transform]) -> tuple[int | None, Box | None]:
        """Return page and box as scanned, of the first page that the value stands on."""
        if not self.spots:
            return None, None
        page = self.spots[0].page
        box = Box.around(spot.box for spot in self.spots if spot.page == page)
        return page, transforms[page].box_as_scanned(box)


def among_others(writings: Mapping[str, Writing | None]) -> dict[str, Writing | None]:
    """Return the writings of a notice, each knowing whether most of them are typed."""
    hands = [each.ink.handwritten for each in writings.values() if each and each.has_text]
    typed = bool(hands) and median(hands) < HANDWRITTEN
    return {
        name: each and replace(each, among_typed=typed and each.has_text)
        for name, each in writings.items()
    }


def _goes_beyond(ink: Spot, read: Sequence[Spot]) -> bool:
    """Tell whether ink reaches further along its line than what was read there."""
    middle = (ink.box.top + ink.box.bottom) / 2
    row = [s.box for s in read if s.page == ink.page and s.box.top <= middle <= s.box.bottom]
    if not row:
        return False
    room = BEYOND * max(box.height for box in row)
    left, right = min(box.left for box in row), max(box.right for box in row)
    return ink.box.left < left - room or ink.box.right > right + room


def writing_of(
    rule: FieldRule, placement: Placement, ink: Ink, second: tuple[Line, ...], words: Words
) -> Writing | None:
    """Gather what is written for a field; None where the notice has no place for it."""
    holes = placement.holes.get(rule.name, ())
    if not holes:
        return None
    chosen = _filled(rule.kind, holes)
    text = rejoined("\n".join(filter(None, map(text_of, chosen))), words)
    letters = tuple(placed.letter for hole in chosen for placed in hole.letters)
    lines = _lines_of(_filled(rule.kind, holes), holes, second)
    again = rejoined("\n".join(filter(None, (line.text for line in lines))), words)
    blank = ink.blanks.get(rule.name, _NO_INK)
    language = cast(Literal["ky", "ru"], placement.language)
    printed = " ".join(filter(None, (hole.printed for hole in holes)))
    form = placement.wording.words
    is_stamp = rule.kind is FieldKind.NUMBER and bool(
        _INCOMING.match(text) or _YEAR.fullmatch(text)
    )
    is_form = is_stamp or (rule.kind is FieldKind.DATE and is_frame(_unprinted(text, form)))
    has_text = has_writing(text) and not is_form and not _is_printed(text, printed)
    spots = tuple(spot for hole in chosen for spot in hole.spots)
    by_hand = blank.handwritten >= HANDWRITTEN
    return Writing(
        Written(text, letters, language, again or None, not any(h.from_room for h in chosen)),
        has_text,
        blank.written
        and (by_hand or not (printed or is_form))
        and _has_room(holes)
        and not is_form_only(again, form),
        _year(printed),
        blank,
        spots if has_text and letters else blank.spots or spots,
        _evidence(chosen, holes, placement, blank)
        | {"settled": float(not second)}
        | ({"stray": MOST_STRAY} if is_stamp else {}),
    )


def settled_fields(placement: Placement, grader: Grader) -> frozenset[str]:
    """Return the fields that need no second reading (see ``Grader.is_settled``)."""
    language = cast(Literal["ky", "ru"], placement.language)
    settled = set()
    for name, holes in placement.holes.items():
        rule = placement.template.fields[name]
        filled = [hole for hole in holes if has_writing(text_of(hole))]
        if len(filled) == 1:
            letters = tuple(placed.letter for placed in filled[0].letters)
            if grader.is_settled(rule, Written(text_of(filled[0]), letters, language)):
                settled.add(name)
    return frozenset(settled)


def text_of(hole: Hole) -> str:
    """Return what was read in a hole: words separated by one space, lines by a line break."""
    signs = (_space_before(placed) + placed.letter.text for placed in hole.letters)
    return "".join(signs).strip()


def _space_before(placed: PlacedLetter) -> str:
    return "\n" if placed.starts_line else " " if placed.starts_word else ""


def lies_in(placed: PlacedLetter, line: Box) -> bool:
    """Tell whether a letter stands in a line, by its middle."""
    box = placed.letter.box
    return line.top <= (box.top + box.bottom) / 2 <= line.bottom


def _filled(kind: FieldKind, holes: tuple[Hole, ...]) -> tuple[Hole, ...]:
    """Return the holes that make up the value: all parts of a date, else the fullest one.

    A name may go on in the next line, behind the form's words that stand beside it.
    """
    filled = [hole for hole in holes if has_writing(text_of(hole))]
    if not filled:
        return (holes[0],)
    if kind is FieldKind.DATE:
        return tuple(filled)
    if kind is FieldKind.NUMBER:  # the year of the date beside it
        filled = [hole for hole in filled if not _YEAR.fullmatch(text_of(hole))] or filled
    if kind is not FieldKind.PERSON:
        return (max(filled, key=lambda hole: len(hole.letters)),)
    # strokes and a misread caption may be longer than the name
    fullest = max(filled, key=lambda h: (name_likeness(text_of(h).split()), len(h.letters)))
    return tuple(hole for hole in filled if hole is fullest or _stands_below(hole, fullest))


def _stands_below(hole: Hole, above: Hole) -> bool:
    """Tell whether a hole's only line stands under another's: flush, or with a father's name.

    Where a name is broken at the margin, its second line begins left of the first.
    """
    low, high = hole.spots[0], above.spots[-1]
    height = high.box.height
    return (
        len(hole.spots) == 1
        and low.page == high.page
        and (abs(low.box.left - high.box.left) < FLUSH * height or is_patronymic(text_of(hole)))
        and 0 < low.box.top - high.box.bottom + FLUSH * height < 2 * height
    )


def _lines_of(
    chosen: tuple[Hole, ...], holes: tuple[Hole, ...], second: tuple[Line, ...]
) -> list[Line]:
    """Return the second reading of the chosen holes; it has one line a spot of filled holes."""
    lines: list[Line] = []
    start = 0
    for hole in holes:
        end = start + (len(hole.spots) if hole.letters else 0)
        if hole in chosen:
            lines.extend(second[start:end])
        start = end
    return lines or (list(second) if not start else [])


def _has_room(holes: tuple[Hole, ...]) -> bool:
    """Tell whether a value could be written: the form's «(ИНН, ОКПО)» leaves none."""
    spots = [spot.box for hole in holes for spot in hole.spots]
    return any(box.width > ROOM * box.height for box in spots)


def _is_printed(text: str, printed: str) -> bool:
    """Tell whether the text is only what the form prints there, one letter misread at most."""
    mine, forms = re.sub(r"\W", "", text), re.sub(r"\W", "", printed)
    if not forms or len(mine) > len(forms):
        return not mine
    same = sum(a == b for a, b in zip(mine, forms, strict=False))
    return same >= len(forms) - 1


def is_form_only(text: str, form: frozenset[str]) -> bool:
    """Tell whether a text is words of the form and nothing else, longer than a stroke."""
    return len(letters_only(text)) > 1 and not has_writing(_unprinted(text, form))


def _unprinted(text: str, form: frozenset[str]) -> str:
    """Return the words of a text that the form does not print anywhere."""
    return " ".join(word for word in text.split() if letters_only(word) not in form)


def _year(printed: str) -> int | None:
    found = re.search(r"20\d\d", printed)
    return int(found[0]) if found else None


def _evidence(
    chosen: tuple[Hole, ...], holes: tuple[Hole, ...], placement: Placement, blank: BlankInk
) -> dict[str, float]:
    """Say how well the place was cut out: costs, letters left over, ink, other holes filled."""
    others = sum(has_writing(text_of(hole)) for hole in holes) - len(chosen)
    return {
        "cut_cost": max(hole.cost for hole in chosen),
        "stray": float(min(sum(map(partial(_stray, placement), chosen)), MOST_STRAY)),
        "lines": float(sum(len(hole.spots) for hole in chosen)),
        "other_holes": float(max(others, 0)),
        "form_share": placement.share,
        "ink_amount": min(blank.amount, 3.0),
        "handwritten": blank.handwritten,
        "from_room": float(any(hole.from_room for hole in chosen)),
        "aside": float(any(hole.is_aside for hole in chosen)),
    }


def _stray(placement: Placement, hole: Hole) -> int:
    """Count the letters in a hole that nothing explains; in an empty one, also another field's."""
    if has_writing(text_of(hole)) and not _is_printed(text_of(hole), hole.printed or ""):
        return hole.stray
    return hole.stray + sum(
        _holds(spot, placed)
        for name, others in placement.holes.items()
        if name != hole.field
        for other in others
        for placed in other.letters
        for spot in hole.spots
    )


def _holds(spot: Spot, placed: PlacedLetter) -> bool:
    box = placed.letter.box
    across = (box.left + box.right) / 2
    return (
        spot.page == placed.page
        and spot.box.left < across < spot.box.right
        and lies_in(placed, spot.box)
    )
