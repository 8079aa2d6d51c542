"""Where a name begins and an address ends, in a text that goes on: a letter's, a table's row.

The alignment knows the form's words around a blank. Who writes the notice anew has others:
«Урматтуу кесиптештер! № 5 мектеп», «… көч., 12, өз базасында», «… ул. Ленина, 5 извещает».
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from functools import partial
from itertools import chain, pairwise

from intake.alignment.spots import lines_of, spots_of
from intake.domain.placement import Hole, PlacedLetter, Placement, words_in
from intake.domain.template import FieldKind
from intake.fields.address_parts import is_part
from intake.fields.dates import is_whole_date
from intake.fields.script import folded_letters, letters_only
from intake.stages.completion.names.called import ORDER, SAYING, has_long_number, is_organisation
from intake.stages.completion.rows.headings import headings_of, plain
from intake.stages.completion.rows.list_rows import kind_said

ROOT = 5
"""Letters by which two words are told to be one in different cases."""
OPENING = 16
"""Words before a name that may open a letter, at most."""
DATE = 5
"""Words of a date at most («2023-жылдын « 24 » сентябры»)."""
FAR = 8.0
"""White between two lines of a value at most, in heights of the upper one's letters."""
LABEL = 5
"""Words of another field's label before the one with its colon, at most."""
AHEAD = 3
"""Words behind an address's house among which a word for another part of it stands."""
_HOUSE = re.compile(r"(?!\d{6})(?:\S*\d-?[а-го]?(?:-?үй)?|б/н|н/ж|үй)[.,;)»\"]*$", re.IGNORECASE)
"""What an address ends with: a house."""
_ITEM = re.compile(r"\d{1,2}[.)]\s?[А-ЯЁӨҮҢ]")
"""How a list's next item begins («… ул. Гагарина 127 / 6. Уровень …»)."""
_VILLAGE = re.compile(r"(?:айылы|а\.|шаары|ш\.),?$")
"""Or a village whose streets have no names."""
_SENTENCE = re.compile(r"[^\W\d_]{4,}\.$")
_ANOTHERS = re.compile(rf"[(\[]|\W*(?:ИНН|ОКПО)\b|\W*\d{{8}}|(?i:{SAYING})\w|[Сс]из(?:дер)?ге")
"""What is no more of an address: a number of the organisation, what it does in its letter."""
_OPENED = re.compile(
    r".*(?:[!:]|сообщаем,?|извещаем,?|уведомляем,?|письмом|ылайык,?|\bчто|\bсиз(?:дер)?ге"
    r"|\b(?:биз(?:де|дин)?|мы),)$",
    re.IGNORECASE,
)
"""The end of a letter's opening."""
_DASHES = ("-", "–", "—")
_OF_OURS = re.compile(r"баз[еы]$|наш(?:ей|его)$|биздин$")
"""What a letter calls the organisation before a dash and its name («на базе нашей школы – …»)."""
_ABOUT, _CLOSING = re.compile(r"[«\"“]Об?$"), ("»", '"', "”", "»,")
"""How the order's own title begins and ends."""
_SAID = re.compile(rf"(?:{SAYING}|маалымда)\w+")
"""What the sentence says that some forms have before the name («… сообщаем следующее.»)."""
_UNIT = re.compile(r"(?:област|район|облус|шаар)\w*[.,]?")
"""What kind of place one is, in a line of its own."""
_SITUATED = re.compile(r"расположенн|находящ")
"""What a letter says behind a name: where it is."""
_ITS = ("өз", "өзүнүн")
"""«… мектеби өз базасында …»."""
_OWNED = re.compile(
    r"(?:государственн|муниципальн|частн|мамлекеттик|жеке)\w* (?:менчик\w* )?форм\w*.*"
    r"|(?:[-–—] )?организаци\w+ (?:государственн|муниципальн|частн)\w*",
    re.IGNORECASE,
)
"""Whose the named one is: «муниципальной формы собственности», which may go on behind, or «–
организация частной» before it."""
_TABLE_HEAD = re.compile(
    r"показател\w*|сведени[яй]|значени[ея]|данные|реквизит\w*|маалымат\w*|корсоткуч\w*|мааниси"
)
"""What the first row of a table says, folded."""

