"""Damage as measured: what Tesseract's models make of each sign (reference/confusions.csv)."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from intake.fields.check_digits import check_digit
from intake.fields.place_forms import Place
from intake.fields.reference import Reference
from tests.fields.writing import REFERENCE_FOLDER

Rates = Mapping[str, list[tuple[str, float]]]

RU_MONTHS = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа",
             "сентября", "октября", "ноября", "декабря"]  # fmt: skip
KY_MONTHS = ["январы", "февралы", "марты", "апрели", "майы", "июну", "июлу", "августу",
             "сентябры", "октябры", "ноябры", "декабры"]  # fmt: skip


@lru_cache
def measured(text: str, model: str) -> Rates:
    """Return, per sign, what the model reads instead and how often, on text of this language."""
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    with (REFERENCE_FOLDER / "confusions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["kind"] == "ocr_measured" and row["context"] == f"text={text}; model={model}":
                seen = "" if row["seen_as"] == "(lost)" else row["seen_as"]
                found[row["true"]].append((seen, float(row["rate"])))
    return found


@dataclass(frozen=True)
class Reader:
    """A simulated model: the measured rates, ``worse`` times as often."""

    rates: Rates
    worse: float
    rng: random.Random

    def read(self, text: str) -> str:
        return "".join(self._sign(sign) for sign in text)

    def _sign(self, sign: str) -> str:
        chance = self.rng.random()
        for seen, rate in self.rates.get(sign, []):
            chance -= rate * self.worse
            if chance < 0:
                return seen
        return sign


@dataclass(frozen=True)
class Writer:
    """Writes true values of every kind."""

    reference: Reference
    rng: random.Random

    def inn(self) -> str:
        day = date(1992, 1, 1) + timedelta(self.rng.randrange(11500))
        body = f"0{day:%d%m%Y}10{self.rng.randrange(1, 60):02}"
        return self._ended(body)

    def okpo(self) -> str:
        return self._ended(f"{self.rng.randrange(2_100_000, 3_400_000):07}")

    def _ended(self, body: str) -> str:
        last = check_digit(body)
        if self.rng.random() < 0.07:  # so many published numbers do not fit the rule
            last = self.rng.choice([d for d in range(10) if d != last])
        return body + str(last)

    def day(self, language: str) -> tuple[str, str]:
        day = date(2023, 4, 1) + timedelta(self.rng.randrange(780))
        russian = [
            f"«{day.day:02}» {RU_MONTHS[day.month - 1]} {day.year} г.", f"{day:%d.%m.%Y}",
            f"{day.day} {RU_MONTHS[day.month - 1]} {day.year}", f"{day:%d.%m.%y} г.",
        ]  # fmt: skip
        kyrgyz = [
            f"{day.year}-жылдын {day.day}-{KY_MONTHS[day.month - 1]}", f"{day:%d.%m.%Y}-ж.",
            f"{day.day}-{KY_MONTHS[day.month - 1]} {day.year}-жыл", f"{day:%d.%m.%Y}",
        ]  # fmt: skip
        return self.rng.choice(russian if language == "ru" else kyrgyz), day.isoformat()

    def place(self, places: tuple[Place, ...], language: str) -> str:
        place = self.rng.choice(places)
        russian = [form for form in place.forms if form.endswith(("ого", "ой"))]
        return self.rng.choice(russian) if language == "ru" and russian else place.name_ky

    def ownership(self, language: str) -> tuple[str, str]:
        terms = {
            "ky": {"state": "мамлекеттик", "municipal": "муниципалдык", "private": "жеке менчик"},
            "ru": {"state": "государственная", "municipal": "муниципальная", "private": "частная"},
        }[language]
        code = self.rng.choice(sorted(terms))
        return terms[code], code

    def organisation(self, language: str) -> str:
        number, name = self.rng.randrange(1, 99), self.surname()
        if language == "ky":
            patterns = [
                f"№ {number} орто мектеби",
                f"{name} атындагы № {number} жалпы билим берүү мектеби",
                f"«Мурас» № {number} бала бакчасы",
                f"{name} атындагы мектеп-гимназия",
                f"«Ленин районунун № {number} мектепке чейинки билим берүү уюму» мекемеси",
            ]  # fmt: skip
        else:
            patterns = [
                f"СОШ № {number} им. {name}а", f"Учреждение «Детский сад № {number}»",
                f"Средняя общеобразовательная школа № {number}", f"Школа-гимназия № {number}",
            ]  # fmt: skip
        return self.rng.choice(patterns)

    def address(self, language: str) -> str:
        place, house = self.rng.choice(self.reference.districts), self.rng.randrange(1, 200)
        if language == "ky":
            return f"{place.name_ky} району, {self.surname()} көчөсү, {house}"
        return f"г. Бишкек, ул. {self.surname()}а, {house}"

    def person(self) -> str:
        given = self.rng.choice(self._given)
        father = self.rng.choice(["Асан", "Токтогул", "Бакыт", "Улан", "Нурбек"])
        last = self.rng.choice([f"{father}ович", f"{given[0].upper()}."])
        return f"{self.surname()} {given.title()} {last}" if last[1:] != "." else (
            f"{given[0].upper()}.{father[0]}. {self.surname()}")  # fmt: skip

    def surname(self) -> str:
        return self.rng.choice(self._surnames).capitalize()

    @cached_property
    def _given(self) -> list[str]:
        return sorted(self.reference.words.given)

    @cached_property
    def _surnames(self) -> list[str]:
        return sorted(n for n in self.reference.words.surnames if n.endswith("в"))
