"""Leaves out of values the lines that are another's: who typed the paper, the form's own words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import chain

from intake.alignment.spots import lines_of, spots_of
from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, Placement, words_in
from intake.domain.template import FieldKind
from intake.domain.text import Line, PageText
from intake.fields.script import letters_only
from intake.stages.completion.page.unclaimed import is_contact, names_executor

LABEL = 6
"""Words of a label, with its number in a list."""
NUMBERED = re.compile(r"[«»\"№\d](?!\d*[.)])")
"""What no label has: quotes, or numbers but that of a list's item."""
STEM = 7
"""Letters that tell one of the form's words in any form."""
PRINTED = 5
"""Letters of a word that is known as the form's."""
PRINT_COST = 0.1
"""Cost of the form's words beside a blank below which they stand there as the form has them."""
_WORDED = (
    FieldKind.NAME, FieldKind.ADDRESS, FieldKind.TEXT, FieldKind.PERSON,
)  # fmt: skip
_LONGER = (FieldKind.NAME, FieldKind.ADDRESS)
"""Kinds of values that a person's name may be part of."""
_Places = Mapping[tuple[int, object], tuple[Line, int]]
"""The line of each letter's box, and the number of its word there."""
_Line = Sequence[PlacedLetter]


def without_strays(placement: Placement, texts: Mapping[int, PageText]) -> Placement:
    """Return the placement with values of words without such lines.

    ``texts`` are the notice's pages by number.
    """
    rules, known = placement.template.fields, placement.wording.words
    places: _Places = {
        (page, letter.box): (line, number)
        for page, text in texts.items()
        for line in text.lines
        for number, word in enumerate(line.words)
        for letter in word.letters
    }
    holes = {
        name: tuple(_bare(hole, rules[name].kind, places, known) for hole in several)
        if rules[name].kind in _WORDED
        else several
        for name, several in placement.holes.items()
    }
    return replace(placement, holes=holes)


def without_doubled(placement: Placement) -> Placement:
    """Return the placement without persons that are part of a name or an address.

    «Средняя школа № 19 имени Л. Толстого» was found later, and stands there.
    """
    rules, holes = placement.template.fields, dict(placement.holes)
    worded = (several for name, several in holes.items() if rules[name].kind in _LONGER)
    taken = {(p.page, p.letter.box) for several in worded for hole in several for p in hole.letters}
    for name, several in placement.holes.items():
        if rules[name].kind is FieldKind.PERSON:
            own = [hole for hole in several if not _is_within(hole, taken)]
            holes[name] = tuple(own) or (replace(several[0], letters=()),)
    return replace(placement, holes=holes)


def _is_within(hole: Hole, taken: Set[tuple[int, Box]]) -> bool:
    return bool(hole.letters) and all((p.page, p.letter.box) in taken for p in hole.letters)


def _bare(hole: Hole, kind: FieldKind, places: _Places, known: frozenset[str]) -> Hole:
    # whoever writes freely has colons too («ремонт: течёт крыша»), behind the form's own label
    is_labelled = kind is FieldKind.TEXT and hole.cost < PRINT_COST
    lines = lines_of(hole.letters if is_labelled else _behind_label(hole.letters))
    if all(_says_form(placed, known) for placed in words_in(hole.letters)):
        return replace(hole, letters=())
    kept = [line for line in lines if not names_executor(_place(line[0], places)[0])]
    if len(kept) > 1 and _begins_others(kept[-1], places, known):
        kept.pop()
    if kept:
        kept[-1] = _before_print(kept[-1], places, known)
    if sum(map(len, kept)) == len(hole.letters):
        return hole
    letters = tuple(chain.from_iterable(kept))
    return replace(hole, letters=letters, spots=spots_of(letters) or hole.spots)


def _behind_label(letters: _Line) -> _Line:
    """Leave out a label at the head that its colon tells, whatever its words («Кому», «Школа»)."""
    words = words_in(letters)
    colons = [n for n, word in enumerate(words[:LABEL], 1) if word[-1].letter.text == ":"]
    label = words[: colons[-1]] if colons else []
    texts = ["".join(placed.letter.text for placed in word) for word in label]
    is_other = any(is_contact(text) or NUMBERED.search(text) for text in texts)
    return letters if is_other else letters[sum(map(len, label)) :]


def _place(letter: PlacedLetter, places: _Places) -> tuple[Line, int]:
    return places[letter.page, letter.letter.box]


def _begins_others(own: _Line, places: _Places, known: frozenset[str]) -> bool:
    """Tell whether a line begins with the form's words, and goes on with them on the page.

    Or with a label's in whatever words («Коды | организации: ИНН …»).
    """
    (line, first), (other, last) = _place(own[0], places), _place(own[-1], places)
    if (
        line is not other
        or first
        or last + 1 == len(line.words)
        or line.words[last].text.endswith(",")
    ):
        return False
    texts = ["".join(placed.letter.text for placed in word) for word in words_in(own)]
    behind = line.words[last + 1 :]
    is_print = all(_is_print(text, known) for text in (*texts, behind[0].text))
    is_label = any(word.text.endswith(":") for word in behind[:LABEL]) and behind[0].text.islower()
    return is_print or (is_label and len(texts) == 1 and texts[0].istitle())


def _before_print(
    own: list[PlacedLetter], places: _Places, known: frozenset[str]
) -> list[PlacedLetter]:
    """Leave out the form's word behind a comma with which its sentence goes on."""
    *before, last = words_in(own)
    line, number = _place(own[-1], places)
    if not before or number + 1 == len(line.words) or before[-1][-1].letter.text != ",":
        return own
    texts = ("".join(placed.letter.text for placed in last), line.words[number + 1].text)
    is_begun = all(_is_print(text, known) for text in texts)
    return [placed for word in before for placed in word] if is_begun else own


def _says_form(word: _Line, known: frozenset[str]) -> bool:
    """Tell whether a word is one of the form's, whatever its ending («кабарлайбыз»)."""
    stem = letters_only("".join(placed.letter.text for placed in word))[:STEM]
    return len(stem) == STEM and any(each.startswith(stem) for each in known)


def _is_print(word: str, known: frozenset[str]) -> bool:
    own = letters_only(word)
    return len(own) >= PRINTED and own in known
