"""Draws batches of strips of like width in processes of their own, the same ones for a seed."""

from __future__ import annotations

import multiprocessing as mp
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.queues import Queue
from pathlib import Path
from queue import Full
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.engines.readers.own.strips import HEIGHT, Strip
from intake.train.alphabet import classes_of
from intake.train.faces import Face, find_faces
from intake.train.strips import Drawing, Level
from intake.train.texts import Texts

POOL = 768
"""Lines that are drawn before they are sorted by width."""

COLUMNS = 11_000
MOST_LINES = 64
_LOOK_SECONDS = 20
_STEP = 32  # widths are rounded up to a multiple
_NARROWEST = 4  # columns a letter needs: CTC wants a frame for each, and one between equal ones

_Line = tuple[Strip, str]


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Strips side by side: ``pixels`` lines×40×width, widths, and the texts' classes in a row."""

    pool: int
    pixels: NDArray[np.uint8]
    widths: NDArray[np.int64]
    classes: NDArray[np.int64]
    lengths: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Course:
    """What is drawn when: lines get longer and more worn until ``ramp`` lines are seen."""

    seed: int
    folders: tuple[Path, ...]
    lists: dict[str, Path]
    ramp: int = 100_000
    longest: int = 56

    def level(self, pool: int) -> Level:
        """Return how hard the lines of a pool are."""
        share = min(pool * POOL / self.ramp, 1.0)
        return Level(round(12 + (self.longest - 12) * share), 0.3 + 0.7 * share)


def draw_pool(drawing: Drawing, course: Course, pool: int) -> list[Batch]:
    """Draw the batches of one pool, in an order of chance."""
    rng = Random(f"{course.seed}/{pool}")
    lines = [drawing.strip(rng, course.level(pool)) for _ in range(POOL)]
    legible = [(s, t) for s, t in lines if s.shape[1] >= _NARROWEST * (len(t) + 2)]
    legible.sort(key=lambda line: line[0].shape[1])
    batches = [_batch(pool, width, group) for width, group in _groups(legible)]
    rng.shuffle(batches)
    return batches


def _groups(lines: Sequence[_Line]) -> Iterator[tuple[int, Sequence[_Line]]]:
    """Yield widths and lines, the widest lines first: as many as a width always has.

    Few shapes: the matrix library makes a plan for each.
    """
    rest = lines
    while rest:
        width = -(-rest[-1][0].shape[1] // _STEP) * _STEP
        count = max(min(COLUMNS // width, MOST_LINES), 1)
        yield width, rest[-count:]
        rest = rest[:-count]


def _batch(pool: int, width: int, lines: Sequence[_Line]) -> Batch:
    pixels = np.zeros((len(lines), HEIGHT, width), dtype=np.uint8)
    for row, (strip, _) in zip(pixels, lines, strict=True):
        row[:, : strip.shape[1]] = strip
    widths = np.array([strip.shape[1] for strip, _ in lines])
    classes = np.array([c for _, text in lines for c in classes_of(text)])
    return Batch(pool, pixels, widths, classes, np.array([len(text) for _, text in lines]))


def training_faces(folders: Sequence[Path]) -> list[Face]:
    """Return the faces that may be trained on."""
    return [face for face in find_faces(folders) if not face.is_held_out]


@contextmanager
def drawn_batches(course: Course, first_pool: int, processes: int = 1) -> Iterator[Iterator[Batch]]:
    """Yield an endless iterator of batches, from a pool on, in the same order for a seed."""
    context = mp.get_context("spawn")
    queues: list[Queue[Batch | None]] = [context.Queue(maxsize=60) for _ in range(processes)]
    workers = [
        context.Process(
            target=_draw, args=(course, first_pool + n, processes, queue), daemon=True
        )
        for n, queue in enumerate(queues)
    ]  # fmt: skip
    for worker in workers:
        worker.start()
    try:
        yield _in_turn(queues)
    finally:
        for worker in workers:
            worker.kill()


def _draw(course: Course, pool: int, step: int, queue: Queue[Batch | None]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):  # whoever learns gets them too, and ends us
        signal.signal(number, signal.SIG_IGN)
    cv2.setNumThreads(1)
    drawing = Drawing(training_faces(course.folders), Texts(course.lists))
    while True:
        for batch in (*draw_pool(drawing, course, pool), None):  # None: the pool's end
            if not _put(queue, batch):
                return
        pool += step


def _put(queue: Queue[Batch | None], batch: Batch | None) -> bool:
    """Wait until there is room; tell whether anybody is left who takes it."""
    while True:
        try:
            queue.put(batch, timeout=_LOOK_SECONDS)
        except Full:
            parent = mp.parent_process()
            if parent is None or not parent.is_alive():
                return False
        else:
            return True


def _in_turn(queues: Sequence[Queue[Batch | None]]) -> Iterator[Batch]:
    while True:
        for queue in queues:
            while (batch := queue.get()) is not None:
                yield batch
