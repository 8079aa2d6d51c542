"""Settles one word that two readings have differently."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum

from intake.fields.digits import SHAPES
from intake.fields.script import fold
from intake.fields.words import Words

_PART = re.compile(r"(?<!\w)[^\W\d_]{3,}(?![\w.])")
"""A word, or a part of one with a dash, and no abbreviation («көч.»)."""
_CONTRACTED = re.compile(r"р-н|пр-т|б-р|ж-м|пр-кт", re.IGNORECASE)
"""Abbreviated by a dash, so without a point."""
_HOUSE = re.compile(r".*\d-?б[.,]?")
_FRACTION = re.compile(r".*\d/\d+[.,]?")
_WORDED = re.compile(r"[^\W\d_]{2,}\.")
"""An abbreviation that a number follows without a space («ул.50»)."""
MOST_LOST, OVERLAP = 2, 5
"""Letters that a reading loses at one end, at most, and that both have, at least."""
_SHAPE = {sign: digits for signs, digits in SHAPES.items() for sign in signs}


class Settled(StrEnum):
    """How one word of two readings was settled."""

    SAME = "same"
    PUNCTUATION = "punctuation"
    SPACING = "spacing"
    LETTERS = "letters"
    WORDS = "words"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the merged text and how it was settled; ``other`` is what was not taken.

    ``is_extra`` tells of one that only the weaker reading has.
    """

    text: str
    how: Settled
    other: str = ""
    is_extra: bool = False


def settled(first: str, second: str, words: Words) -> Token:
    """Return one word out of two readings of it, the second by the better reader."""
    token = _settle_letters(first, second, words)
    ends = [text[len(text.rstrip(".,;:")) :].strip(";:") for text in (first, second)]
    if token.how not in (Settled.LETTERS, Settled.WORDS) or ends[0] == ends[1]:
        return token
    core = token.text.rstrip(".,;:")
    return replace(token, text=_ended(core + ends[0], core + ends[1])) if core else token


def _settle_letters(first: str, second: str, words: Words) -> Token:
    one, two = bare(first), bare(second)
    if one == two:
        text = _punctuated(first, second)
        other = first if text == second else second
        return Token(capitalised(text, other), Settled.PUNCTUATION, other)
    seen = _number_sign(first, second) or _quoted(first, second) or _plain_digits(first, second)
    if seen:
        return Token(seen, Settled.LETTERS, first if seen == second else second)
    if _digits(first) != _digits(second):
        return Token(second, Settled.UNRESOLVED, first)
    if fold(one) == fold(two) and words.knows(first) == words.knows(second):
        better, other = sorted((first, second), key=special, reverse=True)
        return Token(better, Settled.LETTERS, other)
    return _settle_by_words(first, second, words)


def _settle_by_words(first: str, second: str, words: Words) -> Token:
    """Take the known word, unless the unknown one has more letters.

    A letter lost at the end makes one known name of another («Асанова»,
    «Асанов»); a letter replaced seldom does.
    """
    whole = _overlapped(first, second)
    if whole and words.knows(whole):
        return Token(whole, Settled.UNRESOLVED, second)
    known = [words.knows(first), words.knows(second)]
    better, other = (first, second) if known[0] else (second, first)
    if known[0] != known[1] and len(bare(better)) >= len(bare(other)):
        return Token(better, Settled.WORDS, other)
    return Token(second, Settled.UNRESOLVED, first)


def _overlapped(first: str, second: str) -> str | None:
    """Return a word of which each reading lost an end («Калыбекови», «алыбекович»)."""
    for one, other in ((first, second), (second, first)):
        for lost in range(1, MOST_LOST + 1):
            rest = one[lost:].casefold()
            if len(rest) >= OVERLAP and other.casefold().startswith(rest) and other[len(rest) :]:
                return one + other[len(rest) :]
    return None


def bare(text: str) -> str:
    """Return a word's letters, digits and number signs alone, in lower case."""
    return "".join(sign for sign in text.casefold() if sign.isalnum() or sign == "№")


def _digits(text: str) -> Counter[str]:
    return Counter(sign for sign in text if sign.isdigit())


def special(text: str) -> int:
    """Return how many letters a word has that some models write otherwise."""
    return sum(sign in "өүңё" for sign in text.casefold())


