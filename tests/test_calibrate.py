"""What the fit of confidences promises: few silent errors, looks where they spare most."""

from __future__ import annotations

import random

import pytest

from intake.calibrate import Sample, fit
from intake.domain.template import FieldKind
from intake.fields.confidence import Model


def _drawn(kind: FieldKind, wrong_share: float, seed: int) -> list[Sample]:
    """Readings whose least sure letter tells, not surely, of the wrong ones."""
    luck = random.Random(seed)
    samples = []
    for _ in range(600):
        right = luck.random() >= wrong_share
        least = min(max(luck.gauss(0.95 if right else 0.6, 0.1), 0.0), 1.0)
        samples.append(Sample(kind, {"ocr_min": least, "agree": float(right)}, right, False))
    return samples


@pytest.mark.parametrize("silent", [0.0, 0.01])
def test_no_more_errors_stay_silent_than_allowed(silent: float) -> None:
    samples = _drawn(FieldKind.ADDRESS, 0.2, 1) + _drawn(FieldKind.OKPO, 0.02, 2)
    models = fit(samples, silent, "drawn")["models"]
    assert isinstance(models, dict)
    left = looks = 0
    for sample in samples:
        fitted = models[str(sample.kind)]
        model = Model(fitted["bias"], fitted["weights"], fitted["absent"], fitted["flag_below"])
        is_flagged = model.confidence(sample.evidence) < model.flag_below
        left += not sample.right and not is_flagged
        looks += is_flagged
    assert left <= max(2, 1.5 * silent * len(samples))
    assert looks < 0.5 * len(samples)


def test_what_is_flagged_anyway_costs_no_look() -> None:
    samples = [Sample(FieldKind.INN, {"check": 0.0}, False, True) for _ in range(50)]
    samples += [Sample(FieldKind.INN, {"check": 1.0}, True, False) for _ in range(50)]
    models = fit(samples, 0.0, "drawn")["models"]
    assert isinstance(models, dict)
    assert models["inn"]["flag_below"] == 0.5
