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
        "agree", "both_exact", "check", "dated", "exact", "exact_form", "form_share", "in_region",
        "in_window", "margin", "mark_min", "month_score", "names_known", "near_known", "ocr_mean",
        "ocr_min", "options_seen", "patronymic", "printed_year", "reference", "second",
        "settled", "settled_same", "structure", "surname_like", "usual_middle", "words_known",
    }
)  # fmt: skip
SPEAKS_AGAINST = frozenset(
    {
        "cut_cost", "digit_count", "doubts", "handwritten", "left_over", "letters", "lines",
        "ocr_doubtful", "odd_marks", "other_holes", "repaired", "run_together",
        "settled_letters", "settled_punctuation", "settled_spacing", "settled_unresolved",
        "settled_words", "short_year", "skipped", "stray", "struck", "unsure", "words_unknown",
        "other_letters", "year_differs",
    }
)  # fmt: skip
"""What each number of evidence can mean; a fit that says the opposite learned an accident."""

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
            right = same(name, known["value"], reading.value)
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

    ``silent`` is the greatest share of a kind's readings that may be wrong and
    not flagged, judged on folds that a model was not fitted on.
    """
    by_kind: dict[FieldKind, list[Sample]] = {}
    for sample in samples:
        by_kind.setdefault(sample.kind, []).append(sample)
    models = {str(kind): _fit_kind(every, silent) for kind, every in sorted(by_kind.items())}
    return {"origin": origin, "models": models}


def write(calibration: Mapping[str, object], path: Path) -> None:
    """Write a fitted calibration."""
    text = json.dumps(calibration, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def _fit_kind(samples: Sequence[Sample], silent: float) -> dict[str, object]:
    known = SPEAKS_FOR | SPEAKS_AGAINST
    names = sorted({name for sample in samples for name in sample.evidence} & known)
    table = np.array([[s.evidence.get(name, np.nan) for name in names] for s in samples])
    absent = np.nan_to_num(np.nanmean(table, axis=0))
    table = np.where(np.isnan(table), absent, table)
    spread = table.std(axis=0)
    scale = np.where(spread > 1e-6, spread, 1.0)
    scaled = (table - absent) / scale
    right = np.array([float(sample.right) for sample in samples])
    flagged = np.array([sample.flagged_anyway for sample in samples])
    signs = np.array([1.0 if name in SPEAKS_FOR else -1.0 for name in names])
    weights = _signed_fit(scaled, right, signs)
    per_unit = weights[1:] / scale
    return {
        "bias": round(float(weights[0] - (per_unit * absent).sum()), 5),
        "weights": {n: round(float(w), 5) for n, w in zip(names, per_unit, strict=True) if w},
        "absent": {n: round(float(a), 5) for n, a in zip(names, absent, strict=True)},
        "flag_below": _threshold(_cross_validated(scaled, right, signs), right, flagged, silent),
        "readings": len(samples),
        "wrong": int((1 - right).sum()),
    }


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


def _threshold(unseen: Floats, right: Floats, flagged: NDArray[np.bool_], silent: float) -> float:
    """Return the lowest confidence above which few enough readings are silently wrong."""
    open_wrong = np.sort(unseen[(right == 0) & ~flagged])[::-1]
    allowed = int(silent * len(right))
    if len(open_wrong) <= allowed:
        return 0.5
    return round(float(min(max(open_wrong[allowed] + 1e-4, 0.5), MOST)), 4)
