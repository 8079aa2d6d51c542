"""Four eyes: values keyed again blind by a second person, differences settled by a third.

Looking at a value again catches half of the errors, keying it blind nine of
ten; so the second person sees the crop and nothing else. The same screen serves
sampled checks of accepted values (see ``sampling``); what those find is mended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from intake.registry import decisions, sampling
from intake.registry.access import Actor, about_records_of, require_reviewer
from intake.registry.decisions import Wanted
from intake.registry.errors import Conflict, Forbidden
from intake.registry.models import (
    Check,
    Correction,
    FieldValue,
    FourEyes,
    Outcome,
    Policy,
    Purpose,
    Record,
    RecordStatus,
    Station,
    Verdict,
)
from intake.registry.policy import current
from intake.registry.values import normal_form, same_value

MOST_COUNTED = 99
MENDED = "a blind check found a wrong value"
"""The reason of corrections that follow from a check, which tell of it a second time."""


def fields_to_key(record: Record, values: Iterable[FieldValue], rules: Policy) -> list[FieldValue]:
    """Return the critical values that somebody else must key before the record is approved."""
    if rules.four_eyes == FourEyes.NEVER:
        return []
    critical = [v for v in values if v.name in rules.critical and v.value and v.box]
    if rules.four_eyes == FourEyes.ALWAYS:
        return critical
    changed = {
        one.field
        for one in Correction.objects.filter(record=record)
        if not same_value(one.to_value, one.read_value)
    }
    return [value for value in critical if value.name in changed]


def park(record: Record, values: Sequence[FieldValue], actor: Actor) -> None:
    """Have the values of a record that was taken wait to be keyed by somebody else."""
    Check.objects.filter(record=record, purpose=Purpose.SECOND).delete()
    Check.objects.bulk_create(
        Check(
            record=record, field=value.name, purpose=Purpose.SECOND, value=value.value,
            text=value.text, confidence=value.confidence, page=value.page, box=value.box,
            first_user=actor.user, made_at=record.updated_at,
        )
        for value in values
    )  # fmt: skip
    decisions.move(record, Station.KEYING, Verdict.PROPOSED, actor, "")


def to_key(actor: Actor) -> QuerySet[Check]:
    """Return what this person may key blind: nothing of which they know the value."""
    mine = _visible(actor).filter(outcome=Outcome.OPEN)
    return _unknown_to(actor, mine).order_by("-purpose", "pk")  # what holds a record up first


def to_judge(actor: Actor) -> QuerySet[Check]:
    """Return the differences that this person may settle: those between two others."""
    mine = _visible(actor).filter(outcome=Outcome.DIFFERS)
    return _unknown_to(actor, mine).exclude(keyed_by=actor.user).order_by("pk")


def count_to_key(actor: Actor) -> int:
    """Return how many values hold records up until this person keys them, 99 at most."""
    return to_key(actor).filter(purpose=Purpose.SECOND)[:MOST_COUNTED].count()


def count_to_judge(actor: Actor) -> int:
    """Return how many differences this person may settle, 99 at most."""
    return to_judge(actor)[:MOST_COUNTED].count()


def key(check: Check, value: str | None, actor: Actor) -> Check:
    """Keep what a second person read; alike settles it, else it waits for a third.

    Conflict where somebody keyed it already, Forbidden for whoever entered,
    approved or corrected the record, Refused for no possible value.
    """
    with transaction.atomic():
        fresh = _locked(check, Outcome.OPEN, actor, to_key)
        fresh.keyed_value = normal_form(fresh.field, value)
        fresh.keyed_by, fresh.keyed_at = actor.user, timezone.now()
        alike = same_value(fresh.keyed_value, fresh.value)
        fresh.outcome = Outcome.SAME if alike else Outcome.DIFFERS
        fresh.save()
        _after(fresh, actor)
    return fresh


def judge(check: Check, value: str | None, actor: Actor) -> Check:
    """Keep what a third person says stands there; a wrong value of the record is mended."""
    with transaction.atomic():
        fresh = _locked(check, Outcome.DIFFERS, actor, to_judge)
        fresh.judged_value = normal_form(fresh.field, value)
        fresh.judged_by, fresh.judged_at = actor.user, timezone.now()
        is_right = same_value(fresh.judged_value, fresh.value)
        fresh.outcome = Outcome.RIGHT if is_right else Outcome.WRONG
        fresh.save()
        _after(fresh, actor)
    return fresh


def _visible(actor: Actor) -> QuerySet[Check]:
    require_reviewer(actor)
    return about_records_of(Check.objects.select_related("record__office"), actor)


def _unknown_to(actor: Actor, checks: QuerySet[Check]) -> QuerySet[Check]:
    """Leave out what this person entered, uploaded or corrected.

    Corrections are looked up for each value that waits: those of a person are far more.
    """
    corrected = Correction.objects.filter(record=OuterRef("record"), user=actor.user)
    knows = Q(first_user=actor.user) | Q(record__submission__user=actor.user)
    return checks.exclude(knows).exclude(Exists(corrected))


def _locked(
    check: Check, outcome: str, actor: Actor, allowed: Callable[[Actor], QuerySet[Check]]
) -> Check:
    if actor.user is None:
        raise Forbidden("a program keys nothing; sign in as a person")
    if not Check.objects.filter(pk=check.pk, outcome=outcome).update(outcome=outcome):
        raise Conflict("somebody has settled this value already; take the next")
    fresh = allowed(actor).filter(pk=check.pk).first()
    if fresh is None:
        raise Forbidden("nobody checks the own entry; leave it to another person")
    return fresh


def _after(check: Check, actor: Actor) -> None:
    if check.purpose == Purpose.SECOND:
        _go_on(check.record, actor)
    elif check.outcome == Outcome.WRONG:
        _mend(check, actor)


def _go_on(record: Record, actor: Actor) -> None:
    """Approve the record once all its critical values are settled, or move it to who settles."""
    checks = list(record.checks.filter(purpose=Purpose.SECOND))
    outcomes = {check.outcome for check in checks}
    if record.status != RecordStatus.REVIEW or Outcome.OPEN in outcomes:
        return
    fresh = decisions.taken(record, record.version)
    if Outcome.DIFFERS in outcomes:
        fresh.station = Station.THIRD
        fresh.save(update_fields=["station"])
        return
    wrong = [Wanted(c.field, c.judged_value) for c in checks if c.outcome == Outcome.WRONG]
    values = decisions.correct(fresh, wanted=wrong, actor=actor)
    decisions.approve(fresh, actor)
    sampling.draw(fresh, values, current(), actor)


def _mend(check: Check, actor: Actor) -> None:
    """Put the right value into an accepted record: a new edition, approved at once.

    Two people who did not see the value agree that it is wrong, or a third has
    looked at both: nobody else needs to.
    """
    record = check.record
    if record.status != RecordStatus.APPROVED:
        return  # opened again meanwhile: whoever reviews it sees the finding in the history
    reason = MENDED
    edition = decisions.new_edition(record, record.version, actor, reason)
    decisions.correct(edition, [Wanted(check.field, check.judged_value, reason)], actor)
    decisions.approve(edition, actor, reason)
