"""What is sampled, seeded, measured, and what follows from it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.notice import Flag, Notice
from intake.errors import Refused
from intake.registry import (
    bounds,
    efforts,
    policy,
    review,
    second_keying,
    seeding,
    targets,
    trust,
)
from intake.registry.errors import Forbidden
from intake.registry.models import Check, Correction, Outcome, Purpose, Record, Seed
from intake.registry.review import Wanted
from intake.registry.trust import Sampled
from intake.registry.values import same_value
from tests.registry.people import Town, notice, noticed, reading, submit, town, written

NOW = timezone.now
DAY = timedelta(days=1)


@pytest.fixture
def here(db: None) -> Town:  # noqa: ARG001
    return town()


def _record(here: Town, folder: Path) -> Record:
    return written(submit(folder, here.office), notice())[0]


def _share(here: Town, sample: float, seed: float) -> None:
    policy.change(here.supervisor, sample_share=sample, seed_share=seed)


def _seeded(here: Town, folder: Path) -> tuple[Record, Seed]:
    """Return a record that is shown with a known-wrong value; some records have none."""
    _share(here, 0.0, 0.5)
    for _ in range(40):
        record = _record(here, folder)
        seeding.shown_values(record, here.reviewer)
        seed = Seed.objects.filter(record=record).first()
        if seed:
            return record, seed
    raise AssertionError("of 40 records none was seeded at a share of a half")


@pytest.mark.parametrize(
    ("errors", "trials", "bound"),
    [(0, 598, 0.004997), (0, 2995, 0.001), (1, 100, 0.04656), (5, 5, 1.0), (0, 0, 1.0)],
)
def test_bounds_are_exact(errors: int, trials: int, bound: float) -> None:
    assert bounds.upper_bound(errors, trials) == pytest.approx(bound, abs=2e-5)


@given(st.integers(0, 20), st.sampled_from([0.001, 0.005, 0.02, 0.1]))
def test_what_is_needed_is_enough_and_one_less_is_not(errors: int, target: float) -> None:
    needed = bounds.trials_needed(errors, target)
    assert bounds.upper_bound(errors, needed) <= target
    assert bounds.upper_bound(errors, needed - 1) > target


@given(st.text(max_size=20), st.integers(0, 10**9))
def test_lots_are_fair_and_repeat(word: str, number: int) -> None:
    assert 0 <= policy.lot(word, number) < 1
    assert policy.lot(word, number) == policy.lot(word, number)
    assert policy.pick("abc", word, number) in "abc"


def test_the_share_is_what_was_set() -> None:
    drawn = sum(policy.is_drawn(0.1, "sample", number) for number in range(5000))
    assert 420 < drawn < 580


@pytest.mark.parametrize("change", [{"sample_share": 0.9}, {"target": 0.0}, {"critical": ["x"]},
                                    {"four_eyes": "maybe"}])  # fmt: skip
def test_a_policy_that_cannot_be_is_refused(change: dict[str, object], here: Town) -> None:
    with pytest.raises(Refused):
        policy.change(here.supervisor, **change)
    with pytest.raises(Forbidden):
        policy.change(here.reviewer, sample_share=0.1)
    assert policy.current().sample_share == 0.02


def test_untouched_values_are_sampled_and_a_wrong_one_is_mended(here: Town, tmp_path: Path) -> None:
    _share(here, 0.5, 0.0)
    record = _record(here, tmp_path)
    wanted = (Wanted("address", "Ленин көчөсү, 12"),)
    review.approve(record, 1, here.reviewer, wanted)
    checks = Check.objects.filter(record=record, purpose=Purpose.SAMPLE)
    assert 0 < checks.count() < 10
    assert not checks.filter(field="address").exists()
    assert not second_keying.to_key(here.reviewer).exists()
    check = checks.order_by("pk")[0]
    for other in checks.exclude(pk=check.pk):
        second_keying.key(other, other.value, here.second)
    truth = {"text": "Башка", "digits": "0" * 14}
    wrong = {"organization_inn": truth["digits"], "organization_okpo": "1" * 8,
             "ownership": "private", "education_level": "preschool",
             "notice_date": "2024-01-02"}.get(check.field, truth["text"])  # fmt: skip
    second_keying.key(check, wrong, here.second)
    second_keying.judge(check, wrong, here.third)
    edition = Record.objects.get(previous=record)
    record.refresh_from_db()
    assert (record.status, edition.status) == ("replaced", "approved")
    assert same_value(edition.values.get(name=check.field).value, wrong)
    told = trust.measure(here.supervisor, NOW() - DAY, NOW() + DAY)
    assert (told.silent.count, told.silent.n) == (1, checks.count())
    assert told.silent.bound > 1 / checks.count()


def test_drawing_again_draws_the_same(here: Town, tmp_path: Path) -> None:
    _share(here, 0.3, 0.0)
    record = _record(here, tmp_path)
    rules, values = policy.current(), list(record.values.all())
    from intake.registry import sampling  # noqa: PLC0415

    sampling.draw(record, values, rules, here.reviewer)
    first = set(Check.objects.values_list("field", flat=True))
    sampling.draw(record, values, rules, here.reviewer)
    assert sorted(Check.objects.values_list("field", flat=True)) == sorted(first)


def test_a_seeded_value_is_shown_flagged_and_never_stored(here: Town, tmp_path: Path) -> None:
    record, seed = _seeded(here, tmp_path)
    shown = {value.name: value for value in seeding.shown_values(record, here.second)}
    assert shown[seed.field].value == seed.shown != seed.really
    assert shown[seed.field].flags
    assert record.values.get(name=seed.field).value == seed.really
    with pytest.raises(Refused, match=seed.field):
        review.approve(record, 1, here.reviewer)


@pytest.mark.parametrize("says", ["shown", "really"])
def test_confirming_a_seed_is_told_at_once_and_changes_nothing(
    says: str, here: Town, tmp_path: Path
) -> None:
    record, seed = _seeded(here, tmp_path)
    wanted = (Wanted(seed.field, getattr(seed, says)),)
    done = review.approve(record, 1, here.reviewer, wanted)
    (feedback,) = done.feedback
    assert (feedback.field, feedback.caught) == (seed.field, says == "really")
    assert record.values.get(name=seed.field).value == seed.really
    assert not Correction.objects.filter(record=record).exists()
    assert not Check.objects.filter(value=seed.shown).exists()
    told = trust.measure(here.supervisor, NOW() - DAY, NOW() + DAY)
    assert (told.caught.count, told.caught.n) == (int(says == "really"), 1)


def test_a_third_value_for_a_seed_is_a_correction(here: Town, tmp_path: Path) -> None:
    record, seed = _seeded(here, tmp_path)
    third = {"organization_inn": "01712201110018", "organization_okpo": "11111111",
             "notice_date": "2023-12-31"}.get(seed.field, "Такыр башка")  # fmt: skip
    done = review.settle(record, (Wanted(seed.field, third),), 1, here.reviewer)
    assert done.feedback[0].caught
    assert record.values.get(name=seed.field).value == third


def test_a_seed_that_became_right_is_dropped(here: Town, tmp_path: Path) -> None:
    record, seed = _seeded(here, tmp_path)
    record.values.filter(name=seed.field).update(value=seed.shown)
    seeding.shown_values(record, here.reviewer)
    assert not Seed.objects.filter(record=record).exists()


def test_efforts_and_flags_are_measured(here: Town, tmp_path: Path) -> None:
    _share(here, 0.0, 0.0)
    fields = {
        "address": reading("Ленин 1", Flag.LOW_CONFIDENCE),
        "director_name": reading("Үсөнова А.", Flag.LOW_CONFIDENCE, Flag.HANDWRITTEN),
    }
    record = written(submit(tmp_path, here.office), noticed(fields))[0]
    wanted = (Wanted("address", "Ленин 1"), Wanted("director_name", "Усенова А."))
    review.approve(record, 1, here.reviewer, wanted)
    for seconds, keys in ((8, 3), (12.5, 5), (-4, -1)):
        efforts.note(record, here.reviewer, seconds=seconds, keystrokes=keys)
    told = trust.measure(here.supervisor, NOW() - DAY, NOW() + DAY)
    assert (told.seconds.n, told.seconds.median, told.seconds.p90) == (3, 8, 12.5)
    assert told.keystrokes.median == 3
    flags = {rate.name: (rate.count, rate.n) for rate in told.flags}
    assert flags == {"low-confidence": (1, 2), "handwritten": (1, 1)}
    with pytest.raises(Forbidden):
        trust.measure(here.reviewer, NOW() - DAY, NOW())


def _samples(right: int, wrong_at: tuple[float, ...] = ()) -> list[Sampled]:
    return [Sampled("inn", 0.999, right=True)] * right + [
        Sampled("inn", confidence, right=False) for confidence in wrong_at
    ]


def test_a_target_is_proved_by_enough_right_values() -> None:
    proved = targets.plan(_samples(1000), 0.005)
    assert (proved.is_proved, proved.flag_below) == (True, 0.0)
    wanting = targets.plan(_samples(100), 0.005)
    assert not wanting.is_proved
    assert targets.plan(_samples(100 + wanting.missing), 0.005).is_proved


def test_a_threshold_is_raised_above_the_errors() -> None:
    found = targets.plan(_samples(1000, (0.6, 0.7, 0.93)), 0.005)
    assert (found.is_proved, found.flag_below, found.wrong) == (True, 0.95, 0)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60))
def test_a_plan_never_promises_more_than_its_bound(rows: list[tuple[float, bool]]) -> None:
    samples = [Sampled("inn", confidence, right) for confidence, right in rows]
    found = targets.plan(samples, 0.05)
    assert found.is_proved == (found.bound <= 0.05)
    assert found.kept == sum(one.confidence >= found.flag_below for one in samples)


def test_a_target_is_refused_with_what_is_missing_then_holds(here: Town, tmp_path: Path) -> None:
    record = _record(here, tmp_path)
    span = NOW() - DAY, NOW() + DAY
    with pytest.raises(Refused, match="not provable yet: 90 more"):
        targets.set_target(here.supervisor, 0.05, *span)
    Check.objects.bulk_create(
        Check(record=record, field=f"f{i}", purpose=Purpose.SAMPLE, outcome=outcome,
              confidence=confidence, made_at=NOW())
        for i, (outcome, confidence) in enumerate(
            [(Outcome.SAME, 0.999)] * 95 + [(Outcome.WRONG, 0.91)] * 3)
    )  # fmt: skip
    chosen = targets.set_target(here.supervisor, 0.05, *span)
    assert chosen.thresholds["inn"] == 0.95
    later = written(submit(tmp_path, here.office), _doubtful())[0]
    assert later.values.get(name="address").flags == ["low-confidence"]
    assert later.values.get(name="organization_inn").flags == []


def _doubtful() -> Notice:
    return noticed({"address": reading("Ленин 1", confidence=0.94),
                    "organization_inn": reading("00105199510015", confidence=0.99)})  # fmt: skip
