"""What paper, pen, stamp and scanner do to a line, at the resolution that it was scanned at."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.synth.reference import happens
from intake.synth.scanners import jpeg
from intake.train.pens.canvas import millimetres, write
from intake.train.pens.signing import signed

Grey = NDArray[np.uint8]
Cover = NDArray[np.float32]

_ASCENT, _DESCENT = 0.76, 0.22
_BESIDE = 7.0
"""Ems of room beside a line that a signature or a seal crosses, at most."""
_EM = 4.2
"""Millimetres of an em of 12 points."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A line as drawn: ink 0..255, its em in pixels, its baseline's row, its first, last column."""

    ink: Grey
    size: int
    base: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Wear:
    """What happens to one line; odds grow with ``hard`` (0..1).

    ``is_loose``: cut out with room around it, never through or close to its letters.
    ``small`` is the size of small letters beside the face's own: typewriters' are nearly as high
    as capitals. ``fade`` above 1 takes ink off hairlines more than off stems.
    """

    hard: float
    by_hand: bool
    is_loose: bool = False
    small: float = 1.0
    fade: float = 1.0

    @classmethod
    def drawn(cls, rng: Random, share: float, *, by_hand: bool) -> Wear:
        """Draw how hard a line is: a third stay clean, the others up to ``share``."""
        hard = 0.0 if happens(rng, 0.3) else share * rng.random() ** 0.7
        small = rng.uniform(0.94, 1.15) if happens(rng, 0.3) else 1.0
        fade = rng.uniform(1.0, 2.2) if happens(rng, 0.2) else 1.0
        return cls(hard, by_hand, small=small, fade=fade)

    def happens(self, rng: Random, most: float) -> bool:
        """Tell whether something happens that has the odds ``most`` at the hardest."""
        return happens(rng, most * self.hard)


def scanned(rng: Random, line: Drawn, wear: Wear, others: Sequence[Grey]) -> Grey:
    """Return grey pixels (0 = black) of a cut-out line after all that happened to it."""
    is_crossed = happens(rng, 0.07 + 0.25 * wear.hard)
    ink, base = _framed(rng, line, wear, beside=_BESIDE if is_crossed else 0.0)
    ink = _thickened(rng, ink, line.size, wear)
    if happens(rng, 0.12 + 0.25 * wear.hard):
        _underline(rng, ink, base, line.size)
    if others and wear.happens(rng, 0.3):
        _neighbours(rng, ink, line.size, others)
    if is_crossed:
        _strokes(rng, ink, line.size, others)
    grey = _on_paper(rng, ink, line.size, wear, others)
    return _sensed(rng, grey, line.size, wear)


def _framed(rng: Random, line: Drawn, wear: Wear, beside: float) -> tuple[Grey, float]:
    """Cut the line out, slanted, turned and stretched a little; return its baseline's row too.

    Now and then with more room ``beside`` it, in ems: what a pen does there is no letter.
    """
    em = line.size
    top, bottom = _loose_edges(rng, line) if wear.is_loose else _edges(rng, line)
    before, after = (rng.uniform(0.05, max(0.9, beside * happens(rng, 0.3))) * em for _ in range(2))
    stretch = rng.uniform(0.82, 1.2)
    slant = rng.uniform(-0.1, 0.35) if wear.by_hand else rng.gauss(0, 0.03)
    turn = rng.gauss(0, 0.006 + 0.006 * wear.hard)
    width = max(int((line.right - line.left) * stretch + before + after), 8)
    height = max(int(bottom - top), 8)
    middle = (line.left + line.right) / 2
    across = (stretch, -slant, before - line.left * stretch + slant * line.base)
    down = (turn, 1.0, -top - turn * middle)
    matrix = np.array((across, down), dtype=np.float64)
    ink = cv2.warpAffine(line.ink, matrix, (width, height), flags=cv2.INTER_LINEAR)
    if wear.happens(rng, 0.3) or (wear.by_hand and happens(rng, 0.6)):
        ink = _waved(rng, np.asarray(ink, dtype=np.uint8), em, by_hand=wear.by_hand)
    return np.asarray(ink, dtype=np.uint8), line.base - top


def _edges(rng: Random, line: Drawn) -> tuple[float, float]:
    """Choose the rows between which the line is cut: by its em, or close to its ink."""
    em = line.size
    if happens(rng, 0.5):
        rows = np.flatnonzero(line.ink.max(axis=1) > 90)
        if len(rows):
            high = rows[-1] - rows[0] + 1
            room = max(0.5 * em - high, 0) / 2 + rng.uniform(0.03, 0.2) * high
            return rows[0] - room, rows[-1] + 1 + room
    most = rng.choice((1, 1, 1, 2))  # twice the room: small letters beside a tall stroke
    above, below = rng.uniform(-0.02, 0.4) * most * em, rng.uniform(-0.02, 0.3) * most * em
    return line.base - _ASCENT * em - above, line.base + _DESCENT * em + below


