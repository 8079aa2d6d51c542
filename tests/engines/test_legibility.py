"""Reading a few lines settles which way up a page is."""

from __future__ import annotations

import numpy as np
import pytest

from intake.engines.glyphs import find_glyphs
from intake.engines.legibility import Draft, legible_direction
from intake.engines.light import flatten, ink_mask
from intake.engines.orientation import Direction
from intake.engines.raster import Pixels
from intake.engines.readers import Reader, open_reader
from intake.engines.skew import line_angles
from tests.engines.page_drawing import draw_page, face, turned

DPI = 150.0


@pytest.fixture(scope="module")
def reader() -> Reader:
    return open_reader()


def draft(pixels: Pixels) -> Draft:
    flat = flatten(pixels, DPI)
    glyphs = find_glyphs(ink_mask(flat), DPI)
    return Draft(flat, glyphs, line_angles(glyphs), DPI)


@pytest.mark.parametrize("language", ["ky", "ru"])
@pytest.mark.parametrize("dense", [True, False])
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_lines_read_best_the_right_way_up(
    quarters: int, dense: bool, language: str, reader: Reader
) -> None:
    page = turned(draw_page(language, dense=dense, typeface=face(quarters)), quarters)
    rival = (quarters + 2) % 4
    wrong = Direction(rival, 0.0, 0.3, (quarters,))
    found = legible_direction(wrong, draft(page.pixels), reader)
    assert found.turns == quarters
    assert found.confidence > 0.9


def test_without_a_rival_nothing_is_read(reader: Reader) -> None:
    seen = Direction(0, 0.4, 0.8)
    page = draw_page("ky", dense=False)
    assert legible_direction(seen, draft(page.pixels), reader) is seen


def test_scribble_stays_in_doubt(reader: Reader) -> None:
    source = np.random.default_rng(3)
    pixels = np.full((1000, 800), 255, dtype=np.uint8)
    for _ in range(120):
        x, y = source.integers(50, 740), source.integers(50, 940)
        pixels[y : y + source.integers(4, 20), x : x + source.integers(4, 20)] = 0
    seen = Direction(0, 0.0, 0.4, (2,))
    assert legible_direction(seen, draft(pixels), reader).confidence < 0.9
