"""The addressees named in a part of a page, whatever order its columns were read in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz.fuzz import ratio

from intake.domain.geometry import Box
from intake.domain.placement import Placement
from intake.domain.template import gaps_of
from intake.domain.text import Line, PageText, Word
from intake.fields.places import is_named
from intake.fields.reference import Reference
from intake.fields.script import folded_letters
from intake.layout.order import column_orders, parts_of, row_order
from intake.stages.completion.addressees.places import (
    Addressee,
    AddressLine,
    is_unit,
    listed_places,
    place_of,
    spelled,
)
from intake.stages.completion.dates.dated import STAMP

LIKE = 80.0
"""Likeness of a word's beginning to that of an addressee's from which it is that word."""
ENDING = 2
"""Letters of a word that its case may change."""
SHORT = 4
"""Letters of a word that has no such ending, at most."""
COLUMN = 0.6
"""White that may part two columns of a row, in heights of its letters."""
APART = 2.0
"""White that surely parts two of them."""
NEXT_LINE = 1.3
"""Heights of a line within which the next one of its paragraph begins below it."""
COMMAS = 2
"""Commas of a line with an address at least."""
_DWELLING = re.compile(r"\b(?:айылы|көч\w*|село|ул\w*|улица)\b", re.IGNORECASE)
"""What an address has besides, but no addressee: a village, a street."""
_UNIT = re.compile(r"район|област|облус|город|шаар")
"""How words for a unit begin: «района» is no «районо»."""
_JOINED = re.compile(r"(?:г|гор|ш|обл)\.(?=\w)", re.IGNORECASE)


def addressees_between(
    placement: Placement, text: PageText, top: float, bottom: float, reference: Reference
) -> list[Addressee]:
    """Return the addressees named between two heights, the first of each block of the wording.

    What stands there is read in each order that columns may have; the one that names most of them
    and of their places is right, among several the one in which most are as the wording has them.
    """
    addresses = {id(word) for part in addresses_in(text) for word in part}
    words = [
        each for line in text.lines for word in line.words if id(word) not in addresses
        for each in _apart(word)
    ]  # fmt: skip
    head = [word for word in words if top <= word.box.top and word.box.bottom <= bottom]
    if not head:
        return []
    rows = row_order(head, text.aspect)
    orders = [*column_orders(head, text.aspect), *_split(rows, text.aspect), rows]
    named = (list(_first_named(placement, order)) for order in dict.fromkeys(orders))
    return max(
        named,
        key=lambda each: (_merit(each, placement, reference), _agreed(each, placement, reference)),
    )


def _split(rows: Sequence[Line], aspect: float) -> Iterator[tuple[Line, ...]]:
    """Yield the rows read left and then right of each white in one of them."""
    cuts = {
        round((one.box.right + other.box.left) / 2, 2)
        for row in rows
        for one, other in pairwise(row.words)
        if other.box.left - one.box.right > COLUMN * one.box.height / aspect
    }
    for cut in sorted(cuts):
        sides: tuple[list[Line], list[Line]] = ([], [])
        for row in rows:
            is_whole = any(w.box.left < cut < w.box.right for w in row.words)
            left = tuple(w for w in row.words if is_whole or w.box.right <= cut)
            right = tuple(w for w in row.words if not is_whole and w.box.right > cut)
            for side, words in zip(sides, (left, right), strict=True):
                side.extend([Line(words, Box.around(w.box for w in words))] if words else [])
        yield (*sides[0], *sides[1])


def _merit(addressees: Sequence[Addressee], placement: Placement, reference: Reference) -> int:
    """Return how many addressees and places of theirs are told, less by one for two on a line."""
    told = sum(1 + _known_places(each, placement, reference) for each in addressees)
    lines = [line for each in addressees for line in each.named_lines]
    return told - (len(lines) - len(set(lines)))


def _agreed(addressees: Sequence[Addressee], placement: Placement, reference: Reference) -> int:
    """Return how many letters of their places stand in the blanks of the same addressees."""
    own = {
        (block.name, placed.letter.box)
        for block in placement.wording.blocks
        for name in gaps_of(block)
        for hole in placement.holes.get(name, ())
        for placed in hole.letters
    }
    return sum(
        (each.block, letter.box) in own
        for each in addressees
        for kind, places in listed_places(reference).items()
        for word in place_of(each, kind, places, placement.language)
        for letter in word.letters
    )


def is_office(words: Sequence[Word], placement: Placement, reference: Reference) -> bool:
    """Tell whether words are an office's name with a known place, nothing before (or behind) them.

    In Russian the name leads, in Kyrgyz it ends them.
    """
    leads = placement.language == "ru"
    return any(
        (each.named.start == 0 if leads else each.named.stop == len(words))
        and _known_places(each, placement, reference)
        for each in _named_in([tuple(words)], _names_in(placement), leads=leads)
    )


def offices_leading(words: Sequence[Word], placement: Placement) -> Iterator[str]:
    """Yield the addressees whose name words begin with, at most one."""
    for each in _named_in([tuple(words)], _names_in(placement), leads=True):
        if each.named.start == 0:
            yield each.block


def _names_in(placement: Placement) -> Mapping[str, Sequence[Sequence[str]]]:
    """Return what people call each addressee of the wording, as folded words."""
    blocks = {block.name for block in placement.wording.blocks}
    return {
        block: [[folded_letters(word) for word in said.split()] for said in ways]
        for block, ways in placement.template.addressees.items()
        if block in blocks
    }


def _first_named(placement: Placement, lines: Sequence[Line]) -> Iterator[Addressee]:
    names = _names_in(placement)
    seen = set[str]()
    for paragraph in _paragraphs(lines):
        if any(STAMP.match(word.text) for line in paragraph for word in line):
            continue  # «НООКЕН РББ, Кириш № 572»: whoever took the notice in
        for addressee in _named_in(paragraph, names, leads=placement.language == "ru"):
            if addressee.block not in seen:
                seen.add(addressee.block)
                yield addressee


def _known_places(addressee: Addressee, placement: Placement, reference: Reference) -> int:
    """Count the places of an addressee that are known ones."""
    listed = listed_places(reference)
    own = {kind: place_of(addressee, kind, listed[kind], placement.language) for kind in listed}
    return sum(is_named(spelled(name), listed[kind]) for kind, name in own.items() if name)


def _paragraphs(lines: Sequence[Line]) -> list[list[AddressLine]]:
    """Return lines as paragraphs of such as stand one below the other, parted at semicolons."""
    paragraphs: list[list[AddressLine]] = []
    for line in lines:
        if not (paragraphs and _goes_on(paragraphs[-1][-1], line.words)):
            paragraphs.append([])
        paragraphs[-1] += _listed(line.words)
    return paragraphs


def _listed(words: AddressLine) -> Iterator[AddressLine]:
    """Yield the parts of a line that end with a semicolon, and the rest."""
    start = 0
    for end in [n for n, word in enumerate(words, 1) if word.text.endswith(";")] + [len(words)]:
        if end > start:
            yield tuple(words[start:end])
        start = end


def addresses_in(text: PageText) -> Iterator[AddressLine]:
    """Yield the parts of a page's lines that are whole addresses, as a letterhead has."""
    parts = (part for line in text.lines for part in parts_of(line.words, text.aspect, APART))
    yield from filter(_is_address, parts)


