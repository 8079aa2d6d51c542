"""Words brought to one spelling, so that a search forgives what keyboards and typists do."""

from __future__ import annotations

import re
import unicodedata

# Kyrgyz letters that Russian keyboards lack and typists replace; ё as it is mostly typed.
_TYPED = str.maketrans({"ө": "о", "ү": "у", "ң": "н", "ё": "е", "й": "и"})
_LOOKALIKES = str.maketrans("abcehkmoptxyі", "авсенкмортхуи")
_WORD = re.compile(r"\w+")
_CYRILLIC = re.compile("[а-яёңөү]")
_DATE = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b")


def folded(text: str) -> str:
    """Return the words of a text in their common spelling, separated by one space.

    Idempotent; digits stay as they are; a date (07.04.2023 or 2023-04-07) becomes
    one word, 20230407, and Latin look-alikes in a Cyrillic word become Cyrillic.
    """
    plain = _DATE.sub(_date, unicodedata.normalize("NFKC", text.replace("№", " ")).casefold())
    return " ".join(_folded_word(word) for word in _WORD.findall(plain.replace("_", " ")))


def _date(found: re.Match[str]) -> str:
    day, month, year, iso_year, iso_month, iso_day = found.groups()
    if iso_year:
        return f"{iso_year}{iso_month}{iso_day}"
    return f"{year}{int(month):02}{int(day):02}"


def _folded_word(word: str) -> str:
    if _CYRILLIC.search(word):
        word = word.translate(_LOOKALIKES)
    return "".join(c for c in word.translate(_TYPED) if not unicodedata.combining(c))
