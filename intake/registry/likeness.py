"""Tells whether two records came from one paper: by where things stand, not only by the picture.

Fields stand where the printer put them, and the seal where a hand put it. Laid over each other,
two scans of one paper agree in both, also where one is a phone's picture; a reprint of the same
file agrees in the first alone, another paper of the same school in neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intake.registry.models import FieldValue

NEAR = 0.25
"""Share of differing bits up to which two pictures are taken for the same paper."""

_NEAR_ALONE = 0.2
"""The same where nothing but the pictures can be compared: two papers of a school came to 0.24."""

_SHIFT = 0.02
"""How far fields may stand from where they should, in page widths (4 mm): three of four do."""

_SEAL_SHIFT = 0.03
"""The same for the seal (6 mm); nobody puts it down twice so close but by chance."""

_GRAIN = 0.004
"""How far fields stand apart anyway: boxes are drawn around what was legible."""

_LEAST = 5
_HEIGHT = 297 / 210
_SPREAD = 0.05
_ROUNDS = 8
_PLACED_BY_HAND = ("signature", "seal", "choice")

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Side:
    """One record as it is compared: its values by name, their kinds, its fingerprint."""

    values: Mapping[str, FieldValue]
    kinds: Mapping[str, str]
    fingerprint: str
    first_page: int

    def places(self) -> dict[str, tuple[int, float, float]]:
        """Return page of the notice and middle of each printed or written value, by name."""
        return {
            name: place
            for name, value in self.values.items()
            if self.kinds.get(name) not in _PLACED_BY_HAND
            and (place := self._place(value)) is not None
        }

    def seal(self) -> tuple[int, float, float] | None:
        """Return page and middle of the seal, None where none was found."""
        seals = [v for name, v in self.values.items() if self.kinds.get(name) == "seal"]
        return self._place(seals[0]) if seals else None

    def dates(self) -> dict[str, str]:
        """Return the dates that nobody needs to look at, or that somebody wrote down."""
        return {
            name: value.value
            for name, value in self.values.items()
            if self.kinds.get(name) == "date"
            and value.value
            and (value.corrected or not value.flags)
        }

    def _place(self, value: FieldValue) -> tuple[int, float, float] | None:
        if value.box is None or value.page is None:
            return None
        left, top, right, bottom = value.box
        return value.page - self.first_page, (left + right) / 2, (top + bottom) / 2 * _HEIGHT


@dataclass(frozen=True, slots=True)
class Overlay:
    """One notice laid over another: how far fields and seal then stand apart, in page widths."""

    shift: float
    seal: float | None


def is_one_paper(one: Side, other: Side) -> bool:
    """Tell whether a person should be asked if both are the same paper."""
    overlay, picture = lay_over(one, other), distance(one.fingerprint, other.fingerprint)
    if overlay is None:
        return picture <= _NEAR_ALONE
    dates = _compared(one.dates(), other.dates())
    if overlay.shift > _SHIFT or False in dates:
        return False
    if overlay.seal is not None:
        return overlay.seal <= _SEAL_SHIFT
    return picture <= NEAR or True in dates


def distance(one: str, other: str) -> float:
    """Return the share of differing bits, 0 to 1; 1 where they cannot be compared."""
    if not one or len(one) != len(other):
        return 1.0
    return (int(one, 16) ^ int(other, 16)).bit_count() / (4 * len(one))


def lay_over(one: Side, other: Side) -> Overlay | None:
    """Lay one notice's first page over the other's; None where too little is on both."""
    mine, its = one.places(), other.places()
    names = [n for n in mine if n in its and mine[n][0] == its[n][0] == 0]
    here = np.array([mine[name][1:] for name in names], dtype=np.float64)
    there = np.array([its[name][1:] for name in names], dtype=np.float64)
    if len(names) < _LEAST or min(here.std(axis=0).max(), there.std(axis=0).max()) < _SPREAD:
        return None
    way = _fitted(here, there)
    shift = float(np.percentile(_apart(here, there, way), 75))
    seals = (one.seal(), other.seal())
    if seals[0] is None or seals[1] is None or seals[0][0] or seals[1][0]:
        return Overlay(shift, None)
    seal = _apart(np.array([seals[0][1:]]), np.array([seals[1][1:]]), way)
    return Overlay(shift, float(seal[0]))


def _fitted(here: Points, there: Points) -> Points:
    """Return the 3×2 affine map of the first points to the second; a few may be wrong."""
    weight = np.ones(len(here))
    known = np.column_stack((here, np.ones(len(here))))
    for _ in range(_ROUNDS):
        way = np.linalg.lstsq(known * weight[:, None], there * weight[:, None], rcond=None)[0]
        weight = np.maximum(_apart(here, there, way), _GRAIN) ** -0.5
    return np.asarray(way)


def _apart(here: Points, there: Points, way: Points) -> Points:
    moved = np.column_stack((here, np.ones(len(here)))) @ way
    return np.asarray(np.hypot(*(moved - there).T))


def _compared(one: Mapping[str, str], other: Mapping[str, str]) -> set[bool]:
    return {one[name] == other[name] for name in one if name in other}
