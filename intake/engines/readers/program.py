"""Tesseract as a program of its own for every call, through pytesseract."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from xml.etree import ElementTree

import pytesseract  # type: ignore[import-untyped]

from intake.domain.geometry import Box
from intake.domain.text import Line, PageText
from intake.engines.raster import Pixels, Raster
from intake.engines.readers.choices import chosen, of_hocr
from intake.engines.readers.crops import Crop, crop_line
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

_XHTML = "{http://www.w3.org/1999/xhtml}"
_PAGE, _LINE = 3, 7  # page segmentation: find the layout; one line
_CROP_DPI = 300
_DETAILS = "--oem 1 -c hocr_char_boxes=1 -c lstm_choice_mode=2"
_TIMEOUT_SECONDS = 120


class ProgramReader:
    """A reader that starts Tesseract once for a page, and once for any number of lines."""

    def __init__(self, first: Model = CYRILLIC, second: Model = KIR_RUS) -> None:
        self._folder = model_folder()
        self._first, self._second = first, second
        for model in (first, second, ENGLISH):
            languages(model, self._folder)  # a missing one is told at once

    @property
    def name(self) -> str:
        """Engine, version and first model."""
        return f"tesseract {_version()} {self._first.name}"

    @property
    def second_name(self) -> str:
        """Engine, version and the models of second readings."""
        return f"tesseract {_version()} {self._second.name}, digits {ENGLISH.name}"

    @property
    def prefers_second(self) -> bool:
        """Whether second readings err less (see Reader)."""
        return True

    def read_page(self, grey: Raster) -> PageText:
        """Read a whole page with the first model."""
        window = Window(0, 0, 1.0, grey.width, grey.height)
        config = f"--psm {_PAGE} --dpi {round(grey.dpi)} {self._barring(self._first)}"
        (symbols,) = self._run([grey.pixels], self._first, config)
        return PageText(tuple(lines_of(symbols, window)), self.name)

    def read_lines(self, grey: Raster, boxes: Sequence[Box], *, second: bool = False) -> list[Line]:
        """Read one line of text in each box with the first or the second model."""
        model = self._second if second else self._first
        lines = self._lines(grey, boxes, model, self._barring(model))
        return second_opinion(lines, partial(self.read_digits, grey)) if second else lines

    def read_digits(self, grey: Raster, boxes: Sequence[Box]) -> list[Line]:
        """Read a line in each box as nothing but digits."""
        return self._lines(grey, boxes, ENGLISH, f"-c tessedit_char_whitelist={DIGITS}")

    def _barring(self, model: Model) -> str:
        return f"-c tessedit_char_blacklist={foreign_letters(model, self._folder)}"

    def _lines(self, grey: Raster, boxes: Sequence[Box], model: Model, options: str) -> list[Line]:
        crops = [crop_line(grey, box) for box in boxes]
        pictures = [crop.pixels for crop in crops if crop is not None]
        config = f"--psm {_LINE} --dpi {_CROP_DPI} {options}"
        read = iter(self._run(pictures, model, config) if pictures else [])
        return [
            Line((), box) if crop is None else _joined(next(read), crop, box)
            for crop, box in zip(crops, boxes, strict=True)
        ]

    def _run(self, pictures: Sequence[Pixels], model: Model, config: str) -> list[list[Symbol]]:
        with tempfile.TemporaryDirectory(prefix="intake-", dir=_memory()) as folder:
            names = [_write(Path(folder, f"{n}.pgm"), p) for n, p in enumerate(pictures)]
            listing = Path(folder, "pictures.txt")
            listing.write_text("\n".join(names), encoding="utf-8")
            details = f'--tessdata-dir "{self._folder}" {_DETAILS} {config}'
            hocr = _tesseract(str(listing), languages(model, self._folder), details)
        return [list(_symbols(page)) for page in _pages(hocr)]


def _joined(symbols: list[Symbol], crop: Crop, box: Box) -> Line:
    lines = lines_of(symbols, crop.window)
    return Line(tuple(word for line in lines for word in line.words), box)


def _tesseract(listing: str, language: str, config: str) -> bytes:
    os.environ["OMP_THREAD_LIMIT"] = "1"  # inherited by the program; see library.py
    try:
        return bytes(
            pytesseract.image_to_pdf_or_hocr(
                listing, language, config, extension="hocr", timeout=_TIMEOUT_SECONDS
            )
        )
    except pytesseract.TesseractNotFoundError as error:
        raise Failed("Tesseract is not installed; apt-get install tesseract-ocr") from error
    except pytesseract.TesseractError as error:
        cause = " ".join(str(error.message).split())[:200]
        raise Failed(f"Tesseract failed ({cause}); scan the page again") from error
    except RuntimeError as error:  # pytesseract's way to say that the time is up
        raise Failed(f"Tesseract took over {_TIMEOUT_SECONDS} s; try again later") from error


@cache
def _version() -> str:
    try:
        return str(pytesseract.get_tesseract_version())
    except (pytesseract.TesseractNotFoundError, SystemExit) as error:
        raise Failed("Tesseract is not installed; apt-get install tesseract-ocr") from error


def _memory() -> str | None:
    """Return a folder that is kept in memory, None where there is none."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _write(path: Path, pixels: Pixels) -> str:
    height, width = pixels.shape
    path.write_bytes(b"P5 %d %d 255\n" % (width, height) + pixels.tobytes())
    return str(path)


def _pages(hocr: bytes) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(hocr)
    return [part for part in root.iter(f"{_XHTML}div") if part.get("class") == "ocr_page"]


def _symbols(page: ElementTree.Element) -> Iterator[Symbol]:
    number = 0
    for line, words in enumerate(_lines(page)):
        for word in words:
            number += 1
            yield from _letters(word, line, number)


def _lines(page: ElementTree.Element) -> Iterator[list[ElementTree.Element]]:
    # a line is a span of several classes (ocr_line, ocr_header, ocr_caption...) that holds words
    for block in page.iter(f"{_XHTML}p"):
        for line in block:
            yield [word for word in line if word.get("class") == "ocrx_word"]


def _letters(word: ElementTree.Element, line: int, number: int) -> Iterator[Symbol]:
    spans = [part for part in word.iter() if part.get("class") == "ocrx_cinfo"]
    choices = of_hocr(part for part in spans if (part.get("id") or "").startswith("lstm"))
    for part in spans:
        numbers = [float(n) for n in re.findall(r"[\d.]+", part.get("title") or "")]
        text = (part.text or "").strip()
        if "x_bboxes" in (part.get("title") or "") and text:
            left, top, right, bottom, confidence = numbers
            yield Symbol(
                text, (left, top, right, bottom), confidence / 100, line, number,
                chosen(choices, text),
            )  # fmt: skip
