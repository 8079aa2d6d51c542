"""Check digits and inner structure of INN and OKPO of organisations.

No official text was found; the rule fits 16 of 17 published INNs and 12 of 13
published OKPOs and catches about 98 % of single wrong digits (Russian "Методика
расчета контрольного числа", weights 1..10 repeated, second row from 3). Passing
is strong evidence; failing is a flag, never a refusal.
"""

from __future__ import annotations

from datetime import date

INN_LENGTH = 14
OKPO_LENGTH = 8
FIRST_YEAR = 1991
"""Registrations under the independent republic; the oldest published INN says 1992."""


def check_digit(body: str) -> int:
    """Return the check digit that belongs after these digits."""
    first = _weighted(body, 1)
    if first < 10:
        return first
    second = _weighted(body, 3)
    return second if second < 10 else 0


def _weighted(body: str, start: int) -> int:
    return sum(int(d) * ((start - 1 + i) % 10 + 1) for i, d in enumerate(body)) % 11


def passes(digits: str) -> bool:
    """Tell whether the last digit is the check digit of the others."""
    return len(digits) > 1 and check_digit(digits[:-1]) == int(digits[-1])


def inn_date(inn: str) -> date | None:
    """Return the registration date within an INN of 14 digits, None where there is none."""
    try:
        return date(int(inn[5:9]), int(inn[3:5]), int(inn[1:3]))
    except ValueError:
        return None


def is_placeholder(digits: str) -> bool:
    """Tell whether this is a filler: one digit repeated, or a plain run up or down."""
    runs = ("01234567890123456789", "98765432109876543210")
    return len(set(digits)) == 1 or any(digits in run for run in runs)


def has_inn_structure(inn: str, today: date) -> bool:
    """Tell whether an INN starts with 0 and has a registration date from 1991 to today."""
    registered = inn_date(inn)
    if registered is None:
        return False
    return inn[0] == "0" and registered.year >= FIRST_YEAR and registered <= today
