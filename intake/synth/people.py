"""Invented directors: names composed of separate words, in both languages, in many forms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from intake.synth.reference import Row, happens, table, weighted

NAME_FORMS = {
    "surname given patronymic": 30.0,
    "surname initials": 22.0,
    "initials surname": 16.0,
    "spaced initials surname": 8.0,
    "surname given": 10.0,
    "kinship": 8.0,
    "capitals": 6.0,
}


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person's words in one language, already in the right gender."""

    surname: str
    given: str
    patronymic: str
    father: str
    is_woman: bool


@cache
def _names(sex: str, group: str) -> tuple[Row, ...]:
    rows = table("given_names")
    return tuple(
        r for r in rows if (r["sex"], r["group"]) == (sex, group) and r["status"] == "sourced"
    )


def draw_person(rng: Random) -> dict[str, Person]:
    """Draw one person, as written in Kyrgyz (``ky``) and in Russian (``ru``)."""
    is_woman = happens(rng, 0.65)
    group = "slavic" if happens(rng, 0.08) else "kyrgyz_turkic"
    given = rng.choice(_names("f" if is_woman else "m", group))
    father = rng.choice(_names("m", group))
    surname = rng.choice([r for r in table("surnames") if r["group"] == group] or table("surnames"))
    return {
        language: _person(language, given, father, surname, is_woman=is_woman)
        for language in ("ky", "ru")
    }


def _person(language: str, given: Row, father: Row, surname: Row, *, is_woman: bool) -> Person:
    last = _spelled(surname, "surname_masc", language)
    parent = _spelled(father, "name", language)
    return Person(
        surname=feminine(last) if is_woman else last,
        given=_spelled(given, "name", language),
        patronymic=patronymic(parent, is_woman=is_woman),
        father=parent,
        is_woman=is_woman,
    )


def _spelled(row: Row, column: str, language: str) -> str:
    variants = row["ru_spelling_variants_rule"]
    if language == "ru" and row["has_ky_letters"] == "yes" and variants:
        return variants.split("|")[0]
    return row[column]


def feminine(surname: str) -> str:
    """Return a woman's form of a surname."""
    if surname.endswith(("ий", "ый")):
        return surname[:-2] + "ая"
    return surname + "а" if surname.endswith(("ов", "ев", "ёв", "ин", "ын")) else surname


def patronymic(father: str, *, is_woman: bool) -> str:
    """Return the patronymic of a father's given name (rules of patronymic_patterns.csv)."""
    if father.endswith("ий"):
        stem, soft = father[:-2] + "ь", True
    elif father.endswith("й"):
        stem, soft = father[:-1], True
    elif father.endswith(("ш", "ж", "ч", "щ", "ы", "и", "а", "о", "у", "е", "э", "ү", "ө")):
        stem, soft = father, True
    else:
        stem, soft = father.rstrip("ь"), False
    ending = ("евна" if soft else "овна") if is_woman else ("евич" if soft else "ович")
    return stem + ending


def initial(name: str) -> str:
    """Return a name's initial; the two letters of Дж. stay together."""
    return name[:2] + "." if name.startswith("Дж") else name[0] + "."


def write_name(rng: Random, person: Person) -> str:
    """Write a person's name in one of the forms that offices use."""
    form = weighted(rng, NAME_FORMS)
    initials = initial(person.given) + initial(person.patronymic)
    kin = "кызы" if person.is_woman else "уулу"
    written = {
        "surname given patronymic": f"{person.surname} {person.given} {person.patronymic}",
        "surname initials": f"{person.surname} {initials}",
        "initials surname": f"{initials} {person.surname}",
        "spaced initials surname": (
            f"{initial(person.given)} {initial(person.patronymic)} {person.surname}"
        ),
        "surname given": f"{person.surname} {person.given}",
        "kinship": f"{person.father} {kin} {person.given}",
        "capitals": f"{person.surname.upper()} {person.given} {person.patronymic}",
    }
    return written[form]
