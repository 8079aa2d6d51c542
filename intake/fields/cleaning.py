"""One reading of a place without what is no part of it: rules, specks, the form's punctuation."""

from __future__ import annotations

import re
import unicodedata

from intake.fields.script import Language, collapse, mend_dashes, tidy, unify_letters

_RULES = re.compile(r"[][_|~=^*<>\\{}]+|\.{4,}")
# a comma read apart from its word, or as a low quote: both are common
_LOW_COMMA = re.compile(r"(?<=\w)(\.?)\s*[‚,](?=\s)")
_WORD = re.compile(r"[^\W_]+")
_DOT = re.compile(r"\.")
_ABBREVIATED = re.compile(
    r"(?:^|[\s.«\"])(?:[А-ЯЁӨҮҢ]|г|с|п|д|к|а|ш|р|кв|ул|пр|им|б|обл|пер|көч|кич|мкр|р-н|ж-м)$"
)
_TORN_DASH = re.compile(r"(?<=\w)\s+-(?=\w)|(?<=\w)-\s+(?=[^\W\d_])|(?<=[а-яёңөү]):(?=[А-ЯЁӨҮҢ])")
_MARKS = re.compile("[\u0300-\u036f]")
"""Marks above or below a letter that NFC leaves apart: no letter of either language has one."""
_DOUBLED = re.compile(r"([.,])\s*\1+")  # a rule's dot read along with a mark
_SPECKS = re.compile(r"(?<!\S)['`´,.;:·•]+(?!\S)")
_HEAD = re.compile(r"(?<!\w)[Ңң]")
"""A letter that begins no word: «Н» with a stroke at its foot."""
_SIGN_DOT = re.compile(r"(?<=№)\s?\.\s?(?=\d)")
_SHORT = re.compile(r"(?<![^\W\d])(?!үй|уюм|сад)[^\W\d]{1,4}\.$")
"""An abbreviation at the end, whose point is its own; «үй», «уюму», «сады» are whole."""
_POINTED = re.compile(r"(?<!\w)(ул|им|пер|просп|көч),(?=\s+\w)", re.IGNORECASE)
_POSTCODE = re.compile(r"^(\d{6})\.(?=\s)")
_SPELLED_OUT = re.compile(
    r"(область|облусу|району?|р-н[уа]?)\.,?(?=\s)"
    r"|(?<!\w)((?!обл)[А-ЯЁӨҮҢ][^\W\d_]{2,})\.(?=\s(?:улица|ул\.|дом\b|көчөсү))"
    r"|([^\W\d_]{4})\.(?=\s(?:(?:ул|с|г|д|көч|пер|кв|мкр)\.|б/н|№|\d))",
    re.IGNORECASE,
)
"""A comma read as a point: after a word that is written out, before another part of an address."""
_BROKEN_OFF = re.compile(r"\s[«\"][^\W\d_]{0,2}$")
"""A quotation that opens at the end: the rim of a seal, a stroke."""
_HOUSE_LETTER = re.compile(r"\d[\s-]?[^\W\d_]\.$")
"""A house's letter at the end: no abbreviation, so the point ends the sentence."""
_TORN_SLASH = re.compile(r"(?<!\w)([нб]/)\s+([жн])(?!\w)", re.IGNORECASE)
_CAPITALS = re.compile(r"(?<!\S)[А-ЯЁӨҮҢ]{3,}\.$")
_STREET = re.compile(r"(?<!\w)ү(?=л\.)", re.IGNORECASE)
_LIKE_THREE = re.compile(r"(?<!\w)З(?=\d)")


def clean(text: str, language: Language) -> str:
    """Return a reading without rule lines and specks, letters and typography unified."""
    text = _without_dotted_rule(_MARKS.sub("", unicodedata.normalize("NFC", text)))
    edged = _LOW_COMMA.sub(r"\1,", collapse(text).rstrip(" ‚„,"))
    bare = _TORN_DASH.sub("-", _SPECKS.sub(" ", _RULES.sub(" ", mend_dashes(edged))))
    bare = _HEAD.sub(lambda found: "Н" if found[0] == "Ң" else "н", bare)
    bare = _SIGN_DOT.sub(" ", _DOUBLED.sub(r"\1", bare))
    # no comma stands between «ул» or «им» and the name: it is a point with a tail
    return trim(_addressed(_POINTED.sub(r"\1.", tidy(unify_letters(bare, language)))))


def _addressed(text: str) -> str:
    """Return the text with «ул.», which the Kyrgyz letters make «үл.», commas between its parts."""
    text = _SPELLED_OUT.sub(lambda found: found[0].rstrip(".,") + ",", _POSTCODE.sub(r"\1,", text))
    text = _TORN_SLASH.sub(lambda found: (found[1] + found[2]).lower(), text)
    text = _STREET.sub(lambda found: "У" if found[0] == "Ү" else "у", text)
    return _LIKE_THREE.sub("3", text)


def is_dotted(text: str) -> bool:
    """Tell whether the dots of a rule were read along: there is one at most of the words."""
    return text.count(".") >= max(3.0, 0.6 * len(_WORD.findall(text)))


def _without_dotted_rule(text: str) -> str:
    """Return the text without the dots of a rule it was typed on («Средняя. школа.№.14»).

    Taken for a rule where dots stand at most of the words; those after an
    abbreviation or initial stay.
    """
    if not is_dotted(text):
        return text
    return _DOT.sub(lambda dot: dot[0] if _ABBREVIATED.search(text[: dot.start()]) else " ", text)


def trim(text: str) -> str:
    """Drop punctuation at the ends that belongs to the form, not to the value."""
    text = text.lstrip(" .,;:-!»)'")
    while (shorter := _shortened(text)) != text:
        text = shorter
    return text


def _shortened(text: str) -> str:
    text = _BROKEN_OFF.sub("", text.rstrip(" ,;:-«('"))
    if text.endswith(")") and text.count(")") > text.count("("):  # «(ОКПО …, адрес: Ош ш., 50)»
        return text[:-1]
    is_short = _SHORT.search(text.split(" ")[-1]) and not _HOUSE_LETTER.search(text)
    if text.endswith(".") and (_CAPITALS.search(text) or not is_short):
        return text[:-1]
    return text
