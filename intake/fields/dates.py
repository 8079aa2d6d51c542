"""Dates as schools write them, in Kyrgyz and Russian, into ISO dates.

Understood (reference/date_patterns.csv): day and month by number or by word in
any case, year with two or four digits, before or after, or printed on the form
beside the blank; Roman months; points lost or read as commas. Day stands before
month, always: nobody here writes the month first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from intake.domain.notice import Candidate, Flag
from intake.fields.date_parts import Parts, read_parts
from intake.fields.graded import Graded, Note, Written, best_first, distinct, ocr_evidence
from intake.fields.script import collapse, has_writing

ORDER_IN_FORCE = date(2023, 4, 1)
"""The order grants the right to notify from this day on (point 1)."""


_FRAME = re.compile(r"\W*(?:20\d{0,2})?\W*(?:ж|ж[ыи]л(?:дын)?|г|год[а]?)?\W*", re.IGNORECASE)


def is_frame(text: str) -> bool:
    """Tell whether this is only what a form prints around a date («20__-жылдын», «2023 г.»)."""
    return bool(_FRAME.fullmatch(text.replace("_", " ")))


def is_whole_date(text: str, months: Mapping[str, int]) -> bool:
    """Tell whether day, month and year stand here, and no other number."""
    parts = read_parts(collapse(text), months)
    return None not in (parts.day, parts.month, parts.year) and not parts.left_over


@dataclass(frozen=True, slots=True)
class Window:
    """The days a date can lie in; ``earliest`` None where there is no such bound."""

    earliest: date | None
    latest: date

    def __contains__(self, day: date) -> bool:
        return (self.earliest is None or self.earliest <= day) and day <= self.latest


@dataclass(frozen=True, slots=True)
class _Found:
    day: date | None
    parts: Parts
    text: str
    notes: tuple[Note, ...]
    others: tuple[date, ...] = ()


def grade_date(
    written: Written, months: Mapping[str, int], window: Window, *, printed_year: int | None = None
) -> Graded:
    """Return a date as ISO 8601.

    ``months`` maps squeezed month words to 1..12 (``Reference.months``);
    ``printed_year`` is the year the form prints beside the blank («2023 г.»),
    used where none is written. Two readings that give different days are
    ``ambiguous``; a day that does not exist, or lies outside the window, is
    ``check-failed``.
    """
    text = collapse(written.text)
    again = written.as_second()
    first = _find(text, months, printed_year)
    second = _find(collapse(again.text), months, printed_year) if again else None
    if not has_writing(text) and (second is None or second.day is None):
        return Graded(None, text, evidence=ocr_evidence(written))
    chosen, notes = _choose(first, second, window)
    if second is not None and first.parts.year == second.parts.year:
        chosen = replace(chosen, notes=tuple(n for n in chosen.notes if n != Note.YEAR_DIFFERS))
    notes = distinct((*notes, *chosen.notes, *window_notes(chosen.day, window)))
    evidence = ocr_evidence(written) | _evidence(chosen, first, second, window)
    return Graded(
        chosen.day.isoformat() if chosen.day else None,
        chosen.text,
        _candidates(chosen, first, second),
        distinct(_FLAGS[note] for note in notes),
        notes,
        evidence | _printed(chosen, printed_year),
    )


LIKE_A_YEAR = 2
"""Letters beside day and month from which the year may have been written, and misread."""
_FUSED = re.compile(r"[^\W\d_]\d{4}")
"""A month's word that runs into the year: letters of it were lost there, and digits may be."""
OTHER_LETTERS = 10
"""Letters of words around a date from which it may be another date: that of a stamp, say."""

_FLAGS = {
    Note.DIGITS_REPAIRED: Flag.CORRECTED,
    Note.READINGS_DISAGREE: Flag.AMBIGUOUS,
    Note.MONTH_UNSURE: Flag.AMBIGUOUS,
    Note.DIGIT_COUNT: Flag.AMBIGUOUS,
    Note.OTHER_WORDS: Flag.AMBIGUOUS,
    Note.YEAR_DIFFERS: Flag.AMBIGUOUS,
    Note.DATE_IMPOSSIBLE: Flag.CHECK_FAILED,
    Note.DATE_TOO_EARLY: Flag.CHECK_FAILED,
    Note.DATE_IN_FUTURE: Flag.CHECK_FAILED,
    Note.YEAR_MISSING: Flag.UNREADABLE,
    Note.NOT_A_DATE: Flag.UNREADABLE,
}


