"""Tesseract in this process's memory, through tesserocr."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import partial

# OpenMP reads it once, while libtesseract loads. With more threads than one a page takes
# ten times the processor time, and no less of the clock's as soon as the cores are busy.
os.environ["OMP_THREAD_LIMIT"] = "1"

import tesserocr  # type: ignore[import-untyped]
from tesserocr import OEM, PSM, RIL

from intake.domain.geometry import Box
from intake.domain.text import Line, PageText
from intake.engines.raster import Pixels, Raster
from intake.engines.readers.choices import Choices, chosen, without_spaces
from intake.engines.readers.crops import crop_line
from intake.engines.readers.digits import DIGITS, second_opinion
from intake.engines.readers.letters import Symbol, Window, lines_of
from intake.engines.readers.models import (
    CYRILLIC,
    ENGLISH,
    KIR_RUS,
    Model,
    foreign_letters,
    languages,
    model_folder,
)
from intake.errors import Failed


class LibraryReader:
    """A reader that keeps both models loaded in this process."""

    def __init__(self, first: Model = CYRILLIC, second: Model = KIR_RUS) -> None:
        self._first = _Engine(first)
        self._second = _Engine(second)
        self._digits = _Engine(ENGLISH, only=DIGITS)

    @property
    def name(self) -> str:
        """Engine, version and first model."""
        return self._first.name

    @property
    def second_name(self) -> str:
        """Engine, version and the models of second readings."""
        return f"{self._second.name}, digits {ENGLISH.name}"

    @property
    def prefers_second(self) -> bool:
        """Whether second readings err less (see Reader)."""
        return True

    def read_page(self, grey: Raster) -> PageText:
        """Read a whole page with the first model."""
        window = Window(0, 0, 1.0, grey.width, grey.height)
        symbols = self._first.symbols(grey.pixels, round(grey.dpi), PSM.AUTO)
        return PageText(tuple(lines_of(symbols, window)), self.name)

    def read_lines(self, grey: Raster, boxes: Sequence[Box], *, second: bool = False) -> list[Line]:
        """Read one line of text in each box with the first or the second model."""
        if not second:
            return [_read_line(self._first, grey, box) for box in boxes]
        lines = [_read_line(self._second, grey, box) for box in boxes]
        return second_opinion(lines, partial(self.read_digits, grey))

    def read_digits(self, grey: Raster, boxes: Sequence[Box]) -> list[Line]:
        """Read a line in each box as nothing but digits."""
        return [_read_line(self._digits, grey, box) for box in boxes]


def _read_line(engine: _Engine, grey: Raster, box: Box) -> Line:
    crop = crop_line(grey, box)
    if crop is None:
        return Line((), box)
    symbols = engine.symbols(crop.pixels, 300, PSM.SINGLE_LINE)
    lines = lines_of(symbols, crop.window)
    return Line(tuple(word for line in lines for word in line.words), box)


class _Engine:
    """One model, loaded when it is first used."""

    def __init__(self, model: Model, only: str = "") -> None:
        self._only = only
        self._model = model
        self._folder = model_folder()
        self._languages = languages(model, self._folder)
        self._api: tesserocr.PyTessBaseAPI | None = None
        version = tesserocr.tesseract_version().split()[1]
        self.name = f"tesseract {version} {model.name}"

    def symbols(self, pixels: Pixels, dpi: int, layout: int) -> Iterator[Symbol]:
        """Yield the symbols in a grey picture, in the engine's reading order."""
        api = self._loaded()
        api.SetPageSegMode(layout)
        height, width = pixels.shape
        api.SetImageBytes(pixels.tobytes(), width, height, 1, width)
        api.SetSourceResolution(dpi)
        if not api.Recognize():
            raise Failed(f"{self.name} failed on a page; scan it again")
        results = api.GetIterator()
        if results is not None:
            yield from _walk(results)
        api.Clear()

    def _loaded(self) -> tesserocr.PyTessBaseAPI:
        if self._api is None:
            self._api = tesserocr.PyTessBaseAPI(
                path=str(self._folder), lang=self._languages, oem=OEM.LSTM_ONLY
            )
            self._api.SetVariable("lstm_choice_mode", "2")
            if self._only:
                self._api.SetVariable("tessedit_char_whitelist", self._only)
            else:
                foreign = foreign_letters(self._model, self._folder)
                self._api.SetVariable("tessedit_char_blacklist", foreign)
        return self._api


def _walk(results: tesserocr.PyResultIterator) -> Iterator[Symbol]:
    line = word = -1
    choices: Choices = []
    while True:
        if results.IsAtBeginningOf(RIL.WORD):
            line += results.IsAtBeginningOf(RIL.TEXTLINE)
            word += 1
            choices = without_spaces(results.GetBestLSTMSymbolChoices() or [])
        text, box = _text(results), results.BoundingBox(RIL.SYMBOL)
        if text and box:
            others = chosen(choices, text)
            yield Symbol(text, box, results.Confidence(RIL.SYMBOL) / 100, line, word, others)
        if not results.Next(RIL.SYMBOL):
            return


def _text(results: tesserocr.PyResultIterator) -> str:
    if results.Empty(RIL.SYMBOL):
        return ""
    return str(results.GetUTF8Text(RIL.SYMBOL)).strip()
