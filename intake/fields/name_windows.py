"""A person's name among strokes that were read as letters: a signature's, a seal's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.domain.geometry import Box
from intake.domain.text import Letter, Word
from intake.fields.name_shapes import LINKS, PATRONYMIC, SURNAME, is_seal_place
from intake.fields.words import Words

_PIECES = re.compile(
    r"[^\W\d_]\.[А-ЯЁӨҮҢ](?![^\W\d_]|\.)|(?:[^\W\d_]\.){1,2}"  # «А.», «А.Б.», «А.Б»
    r"|[А-ЯЁӨҮҢ](?=\.)|[А-ЯЁӨҮҢ]?[а-яёөүң-]+[.,]?|[А-ЯЁӨҮҢ-]+[.,]?|\S"
)
"""What a word falls into where spaces were lost («ИГИсаевА.Б.»)."""
_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,2}|[^\W\d_]{2}\.|[^\W\d_]\.[А-ЯЁӨҮҢ]")
_WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})?")
_LONGEST = 4
"""Parts of a name, at most: «Асанов Асан уулу» has three, initials with spaces two."""
_WORTH = {
    "initials": 2.0,
    "word": 0.0,
    "surname": 3.0,
    "link": 3.0,
    "given": 4.0,
    "patronymic": 4.0,
}
"""What a part that is built like a name's speaks for it, in letters surely read."""
_CAPITAL = 2.0
"""What a small letter at a part's beginning speaks against it."""
APART = 4.0
"""White before a word, in widths of its letters, that parts it from a name."""
_EVEN = 0.35
"""Confidence from which a letter speaks for a name."""


@dataclass(frozen=True, slots=True)
class NameWindow:
    """Words in a row that are built like a person's name, and how much speaks for them.

    ``likeness`` counts letters that are surely read, 0 for no name at all; ``is_torn`` tells
    that another look at the same place has more letters.
    """

    words: tuple[Word, ...] = ()
    likeness: float = 0.0
    is_torn: bool = False

    @property
    def text(self) -> str:
        """The name as read."""
        return " ".join(word.text for word in self.words)


def likeliest_name(words: Sequence[Word], known: Words) -> NameWindow:
    """Return the words in a row that are likeliest a name; none where no two are built like one."""
    parts = [part for word in _without_seal_place(words) for part in _parts(word)]
    kinds = [_kind(part.text, known) for part in parts]
    best = NameWindow()
    for start in range(len(parts)):
        for end in range(start + 2, min(start + _LONGEST, len(parts)) + 1):
            here = [kind for kind in kinds[start:end] if kind]
            if len(here) < end - start or not _is_built_like_name(here):
                continue
            likeness = sum(map(_worth, here, parts[start:end]))
            if likeness > best.likeness:
                best = NameWindow(tuple(parts[start:end]), likeness)
    return best


def _without_seal_place(words: Sequence[Word]) -> Iterator[Word]:
    """Yield the words but the place of the seal («М.П.») behind a rule, where no initials stand."""
    for before, word in zip((None, *words), words, strict=False):
        room = APART * word.box.width / max(len(word.text), 1)
        is_apart = before is not None and word.box.left - before.box.right > room
        if not (is_apart and is_seal_place(word.text)):
            yield word


def _worth(kind: str, part: Word) -> float:
    lost = kind != "link" and part.text[0].islower()  # its first letter, as a rule
    return _WORTH[kind] + len(part.text) * (part.confidence - _EVEN) - _CAPITAL * lost


def _parts(word: Word) -> Iterator[Word]:
    if len(word.text) != len(word.letters):
        yield word
        return
    for piece in _PIECES.finditer(word.text):
        letters = word.letters[piece.start() : piece.end()]
        yield word if len(letters) == len(word.letters) else _word_of(letters)


def _word_of(letters: tuple[Letter, ...]) -> Word:
    sure = sum(letter.confidence for letter in letters) / len(letters)
    return Word(letters, Box.around(letter.box for letter in letters), sure)


def _kind(text: str, known: Words) -> str | None:
    """Return which part of a name a word is built like, None for none."""
    if _INITIALS.fullmatch(text):
        return "initials"
    bare = text.strip(".,").casefold()
    if not _WORD.fullmatch(bare):
        return None
    built = {
        "link": bare in LINKS,
        "patronymic": PATRONYMIC.match(bare),
        "given": bare in known.given,
        "surname": bare in known.surnames or SURNAME.match(bare),
        "word": len(bare) > 2,
    }
    return next((kind for kind, holds in built.items() if holds), None)


def _is_built_like_name(kinds: Sequence[str]) -> bool:
    whole = [kind for kind in kinds if kind != "initials"]
    if len(whole) < len(kinds):  # initials stand before or after one surname
        if whole[1:] == ["link"]:  # «Исак кызы Т.»
            return kinds[:2] == whole
        place = next((n for n, kind in enumerate(kinds) if kind != "initials"), -1)
        is_surname = len(whole) == 1 and whole[0] in ("surname", "word", "given")
        return is_surname and place in (0, len(kinds) - 1) and len(kinds) <= 3
    if "link" in kinds:
        return kinds[0] != "link" and len(kinds) <= _LONGEST
    if "patronymic" in kinds and len(kinds) < 3:  # the surname was lost
        return False
    return len(kinds) <= 3 and any(kind != "word" for kind in kinds)
