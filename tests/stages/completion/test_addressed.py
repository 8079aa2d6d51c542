"""Offices that a notice is addressed to, in the words that people have for them."""

from __future__ import annotations

import pytest

from intake.domain.notice import Flag, Notice, State
from tests.stages.completion.test_dated import BODY
from tests.stages.completion.test_retyped import FOOT, HEAD, VALUES, read

KY_BODY = (
    "КАБАРЛОО\n\n«Тилек» орто мектеби, ОКПО 24275760\n"
    "ИНН 00308200610153, менчиктин формасы муниципалдык\n"
    "(мамлекеттик, муниципалдык, жеке менчик),\n"
    "юридикалык/фактылык дареги Чүй облусу, Сокулук району, Гавриловка айылы, Ленин көч., 5\n"
    "мектепке чейинки же мектептеги билим берүү маселелери боюнча\n"
    "Педагогикалык чеберчиликтин ресурстук борбору түзүлгөндүгү (керектүүсүнүн астын сызуу)\n"
    "юридикалык жакты түзбөстөн, юридикалык жакты түзүү (ИНН, ОКПО көрсөтүлсүн)\n"
    "(керектүүсүнүн астын сызуу) жөнүндө кабарлайт.\n"
    "\nДиректор _______ Асанов Асан Асанович\n(колу, мөөрү)\nкүнү 12 май 2023-ж.\n"
)
RU_BODY = BODY + "дата 12 мая 2023 г.\n"
RU_PAPER = "ИЗВЕЩЕНИЕ\n\n" + RU_BODY


def _places(notice: Notice) -> tuple[str | None, ...]:
    names = ("department_district", "department_region", "ayil_district", "ayil_region")
    return tuple(notice.fields[name].value for name in names)


@pytest.mark.parametrize(
    ("head", "places"),
    [
        ("Сокулук райондук билим берүү бөлүмүнө", ("Сокулук", None, None, None)),
        ("Бишкек шаарынын мэриясынын билим берүү\nбашкармалыгына", ("Бишкек", None, None, None)),
        ("Каракол шаардык билим берүү бөлүмү", ("Каракол", None, None, None)),
        (
            "Нарын облусунун Кочкор районунун билим берүү\nбөлүмүнүн башчысына",
            ("Кочкор", "Нарын", None, None),
        ),
    ],
)
def test_kyrgyz_offices(head: str, places: tuple[str | None, ...]) -> None:
    notice = read(f"{head}\n\n\n{KY_BODY}")
    assert _places(notice) == places
    assert not notice.fields["department_district"].flags


@pytest.mark.parametrize(
    ("head", "places"),
    [
        ("Отдел образования города Токмок", ("Токмок", None, None, None)),
        ("Управление образования мэрии г.Бишкек", ("Бишкек", None, None, None)),
        ("В Кочкорский районный отдел образования", ("Кочкорский", None, None, None)),
        (
            "Начальнику отдела образования Аламудунского р-на\nЧуйской обл. Асанову А.А.",
            ("Аламудунского", "Чуйской", None, None),
        ),
        (
            "Отдел образования Кочкорского района\nНарынской области\n"
            "Чолпонский айыл окмоту\nКочкорского района Нарынской области",
            ("Кочкорского", "Нарынской", "Кочкорского", "Нарынской"),
        ),
    ],
)
def test_russian_offices(head: str, places: tuple[str | None, ...]) -> None:
    notice = read(f"{head}\n\n\nИЗВЕЩЕНИЕ\n\n{RU_BODY}")
    assert _places(notice) == places
    assert not notice.fields["department_district"].flags


def test_a_citys_unit_in_a_blank_above_the_forms_word_is_part_of_it() -> None:
    head = "Отдел образования\nЛенинского\nрайона (города)\nг. Бишкек\nобласти"
    notice = read(f"{head}\n\n\nИЗВЕЩЕНИЕ\n\n{RU_BODY}")
    assert _places(notice)[:2] == ("Ленинского", "г. Бишкек")


def test_an_annexs_date_and_number_in_the_offices_row_stay_the_orders() -> None:
    head = (
        "Чүй облусунун                                  26.04.2023-ж. № 1709/1\n"
        "Чүй районунун                                  КР БИМ буйругунун\n"
        "(шаардын)                                      Тиркемеси\n"
        "Билим берүү бөлүмү"
    )
    notice = read(f"{head}\n\n\n{KY_BODY}")
    assert notice.fields["order_date"].value == "2023-04-26"
    assert notice.fields["order_number"].value == "1709/1"
    assert _places(notice)[:2] == ("Чүй", "Чүй")


