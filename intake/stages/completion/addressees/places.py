"""The places that an addressee's lines say, by the words for a unit: «район», «г.», «облусу»."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from intake.domain.template import FieldKind
from intake.domain.text import Word
from intake.fields.place_forms import Place
from intake.fields.places import is_named
from intake.fields.reference import Reference
from intake.fields.script import folded_letters

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
AddressLine = tuple[Word, ...]


def listed_places(reference: Reference) -> Mapping[FieldKind, Sequence[Place]]:
    """Return the known places of each kind of field that has one."""
    return {FieldKind.DISTRICT: reference.districts, FieldKind.REGION: reference.regions}


@dataclass(frozen=True, slots=True)
class Addressee:
    """One addressee as a paragraph names it: its block of the wording, and the lines about it.

    ``named`` are the words that say which addressee it is, counted through all lines.
    """

    block: str
    lines: tuple[AddressLine, ...]
    named: range

    @property
    def words(self) -> list[Word]:
        """The words of all lines."""
        return list(chain.from_iterable(self.lines))

    @property
    def named_lines(self) -> set[AddressLine]:
        """The lines that words which name the addressee stand on."""
        own = {id(word) for word in self.words[self.named.start : self.named.stop]}
        return {line for line in self.lines if any(id(word) in own for word in line)}


def place_of(addressee: Addressee, kind: FieldKind, places: Sequence[Place], language: str) -> Name:
    """Return the words of the place of a kind that an addressee's lines say, perhaps none.

    That at the most telling word for a unit; a known one first, then the nearest to the addressee's
    name: what stands farther off is a letterhead's.
    """
    for unit, follows in _UNITS[kind]:
        names = _named_by(addressee, unit, places, may_follow=follows and language == "ru")
        if names:
            return next((name for name in names if is_named(spelled(name), places)), names[0])
    return _beside(addressee, places) if kind is FieldKind.DISTRICT else ()


def _named_by(
    addressee: Addressee, unit: re.Pattern[str], places: Sequence[Place], *, may_follow: bool
) -> list[Name]:
    """Return the places at words for a unit, the nearest to the addressee's name first."""
    words, names = addressee.words, list[Name]()
    there = [n for n, w in enumerate(words) if n not in addressee.named and unit.match(_key(w))]
    for number in sorted(there, key=lambda n: _distance(n, addressee.named)):
        behind = _known(_run(addressee, number, 1), words[number], places, is_end=False)
        name = behind if may_follow else ()
        name = name or _known(_run(addressee, number, -1), words[number], places, is_end=True)
        if is_named(spelled(behind), places) and not is_named(spelled(name), places):
            name = behind  # «Отдел образования: район Алайский, область Ошская»
        names += [name] if name else []
    return names


def city_of_district(addressee: Addressee, regions: Sequence[Place], language: str) -> Name:
    """Return the city that a district is of, where it is a region: «Бишкек шаарынын Ленин району».

    A city alone is the district itself.
    """
    if not any(_DISTRICT.match(_key(word)) for word in addressee.words):
        return ()
    cities = [region for region in regions if region.kind == "city"]
    names = _named_by(addressee, _CITY, cities, may_follow=language == "ru")
    return next((name for name in names if is_named(spelled(name), cities)), ())


def _beside(addressee: Addressee, places: Sequence[Place]) -> Name:
    """Return the known place right beside an addressee's name, where no unit is said («… РББ»)."""
    first, last = addressee.words[addressee.named.start], addressee.words[addressee.named.stop - 1]
    before = _known(_run(addressee, addressee.named.start, -1), first, places, is_end=True)
    behind = _known(_run(addressee, addressee.named.stop - 1, 1), last, places, is_end=False)
    return next((n for n in (before, behind) if n and is_named(spelled(n), places)), ())


_UNITS = {
    FieldKind.DISTRICT: ((_DISTRICT, False), (_CITY, True)),
    FieldKind.REGION: ((_REGION, False),),
}
"""Words that say of what kind a place is, and whether its name may follow («города Токмок»)."""


def _distance(number: int, named: range) -> int:
    return named.start - number if number < named.start else number - named.stop + 1


def _key(word: Word) -> str:
    return folded_letters(word.text)


def _run(addressee: Addressee, unit: int, step: int) -> Name:
    """Return the words on one side of a unit's that may be a place's name, in reading order."""
    words, run = addressee.words, list[Word]()
    number = unit + step
    while 0 <= number < len(words) and len(run) < MOST_WORDS:
        text = words[number].text.strip(SIGNS)
        is_name = not text or (text[0].isupper() and len(text) > 1)  # «В районный отдел»
        if number in addressee.named or not is_name or is_unit(words[number]):
            break
        run += [words[number]] if text else []
        number += step
    if step > 0 and number < len(words) and _REGION.match(_key(words[number])):
        behind = words[number + 1 : number + 2]
        leads = any(word.text[:1].isupper() and not is_unit(word) for word in behind)
        # «города Каракол Иссык-Кульской области», but «город Каракол, область Иссык-Кульская»
        run = run if leads and number + 1 not in addressee.named else run[:-1]
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
