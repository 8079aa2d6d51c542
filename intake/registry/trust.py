"""How far accepted values can be trusted, measured: never a bare percentage, always with n."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from intake.registry import forms
from intake.registry.access import Actor, about_records_of, require_supervisor
from intake.registry.bounds import upper_bound
from intake.registry.models import Check, Correction, Effort, Outcome, Purpose, Seed
from intake.registry.values import same_value

_DONE = (Outcome.SAME, Outcome.RIGHT, Outcome.WRONG)


@dataclass(frozen=True, slots=True)
class Rate:
    """``count`` of ``n``; ``bound`` is the upper 95 % bound of the share behind it."""

    name: str
    count: int
    n: int

    @property
    def share(self) -> float | None:
        """The share that was seen, None where nothing was."""
        return self.count / self.n if self.n else None

    @property
    def bound(self) -> float:
        """The upper 95 % bound of the share."""
        return upper_bound(self.count, self.n)


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle and the ninth tenth of measured numbers; None for no number."""

    n: int
    median: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class Trust:
    """All that is measured, over one span of time.

    ``silent``: values accepted with nobody asked, keyed blind, found wrong, all
    and by kind of field. ``waiting``: sampled values not keyed yet. ``caught``:
    known-wrong values found, of those met. ``keyed``: values of the first
    person found wrong by two others. ``flags``: flagged values that were indeed
    changed, by reason.
    """

    silent: Rate
    silent_by_kind: Sequence[Rate]
    waiting: int
    caught: Rate
    keyed: Rate
    seconds: Spread
    keystrokes: Spread
    flags: Sequence[Rate]


@dataclass(frozen=True, slots=True)
class Sampled:
    """One checked value: its kind of field, how sure the reading was, and whether it was right."""

    kind: str
    confidence: float
    right: bool


def measure(actor: Actor, since: datetime, until: datetime) -> Trust:
    """Measure what the supervisor's offices did in this span."""
    require_supervisor(actor)
    samples = sampled(actor, since, until)
    checks = _checks(actor, since, until)
    second = checks.filter(purpose=Purpose.SECOND, outcome__in=_DONE)
    wrong_first = second.filter(outcome=Outcome.WRONG).count()
    answered = Seed.objects.filter(answered_at__gte=since, answered_at__lt=until)
    met = about_records_of(answered, actor)
    made = Effort.objects.filter(made_at__gte=since, made_at__lt=until)
    efforts = list(about_records_of(made, actor).values_list("seconds", "keystrokes"))
    return Trust(
        silent=_silent("", samples),
        silent_by_kind=[_silent(kind, mine) for kind, mine in _by_kind(samples)],
        waiting=checks.filter(purpose=Purpose.SAMPLE).exclude(outcome__in=_DONE).count(),
        caught=Rate("", met.filter(caught=True).count(), met.count()),
        keyed=Rate("", wrong_first, second.count()),
        seconds=spread([seconds for seconds, _ in efforts]),
        keystrokes=spread([keys for _, keys in efforts]),
        flags=_precision(actor, since, until),
    )


def sampled(actor: Actor, since: datetime, until: datetime) -> list[Sampled]:
    """Return the sampled checks that came to an end in this span."""
    done = _checks(actor, since, until).filter(purpose=Purpose.SAMPLE, outcome__in=_DONE)
    rows = done.values_list("record__template", "field", "confidence", "outcome")
    return [
        Sampled(forms.kinds(form).get(field, "text"), confidence, outcome != Outcome.WRONG)
        for form, field, confidence, outcome in rows
    ]


def spread(numbers: Sequence[float]) -> Spread:
    """Return the median and the 90th percentile (nearest rank)."""
    if not numbers:
        return Spread(0, None, None)
    ordered = sorted(numbers)
    return Spread(len(ordered), _rank(ordered, 0.5), _rank(ordered, 0.9))


def _rank(ordered: Sequence[float], share: float) -> float:
    place = -int(-share * len(ordered) // 1) - 1
    return ordered[max(place, 0)]


def _checks(actor: Actor, since: datetime, until: datetime) -> QuerySet[Check]:
    made = Check.objects.filter(made_at__gte=since, made_at__lt=until)
    return about_records_of(made, actor)


def _silent(name: str, samples: Sequence[Sampled]) -> Rate:
    return Rate(name, sum(not one.right for one in samples), len(samples))


def _by_kind(samples: Iterable[Sampled]) -> list[tuple[str, list[Sampled]]]:
    found: dict[str, list[Sampled]] = defaultdict(list)
    for one in samples:
        found[one.kind].append(one)
    return sorted(found.items())


def _precision(actor: Actor, since: datetime, until: datetime) -> list[Rate]:
    """Return, by reason, how many flagged values were changed, of those looked at."""
    made = Correction.objects.filter(made_at__gte=since, made_at__lt=until)
    looked = about_records_of(made, actor).exclude(flags=[])
    seen: dict[str, list[bool]] = defaultdict(list)
    for flags, before, after in looked.values_list("flags", "from_value", "to_value"):
        for flag in flags:
            seen[flag].append(not same_value(before, after))
    rates = [Rate(flag, sum(changed), len(changed)) for flag, changed in seen.items()]
    return sorted(rates, key=lambda rate: -rate.n)