def test_columns_that_may_be_read_two_ways_are_read_as_the_wording_has_them() -> None:
    """The second office's blanks are empty: its words must not take the first one's places."""
    head = (
        "Кыргыз Республикасынын    Чүй    облусунун               облусунун\n"
        "Билим берүү жана илим     Кемин  районунун               районунун\n"
        "министрлиги               (шаардын)          Айыл өкмөтү\n"
        "                          Билим берүү бөлүмү\n"
    )
    assert _places(read(f"{head}\n\n\n{KY_BODY}")) == ("Кемин", "Чүй", None, None)


def test_two_offices_side_by_side_with_less_white_between_than_their_words_have() -> None:
    head = (
        "Нарын    облусунун    Кочкор     Кочкор районунун Чолпон\n"
        "районунун билим берүү бөлүмүнө   айыл өкмөтүнө\n"
    )
    notice = read(f"{head}\n\n{KY_BODY}")
    assert _places(notice) == ("Кочкор", "Нарын", "Кочкор", None)


def test_an_office_without_a_place_is_asked_about() -> None:
    district = read(f"Билим берүү башкармалыгына\n\n\n{KY_BODY}").fields["department_district"]
    assert district.value is None
    assert district.flags


def test_the_address_in_a_letterhead_is_no_addressee() -> None:
    letterhead = "Ош облусу, Ноокат району, Кеңеш айыл өкмөтү, Чапаев айылы, Мектеп көчөсү, 7\n"
    head = "Ош облусунун Ноокат районунун билим берүү бөлүмүнө"
    notice = read(f"{letterhead}\n\n{head}\n\n\n{KY_BODY}")
    assert _places(notice) == ("Ноокат", "Ош", None, None)


def test_an_office_that_the_form_itself_names_stays() -> None:
    district = read(HEAD + RU_BODY).fields["department_district"]
    assert (district.value, district.state, district.flags) == ("Кочкорского", State.READ, ())


@pytest.mark.parametrize("row", ["Район (город): Кочкорский", "Район Кочкорский"])
@pytest.mark.parametrize("head", ["", "В районный (городской) отдел образования"])
def test_a_place_behind_its_label_in_a_list(row: str, head: str) -> None:
    title, rest = RU_BODY.split("\n", 1)
    notice = read(f"{head}\n\nИЗВЕЩЕНИЕ\n\n{row}\nОбласть Нарынская\n{title}\n{rest}")
    assert _places(notice)[:2] == ("Кочкорский", "Нарынская")


@pytest.mark.parametrize("head", ["Ноокен РББ", "Ноокен РБББ"])
def test_an_office_by_its_abbreviation(head: str) -> None:
    assert _places(read(f"{head}\n\n\n{KY_BODY}"))[0] == "Ноокен"


def test_an_incoming_stamp_names_no_addressee() -> None:
    stamp = "НООКЕН РББ\nКириш № 572\n"
    notice = read(f"{stamp}\n\n\nСокулук райондук билим берүү бөлүмүнө\n\n\n{KY_BODY}")
    assert _places(notice)[0] == "Сокулук"


def test_a_name_has_nothing_of_what_stands_above_the_title() -> None:
    head = "Заведующей отделом образования\nКочкорского района Нарынской области\n"
    notice = read(f"{head}ИЗВЕЩЕНИЕ\n{RU_BODY}")
    assert notice.fields["organization_name"].value == VALUES["organization_name"]


@pytest.mark.parametrize(
    ("head", "body", "places"),
    [
        ("Бишкек шаарынын\nЛенин районунун\nбилим берүү бөлүмүнө", KY_BODY, ("Ленин", "Бишкек")),
        (
            "В отдел образования\nЛенинского района\nгорода Бишкек",
            RU_PAPER,
            ("Ленинского", "Бишкек"),
        ),
        ("В отдел образования\nгорода Бишкек", RU_PAPER, ("Бишкек", None)),
    ],
)
def test_the_city_that_a_district_is_of_is_its_region_and_asked_about(
    head: str, body: str, places: tuple[str, str | None]
) -> None:
    notice = read(f"{head}\n\n\n{body}")
    assert _places(notice)[:2] == places
    is_asked = Flag.AMBIGUOUS in notice.fields["department_region"].flags
    assert is_asked is (places[1] is not None)


