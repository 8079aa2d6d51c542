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


def test_nothing_is_chosen_where_both_stand_and_one_is_misread() -> None:
    statement = (
        "уведомляет о том, что создан Ресурсный центр педагогического мастерства по вопросам\n"
        "дошкольнаго или школьного образования с образоваиием юридического лица,\n"
        "без образования юридического лица."
    )
    assert choices(statement) == (None, None)


def test_an_option_left_alone_is_asked_about_where_the_paper_asks_for_a_mark() -> None:
    statement = (
        "уведомляет о том, что создан Ресурсный центр педагогического мастерства по вопросам\n"
        "школьного образования (нужное подчеркнуть) без образования юридического лица\n"
        "(нужное подчеркнуть)."
    )
    fields = read(HEAD + ROWS + statement + "\n" + FOOT).fields
    level, entity = fields["education_level"], fields["legal_entity"]
    assert (level.value, entity.value) == ("school", "not_formed")
    assert (level.flags, entity.flags) == ((Flag.AMBIGUOUS,), (Flag.AMBIGUOUS,))


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
