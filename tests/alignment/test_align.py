"""The alignment itself: cheapest ways, checked against a plain recursion."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.alignment.align import INSERT, JUNK_OUTSIDE, OMIT, align
from intake.alignment.chain import StepKind, chain_of_block
from intake.alignment.letters import (
    CONFUSABLE,
    PUNCTUATION,
    SUBSTITUTE,
    code_of,
    substitution_costs,
)
from intake.alignment.stream import stream_of
from intake.domain.template import Block, FieldKind, FieldRule, Gap, Maybe, Print
from tests.typed import typed_page

FIELDS = {
    "name": FieldRule("name", FieldKind.NAME),
    "okpo": FieldRule("okpo", FieldKind.OKPO, required=True),
}
WORDS = st.text("абвгдеңөү", min_size=1, max_size=12)


def block(*pieces: Print | Gap | Maybe) -> Block:
    return Block("body", pieces)


def taken(text: str, *pieces: Print | Gap | Maybe) -> dict[str, str]:
    chain = chain_of_block(block(*pieces), FIELDS)
    stream = stream_of([(1, typed_page(text))])
    owner = align(chain, stream).owner
    return {
        step.gap.field: "".join(stream.letters[i].letter.text for i in np.flatnonzero(owner == n))
        for n, step in enumerate(chain.steps)
        if step.kind is StepKind.GAP and step.gap
    }


@pytest.mark.parametrize(("one", "other", "cost"), [
    ("ө", "о", CONFUSABLE), ("ү", "y", CONFUSABLE), ("Н", "ң", CONFUSABLE), ("З", "3", CONFUSABLE),
    ("О", "0", CONFUSABLE), ("А", "A", CONFUSABLE), ("а", "А", 0.0), ("ѳ", "Ө", 0.0),
    ("б", "ю", SUBSTITUTE),
])  # fmt: skip
def test_confusions(one: str, other: str, cost: float) -> None:
    table = substitution_costs()
    assert table[code_of(one), code_of(other)] == table[code_of(other), code_of(one)] == cost


@given(WORDS, WORDS)
@settings(max_examples=150, deadline=None)
def test_cost_is_the_least_of_all_edits(printed: str, read: str) -> None:
    """Against a plain recursion over substitute, omit, insert, with free ends at junk cost."""
    chain = chain_of_block(block(Print(printed)), FIELDS)
    stream = stream_of([(1, typed_page(read))])
    table = substitution_costs()
    left, right = [code_of(c) for c in printed], [code_of(c) for c in read]
    insert = INSERT * (0.3 + 0.7 * 0.95)
    junk = JUNK_OUTSIDE * (0.4 + 0.6 * 0.95)

    @cache
    def least(i: int, j: int) -> float:
        ends = [junk * j] if i == 0 else []
        omit = [least(i - 1, j) + OMIT] if i else []
        swap = [least(i - 1, j - 1) + float(table[left[i - 1], right[j - 1]])] if i and j else []
        extra = [least(i, j - 1) + insert] if i and j else []
        return min(ends + omit + swap + extra)

    expected = min(least(len(left), j) + junk * (len(right) - j) for j in range(len(right) + 1))
    assert align(chain, stream).cost == pytest.approx(expected)


@given(st.text("абв 12«»(),", max_size=60))
@settings(max_examples=100, deadline=None)
def test_every_letter_has_one_owner(text: str) -> None:
    chain = chain_of_block(block(Print("аб"), Gap("name"), Maybe((Print("ва"),))), FIELDS)
    stream = stream_of([(1, typed_page(text))]) if text.strip() else stream_of([])
    found = align(chain, stream)
    assert len(found.owner) == len(stream)
    for number, letter in enumerate(found.taken.tolist()):
        if letter >= 0:
            assert found.owner[letter] == number
            assert not found.skipped[number]
    assert np.all(np.diff(np.where(found.owner < 0, -2 - found.owner, found.owner)) >= -1)


def test_a_gap_takes_the_value_and_leaves_the_form_s_comma() -> None:
    pieces = (Print("школа"), Gap("name"), Print(", ОКПО"), Gap("okpo"), Print("адрес"))
    assert taken("школа № 5 «Ак-Суу», ОКПО 24275760 адрес", *pieces) == {
        "name": "№5«Ак-Суу»,", "okpo": "24275760",
    }  # fmt: skip


def test_digits_go_to_the_identifier_though_its_label_is_worn() -> None:
    pieces = (Print("школа"), Gap("name"), Print(", ОКПО"), Gap("okpo"), Print("адрес"))
    assert taken("школа Ак-Суу 0зП0 24275760 адрес", *pieces)["okpo"] == "24275760"


def test_leaders_are_not_writing() -> None:
    pieces = (Print("школа"), Gap("name"), Print("адрес"))
    for leader in ("______", "......", "____.", "……"):
        assert taken(f"школа {leader} адрес", *pieces) == {"name": ""}


def test_punctuation_has_one_code() -> None:
    assert {code_of(sign) for sign in "«»(),.;:-–—_"} == {PUNCTUATION}
