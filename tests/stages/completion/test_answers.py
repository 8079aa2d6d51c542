"""Answers beside a label in words that the form's own sentence does not lead to."""

from __future__ import annotations

import pytest

from tests.stages.completion.test_dated import BODY
from tests.stages.completion.test_retyped import HEAD, read

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
