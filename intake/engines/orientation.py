"""Which way up a page is, from its lines and the shapes of its letters.

A small network looks at single letters with a little of what surrounds them and
says how much each looks like an upright one; ``orientation.json`` holds its
weights, ``python -m intake.synth.upright`` made them from printed Cyrillic text.
Each letter is shown in all four directions to the same network, so no direction
is favoured; what many letters agree on is the page's.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.engines.glyphs import Floats, Glyphs
from intake.engines.light import WHITE, ink_depth
from intake.engines.raster import Pixels
from intake.engines.skew import Lean

cv2.setNumThreads(1)

Weights = NDArray[np.float32]

PATCH = 23  # pixels of the window around a letter, odd so that it turns about its middle
LETTER = 13.0  # pixels to which the usual height of a letter is brought
_MOST_LETTERS = 320
_SAMPLE_RATE = 0.15  # letters of one page err together: they count as fewer
_LEAST_LOG = -4.0  # no single letter may say more than this against a direction
_CLEAR_MARGIN = 0.5  # a mean logarithm: letters of one page may all err a little the same way
_ENOUGH_LETTERS = 15
_SAME_LEAN = 2.0  # degrees
_CLEARLY = 2.0  # times as sharp
_AS_SCANNED = 1.0  # a logarithm: most pages are scanned upright
_AXIS_WEIGHT = 2.0  # how much the sharpness of lines counts beside the letters
_MODEL = Path(__file__).with_name("orientation.json")


@dataclass(frozen=True, slots=True)
class Direction:
    """Quarter turns with the clock that make a page upright.

    ``degrees`` is how far its lines then run downhill to the right;
    ``confidence`` (0..1) how sure the turns are; ``rivals`` are other numbers
    of turns that are nearly as likely.
    """

    turns: int
    degrees: float
    confidence: float
    rivals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Two layers: a letter's window, flattened, to how upright it looks (a log-odds)."""

    first: Weights
    first_bias: Weights
    second: Weights

    def scores(self, patches: Weights) -> Weights:
        """Return n×4: how well each window (n×PATCH×PATCH) fits 0, 1, 2, 3 turns as its cure."""
        turned = np.stack([np.rot90(patches, -turns, axes=(1, 2)) for turns in range(4)], axis=1)
        flat = turned.reshape(-1, PATCH * PATCH)
        hidden = np.maximum(flat @ self.first + self.first_bias, 0)
        return np.asarray((hidden @ self.second).reshape(-1, 4), dtype=np.float32)


def reading_direction(flat: Pixels, glyphs: Glyphs, leans: tuple[Lean, Lean]) -> Direction:
    """Return which way up a flattened page is that has these spots of print and line angles."""
    if not glyphs.count:
        return Direction(0, leans[0].degrees, 0.0)
    logs = _letter_logs(flat, glyphs, leans)
    means = logs.mean(axis=0)
    evidence = means * len(logs) * _SAMPLE_RATE + _axis_evidence(*leans)
    odds = np.exp(evidence - evidence.max())
    turns = int(odds.argmax())
    others = [other for other in range(4) if other != turns]
    margin = float(means[turns] - means[others].max())
    confidence = float(odds[turns] / odds.sum()) * float(np.clip(margin / _CLEAR_MARGIN, 0, 1))
    confidence *= min(1.0, glyphs.count / _ENOUGH_LETTERS)
    rivals = tuple(other for other in others if means[turns] - means[other] < _CLEAR_MARGIN)
    return Direction(turns, leans[turns % 2].degrees, confidence, rivals)


