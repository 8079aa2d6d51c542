"""Signatures: strokes of a pen, or a name in a running hand with a flourish."""

from __future__ import annotations

from random import Random

import numpy as np
from PIL import ImageDraw

from intake.synth.reference import happens
from intake.train.pens.canvas import (
    HEIGHT,
    WIDTH,
    Cover,
    Point,
    cover_of,
    curve,
    empty,
    inked,
)
from intake.train.pens.lettering import Lettering, Source
from intake.train.pens.signing import signed


def draw_signature(rng: Random, source: Source, seal: Point | None) -> Cover:
    """Draw a signature, as a rule through the seal whose middle is given, or anywhere."""
    if source.cursive and happens(rng, 0.1):
        return _name(rng, source)
    curves = signed(rng)
    points = np.vstack(curves)
    low, high = points.min(axis=0), points.max(axis=0)
    if seal and happens(rng, 0.6):
        shaken = (seal[0] + rng.gauss(0, 60), seal[1] + rng.gauss(0, 35))
        shift = np.array(shaken) - (low + high) / 2
    else:
        room = np.maximum(np.array((WIDTH, HEIGHT)) - (high - low), 1)
        shift = room * (rng.random(), rng.random()) - low
    return inked(rng, [path + shift for path in curves])


def _name(rng: Random, source: Source) -> Cover:
    """Write a name out, with a flourish below it."""
    lettering = Lettering(rng.choice(source.cursive), rng.randint(34, 80))
    size, sheet = lettering.size, empty()
    name = source.words(rng, 1).strip(".,:;!?")[:9].capitalize()
    x, y = rng.uniform(0, 0.5) * WIDTH, rng.uniform(0.35, 0.8) * HEIGHT
    end = lettering.write(ImageDraw.Draw(sheet), (x, y), name)
    below = curve([
        (end, y - 0.2 * size), (end + 0.8 * size, y - rng.random() * size),
        (end - 0.2 * size, y + 0.3 * size), (x + 0.2 * size, y + rng.uniform(0.1, 0.5) * size),
        (end + size, y + 0.2 * size),
    ])  # fmt: skip
    return np.maximum(cover_of(sheet), inked(rng, [below]))
