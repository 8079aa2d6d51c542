"""Adds judgements up: rates with their bounds, by stratum and by field."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from intake.score.judge import Judgement, Record, judge

BINS = 10
LEVEL = 0.95


def upper_bound(errors: int, trials: int, level: float = LEVEL) -> float:
    """Return the exact (Clopper-Pearson) one-sided upper bound of an error rate; 1.0 for no trial.

    For no error it is 1 - (1 - level)^(1/n), about 3/n at 95 %.
    """
    if trials == 0 or errors >= trials:
        return 1.0
    low, high = errors / trials, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if _at_most(errors, trials, middle) > 1 - level:
            low = middle
        else:
            high = middle
    return high


def _at_most(errors: int, trials: int, rate: float) -> float:
    """Return the chance of at most so many errors."""
    if rate <= 0.0 or rate >= 1.0:
        return 1.0 if rate <= 0.0 else 0.0
    total = math.lgamma(trials + 1)
    return math.fsum(
        math.exp(
            total - math.lgamma(k + 1) - math.lgamma(trials - k + 1)
            + k * math.log(rate) + (trials - k) * math.log1p(-rate)
        )
        for k in range(errors + 1)
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tally:
    """Fields counted: rates are shares of ``n``; ``silent_bound`` is the upper 95 % bound."""

    n: int
    right: int
    flagged: int
    silent: int
    letters: int
    letter_errors: int
    overlaps: int
    median_overlap: float | None
    overlap_share: float | None

    @classmethod
    def of(cls, judgements: Sequence[Judgement]) -> Tally:
        """Count judgements."""
        overlaps = [j.overlap for j in judgements if j.overlap is not None]
        return cls(
            n=len(judgements),
            right=sum(j.is_right for j in judgements),
            flagged=sum(j.is_flagged for j in judgements),
            silent=sum(j.is_silent_error for j in judgements),
            letters=sum(j.letters for j in judgements),
            letter_errors=sum(j.letter_errors for j in judgements),
            overlaps=len(overlaps),
            median_overlap=median(overlaps) if overlaps else None,
            overlap_share=sum(o >= 0.5 for o in overlaps) / len(overlaps) if overlaps else None,
        )

    @property
    def accuracy(self) -> float:
        """Share of fields whose value is right."""
        return self.right / self.n if self.n else math.nan

    @property
    def flag_rate(self) -> float:
        """Share of fields that a person must look at."""
        return self.flagged / self.n if self.n else math.nan

    @property
    def silent_rate(self) -> float:
        """Share of fields that are wrong and not flagged."""
        return self.silent / self.n if self.n else math.nan

    @property
    def silent_bound(self) -> float:
        """Upper 95 % bound of the silent error rate."""
        return upper_bound(self.silent, self.n)

    @property
    def letter_error_rate(self) -> float | None:
        """Character error rate of the texts, None where no text was compared."""
        return self.letter_errors / self.letters if self.letters else None


@dataclass(frozen=True, slots=True)
class Finding:
    """Notices: how many there are, how many were found, in how many the language was wrong."""

    notices: int
    found: int
    wrong_language: int = 0
    spurious: int = 0


@dataclass(frozen=True, slots=True)
class Bin:
    """Fields whose confidence lies in one tenth: how many, how sure, how often right."""

    low: float
    high: float
    n: int
    mean_confidence: float | None
    accuracy: float | None


@dataclass(frozen=True, slots=True)
class Reason:
    """One flag reason: how many fields carry it, and how many of those are right all the same."""

    n: int
    right: int


@dataclass(frozen=True)
class Score:
    """Everything measured; strata are keyed ``axis=value``, the whole is ``all``."""

    finding: dict[str, Finding]
    strata: dict[str, Tally]
    fields: dict[str, Tally]
    reliability: tuple[Bin, ...]
    calibration_error: float | None
    errors: tuple[Judgement, ...]
    reasons: dict[str, Reason]

    @property
    def all(self) -> Tally:
        """All fields of all found notices."""
        return self.strata["all"]

    def as_dict(self) -> dict[str, Any]:
        """Return the score as plain values for JSON, silent errors first among the errors."""
        return {
            "notices": {name: asdict(found) for name, found in self.finding.items()},
            "strata": {name: _with_rates(tally) for name, tally in self.strata.items()},
            "fields": {name: _with_rates(tally) for name, tally in self.fields.items()},
            "reliability": [asdict(one) for one in self.reliability],
            "calibration_error": self.calibration_error,
            "reasons": {name: asdict(reason) for name, reason in self.reasons.items()},
            "errors": [
                {"source": e.source, "field": e.field, "expected": e.expected, "value": e.value,
                 "flagged": e.is_flagged, "confidence": e.confidence}
                for e in self.errors
            ],
        }  # fmt: skip


def _with_rates(tally: Tally) -> dict[str, Any]:
    rates = ("accuracy", "flag_rate", "silent_rate", "silent_bound", "letter_error_rate")
    values = {name: getattr(tally, name) for name in rates}
    return asdict(tally) | {k: None if v is None or math.isnan(v) else v for k, v in values.items()}


def score(records: Iterable[Record], truth: Iterable[Record]) -> Score:
    """Compare records with truth.

    A record belongs to the truth of the same source (a path ends with the truth's
    file name) that shares a page with it; among several, to the one it agrees with
    most. What belongs to none is spurious.
    """
    expected, got = list(truth), list(records)
    pairs, spurious = pairs_of(got, expected)
    judgements = [j for record, notice in pairs for j in judge(record, notice)]
    errors = sorted((j for j in judgements if not j.is_right), key=lambda j: j.is_flagged)
    bins = _reliability(judgements)
    return Score(
        finding=_found(pairs, expected, spurious),
        strata=_by_stratum(judgements),
        fields={
            name: Tally.of([j for j in judgements if j.field == name])
            for name in dict.fromkeys(j.field for j in judgements)
        },
        reliability=bins,
        calibration_error=_calibration_error(bins),
        errors=tuple(errors),
        reasons=_reasons(judgements),
    )


Pair = tuple[Record, Record]


def pairs_of(records: list[Record], truth: list[Record]) -> tuple[list[Pair], list[Record]]:
    """Return each record with the notice it was made from, and the records made from none."""
    offers = [
        (_agreement(record, notice), i, k)
        for i, record in enumerate(records)
        for k, notice in enumerate(truth)
        if _from_same_source(record, notice) and set(record["pages"]) & set(notice["pages"])
    ]
    taken_records: set[int] = set()
    taken_notices: set[int] = set()
    pairs = []
    for _, i, k in sorted(offers, key=lambda offer: (*(-part for part in offer[0]), *offer[1:])):
        if i not in taken_records and k not in taken_notices:
            taken_records.add(i)
            taken_notices.add(k)
            pairs.append((records[i], truth[k]))
    return pairs, [record for i, record in enumerate(records) if i not in taken_records]


def _from_same_source(record: Record, notice: Record) -> bool:
    source, name = str(record["source"]).replace("\\", "/"), str(notice["source"])
    return source == name or source.endswith(f"/{name}")


def _agreement(record: Record, notice: Record) -> tuple[int, int, int]:
    pages = len(set(record["pages"]) & set(notice["pages"]))
    language = int(record.get("language") == notice["language"])
    return language, sum(j.is_right for j in judge(record, notice)), pages


def _found(pairs: list[Pair], truth: list[Record], spurious: list[Record]) -> dict[str, Finding]:
    by_stratum: dict[str, list[Record]] = {"all": truth}
    for notice in truth:
        for axis, value in notice.get("strata", {}).items():
            by_stratum.setdefault(f"{axis}={value}", []).append(notice)
    found = {id(notice): record for record, notice in pairs}
    return {
        name: Finding(
            notices=len(notices),
            found=sum(id(notice) in found for notice in notices),
            wrong_language=sum(
                found[id(n)].get("language") != n["language"] for n in notices if id(n) in found
            ),
            spurious=_spurious(name, notices, spurious),
        )
        for name, notices in by_stratum.items()
    }


def _spurious(name: str, notices: list[Record], spurious: list[Record]) -> int:
    """Count spurious records: all of them, or those in files that hold notices of a stratum."""
    if name == "all":
        return len(spurious)
    return sum(any(_from_same_source(record, n) for n in notices) for record in spurious)


def _by_stratum(judgements: list[Judgement]) -> dict[str, Tally]:
    groups: dict[str, list[Judgement]] = {"all": judgements}
    for judgement in judgements:
        for axis, value in judgement.strata:
            groups.setdefault(f"{axis}={value}", []).append(judgement)
    return {name: Tally.of(group) for name, group in sorted(groups.items())}


def _reasons(judgements: list[Judgement]) -> dict[str, Reason]:
    carried = Counter(flag for j in judgements for flag in set(j.flags))
    right = Counter(flag for j in judgements if j.is_right for flag in set(j.flags))
    return {name: Reason(n, right[name]) for name, n in sorted(carried.items())}


def _reliability(judgements: list[Judgement]) -> tuple[Bin, ...]:
    tenths: list[list[Judgement]] = [[] for _ in range(BINS)]
    for judgement in judgements:
        if judgement.confidence is not None:
            tenths[min(int(judgement.confidence * BINS), BINS - 1)].append(judgement)
    return tuple(_bin(number, members) for number, members in enumerate(tenths))


def _bin(number: int, members: list[Judgement]) -> Bin:
    n = len(members)
    sure = sum(j.confidence or 0.0 for j in members) / n if n else None
    right = sum(j.is_right for j in members) / n if n else None
    return Bin(number / BINS, (number + 1) / BINS, n, sure, right)


def _calibration_error(bins: tuple[Bin, ...]) -> float | None:
    """Return the expected calibration error: mean distance of confidence and accuracy, by n."""
    total = sum(one.n for one in bins)
    if not total:
        return None
    return sum(
        one.n * abs((one.accuracy or 0.0) - (one.mean_confidence or 0.0)) for one in bins
    ) / total  # fmt: skip
