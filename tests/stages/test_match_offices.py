"""What offices change in the official wording, and what stands about it on their paper."""

from __future__ import annotations

import pytest

from intake.domain.placement import Placement
from intake.domain.template import Template
from intake.forms import load_forms
from intake.options import TEMPLATES
from tests.stages.test_match import KY, RU
from tests.typed import matched, typed_page, written


@pytest.fixture(scope="module")
def forms() -> tuple[Template, ...]:
    return load_forms(TEMPLATES)


def lay(forms: tuple[Template, ...], *pages: str) -> list[Placement]:
    return list(matched([(n, typed_page(text)) for n, text in enumerate(pages, 1)], forms))


@pytest.mark.parametrize("name", ["Чернова М.Т.", "Бейшембиев Ж. У.", "А. Д. Исмаилова"])
def test_initials_before_a_date_that_stands_elsewhere_stay_whole(
    forms: tuple[Template, ...], name: str
) -> None:
    text = RU.replace("дата 12 мая 2023 г.\n", "").replace("Асанов Асан Асанович", name)
    text = text.replace("Директор _____", "дата 12 мая 2023 г.\nДиректор _____")
    (placement,) = lay(forms, text)
    assert written(placement, "director_name") == name
    assert written(placement, "notice_date") == "12 мая 2023"


def test_the_forms_own_words_are_no_part_of_a_name_or_place(forms: tuple[Template, ...]) -> None:
    torn = RU.replace("(полное наименование юридического лица)\n", "наименование\n")
    (placement,) = lay(forms, torn.replace("Айыл окмоту\n_____ района", "Айыл окмоту\nрайона"))
    name = "Учреждение «Средняя общеобразовательная школа № 5 имени Ч. Айтматова»"
    assert written(placement, "organization_name") == name
    assert written(placement, "ayil_district") == ""


def test_a_label_of_the_next_row_is_no_part_of_a_name(forms: tuple[Template, ...]) -> None:
    start, end = RU.index("Учреждение «Средняя"), RU.index("форма собственности")
    rows = "Школа № 5 ИНН\nОКПО 24275760\n00308200610153, "
    (placement,) = lay(forms, RU[:start] + rows + RU[end:])
    assert written(placement, "organization_name") == "Школа № 5"


def test_the_addressee_of_a_town(forms: tuple[Template, ...]) -> None:
    town = RU.replace("Сокулукского района (города)", "города Майлуу-Суу")
    (placement,) = lay(forms, town.replace("Чуйской", "Джалал-Абадской"))
    assert written(placement, "department_district") == "Майлуу-Суу"
    assert written(placement, "department_region") == "Джалал-Абадской"
    (placement,) = lay(forms, KY.replace("Сокулук районунун\n(шаардын)", "Кара-Көл шаарынын"))
    assert "city_department" in placement.blocks
    assert written(placement, "department_region") == "Чүй"
    assert written(placement, "department_district") == "Кара-Көл"
    city = KY.replace("Чүй облусунун\nСокулук районунун\n(шаардын)", "Ош шаарынын")
    (placement,) = lay(forms, city)
    assert written(placement, "department_district") == "Ош"


def test_captions_below_what_they_name(forms: tuple[Template, ...]) -> None:
    start, end = RU.index("Учреждение"), RU.index("уведомляет")
    ruled = """СОШ № 5 имени Ч. Айтматова
(полное наименование юридического лица)
24275760                     00308200610153
  ОКПО                           ИНН
муниципальная
форма собственности (государственная, муниципальная, частная)
г. Шопоков, ул. Ленина 15
юридический/фактический адрес

"""
    (placement,) = lay(forms, RU[:start] + ruled + RU[end:])
    assert written(placement, "organization_name") == "СОШ № 5 имени Ч. Айтматова"
    assert written(placement, "organization_okpo") == "24275760"
    assert written(placement, "organization_inn") == "00308200610153"
    assert written(placement, "ownership") == "муниципальная"
    assert written(placement, "address") == "г. Шопоков, ул. Ленина 15"


