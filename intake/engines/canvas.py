"""The straightened page as an empty canvas that knows where its pixels come from.

Turning, levelling, cropping and scaling only change the canvas; the picture is
resampled once, at the end. Coordinates run along the pixels' edges: the first
pixel lies between 0 and 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from intake.domain.geometry import Matrix, Transform
from intake.engines.glyphs import Floats
from intake.engines.raster import Pixels

cv2.setNumThreads(1)

Curl = tuple[tuple[float, ...], ...]
_WHITE = (255, 255, 255)
_GRID = 16  # pixels between the points at which a curled page's map is worked out
_PAINFUL_SHRINKING = 0.6  # below, pixels would be skipped: the picture is shrunk first


@dataclass(frozen=True, slots=True, eq=False)
class Canvas:
    """Width and height in pixels, and ``to_source``: 3×3, canvas pixels to source pixels."""

    width: int
    height: int
    to_source: Floats

    @classmethod
    def over(cls, pixels: Pixels) -> Canvas:
        """Return the canvas that shows a picture as it is."""
        return cls(int(pixels.shape[1]), int(pixels.shape[0]), np.eye(3))

    @classmethod
    def on(cls, corners: Floats, width: int, height: int) -> Canvas:
        """Return the canvas that shows four corners (4×2, clockwise from top left) as a page."""
        own = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
        to_source = cv2.getPerspectiveTransform(own, corners.astype(np.float32))
        return cls(width, height, np.asarray(to_source, dtype=np.float64))

    def turned(self, turns: int) -> Canvas:
        """Return the canvas after quarter turns with the clock."""
        canvas = self
        for _ in range(turns % 4):
            back = np.array([(0.0, 1.0, 0.0), (-1.0, 0.0, canvas.height), (0.0, 0.0, 1.0)])
            canvas = Canvas(canvas.height, canvas.width, canvas.to_source @ back)
        return canvas

    def levelled(self, degrees: float) -> Canvas:
        """Return the canvas turned about its middle so that lines this far downhill are level."""
        cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        x, y = self.width / 2, self.height / 2
        back = np.array([
            (cosine, -sine, x - cosine * x + sine * y),
            (sine, cosine, y - sine * x - cosine * y),
            (0.0, 0.0, 1.0),
        ])  # fmt: skip
        return Canvas(self.width, self.height, self.to_source @ back)

    def scaled(self, factor: float) -> Canvas:
        """Return the same view with so many times the pixels across and down."""
        width, height = max(1, round(self.width * factor)), max(1, round(self.height * factor))
        back = np.diag((self.width / width, self.height / height, 1.0))
        return Canvas(width, height, self.to_source @ back)

    def reaching(self, left: float, top: float, right: float, bottom: float) -> Canvas:
        """Return the canvas cut or widened to these edges, in its own pixels."""
        x, y = math.floor(left), math.floor(top)
        shift = np.array([(1.0, 0.0, x), (0.0, 1.0, y), (0.0, 0.0, 1.0)])
        size = max(1, math.ceil(right) - x), max(1, math.ceil(bottom) - y)
        return Canvas(*size, self.to_source @ shift)

    def holding(self, other: Canvas) -> Canvas:
        """Return the canvas cut or widened to hold just all of another."""
        w, h = other.width, other.height
        corners = np.array([(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)])
        places = self.from_source(other.into_source(corners))
        (left, top), (right, bottom) = places.min(axis=0), places.max(axis=0)
        return self.reaching(float(left), float(top), float(right), float(bottom))

    def onto(self, source: Pixels, copy: Pixels) -> Canvas:
        """Return the same view of a copy of the source that has another size."""
        ratio = np.diag((copy.shape[1] / source.shape[1], copy.shape[0] / source.shape[0], 1.0))
        return Canvas(self.width, self.height, ratio @ self.to_source)

    def from_source(self, points: Floats) -> Floats:
        """Return where points of the source (n×2) lie on the canvas."""
        return _project(np.asarray(np.linalg.inv(self.to_source)), points)

    def into_source(self, points: Floats) -> Floats:
        """Return where points of the canvas (n×2) lie in the source."""
        return _project(self.to_source, points)

    def scale_of(self, other: Canvas) -> float:
        """Return how many of this canvas' pixels one pixel of another has, in its middle."""
        x, y = other.width / 2, other.height / 2
        spots = np.array([(x, y), (x + 20.0, y)])
        here = self.from_source(other.into_source(spots))
        return float(np.hypot(*(here[1] - here[0])) / 20.0)

    def transform(self, source: Pixels, curl: Curl = ()) -> Transform:
        """Return the same map in fractions, straightened page to page as scanned."""
        height, width = source.shape[:2]
        whole = np.diag((1 / width, 1 / height, 1.0)) @ self.to_source
        values = (whole @ np.diag((self.width, self.height, 1.0))).ravel()
        values = values / values[8]
        matrix: Matrix = tuple(float(value) for value in values)  # type: ignore[assignment]
        return Transform(matrix, curl)

    def drawn(self, source: Pixels, curl: Curl = ()) -> Pixels:
        """Return the source's pixels as this canvas shows them; white beyond its edges."""
        plain = self._without_resampling(source)
        if plain is not None and not curl:
            return plain
        source, matrix = _shrunk(source, self.to_source)
        middle = np.array([(1.0, 0.0, 0.5), (0.0, 1.0, 0.5), (0.0, 0.0, 1.0)])
        centred = np.linalg.inv(middle) @ matrix @ middle
        if curl:
            return _curled(source, centred, (self.width, self.height), curl)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        size = (self.width, self.height)
        if np.allclose(matrix[2], (0, 0, matrix[2, 2])):
            affine = centred[:2] / centred[2, 2]
            done = cv2.warpAffine(source, affine, size, flags=flags, borderValue=_WHITE)
        else:
            done = cv2.warpPerspective(source, centred, size, flags=flags, borderValue=_WHITE)
        return np.asarray(done, dtype=np.uint8)

    def _without_resampling(self, source: Pixels) -> Pixels | None:
        """Return a page that is only turned, as it is or smaller; None where it is more."""
        whole = Canvas.over(source)
        for turns in range(4):
            turned = whole.turned(turns)
            steps = np.linalg.inv(turned.to_source) @ self.to_source
            off = steps - np.diag((steps[0, 0], steps[1, 1], 1.0))
            left, top = float(off[0, 2]), float(off[1, 2])
            off[:2, 2] = 0
            if np.abs(off).max() < 1e-7 and steps[0, 0] > 0 and steps[1, 1] > 0:
                part = (left, top, self.width * steps[0, 0], self.height * steps[1, 1])
                pixels = _cut(np.rot90(source, -turns) if turns else source, part)
                return None if pixels is None else _resized(pixels, self.width, self.height)
        return None


