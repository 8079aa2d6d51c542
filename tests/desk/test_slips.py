"""Slips of a finger and what a mouse can do: bounced keys, decisions taken back, buttons."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from intake.registry import policy, review
from intake.registry.errors import Conflict
from intake.registry.models import Check, Decision, Effort, FourEyes, Record, RecordStatus, Station
from intake.registry.review import Wanted
from tests.browsers import Open, chromium, look, screens
from tests.desk.notices import VALUES, doubted, reading, scanned, unread
from tests.registry.people import Town, town

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["chromium", "screens"]

OTHER = "Ленин көчөсү, 17"


@pytest.fixture
def here() -> Town:
    people = town()
    policy.change(people.supervisor, four_eyes=FourEyes.NEVER, seed_share=0.0)
    return people


def _at(page: Page, record: Record) -> None:
    expect(page.locator("#what")).to_contain_text(f"№ {record.pk} ")


def _value(record: Record, name: str) -> str | None:
    return record.values.get(name=name).value


def test_a_key_that_bounces_accepts_no_field_that_nobody_saw(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    record = scanned(here.office, tmp_path, doubted("address") | doubted("director_name"))
    page = screens(here.reviewer, f"/desk/{record.pk}")
    bounce = """() => {
      const press = (key, code) => document.activeElement.dispatchEvent(
        new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }));
      for (const key of ['Enter', 'Enter', 'Enter']) press(key, key);
      press('b', 'KeyB');
      press('1', 'Digit1');
    }"""
    page.evaluate(bounce)
    expect(page.locator("#progress")).to_have_text("1 of 2 looked at")
    expect(page.locator(".slip.current")).to_have_attribute("data-field", "director_name")
    look(page)
    page.keyboard.press("Enter")
    expect(page.locator("#progress")).to_have_text("2 of 2 looked at")


def test_the_last_decision_is_taken_back_with_the_key_of_undo(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    first, second = (scanned(here.office, tmp_path, doubted("address")) for _ in range(2))
    page = screens(here.reviewer, f"/desk/{first.pk}")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Enter")
    page.keyboard.press("KeyX")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_contain_text(f"№ {first.pk}: Rejected")
    _at(page, second)
    page.keyboard.press("KeyZ")
    _at(page, first)
    expect(page.locator("#notes")).to_contain_text("taken back by the person who decided")
    assert page.evaluate("document.activeElement.id") == "f-address", "no key approves it at once"
    page.keyboard.press("KeyA")
    expect(page.locator("#told")).to_contain_text(f"№ {first.pk}: Approved")
    _at(page, second)
    look(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#over")).to_be_visible()
    expect(page.locator("#told")).to_contain_text(f"№ {second.pk}: Approved")
    statuses = Record.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == [RecordStatus.APPROVED] * 2


def test_an_approval_is_taken_back_as_a_new_edition_also_after_the_last_notice(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    record = scanned(here.office, tmp_path, doubted("address"))
    page = screens(here.reviewer, f"/desk/{record.pk}")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#told button")).to_have_text("Z Take back")
    page.keyboard.press("KeyZ")
    expect(page.locator("#notes")).to_contain_text("taken back")
    edition = Record.objects.get(previous=record)
    _at(page, edition)
    record.refresh_from_db()
    assert record.status == RecordStatus.APPROVED, "it stays in exports meanwhile"
    page.keyboard.press("KeyE")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(OTHER)
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text(f"{OTHER}, accepted")
    page.keyboard.press("KeyA")
    expect(page.locator("#told")).to_contain_text(f"№ {edition.pk}: Approved")
    assert _value(edition, "address") == OTHER
    assert _value(record, "address") == VALUES["address"]


def test_a_decision_is_taken_back_by_its_maker_alone_and_soon(here: Town, tmp_path: Path) -> None:
    record = scanned(here.office, tmp_path, {})
    review.reject(record, 1, here.reviewer, "no form of ours")
    record.refresh_from_db()
    with pytest.raises(Conflict, match="cannot be taken back"):
        review.take_back(record, here.second)
    Decision.objects.update(made_at=timezone.now() - timedelta(minutes=11))
    with pytest.raises(Conflict, match="cannot be taken back"):
        review.take_back(record, here.reviewer)
    Decision.objects.update(made_at=timezone.now())
    assert review.take_back(record, here.reviewer).status == RecordStatus.REVIEW
    with pytest.raises(Conflict):  # it is taken back already
        review.take_back(record, here.reviewer)


def test_what_a_second_person_has_keyed_is_not_taken_back(here: Town, tmp_path: Path) -> None:
    policy.change(here.supervisor, four_eyes=FourEyes.ALWAYS)
    waiting, keyed = (scanned(here.office, tmp_path, {}) for _ in range(2))
    for record in (waiting, keyed):
        review.approve(record, 1, here.reviewer)
        record.refresh_from_db()
        assert record.station == Station.KEYING
    assert review.take_back(waiting, here.reviewer).station == Station.DESK
    assert not Check.objects.filter(record=waiting).exists()
    check = keyed.checks.get(field="organization_inn")
    Check.objects.filter(pk=check.pk).update(outcome="same", keyed_by=here.second.user)
    with pytest.raises(Conflict):
        review.take_back(keyed, here.reviewer)


def test_a_notice_with_the_mouse_alone(here: Town, tmp_path: Path, screens: Open) -> None:
    asked = doubted("address") | unread("director_name") | doubted("seal")
    record = scanned(here.office, tmp_path, asked)
    page = screens(here.reviewer, f"/desk/{record.pk}")
    page.locator(".slip.current").get_by_role("button", name="Accept").click()
    expect(page.locator(".slip.current")).to_have_attribute("data-field", "director_name")
    page.locator(".slip.current").get_by_role("button", name="Change").click()
    page.keyboard.insert_text("Үсөнова Айнура")
    page.locator(".slip.current").get_by_role("button", name="Accept").click()
    expect(page.locator(".slip.current")).to_have_attribute("data-field", "seal")
    page.locator(".slip.current").get_by_role("button", name="Accept").click()
    expect(page.locator("#said")).to_have_text("Seal: present, accepted")
    page.get_by_role("button", name="Approve").click()
    expect(page.locator("#told")).to_contain_text(f"№ {record.pk}: Approved")
    assert _value(record, "director_name") == "Үсөнова Айнура"
    assert Effort.objects.get().keystrokes == 0


def test_changing_begins_at_the_letters_in_doubt(here: Town, tmp_path: Path, screens: Open) -> None:
    asked = doubted("address", "Ленин көчесү, 12", "Ленин көчөсү, 12")
    record = scanned(here.office, tmp_path, asked | {"seal": reading("seal", "present")})
    page = screens(here.reviewer, f"/desk/{record.pk}")
    page.keyboard.press("KeyE")
    page.keyboard.press("F3")  # ө in place of the letter that is selected
    expect(page.locator("#f-address")).to_have_value("Ленин көчөсү, 12")
    page.keyboard.press("Enter")
    expect(page.locator("#progress")).to_have_text("1 of 1 looked at")
    page.keyboard.press("KeyA")
    expect(page.locator("#told")).to_contain_text(f"№ {record.pk}: Approved")
    assert Effort.objects.get().keystrokes == 3 + 1


def test_what_others_keyed_stands_in_the_history(here: Town, tmp_path: Path, screens: Open) -> None:
    policy.change(here.supervisor, four_eyes=FourEyes.CHANGED)
    record = scanned(here.office, tmp_path, {})
    wanted = (Wanted("organization_name", "Мектеп-гимназия № 8"),)
    review.approve(record, 1, here.reviewer, wanted)
    Check.objects.update(
        outcome="wrong", keyed_value="Мектеп-гимназия № 5", keyed_by=here.second.user,
        keyed_at=timezone.now(), judged_value="Мектеп-гимназия № 5", judged_by=here.third.user,
        judged_at=timezone.now(),
    )  # fmt: skip
    page = screens(here.supervisor, f"/records/{record.pk}")
    expect(page.locator("main")).to_contain_text("second: Name of the organisation: keyed again")
    expect(page.locator("main")).to_contain_text("settled «Мектеп-гимназия № 5»")


@pytest.mark.parametrize("size", [(390, 844), (640, 400)], ids=["phone", "200 % zoom"])
def test_on_a_narrow_screen_the_field_that_is_asked_about_is_in_sight(
    here: Town, tmp_path: Path, screens: Open, size: tuple[int, int]
) -> None:
    asked = doubted("organization_inn") | doubted("address") | doubted("notice_date")
    record = scanned(here.office, tmp_path, asked)
    page = screens(here.reviewer, f"/desk/{record.pk}")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"/desk/{record.pk}")
    for field in ("organization_inn", "address", "notice_date"):
        expect(page.locator(".slip.current")).to_have_attribute("data-field", field)
        look(page)
        box, scan = (page.locator(one).bounding_box() for one in (f"#f-{field}", "#scan"))
        assert box and scan
        assert scan["y"] + scan["height"] <= box["y"] and box["y"] + box["height"] <= size[1]
        page.keyboard.press("Enter")
