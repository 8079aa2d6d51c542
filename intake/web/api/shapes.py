"""What goes in and out of the API, with an example of each."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Schema
from pydantic import AfterValidator, BeforeValidator

from intake.registry.access import Actor


def caller(request: HttpRequest) -> Actor:
    """Return who calls, as the bearer check left it."""
    actor: Actor = request.auth  # type: ignore[attr-defined] # set by django-ninja
    return actor


def _written_out(given: object) -> object:
    """Refuse a bare number, which would be taken for seconds since 1970."""
    if isinstance(given, str) and given.replace(".", "").replace("-", "", 1).isdecimal():
        raise ValueError("it is no date and time like 2023-05-12T00:00:00+06:00")
    return given


def _on_our_clock(given: datetime) -> datetime:
    """Return the moment, the service's time zone taken where none is given."""
    moment = timezone.make_aware(given) if timezone.is_naive(given) else given
    try:
        moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("it lies outside the years 1 to 9999") from error
    return moment


def _printable(given: str) -> str:
    """Refuse what no text holds: control characters but line ends, halves of letters."""
    kinds = {unicodedata.category(letter) for letter in given if letter not in "\n\r\t"}
    if kinds & {"Cc", "Cs"}:
        raise ValueError("it holds a control character")
    return given


Moment = Annotated[datetime, BeforeValidator(_written_out), AfterValidator(_on_our_clock)]
Text = Annotated[str, AfterValidator(_printable)]


class Problem(Schema):
    """What is wrong, and what to do about it (RFC 9457)."""

    type: str = Field("about:blank", examples=["about:blank"])
    title: str = Field(examples=["Conflict"])
    status: int = Field(examples=[409])
    detail: str = Field(examples=["somebody changed the record since; load it again"])
    instance: str = Field(examples=["/api/v1/records/17/decision"])


class Received(Schema):
    """A submission just taken in."""

    id: int = Field(examples=[4711])
    receipt: str = Field(examples=["KARA-SUU-0004711"])
    status: str = Field(examples=["received"])
    sha256: str = Field(
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"]
    )
    duplicate_of: int | None = Field(None, examples=[None])
    duplicate_receipt: str | None = Field(None, examples=[None])


class SubmissionOut(Received):
    """A submission, how far it is, and the records that came of it."""

    office: str = Field(examples=["kara-suu"])
    reason: str | None = Field(None, examples=[None])
    reason_kind: str | None = Field(None, examples=[None])
    source: str = Field(examples=["кабарлоо-12.pdf"])
    reference: str | None = Field(None, examples=["incoming 12/2023"])
    pages_done: int = Field(examples=[2])
    pages_total: int | None = Field(None, examples=[2])
    records: list[int] = Field(examples=[[17]])
    created_at: datetime = Field(examples=["2023-05-12T09:30:00+06:00"])
    finished_at: datetime | None = Field(None, examples=["2023-05-12T09:30:00+06:00"])


class FieldOut(Schema):
    """One field of a record."""

    value: str | None = Field(None, examples=["00105199510015"])
    text: str = Field(examples=["0010519951OO15"])
    state: str = Field(examples=["read"])
    confidence: float = Field(examples=[0.93])
    flags: list[str] = Field(examples=[["corrected"]])
    page: int | None = Field(None, examples=[1])
    box: list[float] | None = Field(None, examples=[[0.21, 0.44, 0.55, 0.46]])
    alternatives: list[str] = Field(examples=[[]])
    corrected: bool = Field(examples=[False])
    read_value: str | None = Field(None, examples=["00105199510015"])


class Review(Schema):
    """Whether a person must look, and why."""

    required: bool = Field(examples=[True])
    reasons: list[str] = Field(examples=[["corrected: organization_inn"]])


class RecordOut(Schema):
    """A record as in CONTRACT.md, section 1, with the registry's own columns."""

    id: int = Field(examples=[17])
    submission: int = Field(examples=[4711])
    office: str = Field(examples=["kara-suu"])
    status: str = Field(examples=["needs-review"])
    station: str = Field("desk", examples=["desk"])
    version: int = Field(examples=[1])
    edition: int = Field(examples=[1])
    previous: int | None = Field(None, examples=[None])
    region: str = Field(examples=["KG-O"])
    district: str = Field(examples=["41706226000000"])
    authorities: list[str] = Field(examples=[["local-government", "education-department"]])
    created_at: datetime = Field(examples=["2023-05-12T09:30:00+06:00"])
    updated_at: datetime = Field(examples=["2023-05-12T09:30:00+06:00"])
    approved_at: datetime | None = Field(None, examples=["2023-05-12T09:30:00+06:00"])
    source: str = Field(examples=["кабарлоо-12.pdf"])
    sha256: str = Field(
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"]
    )
    pages: list[int] = Field(examples=[[1]])
    template: str = Field(examples=["resource-centre-notice"])
    template_version: str = Field(examples=["2023-1"])
    language: str = Field(examples=["ky"])
    fields: dict[str, FieldOut]
    review: Review
    provenance: dict[str, Any] = Field(examples=[{"engine": "tesseract 5.5", "software": "0.1.0"}])


class History(Schema):
    """All that happened to a record, oldest first."""

    corrections: list[dict[str, Any]]
    decisions: list[dict[str, Any]]
    checks: list[dict[str, Any]]
    readings: list[dict[str, Any]]


class RecordWithHistory(RecordOut):
    """A record and all that happened to it."""

    history: History


class RecordPage(Schema):
    """Some records, and the cursor of the next page, null on the last."""

    items: list[RecordOut]
    next: str | None = Field(None, examples=["MTc"])


class ListQuery(Schema):
    """What a list of records is narrowed to."""

    status: Text = Field("", examples=["needs-review"])
    office: Text = Field("", examples=["kara-suu"])
    region: Text = Field("", examples=["KG-O"])
    district: Text = Field("", examples=["41706226000000"])
    authority: Literal["", "ministry", "local-government", "education-department"] = Field(
        "", examples=["education-department"]
    )
    flag: Text = Field("", examples=["low-confidence"])
    q: Text = Field("", max_length=200, examples=["Өзгөн мектеп"])
    since: Moment | None = Field(None, examples=["2023-05-12T00:00:00+06:00"])
    dated_from: date | None = Field(None, examples=["2023-04-01"])
    dated_to: date | None = Field(None, examples=["2023-12-31"])


class CorrectionIn(Schema):
    """A new value, and the version of the record that the caller saw."""

    value: str | None = Field(examples=["00105199510015"])
    version: int = Field(examples=[1])
    reason: Text = Field("", max_length=500, examples=["as on paper"])


class DecisionIn(Schema):
    """A decision, why, and the version of the record that the caller saw."""

    decision: Literal["approved", "rejected", "reopened"] = Field(examples=["approved"])
    reason: Text = Field("", max_length=500, examples=[""])
    version: int = Field(examples=[2])


class CountOut(Schema):
    """How many approved centres have these values."""

    values: dict[str, str] = Field(examples=[{"region": "KG-O", "month": "2023-05"}])
    count: int = Field(examples=[12])


PROBLEMS = dict.fromkeys((400, 401, 403, 404, 409, 413, 415, 422, 429, 503, 507), Problem)
