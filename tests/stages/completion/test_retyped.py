"""Forms typed anew: every value in its field, whatever the labels say and wherever they stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from random import Random

import pytest

from intake.domain.document import Document, Kind
from intake.domain.geometry import Transform
from intake.domain.ink import BlankInk, Ink, Mark, OptionInk
from intake.domain.notice import Flag, Notice, Reading
from intake.domain.placement import Placement
from intake.domain.text import PageText
from intake.fields.confidence import load_calibration
from intake.fields.grading import Grader
from intake.fields.reference import load_reference
from intake.forms import load_forms
from intake.options import TEMPLATES
from intake.score import same
from intake.stages.complete import complete
from intake.stages.desk import Desk
from intake.stages.validate import validate
from tests.retypings import ARRANGEMENTS, draw
from tests.typed import matched, typed_page, written

REFERENCE = load_reference(TEMPLATES / "reference")
FORMS = load_forms(TEMPLATES)
SCAN = Document("scan.png", Path("scan.png"), "0" * 64, Kind.PNG, 1)
DESK = Desk(
    SCAN, {1: Transform()}, Grader(REFERENCE, date(2026, 1, 1)), load_calibration(), {}
)  # fmt: skip
RU_STATEMENT = """
уведомляет о том, что создан Ресурсный центр педагогического мастерства по вопросам
дошкольного или школьного образования (нужное подчеркнуть) с образованием юридического лица
(указать ИНН, ОКПО), без образования юридического лица (нужное подчеркнуть).
"""
HEAD = "Отдел образования\nКочкорского района\nНарынской области\n\nИЗВЕЩЕНИЕ\n\n"
FOOT = "\nДиректор _______ Асанов Асан Асанович\n(подпись, печать)\nдата 12 мая 2023 г.\n"
VALUES = {
    "organization_name": "Средняя школа № 5 имени Ч. Айтматова",
    "organization_okpo": "24275760",
    "organization_inn": "00308200610153",
    "ownership": "municipal",
    "address": "Нарынская область, Кочкорский район, с. Чолпон, ул. Ленина, 15",
}


def read(text: str) -> Notice:
    """Return the notice on a typed page, all values typed and no choice marked."""
    (notice,) = read_all(text)
    return notice


def read_all(text: str) -> list[Notice]:
    """Return every notice on such a page."""
    page = typed_page(text)
    return [_read(placement, page) for placement in matched([(1, page)], FORMS)]


def _read(placement: Placement, page: PageText) -> Notice:
    placement = complete(placement, {1: page}, REFERENCE)
    marks = tuple(
        OptionInk(one.field, one.option, Mark.NONE, 0.99, sure=True) for one in placement.options
    )
    blanks = {
        name: BlankInk(1.0, written=True, handwritten=0.0)
        for name, holes in placement.holes.items()
        if any(hole.letters for hole in holes)
    }
    notice = validate(placement, Ink(marks, {}, blanks), {}, DESK)
    assert notice is not None
    return notice


def said(fields: Mapping[str, Reading]) -> dict[str, str | None]:
    return {name: fields[name].value for name in VALUES}


@pytest.mark.parametrize("language", ["ru", "ky"])
def test_retypings_keep_their_values(language: str) -> None:
    """Of 300 other ones a language 0.9 % of fields were wrong, half of them in prose."""
    rng = Random(11)
    asked, wrong = 0, list[str]()
    for _ in range(60):
        form = draw(rng, language)
        fields = read(form.text).fields
        asked += len(form.values)
        wrong += [
            f"{form.arrangement}: {name} {fields[name].value!r} for {value!r}"
            for name, value in form.values.items()
            if not same(value, fields[name].value)
        ]
    assert len(wrong) <= 0.015 * asked, "\n".join(wrong)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            "Кто уведомляет: {organization_name}\nОКПО: {organization_okpo}\nИНН: "
            "{organization_inn}\nЧья: {ownership}\nГде находится: {address}\n"
            "E-mail: school5@mail.ru", id="colons",
        ),
        pytest.param(
            "Кто уведомляет – {organization_name}\nОКПО – {organization_okpo}\nИНН – "
            "{organization_inn}\nЧья – {ownership}\nГде находится – {address}", id="dashes",
        ),
        pytest.param(
            "1. Кто уведомляет: {organization_name}\n2. Код ОКПО: {organization_okpo}\n3. ИНН: "
            "{organization_inn}\n4. Чья: {ownership}\n5. Где находится: {address}", id="numbered",
        ),
        pytest.param(
            "Кто уведомляет              {organization_name}\nОКПО                        "
            "{organization_okpo}\nИНН                         {organization_inn}\n"
            "Чья собственность           {ownership}\nГде находится               {address}",
            id="columns",
        ),
        pytest.param(
            "{organization_name}\n(кто уведомляет)\n{organization_okpo}\n(код ОКПО)\n"
            "{organization_inn}\n(ИНН школы)\n{ownership}\n(чья)\n{address}\n(где находится)",
            id="captions",
        ),
        pytest.param(
            "Кто уведомляет\n{organization_name}\nОКПО\n{organization_okpo}\nИНН школы\n"
            "{organization_inn}\nЧья собственность\n{ownership}\nГде находится\n{address}",
            id="above",
        ),
    ],
)  # fmt: skip
def test_labels_in_unknown_words_are_no_part_of_values(rows: str) -> None:
    written = rows.format(**{**VALUES, "ownership": "муниципальная"})
    assert said(read(HEAD + written + RU_STATEMENT + FOOT).fields) == VALUES


def test_a_number_in_the_other_order_is_found_by_its_label() -> None:
    rows = (
        "Кто: {organization_name}\nИНН школы: {organization_inn}\nОКПО: {organization_okpo}\n"
        "Чья: муниципальная\nГде: {address}"
    ).format(**VALUES)
    assert said(read(HEAD + rows + RU_STATEMENT + FOOT).fields) == VALUES


@pytest.mark.parametrize("answer", ["муниципальный,", "муниципальная собственность"])
def test_an_answer_at_the_head_of_the_address_goes_to_its_own_field(answer: str) -> None:
    rows = (
        f"{VALUES['organization_name']}, ОКПО {VALUES['organization_okpo']}\n"
        "(полное наименование юридического лица)\n"
        f"ИНН {VALUES['organization_inn']}, форма собственности\n"
        f"юридический/фактический адрес {answer} {VALUES['address']}"
    )
    assert said(read(HEAD + rows + RU_STATEMENT + FOOT).fields) == VALUES


def test_a_name_that_begins_like_an_answer_stays_whole() -> None:
    name = "Частная школа «Илим»"
    rows = (
        f"{name}, ОКПО {VALUES['organization_okpo']}\n"
        f"ИНН {VALUES['organization_inn']}, форма собственности ________,\n"
        f"юридический/фактический адрес {VALUES['address']}"
    )
    fields = read(HEAD + rows + RU_STATEMENT + FOOT).fields
    assert (fields["organization_name"].value, fields["ownership"].value) == (name, None)


def test_a_value_goes_on_before_a_comma_and_the_next_label() -> None:
    rows = (
        "Учреждение «Средняя школа имени Б. Токталиева» Нарынского\n"
        f"района, ОКПО {VALUES['organization_okpo']}\nИНН {VALUES['organization_inn']}, форма "
        f"собственности муниципальная,\nюридический/фактический адрес {VALUES['address']}"
    )
    name = read(HEAD + rows + RU_STATEMENT + FOOT).fields["organization_name"].value
    assert name == "Учреждение «Средняя школа имени Б. Токталиева» Нарынского района"


@pytest.mark.parametrize(
    "foot",
    [
        "Руководитель: Асанов А.А.\nПодпись: _____\nДата подачи: 12.05.2023\n",
        "12.05.2023\nДиректор ______ Асанов А.А.\n\nИсп.: Токтогулова А.К., тел. 0555 12-34-56\n",
        "Руководитель ______ /Асанов А.А./\nМ.П.   Дата подачи 12 мая 2023 года\n\n"
        "Исп.: Токтогулова А.К., тел. 0555 12-34-56\n",
    ],
)
def test_the_foot_of_a_letter(foot: str) -> None:
    rows = "\n".join(f"{label}: {value}" for label, value in zip(
        ("Кто", "ОКПО", "ИНН", "Чья", "Где"), {**VALUES, "ownership": "частная"}.values(),
        strict=True))  # fmt: skip
    fields = read(f"{HEAD}{rows}{RU_STATEMENT}\n{foot}").fields
    assert fields["director_name"].value == "Асанов А.А."
    assert fields["notice_date"].value == "2023-05-12"


def test_all_arrangements_are_drawn() -> None:
    rng = Random(11)
    assert {draw(rng, "ky").arrangement for _ in range(60)} == set(ARRANGEMENTS)


def test_a_table_may_have_a_head_and_rows_of_the_foot() -> None:
    rows = (
        "№  Наименование показателя    Сведения\n"
        f"1  Кто уведомляет             {VALUES['organization_name']}\n"
        f"2  ОКПО                       {VALUES['organization_okpo']}\n"
        f"3  ИНН                        {VALUES['organization_inn']}\n"
        "4  Форма собственности        муниципальная\n"
        f"5  Где находится              {VALUES['address']}\n"
        "6  ФИО директора              Асанов Асан Асанович\n"
        "7  Дата                       12 мая 2023 г.\n"
    )
    fields = read(HEAD + rows + RU_STATEMENT + "\nДиректор _______\n(подпись, печать)\n").fields
    assert said(fields) == VALUES
    assert fields["notice_date"].value == "2023-05-12"


def test_a_letter_in_another_order_is_found_by_its_title_and_asked_about() -> None:
    letter = (
        "МИНИСТЕРСТВО ОБРАЗОВАНИЯ И НАУКИ КЫРГЫЗСКОЙ РЕСПУБЛИКИ\n\n"
        "В отдел образования\nКочкорского района\nНарынской области\n\nИЗВЕЩЕНИЕ\n\n"
        "Частное образовательное учреждение «Илим Нуру» сообщает о создании Ресурсного центра\n"
        "педагогического мастерства по вопросам школьного образования без образования\n"
        "юридического лица.\nСведения об организации:\n"
        f"ОКПО {VALUES['organization_okpo']}, ИНН {VALUES['organization_inn']}.\n"
        f"Форма собственности: частная.\nЮридический/фактический адрес: {VALUES['address']}.\n"
        "\nДиректор Асанов Асан Асанович\n12 мая 2023 г.\n"
    )
    fields = read(letter).fields
    assert fields["organization_inn"].value == VALUES["organization_inn"]
    assert fields["organization_okpo"].value == VALUES["organization_okpo"]
    assert (fields["ownership"].value, fields["legal_entity"].value) == ("private", "not_formed")
    assert fields["organization_name"].flags


LISTED = f"""
Название учреждения: {VALUES["organization_name"]}
ИНН: {VALUES["organization_inn"]}
Код ОКПО: {VALUES["organization_okpo"]}
Чья собственность: муниципальная
Место нахождения: {VALUES["address"]}
"""


@pytest.mark.parametrize("title", ["ИЗВЕЩЕНИЕ № 3", "ИЗВЕЩЕНИЕ О СОЗДАНИИ РЕСУРСНОГО ЦЕНТРА"])
def test_a_list_in_other_words_is_found_by_its_title(title: str) -> None:
    subject = "В школе создан Ресурсный центр педагогического мастерства."
    fields = read(f"Начальнику РОО\n\n{title}\n{LISTED}\n{subject}\n{FOOT}").fields
    assert said(fields) == VALUES


def test_another_matter_is_no_notice_whatever_its_title() -> None:
    other = (
        "\nНастоящим извещаем о проведении открытых торгов по закупке угля для школы.\n"
        "Заявки принимаются до 1 октября по адресу организации.\n"
    )
    page = typed_page(f"ИЗВЕЩЕНИЕ\n{LISTED}{other}{FOOT}")
    assert not list(matched([(1, page)], FORMS))


def test_a_second_line_stands_among_the_numbers_beside_it() -> None:
    table = (
        f"Организация:    Чаткальская опорная школа № 1          ОКПО:   "
        f"{VALUES['organization_okpo']}\n"
        f"                им. Ч. Айтматова                       ИНН:    "
        f"{VALUES['organization_inn']}\n\n"
        f"Собственность:  муниципальная\n\nАдрес:          {VALUES['address']}\n"
    )
    fields = read(HEAD + table + RU_STATEMENT + FOOT).fields
    name = "Чаткальская опорная школа № 1 им. Ч. Айтматова"
    assert said(fields) == VALUES | {"organization_name": name}


def test_words_lost_from_a_letters_sentence_go_back_to_their_values() -> None:
    """The form has numbers behind a name, and a letter «… мекемеси, менчигинин формасы …»."""
    body = (
        f"{' ' * 30}Мекеменин толук аталышы – «Боо-Терек орто мектеби» муниципалдык\n"
        "мекемеси, менчигинин формасы муниципалдык, дареги: Талас облусу, Бакай-Ата\n"
        "району, Боо-Терек айылы, Жаштык көчөсү, 57А. ОКПО 31428602, ИНН\n02802201910110.\n\n"
        "Мекемебиздин алдында мектептеги билим берүү маселелери боюнча Педагогикалык\n"
        "чеберчиликтин ресурстук борбору юридикалык жакты түзбөстөн уюштурулгандыгын "
        "кабарлайбыз.\n\nДиректор          А. А. Асанов\n"
    )
    fields = read(f"Чыг. № 153, 07.07.2023\n\nКАБАРЛОО\n\n{body}").fields
    assert fields["organization_name"].value == "«Боо-Терек орто мектеби» муниципалдык мекемеси"
    assert fields["address"].value is not None
    assert fields["address"].value.startswith("Талас облусу, Бакай-Ата району, Боо-Терек айылы")


def test_words_of_an_address_like_the_forms_stay_in_it() -> None:
    address = (
        "Нарынская область, Кочкорский район, Чолпонский а/о,\n                с. Чолпон, д. 5"
    )
    rows = LISTED.replace("Место нахождения: ", "Адрес:          ")
    text = HEAD + rows.replace(VALUES["address"], address) + RU_STATEMENT + FOOT
    assert read(text).fields["address"].value == " ".join(address.split())


@pytest.mark.parametrize(
    ("name", "behind"),
    [
        ("Средняя школа № 5 (полностью)", ""),
        ("Администрация школы № 5", ""),
        (VALUES["organization_name"], ". С уважением"),
        (VALUES["organization_name"], " Педагогический коллектив извещает"),
    ],
)
def test_values_with_words_that_none_has_are_asked_about(name: str, behind: str) -> None:
    rows = LISTED.replace(VALUES["organization_name"], name)
    rows = rows.replace(VALUES["address"], VALUES["address"] + behind)
    fields = read(HEAD + rows + RU_STATEMENT + FOOT).fields
    asked = "address" if behind else "organization_name"
    assert fields[asked].flags


@pytest.mark.parametrize(
    "addressee",
    ["Отдел образования\nКочкорского р-на\nНарынской обл.",
     "Отдел образования\nКочкорского района\nНарынской обл."],
)  # fmt: skip
def test_an_addressee_in_abbreviations_is_found(addressee: str) -> None:
    fields = read(f"{addressee}\n\nИЗВЕЩЕНИЕ\n{LISTED}{RU_STATEMENT}{FOOT}").fields
    places = fields["department_district"].value, fields["department_region"].value
    assert places == ("Кочкорского", "Нарынской")


def test_a_notice_to_nobody_is_asked_about() -> None:
    fields = read(f"ИЗВЕЩЕНИЕ\n{LISTED}{RU_STATEMENT}{FOOT}").fields
    assert Flag.CONFLICT in fields["ownership"].flags


def test_an_address_that_holds_the_name_is_asked_about() -> None:
    name, address = VALUES["organization_name"], VALUES["address"]
    rows = LISTED.replace(address, f"{name}, {address}")
    fields = read(HEAD + rows + RU_STATEMENT + FOOT).fields
    assert fields["address"].flags
    assert fields["organization_name"].flags


@pytest.mark.parametrize(("number", "value"), [("1-12/87", "1-12/87"), ("12.05.2023", None)])
def test_a_files_number_is_no_date(number: str, value: str | None) -> None:
    heading = f"Приложение\nк приказу МОН КР\n№ {number} от «29» марта 2023 года\n\n"
    fields = read(f"{heading}{HEAD}{LISTED}{RU_STATEMENT}{FOOT}").fields
    assert fields["order_number"].value == value


BODY = f"""{VALUES["organization_name"]}, ОКПО {VALUES["organization_okpo"]}
(полное наименование юридического лица)
ИНН {VALUES["organization_inn"]}, форма собственности муниципальная
юридический/фактический адрес {VALUES["address"]}
{RU_STATEMENT}{FOOT}"""


def test_addressees_in_a_column_beside_the_form_are_none_of_its_values() -> None:
    left, right = (
        BODY.splitlines(),
        ["Отдел образования", "Кочкорского района", "Нарынской области"],
    )
    wide = max(map(len, left)) + 8
    rows = [
        line.ljust(wide) + (right[n] if n < len(right) else "")
        for n, line in enumerate(["ИЗВЕЩЕНИЕ", *left])
    ]
    fields = read("\n".join(rows)).fields
    assert said(fields) == VALUES
    assert fields["department_district"].value == "Кочкорского"


@pytest.mark.parametrize("title", ["КАБАРЛОО / ИЗВЕЩЕНИЕ", "ИЗВЕЩЕНИЕ (КАБАРЛОО)"])
def test_a_title_in_both_languages_is_one(title: str) -> None:
    subject = "В школе создан Ресурсный центр педагогического мастерства."
    assert said(read(f"{title}\n{LISTED}\n{subject}\n{FOOT}").fields) == VALUES


def test_what_stands_in_the_other_language_beside_a_name_is_asked_about() -> None:
    both = LISTED.replace("ИНН:", "/ юрдикалык жактын толук аталышы\nИНН:", 1)
    name = read(HEAD + both + RU_STATEMENT + FOOT).fields["organization_name"]
    assert name.value == VALUES["organization_name"] or name.flags


def test_captions_without_brackets_stand_below_their_values() -> None:
    rows = f"""
    {VALUES["organization_name"]}
          (полное наименование юридического лица)

    {VALUES["organization_okpo"]}
                                                   ОКПО

    {VALUES["organization_inn"]}
                                                   ИНН

    муниципальная
                 форма собственности (государственная, муниципальная, частная)

    {VALUES["address"]}
                         юридический/фактический адрес
