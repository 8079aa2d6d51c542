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


def test_labels_without_colons_are_known_by_what_they_say() -> None:
    """A value's second line is its own, not the next row's."""
    rows = f"""
Организация                            {VALUES["organization_name"]}
Код ОКПО                               {VALUES["organization_okpo"]}
Идентификационный                      {VALUES["organization_inn"]}
налоговый номер
Адрес                                  {CITY}
                                       {STREET}
Вид собственности                      муниципальная
Вопросы какого образования             школьное
"""
    fields = read(HEAD + OPENING + rows + FOOT).fields
    assert fields["organization_inn"].value == VALUES["organization_inn"]
    assert fields["address"].value == f"{CITY} {STREET}"
    assert (fields["ownership"].value, fields["education_level"].value) == ("municipal", "school")


def test_a_lists_number_and_a_hint_are_no_part_of_a_label() -> None:
    rows = (
        f"1.Организация: {VALUES['organization_name']}\n"
        f"2.ИНН: {VALUES['organization_inn']}\nЗ. ОКПО: {VALUES['organization_okpo']}\n"
        "4. Форма собственности (государственная, муниципальная, частная): муниципальная\n"
        f"5.Юридический адрес (фактический): {CITY} {STREET}\n"
        "6. дошкольного или школьного образования (нужное подчеркнуть)\n"
    )
    fields = read(HEAD + OPENING + rows + FOOT).fields
    assert fields["address"].value == f"{CITY} {STREET}"
    assert fields["ownership"].value == "municipal"


def test_a_justified_line_below_a_list_is_no_row_of_it() -> None:
    rows = """
КАБАРЛОО

Юрдикалык жактын толук аталышы     «Үмүт» үй тибиндеги бала бакча
ОКПО                               26689565
ИНН                                01809199910240
Менчиктин формасы                  Жеке менчик
Юрдикалык/фактылык дареги          723305, Кыргыз Республикасы, Жалал-Абад обл.,
                                   Сузак р-ну, Октябрь а., Жеңиш к., 3/2
мектепке   чейинки  же   мектептеги   билим   берүү   маселелери   боюнча   Педагогикалык
чеберчиликтин ресурстук борбору түзүлгөндүгү (керектүүсүнүн астын сызуу) юрдикалык
жакты түзбөстөн, юрдикалык жакты түзүү (ИНН, ОКПО көрсөтүлсүн) менен
(керектүүсүнүн астын сызуу) жөнүндө кабарлайт.

Директор                     Майрам Айдарова
(колу, мөөрү)                (Аты-жөнү)
дата «21» октябрь 2023-ж.
"""
    address = "723305, Кыргыз Республикасы, Жалал-Абад обл., Сузак р-ну, Октябрь а., Жеңиш к., 3/2"
    assert read(rows).fields["address"].value == address
