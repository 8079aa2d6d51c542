"""The official wording laid over pages, as offices really type them."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from intake.domain.placement import Placement, TitledPage
from intake.domain.template import Template
from intake.forms import load_forms
from intake.options import TEMPLATES
from intake.stages.match import match
from tests.typed import matched, typed_page, worn, written

SHARED = Path(__file__).resolve().parents[3] / "shared"

RU = """
Приложение
к приказу МОН КР
№ _____ от «_____»
_____ 2023 года
Министерство
образования и науки
Кыргызской Республики
Отдел образования
Сокулукского района (города)
Чуйской области
Айыл окмоту
_____ района
_____ области
ИЗВЕЩЕНИЕ
Учреждение «Средняя общеобразовательная школа № 5
имени Ч. Айтматова», ОКПО 24275760
(полное наименование юридического лица)
ИНН 00308200610153, форма собственности муниципальная
_____,
(государственная, муниципальная, частная),
юридический/фактический адрес Чуйская область, Сокулукский район,
с. Шопоков, ул. Ленина 15
уведомляет о том, что создан Ресурсный центр педагогического мастерства
по вопросам дошкольного или школьного образования (нужное подчеркнуть)
с образованием юридического лица (указать ИНН, ОКПО), без образования
юридического лица (нужное подчеркнуть).

