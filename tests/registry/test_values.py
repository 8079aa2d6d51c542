from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.errors import Refused
from intake.registry.values import normal_form

FIELDS = ("director_name", "organization_inn", "organization_okpo", "notice_date", "address")


@given(st.sampled_from(FIELDS), st.text(max_size=40))
def test_a_normal_form_is_its_own_and_has_no_digit_more(field: str, text: str) -> None:
    try:
        once = normal_form(field, text)
    except Refused as error:
        assert "; " in str(error)
        return
    assert normal_form(field, once) == once
    if field != "notice_date":  # 7.4.2023 is 2023-04-07
        assert sum(map(str.isdigit, once or "")) <= sum(map(str.isdigit, text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Асанов\u00a0 А.\n", "Асанов А."),
        ("Аса\u00adнов\u200b", "Асанов"),  # copied from a screen: soft hyphen, no width
        ("\ufeffАсанов\u202e", "Асанов"),
        ("И\u0306са", "Йса"),
        ("\u200b", None),
    ],
)
def test_what_nobody_sees_is_no_part_of_a_value(text: str, value: str | None) -> None:
    assert normal_form("director_name", text) == value
