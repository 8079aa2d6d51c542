"""Numbers whose digits stand in boxes of their own, as readers return them."""

from __future__ import annotations

import pytest

from intake.layout.digit_boxes import with_joined_digits, with_parted_numbers
from tests.typed import typed_page


@pytest.mark.parametrize(
    ("read", "joined"),
    [
        ("ИНН 0 0 3 0 2 2 0 1 7 1 0 0 3 0", "ИНН 00302201710030"),
        ("0 1 2 0 7 2 0 1 71[0[3/3/8", "01207201710338"),
        ("2 4 5/9 9[2/9[5", "24599295"),
        ("0 1 9 0 6 2 0 0 7 1 0 1 1 6       3 0[3/1[9|9[3 4", "01906200710116 30319934"),
        ("ОКПО 24275760, тел. 03 12 54 12", "ОКПО 24275760, тел. 03 12 54 12"),
        ("д. 1 / 2 3", "д. 1 / 2 3"),
        ("12 05 2024 6 5", "12 05 2024 6 5"),
    ],
)
def test_digits_in_boxes_are_one_number(read: str, joined: str) -> None:
    (line,) = with_joined_digits(typed_page(read).lines)
    assert line.text == joined


@pytest.mark.parametrize(("read", "parted"), [
    ("ИНН / ОКПО: 00802200810371/24232554", "ИНН / ОКПО: 00802200810371 24232554"),
    ("24232554|00802200810371,", "24232554 00802200810371,"),
    ("№ 12/24232554", "№ 12/24232554"),
])  # fmt: skip
def test_two_numbers_that_a_slash_joins_are_two_words(read: str, parted: str) -> None:
    (line,) = with_parted_numbers(typed_page(read).lines)
    assert line.text == parted