Директор _____
(подпись, печать)
ФИО Асанов Асан Асанович
дата 12 мая 2023 г.
"""

KY = """
2023-жылдын
« 14 » апрелинде
№ 512/1
КР БИМ буйругунун
Тиркемеси
Кыргыз Республикасынын
Билим берүү жана илим
министрлиги
Чүй облусунун
Сокулук районунун
(шаардын)
Билим берүү бөлүмү
_____ облусунун
_____ районунун
Айыл өкмөтү
КАБАРЛОО
«Ч. Айтматов атындагы № 5 орто мектеп» мекемеси, ОКПО 24275760
(юрдикалык жактын толук аталышы)
ИНН 00308200610153, менчиктин формасы муниципалдык
_____,
(мамлекеттик, муниципалдык, жеке менчик),
юрдикалык/фактылык дареги Чүй облусу, Сокулук району, Шопоков ш., Ленин к. 15
мектепке чейинки же мектептеги билим берүү маселелери боюнча Педагогикалык
чеберчиликтин ресурстук борбору түзүлгөндүгү (керектүүсүнүн астын сызуу)
юрдикалык жакты түзбөстөн, юрдикалык жакты түзүү (ИНН, ОКПО көрсөтүлсүн) менен
(керектүүсүнүн астын сызуу) жөнүндө кабарлайт.
Директор _____ А. Асанов
(колу, мөөрү)
Аты-жөнү
дата 12-май 2023-ж.
"""

EXPECTED_RU = {
    "order_number": "",
    "order_date": "2023",
    "department_district": "Сокулукского",
    "department_region": "Чуйской",
    "ayil_district": "",
    "ayil_region": "",
    "organization_name": "Учреждение «Средняя общеобразовательная школа № 5 имени Ч. Айтматова»",
    "organization_okpo": "24275760",
    "organization_inn": "00308200610153",
    "ownership": "муниципальная",
    "address": "Чуйская область, Сокулукский район, с. Шопоков, ул. Ленина 15",
    "centre_inn": "",
    "centre_okpo": "",
    "director_name": "Асанов Асан Асанович",
    "notice_date": "12 мая 2023",
}

EXPECTED_KY = {
    "order_number": "512/1",
    "order_date": "2023 | « 14 » апрелинде",
    "department_district": "Сокулук",
    "department_region": "Чүй",
    "ayil_district": "",
    "ayil_region": "",
    "organization_name": "«Ч. Айтматов атындагы № 5 орто мектеп» мекемеси",
    "organization_okpo": "24275760",
    "organization_inn": "00308200610153",
    "ownership": "муниципалдык",
    "address": "Чүй облусу, Сокулук району, Шопоков ш., Ленин к. 15",
    "centre_inn": "",
    "centre_okpo": "",
    "director_name": "А. Асанов",
    "notice_date": "12-май 2023",
}


@pytest.fixture(scope="module")
def forms() -> tuple[Template, ...]:
    return load_forms(TEMPLATES)


def lay(forms: tuple[Template, ...], *texts: str) -> list[Placement]:
    return [each for each in found(forms, *texts) if isinstance(each, Placement)]


def found(forms: tuple[Template, ...], *texts: str) -> list[Placement | TitledPage]:
    return list(match(((n, typed_page(text)) for n, text in enumerate(texts, 1)), forms))


def cut(placement: Placement, expected: dict[str, str]) -> dict[str, str]:
    return {field: written(placement, field) for field in expected}


@pytest.mark.parametrize(("text", "language", "expected"), [
    (RU, "ru", EXPECTED_RU), (KY, "ky", EXPECTED_KY),
])  # fmt: skip
def test_official_layout(
    forms: tuple[Template, ...], text: str, language: str, expected: dict[str, str]
) -> None:
    (placement,) = lay(forms, text)
    assert placement.language == language
    assert placement.share > 0.98
    assert cut(placement, expected) == expected


@pytest.mark.parametrize("width", [40, 75, 110])
@pytest.mark.parametrize(("text", "expected"), [(RU, EXPECTED_RU), (KY, EXPECTED_KY)])
def test_other_line_breaks_and_no_underscores(
    forms: tuple[Template, ...], text: str, expected: dict[str, str], width: int
) -> None:
    retyped = "\n".join(textwrap.wrap(text.replace("_", ""), width))
    (placement,) = lay(forms, retyped)
    assert cut(placement, expected) == expected


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("text", "expected"), [(RU, EXPECTED_RU), (KY, EXPECTED_KY)])
def test_worn_print_keeps_its_numbers(
    forms: tuple[Template, ...], text: str, expected: dict[str, str], seed: int
) -> None:
    (placement,) = lay(forms, worn(text, 0.08, seed))
    for field in ("organization_okpo", "organization_inn"):
        assert written(placement, field) == expected[field]


def test_only_the_relevant_addressee_is_kept(forms: tuple[Template, ...]) -> None:
    start, end = RU.index("Министерство"), RU.index("Отдел образования")
    kept = RU[:start] + RU[end:]
    kept = kept[: kept.index("Айыл окмоту")] + kept[kept.index("ИЗВЕЩЕНИЕ") :]
    (placement,) = lay(forms, kept)
    assert {"ministry", "ayil"}.isdisjoint(placement.blocks)
    assert written(placement, "department_district") == "Сокулукского"
    assert "ayil_district" not in placement.holes


def test_addressee_below_the_body_is_found(forms: tuple[Template, ...]) -> None:
    start, end = RU.index("Отдел образования"), RU.index("Айыл окмоту")
    moved = RU[:start] + RU[end:] + RU[start:end]
    (placement,) = lay(forms, moved)
    assert written(placement, "department_district") == "Сокулукского"
    assert written(placement, "notice_date") == "12 мая 2023"


def test_table_with_labels_before_values(forms: tuple[Template, ...]) -> None:
    start, end = RU.index("Учреждение"), RU.index("уведомляет")
    table = """полное наименование юридического лица     СОШ № 5 имени Ч. Айтматова
