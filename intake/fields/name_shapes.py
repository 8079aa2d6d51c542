"""What words of a person's name look like, and what strokes beside it are read as."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.fields.words import Words

INITIAL = re.compile(r"[^\W\d_]{1,2}\.")
LINKS = ("уулу", "улуу", "кызы")
"""«Son», «daughter»: what stands between a father's name and one's own."""
PATRONYMIC = re.compile(r".{2,}(ович|евич|ич|овна|евна|ична|инична)$")
SURNAME = re.compile(r".{2,}([оеё]ва?|[иы]на?|[сц]кий|[сц]кая|ко|юк|ян)$")
_NAME_WORD = re.compile(
    # initials: «А.», «М.Дж.», «А,», «П.А»
    r"(?:[^\W\d_]{1,2}\.,?){1,2}|[^\W\d_],|[^\W\d_]\.[^\W\d_]"
    r"|[A-ZА-ЯЁӨҮҢ][^\W\d_]+(?:-[^\W\d_]+)*[.,:;]?|кызы|уулу"
)


_STAMP_PLACE = re.compile(r"[МM]\.?[ОOПУP]\.?", re.IGNORECASE)
"""«М.О.», «М.П.»: where the seal belongs. Beside a name they may be its initials."""


SPECKS = "„“”\"«»‚‘’'`·•_|~*^<>‹›[]!/\\"
"""Signs that strokes beside a name leave at its words («„Орозбаков»)."""
_TWO_LETTERS = frozenset(("ли",))
"""Surnames as short as a stroke."""
LONG = 7
"""Letters of a word that is no stroke: a father's name, misread."""
SMALL_NAME = re.compile(r"[^\W\d_]{3,}(?:[оеё]ва?|[оеё]вич|[оеё]вна|[иы]нова?)")
"""A surname or patronymic whose capital letter was read as a small one."""


_MANS = re.compile(r".{3,}[оеё]в(?:ич)?$|.*(?:уулу|улуу)$")
"""A part of a man's name: «Асанов», «Асанович», «уулу»."""
_WOMANS = re.compile(r".{3,}[оеё]в(?:а|на)$|кызы$")
"""A part of a woman's: «Асанова», «Асановна», «кызы»."""


def parts_agree(parts: Sequence[str], words: Words) -> bool:
    """Tell whether the parts of a name that tell a man or a woman tell the same.

    A seal or a stroke takes the last letter («Асанов Айгуль Маратовна»); that of a given name
    behind «кызы» too («Самат кызы Азиз»).
    """
    low = [part.casefold().strip(".,") for part in parts]
    daughter = low.index("кызы") if "кызы" in low else len(low)
    own = low[daughter + 1 : daughter + 2]
    if any(name in words.given and f"{name}а" in words.given for name in own):
        return False
    return not (any(map(_MANS.match, low)) and any(map(_WOMANS.match, low)))


def is_seal_place(text: str) -> bool:
    """Tell whether a word may be «М.О.», «М.П.»: where the seal belongs."""
    return _STAMP_PLACE.fullmatch(text.strip(SPECKS)) is not None


def name_likeness(words: Sequence[str]) -> float:
    """Return how many letters stand in words built like a name's, less those that do not.

    Words in capitals are a seal's, but with a father's name among them.
    """
    bare = [word.strip(SPECKS) for word in words]
    in_capitals = any(PATRONYMIC.fullmatch(word.casefold()) for word in bare)
    fits = [bool(SMALL_NAME.fullmatch(word)) or
            (bool(_NAME_WORD.fullmatch(word)) and (in_capitals or not word.isupper()))
            for word in bare]  # fmt: skip
    initials = [bool(INITIAL.match(word)) and len(word) <= 4 for word in bare]
    return sum(
        len(word) if fit and len(word) > 2 else 1.0 if initial else -0.5 * len(word)
        for word, fit, initial in zip(bare, fits, initials, strict=True)
    )


def name_words(words: Sequence[str]) -> list[bool]:
    """Tell which words may belong to a person's name, where some of them do.

    The director's name stands beside signature and seal, whose strokes are read
    as letters. Where no word looks like a name, all may, but for the place of
    the seal.
    """
    words = [word.strip(SPECKS) for word in words]
    fits = [bool(_NAME_WORD.fullmatch(w) or SMALL_NAME.fullmatch(w)) for w in words]
    small = [fit and word[1:].islower() and len(word) > 2
             for fit, word in zip(fits, words, strict=True)]  # fmt: skip
    if sum(small) >= 2:  # «УУЛД» beside them is the rim of a seal
        fits = [fit and not (word.isalpha() and word.isupper() and len(word) <= 4)
                for fit, word in zip(fits, words, strict=True)]  # fmt: skip
    names = sum(one and word.isalpha() for one, word in zip(small, words, strict=True))
    initials = sum(
        sum(map(str.isalpha, word)) for word in words
        if INITIAL.match(word) and not _STAMP_PLACE.fullmatch(word)
    )  # fmt: skip
    if names >= 2 or (names and initials >= 2):
        # surname and given name, or both initials: what else is «М.О.» but the seal's place
        fits = [fit and not _STAMP_PLACE.fullmatch(word)
                for fit, word in zip(fits, words, strict=True)]  # fmt: skip
    whole = [fit and len(word.strip(".,")) > 2 for fit, word in zip(fits, words, strict=True)]
    if sum(whole) >= 2:  # «Га», «Бх» beside a name are no part of it, and no initials
        fits = [fit and (kept or not word.isalpha() or word.casefold() in _TWO_LETTERS)
                for fit, kept, word in zip(fits, whole, words, strict=True)]  # fmt: skip
    named = [fit for fit, word in zip(fits, words, strict=True) if not _STAMP_PLACE.fullmatch(word)]
    if any(named):
        return fits
    return [not _STAMP_PLACE.fullmatch(word) for word in words]


def is_name_word(word: str) -> bool:
    """Tell whether a word is built like a part of a person's name."""
    return bool(_NAME_WORD.fullmatch(word))


def is_long(word: str) -> bool:
    """Tell whether a word has too many letters for strokes of a pen, whatever it says."""
    return sum(map(str.isalpha, word)) >= LONG
