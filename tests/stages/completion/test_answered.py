"""Choices that a row of a list answers with one option, of however few words."""

from __future__ import annotations

import pytest

from intake.stages.completion.choices.answered import with_answered
from tests.stages.completion.test_addressed import KY_BODY
from tests.stages.completion.test_retyped import FOOT, FORMS, HEAD, VALUES, read
from tests.typed import matched, typed_page

ROWS = (
    f"1. Наименование: {VALUES['organization_name']}\n2. ОКПО: {VALUES['organization_okpo']}\n"
    f"3. ИНН: {VALUES['organization_inn']}\n4. Форма собственности: муниципальная\n"
    f"5. Адрес: {VALUES['address']}\n"
)
OPENING = "Уведомляем о создании Ресурсного центра педагогического мастерства:\n"
LAST = "7. Образование юридического лица: без образования юридического лица\n"


def choices(rows: str) -> tuple[str | None, str | None]:
    fields = read(HEAD + OPENING + ROWS + rows + "\n" + LAST + FOOT).fields
    return fields["education_level"].value, fields["legal_entity"].value


@pytest.mark.parametrize(("answer", "level"), [("дошкольное", "preschool"), ("Школьное", "school")])
def test_one_option_behind_its_label_is_the_answer(answer: str, level: str) -> None:
    assert choices(f"6. По вопросам образования: {answer}") == (level, "not_formed")


def test_behind_a_label_that_nobody_knows_an_option_alone_is_the_answer() -> None:
    assert choices("6. Чем займётся центр: школьное")[0] == "school"
    assert choices("6. Чем займётся центр: школьное\n   дошкольное")[0] is None


@pytest.mark.parametrize(
    "rows",
    [
        "6. По вопросам образования: дошкольное / школьное",
        "6. По вопросам образования: дошкольное /\nшкольное",
        "6. По вопросам образования:\n   дошкольное\n   школьное",
        "6. По вопросам образования: дошкольное\n   шкальнае",
    ],
)
def test_where_both_may_stand_a_mark_tells(rows: str) -> None:
    assert choices(rows)[0] is None


def test_an_option_in_a_column_of_values_is_the_answer() -> None:
    rows = (("Наименование", VALUES["organization_name"]), ("ОКПО", VALUES["organization_okpo"]),
            ("ИНН", VALUES["organization_inn"]), ("Форма собственности", "муниципальная"),
            ("Адрес", VALUES["address"]), ("По вопросам образования", "дошкольное или школьное"),
            ("Образование юридического лица", "без образования юридического лица"))  # fmt: skip
    table = "".join(f"{label:40}{value}\n" for label, value in rows)
    fields = read(HEAD + OPENING + table + FOOT).fields
    assert (fields["legal_entity"].value, fields["education_level"].value) == ("not_formed", None)


def test_white_in_justified_text_makes_no_column() -> None:
    opening = (
        f"{VALUES['organization_name']}, ОКПО {VALUES['organization_okpo']}\n"
        f"ИНН {VALUES['organization_inn']}, форма собственности муниципальная,\n"
        f"юридический/фактический адрес {VALUES['address']}\n"
        "уведомляет о том, что создан Ресурсный центр педагогического мастерства\n"
        "по вопросам дошкольного или школьного образования с\n"
        "образованием   юридического   лица   (ИНН          00803199910137,   ОКПО\n"
        "22896149), без образования юридического лица.\n"
    )
    fields = read(HEAD + opening + FOOT).fields
    assert fields["legal_entity"].value is None  # both options stand there, neither is marked


@pytest.mark.parametrize(
    ("row", "option"),
    [
        ("С образованием / без образования юридического лица: без образования\n"
         "юридического лица", "not_formed"),
        ("С образованием юридического лица или без – с образованием юридического лица", "formed"),
    ],
)  # fmt: skip
def test_a_label_may_say_all_options_before_the_answer(row: str, option: str) -> None:
    rows = "".join(f"{name}: {value}\n" for name, value in (
        ("Организация", VALUES["organization_name"]), ("ИНН", VALUES["organization_inn"]),
        ("ОКПО", VALUES["organization_okpo"]), ("Адрес", VALUES["address"])))  # fmt: skip
    assert read(HEAD + rows + row + "\n" + FOOT).fields["legal_entity"].value == option


@pytest.mark.parametrize(
    ("answer", "entity"),
    [
        ("без образования", "not_formed"), ("нет", "not_formed"), ("не образовано", "not_formed"),
        ("да, образовано", "formed"), ("с образованием", "formed"),
    ],
)  # fmt: skip
def test_behind_its_label_a_choice_may_be_answered_in_few_words(answer: str, entity: str) -> None:
    rows = f"6. По вопросам образования: школьное\n7. Юридическое лицо: {answer}\n"
    fields = read(HEAD + OPENING + ROWS + rows + FOOT).fields
    assert fields["legal_entity"].value == entity


def test_rows_that_say_yes_or_no_to_each_option_answer_a_choice() -> None:
    rows = (
        "Дошкольное образование        нет\nШкольное образование        да\n"
        "С образованием юридического лица        нет\n"
        "Без образования юридического лица        да\n"
    )
    fields = read(HEAD + OPENING + ROWS + rows + FOOT).fields
    assert (fields["education_level"].value, fields["legal_entity"].value) == (
        "school", "not_formed",
    )  # fmt: skip
    without = rows.replace("Школьное образование        да\n", "")
    assert read(HEAD + OPENING + ROWS + without + FOOT).fields["education_level"].value is None


def test_an_option_of_a_justified_line_is_no_answer() -> None:
    """What stands left of it was taken for a table's label."""
    words = "мектепке чейинки же мектептеги билим"
    page = typed_page(KY_BODY.replace(words, words.replace(" ", 12 * " ")))
    (placement,) = matched([(1, page)], FORMS)
    line = next(line for line in page.lines if "мектептеги" in line.text)
    labels = {letter.box for word in line.words[:3] for letter in word.letters}
    found = with_answered(placement, {1: page}, (), labels)
    options = {each.option for each in found.options if each.field == "education_level"}
    assert options == {"preschool", "school"}
    assert not found.alone
