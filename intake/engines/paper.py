"""The sheet of paper in a picture: its four edges against a table, a lid, a dark glass."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from intake.engines.glyphs import Floats
from intake.engines.raster import Pixels

cv2.setNumThreads(1)

_OUTWARDS = np.array([(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)])

_SIDE = 480  # pixels of the longer side of the picture that is searched
_LETTERS = 11  # pixels: print is narrower than this in the small picture and vanishes
_LEAST_SHARE = 0.2  # of the picture: a smaller bright thing is not the page
_AT_FRAME = 2.5  # pixels: an edge this near to the picture's own is not the paper's
_ON_LINE = 1.5  # pixels from a straight edge to a point that belongs to it
_CONTRAST = 10.0  # levels (colour distance) between paper and what lies around it
_SAME_PAPER = 14.0  # levels by which the rim of a plain scan differs from the rest at most
_LEAST_SUPPORT = 0.7  # share of an edge along which that contrast must show
_SQUARE_DEGREES = 1.3  # corners this near to right ones: a flat scan, no perspective
_MOST_DEGREES = 32.0  # corners further from right ones: not a sheet


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Four corners of the paper, 4×2, in pixels of the picture, clockwise from top left.

    ``is_square`` where they are those of a rectangle, as in a scan: then there
    is no perspective to correct. ``degrees`` is how far its upper edge runs
    downhill. ``is_whole`` where all four edges are in the picture.
    """

    corners: Floats
    is_square: bool
    is_whole: bool
    degrees: float


def find_sheet(pixels: Pixels) -> Sheet | None:
    """Return the sheet where something else surrounds it; None where paper fills the picture.

    Only edges count along which paper and surroundings differ; a side of the
    sheet that lies outside the picture is put where it holds all that is seen.
    """
    scale = _SIDE / max(pixels.shape[:2])
    colours = _colours(pixels, min(1.0, scale))
    if _fills(colours):
        return None
    best: tuple[float, _Outline] | None = None
    for mask in _masks(colours):
        outline = _outline(mask)
        if outline is None:
            continue
        support = _support(colours, outline)
        if support >= _LEAST_SUPPORT and (best is None or support > best[0] + 0.02):
            best = support, outline
    return None if best is None else _sheet(best[1], min(1.0, scale))


def _colours(pixels: Pixels, scale: float) -> Pixels:
    """Return the small picture without its print, height×width×3 (lightness, two of colour)."""
    size = max(2, round(pixels.shape[1] * scale)), max(2, round(pixels.shape[0] * scale))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    if small.ndim == 2:
        small = cv2.cvtColor(small, cv2.COLOR_GRAY2BGR)
    # black all around keeps a thin dark border from being closed like a stroke of print
    framed = cv2.copyMakeBorder(small, *(_LETTERS,) * 4, cv2.BORDER_CONSTANT, value=(0, 0, 0))
    kernel = np.ones((_LETTERS, _LETTERS), dtype=np.uint8)
    closed = cv2.morphologyEx(framed, cv2.MORPH_CLOSE, kernel)
    inner = closed[_LETTERS:-_LETTERS, _LETTERS:-_LETTERS]
    return np.asarray(cv2.cvtColor(cv2.medianBlur(inner, 5), cv2.COLOR_BGR2LAB), dtype=np.uint8)


def _fills(colours: Pixels) -> bool:
    """Tell whether the rim of the picture is plainly the same paper as its middle."""
    usual = np.median(colours[::4, ::4].reshape(-1, 3), axis=0)
    rims = (colours[:3], colours[-3:], colours[:, :3], colours[:, -3:])
    rim = np.concatenate([part.reshape(-1, 3) for part in rims])
    return bool((np.abs(rim - usual).sum(axis=1) < _SAME_PAPER).mean() > 0.99)


