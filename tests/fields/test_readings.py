"""Two readings of one place, word by word."""

from __future__ import annotations

import pytest

from intake.fields.readings import merge
from intake.fields.reference import Reference
from tests.fields.writing import own_first


@pytest.mark.parametrize(("own", "other", "text"), [
    ("Чаувай орто мектеби", "чаувай орто мектеби", "Чаувай орто мектеби"),
    ("г. Кара-Суу, 210", "г. кара-суу, 210", "г. Кара-Суу, 210"),
    ("г. кара-Суу, 210", "г. Кара-суу 210", "г. Кара-Суу, 210"),
    ("С. Лебединовка", "с. Лебединовка", "с. Лебединовка"),  # a village, which is no name
    ("Достук Көч. 5", "Достук көч. 5", "Достук көч. 5"),  # nor is an abbreviation
])  # fmt: skip
def test_a_name_begins_with_the_capital_that_either_reading_has(
    own: str, other: str, text: str, reference: Reference
) -> None:
    assert merge(own_first(own, other), reference.words).text == text


def test_no_value_asks_or_exclaims(reference: Reference) -> None:
    read = own_first("“Келечек” жеке менчик мектеби", "«Келечек?» жеке менчик мектеби")
    assert merge(read, reference.words).text == "«Келечек» жеке менчик мектеби"
