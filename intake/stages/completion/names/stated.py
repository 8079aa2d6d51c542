"""The organisation's name within a letter's own sentence: «на базе … создан», «… базасында».

Whoever writes in their own words opens with «Во исполнение приказа Министерства образования и
науки …», which the alignment takes for the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from intake.alignment.spots import spots_of
from intake.alignment.stream import line_letters
from intake.domain.placement import Hole, PlacedLetter, Placement
from intake.domain.template import FieldKind
from intake.domain.text import Line, PageText
from intake.stages.completion.names.called import (
    SAYING,
    has_long_number,
    is_called,
    is_organisation,
    names_organisation,
)
from intake.stages.completion.page.title import rows_below
from intake.stages.writing import text_of

LONGEST = 140
"""Signs of a name at most."""
_STATED = (
    re.compile(
        r"\b(?:что (?:в|при)(?: нашей)?(?: организации| учреждении)?|на базе)"
        rf" (?P<name>.{{3,{LONGEST}}}?),? (?:создан|открыт|организован|функционирует|действует)"
    ),
    re.compile(
        rf"\bчто (?P<name>[А-ЯЁ№«“\"].{{3,{LONGEST}}}?) (?:созда[её]т|открывает|организует)\b"
    ),
    re.compile(
        r"\b(?:сообщаем|извещаем|уведомляем)[:,]?"
        rf" (?P<name>.{{3,{LONGEST}}}?),? (?:расположенн|находящ)"
    ),
    re.compile(
        r"(?:[Рр]еквизиты|[Сс]ведения об организации|[Рр]еквизиттер\w*|[Уу]юм жөнүндө маалымат)"
        r"\s?[:–-]"
        rf" (?P<name>[^:;]{{3,{LONGEST}}}?)[;,] (?:ИНН|ОКПО)\b"
    ),
    re.compile(
        rf"(?:уюм|мекеме|организаци\w+|учреждени\w+) [–-] (?P<name>.{{3,{LONGEST}}}?),"
        r" (?:менчи|форма собственности|вид собственности|ИНН|ОКПО)"
    ),
    re.compile(
        rf"\bсиз(?:дер)?ге,? (?P<name>.{{3,{LONGEST}}}?) (?=педагогикалык|ресурстук борбор)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:максатында|ылайык|негизинде|менен|[!:.])"
        rf",? (?P<name>[^!:.]{{3,{LONGEST}}}?) (?:базасында|алдында)\b"
    ),
)
"""What stands before and behind a name in such sentences, in Russian and in Kyrgyz."""

_OPENING = re.compile(r"(?:ылайык|максатында|исполнени\w|соответстви\w)\b", re.IGNORECASE)
"""What a letter opens with: «КР БИМдин буйругуна ылайык»."""
_SAYS = re.compile(rf"\b(?:{SAYING}|созда[её]т|открыва)\w*", re.IGNORECASE)
"""What a sentence says that runs through a name: the hole holds more than one."""
_OURS = re.compile(
    r"(?:(?:наш|данн|указанн)\w+|биздин|ушул)?\s*(?:организац|учрежд|школ|мекеме|мектеб|мектеп|уюм)\w*",
    re.IGNORECASE,
)
"""What is no name: «в нашем учреждении»."""


def with_stated(placement: Placement, texts: Mapping[int, PageText]) -> Placement:
    """Return the placement with the name that a sentence says where another's words were taken.

    ``texts`` are the notice's pages by number. Such a name is to be asked about.
    """
    rules = placement.template.fields
    holes = dict(placement.holes)
    for name, several in placement.holes.items():
        if rules[name].kind is not FieldKind.NAME or any(map(_is_name, several)):
            continue
        found = list(_names(placement, texts))
        if len(found) == 1:
            holes[name] = (Hole(name, found[0], spots_of(found[0]), cost=0.0, is_aside=True),)
    return replace(placement, holes=holes)


def _is_name(hole: Hole) -> bool:
    text = text_of(hole)
    return names_organisation(hole) and not _OPENING.search(text) and not _SAYS.search(text)


def _names(
    placement: Placement, texts: Mapping[int, PageText]
) -> Iterator[tuple[PlacedLetter, ...]]:
    """Yield the letters of each name that a sentence below the title says."""
    for page, rows in rows_below(placement, texts):
        lines = list(rows)
        text, starts = "", list[int]()
        for line in lines:
            for word in line.words:
                starts.append(len(text))
                text += word.text + " "
        for stated in _STATED:
            for match in stated.finditer(text):
                start, end = match.span("name")
                own = {n for n, at in enumerate(starts) if start <= at < end}
                said = match["name"]
                is_name = is_organisation(said) and not _OURS.fullmatch(said)
                if (is_called(said) or is_name) and not has_long_number(said):
                    yield _letters(page, lines, own)


def _letters(page: int, lines: list[Line], chosen: set[int]) -> tuple[PlacedLetter, ...]:
    """Return the letters of the words with these numbers, as they stand in their lines."""
    letters, first = list[PlacedLetter](), 0
    for line in lines:
        words = tuple(word for n, word in enumerate(line.words, first) if n in chosen)
        letters += line_letters(page, Line(words, words[0].box)) if words else ()
        first += len(line.words)
    return tuple(letters)
