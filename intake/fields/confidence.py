"""The calibrated probability that a value is right, from the evidence for and against it.

One logistic model for each kind of field, fitted on drawn notices with known
truth (``intake calibrate``), and the confidence below which a person must look.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from intake.domain.template import FieldKind

FITTED = Path(__file__).with_name("confidence.json")
LEAST, MOST = 0.001, 0.999


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model: ``bias`` plus a weight for each number of evidence.

    Evidence that a reading lacks counts as ``absent``, the mean it was fitted
    with. Readings with less confidence than ``flag_below`` are flagged.
    """

    bias: float
    weights: Mapping[str, float]
    absent: Mapping[str, float]
    flag_below: float

    def confidence(self, evidence: Mapping[str, float]) -> float:
        """Return the probability 0.001..0.999 that the value is right."""
        total = self.bias + sum(
            weight * evidence.get(name, self.absent.get(name, 0.0))
            for name, weight in self.weights.items()
        )
        return min(max(_logistic(total), LEAST), MOST)


@dataclass(frozen=True, slots=True)
class Calibration:
    """The models by kind of field, and what they were fitted on, for the provenance."""

    models: Mapping[FieldKind, Model]
    origin: str

    def confidence(self, kind: FieldKind, evidence: Mapping[str, float]) -> float:
        """Return how surely a value of this kind is right, 0..1; 0.5 for an unknown kind."""
        model = self.models.get(kind)
        return model.confidence(evidence) if model else 0.5

    def is_doubtful(self, kind: FieldKind, confidence: float) -> bool:
        """Return whether a person must look at a value of this confidence."""
        model = self.models.get(kind)
        return model is None or confidence < model.flag_below


def load_calibration(path: Path = FITTED) -> Calibration:
    """Read a fitted calibration; ValueError or KeyError where the file is damaged."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    models = {
        FieldKind(kind): Model(
            model["bias"], model["weights"], model["absent"], model["flag_below"]
        )
        for kind, model in stored["models"].items()
    }
    return Calibration(models, stored["origin"])


def _logistic(total: float) -> float:
    if total >= 0:
        return 1.0 / (1.0 + math.exp(-total))
    return math.exp(total) / (1.0 + math.exp(total))
