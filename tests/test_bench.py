from __future__ import annotations

import json
from pathlib import Path

import pytest

from intake.bench.labels import TEXT_FIELDS, notice_in
from intake.bench.race import PLAIN, PRODUCT, Run, result_of
from intake.bench.table import print_bench, table
from intake.errors import Refused
from intake.score.judge import Record
from intake.synth.draw import draw_set

RUSSIAN = """Приложение
к приказу МОН КР
№ 12/3 от «05» марта 2023 года
Отдел образования
Сокулукского района (города)
Чуйской области
ИЗВЕЩЕНИЕ
___ Учреждение «Школа № 5» ___, ОКПО __ 24810886 __
(полное наименование юридического лица)
ИНН __ 02607201410323 __, форма собственности __ муниципальная __,
(государственная, муниципальная, частная),
юридический/фактический адрес г. Шопоков, ул. Ленина, 12
уведомляет о том, что создан Ресурсный центр
Директор _____ Асанова Гульмира Токтосуновна
(подпись, печать)
дата «22» ноября 2023 г.
"""
KYRGYZ = """2023-жылдын «12» февраль № 764/1
КР БИМ буйругунун Тиркемеси
Кыргыз Республикасынын Билим берүү жана илим министрлиги
Ош облусунун Өзгөн районунун (шаардын) Билим берүү бөлүмү
______ облусунун ______ районунун Айыл өкмөтү
КАБАРЛОО
№ 14 орто мектеби, ОКПО 24810886
ИНН 02607201410323, менчиктин формасы мамлекеттик,
юрдикалык/фактылык дареги Өзгөн шаары, Манас көчөсү, 145а
мектепке чейинки же мектептеги билим берүү маселелери боюнча
Директор Ж. Ж. Өмүралиев
(колу, мөөрү)
дата 03.07.2023-ж.
"""


def test_labels_find_the_values_of_a_well_read_russian_notice() -> None:
    assert notice_in(RUSSIAN) == {
        "language": "ru",
        "organization_name": "Учреждение «Школа № 5»",
        "organization_okpo": "24810886",
        "organization_inn": "02607201410323",
        "ownership": "municipal",
        "address": "г. Шопоков, ул. Ленина, 12",
        "director_name": "Асанова Гульмира Токтосуновна",
        "notice_date": "2023-11-22",
        "order_number": "12/3",
        "order_date": "2023-03-05",
        "department_district": "Сокулукского",
        "department_region": "Чуйской",
        "ayil_district": None,
        "ayil_region": None,
    }


def test_labels_find_the_values_of_a_well_read_kyrgyz_notice() -> None:
    found = notice_in(KYRGYZ)
    assert found is not None
    assert {name: value for name, value in found.items() if value} == {
        "language": "ky",
        "organization_name": "№ 14 орто мектеби",
        "organization_okpo": "24810886",
        "organization_inn": "02607201410323",
        "ownership": "state",
        "address": "Өзгөн шаары, Манас көчөсү, 145а",
        "director_name": "Ж. Ж. Өмүралиев",
        "notice_date": "2023-07-03",
        "order_number": "764/1",
        "order_date": "2023-02-12",
        "department_district": "Өзгөн",
        "department_region": "Ош",
    }


@pytest.mark.parametrize("text", ["", "Уважаемые коллеги! ИНН 02607201410323"])
def test_a_letter_is_no_notice(text: str) -> None:
    assert notice_in(text) is None


def _truth(**values: str) -> Record:
    fields = {
        name: {"value": value, "text": value, "state": "read"} for name, value in values.items()
    }
    return {"source": "a.png", "pages": [1], "language": "ru", "fields": fields, "strata": {}}


def _run(records: list[Record]) -> Run:
    return Run(records, pages=2, failed=0, start_seconds=1.0, seconds=[0.5, 0.5], peak_megabytes=9)


def test_a_notice_that_was_not_found_counts_as_wrong() -> None:
    truth = [_truth(organization_okpo="24810886", signature="present")]
    result = result_of(PLAIN, _run([]), 1, truth)
    assert (result.found, result.notices) == (0, 1)
    assert result.text_fields == (0, 1)
    assert result.all_fields == (0, 2)


def test_costs_are_spread_over_pages_and_fields_are_counted() -> None:
    truth = [_truth(organization_okpo="24810886", signature="present")]
    record = {**truth[0], "fields": {"organization_okpo": {"value": "24810886", "flags": []}}}
    result = result_of(PLAIN, _run([record]), 1, truth)
    assert result.seconds_a_page == pytest.approx(1.0)
    assert result.text_fields == (1, 1)
    assert (result.all_fields, result.silent) == ((1, 2), 1)
    assert table([result]).row_count == 1


def test_what_is_measured_are_fields_of_the_form() -> None:
    form = (Path(__file__).parents[1] / "templates/resource-centre-notice/form.toml").read_text()
    assert all(name in form for name in TEXT_FIELDS)


def test_a_folder_that_was_not_drawn_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is no drawn set"):
        print_bench(tmp_path)


def test_both_ways_are_measured_on_the_same_scan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draw_set(tmp_path, 1, 3, ["office", "arrangement=one", "scanner=grey-200", "fill=typed"])
    print_bench(tmp_path, 1, as_json=True)
    results = {result["name"]: result for result in json.loads(capsys.readouterr().out)}
    assert {PRODUCT, PLAIN} <= results.keys()
    for result in results.values():
        assert result["pages"] >= 1
        assert 0.1 < result["seconds_a_page"] < 60
        assert 50 < result["peak_megabytes"] < 2000
    assert results[PRODUCT]["found"] == 1
    assert results[PRODUCT]["all_fields"][1] == results[PLAIN]["all_fields"][1] > 10
