"""Colour pictures as grey ones."""

from __future__ import annotations

import cv2
import numpy as np

from intake.engines.raster import Pixels

cv2.setNumThreads(1)


def grey_of(pixels: Pixels) -> Pixels:
    """Return height×width brightness of a grey or blue-green-red picture."""
    if pixels.ndim == 2:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
