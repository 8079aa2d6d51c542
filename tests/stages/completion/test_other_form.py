"""Values of a form with tables, several persons and lists, which the product has never seen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from intake.domain.geometry import Box
from intake.domain.placement import Placement
from intake.domain.template import Template
from intake.fields.reference import load_reference
from intake.forms import load_form
from intake.options import TEMPLATES
from intake.stages.complete import complete
from tests.typed import COLUMN, LEFT, matched, typed_page, written

REFERENCE = load_reference(TEMPLATES / "reference")
DEFINITION = """
version = "1"
[title]
ru = "Декларация пожарной безопасности"
[fields]
district = { kind = "district", required = true }
number = { kind = "number" }
filed = { kind = "date", required = true }
owner = { kind = "name", required = true, labels = ["владелец"] }
address = { kind = "address", required = true }
phone = { kind = "number" }
area = { kind = "number", required = true }
systems = { kind = "choice", several = true, options = ["alarm", "warning", "water"] }
powder_norm = { kind = "number", required = true }
powder_have = { kind = "number", required = true }
gas_norm = { kind = "number", required = true }
gas_have = { kind = "number", required = true }
checked = { kind = "date", required = true }
responsible = { kind = "person", required = true, labels = ["ответственный", "завхоз"] }
head = { kind = "person", required = true, labels = ["директор"] }
signature = { kind = "signature", required = true }
[headings]
number = ["номер декларации"]
filed = ["дата декларации"]
owner = ["владелец здания"]
address = ["адрес здания"]
phone = ["телефон"]
area = ["общая площадь"]
systems = ["системы защиты"]
powder_norm = ["порошковые огнетушители по норме"]
checked = ["дата проверки"]
responsible = ["ответственный за безопасность"]
"""
WORDING = """
== addressee
В отдел пожарного надзора {district} района

== body
ДЕКЛАРАЦИЯ
пожарной безопасности здания
№ {number} от {filed "20"} г.
Настоящим {owner} <(полное наименование собственника)>
заявляет, что здание, расположенное по адресу: {address}
телефон {phone} имеет общую площадь {area} кв. м и оборудовано
[systems=alarm: автоматической пожарной сигнализацией]
[systems=warning: системой оповещения людей о пожаре]
[systems=water: внутренним противопожарным водопроводом]
Огнетушители порошковые <по норме> {powder_norm} <имеется> {powder_have}
Огнетушители углекислотные <по норме> {gas_norm} <имеется> {gas_have}
Последняя проверка проведена {checked "20"} г.
Ответственный за безопасность {responsible} <(фамилия, имя, отчество)>

== signature
Руководитель {signature} {head} <(подпись, фамилия)>
"""
OFFICIAL = """
В отдел пожарного надзора Сокулукского района

ДЕКЛАРАЦИЯ
пожарной безопасности здания
№ 118 от 8 апреля 2024 г.
Настоящим ОсОО «Торговый дом»
(полное наименование собственника)
заявляет, что здание, расположенное по адресу: с. Сокулук, ул. Фрунзе, 214
телефон 03134 5-12-40 имеет общую площадь 1 250,5 кв. м и оборудовано
автоматической пожарной сигнализацией
системой оповещения людей о пожаре
внутренним противопожарным водопроводом

Наименование                       по норме, шт.       имеется, шт.
Огнетушители порошковые            8                   7
Огнетушители углекислотные         2                   1

Последняя проверка проведена 12 марта 2024 г.
Ответственный за безопасность Касымов Эрмек Талантович
(фамилия, имя, отчество)

Руководитель ______ Жумабаев К. Т.
(подпись, фамилия)
"""


@pytest.fixture
def form(tmp_path: Path) -> Template:
    folder = tmp_path / "fire-declaration"
    folder.mkdir()
    (folder / "form.toml").write_text(DEFINITION, encoding="utf-8")
    (folder / "ru.txt").write_text(WORDING, encoding="utf-8")
    return load_form(folder)


def done(text: str, form: Template, cells: Sequence[Box] = ()) -> Placement:
    page = typed_page(text)
    (placement,) = matched([(1, page)], [form])
    return complete(placement, {1: page}, REFERENCE, {1: cells})


def cells_in(text: str, first: str, columns: Sequence[int], rows: int) -> list[Box]:
    """Return the cells of a ruled table on a typed page, from the line that begins so.

    ``columns`` are where its columns begin, and where the last ends.
    """
    lines = typed_page(text).lines
    start = next(n for n, line in enumerate(lines) if line.text.startswith(first))
    pitch = lines[start + 1].box.top - lines[start].box.top
    top = lines[start].box.top
    return [
        Box(
            LEFT + left * COLUMN, top + (row - 0.2) * pitch,
            LEFT + right * COLUMN, top + (row + 0.8) * pitch,
        )
        for row in range(rows)
        for left, right in pairwise(columns)
    ]  # fmt: skip


def test_the_title_is_the_line_in_capitals_though_an_addressee_comes_first(form: Template) -> None:
    (wording,) = form.wordings
    assert wording.title == "ДЕКЛАРАЦИЯ"
    assert wording.subject.startswith("пожарной безопасности здания")


def test_numbers_in_a_table_are_told_by_their_row_and_column(form: Template) -> None:
    cells = cells_in(OFFICIAL, "Наименование", (0, 35, 55, 75), rows=3)
    placement = done(OFFICIAL, form, cells)
    names = ("powder_norm", "powder_have", "gas_norm", "gas_have")
    assert [written(placement, name) for name in names] == ["8", "7", "2", "1"]


def test_so_are_they_in_a_table_without_rules(form: Template) -> None:
    placement = done(OFFICIAL, form)
    names = ("powder_norm", "powder_have", "gas_norm", "gas_have")
    assert [written(placement, name) for name in names] == ["8", "7", "2", "1"]


def test_a_heading_may_say_what_row_and_column_say_together(form: Template) -> None:
    text = OFFICIAL.replace("Огнетушители порошковые  ", "Порошковые огнетушители  ")
    cells = cells_in(text, "Наименование", (0, 35, 55, 75), rows=3)
    assert written(done(text, form, cells), "powder_norm") == "8"


LETTER = """
В отдел пожарного надзора Сокулукского района
14 октября 2024 года № 19

