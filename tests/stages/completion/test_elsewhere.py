"""Values that a letter gives in its head, or in a list behind its sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.notice import Flag
from intake.score import same
from intake.stages.completion.numbers.elsewhere import with_elsewhere
from intake.stages.writing import text_of
from tests.stages.completion.test_retyped import FORMS, VALUES, read, said
from tests.typed import matched, typed_page

NAME = "Частное образовательное учреждение «Школа № 5»"
ADDRESS, INN, OKPO = (VALUES[f] for f in ("address", "organization_inn", "organization_okpo"))
LETTER = """
Отдел образования
Кочкорского района
Нарынской области

ИЗВЕЩЕНИЕ

Настоящим уведомляем о том, что на базе нашей организации (форма собственности –
частная) создан Ресурсный центр педагогического мастерства по вопросам
школьного образования без образования юридического лица.
"""
FOOT = "\nДиректор _______ Асанов Асан Асанович\n12 мая 2023 г.\n"


def test_a_letterhead_says_what_the_letter_does_not() -> None:
    head = f"{NAME}\nАдрес: {ADDRESS} Тел.: 0312 54-12-33\nИНН {INN}   ОКПО {OKPO}\n"
    fields = read(head + LETTER + FOOT).fields
    expected = {**VALUES, "organization_name": NAME, "ownership": "private"}
    assert said(fields) == expected
    for name in ("organization_name", "address"):
        assert Flag.AMBIGUOUS in fields[name].flags  # the head may be another's
    assert not fields["organization_inn"].flags  # the only numbers of their kinds
    assert not fields["organization_okpo"].flags


@pytest.mark.parametrize("sign", [":", " –"])
def test_a_list_behind_the_sentence_is_read(sign: str) -> None:
    behind = (
        "\nИнформация об организации:\n"
        f"ОКПО {OKPO}, ИНН {INN}.\nЮридический/фактический адрес{sign} {ADDRESS}.\n"
    )
    letter = LETTER.replace("уведомляем о том, что на базе нашей организации", f"{NAME}")
    fields = read(letter + behind + FOOT).fields
    assert (fields["organization_okpo"].value, fields["organization_okpo"].flags) == (OKPO, ())
    assert (fields["organization_inn"].value, fields["organization_inn"].flags) == (INN, ())
    assert fields["address"].value == ADDRESS


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_an_address_goes_on_in_the_next_line_where_it_cannot_end(gap: str) -> None:
    head, end = ADDRESS.rsplit(", ", 1)
    fields = read(f"{LETTER}\nНаш адрес: {head},{gap}{end}\n\nИНН {INN}\n{FOOT}").fields
    assert fields["address"].value == ADDRESS


def test_a_name_behind_its_own_label_is_asked_about_where_it_may_go_on() -> None:
    list_ = f"\nНаименование организации: {NAME}\n"
    letter = LETTER.replace("на базе нашей организации (форма собственности –\nчастная) ", "")
    whole = read(f"{letter}{list_}ИНН {INN}\n{FOOT}").fields["organization_name"]
    open_ = read(f"{letter}{list_}им. А. Осмонова\n{FOOT}").fields["organization_name"]
    assert whole.value == NAME
    assert open_.flags


def test_who_typed_the_letter_gives_no_number_or_address() -> None:
    typed = f"\nИсп.: Токтогулова А.К., ИНН {INN}, адрес: {ADDRESS}\n"
    fields = read(LETTER + FOOT + typed).fields
    assert (fields["organization_inn"].value, fields["address"].value) == (None, None)


def test_words_of_the_letter_are_no_name_without_a_question() -> None:
    fields = read(LETTER + FOOT).fields
    assert fields["organization_name"].flags


def test_the_centres_numbers_are_not_the_organisations() -> None:
    centre_inn, centre_okpo = "00410200710028", "22039356"
    head = f"{NAME}\nИНН {INN}, ОКПО {OKPO}\n"
    behind = f"ИНН центра: {centre_inn}, ОКПО центра: {centre_okpo}\n"
    fields = read(head + LETTER.replace("без образования", "с образованием") + behind + FOOT).fields
    assert fields["organization_inn"].value == INN
    assert fields["organization_okpo"].value == OKPO
    assert fields["centre_inn"].value == centre_inn
    assert fields["centre_okpo"].value == centre_okpo


def test_of_a_name_in_both_languages_side_by_side_the_notices_own() -> None:
    head = f"{'№ 5 орто мектеби':60}{NAME}\n\n"
    name = read(head + LETTER + FOOT).fields["organization_name"]
    assert name.value == NAME
    assert name.flags  # a letterhead's


@pytest.mark.parametrize("label", ["ИНН:", "ИНН"])
def test_a_number_at_the_head_of_the_next_line_is_its_labels(label: str) -> None:
    behind = f"\nСведения об организации: {NAME}; ОКПО {OKPO}; {label}\n{INN}; форма: частная.\n"
    fields = read(LETTER + behind + FOOT).fields
    assert fields["organization_inn"].value == INN
    assert fields["organization_okpo"].value == OKPO
    assert fields["centre_inn"].value is None


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("доводим до Вашего\nсведения, что в организации {} создан", "ДОО “Кунестуу”"),
        ("сообщаем, что на базе {} открыт", "Ясли-сад «Кунестуу» с. Бужум"),
    ],
)
def test_the_sentence_says_whose_the_centre_is(opening: str, name: str) -> None:
    letter = LETTER.replace(
        "Настоящим уведомляем о том, что на базе нашей организации (форма собственности –\n"
        "частная) создан",
        "Во исполнение приказа Министерства образования и науки " + opening.format(name),
    )
    reading = read(letter + FOOT).fields["organization_name"]
    assert reading.value is not None
    assert same(name, reading.value)
    assert Flag.AMBIGUOUS in reading.flags


OWN_WORDS = """
ИЗВЕЩЕНИЕ

