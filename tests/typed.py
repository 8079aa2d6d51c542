"""Pages typed on a grid, as a perfect reader would return them: no picture, no OCR."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence

from intake.domain.geometry import Box
from intake.domain.placement import Placement
from intake.domain.template import Template
from intake.domain.text import Letter, Line, PageText, Word
from intake.stages.match import match

COLUMN, TOP, LEFT = 0.0035, 0.05, 0.05


def typed_page(text: str) -> PageText:
    """Return the page whose lines are the lines of ``text``; a space is one column wide."""
    rows = text.strip("\n").split("\n")
    height = min(0.016, 0.9 / max(len(rows), 1))
    lines = [
        _line(row, TOP + number * height, height * 0.7)
        for number, row in enumerate(rows)
        if row.strip()
    ]
    return PageText(tuple(lines), "typed")


def _line(row: str, top: float, height: float) -> Line:
    words: list[Word] = []
    column = 0
    for part in row.split(" "):
        if part:
            letters = tuple(
                Letter(sign, _place(column + order, top, height), 0.95)
                for order, sign in enumerate(part)
            )
            words.append(Word(letters, Box.around(letter.box for letter in letters), 0.95))
        column += len(part) + 1
    return Line(tuple(words), Box.around(word.box for word in words))


def _place(column: int, top: float, height: float) -> Box:
    left = LEFT + column * COLUMN
    return Box.clipped(left, top, left + COLUMN * 0.9, top + height)


def written(placement: Placement, field: str) -> str:
    """Return what was cut out for a field, its holes joined by « | »,
    the form's own empty quotes left out."""
    texts = [
        "".join((" " if p.starts_word else "") + p.letter.text for p in hole.letters).strip()
        for hole in placement.holes.get(field, ())
    ]
    return " | ".join(text for text in texts if text).replace("«» ", "")


def worn(text: str, share: float, seed: int) -> str:
    """Return the text with a share of its letters misread, none of them digits."""
    luck = random.Random(seed)
    swapped = [
        luck.choice("оенпзсийкл") if sign.isalpha() and luck.random() < share else sign
        for sign in text
    ]
    return "".join(swapped)


def matched(
    pages: Iterable[tuple[int, PageText]], forms: Sequence[Template]
) -> Iterator[Placement]:
    """Yield the notices on some pages, not the pages that bear a title alone."""
    return (found for found in match(pages, forms) if isinstance(found, Placement))
