"""Pictures of pages that we wrote ourselves, back from their bytes."""

from __future__ import annotations

import cv2
import numpy as np

from intake.engines.raster import Raster
from intake.errors import Failed


def from_png(content: bytes, dpi: float) -> Raster:
    """Return the page whose PNG ``intake.engines.preview.png`` gave; Failed where it is damaged."""
    decoded = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
    if decoded is None:
        raise Failed("a page's picture between reading and assembling is damaged; read it again")
    return Raster(np.asarray(decoded, np.uint8), dpi)
