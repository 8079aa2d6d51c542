"""Values that were cut short get the rest of their last word, names the father's below them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.placement import Placement
from intake.forms import load_forms
from intake.options import TEMPLATES
from intake.stages.match import match
from intake.stages.rest import with_rest
from tests.stages.test_match import RU
from tests.typed import typed_page, written


def placed(text: str) -> Placement:
    (placement,) = match([(1, typed_page(text))], load_forms(TEMPLATES))
    return placement


def test_a_value_ends_where_its_last_word_does() -> None:
    placement = placed(RU)
    (hole, *others) = placement.holes["address"]
    short = replace(hole, letters=hole.letters[:-1])
    cut = replace(placement, holes={**placement.holes, "address": (short, *others)})
    assert written(cut, "address").endswith("Ленина 1")
    whole = with_rest(cut, {1: typed_page(RU)})
    assert written(whole, "address").endswith("Ленина 15")


@pytest.mark.parametrize(
    ("below", "name"),
    [
        ("Асанович____", "Асанов Асан Асанович"),
        ("Сокулукского", "Асанов Асан"),  # no father's name
    ],
)
def test_a_fathers_name_begins_the_next_line(below: str, name: str) -> None:
    page = typed_page(RU.replace("Асанов Асан Асанович", f"Асанов Асан\n{below}"))
    (placement,) = match([(1, page)], load_forms(TEMPLATES))
    found = written(with_rest(placement, {1: page}), "director_name")
    assert found.replace(" | ", " ").rstrip("_").startswith(name)
    assert ("Асанович" in found) == ("Асанович" in name)
