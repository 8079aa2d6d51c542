"""Two readings of one place made into one text, word by word.

Where the readings agree there is nothing to decide. Where they differ only in
letters that a model cannot write or loses (ө ү ң, №, closing quotes, commas),
the reading that has them is right: no model was measured to see one that is not
there. Between a known and an unknown word the known one is taken. Whatever is
left is *unresolved*: the reading of whichever reader errs less stands, where our own recogniser is
installed that one's (docs/reader.md), and a person must look.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import takewhile

from rapidfuzz.distance import Levenshtein

from intake.fields.cleaning import clean, trim
from intake.fields.digits import SHAPES
from intake.fields.graded import Written
from intake.fields.script import fold, tidy
from intake.fields.words import Words


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


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged text. ``first`` and ``second`` are the readings, cleaned; no second is None."""

    tokens: tuple[Token, ...]
    first: str
    second: str | None
    number_signs: int

    @property
    def text(self) -> str:
        """The merged words with single spaces, typography unified."""
        text = tidy(" ".join(token.text for token in self.tokens))
        return trim(_TORN_DISTRICT.sub("", text))

    def count(self, how: Settled) -> int:
        """Return how many words were settled in this way."""
        return sum(token.how is how for token in self.tokens)


_COMMA = re.compile(r",(?=\w)")
_NUMBER_SIGN = re.compile(r"(?<!\S)(?:М[ео°®]?|N[eоo°]|№[°оo№]|[°®]|Nº|N)(?=\s?\d)")
_LATIN_SIGN = re.compile(r"(?<!\S)[«\"]?N(?=\s?\d)")
_DOUBLED_SIGN = re.compile("№{2,}")
_SPACE_BEHIND = re.compile(r"(?<=[а-яёөүң]\.)\s|(?<=[№N])\s")
_TORN_DISTRICT = re.compile(r"(?<=[сц]к[иоа][йяе]),(?=\s(?:район|р-н|обл))", re.IGNORECASE)
"""A comma between a district's name and its kind («Ат-Башынский, район»): dirt."""
_PART = re.compile(r"(?<!\w)[^\W\d_]{3,}(?![\w.])")
"""A word, or a part of one with a dash, and no abbreviation («көч.»)."""
_CONTRACTED = re.compile(r"р-н|пр-т|б-р|ж-м|пр-кт", re.IGNORECASE)
"""Abbreviated by a dash, so without a point."""
_HOUSE = re.compile(r".*\d-?б[.,]?")
_FRACTION = re.compile(r".*\d/\d+[.,]?")
_DOT_BEHIND = re.compile(r"(?<!\w)([^\W\d_]{5,})\.(?= [а-яёөүң])")
"""A point behind a word, perhaps an abbreviation, amid a sentence."""
_WORDED = re.compile(r"[^\W\d_]{2,}\.")
"""An abbreviation that a number follows without a space («ул.50»)."""
MOST_LOST, OVERLAP = 2, 5
"""Letters that a reading loses at one end, at most, and that both have, at least."""
_SHAPE = {sign: digits for signs, digits in SHAPES.items() for sign in signs}


def merge(written: Written, words: Words) -> Merged:
    """Return one text out of the reading and, where there is one, the second reading."""
    first, signs = clean(written.text, written.language), 0
    if written.prefers_second:  # who errs less in the first reading knows the sign from «N»
        first, signs = _with_number_signs(first)
    again = written.as_second()
    if again is None:
        tokens = tuple(Token(word, Settled.SAME) for word in first.split())
        return Merged(tokens, first, None, signs)
    second, more = _with_number_signs(clean(again.text, written.language))
    if not written.prefers_second and _LATIN_SIGN.search(first):
        second = second.replace("№", "N")
    worse, better = (first, second) if written.prefers_second else (second, first)
    settled = [*_tokens(worse.split(), better.split(), words)]
    if written.language == "ru":
        settled = [_as_seen(token, better.split()) for token in settled]
    whole = _balanced(_without_strokes(_without_dots(settled, words)))
    return Merged(tuple(whole), first, second, min(signs, more))


def _as_seen(token: Token, better: list[str]) -> Token:
    """Leave a word without Kyrgyz letters, to be asked about, where the better reader saw none.

    In Russian papers names mostly have none; the other reader, which tells them worse, adds some.
    """
    is_plainer = _special(token.other) < _special(token.text) and token.other in better
    if token.how is not Settled.LETTERS or not is_plainer:
        return token
    return Token(token.other, Settled.UNRESOLVED, token.text)