def test_captions_in_brackets_over_two_lines_below_values_over_two_lines(
    forms: tuple[Template, ...],
) -> None:
    start, end = RU.index("Учреждение"), RU.index("уведомляет")
    ruled = """СОШ № 5 имени Ч. Айтматова
(полное наименование юридического лица)
24275760                     00308200610153
  (ОКПО)                         (ИНН)
муниципальная
(форма собственности (государственная,
муниципальная, частная)
Чуйская область, Сокулукский район,
г. Шопоков, ул. Ленина 15
(юридический/фактический адрес)
"""
    (placement,) = lay(forms, RU[:start] + ruled + RU[end:])
    assert written(placement, "organization_okpo") == "24275760"
    assert written(placement, "organization_inn") == "00308200610153"
    assert written(placement, "ownership") == "муниципальная"
    address = "Чуйская область, Сокулукский район, г. Шопоков, ул. Ленина 15"
    assert written(placement, "address") == address


def test_the_directors_name_above_the_line_to_sign_on(forms: tuple[Template, ...]) -> None:
    start, end = RU.index("Директор"), RU.index("дата")
    signed = "ФИО: Асанов Асан Асанович\nДиректор: _____ (подпись, печать)\n"
    (placement,) = lay(forms, RU[:start] + signed + RU[end:])
    assert written(placement, "director_name").strip(": ") == "Асанов Асан Асанович"


def test_the_answer_after_the_list_of_answers(forms: tuple[Template, ...]) -> None:
    hint = "(государственная, муниципальная, частная)"
    text = RU.replace(" муниципальная\n_____,\n" + hint + ",", f" {hint}: муниципальная")
    (placement,) = lay(forms, text)
    assert written(placement, "ownership") == "муниципальная"


def test_an_addressee_between_title_and_name(forms: tuple[Template, ...]) -> None:
    start, end = RU.index("Отдел образования"), RU.index("Айыл окмоту")
    addressee, title = RU[start:end], "ИЗВЕЩЕНИЕ\n"
    text = (RU[:start] + RU[RU.index(title) :]).replace(title, title + addressee)
    (placement,) = lay(forms, text)
    assert written(placement, "department_district") == "Сокулукского"
    assert written(placement, "department_region") == "Чуйской"
    assert written(placement, "organization_name").startswith("Учреждение")


def test_an_addressee_below_the_title_is_taken_once_and_without_print(
    forms: tuple[Template, ...],
) -> None:
    block = "Чүй облусунун\nСокулук районунун (шаардын)\nБилим берүү бөлүмү\n"
    text = KY[: KY.index("Чүй облусунун")] + KY[KY.index("КАБАРЛОО") :]
    (placement,) = lay(forms, text.replace("КАБАРЛОО\n", f"КАБАРЛОО\n{block}"))
    assert written(placement, "department_district") == "Сокулук"
    assert written(placement, "department_region") == "Чүй"


def test_a_date_alone_on_the_last_page_is_the_notices(forms: tuple[Template, ...]) -> None:
    (placement,) = lay(forms, RU.replace("дата 12 мая 2023 г.\n", ""), "дата 12 мая 2023 г.")
    assert placement.pages == (1, 2)
    assert written(placement, "notice_date") == "12 мая 2023"


def test_a_notice_without_its_end_does_not_take_the_next_one(forms: tuple[Template, ...]) -> None:
    start = KY.index("Директор")
    found = lay(forms, KY[:start], RU[: RU.index("ФИО")])
    assert [(each.language, each.pages) for each in found] == [("ky", (1,)), ("ru", (2,))]


def test_a_stamp_above_the_heading_is_no_date(forms: tuple[Template, ...]) -> None:
    stamp = "БИЛИМ БЕРҮҮ БӨЛҮМҮ\nКириш № 199\n«21» 07 2022\n"
    (placement,) = lay(forms, stamp + KY)
    assert "07" not in written(placement, "order_date")
    assert written(placement, "order_number") == "512/1"


@pytest.mark.parametrize("sign", ["№", "Мо", "Мм", "№°"])
def test_the_number_sign_as_readers_give_it(forms: tuple[Template, ...], sign: str) -> None:
    (placement,) = lay(forms, KY.replace("№ 512/1", f"{sign} 512/1"))
    assert written(placement, "order_number").endswith("512/1")
    assert "512" not in written(placement, "order_date")


def test_an_answer_in_place_of_the_list_is_written(forms: tuple[Template, ...]) -> None:
    answer = "форма собственности\nМуниципальная\n"
    start, end = RU.index("форма собственности"), RU.index("юридический/фактический")
    (placement,) = lay(forms, RU[:start] + answer + RU[end:])
    assert written(placement, "ownership") == "Муниципальная"
    (placement,) = lay(forms, RU.replace("муниципальная\n_____,\n", "\n"))
    assert written(placement, "ownership") == ""
    assert {each.option for each in placement.options if each.field == "ownership"} == {
        "state", "municipal", "private",
    }  # fmt: skip


