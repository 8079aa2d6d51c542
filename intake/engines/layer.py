"""The text that a born-digital page carries, held against the ink of its picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.domain.geometry import Box
from intake.domain.text import Letter, PageText, Word
from intake.engines.components import components
from intake.engines.raster import Raster
from intake.engines.reading_order import Standing, lines_in_order

ENGINE = "text layer"

_INK = 170  # a thin stroke of small print drawn at 300 dpi is at least this dark somewhere
_LETTER_HEIGHTS = 0.45, 2.5  # of the middle letter, for ink to look like a letter
_WIDEST = 5.0  # times its height
_FAR = 1.5  # heights of a line between two letters of one word
_LEAST_STRAY = 3
_STRAY_SHARE = 0.005

_Edges = NDArray[np.int64]


def page_text(sent: Sequence[Any], raster: Raster) -> tuple[PageText | None, tuple[str, ...]]:
    """Return the page's text from the letters that its file names, and notes on it.

    ``sent`` has, letter by letter in the file's order, text, box (left, top,
    right, bottom in fractions of the page as rasterised) and the top and bottom
    of the room that its font gives it, a space between words.
    Words without ink are hidden and left out. None when the letters do not
    stand on ink, or when ink that looks like letters lies elsewhere: then the
    page has to be read from its picture.
    """
    words = list(_words(sent))
    if not words:
        return None, ()
    ink = _ink(raster)
    inked = [_inked(one.word, ink) for one in words]
    seen = [one for one, share in zip(words, inked, strict=True) if share > 0]
    if not seen or any(0 < share < 1 for share in inked):
        return None, ("the file's own text was not used: it does not stand where the ink is",)
    if _is_ink_elsewhere([one.word for one in seen], ink):
        return None, ("the file's own text was not used: there is writing besides it",)
    hidden = len(seen) < len(words)
    notes = ("hidden text in the file was ignored",) if hidden else ()
    return PageText(lines_in_order(seen), ENGINE), notes


def _words(sent: Sequence[Any]) -> Iterator[Standing]:
    for is_space, run in groupby(sent, key=lambda one: one[0] == " "):
        if not is_space:
            yield from _split([_letter(one) for one in run])


def _letter(one: Sequence[Any]) -> tuple[Letter, Box]:
    left, top, right, bottom, room_top, room_bottom = (float(edge) for edge in one[1:7])
    box = Box.clipped(left, top, right, bottom)
    return Letter(str(one[0]), box, 1.0), Box.clipped(left, room_top, right, room_bottom)


def _split(letters: list[tuple[Letter, Box]]) -> Iterator[Standing]:
    """Part letters that the file names without a space though they stand apart."""
    run: list[tuple[Letter, Box]] = []
    for letter, room in letters:
        if run and _are_apart(run[-1][1], room):
            yield _word(run)
            run = []
        run.append((letter, room))
    yield _word(run)


def _are_apart(last: Box, room: Box) -> bool:
    # heights stand for widths of an upright page, near enough
    far = _FAR * max(room.height, last.height)
    is_level = last.top < room.bottom and room.top < last.bottom
    return not is_level or abs(room.left - last.right) > far


def _word(run: list[tuple[Letter, Box]]) -> Standing:
    letters = tuple(letter for letter, _ in run)
    word = Word(letters, Box.around(letter.box for letter in letters), 1.0)
    return Standing(word, Box.around(room for _, room in run))


def _ink(raster: Raster) -> NDArray[np.uint8]:
    grey = raster.pixels.min(axis=2) if raster.is_colour else raster.pixels
    return (grey < _INK).astype(np.uint8)


def _inked(word: Word, ink: NDArray[np.uint8]) -> float:
    """Return the share of the word's letters that have ink."""
    have = sum(bool(_under(letter.box, ink).any()) for letter in word.letters)
    return have / len(word.letters)


def _under(box: Box, ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    left, top, right, bottom = box.pixels(ink.shape[1], ink.shape[0])
    return ink[max(0, top - 1) : bottom + 1, max(0, left - 1) : right + 1]


def _is_ink_elsewhere(words: list[Word], ink: NDArray[np.uint8]) -> bool:
    """Whether ink of the size and shape of letters lies outside all words."""
    heights = [letter.box.height for word in words for letter in word.letters]
    usual = float(np.median(heights)) * ink.shape[0]
    rest = ink.copy()
    for word in words:
        margin = usual * 0.35  # tails, accents, and rounding
        left, top, right, bottom = word.box.pixels(ink.shape[1], ink.shape[0])
        rows = slice(max(0, int(top - margin)), int(bottom + margin) + 1)
        rest[rows, max(0, int(left - margin)) : int(right + margin) + 1] = 0
    stray = _letter_like(rest, usual)
    return stray > max(_LEAST_STRAY, _STRAY_SHARE * len(heights))


def _letter_like(ink: NDArray[np.uint8], usual: float) -> int:
    stats = components(ink).stats
    sizes = np.asarray(stats)[1:]
    height, width = sizes[:, cv2.CC_STAT_HEIGHT], sizes[:, cv2.CC_STAT_WIDTH]
    low, high = (bound * usual for bound in _LETTER_HEIGHTS)
    fits = (height >= low) & (height <= high) & (width <= _WIDEST * height)
    return int(fits.sum())
