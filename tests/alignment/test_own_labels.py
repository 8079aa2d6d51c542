"""Labels that retyped forms print in other words than the official one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.placement import Placement
from intake.domain.template import Template
from intake.forms import load_forms
from intake.options import TEMPLATES
from tests.stages.test_match import KY, RU
from tests.typed import matched, typed_page, written

NAME = "Средняя школа № 5 имени Ч. Айтматова"
ADDRESS = "Чуйская область, Сокулукский район, ул. Ленина, 15"


@pytest.fixture(scope="module")
def forms() -> tuple[Template, ...]:
    return load_forms(TEMPLATES)


def laid(forms: tuple[Template, ...], values: str) -> Placement:
    """Lay the Russian form with these lines in place of its own up to the address."""
    start, end = RU.index("Учреждение"), RU.index("уведомляет")
    (placement,) = matched([(1, typed_page(RU[:start] + values + RU[end:]))], forms)
    return placement


@pytest.mark.parametrize(
    "label",
    ["Наименование организации:", "Полное наименование учреждения:", "1. Наименование юр. лица:"],
)
def test_a_label_in_other_words_is_no_part_of_the_name(
    forms: tuple[Template, ...], label: str
) -> None:
    placement = laid(
        forms,
        f"""{label} {NAME}
Код ОКПО: 24275760
ИНН: 00308200610153
Форма собственности: муниципальная
Юридический адрес: {ADDRESS}
""",
    )
    assert written(placement, "organization_name") == NAME
    assert written(placement, "organization_okpo") == "24275760"
    assert written(placement, "address") == ADDRESS


def test_the_second_line_of_such_a_label_stands_beside_the_values(
    forms: tuple[Template, ...],
) -> None:
    placement = laid(
        forms,
        """Наименование          Средняя школа № 5 имени
организации           Ч. Айтматова
ОКПО                  24275760
ИНН                   00308200610153
Форма собственности   муниципальная
Адрес                 Чуйская область, Сокулукский район, ул. Ленина, 15

""",
    )
    assert written(placement, "organization_name") == NAME
    assert written(placement, "address") == ADDRESS


def test_captions_in_other_words_and_an_answer_between_them(forms: tuple[Template, ...]) -> None:
    placement = laid(
        forms,
        f"""{NAME}
(полное наименование юридического лица)
24275760
(код по ОКПО)
00308200610153
(ИНН)
муниципальная
(форма собственности)
г. Шопоков, ул. Ленина, 15
(юр./факт. адрес)
""",
    )
    assert written(placement, "organization_name") == NAME
    assert written(placement, "ownership") == "муниципальная"
    assert written(placement, "address") == "г. Шопоков, ул. Ленина, 15"


def test_the_forms_own_lines_below_a_value_are_no_part_of_it(forms: tuple[Template, ...]) -> None:
    """Where the form's sentence begins otherwise: «Ресурсный центр создан по вопросам …»."""
    placement = laid(
        forms,
        f"""Полное наименование юридического лица: {NAME}
ОКПО: 24275760
ИНН: 00308200610153
Форма собственности: муниципальная
Адрес: {ADDRESS}
создан Ресурсный центр педагогического мастерства по вопросам
""",
    )
    assert written(placement, "address") == ADDRESS


def test_a_last_line_of_one_word_ends_a_value(forms: tuple[Template, ...]) -> None:
    """Though the form prints that word elsewhere."""
    placement = laid(
        forms,
        f"""Полное наименование юридического лица: {NAME} Октябрьского
района
ОКПО: 24275760
ИНН: 00308200610153
Форма собственности: муниципальная
Адрес: {ADDRESS}
""",
    )
    assert written(placement, "organization_name") == f"{NAME} Октябрьского района"


def test_a_house_at_the_margin_is_no_number_of_a_row(forms: tuple[Template, ...]) -> None:
    placement = laid(
        forms,
        f"""{NAME}, ОКПО 24275760
(полное наименование юридического лица)
ИНН 00308200610153, форма собственности муниципальная
юридический/фактический адрес г. Шопоков, улица Ленина,
15
""",
    )
    assert written(placement, "address") == "г. Шопоков, улица Ленина, 15"


def test_an_addressee_in_a_name_is_no_print_of_its_sentence(forms: tuple[Template, ...]) -> None:
    name = "Школа-интернат № 97 при\nМинистерстве образования и науки Кыргызской Республики"
    placement = laid(
        forms,
        f"""{name}, ОКПО 24275760
(полное наименование юридического лица)
ИНН 00308200610153, форма собственности государственная
юридический/фактический адрес {ADDRESS}
""",
    )
    assert written(placement, "organization_name") == name.replace("\n", " ")


def test_the_next_items_number_is_no_part_of_a_name(forms: tuple[Template, ...]) -> None:
    placement = laid(
        forms,
        f"""1. Наименование организации: {NAME}
2. Код по ОКПО: 24275760
3. ИНН: 00308200610153
4. Форма собственности: муниципальная
5. Адрес: {ADDRESS}
""",
    )
    assert written(placement, "organization_name") == NAME


def test_numbers_in_the_other_order_keep_the_names_last_word(forms: tuple[Template, ...]) -> None:
    """«мектеп» holds most letters of a worn «ОКПО»."""
    start, end = KY.index("КАБАРЛОО") + len("КАБАРЛОО\n"), KY.index("мектепке чейинки")
    values = """Уюмдун аталышы        Ч. Айтматов атындагы № 5 орто
                      мектеп
ИНН                   00308200610153
ОКПО                  24275760
Менчиктин формасы     муниципалдык
Дареги                Чүй облусу, Сокулук району, Ленин көч., 15

"""
    (placement,) = matched([(1, typed_page(KY[:start] + values + KY[end:]))], forms)
    assert written(placement, "organization_name") == "Ч. Айтматов атындагы № 5 орто мектеп"


@pytest.mark.parametrize("name", [f"Учреждение {NAME}", f"{NAME} учреждения"])
def test_a_word_of_another_fields_label_stays_in_a_name(
    forms: tuple[Template, ...], name: str
) -> None:
    """«медицинское учреждение» is a label, «учреждение» none."""
    label = "учреждение" if name.startswith("У") else "учреждения"
    form = forms[0]
    rule = form.fields["centre_okpo"]
    other = replace(rule, labels=(*rule.labels, f"медицинское {label}"))
    mine = (replace(form, fields={**form.fields, rule.name: other}),)
    page = typed_page(RU.replace(RU[RU.index("Учреждение") : RU.index(", ОКПО")], name))
    (placement,) = matched([(1, page)], mine)
    assert written(placement, "organization_name") == name
