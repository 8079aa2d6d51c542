"""Dates as offices write them: whole, or as day and month beside a printed year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from intake.synth.reference import happens, table

ORDER_IN_FORCE = date(2023, 4, 1)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date and its writing.

    ``whole`` is complete with its year; ``day_month`` is what fills the blank
    beside the form's printed «2023»; ``day`` and ``month`` fill two blanks.
    """

    day_of: date
    whole: str
    day_month: str
    day: str
    month: str


def month_word(month: int, language: str, form: str) -> str:
    """Return a month's word (``nom``, ``poss3``, ``nomn``, ``gent``) of months_ky_ru.csv."""
    for row in table("months_ky_ru"):
        if (row["month"], row["lang"], row["form"]) == (str(month), language, form):
            return row["text"]
    raise KeyError((month, language, form))


def draw_notice_date(rng: Random) -> date:
    """Draw the date of a notice: from the order's first day on, mostly in 2023."""
    span = 240 if happens(rng, 0.9) else 900
    return ORDER_IN_FORCE + timedelta(days=rng.randint(0, span))


def draw_order_date(rng: Random) -> date:
    """Draw the date of an order that takes effect on 1 April 2023."""
    return date(2023, 2, 1) + timedelta(days=rng.randint(0, 58))


def write_date(rng: Random, day: date, language: str) -> WrittenDate:
    """Write a date in one of the language's patterns (date_patterns.csv)."""
    return _kyrgyz(rng, day) if language == "ky" else _russian(rng, day)


def _russian(rng: Random, day: date) -> WrittenDate:
    month = month_word(day.month, "ru", "gent")
    number = rng.choice((f"{day.day}", f"{day.day:02d}"))
    whole = rng.choice(
        (
            f"« {day.day:02d} » {month} {day.year} г.", f"«{day.day:02d}» {month} {day.year} г.",
            f"{number} {month} {day.year} года", f"{number} {month} {day.year} г.",
            f"{day:%d.%m.%Y}", f"{day:%d.%m.%Y} г.", f"{day:%d.%m.%Y}г.", f"{day:%d.%m.%y}",
        )
    )  # fmt: skip
    between = rng.choice((f"{number} {month}", f"«{number}» {month}", f"« {number} » {month}"))
    return WrittenDate(day, whole, between, number, month)


def _kyrgyz(rng: Random, day: date) -> WrittenDate:
    nominative, possessive = (month_word(day.month, "ky", form) for form in ("nom", "poss3"))
    number = rng.choice((f"{day.day}", f"{day.day:02d}"))
    whole = rng.choice(
        (
            f"{day.year}-жылдын {day.day}-{possessive}",
            f"{day.year}-жылдын {day.day}-{nominative}",
            f"{day.year}-жылдын «{day.day:02d}» {nominative}", f"{day:%d.%m.%Y}-жыл",
            f"{day.day}-{nominative} {day.year}-жыл", f"{day:%d.%m.%Y}", f"{day:%d.%m.%Y}-ж.",
            f"{day:%d.%m.%y}-ж.",
        )
    )  # fmt: skip
    between = rng.choice(
        (f"{number}-{nominative}", f"{number} {nominative}", f"«{number}» {nominative}")
    )
    return WrittenDate(day, whole, between, number, nominative)
