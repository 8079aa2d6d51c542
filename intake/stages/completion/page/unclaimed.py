"""Words on a notice's pages that are neither the form's nor any field's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.fuzz import ratio

from intake.alignment.stream import line_letters
from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, Placement, Spot
from intake.domain.template import FieldKind, words_of_options
from intake.domain.text import Line, PageText, Word
from intake.fields.dates import is_whole_date
from intake.fields.script import letters_only

ALIKE = 60.0
"""Likeness from which a word on the page is the form's that was found there."""
_CONTACT = re.compile(r"\W*(тел|факс|моб|e-?mail|эл\b|сайт)|.*@", re.IGNORECASE)
_EXECUTOR = re.compile(r"\W*(исп|аткар|атк\b)", re.IGNORECASE)
_LONG = re.compile(r"\W*\d{8}")
"""An organisation's number, which is no date however it is parted."""
MOST_WORDS = 5
"""Words of a date («2023-жылдын « 24 » сентябры»)."""
GAP = 3.0
"""White that parts two columns, in heights of the form's print."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words side by side on one page."""

    page: int
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words, separated by spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def spot(self) -> Spot:
        """The place of all of them."""
        return Spot(self.page, Box.around(word.box for word in self.words))

    @property
    def letters(self) -> list[PlacedLetter]:
        """The words' letters, those of each line that they run over."""
        breaks = [
            n for n, (one, other) in enumerate(pairwise(self.words), 1)
            if other.box.left < one.box.left
        ]  # fmt: skip
        lines = (self.words[a:b] for a, b in pairwise([0, *breaks, len(self.words)]))
        return [p for own in lines for p in line_letters(self.page, Line(own, own[0].box))]

    def as_hole(self, field: str, *, is_aside: bool) -> Hole:
        """Return the words as the value of a field; aside: no word of the form stands near."""
        letters = tuple(
            PlacedLetter(self.page, letter, starts_word=n == 0, starts_line=False)
            for word in self.words
            for n, letter in enumerate(word.letters)
        )
        return Hole(field, letters, (self.spot,), cost=0.0, is_aside=is_aside)


def unclaimed(
    placement: Placement, texts: Mapping[int, PageText], within: Spot, field: str
) -> Iterator[Run]:
    """Yield the runs of words within a spot that are neither the form's nor of another field.

    Nor those of the line that says who typed the paper («Исп.: …, тел. …»).
    """
    claimed = list(_claimed(placement, within.page, field))
    print_ = [(text, s.box) for text, s in _print(placement, field) if s.page == within.page]
    for line in texts[within.page].lines:
        if names_executor(line):
            continue
        run: list[Word] = []
        for word in line.words:
            is_free = within.box.holds(word.box) and not (
                any(box.holds(word.box) for box in claimed) or _is_print(word, print_)
            )
            if run and (not is_free or _is_apart(run[-1], word, texts[within.page].aspect)):
                yield Run(within.page, tuple(run))
                run = []
            run += [word] if is_free else []
        if run:
            yield Run(within.page, tuple(run))


def dates_in(run: Run, months: Mapping[str, int]) -> Iterator[Run]:
    """Yield the whole dates in a run, each in as few words as it has («№ 17 22.10.2023»).

    A number behind its sign is no date («№ 09/1 от «09» ноября 2023 г.»).
    """
    used = 0
    numbers = {n for n, word in enumerate(run.words, 1) if word.text.endswith("№")}
    numbers |= {
        n for n, word in enumerate(run.words)
        if word.text.startswith("№") or _LONG.match(word.text)
    }  # fmt: skip
    for end in range(1, len(run.words) + 1):
        if end - 1 in numbers:
            used = end
        starts = range(end - 1, max(used, end - MOST_WORDS) - 1, -1)
        found = (Run(run.page, run.words[start:end]) for start in starts)
        date = next((each for each in found if is_whole_date(each.text, months)), None)
        if date:
            yield date
            used = end


def is_contact(text: str) -> bool:
    """Tell whether a word or label begins a telephone, a fax, an e-mail or the like."""
    return _CONTACT.match(text) is not None


def names_executor(line: Line) -> bool:
    """Tell whether a line says who typed the paper."""
    return _EXECUTOR.match(line.text) is not None


def _print(placement: Placement, field: str) -> Iterator[tuple[str, Spot]]:
    """Yield the form's words, without a field's answers where not all of them stand printed."""
    listed = any(option.field == field for option in placement.options)
    answers = {word for block in placement.wording.blocks
               for _, text in words_of_options(block, field) for word in text.split()}  # fmt: skip
    return (anchor for anchor in placement.anchors if listed or anchor[0] not in answers)


def _is_print(word: Word, print_: Iterable[tuple[str, Box]]) -> bool:
    """Tell whether a word is one of the form's; of one that is not there it may have another."""
    own = letters_only(word.text)
    return any(box.holds(word.box) and ratio(letters_only(text), own) >= ALIKE
               for text, box in print_)  # fmt: skip


def _claimed(placement: Placement, page: int, field: str) -> Iterator[Box]:
    rules = placement.template.fields
    yield from _boxes_on(page, (word for each in placement.options for word in each.words))
    for name, several in placement.holes.items():
        if name != field and rules[name].kind is not FieldKind.SIGNATURE:
            is_person = rules[name].kind is FieldKind.PERSON
            held = (h for h in several if h.letters and not (is_person and _is_no_name(h)))
            yield from _boxes_on(page, (spot for hole in held for spot in hole.spots))


def _is_no_name(hole: Hole) -> bool:
    """Tell whether a hole has digits, or no capital: part of a date beside a name, not a name."""
    signs = [placed.letter.text for placed in hole.letters]
    return any(map(str.isdigit, signs)) or not any(map(str.isupper, signs))


def _boxes_on(page: int, spots: Iterable[Spot]) -> Iterator[Box]:
    return (spot.box for spot in spots if spot.page == page)


def _is_apart(before: Word, after: Word, aspect: float) -> bool:
    height = max(before.box.height, after.box.height) / aspect
    return after.box.left - before.box.right > GAP * height