def _without_strokes(tokens: list[Token]) -> list[Token]:
    """Leave what the weaker reading alone saw before or behind the rest to a person to add.

    It reads the room beside a value too, and strokes and rims of seals in it.
    """
    ends = {
        number
        for way in (range(len(tokens)), range(len(tokens) - 1, -1, -1))
        for number in takewhile(lambda n: tokens[n].is_extra, way)
    }
    return [replace(t, text="", other=t.text) if n in ends else t for n, t in enumerate(tokens)]


def _without_dots(tokens: Sequence[Token], words: Words) -> list[Token]:
    """Leave out a point behind a whole word before a small one: a dot of the rule below."""

    def whole(word: re.Match[str]) -> str:
        return word[1] if words.knows(word[1]) else word[0]

    found = list[Token]()
    for number, token in enumerate(tokens):
        after = tokens[number + 1].text[:1] if number + 1 < len(tokens) else ""
        text = _DOT_BEHIND.sub(whole, f"{token.text} {after}").removesuffix(after).rstrip()
        found.append(replace(token, text=text))
    return found


def _balanced(tokens: list[Token]) -> list[Token]:
    """Take the reading of a word whose quote closes what is open, where one has it."""
    for number, token in enumerate(tokens):
        open_ = sum(map(_opened, (each.text for each in tokens)))
        is_same = bool(token.other) and _bare(token.other) == _bare(token.text)
        if open_ and is_same and _opened(token.other) - _opened(token.text) == -open_:
            tokens[number] = replace(token, text=token.other, other=token.text)
    return tokens


def _opened(text: str) -> int:
    return text.count("«") - text.count("»")


def _with_number_signs(text: str) -> tuple[str, int]:
    """Put № where a model without that sign (kir) left its usual traces before a number."""
    return _NUMBER_SIGN.subn("№", _DOUBLED_SIGN.sub("№", text))


def _tokens(first: list[str], second: list[str], words: Words) -> Iterator[Token]:
    keys = [word.casefold() for word in first], [word.casefold() for word in second]
    blocks = [
        (op.tag, op.src_start, op.src_end, op.dest_start, op.dest_end)
        for op in Levenshtein.opcodes(*keys)
    ]
    for same, one, two in _runs(blocks):
        left, right = first[slice(*one)], second[slice(*two)]
        if same:
            pairs = zip(left, right, strict=True)
            yield from (Token(_capitalised(a, b), Settled.SAME) for a, b in pairs)
        elif len(left) == len(right):
            yield from (_settle(a, b, words) for a, b in zip(left, right, strict=True))
        else:
            yield from _settle_block(left, right, words)


def _capitalised(text: str, other: str) -> str:
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


Span = tuple[int, int]


def _runs(blocks: list[tuple[str, int, int, int, int]]) -> Iterator[tuple[bool, Span, Span]]:
    """Join neighbouring blocks that differ into one."""
    pending: tuple[Span, Span] | None = None
    for tag, a, b, c, d in blocks:
        if tag == "equal":
            if pending:
                yield (False, *pending)
            pending = None
            yield True, (a, b), (c, d)
        else:
            pending = ((pending[0][0], b), (pending[1][0], d)) if pending else ((a, b), (c, d))
    if pending:
        yield (False, *pending)


def _settle_block(left: list[str], right: list[str], words: Words) -> Iterator[Token]:
    """Settle runs of different length: a space more or less, a speck, or words one missed."""
    one, two = "".join(left), "".join(right)
    if not _bare(one) or not _bare(two):
        kept = " ".join(left or right)
        if kept == "№":
            yield Token(kept, Settled.LETTERS)
        elif _bare(one + two):
            yield Token(kept, Settled.UNRESOLVED, is_extra=not right)
        elif "-" in kept:  # a dash between words: more often lost than invented
            yield Token("-", Settled.PUNCTUATION)
    elif fold(one) == fold(two) or _bare(one) == _bare(two):
        yield _spaced(left, right, words)
    else:
        yield Token(" ".join(right), Settled.UNRESOLVED, " ".join(left))


