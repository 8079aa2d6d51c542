"""Answers that come late, keys pressed meanwhile, lines that break, two windows of one person."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Cookie, Page, Route, expect

from intake.registry import policy, review
from intake.registry.models import Decision, FourEyes, Lease, Record, RecordStatus
from intake.registry.review import Wanted
from tests.browsers import Open, chromium, look, screens
from tests.desk.notices import INN, VALUES, WRONG_INN, doubted, reading, scanned
from tests.registry.people import Town, town

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["chromium", "screens"]

ADDRESS, OTHER = VALUES["address"], "Ленин көчөсү, 72"
_TURN = 50  # milliseconds in which the browser does what is due


@pytest.fixture
def here() -> Town:
    people = town()
    policy.change(people.supervisor, four_eyes=FourEyes.NEVER, seed_share=0.0)
    return people


class Held:
    """Calls of a screen that the network keeps until they are let go, or whose answers it loses."""

    def __init__(self, page: Page, calls: str) -> None:
        self._page, self._calls, self._kept = page, calls, list[Route]()
        self._is_open = False
        page.route(calls, self._keep)

    def _keep(self, route: Route) -> None:
        if self._is_open:
            route.continue_()
        else:
            self._kept.append(route)

    @property
    def count(self) -> int:
        return len(self._kept)

    def wait(self) -> None:
        for _ in range(600):
            if self._kept:
                return
            self._page.wait_for_timeout(_TURN)
        pytest.fail(f"no call of {self._calls} was made")

    def let_go(self) -> None:
        self._is_open = True
        for route in self._kept:
            route.continue_()

    def lose_answers(self) -> None:
        """Bring the calls to the server, and lose what it says."""
        self._is_open = True
        for route in self._kept:
            route.fetch()
            route.abort()


def _current(page: Page) -> str:
    return str(page.evaluate("document.querySelector('.slip.current').dataset.field"))


def _typed(page: Page, *keys: str) -> None:
    page.keyboard.press("KeyE")
    page.keyboard.press("Control+a")
    for key in keys:
        page.keyboard.type(key)


def _value(record: Record, name: str) -> str | None:
    return record.values.get(name=name).value


def _handed_in(page: Page, record: Record) -> None:
    # Where the line was lost meanwhile, its return is told last.
    expect(page.locator("#told")).to_contain_text(
        re.compile(f"№ {record.pk}: Approved|Connected again")
    )
    assert Record.objects.get(pk=record.pk).status == RecordStatus.APPROVED


def test_keys_pressed_while_a_value_is_checked_accept_no_other_field(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    record = scanned(here.office, tmp_path, doubted("address") | doubted("director_name"))
    page = screens(here.reviewer, f"/desk/{record.pk}")
    slow = Held(page, "**/check")
    _typed(page, OTHER)
    for key in ("Enter", "Enter", "5", "Enter"):
        page.keyboard.press(key)
    slow.wait()
    expect(page.locator("#told")).to_contain_text("being checked")
    slow.let_go()
    expect(page.locator(".slip.current")).to_have_attribute("data-field", "director_name")
    expect(page.locator("#progress")).to_have_text("1 of 2 looked at")
    expect(page.locator("#f-address")).to_have_value(OTHER)
    page.keyboard.press("KeyZ")  # it was answered once
    page.keyboard.press("KeyZ")
    expect(page.locator("#told")).to_contain_text("nothing to undo")


def test_escape_takes_back_what_is_being_checked(here: Town, tmp_path: Path, screens: Open) -> None:
    record = scanned(here.office, tmp_path, doubted("address"))
    page = screens(here.reviewer, f"/desk/{record.pk}")
    slow = Held(page, "**/check")
    _typed(page, OTHER)
    page.keyboard.press("Enter")
    slow.wait()
    page.keyboard.press("Escape")  # typing goes on
    page.keyboard.type("9")
    slow.let_go()
    page.wait_for_timeout(_TURN)
    expect(page.locator("#f-address")).to_have_value(f"{OTHER}9")
    page.keyboard.press("Enter")
    expect(page.locator("#progress")).to_have_text("1 of 1 looked at")
    page.keyboard.press("Enter")
    _handed_in(page, record)
    assert _value(record, "address") == f"{OTHER}9"


def test_what_is_typed_is_not_lost_with_the_line(here: Town, tmp_path: Path, screens: Open) -> None:
    record = scanned(here.office, tmp_path, doubted("address"))
    page = screens(here.reviewer, f"/desk/{record.pk}")
    page.wait_for_load_state("networkidle")
    _typed(page, OTHER)
    page.wait_for_load_state("networkidle")
    page.keyboard.type("5")
    page.context.set_offline(True)
    page.locator("#f-director_name").click()
    expect(page.locator("#told")).to_contain_text("No connection")
    expect(page.locator("#f-address")).to_have_value(f"{OTHER}5")
    page.locator("[data-do=approve]").click()  # cannot be, while the value is not checked
    expect(page.locator(".slip.current")).to_have_attribute("data-field", "address")
    assert Record.objects.get().status == RecordStatus.REVIEW
    page.context.set_offline(False)
    page.locator("[data-do=approve]").click()
    expect(page.locator("#over")).to_be_visible()
    _handed_in(page, record)
    assert _value(record, "address") == f"{OTHER}5"


@pytest.mark.parametrize("asked_already", [False, True])
def test_what_the_rules_object_to_is_seen_before_it_stands(
    here: Town, tmp_path: Path, screens: Open, asked_already: bool
) -> None:
    record = scanned(here.office, tmp_path, doubted("organization_inn") | doubted("address"))
    page = screens(here.reviewer, f"/desk/{record.pk}")
    slow = Held(page, "**/check")
    _typed(page)
    page.keyboard.insert_text(WRONG_INN)
    if asked_already:  # as the typing paused, but the rules have not answered yet
        slow.wait()
    page.keyboard.press("Enter")
    slow.wait()
    slow.let_go()
    expect(page.locator("#told")).to_contain_text("Enter accepts the value all the same")
    expect(page.locator(".slip.current .why")).to_contain_text("check digit")
    assert _current(page) == "organization_inn"
    look(page)
    page.keyboard.press("Enter")
    assert _current(page) == "address"
    look(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    _handed_in(page, record)
    assert _value(record, "organization_inn") == WRONG_INN


def test_a_decision_waits_for_what_the_rules_say_of_a_value_taken(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    asked = {"notice_date": doubted("notice_date", None, "2031-05-12")["notice_date"]}
    record = scanned(here.office, tmp_path, asked)
    page = screens(here.reviewer, f"/desk/{record.pk}")
    slow = Held(page, "**/check")
    _take(page, "12.05.2031")
    page.keyboard.press("Enter")
    slow.wait()
    assert Record.objects.get().status == RecordStatus.REVIEW
    expect(page.locator("#what")).to_contain_text(f"№ {record.pk} ")
    slow.let_go()
    expect(page.locator("#told")).to_contain_text("still to look at")
    assert _current(page) == "notice_date"
    look(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    _handed_in(page, record)


def _take(page: Page, text: str) -> None:
    page.locator(".slip.current .take button", has_text=text).click()


def test_double_presses_while_the_next_notice_is_slow_decide_once(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    first, second, third = (scanned(here.office, tmp_path, doubted("address")) for _ in range(3))
    page = screens(here.reviewer, "/desk")
    slow = Held(page, "**/desk/next?*")
    page.goto(f"/desk/{first.pk}")
    slow.wait()
    page.keyboard.press("Enter")
    for key in ("Enter", "Enter", "KeyA", "KeyX", "KeyS", "1", "KeyB", "KeyZ"):
        page.keyboard.press(key)
    page.locator("[data-do=approve]").click(force=True)
    expect(page.locator("#told")).not_to_be_empty()
    slow.let_go()
    expect(page.locator("#what")).to_contain_text(f"№ {second.pk} ")
    expect(page.locator("#progress")).to_have_text("0 of 1 looked at")
    assert Decision.objects.count() == 1
    look(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#what")).to_contain_text(f"№ {third.pk} ")


def test_a_reason_meant_for_one_notice_decides_no_other(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    first, second, third = (scanned(here.office, tmp_path, doubted("address")) for _ in range(3))
    page = screens(here.reviewer, f"/desk/{first.pk}")
    page.wait_for_load_state("networkidle")
    slow = Held(page, "**/opened")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#what")).to_contain_text(f"№ {second.pk} ")
    slow.wait()
    Lease.objects.filter(record=second).update(user=here.second.user)  # it took too long
    page.keyboard.press("KeyX")
    page.keyboard.type("не наша форма")
    slow.let_go()
    expect(page.locator("#what")).to_contain_text(f"№ {third.pk} ")
    expect(page.locator("#ask")).to_be_hidden()
    page.keyboard.press("KeyX")
    page.keyboard.press("Escape")
    statuses = Record.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == [RecordStatus.APPROVED, RecordStatus.REVIEW, RecordStatus.REVIEW]


def test_answers_given_before_the_notice_was_fetched_again_are_kept(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    first = scanned(here.office, tmp_path, doubted("address"))
    second = scanned(here.office, tmp_path, doubted("address") | doubted("director_name"))
    page = screens(here.reviewer, f"/desk/{first.pk}")
    page.wait_for_load_state("networkidle")
    slow = Held(page, "**/opened")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    slow.wait()
    review.settle(second, [Wanted("address", OTHER)], 1, here.second)
    look(page)
    page.keyboard.press("Enter")  # of what was on the screen
    slow.let_go()
    look(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.locator("#told button").click()
    expect(page.locator(".slip.current .clash")).to_contain_text(OTHER)


def test_a_decision_whose_answer_was_lost_counts_once(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    record = scanned(here.office, tmp_path, doubted("address"))
    page = screens(here.reviewer, f"/desk/{record.pk}")
    lost = Held(page, "**/finish")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    lost.wait()
    lost.lose_answers()
    _handed_in(page, record)
    assert Decision.objects.count() == 1


def test_offline_answers_that_the_rules_object_to_come_back(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    asked = {"notice_date": doubted("notice_date", None, "2031-05-12")["notice_date"]}
    record = scanned(here.office, tmp_path, asked)
    page = screens(here.reviewer, f"/desk/{record.pk}")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    _take(page, "12.05.2031")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_contain_text("No connection")
    page.context.set_offline(False)
    expect(page.locator("#told")).to_contain_text("rules object")
    assert Record.objects.get().status == RecordStatus.REVIEW
    page.wait_for_function("document.querySelector('.slip.current.flagged') !== null")
    assert _current(page) == "notice_date"
    look(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    _handed_in(page, record)


def test_whoever_is_signed_out_loses_no_decision_and_nobody_else_makes_it(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    record = scanned(here.office, tmp_path, doubted("address"))
    page = screens(here.reviewer, f"/desk/{record.pk}")
    page.wait_for_load_state("networkidle")
    mine = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_contain_text("signed out")
    other = screens(here.second, "/desk")
    _signed_in(page, other.context.cookies())  # somebody else signs in on this computer
    with page.expect_response("**/finish") as answer:
        page.wait_for_timeout(_TURN)
    assert answer.value.status == 401
    assert not Decision.objects.exists()
    _signed_in(page, mine)
    _handed_in(page, record)
    assert Decision.objects.get().user == here.reviewer.user


def _signed_in(page: Page, cookies: list[Cookie]) -> None:
    url = page.url.split("/desk")[0]
    page.context.add_cookies(
        [{"name": one["name"], "value": one["value"], "url": url} for one in cookies]
    )


def test_two_windows_of_one_person(here: Town, tmp_path: Path, screens: Open) -> None:
    record = scanned(here.office, tmp_path, doubted("address", ADDRESS, OTHER) | doubted("seal"))
    page = screens(here.reviewer, f"/desk/{record.pk}")
    with page.expect_response("**/draft"):
        page.keyboard.press("1")
    window = page.context.new_page()
    window.goto(f"/desk/{record.pk}")
    expect(window.locator("#f-address")).to_have_value(OTHER)
    expect(page.locator("#elsewhere")).to_be_visible()
    page.keyboard.press("KeyX")  # this window decides nothing any more
    expect(page.locator("#ask")).to_be_hidden()
    window.keyboard.press("1")
    window.keyboard.press("Enter")
    expect(window.locator("#told")).to_contain_text(f"№ {record.pk}: Approved")


def test_in_the_column_a_value_typed_on_is_saved_as_it_stands(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    record = scanned(here.office, tmp_path, doubted("address"))
    page = screens(here.reviewer, "/desk/fields/address")
    slow = Held(page, "**/check")
    page.locator("#cells textarea").press("End")  # waits until the field is there to type in
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    slow.wait()
    page.locator("#cells textarea").press("End")
    page.keyboard.type("5")
    slow.let_go()
    page.wait_for_timeout(_TURN)
    expect(page.locator(".cell.marked")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator(".cell.marked")).to_have_count(1)
    saving = Held(page, "**/column")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+Enter")
    saving.wait()
    page.wait_for_timeout(_TURN)
    assert saving.count == 1
    saving.let_go()
    expect(page.locator("main")).to_contain_text("Nothing waits here")
    assert _value(record, "address") == f"{ADDRESS}45"


def test_a_value_that_changes_another_is_asked_about_again(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    asked = doubted("organization_inn", INN) | {"ownership": reading("ownership", "municipal")}
    record = scanned(here.office, tmp_path, asked)
    page = screens(here.reviewer, f"/desk/{record.pk}")
    page.keyboard.press("Enter")
    page.locator("#f-notice_date").click()
    _typed(page, "12.05.2031")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_contain_text("all the same")
    look(page)
    page.keyboard.press("Enter")
    page.keyboard.press("KeyA")
    _handed_in(page, record)
    assert _value(record, "notice_date") == "2031-05-12"
