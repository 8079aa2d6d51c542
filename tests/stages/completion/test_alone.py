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
    ("statement", "said"),
    [
        ("школьное образование, без образования юр. лица", ("school", "not_formed")),
        ("по дошкольному образованию с образованием юр. лица", ("preschool", "formed")),
        ("дошкольного и школьного образования", ("preschool,school", None)),
        ("дошкольного или школьного образования", (None, None)),
    ],
)
def test_options_are_said_in_other_words_too(
    statement: str, said: tuple[str | None, str | None]
) -> None:
    assert choices(f"создан Ресурсный центр педагогического мастерства: {statement}.") == said


def test_what_leads_up_to_an_option_is_no_part_of_another() -> None:
    statement = (
        "уведомляет о том, что создан Ресурсный центр педагогического мастерства по вопросам\n"
        "дошкольного и школьного образования с\n"
        "образованием юридического лица (ИНН 01702202410166, ОКПО 21202216).\n\n"
        "печать юридического лица"
    )
    assert choices(statement) == ("preschool,school", "formed")


def test_nothing_is_chosen_where_both_stand_and_one_is_misread() -> None:
    statement = (
        "уведомляет о том, что создан Ресурсный центр педагогического мастерства по вопросам\n"
        "дошкольнаго или школьного образования с образоваиием юридического лица,\n"
        "без образования юридического лица."
    )
    assert choices(statement) == (None, None)


@pytest.mark.parametrize(
    ("level", "entity", "is_asked"),
    [
        ("школьного образования", "без образования юридического лица", False),
        ("дөшко или школьного образования", "с өбраз без образования юридического лица", True),
        (
            "или школьного образования",
            "(указать ИНН, ОКПО), без образования юридического лица",
            True,
        ),
    ],
)
def test_an_option_left_alone_is_asked_about_where_another_may_stand_beside_it(
    level: str, entity: str, is_asked: bool
) -> None:
    statement = (
        "уведомляет о том, что создан Ресурсный центр педагогического мастерства по вопросам\n"
        f"{level} (нужное подчеркнуть) {entity}\n(нужное подчеркнуть)."
    )
    fields = read(HEAD + ROWS + statement + "\n" + FOOT).fields
    asked = (Flag.AMBIGUOUS,) if is_asked else ()
    assert (fields["education_level"].value, fields["education_level"].flags) == ("school", asked)
    assert (fields["legal_entity"].value, fields["legal_entity"].flags) == ("not_formed", asked)


def test_an_option_struck_out_is_asked_about_though_it_is_alone() -> None:
    struck = OptionInk("legal_entity", "formed", Mark.STRUCK, 0.99, sure=True)
    assert grade_alone([struck], ["formed"], is_asked=False).flags == (Flag.AMBIGUOUS,)
    assert grade_alone([], ["formed"], is_asked=False).flags == ()


def test_a_word_that_a_ring_joins_to_its_neighbours_is_no_lone_option() -> None:
    statement = (
        "уведомляет о том, что создан Ресурсный центр педагогического мастерства по вопросам\n"
        "дошкольного илиодшкольногоюобразования без образования юридического лица."
    )
    assert choices(statement) == (None, "not_formed")
