"""What a pen does on paper: shaky underlines, circles, signatures, stray lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

import numpy as np

from intake.synth.sheet import Colour, Edges, Points, Stroke


def smooth(points: Sequence[tuple[float, float]], steps: int = 12) -> Points:
    """Return a curve through the points (Catmull-Rom), ``steps`` places between two of them."""
    padded = [points[0], *points, points[-1]]
    path: list[tuple[float, float]] = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for t in np.linspace(0, 1, steps, endpoint=False):
            path.append((_spline(t, a[0], b[0], c[0], d[0]), _spline(t, a[1], b[1], c[1], d[1])))
    return (*path, points[-1])


def _spline(t: float, a: float, b: float, c: float, d: float) -> float:
    return float(
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2)
        + 0.5 * (3 * b - a - 3 * c + d) * t**3
    )


def pressed(rng: Random, count: int, width: float) -> tuple[float, ...]:
    """Return the line's widths along a path as pressure varies, in points."""
    widths, pressure = [], 1.0
    for place in range(count):
        pressure = 0.9 * pressure + 0.1 * rng.uniform(0.5, 1.5)
        lifted = 0.6 if place > 0.93 * count else 1.0
        widths.append(width * pressure * lifted)
    return tuple(widths)


def draw(rng: Random, points: Sequence[tuple[float, float]], colour: Colour, tag: str) -> Stroke:
    """Draw one stroke of a ball pen through the points."""
    path = smooth(points)
    return Stroke(path, pressed(rng, len(path), rng.uniform(0.7, 1.6)), colour, tag)


def underline(rng: Random, edges: Edges, colour: Colour, tag: str) -> list[Stroke]:
    """Underline words by hand: slanted, wavy, too long or too short, sometimes twice."""
    left, _, right, bottom = edges
    start = left + rng.uniform(-6, 4)
    end = right + rng.uniform(-5, 8)
    height = bottom + rng.uniform(-3.2, 2.2)
    lines = []
    for pass_number in range(2 if rng.random() < 0.15 else 1):
        slope, y = rng.uniform(-0.015, 0.015), height + pass_number * rng.uniform(1.2, 2.5)
        count = max(int((end - start) / 22), 3)
        points = [
            (start + (end - start) * i / count, y + slope * 22 * i + rng.gauss(0, 0.5))
            for i in range(count + 1)
        ]  # fmt: skip
        lines.append(draw(rng, points, colour, tag))
    return lines


def circle(rng: Random, edges: Edges, colour: Colour, tag: str) -> list[Stroke]:
    """Circle words by hand: an uneven ring whose ends overlap or miss each other."""
    left, top, right, bottom = edges
    x, y = (left + right) / 2 + rng.uniform(-2, 2), (top + bottom) / 2 + rng.uniform(-1, 1)
    across, down = (right - left) / 2 + rng.uniform(4, 10), (bottom - top) / 2 + rng.uniform(1, 5)
    start, turn = rng.uniform(0, 2 * math.pi), 2 * math.pi + rng.uniform(-0.3, 0.6)
    points = []
    for i in range(17):
        angle, swell = start + turn * i / 16, rng.uniform(0.95, 1.05)
        points.append((x + across * swell * math.cos(angle), y + down * swell * math.sin(angle)))
    return [draw(rng, points, colour, tag)]


def strike(rng: Random, edges: Edges, colour: Colour, tag: str) -> list[Stroke]:
    """Strike words out with one line."""
    left, top, right, bottom = edges
    middle = (top + bottom) / 2
    points = [(left + (right - left) * i / 4, middle + rng.gauss(0, 1)) for i in range(5)]
    return [draw(rng, points, colour, tag)]


def signature(rng: Random, start: tuple[float, float], colour: Colour, tag: str) -> list[Stroke]:
    """Sign from a place on the baseline: a tall first letter, loops, a flourish."""
    width, height = rng.uniform(55, 120), rng.uniform(16, 38)
    lean = rng.uniform(0.0, 0.5)
    x, baseline = start
    points = _capital(rng, height)
    points += _loops(rng, points[-1][0], width, height)
    strokes = [points]
    if rng.random() < 0.7:
        end = points[-1][0]
        strokes.append(_flourish(rng, end, height))
    return [
        draw(rng, [(x + px - lean * py, baseline + py) for px, py in one], colour, tag)
        for one in strokes
    ]


def _capital(rng: Random, height: float) -> list[tuple[float, float]]:
    kind = rng.randint(0, 2)
    tall = -height * rng.uniform(0.8, 1.2)
    if kind == 0:
        return [(0, tall * 0.4), (6, tall), (10, 0), (4, 4), (2, tall * 0.5), (16, tall * 0.6)]
    if kind == 1:
        return [(2, 2), (8, tall), (12, tall * 0.9), (9, -2), (15, tall * 0.3)]
    return [(14, tall * 0.8), (4, tall), (0, tall * 0.4), (6, 2), (16, tall * 0.2)]


def _loops(rng: Random, x: float, width: float, height: float) -> list[tuple[float, float]]:
    points = []
    count = rng.randint(3, 8)
    for i in range(count):
        size = height * rng.uniform(0.15, 0.5) * (1 - 0.6 * i / count)
        step = (width - x) / count
        x += step
        points += [
            (x - step * 0.3, -size),
            (x - step * rng.uniform(0.1, 0.9), -size * 0.8),
            (x, 1.5),
        ]
    return points


def _flourish(rng: Random, end: float, height: float) -> list[tuple[float, float]]:
    low = rng.uniform(2, 9)
    return [
        (end, -height * 0.2), (end * 1.2, -height * rng.uniform(0.1, 0.9)), (end * 0.9, low),
        (end * rng.uniform(0.1, 0.4), low * 1.2), (end * rng.uniform(1.0, 1.3), low - 3),
    ]  # fmt: skip