def _masks(colours: Pixels) -> list[Pixels]:
    """Return guesses at where the paper is, 1 = paper."""
    light = colours[..., 0]
    height, width = light.shape
    middle = colours[height // 4 : -height // 4, width // 4 : -width // 4].reshape(-1, 3)
    bright = middle[middle[:, 0] >= np.percentile(middle[:, 0], 40)]
    away = colours.astype(np.int16) - np.median(bright, axis=0).astype(np.int16)
    tint = np.clip(np.hypot(away[..., 1], away[..., 2]) * 4, 0, 255).astype(np.uint8)
    distance = np.clip(np.abs(away).sum(axis=2), 0, 255).astype(np.uint8)
    level, otsu = cv2.threshold(light, 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    upper = light[light > level]
    masks = [np.asarray(otsu, dtype=np.uint8)]
    masks += [np.asarray(cv2.threshold(plane, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1],
                         dtype=np.uint8) for plane in (tint, distance)]  # fmt: skip
    if len(upper) > light.size // 5:
        second = cv2.threshold(upper, 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[0]
        masks.append((light > second).astype(np.uint8))
    masks.append(_flooded(colours))
    return masks


def _flooded(colours: Pixels) -> Pixels:
    """Return what is reached from the brightest spot of the middle without a sudden step."""
    height, width = colours.shape[:2]
    soft = cv2.GaussianBlur(colours[..., 0], (0, 0), 2)
    inner = soft[height // 3 : -height // 3, width // 3 : -width // 3]
    row, column = np.unravel_index(int(inner.argmax()), inner.shape)
    reached = np.zeros((height + 2, width + 2), dtype=np.uint8)
    seed = int(column) + width // 3, int(row) + height // 3
    picture = cv2.GaussianBlur(colours, (0, 0), 1)
    cv2.floodFill(picture, reached, seed, (0, 0, 0), (3, 3, 3), (3, 3, 3), 4)
    return np.ascontiguousarray(reached[1:-1, 1:-1])


@dataclass(frozen=True, slots=True, eq=False)
class _Outline:
    """Lines (4×3: a·x + b·y + c = 0, unit normals outwards) top, right, bottom, left.

    ``real`` says which of them are edges of the paper, not of the picture.
    """

    lines: Floats
    real: tuple[bool, bool, bool, bool]

    @property
    def corners(self) -> Floats:
        """Four corners, 4×2, clockwise from top left."""
        pairs = ((3, 0), (0, 1), (1, 2), (2, 3))
        crossings = np.array([np.cross(self.lines[a], self.lines[b]) for a, b in pairs])
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(crossings[:, :2] / crossings[:, 2:])


def _outline(mask: Pixels) -> _Outline | None:
    """Fit four straight edges around the largest piece of a mask; None where that is no sheet."""
    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((7, 7), dtype=np.uint8))
    contours, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None
    piece = max(contours, key=cv2.contourArea)
    if cv2.contourArea(piece) < _LEAST_SHARE * mask.size:
        return None
    points = piece[:, 0, :].astype(float) + 0.5
    size = mask.shape[1], mask.shape[0]
    sides = [_within(side, size) for side in _sides(points, cv2.minAreaRect(piece))]
    fitted = [None if side is None else _edge(side) for side in sides]
    real = tuple(line is not None for line in fitted)
    if not any(real) or real != tuple(side is not None for side in sides):
        return None  # one that is not straight is where a shadow begins: the sheet goes on
    outline = _Outline(_completed(fitted, points), real)  # type: ignore[arg-type]  # four of them
    return outline if _is_plausible(outline, mask) else None


def _sides(points: Floats, rectangle: tuple[object, object, float]) -> list[Floats]:
    """Share the contour's points among the nearest sides of the rectangle around them."""
    corners = _clockwise(cv2.boxPoints(rectangle).astype(float))  # type: ignore[arg-type]
    distances = []
    for index in range(4):
        along = corners[(index + 1) % 4] - corners[index]
        normal = np.array((along[1], -along[0])) / max(float(np.hypot(*along)), 1e-6)
        distances.append(np.abs((points - corners[index]) @ normal))
    nearest = np.argmin(distances, axis=0)
    return [points[nearest == index] for index in range(4)]


def _clockwise(corners: Floats) -> Floats:
    """Order four corners clockwise (y down) from the top left."""
    middle = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    ordered = corners[np.argsort(angles)]
    return np.asarray(np.roll(ordered, -int(ordered.sum(axis=1).argmin()), axis=0))


def _within(points: Floats, size: tuple[int, int]) -> Floats | None:
    """Return the points of one side within the picture; None where it is the picture's own edge."""
    near = np.minimum(points, np.array(size) - points).min(axis=1) < _AT_FRAME
    inside = points[~near]
    return None if len(points) < 8 or len(inside) < 0.25 * len(points) else inside


def _edge(inside: Floats) -> Floats | None:
    """Return the straight line (a, b, c) of one side; None where most of it is on none."""
    source = np.random.default_rng(len(inside))
    best = np.zeros(len(inside), dtype=bool)
    for _ in range(40):
        one, other = inside[source.integers(0, len(inside), 2)]
        on_line = np.abs((inside - one) @ _normal(other - one)) < _ON_LINE
        if np.hypot(*(other - one)) > 10 and on_line.sum() > best.sum():
            best = on_line
    if best.sum() < max(8, 0.3 * len(inside)):
        return None
    middle = inside[best].mean(axis=0)
    _, _, directions = np.linalg.svd(inside[best] - middle, full_matrices=False)
    normal = _normal(directions[0])
    return np.array((*normal, -float(normal @ middle)))


def _normal(along: Floats) -> Floats:
    return np.asarray(np.array((-along[1], along[0])) / max(float(np.hypot(*along)), 1e-9))


def _completed(fitted: list[Floats | None], points: Floats) -> Floats:
    """Give every side a line: one that is out of sight lies parallel to what is seen."""
    middle = points.mean(axis=0)
    lines = [None if line is None else _outwards(line, middle) for line in fitted]
    across = [line for line in lines[1::2] if line is not None]
    down = [line for line in lines[0::2] if line is not None]
    ways = {0: _way(down, across), 1: _way(across, down)}
    whole = []
    for index, line in enumerate(lines):
        facing = lines[(index + 2) % 4]
        away = ways[index % 2] if facing is None else -facing[:2]
        if facing is None and away @ _OUTWARDS[index] < 0:
            away = -away
        farthest = np.array((*away, -float((points @ away).max())))
        whole.append(farthest if line is None else line)
    return np.array(whole)


def _outwards(line: Floats, middle: Floats) -> Floats:
    return line if line[:2] @ middle + line[2] < 0 else -line


def _way(own: list[Floats], others: list[Floats]) -> Floats:
    """Return the unit normal of a pair of sides of which perhaps neither is seen."""
    if own:
        return np.asarray(own[0][:2])
    normal = others[0][:2]
    return np.array((-normal[1], normal[0]))


def _is_plausible(outline: _Outline, mask: Pixels) -> bool:
    corners = outline.corners
    if not np.isfinite(corners).all() or np.abs(corners).max() > 4 * max(mask.shape):
        return False
    if np.abs(_corner_degrees(corners) - 90).max() > _MOST_DEGREES:
        return False
    filled = np.zeros_like(mask)
    cv2.fillConvexPoly(filled, np.rint(corners).astype(np.int32), 1)
    return bool((filled & mask).sum() > 0.9 * filled.sum() and filled.sum() > 0.2 * mask.size)


def _corner_degrees(corners: Floats) -> Floats:
    ahead, behind = np.roll(corners, -1, axis=0) - corners, np.roll(corners, 1, axis=0) - corners
    lengths = np.hypot(*ahead.T) * np.hypot(*behind.T)
    cosines = (ahead * behind).sum(axis=1) / np.maximum(lengths, 1e-9)
    return np.asarray(np.degrees(np.arccos(np.clip(cosines, -1, 1))))


def _support(colours: Pixels, outline: _Outline) -> float:
    """Return the least share of a real edge along which paper and surroundings differ."""
    height, width = colours.shape[:2]
    corners = outline.corners
    shares = []
    for index in range(4):
        if not outline.real[index]:
            continue
        along = np.linspace(0.04, 0.96, 60)[:, None]
        spots = corners[index] + along * (corners[(index + 1) % 4] - corners[index])
        out = spots + 5 * outline.lines[index, :2]
        seen = ((out >= 0) & (out < (width, height))).all(axis=1)
        if seen.sum() < 10:
            return 0.0
        inside = _sampled(colours, spots[seen] - 5 * outline.lines[index, :2])
        step = np.abs(inside - _sampled(colours, out[seen])).sum(axis=1)
        shares.append(float((step > _CONTRAST).mean()))
    return min(shares)


def _sampled(colours: Pixels, points: Floats) -> Floats:
    height, width = colours.shape[:2]
    columns = np.clip(points[:, 0].astype(int), 0, width - 1)
    rows = np.clip(points[:, 1].astype(int), 0, height - 1)
    return np.asarray(colours[rows, columns], dtype=np.float64)


def _sheet(outline: _Outline, scale: float) -> Sheet:
    corners = outline.corners / scale
    square = bool(np.abs(_corner_degrees(corners) - 90).max() < _SQUARE_DEGREES)
    run = (corners[1] - corners[0]) + (corners[2] - corners[3])
    degrees = float(np.degrees(np.arctan2(run[1], run[0])))
    return Sheet(corners, square, all(outline.real), degrees)
