"""The words for the parts of an address, in both languages, written out or shortened."""

from __future__ import annotations

import re

from intake.fields.script import folded_letters

_WORD = re.compile(
    r"(?:ул|айыл\w*|коч\w*|сел\w+|улиц\w+|обл\w*|рн\w*|район\w*|город\w*|шаар\w*|микрорайон\w*"
    r"|жилмассив\w*|кич\w+|мкр|уй\w*|дом|кв|квартира|этаж|кабат|офис|каб\w*|корп\w*|блок|лет"
    r"|жыл\w*|литер\w*|индекс|пер|переул\w*|просп\w*|тупик\w*|туюк\w*|шосс\w+|аймак\w*|аймаг\w*"
    r"|окмот\w*|республик\w+|жм|дер\w*|трасс\w+|участ\w+|март\w*|ма[йя]|октябр\w*|ноябр\w*"
    r"|помещ\w*|пом|строен\w*|стр|подъезд\w*|здани\w*|имарат\w*)$"
)
"""As one word, folded, signs left out; streets are called «50 лет …» and «8 марта», too."""
_LETTER = re.compile(r"(?:[гсшадкр]\.|[аж][./-])", re.IGNORECASE)
"""As one letter with its point («с. Чолпон», «а/о»)."""


def is_part(word: str) -> bool:
    """Tell whether a word is one for a part of an address, or begins with it («ул.Ленина»)."""
    if _LETTER.match(word):
        return True
    return any(_WORD.match(folded_letters(each)) for each in (word, word.partition(".")[0]))
