"""Keys of the desk: as delivered, changed by a person, refused where they clash."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import expect

from intake.errors import Refused
from intake.registry import keymap, policy
from intake.registry.access import Actor
from intake.registry.models import FourEyes, User
from tests.accessibility import violations
from tests.browsers import Open, chromium, screens
from tests.desk.notices import doubted, scanned
from tests.registry.people import Town, town

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["chromium", "screens"]


@pytest.fixture
def here() -> Town:
    people = town()
    policy.change(people.supervisor, four_eyes=FourEyes.NEVER, seed_share=0.0)
    return people


def _user(actor: Actor) -> User:
    assert actor.user is not None
    return User.objects.get(pk=actor.user.pk)


def test_a_changed_key_is_kept_and_the_rest_stays_as_delivered(here: Town) -> None:
    keymap.change(_user(here.reviewer), "approve", "g")
    assert keymap.keys_of(_user(here.reviewer)) == {**keymap.DELIVERED, "approve": "G"}
    assert keymap.keys_of(_user(here.second)) == keymap.DELIVERED
    keymap.change(_user(here.reviewer), "blank", "A")  # free by now
    keymap.restore(_user(here.reviewer))
    assert keymap.keys_of(_user(here.reviewer)) == keymap.DELIVERED


@pytest.mark.parametrize(
    ("command", "key"),
    [("approve", "X"), ("approve", "Enter"), ("approve", "1"), ("approve", ""), ("approve", "Ө"),
     ("nothing", "G")],
)  # fmt: skip
def test_a_key_that_is_taken_or_none_is_refused(command: str, key: str, here: Town) -> None:
    with pytest.raises(Refused):
        keymap.change(_user(here.reviewer), command, key)
    assert _user(here.reviewer).desk_keys == {}


def test_no_two_commands_have_one_key() -> None:
    assert len(set(keymap.DELIVERED.values())) == len(keymap.DELIVERED)
    assert set(keymap.DELIVERED.values()) <= set(keymap.KEYS)


def test_a_clerk_has_no_desk_and_no_keys(here: Town) -> None:
    client = Client()
    client.force_login(_user(here.owner))
    assert client.get("/desk/keys").status_code == 403


def test_pressing_a_key_changes_it_everywhere(here: Town, tmp_path: Path, screens: Open) -> None:
    record = scanned(here.office, tmp_path, doubted("address"))
    page = screens(here.reviewer, "/desk/keys")
    field = page.get_by_role("textbox", name="approve", exact=True)
    field.press("x")
    expect(page.get_by_role("alert")).to_contain_text("taken (reject with a reason)")
    expect(page.locator(":focus")).to_have_accessible_name("approve")
    assert violations(page) == []
    page.get_by_role("textbox", name="approve", exact=True).press("q")
    expect(page.get_by_role("status")).to_have_text("Changed: approve.")
    page.goto(f"/desk/{record.pk}")
    expect(page.get_by_role("button", name="Q Approve")).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator("#help tr", has_text="approve")).to_contain_text("Q")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.keyboard.press("a")  # means nothing any more
    expect(page.locator("#told")).to_be_hidden()
    page.keyboard.press("q")
    expect(page.locator("#told")).to_contain_text(f"№ {record.pk}: Approved")
