"""The round seal of an office: its rings are looked for, not its words.

A ring votes for its centre along its edges' gradients (Hough); what is found is
then held against an ellipse in polar coordinates: the part of the turn on which
a ring's ink really stands is its share. Angular stamps and lines of print have
none that go round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.domain.geometry import Box
from intake.engines.ink.patch import Mask, Paper, Patch, cut, grown
from intake.engines.raster import Pixels, Raster

SEAL_DPI = 75.0
LEAST_MM, MOST_MM = 13.0, 26.0
"""Radii of seals: 38 to 42 mm across by rule, with what an unsure resolution adds."""

_ONE_TONE = 0.15  # of print's darkness: how far from its usual tone a ring may be
_MOST_OF_RING = 0.55  # that has this tone: print and signature cross the rest
_PALER = 0.74  # of print's darkness: a darker seal cannot be told from print by its tone
_CLEAR = 0.06  # by which print must be darker than a seal's ring
_SURE_OTHER = 0.6  # of the turn: a ring beside the likeliest one from which it is a seal too
_PRINT, _PALE = 0.55, 0.06  # darkness of print, and of what is paler than it but no paper
_RIM = 0.06
ALONE = 0.06
"""Pale ink elsewhere on the page, beside that in a pale seal's disc, below which the seal is this
side's: 12 of 16 such had less than 0.055, shining through from printed backs 0.069 and more."""
_RING_BAND = 0.95, 1.06  # of the outer ring's radius: where its line is looked for
ANGLES = 180
_TURN = np.arange(ANGLES)
Floats = NDArray[np.float64]
Plane = NDArray[np.float32]

SEAL_MIDDLE, SEAL_SLOPE = 0.61, 32.0
LIKE_SEAL = 0.3
"""Chance of a ring from which its ink is kept out of a signature's."""


@dataclass(frozen=True, slots=True, eq=False)
class Seal:
    """A round seal: centre and mean radius in fractions of the page's width, and how surely.

    ``share`` is the part of the outer ring that is inked, ``second`` that of
    another ring within it, ``coloured`` whether its ink is, ``is_faint`` whether
    it may be what shines through from the back of the paper. ``box`` holds
    the whole ring, what the page's edge cuts left out. ``below`` is how dark its
    own ink is at most (1 = print), where that tells it from print.
    """

    box: Box
    share: float
    second: float
    coloured: bool
    is_faint: bool = False
    below: float | None = None

    @property
    def score(self) -> float:
        """How surely it is a seal: two rings about one centre are surer than one."""
        return self.share + 0.3 * self.second


@dataclass(frozen=True, slots=True, eq=False)
class _Sheet:
    """A page and its ink with a margin, and where no print hides a ring."""

    page: Patch
    ink: Plane
    free: Plane
    margin: int


WHOLE_PAGE = Box(0.0, 0.0, 1.0, 1.0)


def find_seals(
    raster: Raster, paper: Paper, print_: Sequence[Box] = (), within: Box = WHOLE_PAGE
) -> tuple[Seal, ...]:
    """Return the likeliest round seal of a page, however faint, and other sure ones beside it.

    ``print_`` are boxes of surely printed words; their ink neither votes nor counts.
    ``within`` holds the middle of the first: a page may bear two notices.
    """
    page = cut(raster, paper, Box(0.0, 0.0, 1.0, 1.0), SEAL_DPI)
    found = sorted(_all_rings(page, print_, within), key=lambda seal: -seal.score)
    best = next((seal for seal in found if _is_within(seal.box, within)), None)
    if best is None:
        return ()
    if best.is_faint and _stands_alone(best, page):
        best = replace(best, is_faint=False)
    others = _surest([seal for seal in found if seal.share > _SURE_OTHER])
    beside = [seal for seal in others if not seal.box.overlap(best.box)]
    return tuple(_toned(seal, page, paper) for seal in (best, *beside))