ОКПО        24275760
ИНН         00308200610153
форма собственности     муниципальная
юридический/фактический адрес    г. Шопоков, ул. Ленина 15
"""
    (placement,) = lay(forms, RU[:start] + table + RU[end:])
    assert written(placement, "organization_name") == "СОШ № 5 имени Ч. Айтматова"
    assert written(placement, "organization_okpo") == "24275760"
    assert written(placement, "ownership") == "муниципальная"
    assert written(placement, "address") == "г. Шопоков, ул. Ленина 15"


@pytest.mark.parametrize("cut_at", ["ИНН 003", "уведомляет", "с образованием", "Директор"])
def test_two_pages_are_one_notice(forms: tuple[Template, ...], cut_at: str) -> None:
    at = RU.index(cut_at)
    (placement,) = lay(forms, RU[:at], RU[at:])
    assert placement.pages == (1, 2)
    assert cut(placement, EXPECTED_RU) == EXPECTED_RU


def test_director_and_date_alone_end_the_notice(forms: tuple[Template, ...]) -> None:
    at = RU.index("Директор")
    (placement,) = lay(
        forms, RU[:at], "Директор\nФИО Артыкова Асель Кыдыралыевна\nдата 20 июль 2023 г."
    )
    assert placement.pages == (1, 2)
    assert written(placement, "director_name") == "Артыкова Асель Кыдыралыевна"


def test_the_words_of_a_seal_part_no_signature_from_its_notice(
    forms: tuple[Template, ...],
) -> None:
    at = RU.index("Директор")
    seal = "районный отдел\nобразования Кыргыз Республикасы № 17\nшкола средняя общеобразовательная"
    foot = "Директор _____ Артыкова Асель Кыдыралыевна\n(подпись, печать)"
    (placement,) = lay(forms, RU[:at], f"{seal}\n{foot}")
    assert placement.pages == (1, 2)
    assert "signature" in placement.blocks


@pytest.mark.parametrize("day", ["дата13 ноября 2023 г.", "дата 13 ноября 2023 г."])
def test_a_day_that_touches_its_label_is_of_the_date(forms: tuple[Template, ...], day: str) -> None:
    (placement,) = lay(forms, RU.replace("дата 12 мая 2023 г.", day))
    assert written(placement, "notice_date") == "13 ноября 2023"


def test_a_date_goes_on_behind_the_forms_own_words(forms: tuple[Template, ...]) -> None:
    (placement,) = lay(forms, KY.replace("12-май 2023-ж.", "2023-ж., 12-май"))
    assert written(placement, "notice_date") == "2023-ж., 12-май"


def test_a_place_far_from_its_own_words_is_told(forms: tuple[Template, ...]) -> None:
    """Of addressees in columns one's value may stand in front of the other's words."""
    beside = KY.replace("Чүй облусунун", 90 * " " + "Чүй\nоблусунун")
    for text, is_aside in ((KY, False), (beside, True)):
        (placement,) = lay(forms, text)
        filled = [hole for hole in placement.holes["department_region"] if hole.letters]
        assert [hole.is_aside for hole in filled] == [is_aside]


def test_a_stamp_far_beside_a_place_is_no_part_of_it(forms: tuple[Template, ...]) -> None:
    stamped = KY.replace("Чүй облусунун", "21. еен" + 60 * " " + "Чүй облусунун")
    (placement,) = lay(forms, stamped)
    assert written(placement, "department_region") == "Чүй"


def test_the_other_language_is_another_notice_also_over_two_pages(
    forms: tuple[Template, ...],
) -> None:
    at = RU.index("уведомляет")
    first, second = lay(forms, KY, RU[:at], RU[at:])
    assert (first.language, first.pages) == ("ky", (1,))
    assert (second.language, second.pages) == ("ru", (2, 3))
    assert cut(second, EXPECTED_RU) == EXPECTED_RU


def test_a_wide_space_in_an_address_makes_no_table_of_it(forms: tuple[Template, ...]) -> None:
    address = "Ноокенский р-н,        с. Бүргөндү, ул.\nЦентральная № 117а"
    start, end = RU.index("Чуйская область"), RU.index("уведомляет")
    (placement,) = lay(forms, RU[:start] + address, RU[end:])
    assert written(placement, "address") == " ".join(address.split())


def test_a_blank_back_between_is_no_page_of_it(forms: tuple[Template, ...]) -> None:
    first, second = lay(forms, RU, "", KY, "")
    assert (first.pages, second.pages) == ((1,), (3,))


def test_both_languages_of_one_school_on_one_page(forms: tuple[Template, ...]) -> None:
    placements = lay(forms, KY + "\n\n" + RU)
    assert [placement.language for placement in placements] == ["ky", "ru"]
    assert cut(placements[0], EXPECTED_KY) == EXPECTED_KY
    assert cut(placements[1], EXPECTED_RU) == EXPECTED_RU


def test_two_notices_of_one_language_on_one_page(forms: tuple[Template, ...]) -> None:
    other = RU.replace("24275760", "01211791")
    placements = lay(forms, RU + "\n\n" + other)
    assert [written(p, "organization_okpo") for p in placements] == ["24275760", "01211791"]


def test_unrelated_pages_yield_nothing(forms: tuple[Template, ...]) -> None:
    order = (SHARED / "official-order.txt").read_text(encoding="utf-8")
    order = order[: order.index("Приложение")]
    letter = (
        "Уважаемый Директор! Просим представить сведения о создании Ресурсного центра\n"
        "педагогического мастерства до 30 апреля 2023 года. ИНН 00308200610153.\n"
    )
    assert lay(forms, order, letter, "", "Устав учреждения\n1. Общие положения") == []


def test_pages_are_taken_one_by_one(forms: tuple[Template, ...]) -> None:
    taken: list[int] = []

    def pages() -> object:
        for number in range(1, 6):
            taken.append(number)
            yield number, typed_page(RU)

    for placement in matched(pages(), forms):  # type: ignore[arg-type]
        assert len(taken) <= placement.pages[-1] + 1


def test_an_empty_gap_has_a_place(forms: tuple[Template, ...]) -> None:
    (placement,) = lay(forms, RU)
    (hole,) = placement.holes["order_number"]
    assert hole.letters == ()
    (spot,) = hole.spots
    line = next(row for row in typed_page(RU).lines if row.text.startswith("№ _"))
    assert spot.box.overlap(line.words[1].box) > 0.5


def test_options_have_a_spot_a_word(forms: tuple[Template, ...]) -> None:
    (placement,) = lay(forms, RU)
    options = {(o.field, o.option): o for o in placement.options}
    assert len(options) == 7
    assert len(options["legal_entity", "not_formed"].words) == 4
    assert len(options["legal_entity", "not_formed"].spots) == 2  # it breaks over two lines


def test_table_with_labels_and_values_of_two_lines(forms: tuple[Template, ...]) -> None:
    start, end = RU.index("Учреждение"), RU.index("уведомляет")
    table = """полное наименование          Средняя общеобразовательная школа