def windows(flat: Pixels, glyphs: Glyphs, degrees: float) -> Weights:
    """Return n×PATCH×PATCH darkness 0..1 around letters, lines levelled, one size for all."""
    step = max(1, glyphs.count // _MOST_LETTERS)
    centres = glyphs.centres[::step]
    scale = LETTER / glyphs.size
    height, width = flat.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, scale)
    size = (int(width * scale) + 2 * PATCH, int(height * scale) + 2 * PATCH)
    matrix[:, 2] += np.array(size) / 2 - np.array((width / 2, height / 2))
    soft = cv2.blur(flat, (blur, blur)) if (blur := int(0.7 / scale)) > 1 else flat
    level = cv2.warpAffine(soft, matrix, size, flags=cv2.INTER_LINEAR, borderValue=(WHITE,))
    places = np.rint(centres @ matrix[:, :2].T + matrix[:, 2]).astype(int)
    reach = np.arange(PATCH) - PATCH // 2
    rows = np.clip(places[:, 1, None, None] + reach[None, :, None], 0, size[1] - 1)
    columns = np.clip(places[:, 0, None, None] + reach[None, None, :], 0, size[0] - 1)
    depth = max(ink_depth(flat)[0], 0.1)
    dark = (WHITE - level[rows, columns].astype(np.float32)) / (WHITE * depth)
    return np.asarray(np.clip(dark, 0, 1), dtype=np.float32)


def _axis_evidence(level: Lean, upended: Lean) -> Floats:
    ratio = (level.sharpness + 1) / (upended.sharpness + 1)
    favour = float(np.clip(np.log(ratio), -1.5, 1.5)) * _AXIS_WEIGHT / 2
    return np.array((favour + _AS_SCANNED, -favour, favour, -favour))


def _letter_logs(flat: Pixels, glyphs: Glyphs, leans: tuple[Lean, Lean]) -> Floats:
    """Return n×4 logarithms: how well each letter fits each number of turns.

    Letters are levelled by the angle that the lines have if the direction is
    right; where one direction's lines are clearly sharper, or both lean alike,
    one look is enough.
    """
    clear, dim = sorted(leans, key=lambda lean: -lean.sharpness)
    alike = abs(clear.degrees - dim.degrees) < _SAME_LEAN
    if alike or clear.sharpness > _CLEARLY * dim.sharpness:
        return _logs(windows(flat, glyphs, clear.degrees))
    logs = _logs(windows(flat, glyphs, leans[0].degrees))
    logs[:, 1::2] = _logs(windows(flat, glyphs, leans[1].degrees))[:, 1::2]
    return logs


def _logs(patches: Weights) -> Floats:
    scores = _network().scores(patches).astype(float)
    top = scores.max(axis=1, keepdims=True)
    logs = scores - top - np.log(np.exp(scores - top).sum(axis=1, keepdims=True))
    return np.asarray(np.maximum(logs, _LEAST_LOG))


@cache
def _network() -> Network:
    return unpacked(json.loads(_MODEL.read_text(encoding="utf-8")))


def packed(network: Network) -> dict[str, object]:
    """Return the weights as eight-bit steps in text, each layer with its own step."""
    layers = {"first": network.first, "first_bias": network.first_bias, "second": network.second}
    return {name: _packed(layer) for name, layer in layers.items()}


def unpacked(model: dict[str, dict[str, object]]) -> Network:
    """Return the network that ``packed`` wrote."""
    return Network(*(_unpacked(model[name]) for name in ("first", "first_bias", "second")))


def _packed(layer: Weights) -> dict[str, object]:
    step = float(np.abs(layer).max()) / 127
    steps = np.rint(layer / step).astype(np.int8)
    return {
        "shape": list(layer.shape),
        "step": step,
        "steps": base64.b64encode(steps.tobytes()).decode("ascii"),
    }


def _unpacked(layer: dict[str, object]) -> Weights:
    steps = np.frombuffer(base64.b64decode(str(layer["steps"])), dtype=np.int8)
    shaped = steps.reshape(layer["shape"])  # type: ignore[call-overload]  # a list of lengths
    return np.asarray(shaped * np.float32(layer["step"]), dtype=np.float32)  # type: ignore[arg-type]
