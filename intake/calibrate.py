"""Fits the confidence models to readings whose truth is known (`intake calibrate`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intake.domain.notice import Notice, Reading, State
from intake.domain.template import FieldKind, Template
from intake.extraction import extract_all
from intake.fields.confidence import MOST
from intake.forms import load_forms
from intake.options import TEMPLATES, Options
from intake.record import record_json
from intake.score import pairs_of, read_lines, same

Floats = NDArray[np.float64]

SPEAKS_FOR = frozenset(
    {
        "agree", "both_exact", "check", "dated", "disputed_min", "exact", "exact_form",
        "form_share", "in_region", "in_window", "margin", "mark_min", "month_score",
        "names_known", "near_known", "ocr_mean", "ocr_min", "options_seen", "patronymic",
        "printed_year", "reference", "second", "settled", "settled_same", "structure",
        "surname_like", "usual_middle", "words_known",
    }
)  # fmt: skip
SPEAKS_AGAINST = frozenset(
    {
        "cut_cost", "digit_count", "doubts", "handwritten", "left_over", "letters", "lines",
        "from_room", "ocr_doubtful", "odd_marks", "other_holes", "repaired", "run_together",
        "settled_letters", "settled_punctuation", "settled_spacing", "settled_unresolved",
        "settled_words", "short_year", "skipped", "stray", "struck", "unsure", "words_unknown",
        "other_letters", "year_differs",
    }
)  # fmt: skip
"""What each number of evidence can mean; a fit that says the opposite learned an accident."""

_ALSO = dict.fromkeys(
    (FieldKind.NUMBER, FieldKind.NAME, FieldKind.PERSON, FieldKind.ADDRESS), (FieldKind.TEXT,)
)
"""Kinds whose readings stand for others: the drawn form has no free text of its own."""

RIDGE = 3.0
FOLDS = 5
STEPS = 60


@dataclass(frozen=True, slots=True)
class Sample:
    """One reading with a value, and whether that value was right."""

    kind: FieldKind
    evidence: Mapping[str, float]
    right: bool
    flagged_anyway: bool


def calibrate(folders: Sequence[Path], path: Path, *, silent: float, jobs: int) -> int:
    """Read drawn sets, fit the models to what came out, write them; return how many readings."""
    forms = {form.name: form for form in load_forms(TEMPLATES)}
    samples: list[Sample] = []
    for folder in folders:
        files = [str(folder / str(each["source"])) for each in read_lines(folder / "files.jsonl")]
        outcomes = extract_all(files, Options(), jobs)
        notices = [notice for outcome in outcomes for notice in outcome.notices]
        samples += samples_of(notices, [*read_lines(folder / "truth.jsonl")], forms)
    names = ", ".join(folder.name for folder in folders)
    write(fit(samples, silent, f"{len(samples)} readings of drawn notices ({names})"), path)
    return len(samples)


def samples_of(
    notices: Sequence[Notice], truth: list[Mapping[str, Any]], forms: Mapping[str, Template]
) -> list[Sample]:
    """Return what can be learned from notices whose truth is known."""
    records: list[Mapping[str, Any]] = [
        {**record_json(notice), "notice": notice} for notice in notices
    ]
    samples = []
    for record, expected in pairs_of(records, truth)[0]:
        notice: Notice = record["notice"]
        for name, known in expected["fields"].items():
            kind = forms[notice.template].fields[name].kind
            reading = notice.fields[name]
            right = same(known["value"], reading.value)
            sample = sample_of(kind, reading, right=right)
            samples += [sample] if sample else []
    return samples


def sample_of(kind: FieldKind, reading: Reading, *, right: bool) -> Sample | None:
    """Return what can be learned from a reading; nothing where it has no value to be sure of."""
    if reading.state is not State.READ or not reading.evidence:
        return None
    hard = any(flag != "low-confidence" for flag in reading.flags)
    return Sample(kind, reading.evidence, right, hard)


def fit(samples: Iterable[Sample], silent: float, origin: str) -> dict[str, object]:
    """Return a calibration (see ``intake.fields.confidence``) as a JSON-ready dict.

    ``silent`` is the greatest share of all readings that may be wrong and not
    flagged, judged on folds that a model was not fitted on. Each kind is flagged
    where that spares most silent errors for the fewest looks.
    """
    by_kind: dict[FieldKind, list[Sample]] = {}
    for sample in samples:
        for kind in (sample.kind, *_ALSO.get(sample.kind, ())):
            by_kind.setdefault(kind, []).append(sample)
    fitted = {kind: _fit_kind(every) for kind, every in sorted(by_kind.items())}
    curves = {kind: _curve(by_kind[kind], unseen) for kind, (_, unseen) in fitted.items()}
    allowed = int(silent * sum(map(len, by_kind.values())))
    below = _thresholds(curves, allowed)
    models = {str(kind): {**model, "flag_below": below[kind]}
              for kind, (model, _) in fitted.items()}  # fmt: skip
    return {"origin": origin, "models": models}


def write(calibration: Mapping[str, object], path: Path) -> None:
    """Write a fitted calibration."""
    text = json.dumps(calibration, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def _fit_kind(samples: Sequence[Sample]) -> tuple[dict[str, object], Floats]:
    """Return a kind's model, and each sample's confidence under one that has not seen it."""
    known = SPEAKS_FOR | SPEAKS_AGAINST
    names = sorted({name for sample in samples for name in sample.evidence} & known)
    table = np.array([[s.evidence.get(name, np.nan) for name in names] for s in samples])
    absent = np.nan_to_num(np.nanmean(table, axis=0))
    table = np.where(np.isnan(table), absent, table)
    spread = table.std(axis=0)
    scale = np.where(spread > 1e-6, spread, 1.0)
    scaled = (table - absent) / scale
    right = np.array([float(sample.right) for sample in samples])
    signs = np.array([1.0 if name in SPEAKS_FOR else -1.0 for name in names])
    weights = _signed_fit(scaled, right, signs)
    per_unit = weights[1:] / scale
    model: dict[str, object] = {
        "bias": round(float(weights[0] - (per_unit * absent).sum()), 5),
        "weights": {n: round(float(w), 5) for n, w in zip(names, per_unit, strict=True) if w},
        "absent": {n: round(float(a), 5) for n, a in zip(names, absent, strict=True)},
        "readings": len(samples),
        "wrong": int((1 - right).sum()),
    }
    return model, _cross_validated(scaled, right, signs)


def _signed_fit(table: Floats, right: Floats, signs: Floats) -> Floats:
    """Fit, leaving out one by one the evidence that would speak the wrong way."""
    used = np.ones(len(signs), dtype=np.bool_)
    while True:
        weights = np.zeros(len(signs) + 1)
        weights[np.concatenate(([True], used))] = _logistic_fit(table[:, used], right)
        against = np.where(used, weights[1:] * signs, 0.0)
        if against.size == 0 or against.min() >= 0:
            return weights
        used[int(against.argmin())] = False


def _logistic_fit(table: Floats, right: Floats) -> Floats:
    """Fit by Newton's method with a ridge on all weights but the bias."""
    with_bias = np.column_stack((np.ones(len(table)), table))
    ridge = np.full(with_bias.shape[1], RIDGE)
    ridge[0] = 1e-3
    weights = np.zeros(with_bias.shape[1])
    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(with_bias @ weights, -30, 30)))
        slope = with_bias.T @ (right - chance) - ridge * weights
        curve = (with_bias * (chance * (1 - chance))[:, None]).T @ with_bias + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def _cross_validated(table: Floats, right: Floats, signs: Floats) -> Floats:
    """Return each sample's confidence under a model that has not seen it."""
    fold = np.arange(len(right)) % FOLDS
    unseen = np.zeros(len(right))
    for number in range(FOLDS):
        weights = _signed_fit(table[fold != number], right[fold != number], signs)
        total = weights[0] + table[fold == number] @ weights[1:]
        unseen[fold == number] = 1.0 / (1.0 + np.exp(-np.clip(total, -30, 30)))
    return unseen