_RUNNING_ON = (FieldKind.NAME, FieldKind.ADDRESS, FieldKind.TEXT)
_SHORT = ("по", "в", "о", "на", "с")
"""Words with which the form's own sentence may go on behind an address."""

_Word = Sequence[PlacedLetter]


def with_ends(placement: Placement, months: Mapping[str, int]) -> Placement:
    """Return the placement with names without what opens a letter, addresses without its rest.

    ``months`` are the names of months, as the reference has them.
    """
    known = _known(placement)
    headings = headings_of(placement.template)
    rules, holes = placement.template.fields, dict(placement.holes)
    for name, found in placement.holes.items():
        kind = rules[name].kind
        if kind not in _RUNNING_ON:
            continue
        others = frozenset(h for n, each in headings.items() if n != name for h in each)
        several = [_above_others(hole, others) for hole in found]
        if kind is FieldKind.NAME:
            several = [_without_number_amid(hole) for hole in several]
            title = letters_only(placement.wording.title)
            start = partial(_name_span, headings=headings[name], others=others, title=title)
            undated = [_cut(hole, partial(_date_before, months=months)) for hole in several]
            holes[name] = tuple(_cut(hole, start) for hole in undated)
        elif kind is FieldKind.TEXT:
            holes[name] = tuple(_cut(hole, partial(_text_span, others=others)) for hole in several)
        else:
            end = partial(_address_span, known=known)
            holes[name] = tuple(_cut(hole, end) for hole in several)
    return replace(placement, holes=holes)


def _above_others(hole: Hole, headings: Set[str]) -> Hole:
    """Return a value without the lines from one that is another field's label, or stands far below.

    As a page's number does.
    """
    lines = lines_of(hole.letters)
    ends = (
        n for n, (above, line) in enumerate(pairwise(lines), 1)
        if (_text(line) in headings and not _is_unit(line)) or _is_far_below(above, line)
    )  # fmt: skip
    end = next(ends, len(lines))
    if end == len(lines):
        return hole
    letters = tuple(chain.from_iterable(lines[:end]))
    return replace(hole, letters=letters, spots=spots_of(letters))


def _without_number_amid(hole: Hole) -> Hole:
    """Return a name of two lines without the number of another field that ends the first.

    «Курманжан Датка атындагы № 36 жалпы билим берүү , ОКПО 22710506 / орто мектеби»»: quotes that
    are open there are closed behind.
    """
    words = words_in(hole.letters)
    texts = ["".join(placed.letter.text for placed in word) for word in words]
    number = next((n for n, text in enumerate(texts) if n and has_long_number(text)), None)
    if number is None or number + 1 == len(words) or not words[number + 1][0].starts_line:
        return hole
    start = number
    while start and (kind_said(texts[start - 1]) or not letters_only(texts[start - 1])):
        start -= 1
    before, behind = " ".join(texts[:start]), " ".join(texts[number + 1 :])
    if start == number or before.count("«") <= before.count("»") or "»" not in behind:
        return hole
    letters = tuple(chain.from_iterable((*words[:start], *words[number + 1 :])))
    return replace(hole, letters=letters, spots=spots_of(letters))


def _is_unit(line: _Word) -> bool:
    """Tell whether a line is the last word of a place («… Иссык-Кульская / область»), no label."""
    return _UNIT.fullmatch("".join(placed.letter.text for placed in line)) is not None


def _is_far_below(above: _Word, line: _Word) -> bool:
    one, other = (max(each, key=lambda p: p.letter.box.height) for each in (above, line))
    white = other.letter.box.top - one.letter.box.bottom
    return one.page == other.page and white > FAR * one.letter.box.height


def _text(line: _Word) -> str:
    words = ("".join(placed.letter.text for placed in word) for word in words_in(line))
    return plain(" ".join(words))


def _known(placement: Placement) -> frozenset[str]:
    """Return how the words begin that the form, or a table made of it, says."""
    rules = placement.template.fields.values()
    said = chain.from_iterable((*rule.labels, *rule.headings) for rule in rules)
    words = (*placement.wording.words, *(word for each in said for word in each.split()))
    return frozenset(_root(word) for word in words if len(letters_only(word)) >= ROOT)


