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
from intake.engines.components import components
from intake.engines.raster import Pixels, Raster

cv2.setNumThreads(1)

INK = 150
"""Levels below it are ink, on a page of even light."""

_LEAST_INCHES, _MOST_INCHES = 0.035, 0.26  # height of a letter: small print to a large title
_LINE_INCHES = 0.2
_DOT_INCHES = 0.025  # a dot of a rule; a comma is larger
_FEWEST_DOTS = 20  # on a page with a dotted rule
_FEWEST = 4  # shapes in a row; fewer are specks or a piece of a seal's lettering
_LEVEL = 0.6  # part of the lower of two neighbours in a row that stands beside the other
_LEFT_OUT = 0.08  # part of a row's shapes that no word read holds, to read the row again
_APART = 2.5  # the widest gap within a row, likewise
_ABOVE, _BELOW, _BESIDE = 0.6, 0.5, 0.4  # room for accents, descenders and worn edges, likewise
_SMALL_LETTER, _BIG_LETTER = 0.35, 1.7  # heights of letters in a row, in heights of its room
_ALONE, _DIGIT = 2, (0.8, 2.0)  # letters in a cell; heights of such, in the page's usual one
_SAME_ROW, _IN_ROW = 0.4, 0.55  # how far middles of its letters lie from each other, likewise


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """Boxes of letter-sized shapes: left, top, right, bottom in pixels, one row each."""

    boxes: NDArray[np.int32]
    width: int
    height: int

    def __len__(self) -> int:
        return len(self.boxes)


def letter_shapes(grey: Raster) -> Shapes:
    """Return the letter-sized connected shapes of dark ink on a straightened grey page.

    Level lines are cut away first: underlined words hang together otherwise.
    """
    ink = (grey.pixels < INK).view(np.uint8)
    stats = components(cv2.subtract(ink, level_lines(grey), dst=ink)).stats
    left, top, wide, tall, area = (stats[1:, column] for column in range(5))
    fits = (tall >= _LEAST_INCHES * grey.dpi) & (tall <= _MOST_INCHES * grey.dpi)
    solid = (wide <= 4 * tall) & (wide >= 0.15 * tall) & (area >= 0.12 * wide * tall)
    boxes = np.stack((left, top, left + wide, top + tall), axis=1)[fits & solid]
    return Shapes(np.asarray(boxes, np.int32), grey.width, grey.height)


def without_lines(grey: Raster) -> Raster:
    """Return the page with its level and upright lines painted over.

    For reading single lines of text that are underlined, stand on a rule or in boxes. Whole pages
    are read worse like that: the lines' edges fray the letters (measured: 17 of 19 pages).
    """
    pixels = grey.pixels.copy()
    lines = cv2.bitwise_or(level_lines(grey), upright_lines(grey))
    pixels[cv2.dilate(lines, np.ones((3, 3), np.uint8)) > 0] = 255
    return Raster(pixels, grey.dpi)


def without_dots(grey: Raster) -> Raster:
    """Return the page without dotted rules, which are read as letters; others touch none."""
    largest = max(3, round(_DOT_INCHES * grey.dpi))
    dots = _dots(grey, largest)
    if dots is None:
        return grey
    across = np.ones((1, 3 * largest), np.uint8)
    rules = cv2.morphologyEx(dots, cv2.MORPH_CLOSE, across)
    long = np.ones((1, max(9, round(_LINE_INCHES * grey.dpi))), np.uint8)
    rules = cv2.dilate(cv2.morphologyEx(rules, cv2.MORPH_OPEN, long), np.ones((5, 3), np.uint8))
    gone = cv2.dilate(cv2.bitwise_and(dots, rules, dst=dots), np.ones((3, 3), np.uint8))
    if not gone.any():
        return grey
    pixels = grey.pixels.copy()
    pixels[gone > 0] = 255
    return Raster(pixels, grey.dpi)


def _dots(grey: Raster, largest: int) -> Pixels | None:
    """Return 1 where shapes are no larger than a rule's dots; None where there are too few."""
    found = components((grey.pixels < INK).view(np.uint8))
    is_dot = (found.stats[:, 2] <= largest) & (found.stats[:, 3] <= largest)
    is_dot[0] = False
    return found.where(is_dot).view(np.uint8) if is_dot.sum() >= _FEWEST_DOTS else None


def without_tall_shapes(grey: Raster, room: Box, most: float) -> Raster:
    """Return the page without what reaches into a room and is taller than ``most`` rooms."""
    left, top, right, bottom = room.pixels(grey.width, grey.height)
    around = slice(max(0, top - 3 * (bottom - top)), bottom + 3 * (bottom - top))
    found = components((grey.pixels[around, left:right] < INK).view(np.uint8))
    tall = found.stats[:, cv2.CC_STAT_HEIGHT] > most * (bottom - top)
    tall[0] = False
    pixels = grey.pixels.copy()
    strokes = cv2.dilate(found.where(tall).view(np.uint8), np.ones((3, 3), np.uint8))
    pixels[around, left:right][strokes > 0] = 255
    return Raster(pixels, grey.dpi)


