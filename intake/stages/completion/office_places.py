"""The places that an office's lines say, by the words for a unit: «район», «г.», «облусу»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from intake.domain.template import FieldKind
from intake.domain.text import Word
from intake.fields.place_forms import Place
from intake.fields.places import is_named
from intake.fields.script import fold_letters, letters_only

MOST_WORDS = 3
"""Words of a place's name at most."""
SIGNS = ' .,:;_-()«»„“”"'
"""What stands around a name in a blank."""
_DISTRICT = re.compile(r"в?(?:район|рн)")
_CITY = re.compile(r"(?:шаар|в?город|г(?:ор)?$|ш$)")
_REGION = re.compile(r"(?:облус|област|обл$)")
_NO_PLACE = re.compile(r"(?:мэри|айыл|окмот|начальник|заведующ|башчы|республика|кыргыз|министр)")

Name = tuple[Word, ...]
"""The words of a place's name."""
OfficeLine = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """One office as a paragraph names it: its block of the wording, and the lines about it.

    ``named`` are the words that say which office it is, counted through all lines.
    """

    block: str
    lines: tuple[OfficeLine, ...]
    named: range

    @property
    def words(self) -> list[Word]:
        """The words of all lines."""
        return list(chain.from_iterable(self.lines))

    @property
    def named_lines(self) -> set[OfficeLine]:
        """The lines that words which name the office stand on."""
        own = {id(word) for word in self.words[self.named.start : self.named.stop]}
        return {line for line in self.lines if any(id(word) in own for word in line)}


def place_of(office: Office, kind: FieldKind, places: Sequence[Place], language: str) -> Name:
    """Return the words of the place of a kind that an office's lines say, perhaps none.

    That at the most telling word for a unit; a known one first, then the nearest to the office's
    name: what stands farther off is a letterhead's.
    """
    words = office.words
    for unit, follows in _UNITS[kind]:
        there = [n for n, w in enumerate(words) if n not in office.named and unit.match(_key(w))]
        names = list[Name]()
        for number in sorted(there, key=lambda n: _distance(n, office.named)):
            behind = _run(office, number, 1) if follows and language == "ru" else ()
            name = _known(behind, words[number], places, is_end=False)
            name = name or _known(_run(office, number, -1), words[number], places, is_end=True)
            names += [name] if name else []
        if names:
            return next((name for name in names if is_named(spelled(name), places)), names[0])
    return _beside(office, places) if kind is FieldKind.DISTRICT else ()


def _beside(office: Office, places: Sequence[Place]) -> Name:
    """Return the known place right beside an office's name, without a word for a unit («… РББ»)."""
    first, last = office.words[office.named.start], office.words[office.named.stop - 1]
    before = _known(_run(office, office.named.start, -1), first, places, is_end=True)
    behind = _known(_run(office, office.named.stop - 1, 1), last, places, is_end=False)
    return next((n for n in (before, behind) if n and is_named(spelled(n), places)), ())


_UNITS = {
    FieldKind.DISTRICT: ((_DISTRICT, False), (_CITY, True)),
    FieldKind.REGION: ((_REGION, False),),
}
"""Words that say of what kind a place is, and whether its name may follow («города Токмок»)."""


def _distance(number: int, named: range) -> int:
    return named.start - number if number < named.start else number - named.stop + 1


def _key(word: Word) -> str:
    return fold_letters(letters_only(word.text))


def _run(office: Office, unit: int, step: int) -> Name:
    """Return the words on one side of a unit's that may be a place's name, in reading order."""
    words, run = office.words, list[Word]()
    number = unit + step
    while 0 <= number < len(words) and len(run) < MOST_WORDS:
        text = words[number].text.strip(SIGNS)
        if number in office.named or (text and not text[0].isupper()) or is_unit(words[number]):
            break
        run += [words[number]] if text else []
        number += step
    if step > 0 and number < len(words) and _REGION.match(_key(words[number])):
        run = run[:-1]  # «города Каракол Иссык-Кульской области»
    return tuple(run[::step])


def is_unit(word: Word) -> bool:
    """Tell whether a word says of what kind a place is, or belongs to none."""
    key = _key(word)
    return any(each.match(key) for each in (_DISTRICT, _CITY, _REGION, _NO_PLACE))


def _known(run: Name, unit: Word, places: Sequence[Place], *, is_end: bool) -> Name:
    """Return the part of a run next to a unit that is a known place, else one word of its line."""
    parts = [run[-size:] if is_end else run[:size] for size in range(len(run), 0, -1)]
    known = next((part for part in parts if is_named(spelled(part), places)), None)
    if known is not None or not run:
        return known or ()
    beside = parts[-1][0]
    is_level = beside.box.top < unit.box.bottom and unit.box.top < beside.box.bottom
    return (beside,) if is_level else ()


def spelled(words: Name) -> str:
    """Return the words of a name without the signs of a blank around them."""
    return " ".join(word.text.strip(SIGNS) for word in words)
