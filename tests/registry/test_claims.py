from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from celery import Celery
from django.conf import settings
from django.utils import timezone

from intake.registry import claims, nudge, record, review, submissions, sweep
from intake.registry.models import PageRead, Reading, Record, Status, Submission
from intake.registry.record import Found, ReadingDone
from intake.registry.review import Wanted
from tests.registry.people import notice, submit, town, written

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _empty_broker() -> None:
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        broker.flushdb()


def _waiting() -> int:
    return sum(sweep.queue_lengths().values())


def _lose_messages() -> None:
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        broker.flushdb()
    long_ago = timezone.now() - timedelta(hours=1)
    Submission.objects.update(nudged_at=long_ago)
    PageRead.objects.update(nudged_at=long_ago)


def _expire_leases() -> None:
    past = timezone.now() - timedelta(seconds=1)
    Submission.objects.exclude(lease_until=None).update(lease_until=past)
    PageRead.objects.exclude(lease_until=None).update(lease_until=past)


def test_one_of_two_workers_gets_the_claim(tmp_path: Path) -> None:
    submission = submit(tmp_path, town().office)
    assert claims.claim(submission.pk) is not None
    assert claims.claim(submission.pk) is None


def test_a_duplicate_is_never_claimed(tmp_path: Path) -> None:
    office = town().office
    submit(tmp_path, office, b"%PDF-1 twice")
    assert claims.claim(submit(tmp_path, office, b"%PDF-1 twice").pk) is None


def test_who_lost_the_lease_writes_nothing(tmp_path: Path) -> None:
    submission = submit(tmp_path, town().office)
    slow = claims.claim(submission.pk)
    assert slow is not None
    _expire_leases()
    quick = claims.claim(submission.pk)
    assert quick is not None
    done = ReadingDone("test", 1, 1.0, [Found(notice(), {})])
    record.write(quick, done)
    with pytest.raises(claims.ClaimLost):
        record.write(slow, done)
    with pytest.raises(claims.ClaimLost):
        claims.renew(slow, 1)
    claims.fail(slow, "failed", "too late; nothing to do", is_final=True)
    submission.refresh_from_db()
    assert submission.status == Status.READ
    assert Record.objects.count() == Reading.objects.count() == 1


def test_three_failures_park_it_with_the_reason_and_a_button_tries_again(tmp_path: Path) -> None:
    here = town()
    submission = submit(tmp_path, here.office)
    for _ in range(settings.ATTEMPTS):
        claim = claims.claim(submission.pk)
        assert claim is not None
        claims.fail(claim, "failed", "poppler crashed; try again", is_final=False)
    assert claims.claim(submission.pk) is None
    submission.refresh_from_db()
    assert (submission.status, submission.failure) == (Status.FAILED, "poppler crashed; try again")
    submissions.read_again(submission, here.admin, "disk replaced")
    assert claims.claim(submission.pk) is not None


def test_a_refused_file_is_parked_at_once(tmp_path: Path) -> None:
    submission = submit(tmp_path, town().office)
    claim = claims.claim(submission.pk)
    assert claim is not None
    claims.fail(claim, "refused", "encrypted; send it without a password", is_final=True)
    submission.refresh_from_db()
    assert submission.status == Status.FAILED


def test_the_sweep_sends_again_what_lost_its_message_and_only_then(tmp_path: Path) -> None:
    office = town().office
    for _ in range(3):
        submit(tmp_path, office)
    assert _waiting() == 3
    assert sweep.sweep() == sweep.Swept(0, 0)
    _lose_messages()
    assert sweep.sweep() == sweep.Swept(3, 0)
    assert _waiting() == 3
    assert sweep.sweep() == sweep.Swept(0, 0)


def test_the_sweep_does_not_double_a_long_queue(tmp_path: Path) -> None:
    submit(tmp_path, town().office)
    Submission.objects.update(nudged_at=timezone.now() - timedelta(hours=5))
    assert sweep.sweep().sent == 0


def test_a_worker_that_dies_each_time_is_parked_by_the_sweep(tmp_path: Path) -> None:
    submission = submit(tmp_path, town().office)
    for _ in range(settings.ATTEMPTS):
        assert claims.claim(submission.pk) is not None
        _expire_leases()
        _lose_messages()
    assert sweep.sweep() == sweep.Swept(0, 1)
    submission.refresh_from_db()
    assert submission.failure_kind == claims.WORKER_LOST
    assert "died 3 times" in submission.failure