def _is_address(words: AddressLine) -> bool:
    text = " ".join(word.text for word in words)
    is_dwelling = any(map(str.isdigit, text)) or _DWELLING.search(text)
    return text.count(",") >= COMMAS and bool(is_dwelling)


def _apart(word: Word) -> list[Word]:
    """Return a word, or the two that «г.Токмок» is."""
    joined = _JOINED.match(word.text)
    if joined is None or len(word.letters) != len(word.text):
        return [word]
    parts = (word.letters[: joined.end()], word.letters[joined.end() :])
    return [
        replace(word, letters=letters, box=Box.around(letter.box for letter in letters))
        for letters in parts
    ]


def _goes_on(line: AddressLine, below: AddressLine) -> bool:
    """Tell whether a line is the next one of a paragraph."""
    upper, lower = Box.around(w.box for w in line), Box.around(w.box for w in below)
    is_next = lower.top > upper.top and lower.top - upper.bottom < NEXT_LINE * upper.height
    return is_next and upper.shares_columns(lower)


def _named_in(
    paragraph: Sequence[AddressLine], names: Mapping[str, Sequence[Sequence[str]]], *, leads: bool
) -> Iterator[Addressee]:
    """Yield the addressees in a paragraph, each with the lines about it up to the next one.

    Its name ``leads`` in Russian («Отдел образования … района»), and ends the phrase in Kyrgyz.
    """
    numbers = [n for n, line in enumerate(paragraph) for _ in line]
    words = [folded_letters(w.text) for line in paragraph for w in line]
    named = [
        (start, start + len(said), block)
        for block, ways in names.items()
        for said in ways
        for start in range(len(words) - len(said) + 1)
        if all(map(_is_word, words[start:], said))
        and (words[start] == said[0] or not _UNIT.match(words[start]))
    ]
    first = {start: (start, end, block) for start, end, block in sorted(named)}  # the longest
    own = sorted(first.values())
    for place, (start, end, block) in enumerate(own):
        from_line, to_line = numbers[start], numbers[end - 1]
        if leads:
            # «В Нарынский районный / отдел образования»
            is_begun = from_line > 0 and is_unit(paragraph[from_line - 1][-1])
            top = from_line - 1 if is_begun and place == 0 else from_line
        elif place == 0:
            top = 0
        else:
            top = min(numbers[own[place - 1][1] - 1] + 1, from_line)
        bottom = numbers[own[place + 1][0]] if leads and place + 1 < len(own) else len(paragraph)
        bottom = max(bottom, to_line + 1) if leads else to_line + 1
        before = sum(len(line) for line in paragraph[:top])
        lines = tuple(paragraph[top:bottom])
        yield Addressee(block, lines, range(start - before, end - before))


def _is_word(word: str, said: str) -> bool:
    """Tell whether a word is one of an addressee's name, in whatever case, hardly misread."""
    if len(said) <= SHORT:
        return word == said
    stem = said[:-ENDING]
    word = word[1:] if word[:1] == "в" != stem[0] else word  # «Вотдел образования»
    is_begun = ratio(word[: len(stem)], stem) >= LIKE or ratio(word, said) >= LIKE
    return len(word) <= len(said) + 2 * ENDING and is_begun
