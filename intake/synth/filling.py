"""What somebody fills into one notice: a value and a text for every field of the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from intake.synth.dates import WrittenDate, draw_notice_date, draw_order_date, write_date
from intake.synth.identifiers import draw_inn, draw_okpo
from intake.synth.organisations import Organisation, draw_organisation
from intake.synth.people import Person, draw_person, write_name
from intake.synth.places import Place, draw_place, write_address
from intake.synth.reference import happens, table, weighted

FIELDS = (
    "order_number", "order_date", "department_district", "department_region", "ayil_district",
    "ayil_region", "organization_name", "organization_okpo", "organization_inn", "ownership",
    "address", "education_level", "legal_entity", "centre_inn", "centre_okpo", "director_name",
    "notice_date", "signature", "seal",
)  # fmt: skip
# Required fields that offices forget, and how often.
FORGOTTEN = {
    "organization_okpo": 0.04, "organization_inn": 0.02, "ownership": 0.02, "address": 0.01,
    "director_name": 0.02, "notice_date": 0.03,
}  # fmt: skip
# What a Russian keyboard makes of Kyrgyz letters (confusions.csv, kind typing).
PLAIN_LETTERS = str.maketrans("өүңӨҮҢ", "оунОУН")
ADDRESSEES = {"state": "ministry", "municipal": "both", "private": "department"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One field's truth: normal form or None, the writing, and ``read`` or ``blank``."""

    value: str | None = None
    text: str = ""
    state: str = "blank"


@dataclass(frozen=True, slots=True)
class Filling:
    """All that one notice says, in one language; ``violations`` are its breaches of the order.

    ``key`` tells it from the other notices of its file.
    """

    language: str
    entries: Mapping[str, Entry]
    dates: Mapping[str, WrittenDate]
    addressee: str
    key: str = "a"
    violations: tuple[str, ...] = ()

    def tag(self, kind: str, name: str) -> str:
        """Return the tag of this notice's ``field``, ``option`` or ``gap`` of a name."""
        return f"{self.key}/{kind}:{name}"

    def text(self, name: str) -> str:
        """Return what is written for a field, empty when blank."""
        return self.entries[name].text

    def without_kyrgyz_letters(self) -> Filling:
        """Return the filling as a keyboard without ө, ү, ң writes it; that is then the value."""
        entries = {
            name: Entry(_plain(e.text) if e.value == e.text else e.value, _plain(e.text), e.state)
            for name, e in self.entries.items()
        }
        return replace(self, entries=entries)

    def with_entry(self, name: str, entry: Entry) -> Filling:
        """Return a copy in which one field says something else."""
        return replace(self, entries={**self.entries, name: entry})


def _plain(text: str) -> str:
    return text.translate(PLAIN_LETTERS)


@dataclass(frozen=True)
class School:
    """Everything that stays the same in the Kyrgyz and the Russian notice of one school."""

    organisation: Organisation
    director: dict[str, Person]
    place: dict[str, Place]
    foreign_place: dict[str, Place]
    codes: dict[str, str]
    choices: dict[str, str | None]
    signed: dict[str, bool]
    violations: tuple[str, ...]
    absent: frozenset[str]
    days: dict[str, date]
    order_number: str
    house: str


def draw_school(rng: Random) -> School:
    """Draw a school and what it notifies."""
    organisation = draw_organisation(rng)
    chance = {"ownership against addressee": 0.02, "district outside region": 0.02}
    violations = tuple(name for name, odds in chance.items() if happens(rng, odds))
    codes = {"organization_inn": draw_inn(rng), "organization_okpo": draw_okpo(rng)}
    codes |= {"centre_inn": draw_inn(rng), "centre_okpo": draw_okpo(rng)}
    return School(
        organisation, draw_person(rng), draw_place(rng), draw_place(rng), codes,
        choices=_draw_choices(rng, organisation),
        signed={"signature": happens(rng, 0.93), "seal": happens(rng, 0.9)},
        violations=violations,
        absent=frozenset(name for name, odds in FORGOTTEN.items() if happens(rng, odds)),
        days=_draw_days(rng),
        order_number=rng.choice((f"{rng.randint(100, 999)}/1", f"{rng.randint(10, 999)}")),
        house=f"{rng.randint(1, 180)}" + rng.choice(("", "", "", "", "а", "/1", "-а")),
    )  # fmt: skip


