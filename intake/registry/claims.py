"""Hands submissions and pages to workers, one owner at a time, and takes note of failures.

The row is the truth: whoever sets ``claim`` by a conditional update owns the
work until ``lease_until``. An owner that lost its claim (its lease ran out and
another took over) finds that out when it finishes, and its work is thrown away.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from intake.registry import nudge
from intake.registry.models import PageRead, Status, Submission

_log = structlog.get_logger(__name__)
_UNFINISHED = (Status.RECEIVED, Status.READING)
WORKER_LOST = "worker-lost"


class ClaimLost(RuntimeError):
    """Another worker owns the row by now; throw the work away."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on a submission until the lease ends; on one page of it, or on all (0)."""

    submission: Submission
    key: str
    page: int = 0


def claim(submission_id: int) -> Claim | None:
    """Take a submission that is to be read or assembled; None where there is nothing to do."""
    key = uuid.uuid4().hex
    pages = Submission.objects.filter(pk=submission_id).values_list("pages_total", flat=True)
    until = _lease(nudge.more_seconds(pages.first()))
    taken = (
        Submission.objects.filter(_is_free(), pk=submission_id, duplicate_of=None)
        .filter(status__in=_UNFINISHED, attempts__lt=settings.ATTEMPTS)
        .exclude(page_reads__done=False)
        .update(status=Status.READING, claim=key, lease_until=until, attempts=F("attempts") + 1)
    )
    return Claim(_loaded(submission_id), key) if taken else None


def claim_page(submission_id: int, number: int) -> Claim | None:
    """Take one page that is to be read; None where there is nothing to do."""
    key = uuid.uuid4().hex
    page = PageRead.objects.filter(submission=submission_id, number=number, done=False)
    taken = (
        page.filter(_is_free(), attempts__lt=settings.ATTEMPTS)
        .filter(submission__status=Status.READING)
        .update(claim=key, lease_until=_lease(), attempts=F("attempts") + 1)
    )
    return Claim(_loaded(submission_id), key, number) if taken else None


def renew(claim: Claim, pages_done: int) -> None:
    """Extend the lease after a page; ClaimLost where another worker took over."""
    changed = Submission.objects.filter(pk=claim.submission.pk, claim=claim.key).update(
        lease_until=_lease(), pages_done=pages_done
    )
    if not changed:
        raise ClaimLost(f"submission {claim.submission.pk}")


def plan_pages(claim: Claim, numbers: Iterable[int], total: int) -> None:
    """Give the submission up to be read page by page, and ask for each page."""
    now, submission = timezone.now(), claim.submission
    with transaction.atomic():
        changed = Submission.objects.filter(pk=submission.pk, claim=claim.key).update(
            claim="", lease_until=None, attempts=0, pages_total=total, nudged_at=now
        )
        if not changed:
            raise ClaimLost(f"submission {submission.pk}")
        rows = [
            PageRead(submission=submission, queue=submission.queue, number=n, nudged_at=now)
            for n in numbers
        ]
        for row in PageRead.objects.bulk_create(rows):
            nudge_page(row, submission.trace)


def finish_page(claim: Claim, text: object, seconds: float) -> None:
    """Keep one page's reading; the worker that finishes the last page asks for the assembly."""
    submission = claim.submission
    mine = PageRead.objects.filter(submission=submission, number=claim.page, claim=claim.key)
    with transaction.atomic():
        changed = mine.update(done=True, text=text, seconds=seconds, claim="", lease_until=None)
        if not changed:
            raise ClaimLost(f"page {claim.page} of submission {submission.pk}")
        rows = Submission.objects.filter(pk=submission.pk)
        rows.update(pages_done=F("pages_done") + 1, nudged_at=timezone.now())
        # Whoever commits last sees no page undone; where two commit at once and each still
        # sees the other's undone, the row update above has made one wait for the other.
        if not PageRead.objects.filter(submission=submission, done=False).exists():
            nudge.read(submission)


def fail(claim: Claim, kind: str, reason: str, *, is_final: bool) -> None:
    """Take note that the work failed; parked when final or tried often enough, else tried again.

    ``reason`` is one line: cause; remedy. Nothing happens where the claim was lost.
    """
    submission = claim.submission
    with transaction.atomic():
        if not _released(claim):
            return
        attempts = _attempts(claim)
        if is_final or attempts >= settings.ATTEMPTS:
            _park(submission, kind, reason)
    _log.warning("failed", submission=submission.pk, page=claim.page, kind=kind, reason=reason)


def park(submission: Submission, kind: str, reason: str) -> None:
    """End the reading of a submission as failed, with the reason that an operator sees."""
    with transaction.atomic():
        _park(submission, kind, reason)


def _park(submission: Submission, kind: str, reason: str) -> None:
    changed = Submission.objects.filter(pk=submission.pk, status__in=_UNFINISHED).update(
        status=Status.FAILED, failure=reason[:500], failure_kind=kind, claim="", lease_until=None,
        finished_at=timezone.now(),
    )  # fmt: skip
    if changed:
        PageRead.objects.filter(submission=submission).delete()


def _released(claim: Claim) -> int:
    if claim.page == 0:
        mine = Submission.objects.filter(pk=claim.submission.pk, claim=claim.key)
        return mine.update(claim="", lease_until=None, nudged_at=timezone.now())
    page = PageRead.objects.filter(submission=claim.submission, number=claim.page, claim=claim.key)
    return page.update(claim="", lease_until=None, nudged_at=timezone.now())


def _attempts(claim: Claim) -> int:
    if claim.page == 0:
        return Submission.objects.get(pk=claim.submission.pk).attempts
    return PageRead.objects.get(submission=claim.submission, number=claim.page).attempts


def _is_free() -> Q:
    return Q(lease_until=None) | Q(lease_until__lt=timezone.now())


def _lease(more_seconds: int = 0) -> datetime:
    return timezone.now() + timedelta(seconds=settings.LEASE_SECONDS + more_seconds)


def _loaded(submission_id: int) -> Submission:
    return Submission.objects.select_related("original", "office").get(pk=submission_id)


def nudge_page(row: PageRead, trace: str) -> None:
    """Ask, once committed, for this page to be read."""
    nudge.on_commit(nudge.READ_PAGE, [row.submission_id, row.number], row.queue, trace)