def letter_row(grey: Raster, room: Box) -> Box | None:
    """Return the box just around the letters that stand in a row in a room; None for too few."""
    left, top, right, bottom = room.pixels(grey.width, grey.height)
    height = bottom - top
    up = max(0, top - height)
    part = Raster(grey.pixels[up : bottom + height, left:right], grey.dpi)
    boxes = letter_shapes(part).boxes
    tall = boxes[:, 3] - boxes[:, 1]
    boxes = boxes[(tall > _SMALL_LETTER * height) & (tall < _BIG_LETTER * height)]
    if len(boxes) < _FEWEST:
        return None
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
    near = np.abs(middles[:, None] - middles[None, :]) < _SAME_ROW * height
    middle = np.median(middles[near[near.sum(axis=1).argmax()]])
    row = boxes[np.abs(middles - middle) < _IN_ROW * height]
    high, low = np.percentile(row[:, 1], 15), np.percentile(row[:, 3], 80)
    edge = 0.25 * (low - high)
    return Box.clipped(
        (left + row[:, 0].min() - edge) / grey.width,
        (up + high - edge) / grey.height,
        (left + row[:, 2].max() + edge) / grey.width,
        (up + low + edge) / grey.height,
    )


def level_lines(grey: Raster) -> Pixels:
    """Return a mask (1 = line) of level rules and underlines."""
    ink = (grey.pixels < INK).view(np.uint8)
    long = np.ones((1, max(9, round(_LINE_INCHES * grey.dpi))), np.uint8)
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, long), np.uint8)


def upright_lines(grey: Raster) -> Pixels:
    """Return a mask (1 = line) of the sides of boxes: taller than any letter of a value."""
    ink = (grey.pixels < INK).view(np.uint8)
    tall = np.ones((max(9, round(_LINE_INCHES * grey.dpi)), 1), np.uint8)
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, tall), np.uint8)


def rows_passed_over(shapes: Shapes, read: Iterable[Box]) -> list[Box]:
    """Return boxes around rows of shapes that the words read leave partly out, top to bottom."""
    if len(shapes) < _FEWEST:
        return []
    height = float(np.median(shapes.boxes[:, 3] - shapes.boxes[:, 1]))
    held = _held(shapes, [box.pixels(shapes.width, shapes.height) for box in read])
    rows = _rows(shapes, height)
    found = [_around(row, height, shapes) for row in rows if _is_passed_over(row, held)]
    return sorted(found, key=lambda box: box.top)


def alone_in_cells(shapes: Shapes, cells: Iterable[Box], read: Iterable[Box]) -> list[Box]:
    """Return boxes around one or two letters alone in a table's cell in which nothing was read.

    What stands far from all words is taken for dirt, but for a digit in a cell of its own.
    """
    if not len(shapes):
        return []
    tall = shapes.boxes[:, 3] - shapes.boxes[:, 1]
    height = float(np.median(tall))
    is_side = tall > _DIGIT[1] * height  # of the cell
    held = _held(shapes, [box.pixels(shapes.width, shapes.height) for box in read])
    middles = (shapes.boxes[:, :2] + shapes.boxes[:, 2:]) / 2
    found = list[Box]()
    for cell in cells:
        left, top, right, bottom = cell.pixels(shapes.width, shapes.height)
        within = (middles >= (left, top)).all(axis=1) & (middles <= (right, bottom)).all(axis=1)
        own = np.flatnonzero(within & ~is_side)
        is_alone = 0 < len(own) <= _ALONE and not held[own].any()
        is_letter = is_alone and (tall[own] > _DIGIT[0] * height).all()
        if is_letter and np.ptp(middles[own, 1]) < _SAME_ROW * height:
            found.append(_around(own.tolist(), height, shapes))
    return found


def _is_passed_over(row: Sequence[int], held: NDArray[np.bool_]) -> bool:
    left_out = len(row) - int(held[list(row)].sum())
    return len(row) >= _FEWEST and left_out >= max(3, _LEFT_OUT * len(row))


def _held(shapes: Shapes, covered: Sequence[tuple[int, int, int, int]]) -> NDArray[np.bool_]:
    """Tell of each shape whether its middle lies within a word that was read."""
    mask = np.zeros((shapes.height, shapes.width), dtype=np.bool_)
    for left, top, right, bottom in covered:
        mask[top:bottom, left:right] = True
    middle = (shapes.boxes[:, :2] + shapes.boxes[:, 2:]) // 2
    held: NDArray[np.bool_] = mask[middle[:, 1], middle[:, 0]]
    return held


def _rows(shapes: Shapes, height: float) -> list[list[int]]:
    """Group shapes, from left to right, to rows in which each stands beside the one before."""
    rows: list[list[int]] = []
    ends = np.empty((len(shapes), 3))  # of each row so far: top, right and bottom of its last shape
    for number in np.argsort(shapes.boxes[:, 0]).tolist():
        left, top, right, bottom = shapes.boxes[number].tolist()
        tops, rights, bottoms = ends[: len(rows)].T
        beside = np.minimum(bottoms, bottom) - np.maximum(tops, top)
        near = beside >= _LEVEL * np.minimum(bottoms - tops, bottom - top)
        near &= left - rights <= _APART * height
        place = int(near.argmax()) if near.any() else len(rows)
        if place == len(rows):
            rows.append([])
        rows[place].append(number)
        ends[place] = (top, right, bottom)
    return rows


def _around(row: Sequence[int], height: float, shapes: Shapes) -> Box:
    edges = shapes.boxes[list(row)]
    top, bottom = np.percentile(edges[:, 1], 10), np.percentile(edges[:, 3], 90)
    return Box.clipped(
        float(edges[:, 0].min() - _BESIDE * height) / shapes.width,
        float(top - _ABOVE * height) / shapes.height,
        float(edges[:, 2].max() + _BESIDE * height) / shapes.width,
        float(bottom + _BELOW * height) / shapes.height,
    )
