"""Where a choice's options stand, on papers typed anew."""

from __future__ import annotations

import pytest

from intake.domain.placement import Placement
from intake.stages.complete import complete
from tests.stages.completion.test_alone import ROWS
from tests.stages.completion.test_retyped import FOOT, FORMS, HEAD, REFERENCE, VALUES
from tests.typed import matched, typed_page


def placed(statement: str) -> Placement:
    """Return the completed placement of a letter with a statement."""
    page = typed_page(HEAD + ROWS + statement + "\n" + FOOT)
    ((placement),) = matched([(1, page)], FORMS)
    return complete(placement, {1: page}, REFERENCE, {})


@pytest.mark.parametrize(
    "struck", ["с образованием юридического лица", "с образованисм юрилическаго лииа"]
)
def test_options_the_other_way_round_stand_at_their_own_words(struck: str) -> None:
    statement = (
        "уведомляет о том, что создан Ресурсный центр педагогического мастерства по вопросам\n"
        "дошкольного или школьного образования (нужное подчеркнуть) без образования\n"
        f"юридического лица, {struck} (указать ИНН, ОКПО)\n(нужное подчеркнуть)."
    )
    options = [each for each in placed(statement).options if each.field == "legal_entity"]
    tops = {each.option: each.words[0].box for each in options}
    assert set(tops) == {"formed", "not_formed"}
    first, second = tops["not_formed"], tops["formed"]
    assert (first.top, first.left) < (second.top, second.left)


def test_a_word_that_says_one_option_is_not_taken_for_both() -> None:
    """«школьного» stands within «дошкольного»; the notice says nothing of a school."""
    statement = (
        "уведомляет о том, что создан Ресурсный центр педагогического мастерства по\n"
        "вопросам дошкольного образования (нужное подчеркнуть) без образования\n"
        "юридического лица (нужное подчеркнуть)."
    )
    (option,) = (each for each in placed(statement).options if each.field == "education_level")
    assert option.option == "preschool"
    assert option.is_found


def test_an_option_does_not_go_on_in_the_next_rows_cell() -> None:
    """«школьное», and below it «с образованием …», which «школьного образования» is like."""
    rows = f"""Уведомляем о создании Ресурсного центра педагогического мастерства:

Организация                      {VALUES["organization_name"]}
ИНН                              {VALUES["organization_inn"]}
ОКПО                             {VALUES["organization_okpo"]}
Адрес                            {VALUES["address"]}
Вопросы какого образования       дошкольное / школьное
Статус Ресурсного центра         с образованием юридического лица
Вид собственности                муниципальная
"""
    page = typed_page(HEAD + rows + FOOT)
    ((placement),) = matched([(1, page)], FORMS)
    options = complete(placement, {1: page}, REFERENCE, {}).options
    (school,) = (each for each in options if each.option == "school")
    assert len(school.words) == 1
