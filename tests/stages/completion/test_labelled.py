"""Numbers that a retyped form prints in the other order go by their labels."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, Placement, Spot
from intake.domain.text import Line, PageText, Word
from intake.forms import load_forms
from intake.options import TEMPLATES
from intake.stages.completion.numbers.labelled import with_labelled
from intake.stages.writing import text_of
from tests.stages.test_match import RU
from tests.typed import matched, typed_page


def crossed(labels: tuple[str, str]) -> tuple[Placement, PageText]:
    """Return a notice whose INN was laid over the blank of the OKPO and the other way round."""
    page = typed_page(f"{labels[0]} 00308200610153 {labels[1]} 24275760\n{RU}")
    (placement,) = matched([(1, page)], load_forms(TEMPLATES))
    words = {word.text: word for word in page.lines[0].words}

    def hole(field: str, text: str) -> tuple[Hole, ...]:
        word = words[text]
        letters = tuple(PlacedLetter(1, each, n == 0, False) for n, each in enumerate(word.letters))
        return (Hole(field, letters, (Spot(1, word.box),), 0.0),)

    holes = dict(placement.holes)
    holes["organization_okpo"] = hole("organization_okpo", "00308200610153")
    holes["organization_inn"] = hole("organization_inn", "24275760")
    return replace(placement, holes=holes), page


@pytest.mark.parametrize(
    ("labels", "inn", "okpo"),
    [
        (("ИНН", "ОКПО"), "00308200610153", "24275760"),
        (("ИНН:", "ОКПО:"), "00308200610153", "24275760"),
        (("ОКПО", "ИНН"), "24275760", "00308200610153"),  # the writer's mistake: told, not mended
        (("тел.", "факс"), "24275760", "00308200610153"),
    ],
)
def test_numbers_go_by_the_labels_right_before_them(
    labels: tuple[str, str], inn: str, okpo: str
) -> None:
    placement, page = crossed(labels)
    found = with_labelled(placement, {1: page})
    assert text_of(found.holes["organization_inn"][0]) == inn
    assert text_of(found.holes["organization_okpo"][0]) == okpo
    assert found.holes["organization_inn"][0].field == "organization_inn"


def test_a_label_may_stand_above_its_number() -> None:
    placement, page = crossed(("ИНН", "ОКПО"))
    first, *rest = page.lines
    labels = [word for word in first.words if word.text in ("ИНН", "ОКПО")]
    numbers = [word for word in first.words if word not in labels]
    raised = [_over(label, number) for label, number in zip(labels, numbers, strict=True)]
    lines = (Line(tuple(raised), raised[0].box), Line(tuple(numbers), first.box), *rest)
    found = with_labelled(placement, {1: replace(page, lines=lines)})
    assert text_of(found.holes["organization_inn"][0]) == "00308200610153"


def _over(label: Word, number: Word) -> Word:
    box = number.box
    height = box.height
    return replace(
        label, box=Box(box.left, box.top - 1.5 * height, box.right, box.top - height / 2)
    )
