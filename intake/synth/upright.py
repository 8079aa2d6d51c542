"""Trains the network that tells upright letters from turned ones, on drawn lines of print.

``python -m intake.synth.upright`` writes intake/engines/orientation.json again;
the same typefaces give the same weights.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from intake.engines import orientation
from intake.engines.glyphs import find_glyphs
from intake.engines.light import flatten, ink_mask
from intake.engines.orientation import Network, Weights, packed, windows
from intake.synth.faces import Face, print_families, typewriter_families

_ORDER = Path(__file__).with_name("order.json")
_MODEL = Path(orientation.__file__).with_name("orientation.json")
_DPI = 150.0
_SHEET = (1100, 800)
_HIDDEN = 64
_DECAY = 0.01


def faces() -> list[Face]:
    """Return every face of print on this system, typewriters too."""
    families = (*print_families(), *typewriter_families())
    return [face for family in families for face in (family.regular, family.bold, family.italic)]


def draw_windows(rng: Random, some: Sequence[Face], sheets: int) -> Weights:
    """Draw sheets of print, scan them badly, and return their letters' windows, upright."""
    found = [_sheet_windows(rng, rng.choice(some)) for _ in range(sheets)]
    return np.concatenate([windows for windows in found if len(windows)])


def _sheet_windows(rng: Random, face: Face) -> Weights:
    flat = flatten(_worn(rng, _drawn(rng, face)), _DPI)
    glyphs = find_glyphs(ink_mask(flat), _DPI)
    if glyphs.count < 20:
        return np.zeros((0, orientation.PATCH, orientation.PATCH), dtype=np.float32)
    source = np.random.default_rng(rng.getrandbits(32))
    off = source.normal(0, 0.06 * glyphs.size, glyphs.centres.shape)
    return windows(flat, replace(glyphs, centres=glyphs.centres + off), rng.gauss(0, 1.0))


def _drawn(rng: Random, face: Face) -> NDArray[np.uint8]:
    """Draw lines of words, some in capitals, some numbers, at twice the resolution."""
    words = " ".join(text for texts in json.loads(_ORDER.read_text()).values() for text in texts)
    pool = words.split()
    size = rng.uniform(9, 16) / 72 * _DPI * 2
    width, height = _SHEET[0] * 2, _SHEET[1] * 2
    sheet = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(sheet)
    y = 40.0
    while y < height - 2 * size:
        line = " ".join(_word(rng, pool) for _ in range(rng.choice((2, 6, 10))))
        pen.text((rng.uniform(40, 400), y), line, font=face.font("а", round(size)), fill=0)
        y += size * rng.uniform(1.1, 1.8)
    return np.asarray(sheet)


def _word(rng: Random, pool: Sequence[str]) -> str:
    kind = rng.random()
    word = rng.choice(pool)
    if kind < 0.12:
        return word.upper()
    if kind < 0.18:
        return str(rng.randrange(10 ** rng.choice((2, 4, 8))))
    return word.capitalize() if kind < 0.25 else word


def _worn(rng: Random, page: NDArray[np.uint8]) -> NDArray[np.uint8]:
    source = np.random.default_rng(rng.getrandbits(32))
    blurred = cv2.GaussianBlur(page, (0, 0), rng.uniform(0.6, 2.2)).astype(float)
    pale = 255 - (255 - blurred) * rng.uniform(0.35, 1.0)
    noisy = pale + source.normal(0, rng.uniform(0, 16), pale.shape)
    if rng.random() < 0.35:  # a fax, or a bitonal scanner: thin strokes are lost or run together
        noisy = np.where(noisy > pale.min() + rng.uniform(0.25, 0.8) * (255 - pale.min()), 255, 0)
    coarse = rng.choice((1.0, 1.0, 1.0, 0.75, 0.65))
    size = round(_SHEET[0] * coarse), round(_SHEET[1] * coarse)
    small = cv2.resize(noisy.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    draft = cv2.resize(small, _SHEET, interpolation=cv2.INTER_CUBIC) if coarse < 1 else small
    return np.asarray(np.clip(draft, 0, 255), dtype=np.uint8)


def train(rng: Random, upright: Weights, epochs: int = 10, batch: int = 512) -> Network:
    """Return the network for which upright windows stand out most among their own turns (Adam)."""
    source = np.random.default_rng(rng.getrandbits(32))
    side = orientation.PATCH**2
    weights = [
        source.normal(0, side**-0.5, (side, _HIDDEN)).astype(np.float32),
        np.zeros(_HIDDEN, dtype=np.float32),
        source.normal(0, _HIDDEN**-0.5, _HIDDEN).astype(np.float32),
    ]
    moments = [(np.zeros_like(w), np.zeros_like(w)) for w in weights]
    steps = epochs * (len(upright) // batch)
    for step in range(steps):
        chosen = upright[source.integers(0, len(upright), batch)]
        rate = 2e-3 * (1 - step / steps) + 1e-5
        gradients = _gradients(Network(*weights), chosen)
        for index, gradient in enumerate(gradients):
            weights[index], moments[index] = _adam(
                weights[index], gradient, moments[index], (step + 1, rate)
            )
    return Network(*weights)


def _gradients(network: Network, patches: Weights) -> tuple[Weights, Weights, Weights]:
    turned = np.stack([np.rot90(patches, -turns, axes=(1, 2)) for turns in range(4)], axis=1)
    flat = turned.reshape(-1, orientation.PATCH**2)
    hidden = np.maximum(flat @ network.first + network.first_bias, 0)
    scores = (hidden @ network.second).reshape(-1, 4)
    share = np.exp(scores - scores.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    share[:, 0] -= 1  # upright is right
    error = (share / len(patches)).reshape(-1, 1)
    back = (error * network.second) * (hidden > 0)
    return flat.T @ back, back.sum(axis=0), (hidden.T @ error)[:, 0]


def _adam(
    weight: Weights, gradient: Weights, moment: tuple[Weights, Weights], pace: tuple[int, float]
) -> tuple[Weights, tuple[Weights, Weights]]:
    step, rate = pace
    mean = 0.9 * moment[0] + 0.1 * gradient
    square = 0.999 * moment[1] + 0.001 * gradient**2
    move = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return (weight - rate * (move + _DECAY * weight)).astype(np.float32), (
        mean,
        square,
    )


def main() -> None:
    """Train on every face of print and write the weights."""
    rng = Random(2023)
    network = train(rng, draw_windows(rng, faces(), 500))
    _MODEL.write_text(json.dumps(packed(network)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
