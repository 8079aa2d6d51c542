"""Round seals as they are stamped: a die, and what its ink makes of it on paper."""

from __future__ import annotations

import math
from random import Random

import cv2
import numpy as np
from PIL import Image

from intake.synth.frame import grain
from intake.synth.reference import happens
from intake.train.pens.canvas import Cover, cover_of, millimetres
from intake.train.pens.die import Die
from intake.train.pens.emblems import draw_emblem
from intake.train.pens.lettering import Source

_WORDING = (
    "КЫРГЫЗ РЕСПУБЛИКАСЫ", "КЫРГЫЗСКАЯ РЕСПУБЛИКА", "МИНИСТЕРСТВО ОБРАЗОВАНИЯ И НАУКИ",
    "БИЛИМ БЕРҮҮ БӨЛҮМҮ", "ОРТО МЕКТЕП", "СРЕДНЯЯ ШКОЛА", "МУНИЦИПАЛЬНОЕ УЧРЕЖДЕНИЕ", "ОКПО",
    "ИНН", "ДОШКОЛЬНОЕ УЧРЕЖДЕНИЕ", "РАЙОННЫЙ ОТДЕЛ", "АЙЫЛ ОКМОТУ",
)  # fmt: skip
_ENDS = (" * ", " • ", " — ", " ★ ", " ")  # between the end of a ring's words and their beginning
_LONGEST_OUTER, _LONGEST_INNER = 60, 50


def draw_seal(rng: Random, source: Source) -> Cover:
    """Draw a stamped seal of 28 to 44 millimetres across, turned by up to 60 degrees."""
    die = Die(round(millimetres(rng.uniform(14, 22))))
    room = _outer(rng, die, source)
    if happens(rng, 0.45):
        room = _inner(rng, die, room, source)
    draw_emblem(rng, die, max(room - 6, 20), source)
    turned = die.sheet.rotate(rng.uniform(-60, 60), resample=Image.Resampling.BILINEAR)
    return _stamped(rng, cover_of(turned))


def _outer(rng: Random, die: Die, source: Source) -> float:
    """Cut the rim and the words along it; return the radius of the room that they leave."""
    die.ring(die.radius, rng.choice((2, 3, 4, 6)))
    if happens(rng, 0.5):
        die.ring(die.radius - rng.uniform(5, 9), rng.choice((1, 1, 2)))
    lettering = source.print(rng, 16, 27)
    radius = die.radius - 0.9 * lettering.size - rng.uniform(2, 10)
    text = _outer_text(rng, source)[:_LONGEST_OUTER]
    die.around(text, lettering, radius, is_inward=happens(rng, 0.1))
    room = radius - 0.8 * lettering.size - rng.uniform(2, 6)
    if happens(rng, 0.75):
        _border(rng, die, room)
    return room


def _outer_text(rng: Random, source: Source) -> str:
    if happens(rng, 0.6):
        text = " * ".join(rng.sample(_WORDING, rng.randint(1, 3)))
    else:
        text = source.words(rng, rng.randint(3, 7)).upper()
    return text + rng.choice(_ENDS)


def _border(rng: Random, die: Die, radius: float) -> None:
    width = rng.choice((1, 2, 3))
    if happens(rng, 0.7):
        die.ring(radius, width)
    else:
        die.dashes(rng, radius, width)


def _inner(rng: Random, die: Die, room: float, source: Source) -> float:
    """Cut a second ring of words or digits; return the radius of the room that it leaves."""
    lettering = source.print(rng, 12, 18)
    radius = room - 0.8 * lettering.size - 3
    digits = " ".join(rng.choice("0123456789") for _ in range(rng.randint(8, 24)))
    text = source.words(rng, 5).upper() if happens(rng, 0.5) else digits
    die.around(text[:_LONGEST_INNER] + " * ", lettering, radius)
    room = radius - 0.7 * lettering.size
    if happens(rng, 0.6):
        die.ring(room, rng.choice((1, 2)))
    return room


def _stamped(rng: Random, ink: Cover) -> Cover:
    """Stamp: soft edges, pale patches, grain, sometimes only a part touched the paper."""
    soft = np.asarray(cv2.GaussianBlur(ink, (0, 0), rng.uniform(0.4, 1.1)), dtype=np.float32)
    speckle = 1 + grain(rng, ink.shape, 1, rng.uniform(0.02, 0.35))
    stamped = soft * _patches(rng, ink.shape[0]) * speckle
    if happens(rng, 0.15):
        stamped = stamped * _touched(rng, ink.shape[0])
    return np.asarray(np.clip(stamped, 0, 1), dtype=np.float32)


def _patches(rng: Random, side: int) -> Cover:
    source = np.random.default_rng(rng.getrandbits(32))
    coarse = source.uniform(rng.uniform(0.3, 0.9), 1.1, (6, 6)).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (side, side)), dtype=np.float32)


def _touched(rng: Random, side: int) -> Cover:
    """Return which part touched the paper: all that is on one side of a line."""
    angle = rng.uniform(0, 2 * math.pi)
    across = np.linspace(-1, 1, side, dtype=np.float32)
    slope = across[None, :] * math.cos(angle) + across[:, None] * math.sin(angle)
    return np.asarray(np.clip(3 * (slope + rng.uniform(0.1, 0.8)), 0, 1), dtype=np.float32)
