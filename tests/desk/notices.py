"""Notices on real pictures, so that the desk has something to show."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from intake.domain.geometry import Box
from intake.domain.notice import Candidate, Flag, Reading, State
from intake.pictures import draw_pages
from intake.registry import pictures, submissions
from intake.registry.models import Office, Record
from tests.registry.people import noticed, written

SCANS = Path(__file__).parents[2] / "samples" / "scans"
INN, WRONG_INN = "02004201110357", "02004201110857"

# Where the values stand on samples/scans/fax.tif.
BOXES: Mapping[str, Box] = {
    "organization_name": Box(0.11, 0.33, 0.33, 0.35),
    "organization_okpo": Box(0.80, 0.33, 0.93, 0.35),
    "organization_inn": Box(0.15, 0.385, 0.36, 0.405),
    "ownership": Box(0.67, 0.385, 0.90, 0.405),
    "address": Box(0.08, 0.42, 0.93, 0.46),
    "director_name": Box(0.16, 0.62, 0.38, 0.64),
    "notice_date": Box(0.15, 0.65, 0.35, 0.67),
    "seal": Box(0.36, 0.58, 0.56, 0.75),
}
VALUES: Mapping[str, str] = {
    "organization_name": "Мектеп-гимназия № 5",
    "organization_okpo": "24560809",
    "organization_inn": INN,
    "ownership": "municipal",
    "address": "Ленин көчөсү, 12",
    "director_name": "Үсөнова Айңур",
    "notice_date": "2023-05-12",
    "seal": "present",
}


def reading(name: str, value: str | None, *flags: Flag, others: tuple[str, ...] = ()) -> Reading:
    state = State.READ if value else State.UNREADABLE if Flag.UNREADABLE in flags else State.BLANK
    candidates = tuple(Candidate(other, 0.4, "second") for other in others)
    confidence = 0.5 if flags else 0.97
    return Reading(
        value, value or "", state, confidence, flags, 1, BOXES[name], candidates=candidates
    )


def scanned(office: Office, folder: Path, changes: Mapping[str, Reading]) -> Record:
    """Return the record of a notice on a real page; fields not named hold unflagged values."""
    path = folder / f"scan-{Record.objects.count()}.tif"
    # A few bytes behind the picture make it another file.
    path.write_bytes((SCANS / "fax.tif").read_bytes() + path.name.encode())
    submission = submissions.receive(submissions.Arrival(path, path.name, office))
    pictures.keep(submission.original.sha256, 1, _picture())
    fields = {name: reading(name, value) for name, value in VALUES.items()}
    return written(submission, noticed({**fields, **changes}))[0]


@cache
def _picture() -> bytes:
    with TemporaryDirectory() as folder:
        draw_pages(SCANS / "fax.tif", Path(folder), [1])
        return (Path(folder) / "1.jpg").read_bytes()


def doubted(name: str, value: str | None = None, *others: str) -> dict[str, Reading]:
    """Return a field as read with little certainty; with the value that it would hold anyhow."""
    return {name: reading(name, value or VALUES[name], Flag.LOW_CONFIDENCE, others=others)}


def unread(name: str) -> dict[str, Reading]:
    return {name: reading(name, None, Flag.UNREADABLE)}
