"""From a painted page to its scan, with every point carried through."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.synth.paint import Edges, Painting, Pixels

Points = NDArray[np.float64]
Carry = Callable[[Points], Points]  # pixels of one picture to pixels of the next


@dataclass(frozen=True)
class Scan:
    """One page as scanned: grey or red, green, blue pixels, dpi, boxes by tag in fractions."""

    pixels: Pixels
    dpi: float
    boxes: Mapping[str, tuple[float, float, float, float]]


def lay(
    painting: Painting, angle_degrees: float, shift: tuple[float, float]
) -> tuple[Pixels, Carry]:
    """Lay the page askew on the scanner's glass, by an angle and a shift in pixels."""
    height, width = painting.pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle_degrees, 1.0)
    matrix[:, 2] += shift
    warped = cv2.warpAffine(
        painting.pixels,
        matrix,
        (width, height),
        flags=cv2.INTER_LINEAR,
        borderValue=(255, 255, 255),
    )
    return np.asarray(
        warped, dtype=np.uint8
    ), lambda points: points @ matrix[:, :2].T + matrix[:, 2]


def carried(
    boxes: Mapping[str, list[Edges]], carry: Carry, size: tuple[int, int]
) -> dict[str, Edges]:
    """Carry each tag's ink through and return the box around it, in fractions of the scan."""
    result = {}
    for tag, edges in boxes.items():
        points = carry(np.concatenate([_outline(e) for e in edges]))
        points = np.clip(points / np.array(size), 0.0, 1.0)
        low, high = points.min(axis=0), points.max(axis=0)
        result[tag] = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
    return result


def _outline(edges: Edges) -> Points:
    left, top, right, bottom = edges
    across = np.linspace(left, right, 9)
    return np.array([(x, y) for x in across for y in (top, bottom)])


def noisy(pixels: Pixels, amount: float, rng: Random) -> Pixels:
    """Add a scanner's grain of this many grey levels."""
    noise = np.random.default_rng(rng.getrandbits(32)).normal(0, amount, (512, 512))
    height, width = pixels.shape[:2]
    tiled = np.tile(noise.astype(np.float32), (height // 512 + 1, width // 512 + 1))[
        :height, :width
    ]
    grain = tiled if pixels.ndim == 2 else tiled[..., None]
    return np.clip(pixels.astype(np.float32) + grain, 0, 255).astype(np.uint8)


def scan_plain(painting: Painting, rng: Random, max_skew: float = 1.5) -> Scan:
    """Scan a page on an office scanner: a little skew, blur and grain, grey."""
    pixels, carry = lay(
        painting, rng.uniform(-max_skew, max_skew), (rng.gauss(0, 8), rng.gauss(0, 8))
    )
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    soft = np.asarray(cv2.GaussianBlur(grey, (0, 0), rng.uniform(0.4, 0.8)), dtype=np.uint8)
    out = noisy(soft, rng.uniform(1, 4), rng)
    return Scan(out, painting.dpi, carried(painting.ink, carry, (out.shape[1], out.shape[0])))