def _number_sign(first: str, second: str) -> str | None:
    """Return the reading that has № where the other has a trace of it («М», «о») or nothing."""
    for one, other in ((first, second), (second, first)):
        quote = "«" if one[:1] == other[:1] == "«" else ""
        rest = one.removeprefix(quote)[1:]
        trace = other.removeprefix(quote).removesuffix(rest)
        if one.startswith(quote + "№") and len(trace) <= 2 and other.endswith(rest):
            return one if not any(map(str.isdigit, trace)) else None
    return None


def _quoted(first: str, second: str) -> str | None:
    """Return the reading that has a quote where the other has another sign for it («мМурас»)."""
    for one, other in ((first, second), (second, first)):
        opened = one[0] == "«" and other[0] != "«" and one[1:] == other[1:]
        closed = one[-1] == "»" and other[-1] != "»" and one[:-1] == other[:-1]
        if len(one) > 2 and ((opened and not other[0].isdigit()) or closed):
            return one
    return None


def _plain_digits(first: str, second: str) -> str | None:
    """Return the reading in plain digits where the other has letters of their shape («1З»).

    What both begin with («ул.») is passed over, and a letter that both have after the digits
    stays («37А», «З7А»). A letter or stroke of one reading behind a number («55-б», «44/4»)
    is hardly a digit: «6» and «1» are seen in it.
    """
    for one, other in ((first, second), (second, first)):
        if (_HOUSE.fullmatch(one) and one.replace("б", "6") == other) or (
            _FRACTION.fullmatch(one) and one.replace("/", "1") == other
        ):
            return one
    worded = _WORDED.match(first)
    common = worded[0] if worded else ""
    if not second.startswith(common):
        return None
    one, two = bare(first.removeprefix(common)), bare(second.removeprefix(common))
    if one[-1:] == two[-1:] and one[-1:].isalpha():
        one, two = one[:-1], two[:-1]
    for plain, shaped, text in ((one, two, first), (two, one, second)):
        if plain.isdigit() and len(plain) == len(shaped) and any(map(str.isdigit, shaped)):
            signs = zip(plain, shaped, strict=True)
            if all(p == s or p in _SHAPE.get(s, "") for p, s in signs):
                return text
    return None


def _punctuated(first: str, second: str) -> str:
    """Choose between readings that differ in punctuation: what has more of it lost less."""
    tails = {text[len(text.rstrip(".,")) :] for text in (first, second)}
    if ".," in tails and len(tails) > 1:  # an abbreviation's point and a comma: one was lost
        return max((first, second), key=len)
    plain = [text for text in (first, second) if not set(text) & set("?!")]
    if len(plain) == 1:  # no value asks or exclaims
        return plain[0]
    ends = {first[-1], second[-1]}
    if len(ends) > 1 and ends & set(".,;"):
        return _ended(first, second)
    marks = [sum(_is_mark(sign) for sign in text) for text in (first, second)]
    return first if marks[0] > marks[1] else second


def _is_mark(sign: str) -> bool:
    return not sign.isalnum() and sign not in "'`´"


def _ended(first: str, second: str) -> str:
    """Settle the mark after a word: a point after an abbreviation or initial, else a comma."""
    stem = bare(first)
    fuller = max((first, second), key=len).rstrip(".,;:")
    if _CONTRACTED.fullmatch(fuller):
        return fuller + ","
    if stem[-1:].isdigit():  # no point ends a number amid a name or an address
        return fuller + ("," if "," in (first[-1], second[-1]) else "")
    if len(stem) > 2 and fuller[:1].isupper() and "," in (first[-1], second[-1]):
        return fuller + ","  # «Ош,»: a place, not an abbreviation
    is_brief = len(stem) <= 4 and "." in (first[-1], second[-1])
    return fuller + ("." if is_brief else ",")


def capitalised(text: str, other: str) -> str:
    """Return a word with the capitals that either reading begins its parts with («Кара-Суу»).

    Most letters have one shape in both sizes, and a reader that sees a word alone takes its first
    for small. The other way round was seen but in short words («с.», «им.») and abbreviations.
    """
    capitals = [sign.isupper() for sign in other if sign.isalnum()]
    places = [place for place, sign in enumerate(text) if sign.isalnum()]
    if len(places) != len(capitals):
        return text
    is_capital = dict(zip(places, capitals, strict=True))
    starts = (part.start() for part in _PART.finditer(text))
    raised = {start for start in starts if is_capital[start]}
    return "".join(s.upper() if n in raised else s for n, s in enumerate(text))
