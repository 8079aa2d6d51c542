"""Draws strips: pictures of one line, as the recogniser gets them, with what they say."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from intake.engines.raster import Pixels
from intake.engines.readers.own.strips import Strip, normalised
from intake.synth.reference import happens, weighted
from intake.train.faces import Face, font
from intake.train.texts import Texts
from intake.train.wear import Drawn, Wear, scanned

SIZES = (16, 18, 20, 22, 25, 28, 32, 36, 40, 45, 50, 56, 64)
"""Pixels an em: 9 to 16 points at 110 to 300 dots an inch."""

KINDS = {"office": 30.0, "print": 18.0, "typewriter": 20.0, "hand": 18.0, "cursive": 14.0}
BY_HAND = ("hand", "cursive")
_ITALIC = "italic"  # italics of all kinds, written by hand: their т, и, д are those of hands
_TRIES = 12


@dataclass(frozen=True, slots=True)
class Level:
    """How hard the lines are: letters at most, share of wear (0 none, 1 as bad as it gets)."""

    longest: int
    wear: float


@dataclass
class Drawing:
    """Draws strips with these faces; remembers earlier lines, whose parts stray into later ones."""

    faces: Sequence[Face]
    texts: Texts
    kinds: dict[str, float] = field(default_factory=lambda: dict(KINDS))
    _families: dict[str, dict[str, list[Face]]] = field(init=False)
    _before: deque[NDArray[np.uint8]] = field(init=False, default_factory=lambda: deque(maxlen=24))

    def __post_init__(self) -> None:
        self._families = {kind: {} for kind in (*self.kinds, _ITALIC)}
        for face in self.faces:
            for kind in {face.kind, _ITALIC if face.is_italic else face.kind} & set(self._families):
                self._families[kind].setdefault(face.family, []).append(face)
        self.kinds = {kind: odds for kind, odds in self.kinds.items() if self._families[kind]}

    def strip(self, rng: Random, level: Level) -> tuple[Strip, str]:
        """Return a strip (40×width, 0 paper .. 255 ink) and its text, for training."""
        kind = weighted(rng, self.kinds)
        text = self.texts.draw(rng, rng.randint(1, level.longest))
        by_hand = happens(rng, 0.8 if kind in BY_HAND else 0.08)
        wear = Wear.drawn(rng, level.wear, by_hand=by_hand)
        if kind == "hand" and self._families[_ITALIC] and happens(rng, 0.4):
            kind = _ITALIC
        return normalised(self.line(rng, self.face(rng, kind, text), text, wear)), text

    def line(self, rng: Random, face: Face, text: str, wear: Wear) -> Pixels:
        """Draw one line and wear it out; returns grey pixels (0 = black)."""
        size = rng.choice(SIZES[2:] if face.kind in BY_HAND else SIZES)
        if wear.by_hand:
            drawn = written(rng, face, text, size)
        else:
            drawn = typed(rng, face, text, size, wear.small)
        grey = scanned(rng, drawn, wear, self._before)
        self._before.append(drawn.ink)
        return grey

    def face(self, rng: Random, kind: str, text: str) -> Face:
        """Choose a family of a kind, and one of its faces that has the letters of the text.

        Where the kind has none, it is a face of another.
        """
        letters = "".join(set(text))
        families = list(self._families[kind].values())
        for _ in range(_TRIES):
            face = rng.choice(rng.choice(families))
            if face.supports(letters):
                return face
        able = [face for face in self.faces if face.supports(letters)]
        return rng.choice([face for face in able if face.kind == kind] or able)


def typed(rng: Random, face: Face, text: str, size: int, small: float = 1.0) -> Drawn:
    """Set a text in a face, perhaps with wider gaps; small letters at their share of its size."""
    runs = list(face.runs(text))
    if round(small * size) != size:
        runs = [
            ("".join(part), path) for piece, path in runs for _, part in groupby(piece, _is_small)
        ]
    pieces = [
        (piece, font(path, round(size * small) if _is_small(piece) else size))
        for piece, path in runs
    ]
    if happens(rng, 0.15):
        pieces = [(letter, used) for piece, used in pieces for letter in piece]
    track = rng.uniform(0, 0.25) * size if len(pieces) > 3 and happens(rng, 0.3) else 0.0
    width = sum(used.getlength(piece) + track for piece, used in pieces)
    ink, base = _sheet(width, size)
    draw, x = ImageDraw.Draw(ink), float(size)
    for piece, used in pieces:
        draw.text((x, base), piece, fill=255, font=used, anchor="ls")
        x += used.getlength(piece) + track
    return Drawn(np.asarray(ink), size, base, size, x)


def _is_small(text: str) -> bool:
    return text.islower()


def written(rng: Random, face: Face, text: str, size: int) -> Drawn:
    """Write a text letter by letter, each with a size, a height and a pressure of its own.

    Some hands join their small letters.
    """
    letters = [(letter, path) for piece, path in face.runs(text) for letter in piece]
    unrest, is_joined = rng.uniform(0.2, 1.3), happens(rng, 0.35)
    step = rng.uniform(0.9, 1.02) if is_joined else rng.uniform(0.94, 1.08)
    ink, base = _sheet(len(text) * size * 1.2, size)
    draw, x, drift, before = ImageDraw.Draw(ink), float(size), 0.0, " "
    for letter, path in letters:
        share = rng.choice((1, 1, 1 - 0.06 * unrest, 1 + 0.06 * unrest))
        used = font(path, max(round(size * share), 10))
        drift = 0.7 * drift + rng.gauss(0, 0.022 * unrest) * size
        if is_joined and before.isalpha() and letter.islower():
            _join(rng, draw, (x, base + drift), size)
        draw.text((x, base + drift), letter, fill=rng.randint(190, 255), font=used, anchor="ls")
        x += used.getlength(letter) * step * (1 + rng.gauss(0, 0.035 * unrest))
        x += rng.uniform(0, 0.35) * size if letter == " " else 0
        before = letter
    width = min(int(x + size), ink.size[0])
    return Drawn(np.asarray(ink)[:, :width], size, base, size, min(x, width - 1))


def _join(rng: Random, draw: ImageDraw.ImageDraw, place: tuple[float, float], size: int) -> None:
    """Draw the stroke that leads into a letter from the one before it."""
    x, y = place
    start = (x - rng.uniform(0.05, 0.16) * size, y - rng.uniform(0.0, 0.12) * size)
    end = (x + rng.uniform(0.05, 0.14) * size, y - rng.uniform(0.08, 0.36) * size)
    draw.line((start, end), fill=rng.randint(190, 255), width=max(round(size * 0.055), 1))


def _sheet(width: float, size: int) -> tuple[Image.Image, int]:
    """Return an empty sheet with an em of room on each side, and where its baseline runs."""
    return Image.new("L", (int(width) + 2 * size, int(2.4 * size)), 0), round(1.45 * size)
