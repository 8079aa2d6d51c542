"""Addresses behind the word for them, in a letterhead, a list or a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from intake.alignment.rows import LABELS
from intake.domain.text import Line, Word
from intake.fields.script import letters_only
from intake.stages.completion.page.unclaimed import is_contact, names_executor

CLOSE, SPACED = 1.0, 2.5
"""White between two lines of one address, in heights of a line, at most; where the first cannot be
its end."""
MOST_LINES = 3
"""Lines of an address."""
_PLACE = re.compile(
    r"\b(г|гор|город\w*|с|сел\w+|обл\w*|р-?о?н\w*|район\w*|ул|улиц\w+|ш|шаар\w*|а|айыл\w*|көч\w*|к)\b"
    r"|\d",
    re.IGNORECASE,
)
"""What an address has: words that say what a name is of, or the number of a house."""
_DWELLING = re.compile(r"обл|район|р-н|шаар|город|айыл|сел[оа]\b|ул\.|улиц|көч", re.IGNORECASE)
"""What only an address has, whatever else was read along with it."""
_CITED = re.compile(r"№|\b20\d\d\b")
"""What an order that a letter cites has: its number, its year."""
UNIT = 3
"""Words at the head of an address among which the word for its first place stands."""
_UNIT = re.compile(r"(?:обл|район|р-н|шаар|ш\.|айыл)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:адрес|даре[гк])\w*:?", re.IGNORECASE)
_WHOSE = re.compile(r"(?:организаци|учреждени|школ|детск|гимнази|лице|центр)\w+:?", re.IGNORECASE)
"""Whose an address is: «Адрес учреждения (юридический и фактический): …»."""
SENTENCE = re.compile(r"(?:[^\W\d_]{4,}|\d)\.$")
"""The end of a sentence, not of «ул.»."""
_GOES_ON = re.compile(r"(?:[,–-]|№|(?<!\w)(?:г|с|ул|д|кв|пер|пр|обл|көч|к|ш|а)\.)$", re.IGNORECASE)
"""The end of a line in which an address is not at its end («… область, с.»)."""
_CLOSED = re.compile(r"^[^(]*\)")
"""A bracket that an address in a sentence stands in («(ИНН …, адрес: …)»)."""
FLUSH = 0.01
"""How far from the right edge of the text a full line ends, as a share of the page's width."""
HINT = 8
"""Words of a hint in brackets behind a label, at most."""
_DASHES = ("–", "—", "-")


def address_behind(place: int, lines: Sequence[Line]) -> tuple[Word, ...]:
    """Return the address behind the word for one, the first line's at a place; none without.

    Behind a colon, a dash, «по адресу», a hint with a colon, or where a place begins there.
    """
    words = lines[0].words
    label = words[place].text
    if not _ADDRESS.fullmatch(label.split("/")[-1]):
        return ()
    if any(_WHOSE.fullmatch(word.text) for word in words[place + 1 : place + 2]):
        place += 1
        label = words[place].text
    is_dashed = place + 1 < len(words) and words[place + 1].text in _DASHES
    own = words[place + 2 if is_dashed else place + 1 :]
    hinted = None if label.endswith(":") else _behind_hint(own, lines)
    value = tuple(_before_other((*own, *_going_on(lines)))) if hinted is None else hinted
    is_said = place > 0 and letters_only(words[place - 1].text) == "по"
    is_set_off = is_dashed or is_said or label.endswith(":") or _begins_place(own)
    is_told = is_set_off or hinted is not None
    return value if is_told and any(_PLACE.search(word.text) for word in value) else ()


def is_address(text: str) -> bool:
    """Tell whether a text may be an address, and not the order that a letter cites («№ 412/1»)."""
    return bool(_DWELLING.search(text) or (_PLACE.search(text) and not _CITED.search(text)))


def is_cut(words: Sequence[Word], lines: Sequence[Line]) -> bool:
    """Tell whether a value may go on in a line that is too far below to be taken for its own.

    At the end of the first of some lines, as far right as any, without the sentence's point.
    """
    last, right = words[-1], max(line.box.right for line in lines)
    is_full = last is lines[0].words[-1] and last.box.right > right - FLUSH and len(lines) > 1
    return last.text.endswith(",") or (is_full and not last.text.endswith((".", ";")))


def _behind_hint(behind: Sequence[Word], lines: Sequence[Line]) -> tuple[Word, ...] | None:
    """Return an address behind a label's hint, «(совпадает с фактическим):»; None without one.

    ``behind`` are the words behind the label, ``lines`` its line and those below.
    """
    flow = [(0, word) for word in behind] + [(1, w) for line in lines[1:2] for w in line.words]
    if not flow or not flow[0][1].text.startswith("("):
        return None
    end = next((n for n, (_, w) in enumerate(flow[:HINT]) if w.text.endswith("):")), None)
    if end is None:
        return None
    row = flow[end][0]
    own = [word for number, word in flow[end + 1 :] if number == row]
    return tuple(_before_other((*own, *_going_on(lines[row:]))))


def _begins_place(words: Sequence[Word]) -> bool:
    """Tell whether words begin with a place («Баткен облусу»): a dash before it may be lost."""
    texts = [word.text for word in words[:UNIT]]
    return bool(texts) and texts[0][:1].isupper() and any(map(_UNIT.match, texts[1:]))


def _going_on(lines: Sequence[Line]) -> tuple[Word, ...]:
    """Return the words of the lines in which an address goes on: close, and without a label."""
    more: list[Word] = []
    for above, line in pairwise(lines[:MOST_LINES]):
        white = (line.box.top - above.box.bottom) / line.box.height
        room = SPACED if _GOES_ON.search(above.text) else CLOSE
        open_ = takewhile(lambda word: not word.text.startswith("("), line.words)
        own = list(_before_other(tuple(open_)))
        is_other = any(":" in word.text for word in own) or names_executor(line)
        if white > room or is_other or SENTENCE.search(above.text) or not own:
            break
        closed = next((n for n, w in enumerate(own, 1) if _CLOSED.search(w.text)), len(own))
        more += own[:closed]
        if closed < len(line.words):
            break
    return tuple(more)


def _before_other(words: Sequence[Word]) -> Iterator[Word]:
    """Return the words before a telephone's label, a number's of the organisation or the like."""
    numbers = tuple(LABELS.values())

    def is_other(word: Word) -> bool:
        return is_contact(word.text) or letters_only(word.text).startswith(numbers)

    return takewhile(lambda word: not is_other(word), words)