def _loose_edges(rng: Random, line: Drawn) -> tuple[float, float]:
    rows = np.flatnonzero(line.ink.max(axis=1) > 90)
    room = rng.uniform(0.1, 0.3) * line.size
    high = max(line.base - _ASCENT * line.size, 0)
    low = line.base + _DESCENT * line.size
    if len(rows):
        high, low = min(high, float(rows[0])), max(low, float(rows[-1] + 1))
    return high - room, low + room


def _waved(rng: Random, ink: Grey, em: int, *, by_hand: bool) -> Grey:
    """Let the line wave up and down and from side to side, as curled paper and hands do.

    A hand draws every letter a little otherwise: its strokes are bent besides.
    """
    height, width = ink.shape
    x = np.arange(width, dtype=np.float32)
    rise = rng.uniform(0.01, 0.07) * em * np.sin(x / (em * rng.uniform(1.5, 12)) + rng.random() * 6)
    lean = rng.uniform(0, 0.04) * em * np.sin(x / (em * rng.uniform(0.6, 3)) + rng.random() * 6)
    rows = np.arange(height, dtype=np.float32)[:, None] + rise[None, :].astype(np.float32)
    columns = np.repeat((x + lean)[None, :], height, axis=0).astype(np.float32)
    if by_hand:
        bend, coarse = rng.uniform(0.0, 0.045) * em, max(round(em * rng.uniform(0.2, 0.45)), 2)
        rows = rows + np.float32(bend) * _grain(rng, ink.shape, coarse)
        columns = columns + np.float32(bend) * _grain(rng, ink.shape, coarse)
    return np.asarray(cv2.remap(ink, columns, rows, cv2.INTER_LINEAR), dtype=np.uint8)


def _thickened(rng: Random, ink: Grey, em: int, wear: Wear) -> Grey:
    """Let ink spread, or the stroke be thin."""
    if wear.happens(rng, 0.25) and em >= 22:
        kernel = np.ones(rng.choice(((2, 2), (1, 2), (2, 1))), dtype=np.uint8)
        return np.asarray(cv2.dilate(ink, kernel), dtype=np.uint8)
    if wear.happens(rng, 0.15) and em >= 36:
        return np.asarray(cv2.erode(ink, np.ones((2, 2), dtype=np.uint8)), dtype=np.uint8)
    return ink


def _underline(rng: Random, ink: Grey, base: float, em: int) -> None:
    """Draw the rule that the value stands on: solid, dotted, or by hand, through descenders."""
    y = base + rng.choice((rng.uniform(0.03, 0.16), rng.uniform(0.1, 0.3))) * em
    shade, thick = rng.randint(110, 255), max(round(em * rng.choice((0.03, 0.045, 0.07))), 1)
    width = ink.shape[1]
    start = 0 if happens(rng, 0.6) else int(rng.uniform(0, 0.3) * width)
    end = width if happens(rng, 0.6) else int(rng.uniform(0.6, 1) * width)
    tilt = rng.gauss(0, 0.004) * width
    if happens(rng, 0.25):
        step = max(int(em * rng.uniform(0.12, 0.3)), 3)
        for x in range(start, end, step):
            cv2.circle(ink, (x, round(y)), max(thick - 1, 1), shade, -1, cv2.LINE_AA)
        return
    cv2.line(ink, (start, round(y)), (end, round(y + tilt)), shade, thick, cv2.LINE_AA)
    if happens(rng, 0.06):
        gap = round(y + max(0.1 * em, thick + 2))
        cv2.line(ink, (start, gap), (end, gap), shade, thick, cv2.LINE_AA)