def test_the_order_that_a_kyrgyz_paper_is_an_appendix_to() -> None:
    head = (
        "Кыргыз Республикасынын Билим\nберүү жана илим\nминистрлигинин\n"
        "30.03.2023 № 223-Б\nбуйругунун тиркемеси\n\n\n"
    )
    fields = read(f"{head}Сокулук райондук билим берүү бөлүмүнө\n\n\n{KY_BODY}").fields
    assert (fields["order_number"].value, fields["order_date"].value) == ("223-Б", "2023-03-30")


@pytest.mark.parametrize("label", ["Кому: ", "1. Кому ", "Адресат    "])
def test_an_office_below_the_title_behind_whom_it_goes_to(label: str) -> None:
    office = f"{label}В отдел образования города Каракол Иссык-Кульской области\n"
    listed = (
        f"Наименование организации: {VALUES['organization_name']}\n"
        f"ИНН: {VALUES['organization_inn']}\nОКПО: {VALUES['organization_okpo']}\n"
        f"Форма собственности: муниципальная\nАдрес: {VALUES['address']}\n"
        "Уведомляем о создании Ресурсного центра педагогического мастерства\n"
    )
    notice = read("ИЗВЕЩЕНИЕ\n\n" + office + listed + FOOT)
    assert _places(notice) == ("Каракол", "Иссык-Кульской", None, None)


LISTED = (
    f"Наименование организации: {VALUES['organization_name']}\n"
    f"ИНН: {VALUES['organization_inn']}\nОКПО: {VALUES['organization_okpo']}\n"
    f"Форма собственности: муниципальная\nАдрес: {VALUES['address']}\n"
    "Уведомляем о создании Ресурсного центра педагогического мастерства\n"
)


@pytest.mark.parametrize(
    "office",
    [
        "Отдел образования города Каракол Иссык-Кульской области",
        "I. КОМУ\n1) Отдел образования города Каракол Иссык-Кульской области",
        "Куда направляется    Отдел образования города Каракол Иссык-Кульской области",
        "Отдел образования: район (город) Каракол область Иссык-Кульской",
    ],
)
def test_an_offices_own_row_below_the_title_says_whom_it_goes_to(office: str) -> None:
    notice = read(f"ИЗВЕЩЕНИЕ\n\n{office}\n\n{LISTED}{FOOT}")
    assert _places(notice)[:2] == ("Каракол", "Иссык-Кульской")


def test_an_office_below_the_title_without_a_place_is_asked_about() -> None:
    rows = f"ИЗВЕЩЕНИЕ\n\n{LISTED}Копия:\nАйыл окмоту\n{FOOT}"
    assert Flag.MISSING in read(rows).fields["ayil_district"].flags
    without = rows.replace("Айыл окмоту\n", "")
    assert Flag.MISSING not in read(without).fields["ayil_district"].flags


def test_a_city_in_a_regions_blank_beside_an_empty_districts_is_asked_about() -> None:
    head = "Отдел образования\n____________ района (города) {city}\n____________ области\n\n"
    asked = read(head.format(city="Бишкек") + RU_PAPER).fields["department_region"]
    assert (asked.value, bool(asked.flags)) == ("Бишкек", True)


def test_a_region_without_its_district_may_be_the_one_that_another_lacks() -> None:
    head = "Отдел образования\nКызыл-Кия\nрайона (города)\n\n"
    fields = read(f"{head}Айыл окмоту\n_______ района\nБаткенской области\n\n{RU_PAPER}").fields
    assert fields["ayil_region"].value == "Баткенской"
    assert all(fields[name].flags for name in ("department_region", "ayil_district", "ayil_region"))


def test_an_office_whose_word_was_misread_keeps_its_places() -> None:
    head = (
        "Министерство     Огдел образования       Айыл окмоту\n"
        "образования      Токмок                  ____________\n"
        "и науки          района (города)         района\n"
        "                 Чуйской                 ____________\n"
        "                 области                 области\n\n"
    )
    assert _places(read(head + RU_PAPER)) == ("Токмок", "Чуйской", None, None)
