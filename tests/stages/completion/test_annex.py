"""The order that a notice is the annex of, in whatever order its words are printed."""

from __future__ import annotations

import pytest

from tests.stages.completion.test_addressed import KY_BODY, RU_PAPER
from tests.stages.completion.test_retyped import read


@pytest.mark.parametrize(
    "heading",
    [
        "2023-жылдын «28» март\nКР БИМ буйругунун\nТиркемеси\n№ 403/1",
        "Тиркемеси\nКР БИМ буйругунун\n№ 403/1\n28.03.2023",
        "КР БИМ буйругунун\nТиркемеси № 403/1\n2023-жылдын 28-марты",
    ],
)
def test_a_kyrgyz_heading_in_another_order(heading: str) -> None:
    fields = read(f"{heading}\n\n\n\n{KY_BODY}").fields
    assert (fields["order_number"].value, fields["order_date"].value) == ("403/1", "2023-03-28")
    assert not (fields["order_number"].flags or fields["order_date"].flags)


@pytest.mark.parametrize(
    "heading",
    [
        "Утверждено приказом МОН КР\nот 28.03.2023 г. № 403/1",
        "Приложение\nк приказу Министерства образования и науки\n№ 403/1 от 28.03.2023",
        "Приложение\nк приказу МОиН\n№ 403/1 от «28» марта\n2023 года",
    ],
)
def test_a_russian_heading_in_other_words(heading: str) -> None:
    fields = read(f"{heading}\n\n\n\n{RU_PAPER}").fields
    assert (fields["order_number"].value, fields["order_date"].value) == ("403/1", "2023-03-28")
    assert not (fields["order_number"].flags or fields["order_date"].flags)


def test_one_of_the_two_alone_is_asked_about() -> None:
    fields = read(f"Тиркемеси\nКР БИМ буйругунун\n№ 403/1\n\n\n\n{KY_BODY}").fields
    assert fields["order_number"].value == "403/1"
    assert fields["order_number"].flags


def test_a_number_whose_sign_stands_elsewhere_is_asked_about() -> None:
    torn = "2023-жылдын « 07 »\n144/4\nТП\nКР БИМ буйругунун\nТиркемеси\nфевраль №\nТ"
    fields = read(f"{torn}\n\n\n\n{KY_BODY}").fields
    assert fields["order_number"].value == "144/4"
    assert fields["order_number"].flags


def test_what_stands_farther_off_is_not_the_orders() -> None:
    right = 90 * " "
    head = f"Исх. № 17 от 28.03.2024\n\n\n\n\n{right}Приложение\n{right}к приказу МОН КР"
    fields = read(f"{head}\n\n\n\n{RU_PAPER}").fields
    assert fields["order_number"].value is None


@pytest.mark.parametrize(
    ("paper", "cited"),
    [
        (RU_PAPER, "В соответствии с приказом МОН КР № 403/1 от «28» марта 2023 года"),
        (KY_BODY, "КР БИМдин 2023-жылдын 28-мартындагы № 403/1 буйругуна ылайык"),
    ],
)
def test_an_order_that_the_letter_cites_is_asked_about(paper: str, cited: str) -> None:
    title = "ИЗВЕЩЕНИЕ" if "ИЗВЕЩЕНИЕ" in paper else "КАБАРЛОО"
    fields = read(paper.replace(title, f"{title}\n\n{cited}\n", 1)).fields
    assert (fields["order_number"].value, fields["order_date"].value) == ("403/1", "2023-03-28")
    assert fields["order_number"].flags
    assert fields["order_date"].flags
