"""Shapes the size of letters on a page, and the rows of them that an engine passed over.

Tesseract's layout analysis leaves out whole lines beside a seal or a signature,
taking them for a picture; as single lines it reads them well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.domain.geometry import Box
from intake.engines.raster import Raster

cv2.setNumThreads(1)

_INK = 150
_LEAST_INCHES, _MOST_INCHES = 0.035, 0.26  # height of a letter: small print to a large title
_FEWEST = 4  # shapes in a row; fewer are specks or a piece of a seal's lettering
_LEVEL = 0.35  # how far the feet of a row's letters differ, in heights of a letter
_APART = 2.5  # the widest gap within a row, likewise
_ABOVE, _BELOW, _BESIDE = 0.6, 0.5, 0.4  # room for accents, descenders and worn edges, likewise


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """Boxes of letter-sized shapes: left, top, right, bottom in pixels, one row each."""

    boxes: NDArray[np.int32]
    width: int
    height: int

    def __len__(self) -> int:
        return len(self.boxes)


def letter_shapes(grey: Raster) -> Shapes:
    """Return the letter-sized connected shapes of dark ink on a straightened grey page."""
    _, _, stats, _ = cv2.connectedComponentsWithStats((grey.pixels < _INK).astype(np.uint8))
    left, top, wide, tall, area = (stats[1:, column] for column in range(5))
    fits = (tall >= _LEAST_INCHES * grey.dpi) & (tall <= _MOST_INCHES * grey.dpi)
    solid = (wide <= 4 * tall) & (wide >= 0.15 * tall) & (area >= 0.12 * wide * tall)
    boxes = np.stack((left, top, left + wide, top + tall), axis=1)[fits & solid]
    return Shapes(np.asarray(boxes, np.int32), grey.width, grey.height)


def rows_passed_over(shapes: Shapes, read: Iterable[Box]) -> list[Box]:
    """Return boxes around rows of shapes that lie outside the words read, top to bottom."""
    loose = _outside(shapes, [box.pixels(shapes.width, shapes.height) for box in read])
    if len(loose) < _FEWEST:
        return []
    height = float(np.median(shapes.boxes[:, 3] - shapes.boxes[:, 1]))
    rows: list[list[NDArray[np.int32]]] = []
    for shape in loose[np.argsort(loose[:, 0])]:
        row = next((row for row in rows if _continues(row, shape, height)), None)
        if row is None:
            rows.append([shape])
        else:
            row.append(shape)
    found = [_around(row, height, shapes) for row in rows if len(row) >= _FEWEST]
    return sorted(found, key=lambda box: box.top)


def _outside(shapes: Shapes, covered: Sequence[tuple[int, int, int, int]]) -> NDArray[np.int32]:
    mask = np.zeros((shapes.height, shapes.width), dtype=np.bool_)
    for left, top, right, bottom in covered:
        mask[top:bottom, left:right] = True
    middle = (shapes.boxes[:, :2] + shapes.boxes[:, 2:]) // 2
    outside: NDArray[np.int32] = shapes.boxes[~mask[middle[:, 1], middle[:, 0]]]
    return outside


def _continues(row: Sequence[NDArray[np.int32]], shape: NDArray[np.int32], height: float) -> bool:
    last = row[-1]
    level = min(abs(int(shape[3] - near[3])) for near in row[-3:]) <= _LEVEL * height
    return level and int(shape[0] - last[2]) <= _APART * height


def _around(row: Sequence[NDArray[np.int32]], height: float, shapes: Shapes) -> Box:
    edges = np.array(row)
    top, bottom = np.percentile(edges[:, 1], 10), np.percentile(edges[:, 3], 90)
    return Box.clipped(
        float(edges[:, 0].min() - _BESIDE * height) / shapes.width,
        float(top - _ABOVE * height) / shapes.height,
        float(edges[:, 2].max() + _BESIDE * height) / shapes.width,
        float(bottom + _BELOW * height) / shapes.height,
    )
