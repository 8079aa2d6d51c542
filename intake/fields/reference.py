"""The facts that values are held against: places, months, names, words.

Read once from the CSV files under templates/reference (sources and licences in
the README there); the caller keeps the result.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from intake.errors import TemplateError
from intake.fields.place_forms import Place, district_forms, municipality_forms, region_forms
from intake.fields.script import squeeze
from intake.fields.words import Words, words_in

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """All reference facts.

    ``months`` maps the squeezed form of every month word to 1..12. ``regions``
    are the seven oblasts and two cities, ``districts`` raions, city districts
    and cities, ``municipalities`` the ayil aimaks. ``words`` knows the words of
    names, addresses and organisations. ``terms`` gives the words for each form
    of ownership.
    """

    months: Mapping[str, int]
    regions: tuple[Place, ...]
    districts: tuple[Place, ...]
    municipalities: tuple[Place, ...]
    words: Words
    terms: Mapping[str, tuple[str, ...]]


def load_reference(folder: Path) -> Reference:
    """Read the reference CSV files of this folder.

    Of two regions of one name («Ош») the one that the form's «облусунун» asks for comes first.
    Raises TemplateError naming file and line where one is missing or malformed.
    """
    regions = tuple(sorted(_regions(folder), key=lambda region: region.kind == "city"))
    districts = tuple(_districts(folder))
    municipalities = tuple(_municipalities(folder))
    return Reference(
        months=_months(folder),
        regions=regions,
        districts=districts,
        municipalities=municipalities,
        words=_words(folder, (*regions, *districts, *municipalities)),
        terms=_terms(folder),
    )


def _rows(path: Path, *columns: str) -> Iterator[Row]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            absent = set(columns) - set(reader.fieldnames or ())
            if absent:
                raise TemplateError(path.name, 1, f"column {min(absent)} is missing; restore it")
            for row in reader:
                if None in row or None in row.values():
                    cause = "wrong number of columns; quote the commas"
                    raise TemplateError(path.name, reader.line_num, cause)
                yield row
    except OSError as error:
        cause = f"cannot be read ({error.strerror}); restore the folder of references"
        raise TemplateError(str(path), 1, cause) from error


def _months(folder: Path) -> dict[str, int]:
    path = folder / "months_ky_ru.csv"
    # the traditional names are unverified, and media use them with other numbers
    return {
        squeeze(row["text"]): int(row["month"])
        for row in _rows(path, "month", "form", "text")
        if row["form"] != "traditional_name"
    }


def _regions(folder: Path) -> Iterator[Place]:
    path = folder / "regions.csv"
    for row in _rows(path, "soate", "iso3166_2", "kind", "name_ky_bare", "variants"):
        kind = "city" if row["kind"].startswith("city of") else "region"
        names = row["name_ky_bare"], row["form_slot_ru"]
        yield Place(row["soate"], kind, row["iso3166_2"], *names, region_forms(row))


def _districts(folder: Path) -> Iterator[Place]:
    for row in _rows(folder / "districts.csv", "soate", "region_iso", "kind", "name_ky_bare"):
        kind = "city" if row["kind"].startswith("city of") else "district"
        names = row["name_ky_bare"], row["name_ru"]
        yield Place(row["soate"], kind, row["region_iso"], *names, district_forms(row, kind))


def _municipalities(folder: Path) -> Iterator[Place]:
    path = folder / "ayil_aimaks.csv"
    for row in _rows(path, "soate", "district_soate", "region_iso", "name_ru_core"):
        names = row["renamed_to_ky_or_ru"], row["name_ru_core"]
        forms, parent = municipality_forms(row), row["district_soate"]
        yield Place(row["soate"], "municipality", row["region_iso"], *names, forms, parent)


def _terms(folder: Path) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in _rows(folder / "ownership_terms.csv", "ownership", "terms"):
        terms = tuple(term for term in row["terms"].split("|") if "(" not in term)
        found[row["ownership"]] = found.get(row["ownership"], ()) + terms
    found.pop("label", None)
    return found


def _words(folder: Path, places: Iterable[Place]) -> Words:
    common = {row["word"] for row in _rows(folder / "words.csv", "lang", "word")}
    for row in _rows(folder / "org_patterns.csv", "pattern", "example_or_note"):
        common.update(words_in(re.sub(r"\{.*?\}", " ", row["pattern"])))
    for row in _rows(folder / "legal_forms.csv", "form_ru", "abbr_ru", "form_ky", "abbr_ky"):
        for column in ("form_ru", "abbr_ru", "form_ky", "abbr_ky"):
            common.update(words_in(row[column]))
    for place in places:
        for form in place.forms:
            common.update(words_in(form))
    return Words(frozenset(common - {""}), _given(folder), _surnames(folder))


def _given(folder: Path) -> frozenset[str]:
    rows = _rows(folder / "given_names.csv", "name", "ru_spelling_variants_rule")
    return frozenset(
        name.casefold()
        for row in rows
        for name in (row["name"], *row["ru_spelling_variants_rule"].split("|"))
        if name
    )


def _surnames(folder: Path) -> frozenset[str]:
    found: set[str] = set()
    path = folder / "surnames.csv"
    for row in _rows(path, "surname_masc", "surname_fem", "ru_spelling_variants_rule"):
        variants = [name for name in row["ru_spelling_variants_rule"].split("|") if name]
        found.update(name.casefold() for name in (row["surname_masc"], *variants))
        found.update(name.casefold() + "а" for name in variants if name.endswith("в"))
        found.add(row["surname_fem"].casefold())
    return frozenset(found - {""})
