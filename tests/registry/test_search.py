from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from intake.domain.notice import Flag
from intake.errors import Refused
from intake.registry import access, counts, review, search
from intake.registry.models import Record
from intake.registry.review import Wanted
from intake.registry.search import Filters
from tests.registry.people import VALUES, Town, notice, noticed, reading, submit, town, written

pytestmark = pytest.mark.django_db


def _filled(folder: Path) -> tuple[Town, list[Record]]:
    here = town()
    first = submit(folder, here.office)
    records = written(
        first,
        notice((1,)),
        notice((2,), organization_name="Бала бакча «Айчүрөк»", ownership="private",
               education_level="preschool", notice_date="2023-04-07"),
        noticed({"organization_name": reading("Лицей", Flag.CORRECTED),
                 "ownership": reading("state")}, (3,)),
    )  # fmt: skip
    elsewhere = notice((1,), department_district=None, department_region=None)
    records += written(submit(folder, here.other_office), elsewhere)
    return here, records


def _found(here: Town, **filters: object) -> list[int]:
    rows = access.records_of(here.admin)
    found = search.page(rows, Filters(**filters))  # type: ignore[arg-type] # as the test gives them
    return [row.ordinal for row in found.items if row.office == here.office]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("озгон", [1]),
        ("Өзгөн мектеп", [1]),
        ("айчурок", [2]),
        ("АЙЧҮРӨК бакча", [2]),
        ("усонова", [2, 1]),
        ("00105199510015", [2, 1]),
        ("0010519", [2, 1]),
        ("24568971", [2, 1]),
        ("Кара-Суйский", [3, 2, 1]),
        ("кара суу", [3, 2, 1]),
        ("12.05.2023", [1]),
        ("2023-04-07", [2]),
        ("лиц", [3]),
        ("лицей бакча", []),
        ("'; DROP TABLE x --", []),
        ('" OR "', []),
        ("!!! ???", [3, 2, 1]),
    ],
)
def test_a_search_forgives_letters_and_takes_beginnings(
    words: str, expected: list[int], tmp_path: Path
) -> None:
    here, _ = _filled(tmp_path)
    assert _found(here, q=words) == expected


def test_the_index_follows_corrections(tmp_path: Path) -> None:
    here, records = _filled(tmp_path)
    review.correct(records[0], Wanted("organization_name", "Гимназия Таң"), 1, here.reviewer)
    assert _found(here, q="тан") == [1]
    assert _found(here, q="озгон") == []


def test_filters(tmp_path: Path) -> None:
    here, records = _filled(tmp_path)
    review.decide(records[1], "approved", 1, here.reviewer)
    assert _found(here, status="approved") == [2]
    assert _found(here, flag="corrected") == [3]
    assert _found(here, office="kara-suu") == [3, 2, 1]
    assert _found(here, authority="ministry") == [3]
    assert _found(here, authority="education-department") == [2, 1]
    assert _found(here, authority="local-government") == [1]
    assert _found(here, dated_from=date(2023, 5, 1)) == [1]
    assert _found(here, region="KG-O") == [3, 2, 1]
    with pytest.raises(Refused, match="authority"):
        _found(here, authority="police")


def test_pages_cut_by_key_show_each_row_once_while_rows_arrive(tmp_path: Path) -> None:
    here = town()
    for _ in range(3):
        written(submit(tmp_path, here.office), *(notice((n,)) for n in range(1, 5)))
    rows, seen, cursor = access.records_of(here.owner), [], ""
    while True:
        page = search.page(rows, Filters(), cursor, 5)
        seen += [row.pk for row in page.items]
        written(submit(tmp_path, here.office), notice())
        if page.next is None:
            break
        cursor = page.next
    assert len(seen) == len(set(seen)) == 12
    assert seen == sorted(seen, reverse=True)


def test_since_goes_by_change_and_misses_nothing(tmp_path: Path) -> None:
    here, records = _filled(tmp_path)
    since = records[0].updated_at - timedelta(seconds=1)
    rows = access.records_of(here.owner)
    first = search.page(rows, Filters(since=since), "", 2)
    assert first.next is not None
    review.correct(records[0], Wanted("address", "new"), 1, here.reviewer)
    rest = search.page(rows, Filters(since=since), first.next, 10)
    assert [row.pk for row in rest.items] == [records[2].pk, records[0].pk]


@pytest.mark.parametrize("cursor", ["x", "%%%", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA", "ээ"])
def test_a_wrong_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(Refused, match="cursor"):
        search.page(Record.objects.all(), Filters(), cursor)


def test_the_place_is_the_notices_own_else_the_offices(tmp_path: Path) -> None:
    _, records = _filled(tmp_path)
    assert (records[0].region, records[0].district) == ("KG-O", "41706226000000")
    assert (records[3].region, records[3].district) == ("KG-C", "41708222000000")
    assert VALUES["department_district"] == "Кара-Суу"


def test_counts_of_approved_centres(tmp_path: Path) -> None:
    here, records = _filled(tmp_path)
    for record in (*records[:2], records[3]):
        review.decide(record, "approved", 1, here.admin)
    lines = counts.count(here.admin, ["region", "month"])
    assert [(list(line.values), line.count) for line in lines] == [
        (["KG-C", "2023-05"], 1), (["KG-O", "2023-04"], 1), (["KG-O", "2023-05"], 1),
    ]  # fmt: skip
    assert "Ошская область" in counts.as_csv(lines, ["region", "month"], "ru")
    with pytest.raises(Refused):
        counts.count(here.admin, ["colour"])