юридического лица            № 5 имени Ч. Айтматова
ОКПО                         24275760
ИНН                          00308200610153
форма собственности          муниципальная
юридический/фактический      Чуйская область, г. Шопоков,
адрес                        ул. Ленина 15
"""
    (placement,) = lay(forms, RU[:start] + table + RU[end:])
    name = "Средняя общеобразовательная школа № 5 имени Ч. Айтматова"
    assert written(placement, "organization_name") == name
    assert written(placement, "address") == "Чуйская область, г. Шопоков, ул. Ленина 15"
    assert written(placement, "organization_inn") == "00308200610153"


def test_a_value_in_the_row_of_another_label_is_that_labels(forms: tuple[Template, ...]) -> None:
    """Labels of several lines beside values of one: the columns are read one after the other."""
    start, end = RU.index("Учреждение"), RU.index("уведомляет")
    table = """полное наименование          СОШ № 5 имени Ч. Айтматова
юридического лица
ОКПО                         24275760
ИНН                          00308200610153
Форма собственности          муниципальная
(государственная, муниципальная,
частная)
Юридический/фактический      г. Шопоков, ул. Ленина 15
адрес
"""
    (placement,) = lay(forms, RU[:start] + table + RU[end:])
    assert written(placement, "ownership") == "муниципальная"
    assert written(placement, "address") == "г. Шопоков, ул. Ленина 15"


@pytest.mark.parametrize(
    "written_date", ["2023-жылдын «20» август", "20.08.2023", "20-август 2023"]
)
def test_kyrgyz_dates_are_taken_whole(forms: tuple[Template, ...], written_date: str) -> None:
    (placement,) = lay(forms, KY.replace("12-май 2023-ж.", written_date))
    assert written(placement, "notice_date") == written_date


def test_a_long_file_of_notices_needs_few_pages_at_hand(forms: tuple[Template, ...]) -> None:
    halves = [RU[: RU.index("ИНН 003")], RU[RU.index("ИНН 003") :]]
    placements = lay(forms, *[RU, *halves, KY, "", *halves, RU])
    assert [p.pages for p in placements] == [(1,), (2, 3), (4,), (6, 7), (8,)]


@pytest.mark.parametrize("gap", [1, 40])
def test_an_inn_before_its_okpo_leaves_each_its_number(
    forms: tuple[Template, ...], gap: int
) -> None:
    text = RU.replace(", ОКПО 24275760", "").replace(
        "ИНН 00308200610153,", f"ИНН 00308200610153{' ' * gap}ОКПО 24275760\n"
    )
    (placement,) = lay(forms, text)
    assert written(placement, "organization_okpo") == "24275760"
    assert written(placement, "organization_inn") == "00308200610153"


@pytest.mark.parametrize(
    ("before", "foot"),
    [
        ("", "Директор          Артыкова Асель Кыдыралыевна\n"),
        ("Директор ______________", "(подпись, печать)\nФИО Артыкова Асель Кыдыралыевна\n"),
    ],
)
def test_a_stamps_date_keeps_no_last_page_from_its_notice(
    forms: tuple[Template, ...], before: str, foot: str
) -> None:
    at = RU.index("Директор")
    stamp = "\n\nОтдел образования\n№ 150\nДата 28.08.25\n"
    foot += "дата: 26 августа 2025 года"
    (placement,) = lay(forms, RU[:at] + before + stamp, foot)
    assert placement.pages == (1, 2)
    assert written(placement, "notice_date") == "26 августа 2025 года"


def test_parts_of_two_words_are_no_option(forms: tuple[Template, ...]) -> None:
    address = "Таш-Көмүр шаары, Токтогул к. 14"
    start, end = KY.index("дареги") + len("дареги"), KY.index("мектептеги")
    (placement,) = lay(forms, KY[:start] + f": {address}, " + KY[end:])
    assert written(placement, "address") == address


def test_the_ministry_in_a_sentence_is_no_heading(forms: tuple[Template, ...]) -> None:
    opening = "Во исполнение приказа Министерства образования и науки сообщаем:\n"
    at = RU.index("ИЗВЕЩЕНИЕ")
    title, rest = RU[at:].split("\n", 1)
    (placement,) = lay(forms, f"Отдел образования Кочкорского района\n{title}\n{opening}{rest}")
    assert not {"appendix", "heading"} & (placement.blocks | placement.traces)


def test_the_area_in_a_letterhead_is_no_trace_of_another_addressee(
    forms: tuple[Template, ...],
) -> None:
    letterhead = "СОШ № 3\nОшская область, Араванский район, с. Сары-Булак\n\n"
    department = "Отделу образования\nАраванского\nрайона Ошской области\n"
    (placement,) = lay(forms, letterhead + department + RU[RU.index("ИЗВЕЩЕНИЕ") :])
    assert "department" in placement.blocks
    assert placement.traces == frozenset()


def test_a_stamp_below_of_whoever_took_the_paper_in_is_no_trace_of_an_addressee(
    forms: tuple[Template, ...],
) -> None:
    head = "Кыргыз Республикасынын Билим берүү жана илим министрлигине\n"
    stamp = "\n\nБИЛИМ БЕРҮҮ БӨЛҮМҮ\nКирүүчү № 88\n"
    (placement,) = lay(forms, head + KY[KY.index("КАБАРЛОО") :] + stamp)
    assert not {"department", "city_department"} & (placement.blocks | placement.traces)


def test_a_letters_foot_on_a_page_of_its_own_ends_it(forms: tuple[Template, ...]) -> None:
    prose = RU[: RU.index("Директор")] + (
        "Решение о создании центра принято на заседании педагогического совета.\n"
        "Методисты приглашаются к участию в мероприятиях."
    )
    rest = "Ресурсный центр создан в целях обмена опытом.\n\n"
    foot = "Директор школы              Асанов Асан Асанович\n\n16 ноября 2024 г.\n"
    (placement,) = lay(forms, prose, rest + foot)
    assert placement.pages == (1, 2)
    assert "Асанов Асан Асанович" in written(placement, "director_name")


def test_a_subject_stands_for_the_title_only_with_an_organisations_numbers(
    forms: tuple[Template, ...],
) -> None:
    letter = """