def test_dots_after_a_short_word_are_the_rule(forms: tuple[Template, ...]) -> None:
    dotted = KY.replace("_____ облусунун", "Ош........................ облусунун")
    (placement,) = lay(forms, dotted)
    assert written(placement, "ayil_region") == "Ош"


def test_two_notices_side_by_side(forms: tuple[Template, ...]) -> None:
    rows = [text.strip().split("\n") for text in (RU, KY)]
    height = max(map(len, rows))
    left, right = ([*side, *[""] * (height - len(side))] for side in rows)
    wide = max(map(len, left)) + 40  # the gutter is in the middle of the page
    found = lay(forms, "\n".join(f"{a:{wide}}{b}" for a, b in zip(left, right, strict=True)))
    assert sorted(placement.language for placement in found) == ["ky", "ru"]
    assert {written(placement, "organization_okpo") for placement in found} >= {"24275760"}


def test_a_labels_second_line_beside_a_values_second_line(forms: tuple[Template, ...]) -> None:
    text = RU.replace(
        "Учреждение «Средняя общеобразовательная школа № 5\nимени Ч. Айтматова», ОКПО 24275760\n"
        "(полное наименование юридического лица)\n",
        "полное наименование     Учреждение «Средняя школа № 5\n"
        "юридического лица       имени Ч. Айтматова»\nОКПО                    24275760\n",
    )
    (placement,) = lay(forms, text)
    name = "Учреждение «Средняя школа № 5 имени Ч. Айтматова»"
    assert written(placement, "organization_name") == name


@pytest.mark.parametrize("lead", ["", "Настоящим "])
def test_a_heading_below_the_title_is_no_part_of_the_name(
    forms: tuple[Template, ...], lead: str
) -> None:
    headed = "ИЗВЕЩЕНИЕ\nо создании Ресурсного центра педагогического мастерства\n"
    (placement,) = lay(forms, RU.replace("ИЗВЕЩЕНИЕ\n", headed + lead))
    name = "Учреждение «Средняя общеобразовательная школа № 5 имени Ч. Айтматова»"
    assert written(placement, "organization_name") == name


def test_a_heading_before_a_labelled_name_does_not_take_its_place(
    forms: tuple[Template, ...],
) -> None:
    start, end = RU.index("Учреждение"), RU.index("форма собственности")
    boxed = """о создании Ресурсного центра педагогического мастерства
Полное наименование юридического лица
Средняя школа № 14 имени Э. Ногойбаева
ОКПО 24275760
ИНН 00308200610153
"""
    (placement,) = lay(forms, RU[:start] + boxed + RU[end:])
    assert written(placement, "organization_name") == "Средняя школа № 14 имени Э. Ногойбаева"


def test_the_kyrgyz_word_for_the_day(forms: tuple[Template, ...]) -> None:
    (placement,) = lay(forms, KY.replace("дата", "күнү"))
    assert written(placement, "notice_date") == "12-май 2023"


def test_a_value_whose_first_line_stands_beside_the_first_line_of_its_label(
    forms: tuple[Template, ...],
) -> None:
    start, end = RU.index("Учреждение"), RU.index("уведомляет")
    table = """Полное наименование юридического лица:  Средняя школа № 5
ОКПО:                                   24275760
ИНН:                                    00308200610153
Форма собственности:                    муниципальная
Юридический/                            Чуйская область, Сокулукский
фактический адрес:                      район, ул. Ленина, 15

"""
    (placement,) = lay(forms, RU[:start] + table + RU[end:])
    assert written(placement, "address") == "Чуйская область, Сокулукский район, ул. Ленина, 15"
    assert written(placement, "organization_name") == "Средняя школа № 5"


def test_a_covering_letter_before_a_notice_is_no_page_of_it(forms: tuple[Template, ...]) -> None:
    letter = """Начальнику отдела образования Сокулукского района
Сопроводительное письмо
Школа направляет Вам извещение о создании Ресурсного центра педагогического мастерства
согласно приказу Министерства образования и науки Кыргызской Республики.
Директор _____ Асанов Асан Асанович
"""
    without = RU[RU.index("ИЗВЕЩЕНИЕ") :]
    (placement,) = lay(forms, letter, without)
    assert placement.pages == (2,)
    ministry = "Министерство образования и науки Кыргызской Республики\n"
    (placement,) = lay(forms, letter, ministry + without)
    assert placement.pages == (2,)
