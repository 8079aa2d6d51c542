"""How lines of text bend where paper is not flat, and the map that makes them level.

All lines of a page bend alike, a little differently further down. So one smooth
surface is fitted to the feet of all letters at once: a cubic across the page
whose terms change linearly down it. That also takes up what is left of
perspective where the paper's edges could not be seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from intake.engines.glyphs import Floats, Labels
from intake.engines.textlines import Chained, chained

_GRID_ROWS, _GRID_COLUMNS = 9, 17
_LEAST_LETTERS, _LEAST_LINES = 8, 4
_LEAST_SPAN = 0.35  # of the canvas' width, that some lines must cover
_WORTH = 0.16  # letter heights: lines bent less than this are left alone
_BETTER = 0.75  # lines not used in the fit must come out this much straighter
_TERMS = (6, 2)  # bent paper; where that is not borne out, only the twist that perspective leaves
_STEADY = 5  # rounds of weighing down letters that hang below the line


@dataclass(frozen=True, slots=True)
class Bend:
    """How lines bend: ``grid`` as Transform.curl has it, and the way they run as a whole.

    ``degrees`` is how far they run downhill from end to end: a page is better
    turned by that first, and its bend measured again.
    """

    grid: tuple[tuple[float, ...], ...]
    degrees: float


def bend(feet: Floats, letter: float, width: int, height: int) -> Bend | None:
    """Return the shifts that level the lines; None where they are straight, or too few to tell.

    ``feet`` are n×2, the middle of each letter's lower edge on a canvas of
    ``width`` and ``height`` pixels on which lines are nearly level; ``letter``
    is the usual height of a letter there.
    """
    lines = chained(feet, letter, _LEAST_LETTERS)
    if not _tell_enough(lines, width):
        return None
    for terms in _TERMS:
        surface = _fitted(lines, letter, terms)
        grid = surface.grid(width, height)
        if np.ptp(grid * height, axis=1).max() < _WORTH * letter:
            return None
        if _helps(lines, letter, terms):
            rows = tuple(tuple(float(value) for value in row) for row in grid)
            return Bend(rows, surface.degrees)
    return None


def _tell_enough(lines: Chained, width: int) -> bool:
    spans = [np.ptp(lines.x[lines.line == index]) for index in range(lines.count)]
    return lines.count >= _LEAST_LINES and sum(span > _LEAST_SPAN * width for span in spans) >= 2


@dataclass(frozen=True, slots=True, eq=False)
class _Surface:
    """Shift down, in pixels, anywhere on the canvas; constant beyond the text."""

    weights: Floats
    edges: tuple[float, float, float, float]  # of the text: left, right, top, bottom

    def at(self, x: Floats, y: Floats) -> Floats:
        return np.asarray(_terms(x, y, self.edges)[:, : len(self.weights)] @ self.weights)

    @property
    def degrees(self) -> float:
        """How far lines run downhill from one end to the other, in the middle of the text."""
        left, right, top, bottom = self.edges
        ends = self.at(np.array((left, right)), np.full(2, (top + bottom) / 2))
        return float(np.degrees(np.arctan2(ends[1] - ends[0], max(right - left, 1.0))))

    def grid(self, width: int, height: int) -> Floats:
        """Return the shifts as fractions of the height, rows×columns over the canvas."""
        across, down = np.meshgrid(
            np.linspace(0, width, _GRID_COLUMNS), np.linspace(0, height, _GRID_ROWS)
        )
        shifts = self.at(across.ravel(), down.ravel()).reshape(across.shape)
        return np.asarray(shifts / height)


def _terms(x: Floats, y: Floats, edges: tuple[float, float, float, float]) -> Floats:
    left, right, top, bottom = edges
    u = np.clip((2 * x - left - right) / max(right - left, 1), -1, 1)
    v = np.clip((2 * y - top - bottom) / max(bottom - top, 1), -1, 1)
    return np.stack((u, u * v, u**2, u**2 * v, u**3, u**3 * v), axis=1)


def _fitted(lines: Chained, letter: float, terms: int) -> _Surface:
    """Fit the surface and every line's own height together, letting few letters stand out."""
    edges = (float(lines.x.min()), float(lines.x.max()), float(lines.y.min()), float(lines.y.max()))
    shape = _terms(lines.x, lines.y, edges)[:, :terms]
    columns = np.concatenate((shape, lines.y[:, None]), axis=1)
    weight = np.ones(len(lines.x))
    for _ in range(_STEADY):
        own = columns - _line_means(columns, lines.line, weight)
        weighted = own[:, :-1] * weight[:, None]
        hold = np.eye(shape.shape[1]) * 1e-3 * weight.sum()
        solved = np.linalg.solve(own[:, :-1].T @ weighted + hold, weighted.T @ own[:, -1])
        off = np.abs(own[:, -1] - own[:, :-1] @ solved) / (0.06 * letter)
        weight = 1 / (1 + off**2)
    return _Surface(np.asarray(solved), edges)


def _line_means(columns: Floats, line: Labels, weight: Floats) -> Floats:
    """Return, for every letter, the weighted mean of each column over its line."""
    sums = [np.bincount(line, weights=weight * column) for column in columns.T]
    return np.asarray((np.stack(sums) / np.bincount(line, weights=weight)).T[line])


def _helps(lines: Chained, letter: float, terms: int) -> bool:
    """Fit every other line and see whether that straightens the rest."""
    held = lines.line % 2 == 1
    other = _fitted(lines.of(~held), letter, terms)
    rest = lines.of(held)
    bent = _roughness(rest, np.zeros_like(rest.y))
    level = _roughness(rest, _Surface(other.weights, other.edges).at(rest.x, rest.y))
    return level < _BETTER * bent


def _roughness(lines: Chained, shift: Floats) -> float:
    """Return how far letters usually stand off their line, whatever hangs below it."""
    y = lines.y - shift
    middles = np.array([np.median(y[lines.line == index]) for index in range(lines.count)])
    return float(np.median(np.abs(y - middles[lines.line])))
