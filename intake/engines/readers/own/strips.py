"""Strips: the pictures that the recogniser reads, all of one height and one contrast."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.engines.raster import Pixels

Strip = NDArray[np.uint8]
"""``HEIGHT``×width, 0 = paper, 255 = the darkest ink."""

HEIGHT = 40
_FAINTEST = 40
"""Levels between paper and ink that are taken for full contrast at least."""


def normalised(grey: Pixels) -> Strip:
    """Return grey pixels (0 = black), of any height, as a strip."""
    height, width = grey.shape
    wide = max(round(width * HEIGHT / height), 4)
    way = cv2.INTER_AREA if height > HEIGHT else cv2.INTER_LINEAR
    scaled = cv2.resize(grey, (wide, HEIGHT), interpolation=way)
    histogram = np.cumsum(np.bincount(scaled.ravel(), minlength=256))
    paper = int(np.searchsorted(histogram, 0.75 * histogram[-1]))
    ink = int(np.searchsorted(histogram, 0.005 * histogram[-1]))
    contrast = max(paper - ink, _FAINTEST)
    table = np.clip((paper - np.arange(256)) * (255.0 / contrast), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(scaled, table), dtype=np.uint8)
