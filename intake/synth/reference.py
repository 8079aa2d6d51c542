"""The reference tables under templates/reference, and chance that repeats."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeVar

Row = Mapping[str, str]
Item = TypeVar("Item")

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "reference"


@cache
def table(name: str) -> tuple[Row, ...]:
    """Return the rows of ``templates/reference/NAME.csv``; FileNotFoundError for no such table."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def weighted(rng: Random, odds: Mapping[Item, float]) -> Item:
    """Draw one key, each with its weight."""
    keys: Sequence[Item] = tuple(odds)
    return rng.choices(keys, weights=tuple(odds.values()))[0]


def happens(rng: Random, chance: float) -> bool:
    """Tell whether something of this chance (0..1) happens."""
    return rng.random() < chance
