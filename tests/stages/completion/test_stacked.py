"""Lists whose labels stand above their values, in one column of the page or in two."""

from __future__ import annotations

from itertools import zip_longest

import pytest

from tests.stages.completion.test_retyped import FOOT, HEAD, VALUES, read

LABELS = {
    "organization_name": "Наименование полное",
    "organization_inn": "ИНН",
    "organization_okpo": "ОКПО",
    "ownership": "Собственность",
    "address": "Адрес",
}
OPENING = "Сообщаем о создании Ресурсного центра педагогического мастерства\n\n"
CENTRE = ("Направление", "Дошкольное образование", "Статус", "Без образования юридического лица")


def _stacked() -> list[str]:
    values = {**VALUES, "ownership": "Муниципальная"}
    return [line for name, label in LABELS.items() for line in (label, values[name])]


@pytest.mark.parametrize("columns", [1, 2])
def test_values_below_their_labels_are_theirs(columns: int) -> None:
    left, right = _stacked(), list(CENTRE)
    rows = (
        [*left, *right]
        if columns == 1
        else [f"{one:64}{other}".rstrip() for one, other in zip_longest(left, right, fillvalue="")]
    )
    fields = read(HEAD + OPENING + "\n".join(rows) + "\n\n" + FOOT).fields
    assert {name: fields[name].value for name in VALUES} == VALUES
    assert fields["education_level"].value == "preschool"
    assert fields["legal_entity"].value == "not_formed"


def test_labels_with_values_behind_them_are_no_such_list() -> None:
    labels = {name: f"{n}. {label}:" for n, (name, label) in enumerate(LABELS.items(), 1)}
    values = {**VALUES, "ownership": "муниципальная"}
    rows = [f"{labels[name]} {values[name]}" for name in labels]
    fields = read(HEAD + OPENING + "\n".join(rows) + "\n\n" + FOOT).fields
    assert {name: fields[name].value for name in VALUES} == VALUES