"""
    assert said(read(HEAD + rows + RU_STATEMENT + FOOT).fields) == VALUES


def test_a_number_and_a_date_typed_below_their_blanks_are_found() -> None:
    body = BODY.replace(
        f"ИНН {VALUES['organization_inn']}, форма",
        f"ИНН {' ' * 22}, форма",
    ).replace(
        "юридический/фактический", f"     {VALUES['organization_inn']}\nюридический/фактический", 1
    )
    body = body.replace("дата 12 мая 2023 г.", "дата            2023 г.\n      12 мая")
    fields = read(HEAD + body).fields
    assert fields["organization_inn"].value == VALUES["organization_inn"]
    assert fields["notice_date"].value == "2023-05-12"


def test_two_offices_in_a_sentence_are_parted_by_a_semicolon() -> None:
    whom = (
        "Кому: Отдел образования Кочкорского района\nНарынской области; айыл окмоту\n"
        "Кочкорского района Нарынской области\n"
    )
    fields = read(f"ИЗВЕЩЕНИЕ\n{whom}{LISTED}{RU_STATEMENT}{FOOT}").fields
    for name in ("department", "ayil"):
        assert fields[f"{name}_district"].value == "Кочкорского"
        assert fields[f"{name}_region"].value == "Нарынской"


@pytest.mark.parametrize("name", ["Средняя школа № 5, ул. Ленина, 15", "Школа «Умай» ул. Манаса 3"])
def test_a_street_in_a_name_is_asked_about(name: str) -> None:
    fields = read(HEAD + BODY.replace(VALUES["organization_name"], name)).fields
    assert fields["organization_name"].flags


def test_a_page_s_number_ends_no_address() -> None:
    first = BODY[: BODY.index(RU_STATEMENT)] + "\n" * 20 + " " * 60 + "1/2"
    page = typed_page(HEAD + first), typed_page(RU_STATEMENT + FOOT)
    (placement,) = matched(list(enumerate(page, 1)), FORMS)
    placement = complete(placement, dict(enumerate(page, 1)), REFERENCE)
    assert written(placement, "address") == VALUES["address"]


def test_a_person_named_in_the_schools_name_is_not_its_director() -> None:
    letter = (
        "ИЗВЕЩЕНИЕ\nо создании Ресурсного центра педагогического мастерства\n\n"
        "Настоящим сообщаем, что при нашем учреждении открыт Ресурсный центр\n"
        "педагогического мастерства по вопросам школьного образования. Центр работает без\n"
        "образования юридического лица.\n\n"
        "Сведения об учреждении: Средняя школа № 19 имени Л. Толстого; форма\n"
        "собственности: муниципальная; адрес: Джалал-Абадская область, Сузакский район,\n"
        "с. Октябрьское, ул. Ленина, 44; ИНН: 02510200410280; ОКПО: 24073083.\n\n"
        f"Директор{' ' * 40}Ковальчук Т.Н.\n"
    )
    assert read(letter).fields["director_name"].value == "Ковальчук Т.Н."


def test_a_name_goes_on_below_an_initial() -> None:
    letter = (
        "ИЗВЕЩЕНИЕ\nо создании ресурсного центра\n\n"
        "В целях распространения передового педагогического опыта у нас начал работу\n"
        "Ресурсный центр педагогического мастерства. Ресурсный центр действует без\n"
        "образования юридического лица.\n\n"
        "Полное наименование организации: УВК школа-гимназия № 2 им. Ч.\n"
        "Айтматова. ИНН 00204199510132, ОКПО 01261168. Адрес: г. Токмок, ул. Шамсинская, 40.\n\n"
        f"Директор{' ' * 40}Е.А. Мусина\n"
    )
    name = read(letter).fields["organization_name"]
    assert name.value == "УВК школа-гимназия № 2 им. Ч. Айтматова"


@pytest.mark.parametrize("title", ["ИЗВЕШЕНИЕ", "ИЗВЕШЩЕНИЕ", "ИЗВЕЕНИЕ"])
def test_a_title_with_a_letter_misread_is_one(title: str) -> None:
    subject = "В школе создан Ресурсный центр педагогического мастерства."
    assert said(read(f"{title}\n{LISTED}\n{subject}\n{FOOT}").fields) == VALUES
