from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from intake.domain.geometry import Box
from intake.domain.notice import Flag
from intake.registry import policy, review
from intake.registry.models import (
    Correction,
    Draft,
    Effort,
    FourEyes,
    Lease,
    Record,
    RecordStatus,
)
from intake.registry.review import Wanted
from tests.accessibility import violations
from tests.browsers import Open, chromium, look, screens
from tests.desk.notices import (
    BOXES,
    INN,
    VALUES,
    WRONG_INN,
    doubted,
    reading,
    scanned,
    unread,
)
from tests.registry.people import Town, town

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["chromium", "screens"]

RIGHT, OTHER = VALUES["address"], "Ленин көчөсү, 72"


@pytest.fixture
def here() -> Town:
    people = town()
    # No known-wrong values and no second keying: other tests are about these.
    policy.change(people.supervisor, four_eyes=FourEyes.NEVER, seed_share=0.0)
    return people


def _current(page: Page) -> str:
    return str(page.evaluate("document.querySelector('.slip.current').dataset.field"))


def _ready(page: Page) -> None:
    page.wait_for_function("document.querySelector('#page')?.naturalWidth > 0")


def _fetched(page: Page, record: Record) -> None:
    page.wait_for_function(
        """path => performance.getEntriesByType('resource')
          .some(one => one.name.endsWith(path) && one.responseEnd > 0)""",
        arg=f"/records/{record.pk}/pages/1.jpg",
    )


def _handed_in(page: Page, record: Record) -> None:
    expect(page.locator("#told")).to_contain_text(f"№ {record.pk}:")


def _rejected(page: Page, record: Record) -> None:
    """Give the reason that the dialog asks for, and see that it is kept."""
    page.keyboard.type("не наша форма")
    page.keyboard.press("Enter")
    _handed_in(page, record)
    assert Record.objects.get().decisions.get().reason == "не наша форма"


def _value(record: Record, name: str) -> str | None:
    return record.values.get(name=name).value