def _neighbours(rng: Random, ink: Grey, em: int, others: Sequence[Grey]) -> None:
    """Let the lines above and below reach into the picture, or the edge of a table."""
    height, width = ink.shape
    for above in (True, False):
        if happens(rng, 0.55):
            other = rng.choice(others)[:, :width]
            reach = max(min(int(rng.uniform(0.04, 0.25) * em), height // 4), 1)
            rows = np.flatnonzero(other.max(axis=1) > 90)
            if not len(rows):
                continue
            part = other[rows[-1] + 1 - reach : rows[-1] + 1] if above else other[rows[0] :][:reach]
            there = ink[: len(part)] if above else ink[height - len(part) :]
            np.maximum(there[:, : part.shape[1]], part, out=there[:, : part.shape[1]])
    if happens(rng, 0.3):
        y = rng.choice((0, 1, height - 2, height - 1))
        cv2.line(ink, (0, y), (width, y), rng.randint(120, 255), rng.randint(1, 3))
    if happens(rng, 0.3):
        x = rng.choice((rng.randint(0, 4), width - 1 - rng.randint(0, 4)))
        cv2.line(ink, (x, 0), (x, height), rng.randint(120, 255), rng.randint(1, 3))


def _strokes(rng: Random, ink: Grey, em: int, others: Sequence[Grey]) -> None:
    """Draw the rings and words of a seal, or a signature as dark as the print, through the line."""
    over = np.zeros_like(ink)
    if happens(rng, 0.45):
        _seal(rng, over, em, others)
    else:
        _signature(rng, over, em)
    np.maximum(ink, over, out=ink)


def _seal(rng: Random, over: Grey, em: int, others: Sequence[Grey]) -> None:
    height, width = over.shape
    shade = rng.randint(50, 255)
    middle = (rng.randint(0, width), rng.randint(-2 * em, height + 2 * em))
    radius = int(rng.uniform(1.5, 5) * em)
    for share in (1.0, rng.uniform(0.6, 0.95)):
        thick = max(round(em * rng.uniform(0.03, 0.1)), 1)
        cv2.circle(over, middle, int(radius * share), shade, thick, cv2.LINE_AA)
    if others and happens(rng, 0.6):
        words = np.zeros_like(over)
        _ring_words(rng, words, em, (*middle, radius * rng.uniform(0.75, 0.95)), others)
        np.maximum(over, np.asarray(words * (shade / 255), dtype=np.uint8), out=over)


def _signature(rng: Random, over: Grey, em: int) -> None:
    height, width = over.shape
    scale = em / millimetres(_EM * rng.uniform(0.8, 1.3))
    curves = [path * scale for path in signed(rng)]
    low, high = np.vstack(curves).min(axis=0), np.vstack(curves).max(axis=0)
    middle = np.array((rng.uniform(0, width), height / 2 + rng.gauss(0, 0.5) * em))
    shift = middle - (low + high) / 2
    pen = max(em * rng.uniform(0.04, 0.15), 1.0)
    write(rng, over, [path + shift for path in curves], pen, rng.randint(90, 255))


def _ring_words(
    rng: Random, sheet: Grey, em: int, ring: tuple[int, int, float], others: Sequence[Grey]
) -> None:
    """Set parts of other lines around a ring (middle, radius), each turned along it."""
    *middle, radius = ring
    share = rng.uniform(0.4, 0.8)
    for angle in np.arange(0, 2 * math.pi, 3 * em * share / radius):
        word = rng.choice(others)[:, : 4 * em]
        turn = angle + math.pi / 2
        across, down = share * math.cos(turn), share * math.sin(turn)
        x, y = middle[0] + radius * math.cos(angle), middle[1] + radius * math.sin(angle)
        left, top = word.shape[1] / 2, word.shape[0] / 2
        matrix = np.array((
            (across, -down, x - across * left + down * top),
            (down, across, y - down * left - across * top),
        ))  # fmt: skip
        size = (sheet.shape[1], sheet.shape[0])
        np.maximum(sheet, cv2.warpAffine(word, matrix, size), out=sheet)


@cache
def _noise() -> NDArray[np.float32]:
    drawn = np.random.default_rng(7).normal(size=(512, 4096))
    return np.asarray(drawn, dtype=np.float32)


def _grain(rng: Random, shape: tuple[int, ...], coarse: int = 1) -> Cover:
    """Return grain of deviation 1, ``coarse`` pixels a grain, cut from a field drawn once."""
    high, wide = (max(n // coarse, 1) + 1 for n in shape)
    high, wide = min(high, 512), min(wide, 4096)
    y, x = rng.randint(0, 512 - high), rng.randint(0, 4096 - wide)
    part = _noise()[y : y + high, x : x + wide]
    if part.shape != shape:
        part = np.asarray(cv2.resize(part, (shape[1], shape[0])), dtype=np.float32)
    return part


def _on_paper(rng: Random, ink: Grey, em: int, wear: Wear, others: Sequence[Grey]) -> Cover:
    """Lay the ink on paper: tone, low toner, shade, the other side shining through."""
    paper = 255 - rng.random() ** 2 * (20 + 90 * wear.hard)
    dark = rng.uniform(0, 0.35 * paper) if happens(rng, 0.6) else rng.uniform(0, 0.55 * paper)
    cover = (ink * np.float32(1 / 255)) ** np.float32(wear.fade)
    if wear.happens(rng, 0.3):
        toner = rng.uniform(0.05, 0.3) * _grain(rng, ink.shape, rng.choice((1, 1, 2, em)))
        cover = cover * np.clip(rng.uniform(0.6, 0.95) + toner, 0, 1)
    grey = paper - (paper - dark) * cover
    if wear.happens(rng, 0.35):
        slope = np.linspace(rng.uniform(-30, 30), rng.uniform(-30, 30), ink.shape[1])
        grey += slope.astype(np.float32)[None, :] * np.float32(wear.hard)
    if wear.happens(rng, 0.2):
        grey += rng.uniform(4, 16) * _grain(rng, ink.shape, em)
    if others and wear.happens(rng, 0.15):
        _shine_through(rng, grey, rng.choice(others))
    return np.asarray(grey, dtype=np.float32)


def _shine_through(rng: Random, grey: Cover, other: Grey) -> None:
    mirrored = other[: grey.shape[0], : grey.shape[1]][:, ::-1]
    soft = cv2.GaussianBlur(mirrored, (0, 0), 1.5)
    grey[: soft.shape[0], : soft.shape[1]] -= soft * np.float32(rng.uniform(0.04, 0.2))


def _sensed(rng: Random, grey: Cover, em: int, wear: Wear) -> Grey:
    """Scan: blur, grain, then what the device makes of it."""
    blur = rng.uniform(0.2, 0.45 + 0.9 * wear.hard) * math.sqrt(em / 32)
    soft = np.asarray(cv2.GaussianBlur(grey, (0, 0), blur), dtype=np.float32)
    noise = rng.uniform(0, 3 + 14 * wear.hard**2)
    seen = np.clip(soft + noise * _grain(rng, grey.shape), 0, 255).astype(np.uint8)
    if wear.happens(rng, 0.75):
        return rng.choice(_DEVICES)(rng, seen, wear)
    return seen


def _compressed(rng: Random, seen: Grey, wear: Wear) -> Grey:
    return jpeg(seen, rng.randint(round(75 - 50 * wear.hard), 90))


def _bitonal(rng: Random, seen: Grey, _wear: Wear) -> Grey:
    low, high = float(seen.min()), float(np.percentile(seen, 80))
    level = low + (high - low) * rng.uniform(0.38, 0.72)
    return np.where(seen > level, 255, 0).astype(np.uint8)


def _coarse(rng: Random, seen: Grey, wear: Wear) -> Grey:
    """Sample coarsely, as 110 dots an inch do, and blow up again."""
    height, width = seen.shape
    share = rng.uniform(1 - 0.5 * wear.hard, 0.95)
    share = max(share, 15 / height)
    if share >= 1:
        return seen
    small = (max(round(width * share), 4), max(round(height * share), 4))
    shrunk = cv2.resize(seen, small, interpolation=cv2.INTER_AREA)
    return np.asarray(shrunk, dtype=np.uint8)


def _faxed(rng: Random, seen: Grey, wear: Wear) -> Grey:
    """Send by fax: fewer rows, black or white, lines that failed."""
    height, width = seen.shape
    rows = max(round(height * rng.choice((0.5, 0.75, 1))), 14)
    bits = _bitonal(rng, np.asarray(cv2.resize(seen, (width, rows)), dtype=np.uint8), wear)
    if happens(rng, 0.2):
        start = rng.randrange(width)
        bits[rng.randrange(rows), start : start + rng.randint(10, 300)] = rng.choice((0, 255))
    return np.asarray(cv2.resize(bits, (width, height), interpolation=cv2.INTER_NEAREST), np.uint8)


def _copied(rng: Random, seen: Grey, _wear: Wear) -> Grey:
    """A copy of a copy: hard contrast, specks."""
    hard = np.clip((seen.astype(np.float32) - 150) * rng.uniform(1.5, 3) + 150, 0, 255)
    specks = _grain(rng, seen.shape) > rng.uniform(2.6, 3.6)
    return np.where(specks, rng.choice((40, 120, 255)), hard).astype(np.uint8)


_Device = Callable[[Random, Grey, Wear], Grey]
_DEVICES: tuple[_Device, ...] = (
    _compressed, _compressed, _bitonal, _coarse, _coarse, _faxed, _copied,
)  # fmt: skip