def _cut(pixels: Pixels, part: tuple[float, float, float, float]) -> Pixels | None:
    """Return the part (left, top, width, height) of a picture; None where it is not all in it."""
    left, top, width, height = (round(edge) for edge in part)
    if min(left, top) < 0 or left + width > pixels.shape[1] or top + height > pixels.shape[0]:
        return None
    if (height, width) == pixels.shape[:2]:
        return np.ascontiguousarray(pixels)
    return np.ascontiguousarray(pixels[top : top + height, left : left + width])


def _resized(pixels: Pixels, width: int, height: int) -> Pixels:
    if pixels.shape[:2] == (height, width):
        return pixels
    way = cv2.INTER_AREA if width < pixels.shape[1] else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=way), dtype=np.uint8)


def _shrunk(source: Pixels, matrix: Floats) -> tuple[Pixels, Floats]:
    """Shrink a picture that would lose pixels, and say how the canvas maps to the smaller one."""
    stride = math.sqrt(abs(float(np.linalg.det(matrix[:2, :2] / matrix[2, 2]))))
    if stride * _PAINFUL_SHRINKING <= 1.0:
        return source, matrix
    height, width = source.shape[:2]
    size = max(1, round(width / stride)), max(1, round(height / stride))
    small = cv2.resize(source, size, interpolation=cv2.INTER_AREA)
    scale = np.diag((size[0] / width, size[1] / height, 1.0))
    return np.asarray(small, dtype=np.uint8), scale @ matrix


def _curled(source: Pixels, centred: Floats, size: tuple[int, int], curl: Curl) -> Pixels:
    """Draw a page whose lines are bent: the map is worked out on a grid and filled in between."""
    width, height = size
    columns, rows = width // _GRID + 2, height // _GRID + 2
    across, down = np.meshgrid(np.linspace(0, width, columns), np.linspace(0, height, rows))
    grid = np.asarray(curl, dtype=np.float64)
    shift = _interpolated(grid, across / width, down / height) * height
    points = np.stack((across.ravel() - 0.5, (down + shift).ravel() - 0.5), axis=1)
    places = _project(centred, points).reshape(rows, columns, 2)
    own = np.array([
        (width / (columns - 1), 0, 0), (0, height / (rows - 1), 0), (0, 0, 1),
    ])  # fmt: skip
    middle = np.array([(1.0, 0.0, 0.5), (0.0, 1.0, 0.5), (0.0, 0.0, 1.0)])
    to_grid = (np.linalg.inv(own) @ middle)[:2]
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    full = [
        cv2.warpAffine(places[..., axis].astype(np.float32), to_grid, size, flags=flags,
                       borderMode=cv2.BORDER_REPLICATE)
        for axis in (0, 1)
    ]  # fmt: skip
    done = cv2.remap(source, full[0], full[1], cv2.INTER_LINEAR, borderValue=_WHITE)
    return np.asarray(done, dtype=np.uint8)


def _interpolated(grid: Floats, across: Floats, down: Floats) -> Floats:
    rows, columns = grid.shape
    x, y = across * (columns - 1), down * (rows - 1)
    column = np.minimum(x.astype(int), columns - 2)
    row = np.minimum(y.astype(int), rows - 2)
    x, y = x - column, y - row
    upper = grid[row, column] * (1 - x) + grid[row, column + 1] * x
    lower = grid[row + 1, column] * (1 - x) + grid[row + 1, column + 1] * x
    return np.asarray(upper * (1 - y) + lower * y)


def _project(matrix: Floats, points: Floats) -> Floats:
    lifted = np.concatenate((points, np.ones((len(points), 1))), axis=1) @ matrix.T
    return np.asarray(lifted[:, :2] / lifted[:, 2:])
