"""Places of the country and the forms their names take in the blanks of a notice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from intake.fields.graded import distinct
from intake.fields.script import fold, tidy

Row = Mapping[str, str]

_GENERIC = re.compile(
    r"^(район\w*|р-н\w*|р-ну\w*|облус\w*|област\w*|обл|шаар\w*|ш|город\w*|гор|г|айыл|айылн\w+|"
    r"айылд\w+|окмот\w*|аймаг\w*|аймак\w*|а|о|мэри\w+|республикан\w+|маан\w+)$"
)
_CITY = re.compile(r"^(шаар\w*|ш|город\w*|гор|г|мэри\w+)$")
_DISTRICT = re.compile(r"^(район\w*|р-н\w*)$")


@dataclass(frozen=True, slots=True)
class Place:
    """One unit of the classifier: region, district, city or municipality.

    ``forms`` are the spellings without the words for the kind («Сокулукского»,
    «Сокулук»), old names included; ``parent`` is the soate code of the district
    a municipality lies in, empty elsewhere.
    """

    soate: str
    kind: str
    region_iso: str
    name_ky: str
    name_ru: str
    forms: tuple[str, ...]
    parent: str = ""


def bare_name(text: str) -> str:
    """Return the name without the words that say of what kind the place is."""
    kept = [word for word in _split(text) if not _GENERIC.match(_key(word))]
    return " ".join(kept).strip(" .,;:-")


def kind_said(text: str) -> str | None:
    """Return ``city`` or ``district`` where the text says which, None where it does not."""
    keys = [_key(word) for word in _split(text)]
    if any(map(_CITY.match, keys)):
        return "city"
    return "district" if any(map(_DISTRICT.match, keys)) else None


def _split(text: str) -> list[str]:
    return re.sub(r"(?<=\w)\.(?=\w)", ". ", tidy(text)).split()


def _key(word: str) -> str:
    return fold(word).strip(".,;:()_|")


def region_forms(row: Row) -> tuple[str, ...]:
    """Return the forms of an oblast or a city of republican significance."""
    slots = (row["name_ky_bare"], row["form_slot_ky"], row["form_slot_ru"])
    listed = (*slots, row["name_ru"], *row["variants"].split("|"))
    return _forms(listed, adjective=row["form_slot_ru"])


def district_forms(row: Row, kind: str) -> tuple[str, ...]:
    """Return the forms of a raion, a city district or a city."""
    former = re.split(r"[/;|]", row["former_names"])
    listed = (row["name_ky_bare"], row["name_ru"], *former, *row["variants"].split("|"))
    forms = _forms(listed, adjective=row["name_ru_gen_adj"])
    if kind == "city":
        forms = distinct([*forms, *(g for form in forms for g in _genitive(form))])
    return forms


def municipality_forms(row: Row) -> tuple[str, ...]:
    """Return the forms of an ayil aimak: Russian adjective, its stem, the new name."""
    core = row["name_ru_core"]
    stem = re.sub(r"(ский|кий|ый)$", "", core)
    return _forms((core, stem, row["renamed_to_ky_or_ru"]), adjective=core)


def _forms(listed: Iterable[str], adjective: str) -> tuple[str, ...]:
    names = [bare_name(re.sub(r"\(.*?\)", "", name)) for name in listed]
    adjectives = [name for name in [*names, adjective] if re.search(r"(ск|цк)\w{2,3}$", name)]
    inflected = [form for name in adjectives for form in _inflect(name)]
    return distinct(form for form in [*names, *inflected] if form)


def _inflect(adjective: str) -> Iterator[str]:
    stem = re.sub(r"(ий|ого|ому|им|ом|ая|ой|ую)$", "", adjective)
    for ending in ("ий", "ого", "ому", "им", "ом", "ая", "ой", "ую"):
        yield stem + ending


def _genitive(name: str) -> Iterator[str]:
    if re.search(r"[бвгджзклмнпрстфх]$", name):
        yield name + "а"
    elif re.search(r"[гкхжшчщ]а$", name):
        yield name[:-1] + "и"
    elif name.endswith("а"):
        yield name[:-1] + "ы"