def _stands_alone(seal: Seal, page: Patch) -> bool:
    """Tell whether hardly anything else on a page is as pale as a seal.

    One that shines through from the back of the paper brings the print around it along.
    """
    free = ~grown(page.darkness > _PRINT, 3, 3)
    pale = free & (page.darkness > _PALE) & (page.darkness < _PRINT)
    disc = np.zeros(pale.shape, np.uint8)
    left, top, right, bottom = page.rect(seal.box)
    middle, reach = ((left + right) // 2, (top + bottom) // 2), 0.55
    axes = (round(reach * (right - left)), round(reach * (bottom - top)))
    cv2.ellipse(disc, middle, axes, 0, 0, 360, 1, -1)
    inside, edge = disc > 0, np.zeros(pale.shape, np.bool_)
    rim = (round(_RIM * pale.shape[0]), round(_RIM * pale.shape[1]))  # scanners leave shades there
    edge[rim[0] : -rim[0], rim[1] : -rim[1]] = True
    own, others = pale[inside & free], pale[~inside & free & edge]
    return bool(own.size and others.size) and float(others.mean()) < ALONE * float(own.mean())


def _toned(seal: Seal, page: Patch, paper: Paper) -> Seal:
    return seal if seal.coloured else replace(seal, below=palest_print(seal, page.grey, paper))


def _all_rings(page: Patch, print_: Sequence[Box], within: Box) -> list[Seal]:
    """Return what may be a ring: in colour, else as dark as print, else ever so faint."""
    free = np.ones(page.grey.shape, np.float32)
    reach = MOST_MM * SEAL_DPI / 25.4
    free[: max(0, int(within.top * len(free) - reach))] = 0
    free[int(within.bottom * len(free) + reach) :] = 0
    ours = free.copy()
    for left, top, right, bottom in map(page.rect, print_):
        free[max(0, top) : max(0, bottom), max(0, left) : max(0, right)] = 0
    plain = np.asarray(np.clip(page.darkness, 0, 1), np.float32)
    tinted = page.coloured
    found: list[Seal] = []

    def has_clear(share: float) -> bool:
        return any(seal.share > share and _is_within(seal.box, within) for seal in found)

    if tinted.mean() > 0.0005:
        found = _candidates(page, plain * tinted, ours, coloured=True)
    if not has_clear(0.7):
        found += _candidates(page, plain, free, coloured=False)
    if not has_clear(0.55):
        found += [
            replace(s, is_faint=True)
            for s in _candidates(page, *_faint(page, free), coloured=False)
        ]
    return found


def coloured_seals(tint: Pixels, dpi: float, paper: Paper, least: float = 0.4) -> list[Seal]:
    """Return the round seals in coloured ink, the surest first, none over another.

    ``tint`` says for each pixel of the whole page how unequal its channels are
    (0..255); ``least`` is the part of the outer ring that must be there.
    """
    scale = SEAL_DPI / dpi
    size = round(tint.shape[1] * scale), round(tint.shape[0] * scale)
    ink = cv2.resize(tint, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    ink = np.clip((ink - 12.0) / 42.0, 0, 1)
    small = Patch(np.zeros(ink.shape, np.uint8), paper, (0, 0), size)
    found = _candidates(small, ink, np.ones_like(ink), coloured=True)
    return _surest([seal for seal in found if seal.share >= least])


def grey_seals(grey: Raster, paper: Paper, least: float = 0.65) -> list[Seal]:
    """Return the round seals of a page without colour, print and all, the surest first."""
    if min(grey.height, grey.width) / grey.dpi * 25.4 < LEAST_MM:
        return []
    page = cut(grey, paper, WHOLE_PAGE, SEAL_DPI)
    plain = np.asarray(np.clip(page.darkness, 0, 1), np.float32)
    found = _candidates(page, plain, np.ones_like(plain), coloured=False)
    return _surest([seal for seal in found if seal.share >= least])


def palest_print(seal: Seal, grey: Pixels, paper: Paper) -> float | None:
    """Return the darkness (1 = print) from which ink in a seal's disc is not the seal's.

    A seal is of one tone all around its ring, print and signature cross it here
    and there. None where it is as dark as print. ``grey`` is the whole page.
    """
    tones = (paper.bright - _ring(seal, grey).min(axis=0)) / (paper.bright - paper.black)
    tone = float(np.median(tones))
    if tone > _PALER or np.mean(np.abs(tones - tone) <= _ONE_TONE) < _MOST_OF_RING:
        return None
    return tone + max(_CLEAR, 0.25 * (1.0 - tone))


def _ring(seal: Seal, plane: Pixels) -> Pixels:
    """Return the brightness along a seal's outer ring: across the ring × around it."""
    height, width = plane.shape
    box, turn = seal.box, np.arange(2 * ANGLES) * np.pi / ANGLES
    reach = np.linspace(*_RING_BAND, 24)[:, None]
    across = ((box.left + box.right) + (box.right - box.left) * reach * np.cos(turn)) * width / 2
    down = ((box.top + box.bottom) + (box.bottom - box.top) * reach * np.sin(turn)) * height / 2
    places = across.astype(np.float32), down.astype(np.float32)
    return np.asarray(cv2.remap(plane, *places, cv2.INTER_LINEAR, borderValue=255), np.uint8)


def _surest(found: Sequence[Seal]) -> list[Seal]:
    """Return the seals, the surest first, none over another."""
    kept: list[Seal] = []
    for seal in sorted(found, key=lambda seal: seal.score, reverse=True):
        if not any(seal.box.overlap(other.box) for other in kept):
            kept.append(seal)
    return kept


def _is_within(box: Box, within: Box) -> bool:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return within.left <= x <= within.right and within.top <= y <= within.bottom


def _faint(page: Patch, free: Plane) -> tuple[Plane, Plane]:
    """Return what is much paler than print, made plain, and where no print is near it."""
    near_print = grown(page.darkness > _PRINT, 3, 3)
    pale = np.clip((page.darkness - 0.02) * 4.0, 0, 1) * ~near_print
    return np.asarray(pale, np.float32), np.asarray(free * ~near_print, np.float32)


def _candidates(page: Patch, ink: Plane, free: Plane, *, coloured: bool) -> list[Seal]:
    margin = round(9 * SEAL_DPI / 25.4)  # a seal may be cut by the page's edge

    def wide(plane: Plane) -> Plane:
        return np.asarray(np.pad(plane, margin), np.float32)

    sheet = _Sheet(page, wide(ink), wide(free), margin)
    circles = _centres(sheet.ink * sheet.free)
    best = [_verified(sheet, circle, coloured=coloured) for circle in circles]
    return [seal for seal in best if seal is not None]


def _centres(ink: Plane) -> list[tuple[float, float, float]]:
    """Return likely circles as x, y, radius: where the normals of many edges meet."""
    soft = cv2.GaussianBlur(ink, (0, 0), 0.8)
    dx, dy = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    steep = cv2.magnitude(dx, dy)
    edges = np.nonzero(steep > 0.35)
    if edges[0].size < 60:
        return []
    # centres are voted for on a grid of two pixels: the outline is fitted exactly later
    ys, xs = (np.asarray(places, np.float32) / 2 for places in edges)
    uy, ux = (slope[edges] / steep[edges] / 2 for slope in (dy, dx))
    found: list[tuple[float, float, float, float]] = []
    height, width = (ink.shape[0] + 1) // 2, (ink.shape[1] + 1) // 2
    radii: list[float] = (np.arange(LEAST_MM, MOST_MM + 0.5, 1.0) * SEAL_DPI / 25.4).tolist()
    for radius in radii:
        votes = np.zeros(height * width, np.intp)
        for way in (-radius, radius):
            cx, cy = (xs + way * ux).astype(np.int32), (ys + way * uy).astype(np.int32)
            inside = (cx >= 0) & (cy >= 0) & (cx < width) & (cy < height)
            votes += np.bincount((cy * width + cx)[inside], minlength=height * width)
        plane = cv2.GaussianBlur(votes.reshape(height, width).astype(np.float32), (0, 0), 1.1)
        plane = np.asarray(plane / radius, np.float32)
        for _ in range(2):
            _, top, _, (x, y) = cv2.minMaxLoc(plane)
            found.append((top, 2.0 * x + 0.5, 2.0 * y + 0.5, radius))
            cv2.circle(plane, (x, y), int(0.15 * radius), 0.0, -1)
    found.sort(reverse=True)
    return [circle[1:] for circle in _apart(found)]


def _apart(
    found: Sequence[tuple[float, float, float, float]], most: int = 10
) -> list[tuple[float, float, float, float]]:
    """Return the best circles, of those that nearly coincide only the first."""
    kept: list[tuple[float, float, float, float]] = []
    for circle in found:
        if len(kept) == most:
            break
        near = any(
            np.hypot(circle[1] - k[1], circle[2] - k[2]) < 5 and abs(circle[3] - k[3]) < 4
            for k in kept
        )
        if not near:
            kept.append(circle)
    return kept


def _verified(sheet: _Sheet, circle: tuple[float, float, float], *, coloured: bool) -> Seal | None:
    x, y, radius = circle
    reach = 1.75 * radius
    flags = cv2.WARP_POLAR_LINEAR | cv2.INTER_LINEAR | cv2.WARP_FILL_OUTLIERS  # else garbage
    ring = _ridge(cv2.warpPolar(sheet.ink, (int(reach), ANGLES), (x, y), reach, flags))
    free = cv2.warpPolar(sheet.free, (int(reach), ANGLES), (x, y), reach, flags) > 0.5
    fit = _fitted(np.where(free, ring, 0.0), radius)
    if fit is None:
        return None
    inked = cv2.dilate(ring, np.ones((1, 3), np.uint8)) > 0.15
    outline = _outermost(inked, free, fit)
    share = _share_at(inked, free, outline)
    inner = [_share_at(inked, free, outline * part) for part in np.arange(0.55, 0.96, 0.025)]
    turn = np.arange(ANGLES) * 2 * np.pi / ANGLES
    xs = x - sheet.margin + outline * np.cos(turn)
    ys = y - sheet.margin + outline * np.sin(turn)
    box = sheet.page.box((round(xs.min()), round(ys.min()), round(xs.max()), round(ys.max())))
    return Seal(box, share, max(inner), coloured)


def _outermost(inked: Mask, free: Mask, outline: Floats) -> Floats:
    """Return the outermost of the rings about the same centre."""
    share = _share_at(inked, free, outline)
    most = MOST_MM * SEAL_DPI / 25.4
    for part in np.arange(1.7, 1.03, -0.025):
        if part * outline.mean() <= most and _share_at(inked, free, outline * part) > 0.7 * share:
            return outline * part
    return outline


def _ridge(polar: NDArray[np.float32] | cv2.typing.MatLike) -> Floats:
    """Return how much darker each place of the polar picture is than its radial neighbours."""
    far = 4
    smooth = cv2.blur(polar, (1, 3))
    inner, outer = np.roll(smooth, far, axis=1), np.roll(smooth, -far, axis=1)
    ridge = np.asarray(smooth - np.maximum(inner, outer), np.float64)
    ridge[:, :far] = 0
    ridge[:, -far:] = 0
    return np.clip(ridge, 0, 1)


def _fitted(ring: Floats, radius: float) -> Floats | None:
    """Fit a slightly elliptic, slightly shifted outline; return its radii."""
    turn = np.arange(ANGLES) * 2 * np.pi / ANGLES
    basis = np.column_stack(
        [np.ones(ANGLES), np.cos(turn), np.sin(turn), np.cos(2 * turn), np.sin(2 * turn)]
    )
    outline = np.full(ANGLES, radius)
    for width in (0.1, 0.06, 0.04, 0.03):
        at, strength = _peaks(ring, outline, width * radius)
        good = strength > 0.12
        if good.sum() < ANGLES // 5:
            return None
        weight = np.sqrt(strength[good])[:, None]
        ridge_penalty = np.diag([0.0, 0.5, 0.5, 6.0, 6.0])
        lhs = np.vstack([basis[good] * weight, ridge_penalty])
        rhs = np.concatenate([at[good] * weight[:, 0], np.zeros(5)])
        found = np.linalg.lstsq(lhs, rhs, rcond=None)[0]
        if np.hypot(found[3], found[4]) > 0.12 * found[0] or not 0.7 < found[0] / radius < 1.25:
            return None
        outline = basis @ found
    return np.asarray(outline, np.float64)


def _peaks(ring: Floats, outline: Floats, reach: float) -> tuple[Floats, Floats]:
    places = np.arange(ring.shape[1])[None, :]
    near = np.abs(places - outline[:, None]) <= reach
    held = np.where(near, ring, 0.0)
    at = held.argmax(axis=1)
    return at.astype(np.float64), held[np.arange(ANGLES), at]


def _share_at(inked: Mask, free: Mask, outline: Floats) -> float:
    """Return the inked part of an outline, of that which no print hides."""
    places = np.minimum(outline.astype(np.intp), inked.shape[1] - 1)
    seen = free[_TURN, places]
    hit = float(np.count_nonzero(inked[_TURN, places] & seen))
    return hit / max(float(np.count_nonzero(seen)), ANGLES / 3)


def seal_chance(seal: Seal) -> float:
    """Return the probability that this ring is a seal's."""
    score = seal.share + 0.3 * seal.second
    # emblems of letterheads are round too, and stand at the head of the page
    high = 0.15 if (seal.box.top + seal.box.bottom) / 2 < 0.22 else 0.0
    return float(1 / (1 + np.exp(-SEAL_SLOPE * (score - high - SEAL_MIDDLE))))


def likely_seals(seals: Sequence[Seal]) -> list[Seal]:
    """Return the rings that are seals' likely enough for what they cover to be left out.

    Ticks and print are rings' parts, too.
    """
    return [seal for seal in seals if seal_chance(seal) > LIKE_SEAL]