@dataclass(frozen=True, slots=True, eq=False)
class _Curve:
    """What flagging below each of some confidences comes to: looks, and silent errors left."""

    below: Floats
    looks: Floats
    silent: Floats


def _curve(samples: Sequence[Sample], unseen: Floats) -> _Curve:
    """Return the trade of one kind; what is flagged for another reason costs no further look."""
    is_open = np.array([not sample.flagged_anyway for sample in samples])
    wrong = np.array([not sample.right for sample in samples]) & is_open
    below = np.unique(np.concatenate(([0.5], np.clip(unseen[is_open] + 1e-4, 0.5, MOST))))
    looks = np.array([np.count_nonzero(is_open & (unseen < each)) for each in below])
    silent = np.array([np.count_nonzero(wrong & (unseen >= each)) for each in below])
    return _Curve(below, looks, silent)


def _thresholds(curves: Mapping[FieldKind, _Curve], allowed: int) -> dict[FieldKind, float]:
    """Return the confidences to flag below, so that no more than ``allowed`` errors stay silent.

    One silent error is given a price in looks, the same for every kind; the least
    price that is enough is taken.
    """
    chosen: dict[FieldKind, int] = {}
    for price in np.geomspace(1.0, 10_000.0, 200):
        chosen = {
            kind: int(np.argmin(curve.looks + price * curve.silent))
            for kind, curve in curves.items()
        }
        if sum(curves[kind].silent[number] for kind, number in chosen.items()) <= allowed:
            break
    return {kind: round(float(curves[kind].below[number]), 4) for kind, number in chosen.items()}
