"""Day, month and year out of the words and numbers of a written date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from intake.fields.digits import SHAPES
from intake.fields.script import squeeze, tidy, unify_letters

MONTH_FLOOR = 0.66
"""Below this similarity a word is no month."""
MONTH_MARGIN = 0.25
"""A damaged month word that another month comes closer to than this is unsure; so is a
damaged word of less than five letters."""

_SHAPE = {sign: digits[0] for signs, digits in SHAPES.items() for sign in signs}
_YEAR_WORD = re.compile(r"(г|гг|год|года|году|ж|жыл|жыл\w*|йыл|жил|жылдын)$")
_SUFFIX = re.compile(r"^(\d+)-?(г|гг|год\w*|ж|жыл\w*|го|е|ое|чи|чү|нчи|нчу|нчү|inchi)$")
_DAMAGED_YEAR = re.compile(r"(?:2[^\W\d_]|[^\W\d_]?0)[1-3]\d")
"""A year one of whose first digits a stroke changed or hid («2с26», «д025»)."""
_ROMAN = {
    roman: place
    for place, roman in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), start=1)  # noqa: SIM905
}
_TO_LATIN = str.maketrans("хі", "xi")  # what the models make of X and I (U+0425, U+0456)
_FILLERS = re.compile(r"(ай|айы\w*|дата\w*|кун\w*|кү\w*|число|от|с|до)$")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a written date consists of.

    ``rival`` is another month that the month word could be; ``month_score`` its
    similarity 0..1, 0 where the month was a number; ``repaired`` digits were
    letters; ``left_over`` numbers belong to no part; ``run_together`` where the
    points between the numbers were lost; ``other_letters`` stand in words that
    say nothing of a date.
    """

    day: int | None = None
    month: int | None = None
    year: int | None = None
    rival: int | None = None
    month_score: float = 0.0
    short_year: bool = False
    repaired: int = 0
    left_over: int = 0
    other_letters: int = 0
    run_together: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """A number (``digits``) or a word; ``yearly`` when a year word follows."""

    text: str
    digits: str = ""
    repaired: int = 0
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class _Month:
    place: int
    month: int
    score: float
    rival: int | None


def read_parts(text: str, months: Mapping[str, int]) -> Parts:
    """Return the parts of the date in this text; absent ones are None."""
    pieces = _join_split_year(_mark_years(list(_pieces(text))))
    month = _find_month(pieces, months) or _find_roman(pieces)
    repaired = sum(piece.repaired for piece in pieces)
    parts = _by_word(pieces, month) if month else _by_number([p for p in pieces if p.digits])
    words = [len(p.text) for p in pieces if not p.digits and not _is_year_word(p)]
    others = sum(words) - (len(pieces[month.place].text) if month else 0)
    return replace(parts, repaired=repaired, other_letters=others)


def _pieces(text: str) -> Iterator[_Piece]:
    unified = unify_letters(tidy(text), "ky").casefold()
    unified = re.sub(r"№\s*\w+", " ", unified)
    for chunk in re.findall(r"[^\W_]+", unified):
        yield from _cut(chunk)


def _cut(chunk: str) -> Iterator[_Piece]:
    """Cut a run of letters and digits into numbers and words («2023ж», «12майы», «2о23»)."""
    suffixed = _SUFFIX.match(chunk)
    if suffixed:
        yield _number(suffixed.group(1))
        yield _Piece(suffixed.group(2))
    elif _DAMAGED_YEAR.fullmatch(chunk):
        year = f"20{chunk[-2:]}"
        yield _Piece(chunk, year, repaired=1)
    elif not any(map(_is_digit, chunk)):
        yield _Piece(chunk)
    elif all(_is_digit(s) or s in _SHAPE for s in chunk):
        yield _number(chunk)
    else:
        for part in re.findall(r"\d+|\D+", chunk):
            yield from _cut(part) if _is_digit(part[0]) else (_Piece(part),)


def _number(chunk: str) -> _Piece:
    digits = "".join(s if _is_digit(s) else _SHAPE[s] for s in chunk)
    return _Piece(chunk, digits, sum(not _is_digit(s) for s in chunk))


def _is_digit(sign: str) -> bool:
    return sign.isascii() and sign.isdigit()


def _mark_years(pieces: list[_Piece]) -> list[_Piece]:
    """Let each number know whether a year word follows it, and drop the year words."""
    marked = [
        replace(piece, yearly=bool(piece.digits) and _is_year_word(after))
        for piece, after in pairwise([*pieces, _Piece("")])
    ]
    return [piece for piece in marked if piece.digits or not _is_year_word(piece)]


def _is_year_word(piece: _Piece) -> bool:
    return not piece.digits and _YEAR_WORD.match(piece.text) is not None


