"""Options that a letter says alone, the others left out by whoever typed it anew."""

from __future__ import annotations

import pytest

from intake.domain.ink import Mark, OptionInk
from intake.domain.notice import Flag
from intake.fields.choices import grade_alone
from tests.stages.completion.test_retyped import FOOT, HEAD, VALUES, read

ROWS = (
    f"Настоящим {VALUES['organization_name']} (ОКПО {VALUES['organization_okpo']}, ИНН "
    f"{VALUES['organization_inn']}), форма собственности –\nмуниципальная, "
    f"юридический/фактический адрес: {VALUES['address']},\n"
)


def choices(statement: str) -> tuple[str | None, str | None]:
    fields = read(HEAD + ROWS + statement + "\n" + FOOT).fields
    return fields["education_level"].value, fields["legal_entity"].value


@pytest.mark.parametrize(
    ("level", "entity", "said"),
    [
        ("школьного", "без образования юридического лица", ("school", "not_formed")),
        ("дошкольного", "с образованием юридического лица", ("preschool", "formed")),
        ("дошкальново", "без образования юридического лица", (None, "not_formed")),
    ],
)
def test_what_is_said_alone_is_chosen(
    level: str, entity: str, said: tuple[str | None, str | None]
) -> None:
    statement = (
        "уведомляет о том, что создан Ресурсный центр педагогического мастерства по вопросам\n"
        f"{level} образования {entity}."
    )
    assert choices(statement) == said


@pytest.mark.parametrize(
    "statement",
    [
        # both stand there, one misread
        "уведомляет о том, что создан Ресурсный центр педагогического мастерства по вопросам\n"
        "дошкольнаго или школьного образования с образоваиием юридического лица,\n"
        "без образования юридического лица.",
        # a mark is asked for
        "уведомляет о том, что создан Ресурсный центр педагогического мастерства по вопросам\n"
        "школьного образования (нужное подчеркнуть) без образования юридического лица\n"
        "(нужное подчеркнуть).",
    ],
)
def test_nothing_is_chosen_where_a_mark_may_be_wanting(statement: str) -> None:
    assert choices(statement) == (None, None)


def test_an_option_struck_out_is_asked_about_though_it_is_alone() -> None:
    struck = OptionInk("legal_entity", "formed", Mark.STRUCK, 0.99, sure=True)
    assert grade_alone([struck], "formed").flags == (Flag.AMBIGUOUS,)
    assert grade_alone([], "formed").flags == ()