def window_notes(day: date | None, window: Window) -> tuple[Note, ...]:
    """Say whether a day lies before its window or in the future."""
    if day is None or day in window:
        return ()
    return (Note.DATE_IN_FUTURE if day > window.latest else Note.DATE_TOO_EARLY,)


def _find(text: str, months: Mapping[str, int], printed_year: int | None) -> _Found:
    parts = read_parts(text, months)
    year = parts.year or printed_year
    notes = _notes(parts, printed_year, text)
    if parts.year is None and parts.other_letters >= LIKE_A_YEAR:
        notes = distinct((*notes, Note.OTHER_WORDS))  # what was read there may be another year
    if parts.day is None or parts.month is None:
        return _Found(None, parts, text, (Note.NOT_A_DATE,))
    if year is None:
        return _Found(None, parts, text, (*notes, Note.YEAR_MISSING))
    day = _exists(year, parts.month, parts.day)
    if day is None:
        swapped = _exists(year, parts.day, parts.month)
        return _Found(None, parts, text, (*notes, Note.DATE_IMPOSSIBLE),
                      (swapped,) if swapped else ())  # fmt: skip
    runner_up = _exists(year, parts.rival, parts.day) if parts.rival else None
    return _Found(day, parts, text, notes, (runner_up,) if runner_up else ())


def _notes(parts: Parts, printed_year: int | None, text: str) -> tuple[Note, ...]:
    is_fused = 0.0 < parts.month_score < 1.0 and _FUSED.search(text) is not None
    said = {
        Note.DIGITS_REPAIRED: parts.repaired > 0,
        Note.MONTH_UNSURE: parts.rival is not None or is_fused,
        Note.DIGIT_COUNT: parts.left_over > 0,
        Note.OTHER_WORDS: parts.other_letters >= OTHER_LETTERS,
        Note.YEAR_DIFFERS: None not in (parts.year, printed_year) and parts.year != printed_year,
    }
    return tuple(note for note, holds in said.items() if holds)


def _exists(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _choose(
    first: _Found, second: _Found | None, window: Window
) -> tuple[_Found, tuple[Note, ...]]:
    """Take the reading that lies within the window and needed less repair, the first if equal."""
    if second is None or second.day is None:
        return first, ()
    if first.day is None:
        return second, (Note.READINGS_DISAGREE,)
    best = min(
        (first, second),
        key=lambda found: (bool(window_notes(found.day, window)), len(found.notes)),
    )
    return best, () if first.day == second.day else (Note.READINGS_DISAGREE,)


def _candidates(chosen: _Found, first: _Found, second: _Found | None) -> tuple[Candidate, ...]:
    found = [Candidate(chosen.day.isoformat(), 0.9, "value")] if chosen.day else []
    for origin, other in (("first", first), ("second", second)):
        if other and other.day:
            found.append(Candidate(other.day.isoformat(), 0.5, origin))
    found.extend(Candidate(day.isoformat(), 0.3, "alternative") for day in chosen.others)
    return best_first(found)


def _evidence(
    chosen: _Found, first: _Found, second: _Found | None, window: Window
) -> dict[str, float]:
    return {
        "dated": float(chosen.day is not None),
        "in_window": float(chosen.day is not None and chosen.day in window),
        "month_word": float(chosen.parts.month_score > 0),
        "month_score": chosen.parts.month_score,
        "short_year": float(chosen.parts.short_year),
        "printed_year": float(chosen.parts.year is None),
        "repaired": float(chosen.parts.repaired),
        "left_over": float(chosen.parts.left_over),
        "other_letters": float(min(chosen.parts.other_letters, 20)),
        "run_together": float(chosen.parts.run_together),
        "agree": float(second is not None and first.day is not None and first.day == second.day),
        "digit_lost": float(second is not None and _lacks_digit(chosen, first, second)),
    }


def _lacks_digit(chosen: _Found, *readings: _Found) -> bool:
    """Tell whether a reading has the chosen day's number with one more digit («2» of «22»)."""
    day = str(chosen.parts.day)
    longer = [str(found.parts.day) for found in readings if found.parts.day]
    return any(len(one) > len(day) and (one.startswith(day) or one.endswith(day)) for one in longer)


def _printed(found: _Found, printed_year: int | None) -> dict[str, float]:
    """Say whether the year that was read is another than the form prints («2023 г.»)."""
    year = found.parts.year
    return {"year_differs": float(None not in (year, printed_year) and year != printed_year)}


def parse_iso(value: str | None) -> date | None:
    """Return the day of an ISO date, None where there is none."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None
