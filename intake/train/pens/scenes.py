"""Scenes to learn from: a piece of a scanned form, and which of its cells a signature crosses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.engines.ink.patch import WORK_DPI
from intake.engines.ink.pen import CELL, DPI
from intake.synth.reference import happens
from intake.train.faces import Face
from intake.train.pens.canvas import HEIGHT, WIDTH, Cover, Point, laid
from intake.train.pens.handwriting import draw_mark, draw_words
from intake.train.pens.lettering import Source
from intake.train.pens.printing import draw_print
from intake.train.pens.scanning import scanned
from intake.train.pens.seals import draw_seal
from intake.train.pens.signatures import draw_signature
from intake.train.texts import Texts

PICTURE = (round(HEIGHT * DPI / WORK_DPI), round(WIDTH * DPI / WORK_DPI))
"""Height and width of what the network sees."""
CELLS = (HEIGHT // CELL, WIDTH // CELL)
"""Height and width of its answer."""

SIGNED = 0.55
"""Share of scenes with a signature."""
_TOUCHED = 0.06  # ink of a signature in a cell from which it is the signature's

Draw = Callable[[Random, Source], Cover]


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """All ink on a piece of paper, and the signature's alone (nothing where nobody signed)."""

    cover: Cover
    signature: Cover


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A scanned scene (0 paper .. 1 ink) and which cells hold strokes of a signature (0, 1)."""

    picture: Cover
    cells: NDArray[np.float32]


class Stock:
    """Layers that take long to draw: up to ``most`` are kept, used again and replaced by chance."""

    def __init__(self, draw: Draw, most: int) -> None:
        self._draw, self._most = draw, most
        self._kept: list[Cover] = []

    def take(self, rng: Random, source: Source) -> Cover:
        """Return a layer, new or used before."""
        if len(self._kept) >= self._most and not happens(rng, 0.15):
            return rng.choice(self._kept)
        drawn = self._draw(rng, source)
        if len(self._kept) >= self._most:
            self._kept.pop(rng.randrange(self._most))
        self._kept.append(drawn)
        return drawn


class Scenes:
    """Draws scenes; the same ones in the same order for a seed."""

    def __init__(self, faces: Sequence[Face], texts: Texts) -> None:
        self._source = Source(faces, texts)
        self._prints = Stock(draw_print, 500)
        self._seals = Stock(draw_seal, 250)

    def samples(self, rng: Random) -> Iterator[Sample]:
        """Yield samples without end."""
        while True:
            yield sample_of(rng, self.scene(rng))

    def scene(self, rng: Random) -> Scene:
        """Draw print, seals, handwriting and marks, and in more than half of all cases sign."""
        layers = [self._prints.take(rng, self._source) * rng.uniform(0.85, 1)]
        seals, middle = self._stamped(rng)
        layers += seals
        if happens(rng, 0.15):
            layers.append(draw_words(rng, self._source) * rng.uniform(0.5, 1))
        if happens(rng, 0.12):
            layers.append(draw_mark(rng) * rng.uniform(0.5, 1))
        signature = np.zeros((HEIGHT, WIDTH), dtype=np.float32)
        if happens(rng, SIGNED):
            signature = draw_signature(rng, self._source, middle)
            layers.append(signature * rng.uniform(0.45, 1))
        return Scene(_over(layers), signature)

    def _stamped(self, rng: Random) -> tuple[list[Cover], Point | None]:
        """Stamp up to two seals, strong or pale; return the middle of the last."""
        layers: list[Cover] = []
        middle = None
        for _ in range(rng.choice((0, 1, 1, 1, 1, 2)) if happens(rng, 0.9) else 0):
            seal = self._seals.take(rng, self._source)
            side = seal.shape[0]
            left = round(rng.uniform(-0.4 * side, WIDTH - 0.6 * side))
            top = round(rng.uniform(-0.45 * side, HEIGHT - 0.55 * side))
            strength = rng.choice((1.0, rng.uniform(0.25, 1), rng.uniform(0.5, 1)))
            layers.append(laid(seal, left, top) * strength)
            middle = (left + side / 2, top + side / 2)
        return layers, middle


def sample_of(rng: Random, scene: Scene) -> Sample:
    """Scan a scene, and tell its cells."""
    picture = _shrunk(scanned(rng, scene.cover), PICTURE)
    cells = _shrunk(scene.signature, CELLS) > _TOUCHED
    return Sample(picture, cells.astype(np.float32))


def _over(layers: Sequence[Cover]) -> Cover:
    """Lay ink over ink: paper shows where none of it covers."""
    paper = np.prod([1 - np.clip(layer, 0, 1) for layer in layers], axis=0)
    return np.asarray(1 - paper, dtype=np.float32)


def _shrunk(pixels: Cover, shape: tuple[int, int]) -> Cover:
    small = cv2.resize(pixels, (shape[1], shape[0]), interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.float32)
