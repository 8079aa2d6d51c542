"""What is filled in: as in life, within the rules, and never anybody's own number."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.synth.dates import write_date
from intake.synth.filling import FIELDS, FORGOTTEN, draw_school, fill
from intake.synth.identifiers import check_digit, draw_inn, draw_okpo
from intake.synth.people import draw_person, patronymic, write_name
from intake.synth.reference import table
from intake.synth.wording import WORDING, parse

ORDER_TEXT = Path(__file__).resolve().parents[3] / "shared" / "official-order.txt"
SEEDS = st.integers(0, 2**32)


@pytest.mark.parametrize(
    "number",
    ["03003199410053", "00308200610153", "02012201010017", "01211791", "24275760", "32200485"],
)
def test_check_digits_of_published_numbers(number: str) -> None:
    assert check_digit(number[:-1]) == number[-1]


@given(SEEDS)
def test_an_inn_is_an_organisations(seed: int) -> None:
    inn = draw_inn(Random(seed))
    assert len(inn) == 14
    assert inn[0] == "0"
    assert inn[9:11] == "10"
    date(int(inn[5:9]), int(inn[3:5]), int(inn[1:3]))


def test_most_numbers_pass_their_check_and_some_do_not() -> None:
    rng = Random(1)
    numbers = [draw(rng) for draw in (draw_inn, draw_okpo) for _ in range(500)]
    passed = sum(check_digit(number[:-1]) == number[-1] for number in numbers)
    assert 0.94 < passed / len(numbers) < 0.995
    assert {len(number) for number in numbers} == {14, 8}


@given(SEEDS)
def test_a_filling_knows_every_field(seed: int) -> None:
    rng = Random(seed)
    school = draw_school(rng)
    for language in ("ky", "ru"):
        filling = fill(rng, school, language)
        assert set(filling.entries) == set(FIELDS)
        for name, entry in filling.entries.items():
            assert (entry.value is None) == (entry.state == "blank"), name


@given(SEEDS)
def test_only_what_offices_forget_is_forgotten(seed: int) -> None:
    rng = Random(seed)
    filling = fill(rng, draw_school(rng), "ru")
    required = {"organization_name", "signature", "seal"} | set(FORGOTTEN)
    blank = {name for name in required if filling.entries[name].state == "blank"}
    assert blank <= set(FORGOTTEN)


@given(SEEDS)
def test_the_two_notices_of_a_school_agree(seed: int) -> None:
    rng = Random(seed)
    school = draw_school(rng)
    ky, ru = (fill(rng, school, language).entries for language in ("ky", "ru"))
    for name in ("organization_inn", "organization_okpo", "ownership", "notice_date", "order_date",
                 "education_level", "legal_entity", "signature", "seal"):  # fmt: skip
        assert ky[name].value == ru[name].value


@given(SEEDS)
def test_a_district_lies_in_its_region_unless_recorded(seed: int) -> None:
    rng = Random(seed)
    filling = fill(rng, draw_school(rng), "ky")
    district, region = (filling.text(f"department_{part}") for part in ("district", "region"))
    if not district or "district outside region" in filling.violations:
        return
    regions = {row["iso3166_2"]: row["form_slot_ky"] for row in table("regions")}
    homes = {
        regions[row["region_iso"]] for row in table("districts") if row["name_ky_bare"] == district
    }
    assert region in homes


@given(SEEDS, st.dates(date(2023, 4, 1), date(2025, 12, 31)), st.sampled_from(["ky", "ru"]))
def test_a_written_date_says_its_day_and_year(seed: int, day: date, language: str) -> None:
    written = write_date(Random(seed), day, language)
    assert str(day.day) in written.whole
    assert f"{day:%y}" in written.whole
    assert str(day.day) in written.day_month


@pytest.mark.parametrize(
    ("father", "son", "daughter"),
    [
        ("Асан", "Асанович", "Асановна"),
        ("Токтобай", "Токтобаевич", "Токтобаевна"),
        ("Эргеш", "Эргешевич", "Эргешевна"),
        ("Виталий", "Витальевич", "Витальевна"),
        ("Игорь", "Игорович", "Игоровна"),
    ],
)
def test_patronymics(father: str, son: str, daughter: str) -> None:
    assert patronymic(father, is_woman=False) == son
    assert patronymic(father, is_woman=True) == daughter


@given(SEEDS)
def test_a_name_is_written_with_its_surname_or_as_kin(seed: int) -> None:
    rng = Random(seed)
    person = draw_person(rng)["ky"]
    name = write_name(rng, person)
    assert person.surname.casefold() in name.casefold() or " уулу " in name or " кызы " in name


@pytest.mark.skipif(not ORDER_TEXT.exists(), reason="the order's text lies beside the repository")
@pytest.mark.parametrize("language", ["ky", "ru"])
def test_the_wording_is_the_orders_own(language: str) -> None:
    official = " ".join(ORDER_TEXT.read_text(encoding="utf-8").replace("*", "").split())
    for lines in WORDING[language].values():
        for markup in lines:
            for piece in parse(markup):
                for word in piece.words.strip(" ,.").split():
                    assert word in official
