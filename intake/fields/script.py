"""One way of writing: the same text typed on any keyboard gets the same signs.

Nothing here repairs what was read: only the choice of code points, quotes,
dashes and spaces is unified. Every function is idempotent, and none of them
adds, drops or reorders a digit.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

Language = Literal["ky", "ru"]

KYRGYZ_ALPHABET = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"

# Letters that neither language has, in the shape or the code of one that it has:
# typed from other alphabets (reference/confusions.csv, kind typing) or left over
# from 8-bit fonts (kind encoding); ә қ ғ are what script/Cyrillic makes of some ө к г.
_FOREIGN = str.maketrans("ѳѲɵƟΘϴʏӊӉҥҤњЊєЄїЇәӘқҚғҒҗҖ", "өӨөӨӨӨүңҢңҢңҢөӨүҮөӨкКгГжЖ")

_LATIN = "ABEKMHOPCTXYaeopcxykI"
_CYRILLIC = "АВЕКМНОРСТХУаеорсхукІ"
_LATIN_TO_CYRILLIC = str.maketrans(_LATIN[:-1], _CYRILLIC[:-1])
_LATIN_TO_KYRGYZ = str.maketrans(_LATIN[:-1] + "vöüñ", _CYRILLIC[:-1] + "үөүң") | {
    ord("Y"): "Ү",
    ord("y"): "ү",
}
_ROMAN = frozenset("IVXLCDM")

QUOTES = '"“”„‟«»‹›〝〞＂'
_TORN_CLOSING = re.compile(r"(„[^„“”«»\"]+?) “(?=\w)")
"""A closing quote that was read at the next word («„Көгүчкөн “бала»)."""
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－⁃"), "-")
_COMMAS = dict.fromkeys(map(ord, "‚،，"), ",")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ`´"), "'")

_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")  # a mark that NFC cannot join is part of it
_TOKEN = re.compile(r"\S+")
_HOUSE = re.compile(rf"(?<=\d)-?[{_LATIN[:-1]}](?!\w)")
"""The letter of a house or a class («90A»), Cyrillic on whatever keyboard it was typed."""
_LEGACY_FONT = re.compile(r"(?<=[а-яёА-ЯЁ])\\|\\(?=[а-яёА-ЯЁ])")


def collapse(text: str) -> str:
    """Return the text in NFC, without invisible signs, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", _UNSEEN.sub("", text)).split())


def tidy(text: str) -> str:
    """Return the text with unified quotes («»), dashes (-), commas and spacing.

    Letters are left as they are. This is the typography that comparison
    ignores anyway, so that a value has one spelling.
    """
    unified = collapse(text).translate(_DASHES | _COMMAS | _APOSTROPHES)
    unified = _turn_quotes(_TORN_CLOSING.sub(r"\1“ ", unified.replace("''", '"')))
    unified = re.sub(r"\s+([,;:!?)\]»])", r"\1", unified)
    unified = re.sub(r"\s+\.(?!\d)", ".", unified)
    return collapse(re.sub(r"([(\[«])\s+", r"\1", unified))


def _turn_quotes(text: str) -> str:
    signs = list(text)
    for place, sign in enumerate(signs):
        if sign in QUOTES:
            signs[place] = "«" if _opens(signs, place) else "»"
    return "".join(signs)


def _opens(signs: list[str], place: int) -> bool:
    before = signs[place - 1] if place else " "
    after = signs[place + 1] if place + 1 < len(signs) else " "
    if signs[place] == "«":  # already turned, or printed so: believe it
        return True
    if signs[place] == "»":
        return False
    if before.isspace() and after.isspace() and place + 1 < len(signs):  # «Мекеме " № 58 " …»
        return signs[:place].count("«") == signs[:place].count("»")
    return (before.isspace() or before in "(«[-") and not after.isspace()


