"""Names and addresses in texts that go on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.stages.completion.names.ends import with_ends
from tests.stages.completion.test_addressed import KY_BODY
from tests.stages.completion.test_dated import BODY
from tests.stages.completion.test_retyped import FORMS, HEAD, REFERENCE, VALUES, read
from tests.typed import matched, typed_page, written

NAME, ADDRESS = VALUES["organization_name"], VALUES["address"]


@pytest.mark.parametrize(
    "rest",
    [
        " извещает о том, что",
        ", кабарлайбыз,",
        ", на базе которой работают опытные учителя,",
        ". Просим учесть, что",
        " (ИНН 00308200610153)",
        ", Сиздерге билдирет:",
        "\nПо вопросам какого образования",
    ],
)
def test_an_address_ends_with_its_house(rest: str) -> None:
    address = read(HEAD + BODY.replace(ADDRESS, ADDRESS + rest)).fields["address"]
    assert address.value == ADDRESS


def test_a_house_has_a_letter_and_a_word_of_its_own() -> None:
    own = "Нарын обл., Жумгал р., Миң-Куш айылы, Исанов к., 84б-үй"
    letter = HEAD + BODY.replace(ADDRESS, own + ", өз базасында")
    assert read(letter).fields["address"].value == own


@pytest.mark.parametrize(
    "own",
    [
        "г. Бишкек, 8 микрорайон, дом 37, кв. 12",
        "720001, г. Бишкек, ул. Ленина, 15, корпус Б, 3 этаж",
        "ул. 50 лет Октября, 12, с. Чолпон, Кочкорский район",
        "Нарынская область, с. Чолпон, ул. А. Осмонова, 50",
        "Чуйская область, с. Ивановка, ул. Ш. Руставели, б/н",
    ],
)
def test_what_goes_on_with_the_address_stays(own: str) -> None:
    assert read(HEAD + BODY.replace(ADDRESS, own)).fields["address"].value == own


@pytest.mark.parametrize(
    "opening",
    [
        "Уважаемые коллеги! ",
        "В соответствии с приказом министерства сообщаем: ",
        "Доводим до Вашего сведения, что ",
        "Мы, ",
        "Показатель Сведения ",
        "Наименование организации ",
        "Сообщаем Вам, что на базе нашей организации – ",
        "образовательной организации ",
        "«24» мая 2023 г. ",
        "В соответствии с приказом министерства «Об организации Ресурсных центров» ",
        "В соответствии с Законом Кыргызской Республики «Об образовании» и приказом министерства "
        "в целях распространения передового педагогического опыта сообщаем следующее. ",
    ],
)
def test_a_name_begins_behind_the_opening_of_a_letter_or_a_table(opening: str) -> None:
    assert read(HEAD + opening + BODY).fields["organization_name"].value == NAME


def test_a_value_ends_before_the_next_item_of_a_list() -> None:
    listed = BODY.replace(f"{NAME}, ОКПО", f"{NAME}\n2. Код ОКПО", 1).replace(
        ADDRESS, f"{ADDRESS}\n6. Уровень образования:"
    )
    fields = read(HEAD + listed).fields
    assert (fields["organization_name"].value, fields["address"].value) == (NAME, ADDRESS)


def test_a_quoted_name_begins_behind_whom_a_letter_addresses() -> None:
    name = "«№ 47 орто мектеп» мекемеси"
    letter = HEAD + BODY.replace(NAME, f"Сизге {name}")
    assert read(letter).fields["organization_name"].value == name


def test_a_name_keeps_what_a_heading_says_too() -> None:
    name = "Детский сад № 7 «Ромашка»"
    template = FORMS[0]
    rule = template.fields["organization_name"]
    own = replace(rule, headings=(*rule.headings, "детский сад"))
    form = replace(template, fields={**template.fields, rule.name: own})
    page = typed_page(HEAD + BODY.replace(NAME, name))
    (placement,) = matched([(1, page)], (form,))
    assert written(with_ends(placement, REFERENCE.months), "organization_name") == name


@pytest.mark.parametrize("label", ["– Дареги: ", "Юридический адрес: "])
def test_a_name_ends_before_another_fields_label(label: str) -> None:
    letter = HEAD + BODY.replace(f"{NAME}, ", f"{NAME} {label}")
    assert read(letter).fields["organization_name"].value == NAME


def test_whose_an_organisation_is_is_no_part_of_its_name() -> None:
    letter = BODY.replace(NAME, f"{NAME} муниципальной формы")
    assert read(HEAD + letter).fields["organization_name"].value == NAME


def test_a_label_of_one_word_before_a_name_is_none_of_it() -> None:
    listed = f"Организация - {NAME}\nИНН 00308200610153\n"
    named = HEAD + BODY.replace(BODY[: BODY.index("ИНН")], listed)
    assert read(named).fields["organization_name"].value == NAME


def test_another_fields_number_at_the_end_of_a_names_first_line_is_no_part_of_it() -> None:
    name = "«Курманжан Датка атындагы № 36 жалпы билим берүү{}орто мектеби» муниципалдык мекемеси"
    parted = name.format(" , ОКПО 24275760\n") + "\n(юрдикалык жактын толук аталышы)\n"
    paper = KY_BODY.replace("«Тилек» орто мектеби, ОКПО 24275760\n", parted)
    fields = read(paper).fields
    assert fields["organization_name"].value == name.format(" ")
    assert fields["organization_okpo"].value == "24275760"


def test_the_rest_of_a_name_in_quotes_stands_below_though_a_number_stands_beside_it() -> None:
    paper = """
ИЗВЕЩЕНИЕ

Муниципальное учреждение «Основная школа с. Мин-    , ОКПО    21476221
                    Куш»
     (полное наименование юридического лица)
ИНН    00412202210074    , форма собственности    муниципальная
                                    (государственная, муниципальная, частная),
юридический/фактический адрес    Нарынская обл., Жумгальский р-н, с. Мин-Куш, ул. Мира, 70
уведомляет о том, что создан Ресурсный центр педагогического мастерства по вопросам
дошкольного или школьного образования (нужное подчеркнуть) с образованием юридического
лица (указать ИНН, ОКПО), без образования юридического лица (нужное подчеркнуть).

Директор        Мусабаев Ашир Медетович
Дата 04.12.2023г.
"""
    name = "Муниципальное учреждение «Основная школа с. Мин-Куш»"
    assert read(paper).fields["organization_name"].value == name


def test_an_address_ends_with_the_kind_of_its_last_place_in_a_line_of_its_own() -> None:
    own = "г. Балыкчы, ул. Фрунзе 212, Иссык-Кульская\nобласть"
    address = read(HEAD + BODY.replace(ADDRESS, own)).fields["address"]
    assert address.value == own.replace("\n", " ")