def _join_split_year(pieces: list[_Piece]) -> list[_Piece]:
    """Join a year cut in two («20 23 г.») where no number of four digits is there."""
    if any(len(piece.digits) >= 4 for piece in pieces):
        return pieces
    for index, (one, two) in enumerate(pairwise(pieces)):
        joined = one.digits + two.digits
        plain = sum(1 for piece in pieces if piece.digits) > 2 or two.yearly
        if one.digits in ("19", "20") and len(joined) == 4 and plain and not one.yearly:
            if index + 2 < len(pieces) and not two.yearly:
                continue  # «20 05 2023» is no year
            year = _Piece(joined, joined, one.repaired + two.repaired, yearly=True)
            return [*pieces[:index], year, *pieces[index + 2 :]]
    return pieces


def _find_month(pieces: list[_Piece], months: Mapping[str, int]) -> _Month | None:
    found = [
        month
        for place, piece in enumerate(pieces)
        if not piece.digits
        and not _FILLERS.match(piece.text)
        and (month := _month_of(place, piece.text, months))
    ]
    return max(found, key=lambda month: month.score, default=None)


def _month_of(place: int, word: str, months: Mapping[str, int]) -> _Month | None:
    key = squeeze(word)
    if len(key) < 3:
        return None
    best: dict[int, float] = {}
    for form, month in months.items():
        score = Levenshtein.normalized_similarity(key, form)
        best[month] = max(best.get(month, 0.0), score)
    ranked = sorted(best.items(), key=lambda pair: -pair[1])
    (month, score), (rival, second) = ranked[0], ranked[1]
    if score < MONTH_FLOOR:
        return None
    unsure = score < 1.0 and (len(key) < 5 or score - second < MONTH_MARGIN)
    return _Month(place, month, score, rival if unsure else None)


def _find_roman(pieces: list[_Piece]) -> _Month | None:
    for place in range(1, len(pieces) - 1):
        roman = _ROMAN.get(pieces[place].text.translate(_TO_LATIN))
        if roman and pieces[place - 1].digits and pieces[place + 1].digits:
            return _Month(place, roman, 1.0, None)
    return None


def _by_word(pieces: list[_Piece], month: _Month) -> Parts:
    """Find day and year around a month word: the year is marked, long, or the farther number."""
    before = [piece for piece in pieces[: month.place] if piece.digits]
    after = [piece for piece in pieces[month.place + 1 :] if piece.digits]
    numbers = before + after
    year = _year_among(numbers)
    days = [piece for piece in numbers if piece is not year and len(piece.digits) <= 2]
    day = next((p for p in reversed(before) if p in days), None) or next(iter(days), None)
    if year is None:
        rest = [piece for piece in days if piece is not day]
        year = rest[0] if len(rest) == 1 else None
    used = sum(piece is not None for piece in (day, year))
    return Parts(
        day=int(day.digits) if day else None,
        month=month.month,
        year=_year(year),
        rival=month.rival,
        month_score=month.score,
        short_year=year is not None and len(year.digits) == 2,
        left_over=len(numbers) - used,
    )


def _year_among(numbers: list[_Piece]) -> _Piece | None:
    long = [piece for piece in numbers if len(piece.digits) == 4]
    marked = [piece for piece in numbers if piece.yearly and len(piece.digits) == 2]
    return next(iter(long + marked), None)


def _year(piece: _Piece | None) -> int | None:
    if piece is None:
        return None
    return int(piece.digits) if len(piece.digits) == 4 else 2000 + int(piece.digits)


def _by_number(numbers: list[_Piece]) -> Parts:
    if len(numbers) > 3 and numbers[-1].digits == numbers[-2].digits:
        numbers = numbers[:-1]  # the year written in front of the one that the form prints
    digits = [piece.digits for piece in numbers]
    joined = "".join(digits)
    shape = [len(number) for number in digits]
    if len(shape) == 3 and shape[0] == 4 and max(shape[1:]) <= 2:
        return _parts(digits[2], digits[1], numbers[0])
    if len(shape) == 3 and max(shape[:2]) <= 2 and shape[2] in (2, 4):
        return _parts(digits[0], digits[1], numbers[2])
    if len(shape) == 2 and max(shape) <= 2 and not numbers[1].yearly:
        return _parts(digits[0], digits[1], None)
    if len(joined) == 8 and len(shape) <= 2:
        year = _Piece(joined[4:], joined[4:])
        return replace(_parts(joined[:2], joined[2:4], year), run_together=True)
    return _date_among(numbers)


def _date_among(numbers: list[_Piece]) -> Parts:
    """Return the first whole date among too many numbers, nothing but its own before it.

    Strokes of a seal behind a date are read as digits, and a date under one twice.
    """
    for start, (day, month, year) in enumerate(
        zip(numbers, numbers[1:], numbers[2:], strict=False)
    ):
        shape = (len(day.digits), len(month.digits), len(year.digits))
        own = {day.digits, month.digits, year.digits}
        is_first = all(piece.digits in own for piece in numbers[:start])
        if is_first and max(shape[:2]) <= 2 and shape[2] == 4 and year.digits.startswith("20"):
            found = _parts(day.digits, month.digits, year)
            return replace(found, left_over=len(numbers) - len(shape))
    return Parts(left_over=len(numbers))


def _parts(day: str, month: str, year: _Piece | None) -> Parts:
    short = year is not None and len(year.digits) == 2
    return Parts(int(day), int(month), _year(year), short_year=short)
