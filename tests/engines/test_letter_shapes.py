"""Rules that are painted over before reading, and rows that were passed over."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from intake.engines.letter_shapes import (
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
