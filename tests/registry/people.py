"""An office with its people, and the notices that tests write."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from intake.domain.geometry import Box
from intake.domain.notice import Flag, Notice, Reading, State
from intake.registry import accounts, claims, record, submissions
from intake.registry.access import Actor, actor_of_user
from intake.registry.models import Office, Record, Role, Submission
from intake.registry.record import Found, ReadingDone

PASSWORD = "кыргызча-сыр-сөз"
PDF = b"%PDF-1.4 test "
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Town:
    """Osh's office with its clerks, reviewers and supervisor, Sokuluk's with strangers to them."""

    office: Office
    owner: Actor
    colleague: Actor
    reviewer: Actor
    other_office: Office
    stranger: Actor
    far_reviewer: Actor
    admin: Actor
    second: Actor
    third: Actor
    supervisor: Actor


def town() -> Town:
    office = accounts.add_office("kara-suu", "Кара-Суу РББ", "KG-O", "41706226000000")
    other = accounts.add_office("sokuluk", "Сокулук РББ", "KG-C", "41708222000000")

    def person(name: str, role: str, at: Office | None = None, *regions: str) -> Actor:
        return actor_of_user(accounts.add_person(name, PASSWORD, role, office=at, regions=regions))

    return Town(
        office,
        person("owner", Role.CLERK, office),
        person("colleague", Role.CLERK, office),
        person("reviewer", Role.REVIEWER, None, "KG-O"),
        other,
        person("stranger", Role.CLERK, other),
        person("far", Role.REVIEWER, None, "KG-C"),
        actor_of_user(accounts.create_admin("root", PASSWORD)),
        person("second", Role.REVIEWER, None, "KG-O"),
        person("third", Role.REVIEWER, None, "KG-O"),
        person("supervisor", Role.SUPERVISOR, None, "KG-O"),
    )


def submit(
    folder: Path, office: Office, content: bytes = b"", queue: str = "interactive"
) -> Submission:
    path = folder / f"scan-{next(_numbers)}.pdf"
    path.write_bytes(content or PDF + str(next(_numbers)).encode())
    return submissions.receive(submissions.Arrival(path, path.name, office, queue=queue))


def reading(value: str | None, *flags: Flag, confidence: float = 0.97) -> Reading:
    state = State.READ if value else State.BLANK
    return Reading(value, value or "", state, confidence, flags, 1, Box(0.1, 0.2, 0.4, 0.25))


VALUES: Mapping[str, str | None] = {
    "organization_name": "Мектеп-гимназия № 5 Өзгөн",
    "organization_inn": "00105199510015",
    "organization_okpo": "24568971",
    "ownership": "municipal",
    "address": "Ленин көчөсү, 12",
    "education_level": "school",
    "director_name": "Үсөнова Айңур",
    "notice_date": "2023-05-12",
    "department_district": "Кара-Суу",
    "department_region": "Ош",
}


def notice(pages: tuple[int, ...] = (1,), **values: str | None) -> Notice:
    fields = {name: reading(value) for name, value in {**VALUES, **values}.items()}
    return noticed(fields, pages)


def noticed(fields: Mapping[str, Reading], pages: tuple[int, ...] = (1,)) -> Notice:
    return Notice(
        "scan.pdf", "0" * 64, pages, "resource-centre-notice", "2023-1", "ky", fields,
        provenance={"software": "test 1"},
    )  # fmt: skip


def written(submission: Submission, *notices: Notice, fingerprint: str = "") -> list[Record]:
    claim = claims.claim(submission.pk)
    assert claim is not None
    found = [Found(one, {"pages": list(one.pages)}, fingerprint) for one in notices]
    done = record.write(claim, ReadingDone("test 1", max(1, len(notices)), 1.5, found))
    return list(Record.objects.filter(reading=done).order_by("ordinal"))
