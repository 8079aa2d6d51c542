"""Invented INN and OKPO numbers of organisations, with the check digits of their rule.

Rules: identifiers.md of the reference data (found from published numbers). Every
number begins with 0 as organisations' numbers do; none is a person's.
"""

from __future__ import annotations

from random import Random

from intake.synth.reference import happens

WRONG_CHECK_SHARE = 0.03


def check_digit(digits: str, second_start: int = 3) -> str:
    """Return the check digit of these digits: weights 1..10 repeated, then ``second_start``.."""
    for start in (1, second_start):
        weights = ((start - 1 + place) % 10 + 1 for place in range(len(digits)))
        rest = sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11
        if rest < 10:
            return str(rest)
    return "0"


def draw_inn(rng: Random) -> str:
    """Draw an organisation's INN: 0, date of registration, 10, running number, check digit."""
    date = f"{rng.randint(1, 28):02d}{rng.randint(1, 12):02d}{rng.randint(1993, 2022)}"
    body = f"0{date}10{rng.randint(1, 39):02d}"
    return body + _last(rng, body)


def draw_okpo(rng: Random) -> str:
    """Draw an OKPO code of eight digits in the ranges that occur."""
    body = rng.choice(("0121", "2", "2", "21", "22", "24", "27", "29", "30", "31"))
    while len(body) < 7:
        body += str(rng.randint(0, 9))
    return body + _last(rng, body)


def _last(rng: Random, body: str) -> str:
    right = check_digit(body)
    if happens(rng, WRONG_CHECK_SHARE):
        return str((int(right) + rng.randint(1, 9)) % 10)
    return right