def _draw_days(rng: Random) -> dict[str, date]:
    days = {"notice_date": draw_notice_date(rng)}
    if happens(rng, 0.5):
        days["order_date"] = draw_order_date(rng)
    return days


def _draw_choices(rng: Random, organisation: Organisation) -> dict[str, str | None]:
    other = "preschool" if organisation.level == "school" else "school"
    level = weighted(rng, {organisation.level: 80, "preschool,school": 9, other: 3, None: 8})
    legal = weighted(rng, {"not_formed": 74, "formed": 20, None: 6})
    return {"education_level": level, "legal_entity": legal}


def fill(rng: Random, school: School, language: str) -> Filling:
    """Fill the form in one language for a school."""
    entries = {name: Entry() for name in FIELDS}
    dates = _write_dates(rng, school, language)
    entries |= _addressed(rng, school, language)
    entries |= _described(rng, school, language)
    for name, written in dates.items():
        entries[name] = Entry(written.day_of.isoformat(), written.whole, "read")
    if "order_date" in dates:
        entries["order_number"] = Entry(school.order_number, school.order_number, "read")
    entries |= {name: Entry() for name in school.absent}
    return Filling(
        language,
        entries,
        dates,
        _addressee(school),
        violations=school.violations,
    )


def _write_dates(rng: Random, school: School, language: str) -> dict[str, WrittenDate]:
    return {
        name: write_date(rng, day, language)
        for name, day in school.days.items()
        if name not in school.absent
    }


def _addressee(school: School) -> str:
    addressee = ADDRESSEES[school.organisation.ownership]
    if "ownership against addressee" in school.violations:
        return "department" if addressee == "ministry" else "ministry"
    return addressee


def _addressed(rng: Random, school: School, language: str) -> dict[str, Entry]:
    addressee = _addressee(school)
    blocks = {"department": ("department",), "both": ("department", "ayil")}.get(addressee, ())
    place = school.place[language]
    strange = "district outside region" in school.violations
    region = school.foreign_place[language].region if strange else place.region
    if addressee == "both" and (place.is_city or happens(rng, 0.25)):
        blocks = rng.choice((("department",), ("ayil",))) if not place.is_city else ("department",)
    return {
        f"{block}_{part}": Entry(text, text, "read")
        for block in blocks
        for part, text in (("district", place.district), ("region", region))
    }


def _described(rng: Random, school: School, language: str) -> dict[str, Entry]:
    organisation = school.organisation
    texts = {
        "organization_name": organisation.names[language],
        "address": write_address(rng, school.place[language], school.house),
        "director_name": write_name(rng, school.director[language]),
        "organization_inn": school.codes["organization_inn"],
        "organization_okpo": school.codes["organization_okpo"],
    }
    if school.choices["legal_entity"] == "formed" and happens(rng, 0.85):
        texts |= {name: school.codes[name] for name in ("centre_inn", "centre_okpo")}
    entries = {name: Entry(text, text, "read") for name, text in texts.items()}
    term = write_ownership(rng, organisation.ownership, language)
    entries["ownership"] = Entry(organisation.ownership, term, "read")
    for name, choice in school.choices.items():
        entries[name] = Entry(choice, "", "read" if choice else "blank")
    for name, there in school.signed.items():
        entries[name] = Entry("present" if there else "absent", "", "read")
    return entries


def write_ownership(rng: Random, ownership: str, language: str) -> str:
    """Write a form of ownership with one of the terms of ownership_terms.csv."""
    slots: list[str] = []
    others: list[str] = []
    for row in table("ownership_terms"):
        if (row["ownership"], row["lang"]) == (ownership, language):
            words = [w for w in row["terms"].split("|") if "error" not in w]
            (slots if row["use"].startswith("form slot") else others).extend(words)
    term: str = rng.choice(slots if happens(rng, 0.8) else others or slots)
    return term.capitalize() if happens(rng, 0.15) else term
