"""A page that was read, as files: so that one machine reads it and another assembles it."""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from intake.domain.geometry import Box, Transform
from intake.domain.text import PageText
from intake.engines.pages import from_png
from intake.engines.preview import png
from intake.pipeline import ReadPage

_WORDS, _COLOUR, _GREY = "page.json", "straight.png", "grey.png"


@dataclass(frozen=True, slots=True)
class _Words:
    number: int
    text: PageText
    transform: Transform
    contradicted: tuple[Box, ...]
    notes: tuple[str, ...]
    dpi: tuple[float, float]
    cells: tuple[Box, ...] = ()


_FORM = TypeAdapter(_Words)


def write_page(page: ReadPage, folder: Path) -> None:
    """Write a page into a folder: its words as JSON, its two pictures as PNG, every pixel kept."""
    words = _Words(
        page.number,
        page.text,
        page.transform,
        page.contradicted,
        page.notes,
        (page.raster.dpi, page.grey.dpi),
        page.cells,
    )
    (folder / _WORDS).write_bytes(_FORM.dump_json(words))
    (folder / _COLOUR).write_bytes(png(page.raster))
    (folder / _GREY).write_bytes(png(page.grey))


def load_page(folder: Path) -> ReadPage:
    """Return the page that was written into a folder; Failed where a file is damaged."""
    words = _FORM.validate_json((folder / _WORDS).read_bytes())
    colour, grey = words.dpi
    return ReadPage(
        words.number,
        words.text,
        from_png((folder / _COLOUR).read_bytes(), colour),
        from_png((folder / _GREY).read_bytes(), grey),
        words.transform,
        words.contradicted,
        words.notes,
        cells=words.cells,
    )
