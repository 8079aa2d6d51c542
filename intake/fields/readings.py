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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from rapidfuzz.distance import Levenshtein

from intake.fields.cleaning import clean, trim
from intake.fields.graded import Written
from intake.fields.script import fold, tidy
from intake.fields.settling import Settled, Token, bare, capitalised, settled, special
from intake.fields.words import Words


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
_SPACE_BEHIND = re.compile(
    r"(?<=[^\W\d_]\.)\s|(?<=[№N])\s|\s(?=/)|(?<=/)\s|(?<=\d)\s(?=[абвг](?!\w))"
)
_TORN_DISTRICT = re.compile(r"(?<=[сц]к[иоа][йяе]),(?=\s(?:район|р-н|обл))", re.IGNORECASE)
"""A comma between a district's name and its kind («Ат-Башынский, район»): dirt."""
_DOT_BEHIND = re.compile(r"(?<!\w)([^\W\d_]{5,})\.(?= [а-яёөүң])")
"""A point behind a word, perhaps an abbreviation, amid a sentence."""


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
    parts = [*_tokens(worse.split(), better.split(), words)]
    if written.language == "ru":
        parts = [_as_seen(token, better.split()) for token in parts]
    whole = _balanced(_without_strokes(_without_dots(parts, words)))
    return Merged(tuple(whole), first, second, min(signs, more))


def _as_seen(token: Token, better: list[str]) -> Token:
    """Leave a word without Kyrgyz letters, to be asked about, where the better reader saw none.

    In Russian papers names mostly have none; the other reader, which tells them worse, adds some.
    """
    is_plainer = special(token.other) < special(token.text) and token.other in better
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
        is_same = bool(token.other) and bare(token.other) == bare(token.text)
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
            yield from (Token(capitalised(a, b), Settled.SAME) for a, b in pairs)
        elif len(left) == len(right):
            yield from (settled(a, b, words) for a, b in zip(left, right, strict=True))
        else:
            yield from _settle_block(left, right, words)


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
    if not bare(one) or not bare(two):
        kept = " ".join(left or right)
        if kept == "№":
            yield Token(kept, Settled.LETTERS)
        elif bare(one + two):
            yield Token(kept, Settled.UNRESOLVED, is_extra=not right)
        elif "-" in kept:  # a dash between words: more often lost than invented
            yield Token("-", Settled.PUNCTUATION)
    elif fold(one) == fold(two) or bare(one) == bare(two):
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
