from __future__ import annotations

from datetime import date

from intake.domain.notice import Flag
from intake.domain.template import Check
from intake.fields.checks import Facts, cross_check
from intake.fields.graded import Note
from intake.fields.reference import Reference
from intake.forms import load_form
from intake.options import TEMPLATES

TODAY = date(2025, 6, 1)
SOUND: dict[str, str | None] = {
    "ownership": "municipal",
    "legal_entity": "not_formed",
    "notice_date": "2023-05-12",
    "organization_inn": "00308200610153",
    "organization_okpo": "24275760",
    "department_district": "Сокулук",
    "department_region": "Чүй",
    "ayil_district": "Сокулукского",
    "ayil_region": "Чуйской",
}


CHECKS = load_form(TEMPLATES / "resource-centre-notice").checks
EVERYONE = {"department": True, "ayil": True}


def findings(
    reference: Reference, addressed: dict[str, bool | None] | None = None, **changes: str | None
) -> list[tuple[str, str]]:
    facts = Facts(SOUND | changes, EVERYONE | (addressed or {}), reference, TODAY)
    return [(f.field, f.note) for f in cross_check(CHECKS, facts)]


def test_a_sound_notice_has_no_findings(reference: Reference) -> None:
    assert findings(reference) == []


def test_addressees_of_point_one(reference: Reference) -> None:
    wrong = ("ownership", "state-not-ministry")
    assert findings(reference, {"ministry": False}, ownership="state") == [wrong]
    assert findings(reference, {"ministry": True}, ownership="state") == []
    municipal = [("ownership", "municipal-addressees")]
    assert (
        findings(reference, {"ayil": False, "department": False, "city_department": False})
        == municipal
    )
    assert findings(reference, {"ayil": False}) == []
    assert findings(reference, {"department": False}) == []
    assert findings(reference, {"department": None, "city_department": None, "ayil": None}) == []
    private = ("ownership", "private-not-department")
    assert findings(
        reference, {"department": False, "city_department": False}, ownership="private"
    ) == [private]
    assert findings(reference, {"ayil": False}, ownership="private") == []


def test_a_legal_entity_needs_consent_and_numbers(reference: Reference) -> None:
    found = findings(reference, legal_entity="formed")
    assert ("legal_entity", "founder-consent") in found
    assert ("centre_inn", "centre-ids-absent") in found
    found = findings(
        reference, legal_entity="formed", centre_inn="02012201010017", centre_okpo="27231453"
    )
    assert found == [("legal_entity", "founder-consent")]
    assert findings(reference, centre_inn="02012201010017") == [
        ("centre_inn", "centre-ids-unexpected")
    ]
    found = findings(reference, legal_entity="formed", centre_inn=SOUND["organization_inn"])
    assert ("centre_inn", "centre-id-same") in found


def test_days(reference: Reference) -> None:
    assert findings(reference, notice_date="2023-03-31") == [("notice_date", "date-before-order")]
    assert findings(reference, notice_date="2025-06-02") == [("notice_date", Note.DATE_IN_FUTURE)]
    late = findings(reference, organization_inn="02404202410041")
    assert late == [("organization_inn", "inn-after-notice")]


def test_places(reference: Reference) -> None:
    found = findings(reference, department_region="Ош", ayil_region="Ошской")
    assert found == [
        ("department_district", Note.DISTRICT_OUTSIDE_REGION),
        ("ayil_district", Note.DISTRICT_OUTSIDE_REGION),
    ]
    assert findings(reference, ayil_district="Кемин") == [("ayil_district", "places-conflict")]


def test_a_region_written_beside_its_district_leaves_no_silent_blank(reference: Reference) -> None:
    both = findings(reference, ayil_district="Сокулукского Чуйской", ayil_region=None)
    assert ("ayil_region", Note.PLACE_BESIDE) in both
    alone = findings(reference, ayil_district="Сокулукского", ayil_region=None)
    assert Note.PLACE_BESIDE not in [note for _, note in alone]


def test_founder_consent_is_a_reason_and_no_flag(reference: Reference) -> None:
    facts = Facts(SOUND | {"legal_entity": "formed"}, EVERYONE, reference, TODAY)
    found = cross_check(CHECKS, facts)
    consent = next(f for f in found if f.note == "founder-consent")
    assert consent.flag is None
    assert all(f.flag in (None, Flag.REQUIRED_BLANK) for f in found)


def test_of_two_dates_one_is_not_after_the_other(reference: Reference) -> None:
    check = Check("not-after", "started_on", {"date": "finished_on"})
    days = {"started_on": "2025-03-24", "finished_on": "2025-04-04"}
    assert cross_check([check], Facts(days, {}, reference, TODAY)) == ()
    reversed_ = dict(zip(days, reversed(days.values()), strict=True))
    (finding,) = cross_check([check], Facts(reversed_, {}, reference, TODAY))
    assert (finding.field, finding.note) == ("started_on", Note.DATES_REVERSED)
    assert cross_check([check], Facts({"started_on": "2025-03-24"}, {}, reference, TODAY)) == ()
