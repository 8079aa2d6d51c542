from __future__ import annotations

from pathlib import Path

import numpy as np

from intake.domain.geometry import Box, Transform
from intake.domain.text import Letter, Line, PageText, Word
from intake.engines.raster import Raster
from intake.page_files import load_page, write_page
from intake.pipeline import ReadPage


def test_a_page_comes_back_as_it_was(tmp_path: Path) -> None:
    random = np.random.default_rng(7)
    box = Box(0.1, 0.2, 0.30000000000000004, 0.4)
    letter = Letter("ө", box, 0.91, (("о", 0.4),))
    text = PageText((Line((Word((letter,), box, 0.91),), box),), "tesseract 5", 0.7)
    page = ReadPage(
        3,
        text,
        Raster(random.integers(0, 255, (60, 40, 3), np.uint8), 300.0),
        Raster(random.integers(0, 255, (60, 40), np.uint8), 300.0),
        Transform((1.0, 0.1, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0), ((0.0, 0.01), (0.02, 0.0))),
        (Box(0.1, 0.1, 0.2, 0.2),),
        ("tilted",),
        cells=(Box(0.1, 0.1, 0.5, 0.2),),
    )
    write_page(page, tmp_path)
    back = load_page(tmp_path)
    assert (back.number, back.text, back.transform, back.contradicted, back.notes) == (
        3,
        text,
        page.transform,
        page.contradicted,
        page.notes,
    )
    assert np.array_equal(back.raster.pixels, page.raster.pixels)
    assert np.array_equal(back.grey.pixels, page.grey.pixels)
    assert back.cells == page.cells
    assert (back.raster.dpi, back.grey.dpi) == (300.0, 300.0)
