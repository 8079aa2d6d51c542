"""From the upload to the export, by the people who do it, on a real scan that is really read."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from intake.registry import policy
from intake.registry.models import FourEyes, Record, RecordStatus, Station, Submission, View
from tests.browsers import Open, chromium, look, screens
from tests.registry.people import town
from workers import work

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["chromium", "screens"]
SCAN = Path(__file__).parents[2] / "samples" / "scans" / "columns-ky.jpg"


def test_from_upload_to_export(screens: Open) -> None:
    here = town()
    policy.change(here.supervisor, four_eyes=FourEyes.ALWAYS, seed_share=0.0, sample_share=0.0)
    clerk = screens(here.owner, "/submissions", language="ky")
    clerk.locator("input[type=file]").set_input_files(str(SCAN))
    expect(clerk.locator("#files a")).to_have_text(re.compile(r"KARA-SUU-\d{7}"))
    work.read(Submission.objects.get().pk)
    expect(clerk.locator("#files .state.read")).to_be_visible()  # it follows by itself
    record = Record.objects.get()

    desk = screens(here.reviewer, f"/desk/{record.pk}", language="ru")
    desk.wait_for_function("document.querySelector('#page')?.naturalWidth > 0")
    for _ in range(1 + record.open_flags):  # Enter for each flagged field, and for the decision
        desk.keyboard.press("Enter")
        look(desk)
    expect(desk.locator("#told")).to_contain_text(f"№ {record.pk}:")
    record.refresh_from_db()
    assert (record.status, record.station) == (RecordStatus.REVIEW, Station.KEYING)

    keyed = screens(here.second, "/keying", language="ky")
    for check in record.checks.order_by("pk"):
        expect(keyed).to_have_url(re.compile(rf"/keying/{check.pk}$"))
        keyed.keyboard.insert_text(check.value or "")
        keyed.keyboard.press("Enter")
    expect(keyed.locator("#value")).to_have_count(0)
    for _ in range(50):  # the last answer may still be under way
        record.refresh_from_db()
        if record.status == RecordStatus.APPROVED:
            break
        keyed.wait_for_timeout(100)
    assert record.status == RecordStatus.APPROVED

    chief = screens(here.supervisor, "/records", language="ru")
    with chief.expect_download() as download:
        chief.get_by_role("link", name="JSON Lines").click()
    (line,) = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    exported = json.loads(line)
    assert exported["id"] == record.pk
    assert exported["fields"]["organization_inn"]["value"] == record.inn != ""
    assert {view.screen for view in View.objects.filter(record=record)} >= {"desk", "keying"}
