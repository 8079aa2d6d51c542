from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.registry.fold import folded
from intake.registry.places import district_named, districts, region_named, regions

LETTERS = st.text(
    alphabet="абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюяABCEHKMOPTXYabc0123456789 -«»№.", max_size=40
)


@given(LETTERS)
def test_folding_is_idempotent_and_keeps_every_digit_of_plain_words(text: str) -> None:
    once = folded(text)
    assert folded(once) == once
    if "." not in text and "-" not in text:
        assert [c for c in once if c.isdigit()] == [c for c in text if c.isdigit()]


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("Өзгөн", "озгон"),
        ("ҮСӨНОВА", "усонова"),
        ("Тоң району", "тон району"),
        ("Жаңыл", "Жаныл"),
        ("Артём", "артем"),
        ("№5 мeктеп", "5 мектеп"),
        ("12.05.2023", "2023-05-12"),
        ("«Ак-Суу»", "ак суу"),
        ("Байыш", "баиыш"),
    ],
)
def test_spellings_that_must_meet(written: str, searched: str) -> None:
    assert folded(written) == folded(searched)


def test_every_region_is_known_by_both_its_names() -> None:
    for code, region in regions().items():
        if code != "KG-GO":  # «Ош» is the oblast where an oblast is asked for
            assert region_named(region.name_ky) == region_named(region.name_ru) == code


def test_every_district_is_known_by_both_its_names_within_its_region() -> None:
    for code, district in districts().items():
        for name in (district.name_ky, district.name_ru):
            assert district_named(name, district.region) in {code, ""}
    named = [c for c, d in districts().items() if district_named(d.name_ru, d.region) == c]
    assert len(named) >= 0.8 * len(districts())


def test_an_unknown_place_is_not_guessed() -> None:
    assert region_named("Атлантида") == ""
    assert district_named("Атлантида", "KG-O") == ""
