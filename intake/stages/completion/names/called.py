"""What tells an organisation's name from an authority's, and from other words."""

from __future__ import annotations

import re

from intake.domain.placement import Hole
from intake.stages.writing import text_of

ORGANISATION = re.compile(
    r"школ|мектеп|мектеб|\bсад|ясли|бакча|лице|гимнази|учрежд|мекеме|ОсОО|ЖЧК|комплекс|СОШ|интернат",
    re.IGNORECASE,
)
"""What an organisation's name has, but «наша организация», «биздин уюм» have not."""
AUTHORITY = re.compile("министр|отдел|б[өо]л[үу]м|управлен|башкарма", re.IGNORECASE)
"""What those have whom a letter goes to, or under whom a school stands."""
SAYING = "сообща|извеща|уведомля|кабарла|билдир"
"""How the verbs begin with which a letter says what it has to, a part of a pattern."""
_CALLED = re.compile(r"[«\"“„№]|\b[А-ЯЁӨҮҢ]{2,}\b")
"""What else tells a name («СШ с. Кызыл-Туу»)."""
ORDER = re.compile(r"\b(?:приказ|буйру[гк])", re.IGNORECASE)
"""What stands with the order's own title, in quotes as a name is: letters open with it."""
_LONG_NUMBER = 8
"""Digits of an organisation's number."""
_TORN = re.compile(r"(?:№|\b[А-ЯЁӨҮҢ]\.)$")
"""The end of a name that goes on: «№ 5», «А. С. Пушкина»."""


def is_organisation(text: str) -> bool:
    """Tell whether a text has what an organisation's name has, and no authority's."""
    return bool(ORGANISATION.search(text) and not AUTHORITY.search(text))


def has_long_number(text: str) -> bool:
    """Tell whether a text has as many digits as an organisation's number: no name has."""
    return sum(map(str.isdigit, text)) >= _LONG_NUMBER


def is_called(text: str) -> bool:
    """Tell whether a text has what else tells a name: quotes, a number, an abbreviation."""
    return bool(_CALLED.search(text))


def names_organisation(hole: Hole) -> bool:
    """Tell whether what stands in a hole is built like an organisation's name, and whole."""
    own = text_of(hole)
    if ORDER.search(own):
        return False
    is_torn = _TORN.search(own) is not None or own.count("«") != own.count("»")
    is_whole = not (hole.is_aside and is_torn)
    return (is_organisation(own) and is_whole) or (is_called(own) and not hole.is_aside)