В отдел образования города Бишкек
О создании Ресурсного центра педагогического мастерства
О создании Ресурсного центра педагогического мастерства сообщаем следующее.
Центр создан без образования юридического лица по вопросам школьного образования.
Организация, при которой он создан: Учреждение «Средняя школа № 29».
Форма собственности муниципальная. {numbers}
Адрес (юридический и фактический): ул. Ахунбаева, 185.
Директор            Ч.Т. Сыдыкова
"""
    numbers = "ОКПО 23234433; ИНН 01209200110315."
    assert [p.language for p in lay(forms, letter.format(numbers=numbers))] == ["ru"]
    assert lay(forms, letter.format(numbers="Тел. 54-18-73.")) == []


TABLE = """
{title}
{subject}
1 Куда направляется
2 Какая организация создала центр: Средняя школа имени Ю. Гагарина села Покровка
3 Налоговый номер (ИНН): 00101200610315
4 Код по статистике (ОКПО): {okpo}
5 Чья собственность: муниципальная
6 Где находится: с. Покровка, ул. Мира, 27
7 Для кого центр: школьное образование
8 Нет, центр создан без образования юридического лица
10 Руководитель школы: директор Ниязбекова Гульмира Асановна
12 Дата 17.10.2023
"""
ABOUT = "о том, что в школе открыт Ресурсный центр педмастерства"


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("ИЗВЕЩЕНИЕ", ABOUT),
        ("Извещение-анкета", ABOUT),
        ("Открытие Ресурсного центра ИЗВЕЩЕНИЕ", ""),
    ],
)
def test_a_page_in_own_words_under_the_title_with_both_numbers_is_a_notice(
    forms: tuple[Template, ...], title: str, subject: str
) -> None:
    table = TABLE.format(title=title, subject=subject, okpo="21376324")
    assert [p.language for p in lay(forms, table)] == ["ru"]


def test_another_matter_under_the_title_is_none_and_looked_at(forms: tuple[Template, ...]) -> None:
    tax = """
