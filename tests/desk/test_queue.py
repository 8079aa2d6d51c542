from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection

from intake.registry import (
    desk_notice,
    desk_queue,
    leases,
    pictures,
    purge,
    review,
    rules,
    suggestions,
)
from intake.registry.desk_queue import Wishes
from intake.registry.errors import NotFound
from intake.registry.models import Batch, BatchFile, Lease, Record, Submission
from intake.registry.suggestions import Suggestion
from tests.desk.notices import BOXES, INN, VALUES, doubted, reading, scanned
from tests.registry.people import Town, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Town:
    return town()


def _keys(here: Town, **wishes: str) -> list[int]:
    rows = desk_queue.waiting(here.reviewer, Wishes(**wishes))
    return list(rows.values_list("pk", flat=True))


def test_the_queue_follows_wishes(here: Town, tmp_path: Path) -> None:
    plain, flagged = (
        scanned(here.office, tmp_path, {}),
        scanned(here.office, tmp_path, doubted("address")),
    )
    far = scanned(here.other_office, tmp_path, {})
    both = [plain.pk, flagged.pk]
    assert _keys(here) == both
    assert _keys(here, order="newest") == both[::-1]
    assert _keys(here, flag="low-confidence") == [flagged.pk]
    assert _keys(here, office="kara-suu") == both
    assert _keys(here, office="sokuluk") == []
    assert _keys(here, region=flagged.region) == both
    every = desk_queue.waiting(here.admin, Wishes())
    assert far.pk in every.values_list("pk", flat=True)


def test_a_batch_is_reviewed_by_itself(here: Town, tmp_path: Path) -> None:
    first, _ = (scanned(here.office, tmp_path, {}) for _ in range(2))
    batch = Batch.objects.create(office=here.office, folder="x")
    BatchFile.objects.create(
        batch=batch, path="a", size=1, changed_ns=1, submission=first.submission
    )
    assert _keys(here, batch=str(batch.pk)) == [first.pk]
    assert _keys(here, batch="nonsense") == []


def test_what_one_may_not_decide_is_not_offered(here: Town, tmp_path: Path) -> None:
    own, decided, hard = (scanned(here.office, tmp_path, {}) for _ in range(3))
    Submission.objects.filter(pk=own.submission_id).update(user=here.reviewer.user)
    review.approve(decided, 1, here.second)
    review.hand_over(hard, 1, here.second, "hard")
    assert _keys(here) == []
    assert desk_queue.next_notice(here.supervisor, Wishes(), own.pk) == hard


def test_next_goes_on_and_skips_what_others_have(here: Town, tmp_path: Path) -> None:
    first, second, third = (scanned(here.office, tmp_path, {}) for _ in range(3))
    assert desk_queue.next_notice(here.reviewer, Wishes()) == first
    assert desk_queue.next_notice(here.second, Wishes()) == second
    assert desk_queue.next_notice(here.reviewer, Wishes(), first.pk) == third
    assert desk_queue.next_notice(here.reviewer, Wishes(), third.pk) is None
    newest = Wishes(order="newest")
    assert desk_queue.next_notice(here.reviewer, newest, third.pk) == first