ДЕКЛАРАЦИЯ
пожарной безопасности здания

Настоящим ОсОО «Торговый дом» заявляет, что здание, расположенное по адресу:
с. Сокулук, ул. Фрунзе, 214, телефон 03134 5-12-40 оборудовано автоматической пожарной
сигнализацией, внутренним противопожарным водопроводом.
Последняя проверка проведена 12 марта 2024 г. Общая площадь 1 250,5 кв. м.
Ответственный за безопасность Касымов Эрмек Талантович

Директор ______ Жумабаев К. Т.
"""


def test_a_letter_has_date_and_number_above_its_title_and_facts_in_its_own_order(
    form: Template,
) -> None:
    placement = done(LETTER, form)
    assert written(placement, "filed").startswith("14 октября 2024")
    assert written(placement, "number") == "19"
    assert written(placement, "area") == "1 250,5"
    assert all(hole.is_aside for hole in placement.holes["number"] if hole.letters)


def test_of_two_persons_the_one_behind_a_label_of_its_own_signs(form: Template) -> None:
    placement = done(LETTER, form)
    assert written(placement, "head") == "Жумабаев К. Т."
    assert written(placement, "responsible") == "Касымов Эрмек Талантович"


TABLE = {
    "Владелец здания": "ОсОО «Торговый дом»",
    "Номер и дата декларации": "№ 315, 22.07.2024",
    "Адрес здания": "с. Сокулук, ул. Фрунзе, 214",
    "Телефон": "0770 25-40-11",
    "Общая площадь": "1 250,5",
    "Системы защиты": "сигнализация, система оповещения",
    "Огнетушители порошковые по норме": "8",
    "Огнетушители углекислотные по норме": "2",
    "Дата проверки": "12.03.2024",
    "Ответственный за безопасность": "Касымов Эрмек Талантович",
}


def table(rows: dict[str, str]) -> tuple[str, list[Box]]:
    body = "\n".join(f"{label:40}{value}" for label, value in rows.items())
    text = f"ДЕКЛАРАЦИЯ\nпожарной безопасности здания\n\n{body}\n\nДиректор ______ Жумабаев К. Т.\n"
    return text, cells_in(text, "Владелец", (0, 40, 90), rows=len(rows))


def test_one_cell_holds_a_number_and_its_date(form: Template) -> None:
    text, cells = table(TABLE)
    placement = done(text, form, cells)
    assert written(placement, "number").strip(" ,№") == "315"
    assert written(placement, "filed") == "22.07.2024"
    assert written(placement, "phone") == "0770 25-40-11"  # no date


def options_of(placement: Placement) -> set[str]:
    return {each.option for each in placement.options if each.field == "systems"}


def test_a_list_in_other_words_is_read_and_asked_about(form: Template) -> None:
    text, cells = table(TABLE)
    placement = done(text, form, cells)
    assert options_of(placement) == {"alarm", "warning"}
    assert "systems" in placement.asked


def test_an_item_that_no_option_has_is_not_left_out_silently(form: Template) -> None:
    said = "системой оповещения людей о пожаре, видеонаблюдение"
    text, cells = table(TABLE | {"Системы защиты": said})
    assert "systems" in done(text, form, cells).asked


def test_a_number_that_begins_within_a_word_is_that_words(form: Template) -> None:
    text = LETTER.replace("ул. Фрунзе, 214, телефон 03134 5-12-40", "ул. Чолпонкулова, 5,")
    placement = done(text, form)
    assert written(placement, "address").startswith("с. Сокулук, ул. Чолпонкулова, 5")
    assert written(placement, "phone") == ""


def test_an_empty_number_does_not_take_the_forms_own_year(form: Template) -> None:
    text = OFFICIAL.replace("№ 118 от 8 апреля 2024 г.", "№ ______ «____» __________ 20 г.")
    assert written(done(text, form), "number") == ""


@pytest.mark.parametrize(
    ("said", "district", "is_asked"),
    [
        ("г.\nКаракол района", "г. Каракол", False),  # a place of two lines
        (".\nКаракол района", "Каракол", True),  # its letter was lost
        (". Сокулукского района", "Сокулукского", False),  # dirt
    ],
)
def test_what_a_town_is_called_may_stand_in_the_line_above(
    form: Template, said: str, district: str, *, is_asked: bool
) -> None:
    placement = done(OFFICIAL.replace("Сокулукского района", said), form)
    assert written(placement, "district") == district
    assert any(hole.is_aside for hole in placement.holes["district"]) is is_asked