def _root(word: str) -> str:
    return folded_letters(word)[:ROOT]


def _cut(hole: Hole, cut: Callable[[list[str]], tuple[int, int]]) -> Hole:
    words = _up_to_next_item(words_in(hole.letters))
    start, end = cut(["".join(placed.letter.text for placed in word) for word in words])
    if end - start == len(words_in(hole.letters)):
        return hole
    letters = tuple(chain.from_iterable(words[start:end]))
    return replace(hole, letters=letters, spots=spots_of(letters) or hole.spots)


def _up_to_next_item(words: Sequence[_Word]) -> Sequence[_Word]:
    """Return a value's words up to the next item of a list: «… 5 / 6. Уровень образования»."""
    texts = ["".join(placed.letter.text for placed in word) for word in words]
    items = (
        n for n, (text, after) in enumerate(pairwise([*texts, ""]))
        if n and words[n][0].starts_line
        and (
            _ITEM.match(f"{text} {after}")
            or (_is_dashed_label(texts[n:]) and not texts[n - 1].endswith(":"))
        )
    )  # fmt: skip
    return words[: next(items, len(words))]


def _is_dashed_label(words: Sequence[str]) -> bool:
    """Tell whether a list's next item begins here with a dash: «– адрес школы: …»."""
    return words[0] in _DASHES and any(word.endswith(":") for word in words[1 : LABEL + 1])


def _date_before(words: Sequence[str], months: Mapping[str, int]) -> tuple[int, int]:
    """Return where a name begins behind the notice's date, in a line below the title."""
    counts = range(1, min(DATE, len(words) - 1) + 1)
    dated = (n for n in counts if is_whole_date(" ".join(words[:n]), months))
    start = next((n for n in dated if _begins_name(words[n].strip('«"“„'))), 0)
    return start, len(words)


def _name_span(
    words: Sequence[str], headings: Sequence[str], others: Set[str], title: str
) -> tuple[int, int]:
    """Return where a name begins and ends among words: behind what opens a letter or a table.

    It ends before the label of another field («… мектеп-лицей – Дареги: …») or a long number.
    """
    words = words[: _before_label(words, others)]
    numbers = (n for n, word in enumerate(words) if n and has_long_number(word))
    words = words[: next(numbers, len(words))]
    words = words[: _before_sentence(words, others)]
    start = max(_opening_before(words, title), _sentence_before(words), _order_before(words))
    while start < len(words) and _TABLE_HEAD.fullmatch(folded_letters(words[start])):
        start += 1
    after = next((n for n in range(start + 1, len(words)) if _is_behind(words[n:])), len(words))
    for end in range(after - 1, start, -1):  # «Уюмдун аталышы № 62 мектеп»
        if _is_heading(plain(" ".join(words[start:end])), headings) and not _is_torn(
            words[start:after], words[end:after]
        ):
            return end, after
    return start, after


def _is_behind(words: Sequence[str]) -> bool:
    """Tell whether words say where the named one is, or whose («муниципальной формы»)."""
    return bool(
        words[0] in _ITS or _SITUATED.match(words[0]) or _OWNED.fullmatch(" ".join(words[:3]))
    )


def _text_span(words: Sequence[str], others: Set[str]) -> tuple[int, int]:
    """Return where a text ends: before another field's label, or a sentence that begins with it."""
    return 0, _before_sentence(words[: _before_label(words, others)], others)


def _before_sentence(words: Sequence[str], headings: Set[str]) -> int:
    """Return the number of words before a sentence that begins with a heading, or its first words.

    The form's own words behind were found («… бакчасы. Менчиктин | формасы – …»).
    """
    for start in (n for n in range(1, len(words)) if words[n - 1].endswith((".", ";"))):
        rest = plain(" ".join(words[start:]))
        said = (plain(" ".join(words[start:n])) for n in range(start + 1, start + LABEL + 1))
        is_torn = any(heading.startswith(f"{rest} ") for heading in headings)
        if words[start][:1].isupper() and (is_torn or any(each in headings for each in said)):
            return start
    return len(words)