Настоящим сообщаем, что Детский сад № 94 «Сказка» создаёт на своей базе
Ресурсный центр педагогического мастерства.
Наш адрес: 724929, г. Токмок, ул. Токтогула, дом 74. ИНН: 00308200610153.
ОКПО: 24275760. Форма собственности: муниципальная.
Центр будет работать по вопросам дошкольного или школьного
образования, без образования юридического лица.
"""


def test_a_letter_in_its_own_words_says_everything_once() -> None:
    fields = read(OWN_WORDS + FOOT).fields
    assert said(fields) == {
        **VALUES,
        "organization_name": "Детский сад № 94 «Сказка»",
        "address": "724929, г. Токмок, ул. Токтогула, дом 74",
    }


def test_a_letter_in_kyrgyz_says_whose_centre_it_is() -> None:
    name = "“Токтогул атындагы № 90 орто мектеп” мекемеси"
    letter = (
        f"КАБАРЛОО\n\nСиздерге {name} Педагогикалык чеберчиликтин\nресурстук борборун ачкандыгын "
        f"билдиребиз.\n\nБиздин дарек: Майлуу-Суу ш., Манас көч., 69А. ИНН:\n{INN}. ОКПО: {OKPO}. "
        "Менчиктин формасы: муниципалдык.\nБорбор мектептеги билим берүү маселелери боюнча иштейт, "
        "юридикалык\nжакты түзбөстөн түзүлгөн.\n\nДиректор: _____ Н.А. Алтынбекова\n16.07.2023\n"
    )
    fields = read(letter).fields
    assert same(name, fields["organization_name"].value)
    assert fields["address"].value == "Майлуу-Суу ш., Манас көч., 69А"
    assert fields["organization_inn"].value == INN


def test_an_address_torn_at_a_dash_goes_on() -> None:
    torn = "КР, Нарын обл., Ат-\nБашы р-ну, Баш-Кайыңды а., Советская көч. 54а"
    behind = f"\nЮридический/фактический адрес: {torn}\n"
    letter = LETTER.replace("уведомляем о том, что на базе нашей организации", f"{NAME}")
    address = read(letter + behind + FOOT).fields["address"].value
    assert address is not None
    assert address.replace("обл. ", "обл., ") == torn.replace("\n", "")


def test_a_sentence_gives_name_and_address_behind_their_labels() -> None:
    """The name goes on in the next line, the address stands behind a hint."""
    letter = f"""
Исх. № 12 от «02» октября 2023 г.

Отдел образования Ноокатского района Ошской области

Извещение о создании ресурсного центра

Настоящим уведомляем, что на базе нашего учреждения создан Ресурсный центр
педагогического мастерства по вопросам школьного образования. Центр открыт без
образования юридического лица.
Сведения об учреждении.
Полное наименование: «Школа № 5 имени Ч. Айтматова»
частное учреждение. ИНН {INN}, код ОКПО {OKPO}. Учреждение относится к муниципальной
форме собственности. Юридический адрес (совпадает с фактическим): {ADDRESS}.

Директор _______ Ч. Р. Полотова
"""
    fields = read(letter).fields
    assert fields["organization_name"].value == "«Школа № 5 имени Ч. Айтматова» частное учреждение"
    assert fields["address"].value == ADDRESS
    assert fields["ownership"].value == "municipal"
    assert fields["director_name"].value == "Ч. Р. Полотова"


def test_a_kyrgyz_heading_that_ends_with_the_forms_word_is_its_title() -> None:
    letter = f"""
Чыг. № 135 2024-жылдын «17» сентябрь

