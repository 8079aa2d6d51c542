"""What was read in a person's blank beside the name, or instead of it."""

from __future__ import annotations

import pytest

from tests.stages.completion.test_dated import BODY
from tests.stages.completion.test_retyped import HEAD, read

NAME = "Асанов Асан Асанович"


@pytest.mark.parametrize("stamp", ["ОТДЕЛ ОБРАЗОВАНИЯ", "ПОЛУЧЕНО ШКОЛОЙ", "уведомляем всех"])
def test_a_stamp_or_a_sentence_is_no_name(stamp: str) -> None:
    director = read(HEAD + BODY.replace(NAME, stamp)).fields["director_name"]
    assert director.value is None or director.flags


def test_a_name_in_capitals_counts_more_than_a_word_beside_the_label() -> None:
    text = BODY.replace(f"_______ {NAME}", "школы").replace(
        "(подпись, печать)", f"(подпись, печать)\nФИО {NAME.upper()}"
    )
    assert read(HEAD + text).fields["director_name"].value == NAME.upper()


@pytest.mark.parametrize(("foot", "name"), [
    ("Ж. Белекова ______________ М.П.", "Ж. Белекова"),
    ("Белекова М.П.", "Белекова М.П."),
])  # fmt: skip
def test_the_place_of_the_seal_behind_a_rule_is_no_initials(foot: str, name: str) -> None:
    text = BODY.replace(f"_______ {NAME}", foot)
    assert read(HEAD + text).fields["director_name"].value == name
