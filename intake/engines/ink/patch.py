"""A neighbourhood of a page at one working resolution, its ink told from its paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.domain.geometry import Box
from intake.engines.components import components
from intake.engines.raster import Pixels, Raster

cv2.setNumThreads(1)

Mask = NDArray[np.bool_]
Rect = tuple[int, int, int, int]
"""Left, top, right, bottom in whole pixels."""

WORK_DPI = 200.0
"""Marks are looked at in this resolution: a pen's stroke is then 2 to 5 pixels wide."""

BAR = 0.1, 3.0, 0.5
"""Inches that a bar is high at least, its width by its height, and part of it that is dark."""
COLOURFUL = 34.0
"""Spread of the channels, of 255, from which ink counts as coloured (JPEG blurs reach 25)."""


@dataclass(frozen=True, slots=True, eq=False)
class Paper:
    """The colour of a page's paper and of its darkest print, 0..255, blue, green, red or grey."""

    paper: tuple[float, ...]
    black: float
    noise: float

    @property
    def bright(self) -> float:
        """Return the paper's brightness."""
        return float(np.mean(self.paper))


def paper_of(raster: Raster) -> Paper:
    """Measure the paper of a page on a coarse sample of its pixels."""
    sample = raster.pixels[::7, ::7]
    flat = sample.reshape(-1, sample.shape[2] if sample.ndim == 3 else 1)
    grey = flat.mean(axis=1)
    light = flat[grey >= np.percentile(grey, 55)]
    paper = tuple(float(v) for v in np.median(light, axis=0))
    black = float(np.percentile(grey, 0.7))
    noise = 1.48 * float(np.median(np.abs(light.mean(axis=1) - np.mean(paper))))
    return Paper(paper, min(black, float(np.mean(paper)) - 40.0), noise)


@dataclass(frozen=True, eq=False)
class Patch:
    """A rectangle of a page, resampled to ``WORK_DPI``.

    ``origin`` is the place of its first pixel on the page, ``size`` that of the
    page, both in working pixels.
    """

    pixels: Pixels
    paper: Paper
    origin: tuple[int, int]
    size: tuple[int, int]

    @cached_property
    def grey(self) -> Pixels:
        """Height×width, uint8."""
        if self.pixels.ndim == 2:
            return self.pixels
        return np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_BGR2GRAY), np.uint8)

    @cached_property
    def ground(self) -> NDArray[np.float32]:
        """The brightness of the paper at each pixel, shadows followed."""
        coarse = cv2.resize(self.grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
        coarse = cv2.dilate(coarse, np.ones((5, 5), np.uint8))
        coarse = cv2.blur(coarse, (5, 5))
        height, width = self.grey.shape
        return np.asarray(cv2.resize(coarse, (width, height)), np.float32)

    @cached_property
    def darkness(self) -> NDArray[np.float32]:
        """0 for paper, 1 for the page's darkest print."""
        span = np.maximum(self.ground - self.paper.black, 40.0)
        return np.asarray((self.ground - self.grey) / span, np.float32)

    @cached_property
    def ink(self) -> Mask:
        """Whether each pixel is ink, specks of one or two pixels left out."""
        span = max(self.paper.bright - self.paper.black, 40.0)
        least = max(0.3, min(0.6, 4.0 * self.paper.noise / span))
        return despeckled(self.darkness > least)

    @cached_property
    def spread(self) -> Pixels:
        """How unequal the channels of each pixel are, 0..255, the paper's own tint evened out."""
        if self.pixels.ndim == 2:
            return np.zeros(self.grey.shape, np.uint8)
        gains = [255.0 / max(level, 60.0) for level in self.paper.paper]
        soft = cv2.blur(self.pixels, (3, 3))
        level = [
            cv2.convertScaleAbs(c, alpha=g) for c, g in zip(cv2.split(soft), gains, strict=True)
        ]
        most = cv2.max(cv2.max(level[0], level[1]), level[2])
        least = cv2.min(cv2.min(level[0], level[1]), level[2])
        return np.asarray(cv2.subtract(most, least), np.uint8)

    @cached_property
    def coloured(self) -> Mask:
        """Whether each pixel is coloured ink; nothing on a grey page."""
        return np.asarray((self.spread > COLOURFUL) & (self.darkness > 0.12), np.bool_)

    def rect(self, box: Box) -> Rect:
        """Return a box of the page in pixels of this patch (perhaps outside of it)."""
        width, height = self.size
        x, y = self.origin
        return (
            round(box.left * width) - x,
            round(box.top * height) - y,
            round(box.right * width) - x,
            round(box.bottom * height) - y,
        )

    def box(self, rect: Rect) -> Box:
        """Return a rectangle of this patch as a box of the page."""
        width, height = self.size
        x, y = self.origin
        return Box.clipped(
            (rect[0] + x) / width, (rect[1] + y) / height,
            (rect[2] + x) / width, (rect[3] + y) / height,
        )  # fmt: skip


def cut(raster: Raster, paper: Paper, box: Box, dpi: float = WORK_DPI) -> Patch:
    """Cut a box out of a page and resample it to ``dpi``."""
    scale = dpi / raster.dpi
    left, top, right, bottom = box.pixels(raster.width, raster.height)
    part = raster.pixels[top : max(bottom, top + 1), left : max(right, left + 1)]
    width, height = max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale))
    kind = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    fine = part if abs(scale - 1) < 0.02 else cv2.resize(part, (width, height), interpolation=kind)
    size = (round(raster.width * scale), round(raster.height * scale))
    return Patch(np.asarray(fine, np.uint8), paper, (round(left * scale), round(top * scale)), size)


