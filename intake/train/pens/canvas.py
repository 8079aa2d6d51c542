"""The piece of a page that scenes are drawn on, and ink on it; lengths are working pixels."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from intake.engines.ink.patch import WORK_DPI
from intake.synth.pen import pressed, smooth

WIDTH, HEIGHT = 640, 256
"""81×33 millimetres at ``WORK_DPI``."""

Cover = NDArray[np.float32]
"""How far ink covers each pixel, 0 = paper .. 1 = full ink."""
Curve = NDArray[np.float64]
"""A pen's path, points×(across, down)."""
Point = tuple[float, float]

_SHIFT = 3  # bits of a pixel's fraction


def millimetres(length: float) -> float:
    """Return a length in millimetres as pixels."""
    return length / 25.4 * WORK_DPI


def empty() -> Image.Image:
    """Return a sheet without ink."""
    return Image.new("L", (WIDTH, HEIGHT), 0)


def cover_of(sheet: Image.Image) -> Cover:
    """Return the ink on a sheet."""
    return np.asarray(sheet, dtype=np.float32) / np.float32(255)


def curve(points: Sequence[Point], steps: int = 10) -> Curve:
    """Return a smooth path through points."""
    return np.array(smooth(points, steps), dtype=np.float64)


def inked(rng: Random, curves: Sequence[Curve]) -> Cover:
    """Draw paths with one pen on an empty canvas."""
    ink = np.zeros((HEIGHT, WIDTH), dtype=np.uint8)
    write(rng, ink, curves, rng.uniform(1.8, 5.5))
    return ink.astype(np.float32) / np.float32(255)


def write(
    rng: Random, ink: NDArray[np.uint8], curves: Sequence[Curve], width: float, shade: int = 255
) -> None:
    """Draw paths with one pen into ink, 0 = none .. 255: thicker where pressed, thinner where fast.

    ``width`` is the pen's, in pixels.
    """
    for path in curves:
        places = (path * 2**_SHIFT).astype(int).tolist()
        lengths = np.hypot(*np.diff(path, axis=0).T)
        widths = pressed(rng, len(lengths), width)
        for start, end, length, pressure in zip(places, places[1:], lengths, widths, strict=False):
            thick = max(round(pressure * (1 - 0.25 * min(float(length) / 25, 1))), 1)
            cv2.line(ink, start, end, shade, thick, cv2.LINE_AA, _SHIFT)


def laid(ink: Cover, left: int, top: int) -> Cover:
    """Return a canvas with a smaller or larger picture of ink laid on it, its edges cut off."""
    matrix = np.array(((1, 0, left), (0, 1, top)), dtype=np.float64)
    moved = cv2.warpAffine(ink, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_NEAREST)
    return np.asarray(moved, dtype=np.float32)
