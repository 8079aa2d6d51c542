"""The screens around the desk in a real browser: in three languages, by keyboard, for each role."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from intake.domain.notice import Flag
from intake.registry import policy, review, seeding
from intake.registry.access import Actor
from intake.registry.models import Check, Outcome, Record, RecordStatus, Station, Submission
from intake.registry.review import Wanted
from tests.accessibility import cut_off, violations
from tests.browsers import Open, chromium, screens
from tests.registry.people import Town, notice, noticed, reading, submit, town, written

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["chromium", "screens"]
SCAN = Path(__file__).parents[2] / "samples" / "scans" / "columns-ky.jpg"
LONG = "«Ала-Тоо» атындагы көп тармактуу жалпы билим берүүчү мектеп-гимназия комплекси"


@pytest.fixture
def here() -> Town:
    people = town()
    policy.change(people.supervisor, sample_share=0.5, seed_share=0.0)
    return people


def _record(here: Town, folder: Path, name: str = LONG) -> Record:
    scan = SCAN.read_bytes() + str(Record.objects.count()).encode()
    return written(submit(folder, here.office, scan), notice(organization_name=name))[0]


def _busy(here: Town, folder: Path) -> dict[str, Record]:
    """Fill every screen with something: waiting, approved, sent back, keyed apart, failed."""
    fields = {**notice().fields, "address": reading("Ленин 1", Flag.HANDWRITTEN)}
    waiting = written(submit(folder, here.office), noticed(fields))[0]
    approved = review.approve(_record(here, folder), 1, here.reviewer).record
    back = review.send_back(_record(here, folder), 1, here.reviewer, f"{LONG}: бет жок").record
    rejected = review.reject(_record(here, folder), 1, here.reviewer, "мөөр жок").record
    changed = (Wanted("organization_inn", "01712201110018"),)
    keyed = review.approve(_record(here, folder), 1, here.reviewer, changed).record
    failed = submit(folder, here.office)
    Submission.objects.filter(pk=failed.pk).update(
        status="failed", failure="it is encrypted; save a copy without a password and send that"
    )
    apart = Check.objects.filter(record=approved).order_by("pk")[0]
    Check.objects.filter(pk=apart.pk).update(
        outcome=Outcome.DIFFERS, keyed_value="башка", keyed_by=here.second.user
    )
    return {"waiting": waiting, "approved": approved, "back": back, "rejected": rejected,
            "keyed": keyed}  # fmt: skip


def _paths(rows: dict[str, Record], here: Town) -> list[tuple[Actor, str]]:
    approved = rows["approved"]
    apart = Check.objects.get(outcome=Outcome.DIFFERS)
    return [
        (here.owner, "/submissions"),
        (here.owner, "/inbox"),
        (here.owner, f"/submissions/{rows['back'].submission_id}"),
        (here.owner, f"/records/{approved.pk}"),
        (here.reviewer, "/records"),
        (here.reviewer, f"/records/{rows['rejected'].pk}"),
        (here.reviewer, "/desk"),
        (here.reviewer, "/desk/keys"),
        (here.reviewer, "/pairs"),
        (here.reviewer, "/counts"),
        (here.second, f"/keying/{Check.objects.filter(outcome=Outcome.OPEN)[0].pk}"),
        (here.third, f"/differences/{apart.pk}"),
        (here.reviewer, "/differences"),
        (here.reviewer, "/records/999999"),
        (here.supervisor, "/overview"),
        (here.supervisor, "/trust"),
        (here.supervisor, "/report"),
        (here.supervisor, f"/records/{approved.pk}"),
        (here.admin, "/people"),
        (here.admin, f"/people/{here.owner.user.pk if here.owner.user else 0}"),
        (here.owner, "/password"),
    ]


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_every_screen_in_this_language(
    language: str, here: Town, tmp_path: Path, screens: Open
) -> None:
    rows = _busy(here, tmp_path)
    wrong: list[str] = []
    for actor, path in _paths(rows, here):
        page = screens(actor, path, language=language)
        assert page.locator("html").get_attribute("lang") == language
        wrong += [f"{path}: {one}" for one in cut_off(page)]
        if language == "ky" or path in {"/trust", "/submissions"}:
            wrong += [f"{path}: {one}" for one in violations(page)]
        page.set_viewport_size({"width": 360, "height": 740})
        wrong += [f"{path} on a phone: {one}" for one in cut_off(page)]
        page.context.close()
    assert wrong == []


def test_the_log_in_is_accessible_and_refuses_kindly(here: Town, screens: Open) -> None:
    page = screens(here.owner, "/login", language="ru")
    page.context.clear_cookies()
    page.goto("/login")
    assert violations(page) == []
    for _ in range(2):
        page.get_by_label("Имя").fill("owner")
        page.get_by_label("Пароль").fill("wrong-password")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_have_text("Имя или пароль неверны.")


def test_a_clerk_uploads_by_choosing_and_gets_a_receipt(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    page = screens(here.owner, "/submissions", language="ky")
    page.get_by_label("Эскертмеңиз").fill("кирүү 12/2023")
    bad = tmp_path / "кат.doc"
    bad.write_bytes(b"no scan")
    page.locator("input[type=file]").set_input_files([str(SCAN), str(bad)])
    receipt = page.locator("#files a")
    expect(receipt).to_have_text(re.compile(r"KARA-SUU-\d{7}"))
    expect(page.locator("#files .failed")).to_contain_text("скан жөнөтүңүз")
    assert Submission.objects.get().reference == "кирүү 12/2023"
    receipt.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("KARA-SUU-")


_DROP = """([place, name, text]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], name));
  for (const kind of ["dragenter", "dragover", "drop"]) {
    const event = new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true });
    if (document.querySelector(place).dispatchEvent(event)) throw new Error(`${kind} not taken`);
  }
}"""


@pytest.mark.parametrize("place", ["#drop", "h1"])  # a browser leaves the page for a stray file
def test_a_scan_dropped_anywhere_is_sent_and_a_second_time_named_by_its_receipt(
    here: Town, screens: Open, place: str
) -> None:
    page = screens(here.owner, "/submissions")
    for name in ("a.pdf", "b.pdf"):
        page.evaluate(_DROP, [place, name, "%PDF-1.4 dropped"])
        expect(page.locator("#files li").last.locator("a")).to_have_text(re.compile("KARA-SUU-"))
    first = page.locator("#files li").first.locator("a").inner_text()
    expect(page.locator("#files li").last).to_contain_text(f"{first}")
    assert Submission.objects.filter(duplicate_of=None).count() == 1


def test_a_clerk_answers_what_was_sent_back(here: Town, tmp_path: Path, screens: Open) -> None:
    record = review.send_back(_record(here, tmp_path), 1, here.reviewer, "бет кесилген").record
    page = screens(here.owner, "/submissions", language="ky")
    page.get_by_role("link", name="Билдирүүлөр 1").click()
    expect(page.locator("blockquote")).to_have_text("бет кесилген")
    page.locator("textarea").fill("жаңы скан: KARA-SUU-0000009")
    page.get_by_role("button", name="Жооп берүү").click()
    expect(page.get_by_text("Кайтарылган скан жок.")).to_be_visible()
    record.refresh_from_db()
    assert record.station == Station.DESK


def test_a_value_is_keyed_blind_by_keyboard_alone(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    changed = (Wanted("organization_inn", "01712201110018"),)
    record = review.approve(_record(here, tmp_path), 1, here.reviewer, changed).record
    page = screens(here.second, "/keying", language="ru")
    assert "01712201110018" not in page.content()
    assert page.locator("img.crop").evaluate("image => image.decode().then(() => image.width)") > 50
    page.keyboard.type("0171220111001")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("должно быть 14 цифр")
    page.keyboard.type("8")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Сейчас вас ничего не ждёт.")).to_be_visible()
    record.refresh_from_db()
    assert record.status == RecordStatus.APPROVED


def test_kyrgyz_letters_are_at_hand_while_keying(here: Town, tmp_path: Path, screens: Open) -> None:
    changed = (Wanted("organization_name", "Өзгөн мектеби"),)
    review.approve(_record(here, tmp_path), 1, here.reviewer, changed)
    page = screens(here.second, "/keying", language="ru")
    page.keyboard.type("зг")
    page.locator("#value").evaluate("field => field.setSelectionRange(0, 0)")
    page.get_by_role("button", name="Ө", exact=True).click()
    expect(page.locator("#value")).to_have_value("Өзг")


def test_a_difference_is_settled_without_knowing_whose_is_whose(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    changed = (Wanted("organization_inn", "01712201110018"),)
    record = review.approve(_record(here, tmp_path), 1, here.reviewer, changed).record
    check = record.checks.get(field="organization_inn")
    Check.objects.filter(pk=check.pk).update(
        outcome=Outcome.DIFFERS, keyed_value="00105199510015", keyed_by=here.second.user
    )
    page = screens(here.third, "/differences", language="ky")
    assert "reviewer" not in page.locator("main").inner_text()
    page.get_by_label("00105199510015").check()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Азыр сизди күткөн эч нерсе жок.")).to_be_visible()
    record.refresh_from_db()
    assert (record.status, record.inn) == (RecordStatus.APPROVED, "00105199510015")


def test_a_target_is_refused_with_what_is_missing(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    review.approve(_record(here, tmp_path), 1, here.reviewer)
    page = screens(here.supervisor, "/trust", language="ru")
    page.get_by_label("Незамеченных ошибок не более, %").fill("0,5")
    page.get_by_role("button", name="Задать цель").click()
    expect(page.get_by_role("alert")).to_contain_text("нужно ещё проверенных значений: 919")


def test_a_supervisor_opens_an_approved_record_with_a_reason(
    here: Town, tmp_path: Path, screens: Open
) -> None:
    record = review.approve(_record(here, tmp_path), 1, here.reviewer).record
    reviewer = screens(here.reviewer, f"/records/{record.pk}", language="en")
    expect(reviewer.get_by_role("button", name="Open again")).to_have_count(0)
    page = screens(here.supervisor, f"/records/{record.pk}", language="en")
    page.get_by_label("Reason").fill("the date is another")
    page.get_by_role("button", name="Open again").click()
    expect(page.get_by_text("needs review")).to_be_visible()
    assert Record.objects.get(previous=record).status == RecordStatus.REVIEW


def test_names_with_markup_stay_names(here: Town, tmp_path: Path, screens: Open) -> None:
    evil = "<img src=x onerror=alert(1)><script>document.title='hit'</script>"
    record = _record(here, tmp_path, evil)
    for path in ("/records", f"/records/{record.pk}", f"/submissions/{record.submission_id}"):
        page = screens(here.reviewer, path)
        expect(page.get_by_text(evil).first).to_be_visible()
        assert page.title() != "hit"
        assert page.locator("main img").count() == 0


def test_a_seeded_value_shows_on_the_desk_alone(here: Town, tmp_path: Path, screens: Open) -> None:
    policy.change(here.supervisor, seed_share=0.5)
    for _ in range(40):
        record = _record(here, tmp_path, "Мектеп № 5 Өзгөн")
        seeding.shown_values(record, here.reviewer)
        if hasattr(record, "seed"):
            break
    page = screens(here.supervisor, f"/records/{record.pk}")
    table = page.locator("main").inner_text()
    assert record.seed.shown not in table or record.seed.field == "notice_date"