def test_pages_are_read_apart_and_assembled_once(tmp_path: Path) -> None:
    submission = submit(tmp_path, town().office)
    claim = claims.claim(submission.pk)
    assert claim is not None
    claims.plan_pages(claim, range(1, 6), 5)
    assert claims.claim(submission.pk) is None
    for number in range(1, 6):
        page = claims.claim_page(submission.pk, number)
        assert page is not None
        assert claims.claim_page(submission.pk, number) is None
        claims.finish_page(page, {"number": number}, 0.5)
        assert claims.claim_page(submission.pk, number) is None
    last = claims.claim(submission.pk)
    assert last is not None
    assert claims.claim(submission.pk) is None
    record.write(last, ReadingDone("test", 5, 2.5, [Found(notice(), {})]))
    submission.refresh_from_db()
    assert (submission.pages_done, submission.pages_total) == (5, 5)
    assert PageRead.objects.count() == 0


def test_a_page_that_fails_three_times_parks_the_whole(tmp_path: Path) -> None:
    submission = submit(tmp_path, town().office)
    claim = claims.claim(submission.pk)
    assert claim is not None
    claims.plan_pages(claim, range(1, 6), 5)
    for _ in range(settings.ATTEMPTS):
        page = claims.claim_page(submission.pk, 3)
        assert page is not None
        claims.fail(page, "failed", "page 3: out of memory; scan coarser", is_final=False)
    submission.refresh_from_db()
    assert submission.failure.startswith("page 3")
    assert claims.claim_page(submission.pk, 4) is None


def test_lost_messages_of_pages_are_sent_again(tmp_path: Path) -> None:
    submission = submit(tmp_path, town().office)
    claim = claims.claim(submission.pk)
    assert claim is not None
    claims.plan_pages(claim, range(1, 6), 5)
    _lose_messages()
    assert sweep.sweep().sent == 5


def test_a_broker_that_is_down_is_left_alone_and_holds_nobody_up() -> None:
    app = nudge.configured(Celery("unreachable", set_as_current=False))
    app.conf.update(broker_url="redis://127.0.0.1:1/0")
    sender = nudge.Sender(app)
    begun = time.monotonic()
    assert not any(sender.send_many(nudge.READ, [nudge.Call([1], "batch", "")]) for _ in range(100))
    assert time.monotonic() - begun < 2


def test_reading_again_keeps_history_corrections_and_decisions(tmp_path: Path) -> None:
    here = town()
    submission = submit(tmp_path, here.office)
    first, second = written(submission, notice((1,)), notice((2,), organization_inn=None))
    review.decide(second, "approved", second.version, here.reviewer)
    first = review.correct(
        first, Wanted("director_name", "Асанов А."), first.version, here.reviewer
    )
    submissions.read_again(submission, here.admin, "newer software")
    newer = notice((1,), director_name="wrong again", address="жаңы дарек")
    written(submission, newer, notice((2,), organization_inn="00105199510015"))
    first.refresh_from_db()
    second.refresh_from_db()
    values = {value.name: value.value for value in first.values.all()}
    assert values["director_name"] == "Асанов А."
    assert values["address"] == "жаңы дарек"
    assert second.status == "approved"
    assert second.values.get(name="organization_inn").value is None
    assert [r.number for r in Reading.objects.order_by("number")] == [1, 2]
    assert Record.objects.count() == 2


def test_a_longer_document_has_longer_to_be_put_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission = submit(tmp_path, town().office)
    claim = claims.claim(submission.pk)
    assert claim is not None
    claims.plan_pages(claim, [1], 400)
    page = claims.claim_page(submission.pk, 1)
    assert page is not None
    sent: list[nudge.Call] = []
    monkeypatch.setattr(nudge._SENDER, "send_many", lambda _task, calls: sent.extend(calls))
    claims.finish_page(page, {}, 1.0)
    assert [call.more_seconds for call in sent] == [400 * settings.ASSEMBLE_PAGE_SECONDS]
    last = claims.claim(submission.pk)
    assert last is not None
    assert last.submission.lease_until is not None
    lasts = (last.submission.lease_until - timezone.now()).total_seconds()
    assert lasts > settings.TASK_HARD_SECONDS + 400 * settings.ASSEMBLE_PAGE_SECONDS