ИЗВЕЩЕНИЕ
о необходимости уплаты налогов
Налогоплательщик: Средняя школа № 5 имени Ч. Айтматова
ИНН: 00308200610153
ОКПО: 24275760
Форма собственности: муниципальная
Юридический адрес: Чуйская область, Сокулукский район, с. Шопоков, ул. Ленина 15
Сумма к уплате: 12 450 сом, срок до 15.10.2023
Руководитель: Асанов Асан Асанович
Подпись, печать
Дата: 2 октября 2023 г.
"""
    assert found(forms, tax) == [TitledPage(1)]


def test_notices_on_one_page_know_each_others_letters(forms: tuple[Template, ...]) -> None:
    unnamed = KY.replace("А. Асанов", "")
    page = typed_page(unnamed + RU)
    ky, ru = matched([(1, page)], forms)
    assert [each.language for each in (ky, ru)] == ["ky", "ru"]
    assert not any(hole.letters for hole in ky.holes.get("director_name", ()))
    own = page.without(ky.others[1]).text
    assert "КАБАРЛОО" in own
    assert "ИЗВЕЩЕНИЕ" not in own
    assert "КАБАРЛОО" not in page.without(ru.others[1]).text
    assert written(ru, "director_name") == "Асанов Асан Асанович"


def test_a_rings_arc_before_a_printed_word_is_no_houses_letter(
    forms: tuple[Template, ...],
) -> None:
    ringed = KY.replace("\nмектепке чейинки", "\nСмектепке чейинки")
    assert ringed != KY
    (plain,), (placement,) = lay(forms, KY), lay(forms, ringed)
    assert written(placement, "address") == written(plain, "address")
