"""The parts of a signature's path: first letter, body, flourish; the baseline is down = 0."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

import numpy as np

from intake.train.pens.canvas import Curve, Point, curve

Body = Callable[[Random, float, float], Curve]


def capital(rng: Random, height: float) -> Curve:
    """Write a tall first letter: a loop, or strokes of chance."""
    if rng.randint(0, 5) == 0:
        turn = np.linspace(0, 2 * math.pi * rng.uniform(0.9, 1.6), 40)
        across = 0.35 * height * (1 - np.cos(turn))
        return np.stack((across, -height * (0.5 + 0.55 * np.sin(turn))), axis=1)
    points = [
        (rng.uniform(-0.3, 0.7) * height, rng.uniform(-1.2, 0.25) * height)
        for _ in range(rng.randint(3, 7))
    ]  # fmt: skip
    return curve(points)


def looped(rng: Random, width: float, height: float) -> Curve:
    """Write loops that get lower towards the end."""
    count = rng.randint(3, 11)
    turn = np.linspace(0, 2 * math.pi * count, 22 * count)
    done = np.linspace(0, 1, len(turn))
    swell = np.interp(done, np.linspace(0, 1, 5), [rng.uniform(0.3, 1) for _ in range(5)])
    tall = height / 2 * swell * (1 - done * (1 - rng.uniform(0.2, 0.9)))
    wide = tall * rng.uniform(0.15, 0.9)
    onward = width * done ** rng.uniform(0.8, 1.3)
    return np.stack((onward + wide * np.cos(turn + rng.uniform(0, 6)), -tall * np.sin(turn)), 1)


def jagged(rng: Random, width: float, height: float) -> Curve:
    """Write up and down: the joined small letters of a name, pointed or round."""
    count = rng.randint(4, 16)
    x, step, points = 0.0, width / count, list[Point]()
    for i in range(count):
        x += step * rng.uniform(0.5, 1.5)
        tall = height * rng.uniform(0.25, 1) * (1 - rng.uniform(0, 0.6) * i / count)
        low = height * rng.uniform(-0.1, 0.15)
        points += [(x, -tall), (x + step * rng.uniform(0.1, 0.6), low)]
    return curve(points, rng.choice((2, 8, 8)))


def wandering(rng: Random, width: float, height: float) -> Curve:
    """Write without letters: a pen that turns by chance and drifts to the right."""
    angle, bend, x, y = rng.uniform(-1, 1), 0.0, 0.0, 0.0
    pace, points = width / rng.uniform(40, 110), list[Point]()
    for _ in range(rng.randint(80, 320)):
        bend = 0.93 * bend + rng.gauss(0, 0.09)
        angle += bend - 0.02 * y / height * math.cos(angle)
        x += pace * math.cos(angle) + 0.0025 * width
        y += pace * math.sin(angle)
        if y > height / 2:  # turn back up
            angle += 0.15 if math.cos(angle) <= 0 else -0.15 * math.sin(angle)
        points.append((x, y))
    path = np.array(points)
    path -= path.min(axis=0)
    path *= np.array((width, height)) / np.maximum(np.ptp(path, axis=0), 1)
    return np.asarray(path - (0, 0.7 * height))


def flourish(rng: Random, start: Point, width: float, height: float) -> Curve:
    """Lead the pen on from the end of the body."""
    x, y = start
    length = width * rng.uniform(0.1, 0.7)
    return curve([
        (x, y), (x + 0.3 * length, y + rng.uniform(-0.6, 0.4) * height),
        (x + 0.6 * length, y + rng.uniform(-0.5, 0.5) * height),
        (x + length, y + rng.uniform(-0.6, 0.4) * height),
    ])  # fmt: skip


def backstroke(rng: Random, width: float, height: float) -> Curve:
    """Strike back through or below the body, and forth again."""
    y = rng.uniform(-0.3, 0.4) * height
    return curve([
        (width * rng.uniform(0.5, 1.1), y),
        (0.4 * width, y + rng.uniform(-0.1, 0.2) * height),
        (width * rng.uniform(-0.1, 0.3), y + rng.uniform(0, 0.2) * height),
        (width * rng.uniform(0.6, 1.2), y + rng.uniform(-0.1, 0.3) * height),
    ])  # fmt: skip


BODIES: dict[Body, float] = {looped: 2, jagged: 2, wandering: 1}
