"""Lists in two columns, and values of rows whose labels are headings."""

from __future__ import annotations

from tests.stages.completion.test_retyped import FOOT, HEAD, VALUES, read

OPENING = "Уведомляем о создании Ресурсного центра педагогического мастерства:\n"
CITY, STREET = "Баткенская область, г. Сулюкта,", "ул. Школьная, д. 1"


def test_a_value_stands_around_the_middle_of_its_label() -> None:
    rows = f"""
Кто извещает:                          {VALUES["organization_name"]}
Код ОКПО:                              {VALUES["organization_okpo"]}
ИНН:                                   {VALUES["organization_inn"]}
                                       {CITY}
Местонахождение (адрес):
                                       {STREET}
Вид собственности:                     муниципальная
Направление работы центра:             школьное
"""
    fields = read(HEAD + OPENING + rows + FOOT).fields
    assert fields["address"].value == f"{CITY} {STREET}"
    assert (fields["ownership"].value, fields["education_level"].value) == ("municipal", "school")


def test_a_label_of_two_lines_stands_around_its_value() -> None:
    rows = f"""
Кто извещает:                          {VALUES["organization_name"]}
Код ОКПО:                              {VALUES["organization_okpo"]}
Идентификационный
                                       {VALUES["organization_inn"]}
налоговый номер:
Местонахождение (адрес):               {CITY} {STREET}
Вид собственности:                     муниципальная
"""
    fields = read(HEAD + OPENING + rows + FOOT).fields
    assert fields["organization_inn"].value == VALUES["organization_inn"]
    assert fields["address"].value == f"{CITY} {STREET}"


def test_a_row_behind_its_heading_is_taken_whole_with_the_line_it_goes_on_in() -> None:
    rows = (
        f"– Борборду түзгөн уюм: {VALUES['organization_name']}\n"
        f"– Адрес: {CITY}\n{STREET}\n"
        f"– ИНН / ОКПО: {VALUES['organization_inn']} / {VALUES['organization_okpo']}\n"
        "– Форма собственности: муниципальная\n"
    )
    fields = read(HEAD + OPENING + rows + FOOT).fields
    assert fields["address"].value == f"{CITY} {STREET}"
    assert fields["organization_inn"].value == VALUES["organization_inn"]
    assert fields["organization_okpo"].value == VALUES["organization_okpo"]
