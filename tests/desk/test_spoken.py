"""What a screen reader is told at the desk: Chromium's accessibility tree and live regions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from intake.registry import policy, review
from intake.registry.models import FourEyes
from intake.registry.review import Wanted
from tests.browsers import Open, chromium, look, screens
from tests.desk.notices import VALUES, WRONG_INN, doubted, reading, scanned, unread
from tests.registry.people import Town, town

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["chromium", "screens"]
Node = Mapping[str, Any]


@pytest.fixture
def here() -> Town:
    people = town()
    policy.change(people.supervisor, four_eyes=FourEyes.NEVER, seed_share=0.0)
    return people


def _tree(page: Page) -> list[Node]:
    session = page.context.new_cdp_session(page)
    try:
        nodes: list[Node] = session.send("Accessibility.getFullAXTree")["nodes"]
    finally:
        session.detach()
    return [node for node in nodes if not node["ignored"]]


def _said(node: Node) -> tuple[str, str, str]:
    """Return role, name and description of a node."""
    parts = [str(node.get(part, {}).get("value", "")) for part in ("role", "name", "description")]
    return parts[0], parts[1], parts[2]


def _is(node: Node, wanted: str) -> Any:
    """Return the state or property of a node, None where it has none."""
    return next((p["value"]["value"] for p in node["properties"] if p["name"] == wanted), None)


def _focused(page: Page) -> Node:
    return next(
        node for node in _tree(page) if _is(node, "focused") and _said(node)[0] != "RootWebArea"
    )


def test_each_field_says_what_it_is_why_it_is_asked_and_what_is_offered(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    asked = doubted("address", "Ленин, 1", "Ленин, 7") | doubted("seal") | unread("director_name")
    scanned(here.office, tmp_path, asked)
    page = screens(here.reviewer, "/desk/begin")
    address = _focused(page)
    role, name, description = _said(address)
    assert (role, name) == ("textbox", "Address")
    assert _is(address, "readonly") is True, "nothing is changed by accident"
    assert "to look at" in description and "little certainty" in description, description
    assert "1" in description and "Ленин, 7" in description, description
    page.keyboard.press("Tab")
    assert _said(_focused(page))[1] == "Name of the director"
    assert "not readable" in _said(_focused(page))[2]
    page.keyboard.press("Tab")
    seal = _focused(page)
    assert _said(seal)[0] == "radio" and "present" in _said(seal)[1]
    groups = [_said(node) for node in _tree(page) if _said(node)[0] == "radiogroup"]
    assert any(name == "Seal" and "to look at" in said for _, name, said in groups), groups


def test_moving_on_is_announced_politely_and_objections_at_once(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    scanned(here.office, tmp_path, doubted("address") | unread("director_name"))
    page = screens(here.reviewer, "/desk/begin")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text(f"Address: {VALUES['address']}, accepted")
    look(page)
    page.keyboard.press("Enter")  # nothing was read, so nothing can be accepted
    expect(page.locator("#told")).to_contain_text("Nothing was read")
    regions = {_said(node)[0]: _is(node, "live") for node in _tree(page) if _is(node, "live")}
    assert regions["status"] == "polite"
    assert regions["alert"] == "assertive"
    page.keyboard.press("z")
    expect(page.locator("#said")).to_contain_text("Address: undone")
    page.keyboard.press("a")
    expect(page.locator("#told")).to_contain_text("Next: Address")


def test_an_error_is_bound_to_its_field(here: Town, tmp_path: Path, screens: Open) -> None:
    scanned(here.office, tmp_path, doubted("organization_inn", WRONG_INN))
    page = screens(here.reviewer, "/desk/begin")
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_contain_text("count of digits is wrong")
    field = _focused(page)
    assert _said(field)[1] == "INN of the organisation"
    assert _is(field, "invalid") == "true"
    page.keyboard.press("Escape")
    assert _is(_focused(page), "invalid") == "false"


def test_a_conflict_names_both_sides(here: Town, tmp_path: Path, screens: Open) -> None:
    record = scanned(here.office, tmp_path, doubted("address"))
    page = screens(here.reviewer, f"/desk/{record.pk}")
    record.refresh_from_db()
    wanted = [Wanted("address", "Ленин көчөсү, 72")]
    review.settle(record, wanted, record.version, here.supervisor)
    page.keyboard.press("Enter")
    page.keyboard.press("a")
    expect(page.locator("#told")).to_contain_text("Somebody changed this notice")
    page.locator("#told button").click()
    expect(page.locator("#f-address")).to_be_focused()
    field = _focused(page)
    assert _said(field)[1] == "Address"
    assert "supervisor" in _said(field)[2] and "Ленин көчөсү, 72" in _said(field)[2]


def test_pictures_and_keys_do_not_get_in_the_way(here: Town, tmp_path: Path, screens: Open) -> None:
    shown = {"signature": reading("seal", "absent")}
    scanned(here.office, tmp_path, doubted("address") | shown)
    page = screens(here.reviewer, "/desk/begin")
    named = [_said(node) for node in _tree(page)]
    assert not any(role in {"canvas", "Canvas"} for role, _, _ in named)
    nameless = [role for role, name, _ in named if role in {"button", "textbox", "radio", "image",
                "link", "region", "toolbar", "dialog", "progressbar"} and not name]  # fmt: skip
    assert nameless == []
    assert ("image", "Page 1", "") in named
    assert any(role == "progressbar" and name == "Looked at" for role, name, _ in named)
