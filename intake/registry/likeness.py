"""Tells whether two records came from one paper: by where things stand, not only by the picture.

Fields stand where the printer put them, and the seal where a hand put it. Laid over each other,
two scans of one paper agree in both, also where one is a phone's picture; a reprint of the same
file agrees in the first alone, another paper of the same school in neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from intake.registry.models import FieldValue

NEAR = 0.25
"""Share of differing bits up to which two pictures are taken for the same paper."""

_NEAR_ALONE = 0.2
"""The same where nothing but the pictures can be compared: two papers of a school came to 0.24."""

_NEARBY = 0.008
"""How far a field may stand from where it should, in page widths (1.7 mm)."""

_SHARE, _SHARE_ALONE = 0.45, 0.6
"""Share of fields that must stand where they should: where the seal says the same, and where no
seal does. Boxes are drawn around what was legible, and some take in noise beside it."""

_SEAL_SHIFT = 0.025
"""The same for the seal (5 mm); nobody puts it down twice so close but by chance."""

_LEAST = 5
_HEIGHT = 297 / 210
_WIDE = 0.003
"""Twice the least triangle, in squared page widths, of three fields that tell how a page lies."""

_STRETCH = 1.25
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

    def dates(self, *, is_sure: bool) -> dict[str, str]:
        """Return the dates; with ``is_sure`` those that nobody need look at, or somebody wrote."""
        return {
            name: value.value
            for name, value in self.values.items()
            if self.kinds.get(name) == "date"
            and value.value
            and (value.corrected or not value.flags or not is_sure)
        }

    def _place(self, value: FieldValue) -> tuple[int, float, float] | None:
        if value.box is None or value.page is None:
            return None
        left, top, right, bottom = value.box
        return value.page - self.first_page, (left + right) / 2, (top + bottom) / 2 * _HEIGHT


@dataclass(frozen=True, slots=True)
class Overlay:
    """One notice laid over another: the share of fields that fall together, and how many those are.

    ``seal`` is how far the seals then stand apart, in page widths; None where one has none.
    """

    share: float
    count: int
    seal: float | None


def is_one_paper(one: Side, other: Side) -> bool:
    """Tell whether a person should be asked if both are the same paper."""
    overlay, picture = lay_over(one, other), distance(one.fingerprint, other.fingerprint)
    if overlay is None:
        return picture <= _NEAR_ALONE
    if overlay.count < _LEAST or _differ(one, other):
        return False
    if overlay.seal is not None:
        return overlay.share >= _SHARE and overlay.seal <= _SEAL_SHIFT
    return overlay.share >= _SHARE_ALONE and (picture <= NEAR or _agree(one, other))


def distance(one: str, other: str) -> float:
    """Return the share of differing bits, 0 to 1; 1 where they cannot be compared."""
    if not one or len(one) != len(other):
        return 1.0
    return (int(one, 16) ^ int(other, 16)).bit_count() / (4 * len(one))


def lay_over(one: Side, other: Side) -> Overlay | None:
    """Lay one notice's first page over the other's; None where too little is on both."""
    mine, its = one.places(), other.places()
    names = [n for n in mine if n in its and mine[n][0] == its[n][0] == 0]
    if len(names) < _LEAST:
        return None
    here = np.array([mine[name][1:] for name in names], dtype=np.float64)
    there = np.array([its[name][1:] for name in names], dtype=np.float64)
    way = _best_way(here, there)
    if way is None:
        return None
    together = _apart(here, there, way) <= _NEARBY
    seals = (one.seal(), other.seal())
    apart = None
    if seals[0] and seals[1] and seals[0][0] == seals[1][0] == 0:
        apart = float(_apart(np.array([seals[0][1:]]), np.array([seals[1][1:]]), way)[0])
    return Overlay(float(together.mean()), int(together.sum()), apart)


def _best_way(here: Points, there: Points) -> Points | None:
    """Return the 3×2 affine map that brings most of the points to their others.

    Every three fields propose one; None where no three lie wide enough apart.
    """
    threes = np.array(list(combinations(range(len(here)), 3)))
    known = np.column_stack((here, np.ones(len(here))))
    wide = np.abs(np.linalg.det(known[threes])) > _WIDE
    if not wide.any():
        return None
    ways = np.linalg.solve(known[threes][wide], there[threes][wide])
    ways = ways[_keeps_shape(ways)]
    if not len(ways):
        return _NOWHERE
    near = np.linalg.norm(known @ ways - there, axis=2) <= _NEARBY
    best = near[near.sum(axis=1).argmax()]
    solved = np.linalg.lstsq(known[best], there[best], rcond=None)
    return np.asarray(solved[0], dtype=np.float64)


_NOWHERE = np.full((3, 2), 9.0)
"""Brings no field to where it should be."""


def _keeps_shape(ways: Points) -> NDArray[np.bool_]:
    """Tell which maps turn and move a page, and hardly stretch it: paper does not grow."""
    sizes = np.linalg.svd(ways[:, :2, :], compute_uv=False)
    longest, shortest = sizes[:, 0], sizes[:, 1]
    kept: NDArray[np.bool_] = (shortest > 0.5) & (longest < _STRETCH * shortest) & (longest < 2)
    return kept


def _apart(here: Points, there: Points, way: Points) -> Points:
    moved = np.column_stack((here, np.ones(len(here)))) @ way
    return np.asarray(np.hypot(*(moved - there).T))


def _differ(one: Side, other: Side) -> bool:
    """Tell whether a date is surely another one."""
    mine, its = one.dates(is_sure=True), other.dates(is_sure=True)
    return any(mine[name] != its[name] for name in mine if name in its)


def _agree(one: Side, other: Side) -> bool:
    """Tell whether a date is the same: what was misread is hardly misread the same twice."""
    mine, its = one.dates(is_sure=False), other.dates(is_sure=False)
    return any(mine[name] == its[name] for name in mine if name in its)
