"""What a seal covers: its disc, its own ink in it, told by tint, by tone or by its way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from intake.engines.components import Components, components
from intake.engines.ink.patch import Mask, Patch, grown
from intake.engines.ink.seal import Seal

_TINTED_SWELL = 1.1  # of a coloured ring: its tint tells its ink, the disc may be generous
_LEAST_TINT = 10  # levels of 255 by which the channels of a pale stamp's ink differ
_LIKE_TINT = 0.5  # of a seal's usual tint for its darkness: print and a black pen have less
_OWN_SWELL = 1.1  # of a seal's outer ring: beyond it nothing is the seal's own
_AROUND = 0.36  # of the radius: how far from the centre a seal's own stroke comes and goes
_WITHIN_RINGS = 0.58  # of the radius: what a seal's rings and the words between them leave free
_MIDDLE, _TO_EDGE = 0.3, 0.04  # likewise: where a pen's stroke across a seal passes


def seal_disc(patch: Patch, seal: Seal, swell: float = 1.04) -> Mask:
    """Return which pixels of a patch lie within the seal's outer ring, ``swell`` times as wide."""
    left, top, right, bottom = patch.rect(seal.box)
    height, width = patch.pixels.shape[:2]
    disc = np.zeros((height, width), np.bool_)
    wide, tall = max(1.0, (right - left) / 2 * swell), max(1.0, (bottom - top) / 2 * swell)
    x, y = (left + right) / 2, (top + bottom) / 2
    rows = slice(max(0, int(y - tall)), max(0, int(y + tall) + 1))
    columns = slice(max(0, int(x - wide)), max(0, int(x + wide) + 1))
    down, across = np.ogrid[:height, :width]
    down, across = (down[rows] - y) / tall, (across[:, columns] - x) / wide
    disc[rows, columns] = down**2 + across**2 <= 1
    return disc


def hidden_by(seals: Sequence[Seal]) -> Callable[[Patch], Mask]:
    """Return what tells seals' ink from the rest: by colour, by tone, else by place."""

    def hidden(patch: Patch) -> Mask:
        veil = np.zeros(patch.ink.shape, np.bool_)
        for seal in seals:
            veil |= _hidden(patch, seal)
        return veil

    return hidden


def _hidden(patch: Patch, seal: Seal) -> Mask:
    if seal.coloured:
        return _tinted(patch, seal_disc(patch, seal, _TINTED_SWELL))
    disc = seal_disc(patch, seal)
    if seal.below is not None:
        return disc & ~grown(patch.darkness > seal.below, 3, 3)
    return disc


def _tinted(patch: Patch, disc: Mask) -> Mask:
    """Return the pixels of a disc that have the tint of its coloured ink, pale or not.

    Where a stamp took badly its ink is pale and its channels differ little, but by the same
    part of how dark it is.
    """
    strong = disc & patch.coloured
    if not strong.any():
        return strong
    depth = np.maximum(patch.darkness, 0.05)
    usual = float(np.median(patch.spread[strong] / depth[strong]))
    tinted = (patch.spread > _LEAST_TINT) & (patch.spread > _LIKE_TINT * usual * depth)
    return disc & grown(strong | tinted, 3, 3)


def strokes_around(seal: Seal, patch: Patch, ink: Mask) -> Mask:
    """Return the strokes of a mask that run around a seal's centre, as its rings and words do.

    A signature across the seal comes nearer to the centre and goes away from it.
    """
    found = components(ink & seal_disc(patch, seal, _OWN_SWELL))
    nearest, farthest = _reaches(seal, patch, found)
    own = farthest - nearest < _AROUND
    own[0] = False
    return found.where(own)


def strokes_across(seal: Seal, patch: Patch, ink: Mask) -> Mask:
    """Return the strokes of a mask that run from a seal's middle out of what its rings enclose.

    For seals of a pen's tone or tint: the letters in their middle are small, and nothing of their
    own but an emblem leads from it to the rings.
    """
    found = components(ink & seal_disc(patch, seal, _WITHIN_RINGS))
    nearest, farthest = _reaches(seal, patch, found)
    across = (nearest < _MIDDLE) & (farthest > _WITHIN_RINGS - _TO_EDGE)
    across[0] = False
    return found.where(across)


def _reaches(
    seal: Seal, patch: Patch, found: Components
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how near each component comes to a seal's centre, and how far away, in its radii."""
    left, top, right, bottom = patch.rect(seal.box)
    rows, columns = np.nonzero(found.labels)
    across = (columns - (left + right) / 2) / max(1.0, (right - left) / 2)
    down = (rows - (top + bottom) / 2) / max(1.0, (bottom - top) / 2)
    away, stroke = np.hypot(across, down), found.labels[rows, columns]
    nearest, farthest = np.full(found.count, 9.0), np.zeros(found.count)
    np.minimum.at(nearest, stroke, away)
    np.maximum.at(farthest, stroke, away)
    return nearest, farthest
