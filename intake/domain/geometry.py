"""Places on a page: boxes in fractions, and the way back to the page as scanned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Matrix = tuple[float, float, float, float, float, float, float, float, float]
Point = tuple[float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Box:
    """Left, top, right, bottom as fractions of one page, origin top left.

    Of the page *as scanned* in everything that leaves the product; of the
    straightened page inside a ``PageText``. Raises ValueError when it is not
    within the page or is turned inside out.
    """

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        if not (0.0 <= self.left <= self.right <= 1.0 and 0.0 <= self.top <= self.bottom <= 1.0):
            raise ValueError(f"not a box within a page: {self}")

    @classmethod
    def clipped(cls, left: float, top: float, right: float, bottom: float) -> Box:
        """Build the part of these edges that lies on the page, sorting swapped edges."""
        xs = sorted((min(max(left, 0.0), 1.0), min(max(right, 0.0), 1.0)))
        ys = sorted((min(max(top, 0.0), 1.0), min(max(bottom, 0.0), 1.0)))
        return cls(xs[0], ys[0], xs[1], ys[1])

    def holds(self, other: Box) -> bool:
        """Tell whether the middle of another box lies in this one."""
        across, down = (other.left + other.right) / 2, (other.top + other.bottom) / 2
        return self.left <= across <= self.right and self.top <= down <= self.bottom

    @classmethod
    def around(cls, boxes: Iterable[Box]) -> Box:
        """Return the smallest box that holds all of these; ValueError for none."""
        every = list(boxes)
        if not every:
            raise ValueError("no boxes to go around")
        return cls(
            min(b.left for b in every),
            min(b.top for b in every),
            max(b.right for b in every),
            max(b.bottom for b in every),
        )

    @property
    def width(self) -> float:
        """Width as a fraction of the page's width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height as a fraction of the page's height."""
        return self.bottom - self.top

    def overlap(self, other: Box) -> float:
        """Return intersection over union, 0..1."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        if across <= 0 or down <= 0:
            return 0.0
        shared = across * down
        return shared / (self.width * self.height + other.width * other.height - shared)

    def shares_row(self, other: Box) -> bool:
        """Tell whether both stand in one row: half of the lower one beside the other."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared > 0.5 * min(self.height, other.height)

    def shares_columns(self, other: Box) -> bool:
        """Tell whether one stands above, below or over the other, in part at least."""
        return self.left < other.right and other.left < self.right

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Return left, top, right, bottom in whole pixels of a picture of this size."""
        return (
            int(self.left * width),
            int(self.top * height),
            min(width, int(self.right * width + 0.9999)),
            min(height, int(self.bottom * height + 0.9999)),
        )

    def as_list(self) -> list[float]:
        """Return the four edges rounded to a hundred-thousandth of the page."""
        return [round(edge, 5) for edge in (self.left, self.top, self.right, self.bottom)]


@dataclass(frozen=True, slots=True)
class Transform:
    """The invertible map between a straightened page and the page as scanned.

    ``to_scanned`` is a row-major 3×3 homography that takes a point in fractions
    of the straightened page to fractions of the page as scanned, *after* the
    straightened page's curl was put back. ``curl`` is a coarse grid (rows of
    equal length, spanning the straightened page evenly, bilinear in between) of
    vertical shifts in fractions of the straightened page's height: a point
    (x, y) of the straightened page lay at (x, y + shift) before the lines were
    made level. Empty where the paper was flat.
    """

    to_scanned: Matrix = IDENTITY
    curl: tuple[tuple[float, ...], ...] = ()

    def point_as_scanned(self, x: float, y: float) -> Point:
        """Take a point of the straightened page to the page as scanned."""
        return _project(self.to_scanned, x, y + self._shift(x, y))

    def point_straightened(self, x: float, y: float) -> Point:
        """Take a point of the page as scanned to the straightened page."""
        u, v = _project(_inverse(self.to_scanned), x, y)
        level = v
        for _ in range(8):  # the shift changes slowly down the page: this converges at once
            level = v - self._shift(u, level)
        return u, level

    def box_as_scanned(self, box: Box) -> Box:
        """Return the box, on the page as scanned, around a straightened box."""
        return _around(self.point_as_scanned(x, y) for x, y in _corners(box))

    def box_straightened(self, box: Box) -> Box:
        """Return the box, on the straightened page, around a box as scanned."""
        return _around(self.point_straightened(x, y) for x, y in _corners(box))

    def _shift(self, x: float, y: float) -> float:
        if not self.curl:
            return 0.0
        rows, columns = len(self.curl), len(self.curl[0])
        row, down = _cell(y, rows)
        column, across = _cell(x, columns)
        next_row, next_column = min(row + 1, rows - 1), min(column + 1, columns - 1)
        upper = self.curl[row][column] * (1 - across) + self.curl[row][next_column] * across
        lower = (
            self.curl[next_row][column] * (1 - across) + self.curl[next_row][next_column] * across
        )
        return upper * (1 - down) + lower * down


def _cell(fraction: float, count: int) -> tuple[int, float]:
    place = min(max(fraction, 0.0), 1.0) * (count - 1)
    index = min(int(place), max(count - 2, 0))
    return index, place - index


def _corners(box: Box) -> list[Point]:
    return [
        (box.left, box.top),
        (box.right, box.top),
        (box.left, box.bottom),
        (box.right, box.bottom),
    ]


def _around(points: Iterable[Point]) -> Box:
    every = list(points)
    xs, ys = [x for x, _ in every], [y for _, y in every]
    return Box.clipped(min(xs), min(ys), max(xs), max(ys))


def _project(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f, g, h, i = matrix
    w = g * x + h * y + i
    return (a * x + b * y + c) / w, (d * x + e * y + f) / w


def _inverse(matrix: Matrix) -> Matrix:
    a, b, c, d, e, f, g, h, i = matrix
    determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    if determinant == 0:
        raise ValueError("a transform that flattens the page has no inverse")
    adjugate = (
        e * i - f * h, c * h - b * i, b * f - c * e,
        f * g - d * i, a * i - c * g, c * d - a * f,
        d * h - e * g, b * g - a * h, a * e - b * d,
    )  # fmt: skip
    n = [value / determinant for value in adjugate]
    return (n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8])