Ресурстук борбор түзүлгөндүгү жөнүндө кабарлоо

Биздин мекеменин базасында мектептеги билим берүү маселелери боюнча Педагогикалык
чеберчиликтин ресурстук борбору түзүлгөндүгүн билдиребиз. Борбор юридикалык жакты
түзбөстөн ачылды.
Толук аталышы: «Келечек» жеке менчик лицейи. ИНН {INN}, ОКПО коду {OKPO}. Менчиктин
формасы: жеке менчик. Юридикалык дареги (фактылык дареги менен бирдей): Талас облусу,
Покровка айылы, Фрунзе көчөсү, 133.

Директор _______ А. Т. Асанова
"""
    fields = read(letter).fields
    assert fields["organization_name"].value == "«Келечек» жеке менчик лицейи"
    assert fields["organization_inn"].value == INN
    assert fields["director_name"].value == "А. Т. Асанова"


def test_the_order_that_a_letter_cites_is_no_address() -> None:
    letter = f"""ИЗВЕЩЕНИЕ
о создании Ресурсного центра педагогического мастерства

Во исполнение приказа Министерства образования и науки Кыргызской
Республики от 28 марта 2023 года № 387/1 {NAME}
(ИНН {INN}, ОКПО {OKPO}) уведомляет о том, что на базе
организации создан Ресурсный центр педагогического мастерства по вопросам
школьного образования без образования юридического лица.
Организация относится к муниципальной форме собственности.
Юридический и фактический адрес: {ADDRESS}.

Директор                                        У.К. Назаров
"""
    fields = read(letter).fields
    assert fields["address"].value == ADDRESS
    assert fields["director_name"].value == "У.К. Назаров"


def test_an_address_beside_a_label_of_two_lines_keeps_its_first() -> None:
    page = typed_page(
        "КАБАРЛОО\n\n"
        "юридикалык жактын толук аталышы:  «Билимкана» мектеби\n"
        "           ОКПО:   01325796\n            ИНН:   02709199610013\n"
        "менчиктин формасы:   жеке менчик\n"
        "юридикалык/фактылык   Чүй облусу, Аламүдүн району, Көк-Жар айылы, Тянь-\n"
        "            дареги:   Шань көчөсү, 1\n"
        "билим берүү маселелери:   мектептеги билим берүү\n"
        "      ресурстук борбор:   юридикалык жакты түзбөстөн\n"
    )
    (placement,) = matched([(1, page)], FORMS)
    (hole,) = placement.holes["address"]
    aside = {**placement.holes, "address": (replace(hole, is_aside=True),)}
    found = with_elsewhere(replace(placement, holes=aside), {1: page})
    (kept,) = found.holes["address"]
    assert text_of(kept) == "Чүй облусу, Аламүдүн району, Көк-Жар айылы, Тянь- Шань көчөсү, 1"
    assert kept.is_aside


def test_a_letters_opening_is_no_part_of_its_name() -> None:
    letter = (
        "Кабарлоо\n30.10.2023-жыл\n\nБизде, Кошой уулу Асан атындагы орто мектеп (ИНН:\n"
        "02610200710322, ОКПО: 22553202; менчиктин түрү муниципалдык; дареги:\n"
        "Нарын облусу, Ат-Башы району, Кара-Суу айылы, Жаштык көчөсү, 15-үй),\n"
        "мектептеги билим берүү маселелери боюнча Педагогикалык чеберчиликтин\n"
        "ресурстук борбору юридикалык жакты түзбөстөн түзүлдү.\n\n"
        "Мектептин директору          Турганбаев Бакыт Сагынович\n"
    )
    assert read(letter).fields["organization_name"].value == "Кошой уулу Асан атындагы орто мектеп"


def test_the_next_items_number_is_no_rest_of_a_name() -> None:
    paper = (
        "КАБАРЛОО\n\n1. Уюм жөнүндө маалымат\n1.1. Толук аталышы – Ак-Терек орто мектеби\n"
        "1.2. ОКПО – 30476421\n1.3. ИНН 01203200010042\n1.4. Менчиктин формасы – муниципалдык\n"
        "1.5. Юридикалык/фактылык дареги – Кара-Кулжа району, Ак-Терек айылы\nМектеп көчөсү 1\n"
        "2. Педагогикалык чеберчиликтин ресурстук борбору жөнүндө маалымат\n"
        "2.1. Мектепке чейинки же мектептеги билим берүү маселелери боюнча түзүлдү\n"
        "2.2. Юридикалык жакты түзүү менен, юридикалык жакты түзбөстөн\n"
        "(керектүүсүнүн астын сызуу)\n\nДиректор Жороев Нурбек Маматович\n"
    )
    assert read(paper).fields["organization_name"].value == "Ак-Терек орто мектеби"
