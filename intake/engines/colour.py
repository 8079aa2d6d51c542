"""Colour pictures as grey ones."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.engines.raster import Pixels

cv2.setNumThreads(1)


def grey_of(pixels: Pixels) -> Pixels:
    """Return height×width brightness of a grey or blue-green-red picture."""
    if pixels.ndim == 2:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), dtype=np.uint8)


def halved(pixels: Pixels) -> Pixels:
    """Return a picture at half its size."""
    size = max(1, pixels.shape[1] // 2), max(1, pixels.shape[0] // 2)
    even = pixels[: size[1] * 2, : size[0] * 2]
    return np.asarray(cv2.resize(even, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def shrunk(pixels: Pixels, scale: float) -> Pixels:
    """Return a picture that is so much smaller, 0..1."""
    size = max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def doubled(pixels: Pixels) -> Pixels:
    """Return a picture at twice its size, smoothly."""
    size = pixels.shape[1] * 2, pixels.shape[0] * 2
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def whitened(grey: Pixels, corners: NDArray[np.float64], margin: float) -> Pixels:
    """Return a grey picture, white outside four corners (4×2, pixels) and along their edges."""
    inside = np.zeros(grey.shape, dtype=np.uint8)
    cv2.fillConvexPoly(inside, np.rint(corners).astype(np.int32), 255)
    cv2.polylines(inside, [np.rint(corners).astype(np.int32)], True, 0, max(1, round(2 * margin)))
    return np.asarray(cv2.bitwise_or(grey, cv2.bitwise_not(inside)), dtype=np.uint8)
