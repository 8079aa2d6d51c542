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

VOUCHED = 0.995
"""Confidence, at least, of what is vouched for (see ``is_vouched``): of 747 such words and 40 such
places on 246 drawn notices 2 were wrong, and a model of one sum doubted 97 of them."""
SURE, FAIRLY = 0.95, 0.8
"""Confidence of the least sure letter in what the readings dispute, and in what they agree on."""
CERTAIN = 0.99
"""Confidence of the least sure sign of a date from which the other reader's digits count nothing:
205 such of 212 nobody asked about, and the only wrong one lacked two digits that nobody read."""
CLEAN_CUT, FEW_STRAY = 0.15, 3.0
"""Cost of the form's print beside a value, and letters left over there, below which it is whole."""
ALIKE_CUT, KNOWN_CUT = 0.3, 0.4
"""The same cost where both readings have the same words: the second has those beside it too; where
all of them are known besides."""
ALIKE_MIN, DATE_MIN = 0.8, 0.94
"""Confidence of the least sure letter of known words, and sign of a date, that both readers wrote.
On papers typed anew the share of the form's print, which a model of one sum asks for, tells
nothing of a value: of 50 such addresses, names and dates that it doubted all were right."""
LONG = 8
"""Signs of a number from which two readings agree by no chance."""
_WORDS = (FieldKind.TEXT, FieldKind.NAME, FieldKind.PERSON, FieldKind.ADDRESS)
_PLACES = (FieldKind.REGION, FieldKind.DISTRICT)


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
        fitted = model.confidence(evidence) if model else 0.5
        return max(fitted, VOUCHED) if is_vouched(kind, evidence) else fitted

    def is_doubtful(self, kind: FieldKind, confidence: float) -> bool:
        """Return whether a person must look at a value of this confidence."""
        model = self.models.get(kind)
        return model is None or confidence < model.flag_below


def is_vouched(kind: FieldKind, evidence: Mapping[str, float]) -> bool:
    """Tell whether one piece of evidence is enough, whatever little the others say.

    Words that were read first by the reader that errs less, surely letter by letter, all known or
    read alike by the other, where nothing is left over beside them: the other's mistakes are its
    own. Dates too. A place that both readers wrote alike, or the better one surely, just as the
    reference has it.
    """
    if kind in _WORDS:
        is_alike = _is_whole_name if kind is FieldKind.PERSON else _is_known_alike
        return is_alike(evidence) or _is_surely_read(evidence)
    if kind is FieldKind.DATE:
        return _is_certain(evidence)
    if kind is FieldKind.NUMBER:
        return _is_long_and_alike(evidence)
    if kind in _PLACES:
        is_exact = evidence.get("reference") == 1.0 and not evidence.get("repaired")
        return is_exact and (evidence.get("agree") == 1.0 or evidence.get("settled") == 1.0)
    return False


def _is_surely_read(evidence: Mapping[str, float]) -> bool:
    """Tell whether words were surely read letter by letter, with nothing left over beside them."""
    return (
        evidence.get("disputed_min", 0.0) >= SURE
        and evidence.get("ocr_min", 0.0) >= FAIRLY
        and evidence.get("second") == 1.0
        and (not evidence.get("words_unknown") or _is_read_alike(evidence))
        and not evidence.get("short_disputed")
        and evidence.get("cut_cost", 1.0) < (ALIKE_CUT if evidence.get("agree") else CLEAN_CUT)
        and evidence.get("stray", FEW_STRAY) < FEW_STRAY
    )


def _is_long_and_alike(evidence: Mapping[str, float]) -> bool:
    """Tell whether both readers surely wrote the same signs of a long number, and nothing else.

    A telephone's has more signs than the numbers that the model was fitted with.
    """
    return (
        evidence.get("letters", 0.0) >= LONG
        and evidence.get("agree", 0.0) == evidence.get("second", 0.0) == 1.0
        and evidence.get("ocr_min", 0.0) >= DATE_MIN
        and evidence.get("cut_cost", 1.0) < CLEAN_CUT
        and not evidence.get("stray", FEW_STRAY)
        and evidence.get("lines") == 1.0
    )


def _is_certain(evidence: Mapping[str, float]) -> bool:
    """Tell whether a date was surely read sign by sign, or alike by both, and stands alone.

    That a digit was lost the reader of the others does not know.
    """
    is_alone = evidence.get("agree") == 1.0 and not evidence.get("left_over")
    is_whole = is_alone or evidence.get("cut_cost", 1.0) < CLEAN_CUT
    is_clear = is_alone and evidence.get("stray", FEW_STRAY) < FEW_STRAY
    is_read = evidence.get("ocr_min", 0.0) >= (DATE_MIN if is_clear else CERTAIN)
    return is_whole and is_read and not evidence.get("digit_lost")


def _is_known_alike(evidence: Mapping[str, float]) -> bool:
    """Tell whether both readers wrote the same words, all known, and nothing else stands there."""
    return (
        evidence.get("words_known") == 1.0
        and _is_read_alike(evidence)
        and not evidence.get("settled")  # then the other reader was not asked
        and not evidence.get("short_disputed")
        and evidence.get("agree", 0.0) + evidence.get("settled_same", 0.0) >= 1.0
        and evidence.get("ocr_min", 0.0) >= ALIKE_MIN
        and evidence.get("cut_cost", 1.0) < KNOWN_CUT
        and evidence.get("stray", FEW_STRAY) <= FEW_STRAY
    )


def _is_whole_name(evidence: Mapping[str, float]) -> bool:
    """Tell whether a name read in its room lacks nothing, whatever strokes stand beside it.

    All known, alike in both readings, with the father's or two initials: 10 such of 11 were right.
    """
    return (
        evidence.get("from_room") == 1.0
        and evidence.get("agree") == 1.0
        and evidence.get("names_known") == 1.0
        and evidence.get("ocr_min", 0.0) >= SURE
        and bool(evidence.get("patronymic") or evidence.get("initials", 0.0) >= 2)
    )


def _is_read_alike(evidence: Mapping[str, float]) -> bool:
    """Tell whether both readers wrote the same words, but for a quote or comma that one lost."""
    differing = ("settled_letters", "settled_words", "settled_unresolved", "settled_spacing")
    lost = evidence.get("settled_punctuation", 0.0)
    return lost <= 1.0 and not any(evidence.get(name) for name in differing)


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
