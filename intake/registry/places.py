"""Regions and districts by code and by any of their names, from templates/reference."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from intake.registry.fold import folded

_REFERENCE = Path(__file__).parents[2] / "templates" / "reference"


@dataclass(frozen=True, slots=True)
class Region:
    """A region (ISO 3166-2 code) and its names."""

    code: str
    name_ky: str
    name_ru: str


@dataclass(frozen=True, slots=True)
class District:
    """A district or city (SOATE code), its region's code, its names, and other spellings."""

    code: str
    region: str
    name_ky: str
    name_ru: str
    others: str


@cache
def regions() -> dict[str, Region]:
    """Return all regions by code."""
    return {
        row["iso3166_2"]: Region(row["iso3166_2"], row["name_ky"], row["name_ru"])
        for row in _rows("regions.csv")
    }


@cache
def districts() -> dict[str, District]:
    """Return all districts and cities by code."""
    return {
        row["soate"]: District(
            row["soate"],
            row["region_iso"],
            row["name_ky"],
            row["name_ru"],
            f"{row['variants']} {row['former_names']}".replace("|", " "),
        )
        for row in _rows("districts.csv")
    }


def region_named(written: str) -> str:
    """Return the code of the region written so in either language, or an empty string."""
    return _region_names().get(_bare(written), "")


def district_named(written: str, region: str) -> str:
    """Return the code of the district written so, or an empty string where it is not certain.

    Some names stand in several regions; ``region`` (a code or empty) tells them apart.
    """
    found = _district_names().get(_bare(written), frozenset())
    if region:
        found = frozenset(code for code in found if districts()[code].region == region)
    return next(iter(found)) if len(found) == 1 else ""


_KINDS = ("район", "району", "районунун", "района", "область", "области", "облусу", "облусунун")
_TOWNS = ("город", "города", "шаары", "шаарынын", "г", "ш", "обл", "р")


def _bare(written: str) -> str:
    words = folded(written).split()
    kept = [word for word in words if word not in _KINDS and word not in _TOWNS]
    return " ".join(kept or words)


@cache
def _region_names() -> dict[str, str]:
    columns = ("name_ky_bare", "name_ky", "name_ru", "name_ru_gen", "form_slot_ky", "form_slot_ru")
    names: dict[str, str] = {}
    for row in _rows("regions.csv"):
        for name in _names(row, columns, "variants"):
            # «Ош» alone is the oblast in a form's blank for the oblast, not the city.
            if name not in names or row["kind"] == "oblast":
                names[name] = row["iso3166_2"]
    return names


@cache
def _district_names() -> dict[str, frozenset[str]]:
    columns = ("name_ky_bare", "name_ky", "name_ky_gen", "name_ru", "name_ru_gen_adj")
    names: dict[str, frozenset[str]] = {}
    for row in _rows("districts.csv"):
        for name in _names(row, columns, "variants") | _split(row["former_names"]):
            names[name] = names.get(name, frozenset()) | {row["soate"]}
    return names


def _names(row: dict[str, str], columns: tuple[str, ...], variants: str) -> set[str]:
    return {_bare(row[column]) for column in columns if row[column]} | _split(row[variants])


def _split(names: str) -> set[str]:
    return {_bare(name) for name in names.split("|") if name.strip()}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_REFERENCE / name).open(encoding="utf8", newline="") as lines:
        yield from csv.DictReader(lines)
