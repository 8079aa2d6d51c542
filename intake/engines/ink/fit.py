"""Fits the weights of handwriting detection: ``python -m intake.engines.ink.fit SAMPLES...``.

SAMPLES are CSV files with a column ``hand`` (1 written by hand, 0 typed), a column
``notice`` that is the same for values of one notice, and one column for each of
``intake.engines.ink.hand.FEATURES``. Writes hand.json beside this module. Plain
logistic regression with a ridge, so that every weight can be read; each class has
the same total weight, then the intercept is moved so that typed print is called
handwriting as rarely as ``TARGET`` says.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from intake.engines.ink.hand import FEATURES, pooled

Floats = NDArray[np.float64]

RIDGE = 3.0
TARGET = 0.004
"""Part of typed values that may be called handwritten: reviewers' time is dear."""


def fit(features: Floats, hand: Floats) -> tuple[float, Floats]:
    """Return intercept and weights of the likeliest logistic model, by Newton's method.

    ``features`` n×k, ``hand`` n of 0 and 1.
    """
    spread = features.std(axis=0) + 1e-6
    design = np.column_stack([np.ones(len(features)), features / spread])
    share = np.where(hand > 0.5, 0.5 / hand.mean(), 0.5 / (1 - hand.mean()))
    ridge = np.diag([0.0] + [RIDGE] * features.shape[1])
    weights = np.zeros(design.shape[1])
    for _ in range(40):
        chance = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        slope = design.T @ (share * (hand - chance)) - ridge @ weights
        curve = (design * (share * chance * (1 - chance))[:, None]).T @ design + ridge
        weights += np.linalg.solve(curve, slope)
    return float(weights[0]), weights[1:] / spread


def cautious(odds: Floats, hand: Floats, notices: NDArray[np.str_]) -> float:
    """Return what to add to all log odds so that ``TARGET`` of the typed samples pass for hand."""
    drawn = odds.copy()
    for notice in np.unique(notices):
        mine = notices == notice
        drawn[mine] = pooled(odds[mine].tolist())
    return -max(0.0, float(np.quantile(drawn[hand < 0.5], 1 - TARGET)))


def main(paths: list[str]) -> None:
    """Fit on the samples of these files and write the weights."""
    rows: list[dict[str, str]] = []
    for path in paths:
        with Path(path).open(encoding="utf-8", newline="") as file:
            rows.extend(csv.DictReader(file))
    features = np.array([[float(row[name]) for name in FEATURES] for row in rows])
    hand = np.array([float(row["hand"]) for row in rows])
    bias, weights = fit(features, hand)
    bias += cautious(features @ weights + bias, hand, np.array([row["notice"] for row in rows]))
    found = {"bias": bias, **dict(zip(FEATURES, weights.tolist(), strict=True))}
    rounded = {name: round(value, 4) for name, value in found.items()}
    target = Path(__file__).with_name("hand.json")
    target.write_text(json.dumps({"weights": rounded, "samples": len(rows)}, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
