"""Forms typed anew as tables: values by the headings in their cells."""

from __future__ import annotations

from collections.abc import Sequence

from intake.domain.geometry import Box
from intake.domain.placement import Placement
from intake.stages.complete import complete
from tests.stages.completion.test_retyped import FORMS, REFERENCE, VALUES
from tests.typed import matched, typed_page, written

TITLE = "ИЗВЕЩЕНИЕ\nоб организации Ресурсного центра педагогического мастерства\n\n"
FOOT = "\n\nДиректор _______ Асанов Асан Асанович\n(подпись, печать)\nдата 12 мая 2023 г.\n"
LABELS = {
    "department_district": "Район (город)",
    "department_region": "Область",
    "organization_name": "Наименование образовательной организации",
    "organization_okpo": "Код ОКПО",
    "organization_inn": "ИНН",
    "ownership": "Форма собственности",
    "address": "Адрес (юридический, фактический)",
    "education_level": "Уровень образования",
    "legal_entity": "С образованием / без образования юридического лица",
}
SAID = VALUES | {
    "department_district": "Кочкорского",
    "department_region": "Нарынской",
    "ownership": "муниципальная",
    "education_level": "школьного образования",
    "legal_entity": "без образования юридического лица",
}


def _rows() -> str:
    return "\n\n".join(f"{LABELS[name]:56}{SAID[name]}" for name in LABELS)


def _cells(text: str, page_cells: Sequence[tuple[int, int, int, int]]) -> list[Box]:
    """Return cells of a typed page from their first and last row and column."""
    lines = typed_page(text).lines
    pitch = lines[1].box.top - lines[0].box.top
    top, left, column = lines[0].box.top, lines[0].box.left, 0.0035
    return [
        Box(left + c0 * column, top + (r0 - 0.2) * pitch, left + c1 * column, top + r1 * pitch)
        for r0, r1, c0, c1 in page_cells
    ]


def _done(text: str, cells: Sequence[tuple[int, int, int, int]]) -> Placement:
    page = typed_page(text)
    (placement,) = matched([(1, page)], FORMS)
    return complete(placement, {1: page}, REFERENCE, {1: _cells(text, cells)})


def test_two_numbers_in_one_cell_and_labels_above_values_in_ruled_cells() -> None:
    text = (
        f"{TITLE}{'Наименование организации':40}{'ИНН':40}{'ОКПО':40}\n"
        f"{'Средняя школа № 5':40}{VALUES['organization_inn']:40}{VALUES['organization_okpo']}\n"
        f"{'ИНН, ОКПО центра':40}ИНН 01507202310397, ОКПО 23321468\n"
        f"{'Форма собственности':40}муниципальная\n" + FOOT
    )
    row = 3  # the title's lines and the white below them
    thirds = ((0, 39), (40, 79), (80, 119))
    cells = [(row + n, row + n + 1, *columns) for n in (0, 1) for columns in thirds]
    cells += [(row + n, row + n + 1, *columns) for n in (2, 3) for columns in ((0, 39), (40, 119))]
    done = _done(text, cells)
    assert written(done, "organization_name") == "Средняя школа № 5"
    assert written(done, "organization_inn") == VALUES["organization_inn"]
    assert written(done, "organization_okpo") == VALUES["organization_okpo"]
    assert written(done, "centre_inn").strip(",") == "01507202310397"
    assert written(done, "centre_okpo") == "23321468"
    assert written(done, "ownership") == "муниципальная"


def test_an_option_in_a_tables_label_is_not_said() -> None:
    row = 3
    text = f"{TITLE}{_rows().replace(chr(10) * 2, chr(10))}{FOOT}"
    cells = [(row + n, row + n + 1, *cs) for n in range(len(LABELS)) for cs in ((0, 55), (56, 130))]
    done = _done(text, cells)
    for name in ("department_district", "department_region", *VALUES):
        assert written(done, name) == SAID[name], name
    chosen = {(each.field, each.option) for each in done.options if each.field in done.alone}
    assert chosen == {("education_level", "school"), ("legal_entity", "not_formed")}


def test_an_answer_below_its_heading_in_one_cell_is_no_part_of_it() -> None:
    text = (
        f"{TITLE}{'Наименование организации':40}{'ИНН':40}{'ОКПО':40}\n"
        f"{'Средняя школа № 5':40}{VALUES['organization_inn']:40}{VALUES['organization_okpo']}\n"
        f"{'Форма собственности':40}Адрес\n"
        f"{'муниципальная':40}{VALUES['address']}\n"
    )
    rows = ((4, 5, 0, 38), (4, 5, 40, 78), (4, 5, 80, 118), (5, 6, 0, 38), (5, 6, 40, 78))
    cells = [*rows, (5, 6, 80, 118), (6, 8, 0, 38), (6, 7, 40, 118), (7, 8, 40, 118)]
    placement = _done(text + FOOT, [(r0 - 1, r1 - 1, c0, c1) for r0, r1, c0, c1 in cells])
    assert written(placement, "ownership") == "муниципальная"
    assert written(placement, "address") == VALUES["address"]