def _spaced(left: list[str], right: list[str], words: Words) -> Token:
    """Settle a space more or less: it stands behind a comma, and between known words."""
    known = [sum(map(words.knows, side)) / len(side) for side in (left, right)]
    better, other = (left, right) if known[0] >= known[1] else (right, left)
    if len({_SPACE_BEHIND.sub("", " ".join(side)) for side in (left, right)}) == 1:
        better, other = right, left  # «ул.Ленина», «№20»: both ways are usual, who errs less saw it
    texts = [_COMMA.sub(", ", " ".join(side)) for side in (left, right)]
    if texts[0] == texts[1]:
        return Token(texts[0], Settled.SAME)
    sure = max(known) == 1.0 > min(known) and all(map(_is_whole, better))
    how = Settled.SAME if sure and "".join(left) == "".join(right) else Settled.SPACING
    return Token(" ".join(better), how, " ".join(other))


def _is_whole(word: str) -> bool:
    """Tell whether a word is no number: «6 а» may stand so, or not."""
    return not any(map(str.isdigit, word))


def _settle(first: str, second: str, words: Words) -> Token:
    token = _settle_letters(first, second, words)
    ends = [text[len(text.rstrip(".,;:")) :].strip(";:") for text in (first, second)]
    if token.how not in (Settled.LETTERS, Settled.WORDS) or ends[0] == ends[1]:
        return token
    core = token.text.rstrip(".,;:")
    return replace(
        token, text=_ended(core + ends[0], core + ends[1], words) if core else token.text
    )


def _settle_letters(first: str, second: str, words: Words) -> Token:
    one, two = _bare(first), _bare(second)
    if one == two:
        text = _punctuated(first, second, words)
        other = first if text == second else second
        return Token(_capitalised(text, other), Settled.PUNCTUATION, other)
    seen = _number_sign(first, second) or _quoted(first, second) or _plain_digits(first, second)
    if seen:
        return Token(seen, Settled.LETTERS, first if seen == second else second)
    if _digits(first) != _digits(second):
        return Token(second, Settled.UNRESOLVED, first)
    if fold(one) == fold(two) and words.knows(first) == words.knows(second):
        better, other = sorted((first, second), key=_special, reverse=True)
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
    if known[0] != known[1] and len(_bare(better)) >= len(_bare(other)):
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


def _bare(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum() or sign == "№")


def _digits(text: str) -> Counter[str]:
    return Counter(sign for sign in text if sign.isdigit())


def _special(text: str) -> int:
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
    one, two = _bare(first.removeprefix(common)), _bare(second.removeprefix(common))
    if one[-1:] == two[-1:] and one[-1:].isalpha():
        one, two = one[:-1], two[:-1]
    for plain, shaped, text in ((one, two, first), (two, one, second)):
        if plain.isdigit() and len(plain) == len(shaped) and any(map(str.isdigit, shaped)):
            signs = zip(plain, shaped, strict=True)
            if all(p == s or p in _SHAPE.get(s, "") for p, s in signs):
                return text
    return None


def _punctuated(first: str, second: str, words: Words) -> str:
    """Choose between readings that differ in punctuation: what has more of it lost less."""
    tails = {text[len(text.rstrip(".,")) :] for text in (first, second)}
    if ".," in tails and len(tails) > 1:  # an abbreviation's point and a comma: one was lost
        return max((first, second), key=len)
    ends = {first[-1], second[-1]}
    if len(ends) > 1 and ends & set(".,;"):
        return _ended(first, second, words)
    marks = [sum(_is_mark(sign) for sign in text) for text in (first, second)]
    return first if marks[0] > marks[1] else second


def _is_mark(sign: str) -> bool:
    return not sign.isalnum() and sign not in "'`´"


def _ended(first: str, second: str, words: Words) -> str:
    """Settle the mark after a word: a point after an abbreviation or initial, else a comma."""
    stem = _bare(first)
    fuller = max((first, second), key=len).rstrip(".,;:")
    if _CONTRACTED.fullmatch(fuller):
        return fuller + ","
    if stem[-1:].isdigit():  # no point ends a number amid a name or an address
        return fuller + ("," if "," in (first[-1], second[-1]) else "")
    is_place = len(stem) > 2 and fuller[:1].isupper() and "," in (first[-1], second[-1])
    if is_place:
        return fuller + ","
    if len(stem) <= 2 or (len(stem) <= 4 and not words.knows(stem)):
        return fuller + ("." if "." in (first[-1], second[-1]) else ",")
    short = len(stem) <= 4 and "." in (first[-1], second[-1])
    return fuller + ("." if short else ",")