@pytest.mark.django_db(transaction=True)
def test_one_of_many_takers_has_it(here: Town, tmp_path: Path) -> None:
    record = scanned(here.office, tmp_path, {})
    taken: list[bool] = []
    users = [one.user for one in (here.reviewer, here.second, here.third) if one.user]

    def take(number: int) -> None:
        taken.append(leases.take(record.pk, users[number]))
        connection.close()

    threads = [threading.Thread(target=take, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False, False, True]
    assert leases.holder(record) == Lease.objects.get().user


def test_the_earlier_record_of_an_organisation_is_offered(here: Town, tmp_path: Path) -> None:
    before = scanned(here.office, tmp_path, {})
    review.approve(before, 1, here.second)
    now = scanned(here.office, tmp_path, doubted("address", "Ленин к., 12"))
    earlier = suggestions.earlier_record(now, INN)
    assert earlier == before
    value = now.values.get(name="address")
    assert Suggestion(VALUES["address"], "earlier") in suggestions.suggestions(now, value, earlier)
    assert suggestions.earlier_record(now, "") is None
    date = now.values.get(name="notice_date")  # each notice has a date of its own
    assert suggestions.suggestions(now, date, earlier) == ()


def test_the_reference_and_the_office_are_offered(here: Town, tmp_path: Path) -> None:
    misread = replace(doubted("address", "Кара-Сүу")["address"])
    record = scanned(here.office, tmp_path, {"department_district": misread})
    value = record.values.get(name="department_district")
    offered = {one.origin: one.value for one in suggestions.suggestions(record, value, None)}
    assert offered["reference"] == "Кара-Суу"
    assert "Кара-Суу" in {one.value for one in suggestions.suggestions(record, value, None)}


def test_flagged_fields_come_first_both_parts_in_the_forms_order(
    here: Town, tmp_path: Path
) -> None:
    record = scanned(here.office, tmp_path, doubted("seal") | doubted("organization_inn"))
    shown = desk_notice.notice(record, here.reviewer)["fields"]
    names = [one["name"] for one in shown]
    assert names[:2] == ["organization_inn", "seal"]
    order = list(rules.fields_of(record))
    assert names[2:] == sorted(names[2:], key=order.index)


def test_a_field_without_a_place_is_looked_for_between_its_neighbours(
    here: Town, tmp_path: Path
) -> None:
    nowhere = replace(reading("address", None), page=None, box=None)
    record = scanned(here.office, tmp_path, {"address": nowhere})
    fields = {one["name"]: one for one in desk_notice.notice(record, here.reviewer)["fields"]}
    address = fields["address"]
    assert (address["box"], address["page"]) == (None, 1)
    left, top, right, bottom = address["near"]
    for name in ("ownership", "director_name"):  # the ones before and after it in the form
        place = BOXES[name]
        assert left <= place.left and top <= place.top
        assert right >= place.right and bottom >= place.bottom
    assert "near" not in fields["ownership"]


def test_the_flag_s_own_order_is_the_queue_s(here: Town, tmp_path: Path) -> None:
    first, second, third = (
        scanned(here.office, tmp_path, doubted("address") | doubted("seal")) for _ in range(3)
    )
    scanned(here.office, tmp_path, {})
    asked = Wishes(flag="low-confidence", region=here.office.region)
    back = replace(asked, order="newest")
    assert desk_queue.next_notice(here.reviewer, asked, after=first.pk) == second
    assert desk_queue.next_notice(here.reviewer, asked, after=third.pk) is None
    assert desk_queue.next_notice(here.reviewer, back, after=second.pk) == first
    assert _keys(here, flag="low-confidence") == [first.pk, second.pk, third.pk]


def test_a_form_that_is_gone_has_no_rules_and_still_a_desk(here: Town, tmp_path: Path) -> None:
    record = scanned(here.office, tmp_path, doubted("address"))
    Record.objects.update(template="an-older-form")
    record.refresh_from_db()
    assert rules.check(record, "address", " Ленин  12 ").value == "Ленин 12"
    assert rules.cross(record, {}) == ()
    assert len(desk_notice.notice(record, here.reviewer)["fields"]) == len(BOXES)


def test_pictures_go_with_the_scan(here: Town, tmp_path: Path) -> None:
    record = scanned(here.office, tmp_path, {"address": reading("address", "x")})
    original = record.submission.original
    assert pictures.page(original, 1)[:2] == b"\xff\xd8"
    review.reject(record, 1, here.second, "no")
    Submission.objects.update(created_at="2020-01-01T00:00Z")
    type(original).objects.update(created_at="2020-01-01T00:00Z")
    assert purge.purge(days=30).originals == 1
    original.refresh_from_db()
    with pytest.raises(NotFound, match="purged"):
        pictures.page(original, 1)
