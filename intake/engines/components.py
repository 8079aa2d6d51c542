"""Connected shapes of ink."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

cv2.setNumThreads(1)

Ints = NDArray[np.int32]
Labels = NDArray[np.int32] | NDArray[np.uint16]

_MOST_SMALL = 65_000  # labels of 16 bits


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """Connected components of a mask, diagonals included; number 0 is what is not set.

    ``labels`` has the mask's shape; ``stats`` is n×5: left, top, width, height and
    area in pixels; ``centres`` is n×2, x and y.
    """

    labels: Labels
    stats: Ints
    centres: NDArray[np.float64]

    @property
    def count(self) -> int:
        """How many there are, number 0 included."""
        return len(self.stats)

    def where(self, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return the pixels of the components that are chosen by number."""
        return np.asarray(chosen[self.labels], np.bool_)


def components(mask: cv2.typing.MatLike | NDArray[np.bool_]) -> Components:
    """Find the connected components of a mask (0 = not set).

    Labels have 16 bits where they surely suffice, as on nearly every page: labels
    of 32 bits take four times as long, mostly for memory that is cleared anew.
    """
    ink = mask.view(np.uint8)
    # every new label begins where a run of set pixels begins in its row
    runs = np.count_nonzero(ink[:, 0]) + np.count_nonzero(ink[:, 1:] > ink[:, :-1])
    is_small = runs < _MOST_SMALL
    _, found, stats, centres = cv2.connectedComponentsWithStats(
        ink, connectivity=8, ltype=cv2.CV_16U if is_small else cv2.CV_32S
    )
    labels: Labels = np.asarray(found, np.uint16) if is_small else np.asarray(found, np.int32)
    return Components(labels, np.asarray(stats, np.int32), np.asarray(centres, np.float64))