def _order_before(words: Sequence[str]) -> int:
    """Return the number of words of the order by its title before a name, that a letter opens with.

    «В соответствии с приказом … «Об организации Ресурсных центров …» Учреждение «…»».
    """
    order = next((n for n, word in enumerate(words[:OPENING]) if ORDER.match(word)), len(words))
    title = next((n for n in range(order, len(words)) if _ABOUT.match(words[n])), len(words))
    ends = (n for n in range(title + 1, len(words)) if words[n - 1].endswith(_CLOSING))
    return next((n for n in ends if is_organisation(" ".join(words[n:]))), 0)


def _before_label(words: Sequence[str], headings: Set[str]) -> int:
    """Return the number of words before a heading and its colon."""
    for end in (n for n, word in enumerate(words) if word.endswith(":")):
        for start in range(max(1, end - LABEL), end + 1):
            if plain(" ".join(words[start : end + 1])) in headings:
                return start - 1 if words[start - 1] in _DASHES and start > 1 else start
    return len(words)


def _is_heading(said: str, headings: Sequence[str]) -> bool:
    """Tell whether words before a name are a heading, or the last ones of it."""
    return said in headings or (" " in said and any(h.endswith(f" {said}") for h in headings))


def _is_torn(words: Sequence[str], rest: Sequence[str]) -> bool:
    """Tell whether a name would lose what it is: «Детский сад» is what a form calls one, too."""
    return is_organisation(" ".join(words)) and not is_organisation(" ".join(rest))


def _opening_before(words: Sequence[str], title: str) -> int:
    """Return the number of words before a name that open a letter: a name begins with a capital.

    Or they are the form's title, in a sentence of its own («… түзүлгөндүгү тууралуу кабарлоо»).
    """
    ends = (
        n for n, word in enumerate(words[:OPENING], 1)
        if n < len(words)
        and (_opens(word, title) or (word in _DASHES and any(map(_OF_OURS.match, words[:n]))))
        and _begins_name(words[n].strip('«"“„'))
    )  # fmt: skip
    return max(ends, default=0)


def _opens(word: str, title: str) -> bool:
    return _OPENED.match(word) is not None or letters_only(word) == title


def _begins_name(word: str) -> bool:
    return word[:1].isupper() or word[:1] == "№"


def _sentence_before(words: Sequence[str]) -> int:
    """Return the number of words of a sentence before a name, with which a retyped form begins."""
    ends = (
        n for n, word in enumerate(words, 1)
        if word.endswith((".", ":")) and any(map(_SAID.match, words[max(0, n - AHEAD) : n]))
    )  # fmt: skip
    return next((n for n in ends if is_organisation(" ".join(words[n:]))), 0)


def _address_span(words: Sequence[str], known: frozenset[str]) -> tuple[int, int]:
    return _address_start(words), _address_end(words, known)


def _address_start(words: Sequence[str]) -> int:
    """Return the number of words before an address that are numbers of the organisation."""
    numbers = [n for n, word in enumerate(words[:AHEAD], 1) if sum(map(str.isdigit, word)) >= 8]
    return numbers[-1] if numbers else 0


def _address_end(words: Sequence[str], known: frozenset[str]) -> int:
    """Return the number of words up to where the text goes on with something else."""
    first = _address_start(words) + 1
    ends = (n for n in range(first, len(words)) if _is_end(words, n, known))
    return next(ends, len(words))


def _is_end(words: Sequence[str], number: int, known: frozenset[str]) -> bool:
    before, word = words[number - 1], words[number]
    if _ANOTHERS.match(word):
        return True
    if not (_HOUSE.match(before) or _VILLAGE.match(before) or _SENTENCE.match(before)):
        return False
    if any(map(is_part, words[number : number + AHEAD])):
        return False
    text = word.strip('«"“„(')
    is_word = len(letters_only(text)) > 1 and text[:1].isalpha()
    after = words[number + 1] if number + 1 < len(words) else ""
    if text[:1].islower():
        return is_word
    if text.casefold() in _SHORT and len(letters_only(after)) >= ROOT and _root(after) in known:
        return True  # «По вопросам …»
    return is_word and (_root(text) in known or before.endswith("."))