def without_bars(patch: Patch) -> Patch:
    """Return the patch with paper where bars of print are: a heading's light letters on dark."""
    found = components(patch.ink)
    left, top, wide, tall, area = found.stats[1:].T
    bars = (tall >= BAR[0] * WORK_DPI) & (wide >= BAR[1] * tall) & (area >= BAR[2] * wide * tall)
    if not bars.any():
        return patch
    pixels = patch.pixels.copy()
    for x, y, width, height in zip(left[bars], top[bars], wide[bars], tall[bars], strict=True):
        pixels[y : y + height, x : x + width] = np.round(patch.paper.paper).astype(np.uint8)
    return replace(patch, pixels=pixels)


def despeckled(mask: Mask, least: int = 4) -> Mask:
    """Return the mask without its components of fewer than ``least`` pixels."""
    found = components(mask)
    if found.count < 2:
        return mask
    keep = found.stats[:, cv2.CC_STAT_AREA] >= least
    keep[0] = False
    return found.where(keep)


def opened(mask: Mask, across: int, down: int) -> Mask:
    """Return what of the mask holds a block of this size."""
    block = np.ones((max(1, down), max(1, across)), np.uint8)
    return np.asarray(cv2.morphologyEx(mask.view(np.uint8), cv2.MORPH_OPEN, block), np.bool_)


def closed(mask: Mask, across: int, down: int) -> Mask:
    """Return the mask with gaps smaller than this size filled."""
    block = np.ones((max(1, down), max(1, across)), np.uint8)
    pad = max(across, down) + 1
    wide = cv2.copyMakeBorder(mask.view(np.uint8), pad, pad, pad, pad, cv2.BORDER_CONSTANT)
    shut = cv2.morphologyEx(wide, cv2.MORPH_CLOSE, block)
    return np.asarray(shut[pad:-pad, pad:-pad], np.bool_)


def grown(mask: Mask, across: int, down: int) -> Mask:
    """Return the mask grown by half of this size to every side."""
    block = np.ones((max(1, down), max(1, across)), np.uint8)
    return np.asarray(cv2.dilate(mask.view(np.uint8), block), np.bool_)
