"""What a person may put into a field: its normal form, or a refusal that says why."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from intake.errors import Refused

_LENGTH = 1000
_OPTIONS = {
    "ownership": ("state", "municipal", "private"),
    "education_level": ("preschool", "school", "preschool,school"),
    "legal_entity": ("formed", "not_formed"),
    "signature": ("present", "absent"),
    "seal": ("present", "absent"),
}


def normal_form(field: str, value: str | None) -> str | None:
    """Return the value's normal form (CONTRACT.md, section 2); None and blanks mean none.

    Idempotent; never adds a digit. Raises Refused for a value that the field
    cannot have.
    """
    text = " ".join(_visible(field, unicodedata.normalize("NFC", value or "")).split())
    if not text:
        return None
    if len(text) > _LENGTH:
        raise Refused(f"{field} is longer than {_LENGTH} letters; shorten it")
    if field in _OPTIONS:
        return _option(field, text)
    for ending, normal in _RULES:
        if field.endswith(ending):
            return normal(field, text)
    return text


def _visible(field: str, text: str) -> str:
    """Return the text without letters that nobody sees, such as a copied soft hyphen.

    They would make two equal names differ, or turn what follows around. Refused
    for control characters, which no paper bears.
    """
    kinds = {letter: unicodedata.category(letter) for letter in set(text)}
    if any(kind in {"Cc", "Cs"} and not letter.isspace() for letter, kind in kinds.items()):
        raise Refused(f"{field} holds a control character; type it anew")
    return "".join(letter for letter in text if kinds[letter] != "Cf")


def options(field: str) -> tuple[str, ...]:
    """Return the normal forms that a field may have, none where it is free text."""
    return _OPTIONS.get(field, ())


def same_value(one: str | None, other: str | None) -> bool:
    """Whether two values say the same: case, quotation marks, dashes and spaces do not count."""
    return _compared(one) == _compared(other)


def _compared(value: str | None) -> str:
    text = unicodedata.normalize("NFC", value or "").translate(_UNIFIED)
    return " ".join(text.casefold().split())


_UNIFIED = {
    **dict.fromkeys(map(ord, "«»“”„‟″'`’‘"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
}


def _option(field: str, text: str) -> str:
    if text not in _OPTIONS[field]:
        raise Refused(f"{text} is no {field}; give one of {', '.join(_OPTIONS[field])}")
    return text


def _inn(field: str, text: str) -> str:
    return _digits(field, text, 14)


def _okpo(field: str, text: str) -> str:
    return _digits(field, text, 8)


def _digits(field: str, text: str, count: int) -> str:
    digits = re.sub(r"[\s.-]", "", text)
    if not (digits.isascii() and digits.isdigit() and len(digits) == count):
        raise Refused(f"{field} has {count} digits; correct {text}")
    return digits


def _date(field: str, text: str) -> str:
    found = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text)
    iso = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else text
    try:
        return date.fromisoformat(iso).isoformat()
    except ValueError as error:
        raise Refused(f"{field} is no date; give it as 2023-04-07 or 07.04.2023") from error


_RULES: tuple[tuple[str, Callable[[str, str], str]], ...] = (
    ("_inn", _inn),
    ("_okpo", _okpo),
    ("_date", _date),
)