def unify_letters(text: str, language: Language) -> str:
    """Return the text with each Cyrillic word spelled in Kyrgyz or Russian letters only.

    Latin look-alikes are replaced inside words that have a Cyrillic letter, and
    in words made of look-alikes alone unless they could be Roman numerals.
    Addresses of the net (with @ or ://) are left alone.
    """
    unified = _unify_tokens(unicodedata.normalize("NFC", text), language)
    if language == "ky" and _LEGACY_FONT.search(unified):
        return _unify_tokens(_from_legacy_font(unified), language)
    return unified


def _unify_tokens(text: str, language: Language) -> str:
    return _TOKEN.sub(lambda token: _unify_token(token.group(), language), text)


def _unify_token(token: str, language: Language) -> str:
    if "@" in token or "://" in token:
        return token
    token = _HOUSE.sub(lambda letter: letter.group().translate(_LATIN_TO_CYRILLIC), token)
    return _WORD.sub(lambda word: _unify_word(word.group(), language), token)


def _unify_word(word: str, language: Language) -> str:
    word = unicodedata.normalize("NFC", word.translate(_FOREIGN))
    if not any(_is_latin(sign) for sign in word):
        return word
    if any(_is_cyrillic(sign) for sign in word):
        return word.translate(_LATIN_TO_KYRGYZ if language == "ky" else _LATIN_TO_CYRILLIC)
    if len(word) > 1 and set(word) <= set(_LATIN) and not set(word.upper()) <= _ROMAN:
        return word.translate(_LATIN_TO_CYRILLIC)
    return word


def _from_legacy_font(text: str) -> str:
    # One 8-bit font kept ө ү ң in the places of ъ \ ё (confusions.csv: «бер\\», «кеёешинин»);
    # a backslash within a word gives it away, and Kyrgyz words of their own hardly have ъ or ё.
    return text.translate(str.maketrans("ъ\\ё", "өүң"))


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()


def _is_cyrillic(sign: str) -> bool:
    return "Ѐ" <= sign <= "ӿ"


_FOLDS = str.maketrans("өүңё", "оуне")


def fold_letters(word: str) -> str:
    """Return the fold of a word that is known to be lower case and tidy."""
    return word.translate(_FOLDS)


@lru_cache(maxsize=16384)  # the words of a page are held against many
def fold(text: str, language: Language = "ky") -> str:
    """Return the key for search and comparison: case, ө/о, ү/у, ң/н, ё/е and quotes are one."""
    bare = tidy(re.sub(r"[«»\"']", "", tidy(text)))
    return collapse(unify_letters(bare.casefold(), language).translate(_FOLDS))


@lru_cache(maxsize=65536)  # reference forms are asked for again and again
def squeeze(text: str, language: Language = "ky") -> str:
    """Return the fold without anything that is not a letter or a digit."""
    joined = "".join(sign for sign in fold(text, language) if sign.isalnum())
    return unify_letters(joined, language).translate(_FOLDS)


def letters_only(text: str) -> str:
    """Return the letters and digits of a text in lower case, signs and spaces left out."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def folded_letters(text: str) -> str:
    """Return the same folded: the key of a word, whatever its case, signs and ө/о, ү/у, ң/н."""
    return fold_letters(letters_only(text))


def has_writing(text: str) -> bool:
    """Tell whether there is any letter or digit; rule lines and specks alone are none."""
    return any(sign.isalnum() for sign in text)


_READ_DASH = re.compile(r"(?<=[^\W\d_])[+=~](?=[^\W\d_])")


def mend_dashes(text: str) -> str:
    """Return the text with a dash for + = ~ between letters, where no name has one of those."""
    return _READ_DASH.sub("-", text)


def same_text(one: str, other: str) -> bool:
    """Tell whether two texts differ at most in typography and case."""
    return tidy(one).casefold() == tidy(other).casefold()


_ORDER = {letter: place for place, letter in enumerate(KYRGYZ_ALPHABET)}


def sort_key(text: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts by the Kyrgyz alphabet (ң after н, ө after о, ү after у)."""
    return tuple(
        (_ORDER.get(sign, -1 if not sign.isalpha() else len(_ORDER)), sign)
        for sign in tidy(text).casefold()
    )