def test_a_notice_by_keyboard_alone_and_what_it_costs(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    asked = doubted("address") | doubted("director_name") | doubted("organization_inn", WRONG_INN)
    record = scanned(here.office, tmp_path, asked | doubted("ownership", "private"))
    page = screens(here.reviewer, f"/desk/{record.pk}")
    assert _current(page) == "organization_inn"
    # wrong, offered: 1 key
    suggestion = page.locator(".slip.current .take button", has_text=INN)
    page.keyboard.press(suggestion.locator("kbd").inner_text())
    assert _current(page) == "ownership"
    look(page)
    page.keyboard.press("1")  # wrong choice: 1 key
    assert _current(page) == "address"
    look(page)
    page.keyboard.press("Enter")  # right: 1 key
    assert _current(page) == "director_name"
    page.keyboard.press("Backspace")  # wrong: the edits and Enter
    page.keyboard.press("Period")
    page.keyboard.press("Enter")
    expect(page.locator("#progress")).to_have_text("4 of 4 looked at")
    page.keyboard.press("Enter")  # the decision: 1 key
    _handed_in(page, record)
    record.refresh_from_db()
    assert record.status == RecordStatus.APPROVED
    held = [_value(record, name) for name in ("organization_inn", "ownership", "director_name")]
    assert held == [INN, "state", "Үсөнова Айңу."]
    assert Effort.objects.get().keystrokes == 1 + 1 + 1 + 3 + 1
    # what was not flagged was neither touched nor asked about
    assert {one.field for one in Correction.objects.all()} == set(asked) | {"ownership"}


@pytest.mark.parametrize(
    ("keys", "edits", "value"),
    [
        pytest.param((), 0, RIGHT, id="not flagged: no key"),
        pytest.param(("Enter",), 0, RIGHT, id="flagged and right: one"),
        pytest.param(("1",), 0, OTHER, id="wrong, the right one offered: one"),
        pytest.param(("Backspace", "3", "Enter"), 2, "Ленин көчөсү, 13", id="wrong, its end"),
        pytest.param(("KeyE", "Home", "5", "Enter"), 2, f"5{RIGHT}", id="wrong, elsewhere"),
    ],
)
def test_what_a_field_costs(
    here: Town, tmp_path: Path, screens: Open,
    keys: tuple[str, ...], edits: int, value: str,
) -> None:  # fmt: skip
    record = scanned(here.office, tmp_path, doubted("address", RIGHT, OTHER) if keys else {})
    page = screens(here.reviewer, f"/desk/{record.pk}")
    for key in keys:
        page.keyboard.press(key)
    all_seen = "1 of 1" if keys else "0 of 0"
    expect(page.locator("#progress")).to_have_text(f"{all_seen} looked at")
    page.keyboard.press("KeyA")  # the decision
    _handed_in(page, record)
    assert _value(record, "address") == value
    cost = Effort.objects.get().keystrokes - 1
    assert cost == len(keys) <= (2 + edits if edits else 1)


def test_the_next_notice_waits_for_no_call(here: Town, tmp_path: Path, screens: Open) -> None:
    """It and its scan are there before they are wanted, and are not asked for again."""
    first, second = (scanned(here.office, tmp_path, doubted("address")) for _ in range(2))
    page = screens(here.reviewer, f"/desk/{first.pk}")
    _fetched(page, second)  # a person looks at a notice at least that long
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#what")).to_contain_text(f"№ {second.pk} ")
    _ready(page)
    assert len(page.evaluate("performance.getEntriesByName('next-notice')")) == 1
    _handed_in(page, first)


def test_picture_and_field_lead_to_each_other(here: Town, tmp_path: Path, screens: Open) -> None:
    record = scanned(here.office, tmp_path, doubted("address"))
    page = screens(here.reviewer, f"/desk/{record.pk}")
    _ready(page)
    page.keyboard.press("KeyF")
    page.locator(".mark[data-field=organization_okpo]").click()
    assert _current(page) == "organization_okpo"
    assert page.evaluate("document.activeElement.id") == "f-organization_okpo"
    expect(page.locator(".mark.current")).to_have_attribute("data-field", "organization_okpo")
    page.locator("#f-notice_date").click()
    mark, view = page.locator(".mark.current").bounding_box(), page.locator("#view").bounding_box()
    assert mark and view
    assert page.locator(".mark.current").get_attribute("data-field") == "notice_date"
    assert view["x"] <= mark["x"] and mark["x"] + mark["width"] <= view["x"] + view["width"]
    assert view["y"] <= mark["y"] and mark["y"] + mark["height"] <= view["y"] + view["height"]
    ink = """() => {
      const canvas = document.querySelector('.slip.current canvas');
      const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
      return pixels.some((value, at) => at % 4 === 0 && value < 128);
    }"""
    assert page.evaluate(ink)  # the crop shows something written
    page.keyboard.press("KeyF")
    wide = page.locator("#sheet").bounding_box()
    page.keyboard.press("KeyR")
    turned = page.locator("#sheet").bounding_box()
    assert wide and turned
    assert turned["width"] == pytest.approx(wide["height"], rel=0.01)


def test_tab_reaches_every_field_and_choices_without_a_value(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    asked = {"ownership": reading("ownership", None, Flag.REQUIRED_BLANK)} | doubted("seal")
    record = scanned(here.office, tmp_path, asked)
    page = screens(here.reviewer, f"/desk/{record.pk}")
    seen = []
    for _ in VALUES:
        seen.append(_current(page))
        assert page.evaluate("document.activeElement.closest('.slip').dataset.field") == seen[-1]
        page.keyboard.press("Tab")
    assert sorted(seen) == sorted(VALUES)
    assert seen[:2] == ["ownership", "seal"]
    page.keyboard.press("Shift+Tab")
    assert _current(page) == seen[-1]
    page.locator(".slip[data-field=ownership]").click()
    page.locator(".slip[data-field=ownership] label", has_text="state").click()
    look(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    _handed_in(page, record)
    assert _value(record, "ownership") == "state"


def test_states_undo_and_a_senior(here: Town, tmp_path: Path, screens: Open) -> None:
    asked = doubted("organization_name") | unread("address") | unread("director_name")
    record = scanned(here.office, tmp_path, asked)
    page = screens(here.reviewer, f"/desk/{record.pk}")
    page.keyboard.press("KeyB")
    look(page)
    page.keyboard.press("Enter")  # nothing was read: Enter alone says nothing
    assert _current(page) == "address"
    page.keyboard.press("KeyU")
    look(page)
    page.keyboard.press("KeyL")
    expect(page.locator("#progress")).to_have_text("3 of 3 looked at")
    page.keyboard.press("KeyZ")
    assert _current(page) == "director_name"
    expect(page.locator("#progress")).to_have_text("2 of 3 looked at")
    look(page)
    page.keyboard.press("KeyL")
    page.keyboard.press("KeyA")
    expect(page.locator("#told")).to_contain_text("not legible")
    page.keyboard.press("KeyH")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    _handed_in(page, record)
    record.refresh_from_db()
    assert record.station == "senior"
    states = {one.name: one.state for one in record.values.all() if one.corrected}
    assert states == {"organization_name": "blank", "address": "unreadable"}


def test_a_rejection_has_a_reason_and_escape_means_no(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    record = scanned(here.office, tmp_path, doubted("address"))
    page = screens(here.reviewer, f"/desk/{record.pk}")
    page.keyboard.press("KeyA")
    expect(page.locator("#told")).to_contain_text("Address")
    page.keyboard.press("KeyX")
    page.keyboard.press("Escape")
    assert Record.objects.get().status == RecordStatus.REVIEW
    page.keyboard.press("KeyX")
    page.keyboard.press("Enter")
    expect(page.locator("#ask")).to_be_visible()
    _rejected(page, record)


def test_a_reason_asked_for_again_at_once_is_taken(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    record = scanned(here.office, tmp_path, doubted("address"))
    page = screens(here.reviewer, f"/desk/{record.pk}")
    page.keyboard.press("KeyX")
    page.evaluate(
        """() => {
          document.getElementById('ask').close();
          document.querySelector('[data-do=reject]').click();
        }"""
    )
    _rejected(page, record)


def test_kyrgyz_letters_on_a_russian_keyboard(here: Town, tmp_path: Path, screens: Open) -> None:
    record = scanned(here.office, tmp_path, doubted("address"))
    page = screens(here.reviewer, f"/desk/{record.pk}")
    area = page.locator("#f-address")
    page.keyboard.press("KeyE")
    page.keyboard.press("Control+a")
    page.keyboard.press("F3")
    page.keyboard.press("F2")
    page.keyboard.press("F4")
    page.keyboard.press("Alt+KeyY")
    page.keyboard.press("Shift+F3")
    expect(area).to_have_value("өңүңӨ")
    page.keyboard.type("о")
    page.keyboard.press("Backslash")
    expect(area).to_have_value("өңүңӨө")
    page.keyboard.press("Backslash")
    page.locator(".letters button", has_text="№").click()
    expect(area).to_have_value("өңүңӨо№")
    page.keyboard.press("Escape")
    expect(area).to_have_value(RIGHT)


def test_rules_speak_while_one_types(here: Town, tmp_path: Path, screens: Open) -> None:
    record = scanned(here.office, tmp_path, doubted("organization_inn") | doubted("notice_date"))
    page = screens(here.reviewer, f"/desk/{record.pk}")
    page.keyboard.press("Backspace")
    page.keyboard.type("8")
    expect(page.locator(".slip.current .why")).to_contain_text("check digit")
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")  # thirteen digits are no INN: the field stays
    expect(page.locator("#told")).to_contain_text("digits")
    assert _current(page) == "organization_inn"
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    expect(page.locator(".slip.current")).to_have_attribute("data-field", "notice_date")
    page.keyboard.press("KeyE")
    page.keyboard.press("Control+a")
    page.keyboard.type("7-апрель 2023-ж.")
    page.keyboard.press("Enter")
    expect(page.locator("#f-notice_date")).to_have_value("07.04.2023")
    page.keyboard.press("Enter")
    _handed_in(page, record)
    assert _value(record, "notice_date") == "2023-04-07"


def test_what_is_typed_when_the_mouse_decides_is_kept(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    record = scanned(here.office, tmp_path, {})
    page = screens(here.reviewer, f"/desk/{record.pk}")
    page.locator("#f-address").click()
    page.locator("#f-address").click()
    page.keyboard.press("End")
    page.keyboard.type("-а")
    page.locator("[data-do=approve]").click()
    _handed_in(page, record)
    assert _value(record, "address") == f"{RIGHT}-а"


def test_answers_outlive_the_browser(here: Town, tmp_path: Path, screens: Open) -> None:
    record = scanned(here.office, tmp_path, doubted("address", RIGHT, OTHER) | doubted("seal"))
    page = screens(here.reviewer, f"/desk/{record.pk}")
    with page.expect_response("**/draft"):
        page.keyboard.press("1")
    page.context.close()
    again = screens(here.reviewer, f"/desk/{record.pk}")
    expect(again.locator("#f-address")).to_have_value(OTHER)
    assert _current(again) == "seal"
    again.keyboard.press("Enter")
    again.keyboard.press("Enter")
    _handed_in(again, record)
    assert _value(record, "address") == OTHER
    assert not Draft.objects.exists()


def test_a_lost_connection_loses_nothing(here: Town, tmp_path: Path, screens: Open) -> None:
    first, second = (scanned(here.office, tmp_path, doubted("address")) for _ in range(2))
    page = screens(here.reviewer, f"/desk/{first.pk}")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#what")).to_contain_text(f"№ {second.pk} ")
    expect(page.locator("#told")).to_contain_text("No connection")
    assert Record.objects.get(pk=first.pk).status == RecordStatus.REVIEW
    page.context.set_offline(False)
    expect(page.locator("#told")).to_contain_text("Connected again")
    assert Record.objects.get(pk=first.pk).status == RecordStatus.APPROVED


def test_two_reviewers_never_overwrite_each_other(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    first, second = (scanned(here.office, tmp_path, doubted("address")) for _ in range(2))
    mine = screens(here.reviewer, f"/desk/{first.pk}")
    mine.wait_for_load_state("networkidle")
    refused = screens(here.second, f"/desk/{first.pk}")
    expect(refused.locator("main")).to_contain_text("reviewer has this notice")
    Lease.objects.all().delete()  # the first one went for a long lunch
    review.settle(first, [Wanted("address", OTHER)], 1, here.second)
    mine.keyboard.press("Enter")
    mine.keyboard.press("Enter")
    expect(mine.locator("#what")).to_contain_text(f"№ {second.pk} ")
    mine.locator("#told button").click()
    expect(mine.locator("#what")).to_contain_text(f"№ {first.pk} ")
    expect(mine.locator(".slip.current .clash")).to_contain_text(OTHER)
    look(mine)
    offered = mine.locator(".slip.current .take .value").all_inner_texts()
    assert offered[:2] == [OTHER, RIGHT]
    mine.keyboard.press("1")
    mine.keyboard.press("KeyA")
    _handed_in(mine, first)
    assert _value(first, "address") == OTHER
    assert Record.objects.get(pk=first.pk).status == RecordStatus.APPROVED


def test_one_field_of_many_notices(here: Town, tmp_path: Path, screens: Open) -> None:
    records = [scanned(here.office, tmp_path, doubted("address")) for _ in range(3)]
    page = screens(here.reviewer, "/desk/fields/address")
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_have_text("3 of 3 looked at")
    with page.expect_response("**/column"):
        page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("Nothing waits here")
    assert [_value(one, "address") for one in records] == [RIGHT, f"{RIGHT}4", RIGHT]


def test_another_reading_is_taken_with_one_key_in_a_column(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    asked = (doubted("address", RIGHT, OTHER), doubted("address"), doubted("address", OTHER, RIGHT))
    records = [scanned(here.office, tmp_path, one) for one in asked]
    page = screens(here.reviewer, "/desk/fields/address")
    expect(page.locator(".cell").first.locator(".offers mark").first).to_have_text("7")
    page.keyboard.press("Alt+1")
    page.keyboard.press("Alt+1")  # nothing is offered here: the key says nothing
    page.keyboard.press("Enter")
    page.locator(".cell").last.get_by_role("button").click()
    expect(page.locator("#told")).to_have_text("3 of 3 looked at")
    with page.expect_response("**/column"):
        page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("Nothing waits here")
    assert [_value(one, "address") for one in records] == [OTHER, RIGHT, RIGHT]


def test_a_column_says_what_the_rules_find_between_fields(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    first, second = (scanned(here.office, tmp_path, doubted("notice_date")) for _ in range(2))
    page = screens(here.reviewer, "/desk/fields/notice_date")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("12.05.2031")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_have_text("2 of 2 looked at")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#told")).to_contain_text("1 saved. Look at what the rules say")
    expect(page.locator(".cell.wrong .said")).to_contain_text("lies in the future")
    assert [_value(one, "notice_date") for one in (first, second)] == ["2023-05-12"] * 2
    page.keyboard.press("Enter")
    expect(page.locator(".cell.marked")).to_have_count(1)
    page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("Nothing waits here")
    assert _value(second, "notice_date") == "2031-05-12"


def test_a_page_of_the_desk_is_light(here: Town, tmp_path: Path, screens: Open) -> None:
    record = scanned(here.office, tmp_path, doubted("address"))
    page = screens(here.reviewer, f"/desk/{record.pk}")
    page.wait_for_load_state("networkidle")
    sizes = page.evaluate(
        """() => ['navigation', 'resource'].flatMap((kind) => performance.getEntriesByType(kind))
          .map((one) => [one.name, one.decodedBodySize])"""
    )
    light = {url: size for url, size in sizes if ".jpg" not in url}
    assert len(light) > 10
    assert all(size for url, size in light.items() if url.endswith((".js", ".css")))
    assert sum(light.values()) <= 300_000


def test_a_page_upside_down_is_shown_upright(here: Town, tmp_path: Path, screens: Open) -> None:
    turned = {
        name: replace(reading(name, value), box=_turned(BOXES[name]))
        for name, value in VALUES.items()
    }
    record = scanned(here.office, tmp_path, turned)
    page = screens(here.reviewer, f"/desk/{record.pk}")
    _ready(page)
    page.keyboard.press("KeyF")
    page.locator("#f-organization_name").click()
    name = page.locator(".mark[data-field=organization_name]").bounding_box()
    seal = page.locator(".mark[data-field=seal]").bounding_box()
    assert name and seal
    assert name["y"] < seal["y"]
    sideways = """([fields]) => import('/static/desk/upright.js').then(
      ({ uprightTurn }) => uprightTurn(fields))"""
    across = [{"order": n, "box": [0.1 * n, 0.4, 0.1 * n + 0.02, 0.6]} for n in range(6)]
    assert page.evaluate(sideways, [across]) == 90
    assert page.evaluate(sideways, [across[:3]]) == 0


def _turned(box: Box) -> Box:
    return Box(1 - box.right, 1 - box.bottom, 1 - box.left, 1 - box.top)


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_everybody_can_use_it(here: Town, tmp_path: Path, screens: Open, language: str) -> None:
    record = scanned(here.office, tmp_path, doubted("address") | unread("organization_inn"))
    page = screens(here.reviewer, "/desk", language)
    for path in ("/desk", "/desk/fields/address", f"/desk/{record.pk}"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.lang") == language
    page.emulate_media(color_scheme="dark")  # in dark surroundings
    assert violations(page) == []
    page.emulate_media(color_scheme="light")
    page.keyboard.press("?")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("KeyX")
    assert violations(page) == []
    page.keyboard.press("Escape")
    for width, height in ((1280, 800), (1920, 1080), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1"
        assert page.evaluate(wide)
        cut = """[...document.querySelectorAll('#work button, #work .why li, #work .head')]
          .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent)"""
        assert page.evaluate(cut) == []
