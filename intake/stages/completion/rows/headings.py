"""What a table or a list made of a form calls its fields (``[headings]`` in form.toml)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from rapidfuzz.fuzz import ratio

from intake.domain.geometry import Box
from intake.domain.placement import Placement
from intake.domain.template import Template
from intake.domain.text import Line, PageText, Word
from intake.fields.script import folded_letters
from intake.stages.completion.choices.said import AND
from intake.stages.completion.rows.list_rows import label_at, table_column

LIKE = 90.0
"""Likeness of words to a heading, in hundredths, from which they are that."""

SAME = 97.0
"""The same for a line without a sign, which may be the form's own print or an option.

«ИНН, ОКПО), без образования юридического лица» is no «ИНН, ОКПО (при образовании …)»."""

_HINT = re.compile(r"\([^()\d]*\)")
_ITEM = re.compile(
    r"^\W*(?:\d{1,2}(?:\.\d{1,2}\.?|[.)])\s?|[^\W\d_][.)]\s(?!\W*\w\.))(?=.*[^\W\d_])"
)
"""A row's number in the list, or its letter: «а)», «З.» for «3.»; not the «Ф.» of «Ф. И. О.»."""

Headings = Mapping[str, Sequence[str]]
"""The headings of each field, as ``plain`` returns them."""


def headings_of(template: Template) -> Headings:
    """Return what a table or list may call each field."""
    return {name: _plain_all(rule.headings) for name, rule in template.fields.items()}


@cache
def _plain_all(headings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(plain, headings))


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return the words of a text by their letters alone, folded."""
    return " ".join(filter(None, map(folded_letters, text.split())))


def said_by(words: Sequence[Word]) -> str:
    """Return what a label says, plain.

    Without its number in the list, and a hint in brackets («5. Район (город):»).
    """
    return plain(_HINT.sub(" ", _ITEM.sub("", " ".join(word.text for word in words))))


def likenesses(said: str, headings: Headings) -> dict[str, float]:
    """Return how like plain words are to the likest heading of each field, 0 .. 100."""
    return {name: _most_like(said, tuple(each)) for name, each in headings.items()}


@lru_cache(maxsize=16384)
def _most_like(said: str, headings: tuple[str, ...]) -> float:
    return max((ratio(said, heading) for heading in headings), default=0.0)


def label_likenesses(words: Sequence[Word], headings: Headings) -> dict[str, float]:
    """Return how like a label is to each field's heading, without its unit («Площадь, кв. м»)."""
    bare = next((n for n, word in enumerate(words, 1) if word.text.endswith(",")), len(words))
    ways = [likenesses(said_by(words[:end]), headings) for end in {bare, len(words)}]
    return {name: max(way[name] for way in ways) for name in headings}


def both_said(said: str, headings: Headings) -> tuple[str, ...]:
    """Return the two fields of which plain words say both («номер и дата заявления»), or none."""
    words = said.split()
    for at, word in enumerate(words[1:-1], 1):
        ways = (
            [*words[:at], *words[at + 2 :]],
            [*words[: at - 1], *words[at + 1 :]],
        )
        likest = [
            max(likenesses(" ".join(way), headings).items(), key=lambda one: one[1])
            for way in ways
            if word in AND
        ]
        names = tuple(dict.fromkeys(name for name, like in likest if like >= LIKE))
        if len(names) == len(ways):
            return names
    return ()


def is_label(words: Sequence[Word], headings: Headings) -> bool:
    """Tell whether words are a heading, a unit behind it or not."""
    return max(label_likenesses(words, headings).values(), default=0.0) >= LIKE


def labels_of_rows(placement: Placement, texts: Mapping[int, PageText]) -> frozenset[Box]:
    """Return the boxes of the letters of a list's labels: no option is said there.

    ``texts`` are the notice's pages by number. «7) Образование юридического лица: без …», or the
    label in a line of its own.
    """
    headings = headings_of(placement.template)
    columns = {page: table_column(texts[page].lines) for page in placement.pages}
    return frozenset(
        letter.box
        for page, column in columns.items()
        for line in texts[page].lines
        for word in _label_of(line, column, headings)
        for letter in word.letters
    )


def _label_of(line: Line, column: float | None, headings: Headings) -> Sequence[Word]:
    """Return the words of a heading before a value, or of all of a line that is one."""
    place = label_at(line, column)
    if not place and not line.text[:1].isupper():
        return ()
    words = line.words[:place] if place else line.words
    said = said_by(words)
    like = max(likenesses(said, headings).values(), default=0.0)
    return words if like >= (LIKE if place else SAME) else ()
