"""What was put over the print: a coloured seal, the pen across it, taken off for reading.

A seal stands over the director's name on most notices. Print darkens every channel
alike, a coloured ink some more than others: what both leave can be told apart. On a
grey scan a seal is paler than print, as a rule, and of one tone all around its ring.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.engines.colour import grey_of, halved
from intake.engines.components import components
from intake.engines.ink.patch import Mask, Paper, Patch, grown, paper_of
from intake.engines.ink.seal import Seal, coloured_seals, grey_seals, palest_print
from intake.engines.ink.veil import seal_disc
from intake.engines.raster import Pixels, Raster

_TALL_MM = 10.0
"""Connected strokes this tall are a signature or a ring: a written line keeps below it."""
_FINE_DPI = 220.0  # a page this fine is looked at in half its size
_SWELL = 1.06  # of a seal's outer ring: what is printed around it is blurred
_TINT = 20  # levels of 255 by which the channels of coloured ink differ, at least
_STRONG = 30
_FEWEST = 0.0004  # of a page: with less coloured ink there is no seal
_MOST_ALIKE = 0.85  # inks that darken the channels more alike than this are not told from print
_RESIDUE = 0.06  # of the paper's brightness: what unmixing leaves of a coloured stroke's edges


Plane = NDArray[np.float32]


def without_overlay(raster: Raster) -> Pixels:
    """Return the page's brightness without its seals and a pen's tall coloured strokes.

    Height×width. A page without such ink comes back as it is.
    """
    grey = grey_of(raster.pixels)
    paper = paper_of(raster)
    if not raster.is_colour or (_tint(raster.pixels[::4, ::4], paper) > _TINT).mean() < _FEWEST:
        return _without_grey_seals(grey, raster.dpi)
    is_fine = raster.dpi >= _FINE_DPI
    small = halved(raster.pixels) if is_fine else raster.pixels
    dpi = raster.dpi / 2 if is_fine else raster.dpi
    tint = _tint(small, paper)
    patch = Patch(small, paper, (0, 0), (small.shape[1], small.shape[0]))
    seals = coloured_seals(tint, dpi, paper)
    places = [seal_disc(patch, seal, _SWELL) for seal in seals]
    places.append(grown(_tall_strokes(tint > _TINT, dpi), 3, 3))
    for place in places:
        _take_off(raster, grey, paper, place)
    return grey if seals else _without_grey_seals(grey, raster.dpi)


def _without_grey_seals(grey: Pixels, dpi: float) -> Pixels:
    """Return the page without the seals that are paler than its print."""
    page = Raster(grey, dpi)
    paper = paper_of(page)
    clean = grey
    for seal in grey_seals(page, paper):
        least = palest_print(seal, grey, paper)
        if least is not None:
            clean = clean.copy() if clean is grey else clean
            _lift(clean, seal, paper, least)
    return clean


def _lift(grey: Pixels, seal: Seal, paper: Paper, least: float) -> None:
    """Make paper of what is paler than print in a seal's disc, letters with their edges left."""
    height, width = grey.shape
    swell = (_SWELL - 1.0) / 2
    left, right = _widened(seal.box.left, seal.box.right, swell, width)
    top, bottom = _widened(seal.box.top, seal.box.bottom, swell, height)
    view = grey[top:bottom, left:right]
    patch = Patch(view, paper, (left, top), (width, height))
    darkness = (paper.bright - view) / (paper.bright - paper.black)
    strong = darkness > least
    pale = seal_disc(patch, seal, _SWELL) & ~grown(strong, 3, 3)
    view[pale] = np.maximum(view[pale], round(paper.bright))


def _widened(low: float, high: float, share: float, size: int) -> tuple[int, int]:
    room = (high - low) * share
    return max(0, int((low - room) * size)), min(size, int((high + room) * size) + 1)


def _depths(pixels: Pixels, paper: Paper) -> tuple[Pixels, Pixels]:
    """Return how dark the darkest and the brightest channel are, 0 for paper, 255 for black."""
    channels = zip(cv2.split(pixels), paper.paper, strict=True)
    bright = [cv2.convertScaleAbs(c, alpha=255 / max(level, 60.0)) for c, level in channels]
    deep = cv2.bitwise_not(cv2.min(cv2.min(bright[0], bright[1]), bright[2]))
    shallow = cv2.bitwise_not(cv2.max(cv2.max(bright[0], bright[1]), bright[2]))
    return np.asarray(deep, np.uint8), np.asarray(shallow, np.uint8)


def _tint(pixels: Pixels, paper: Paper) -> Pixels:
    """Return how unequal the channels of each pixel are, 0..255, the paper's colour evened out."""
    return np.asarray(cv2.subtract(*_depths(pixels, paper)), np.uint8)


def _tall_strokes(marks: Mask, dpi: float) -> Mask:
    """Return the strokes that hang together and are taller than any letter."""
    found = components(marks)
    tall = found.stats[:, cv2.CC_STAT_HEIGHT] >= _TALL_MM / 25.4 * dpi
    tall[0] = False
    return found.where(tall) if found.count > 1 else np.zeros_like(marks)


def _take_off(raster: Raster, grey: Pixels, paper: Paper, place: Mask) -> None:
    """Leave, where ``place`` is set, only the ink that darkens all channels alike."""
    if not place.any():
        return
    rows, columns = np.nonzero(place.any(axis=1))[0], np.nonzero(place.any(axis=0))[0]
    down, across = raster.height / place.shape[0], raster.width / place.shape[1]
    top, bottom = int(rows[0] * down), int((rows[-1] + 1) * down)
    left, right = int(columns[0] * across), int((columns[-1] + 1) * across)
    part = raster.pixels[top:bottom, left:right]
    here = place[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].view(np.uint8)
    size = (part.shape[1], part.shape[0])
    mask = cv2.resize(here, size, interpolation=cv2.INTER_NEAREST) > 0
    inked = part[mask][:, None]  # a column: places lie far apart, most of the part is none
    deep, shallow = (plane[:, 0] * np.float32(1 / 255) for plane in _depths(inked, paper))
    print_ = _print_of(deep, shallow)
    view = grey[top:bottom, left:right]
    view[mask] = np.maximum(view[mask], ((1.0 - print_) * paper.bright).astype(np.uint8))


def _print_of(deep: Plane, shallow: Plane) -> Plane:
    """Return the part of each pixel's darkness (0..1) that is print, not the coloured ink."""
    coloured = deep - shallow > _STRONG / 255
    if not coloured.any():
        return deep
    share = float(np.median(shallow[coloured] / deep[coloured]))
    if share > _MOST_ALIKE:
        return deep
    print_ = (shallow - share * deep) / (1.0 - share)
    return np.asarray(np.clip((print_ - _RESIDUE) / (1.0 - _RESIDUE), 0.0, 1.0), np.float32)
