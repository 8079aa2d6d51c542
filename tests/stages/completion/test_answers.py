"""Answers beside a label in words that the form's own sentence does not lead to."""

from __future__ import annotations

import pytest

from tests.stages.completion.test_dated import BODY
from tests.stages.completion.test_retyped import HEAD, VALUES, read

SENTENCE = "форма собственности муниципальная\n(государственная, муниципальная, частная),\n"


@pytest.mark.parametrize(
    "said",
    [
        "организация частной формы собственности,\n",
        "вид собственности – частная,\n",
    ],
)
def test_ownership_beside_its_label(said: str) -> None:
    ownership = read(HEAD + BODY.replace(SENTENCE, said)).fields["ownership"]
    assert ownership.value == "private"


def test_the_forms_own_list_is_no_answer() -> None:
    listed = "форма собственности\n(государственная, муниципальная, частная),\n"
    ownership = read(HEAD + BODY.replace(SENTENCE, listed)).fields["ownership"]
    assert ownership.value is None


def test_an_answer_in_the_line_below_a_number_is_no_part_of_it() -> None:
    below = "муниципальная\n                     (форма собственности)\n"
    text = BODY.replace(f", {SENTENCE}", f"\n{below}").replace(
        "юридический/фактический адрес ", "")  # fmt: skip
    fields = read(HEAD + text).fields
    assert fields["ownership"].value == "municipal"
    assert fields["organization_inn"].value == VALUES["organization_inn"]
