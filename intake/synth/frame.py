"""A page on its way to a scan: pixels, and the way of every painted point to where it is now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.synth.paint import Edges, Painting, Pixels

Points = NDArray[np.floating]  # n×2, x and y in pixels
Carry = Callable[[Points], Points]


@dataclass(frozen=True)
class Scan:
    """One page as scanned.

    Grey or red, green, blue pixels; ``dpi`` across and down; boxes by tag in
    fractions of the page.
    """

    pixels: Pixels
    dpi: tuple[float, float]
    boxes: Mapping[str, Edges]


@dataclass(frozen=True)
class Frame:
    """Pixels (grey or red, green, blue) and ``carry`` from the painting's pixels to these."""

    pixels: Pixels
    dpi: tuple[float, float]
    carry: Carry

    @classmethod
    def of(cls, painting: Painting) -> Frame:
        """Begin with a painted page."""
        return cls(painting.pixels, (painting.dpi, painting.dpi), lambda points: points)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return int(self.pixels.shape[1]), int(self.pixels.shape[0])

    def showing(self, pixels: Pixels) -> Frame:
        """Return the frame with other pixels of the same geometry."""
        return replace(self, pixels=np.asarray(pixels, dtype=np.uint8))

    def moved(self, pixels: Pixels, move: Carry) -> Frame:
        """Return the frame with pixels that were moved as ``move`` moves points."""
        before = self.carry
        return replace(self, pixels=pixels, carry=lambda points: move(before(points)))

    def warped(self, matrix: NDArray[np.floating], size: tuple[int, int], border: int) -> Frame:
        """Return the frame under a 3×3 homography, the rest of the new size in ``border`` grey."""
        pixels = cv2.warpPerspective(
            self.pixels, matrix, size, flags=cv2.INTER_AREA, borderValue=(border, border, border)
        )
        return self.moved(np.asarray(pixels), lambda points: project(matrix, points))

    def resized(self, dpi: tuple[float, float]) -> Frame:
        """Return the frame at another resolution, across and down."""
        factors = np.array((dpi[0] / self.dpi[0], dpi[1] / self.dpi[1]))
        size = (round(self.size[0] * factors[0]), round(self.size[1] * factors[1]))
        pixels = cv2.resize(self.pixels, size, interpolation=cv2.INTER_AREA)
        return replace(self.moved(np.asarray(pixels), lambda points: points * factors), dpi=dpi)

    def turned(self, quarters: int) -> Frame:
        """Return the frame after quarter turns against the clock."""
        frame = self
        for _ in range(quarters % 4):
            frame = frame._turned_once()
        return frame

    def _turned_once(self) -> Frame:
        width = self.size[0]
        pixels = np.ascontiguousarray(np.rot90(self.pixels))
        turned = self.moved(
            pixels, lambda points: np.stack((points[:, 1], width - points[:, 0]), 1)
        )
        return replace(turned, dpi=(self.dpi[1], self.dpi[0]))

    def scan(self, painting: Painting) -> Scan:
        """Return the scan, every piece of ink carried to its place in fractions."""
        boxes = {tag: self._carried(edges) for tag, edges in painting.ink.items()}
        return Scan(self.pixels, self.dpi, boxes)

    def _carried(self, places: list[Edges]) -> Edges:
        points = self.carry(np.concatenate([_outline(edges) for edges in places]))
        points = np.clip(points / np.array(self.size), 0.0, 1.0)
        low, high = points.min(axis=0), points.max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def project(matrix: NDArray[np.floating], points: Points) -> Points:
    """Take n×2 points through a 3×3 homography."""
    lifted = np.concatenate((points, np.ones((len(points), 1))), axis=1) @ matrix.T
    return np.asarray(lifted[:, :2] / lifted[:, 2:])


def _outline(edges: Edges) -> Points:
    left, top, right, bottom = edges
    return np.array([(x, y) for x in np.linspace(left, right, 9) for y in (top, bottom)])


def grain(rng: Random, shape: tuple[int, ...], cell: float, amount: float) -> Points:
    """Return blotches of about ``cell`` pixels, normally distributed around 0 by ``amount``."""
    rows, columns = max(int(shape[0] / cell), 2), max(int(shape[1] / cell), 2)
    source = np.random.default_rng(rng.getrandbits(32))
    coarse = source.normal(0, amount, (min(rows, 512), min(columns, 512))).astype(np.float32)
    if cell <= 1:
        tiles = (shape[0] // coarse.shape[0] + 1, shape[1] // coarse.shape[1] + 1)
        return np.asarray(np.tile(coarse, tiles)[: shape[0], : shape[1]])
    flags = cv2.INTER_CUBIC
    return np.asarray(cv2.resize(coarse, (shape[1], shape[0]), interpolation=flags))


def shaded(pixels: Pixels, factor: Points) -> Pixels:
    """Multiply every pixel by a factor of its own, height×width."""
    part = np.asarray(factor, dtype=np.float32)
    if pixels.ndim == 3:
        part = np.repeat(part[..., None], pixels.shape[2], axis=2)
    return np.asarray(cv2.multiply(pixels, part, dtype=cv2.CV_8U))


def added(pixels: Pixels, levels: Points) -> Pixels:
    """Add grey levels to every pixel, height×width."""
    part = np.asarray(levels, dtype=np.int16)
    if pixels.ndim == 3:
        part = np.repeat(part[..., None], pixels.shape[2], axis=2)
    return np.asarray(cv2.add(pixels, part, dtype=cv2.CV_8U))
