"""Rules that are painted over before reading, and rows that were passed over."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from intake.domain.geometry import Box
from intake.engines.letter_shapes import (
    alone_in_cells,
    letter_shapes,
    rows_passed_over,
    without_dots,
    without_lines,
)
from intake.engines.raster import Raster

FACE = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"
DPI = 300.0


def _page(*rules: str) -> tuple[Raster, Raster]:
    """Return a page of two typed rows, and the same with rules a little below the first."""
    plain = Image.new("L", (1400, 400), 255)
    draw = ImageDraw.Draw(plain)
    face = ImageFont.truetype(FACE, 50)
    draw.text((100, 100), "Кара-Кулжа районунун", font=face, fill=0, anchor="ls")
    draw.text((100, 250), "Айыл өкмөтү, 5.", font=face, fill=0, anchor="ls")
    ruled = plain.copy()
    draw = ImageDraw.Draw(ruled)
    if "dots" in rules:
        for x in range(80, 900, 9):
            draw.ellipse((x, 124, x + 3, 127), fill=0)
    if "box" in rules:
        draw.rectangle((60, 20, 900, 130), outline=0, width=3)
    return Raster(np.asarray(plain), DPI), Raster(np.asarray(ruled), DPI)


def test_a_dotted_rule_goes_and_letters_stay() -> None:
    plain, dotted = _page("dots")
    assert np.array_equal(without_dots(dotted).pixels, plain.pixels)
    assert without_dots(plain) is plain


def test_the_sides_of_a_box_go_from_single_lines() -> None:
    plain, boxed = _page("box")
    clean = without_lines(boxed).pixels
    assert clean[:, 55:70].min() == 255
    letters = plain.pixels[60:115, 95:700] < 128
    assert (clean[60:115, 95:700][letters] < 128).mean() > 0.95


def test_a_row_of_which_words_were_not_read_is_found_whole() -> None:
    plain, _ = _page()
    shapes = letter_shapes(plain)
    (first, second) = rows_passed_over(shapes, [])
    assert first.left * 1400 < 105 and first.right * 1400 > 700
    assert second.top > first.bottom - 0.05


def test_a_digit_alone_in_a_cell_is_found_where_nothing_was_read() -> None:
    plain, _ = _page()
    picture = Image.fromarray(plain.pixels)
    draw = ImageDraw.Draw(picture)
    draw.text((1200, 100), "8", font=ImageFont.truetype(FACE, 50), fill=0, anchor="ls")
    draw.rectangle((1100, 40, 1300, 120), outline=0, width=3)
    shapes = letter_shapes(Raster(np.asarray(picture), DPI))
    cell, words = Box.clipped(1103 / 1400, 43 / 400, 1297 / 1400, 117 / 400), Box(0, 0, 0.6, 0.4)
    (found,) = alone_in_cells(shapes, [cell, words], [])
    assert cell.holds(found) and found.width < 0.5 * cell.width
    assert alone_in_cells(shapes, [cell], [found]) == []
