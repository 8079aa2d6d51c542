"""A page as pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """Pixels of one page and their resolution.

    ``pixels`` is height×width (grey) or height×width×3 (blue, green, red),
    uint8, 0 = black; never changed in place. ``dpi`` is the true resolution
    where known, else the estimate for an A4 page.
    """

    pixels: Pixels
    dpi: float

    @property
    def height(self) -> int:
        """Rows of pixels."""
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        """Columns of pixels."""
        return int(self.pixels.shape[1])

    @property
    def is_colour(self) -> bool:
        """Whether there are three channels."""
        return self.pixels.ndim == 3
