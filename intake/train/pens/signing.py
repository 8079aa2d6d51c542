"""The paths of a pen that signs."""

from __future__ import annotations

import math
from random import Random

import numpy as np

from intake.synth import pen
from intake.synth.reference import happens, weighted
from intake.synth.sheet import BLACK
from intake.train.pens.bodies import BODIES, backstroke, capital, flourish
from intake.train.pens.canvas import Curve, millimetres


def signed(rng: Random) -> list[Curve]:
    """Sign, 13 to 52 millimetres wide at ``WORK_DPI``, leaning and rising a little."""
    width, height = millimetres(rng.uniform(13, 52)), millimetres(rng.uniform(4, 15))
    curves = _plain(rng, width) if happens(rng, 0.12) else _composed(rng, width, height)
    lean, turn = rng.uniform(-0.15, 0.6), rng.uniform(-0.18, 0.12)
    leaning = np.array(((1, -lean), (0, 1)))
    turned = np.array(((math.cos(turn), -math.sin(turn)), (math.sin(turn), math.cos(turn))))
    return [path @ (turned @ leaning).T for path in curves]


def _plain(rng: Random, width: float) -> list[Curve]:
    """Sign as drawn notices are signed."""
    curves = [np.array(stroke.path) for stroke in pen.signature(rng, (0, 0), BLACK, "")]
    extent = float(np.ptp(np.vstack(curves)[:, 0]))
    return [path * (width / max(extent, 1)) for path in curves]


def _composed(rng: Random, width: float, height: float) -> list[Curve]:
    """Sign with a first letter or none, a body and what follows, lifting the pen at times."""
    curves: list[Curve] = []
    start = 0.0
    if happens(rng, 0.75):
        first = capital(rng, height * rng.uniform(0.8, 1.5))
        start = float(first[:, 0].max()) * rng.uniform(0.4, 1.05)
        curves.append(first)
    body = weighted(rng, BODIES)
    low = height * rng.uniform(0.35, 0.9)
    written = body(rng, max(width - start, 0.4 * width), low) + np.array((start, 0))
    if curves and happens(rng, 0.6):
        written = np.vstack((curves.pop(), written))
    if happens(rng, 0.4):
        end = (float(written[-1, 0]), float(written[-1, 1]))
        written = np.vstack((written, flourish(rng, end, width, height)))
    curves.append(written)
    if happens(rng, 0.2):
        curves.append(backstroke(rng, width, height))
    return curves
