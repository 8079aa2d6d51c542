"""Cells of ruled tables."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from intake.domain.geometry import Box
from intake.engines.raster import Raster
from intake.engines.table_cells import cells_of


def _page(dpi: int) -> Raster:
    """Draw a table of two columns and three rows, its last row in one cell."""
    page = np.full((round(11.7 * dpi), round(8.3 * dpi)), 255, np.uint8)
    thick = max(1, dpi // 100)

    def at(inches: float) -> int:
        return round(inches * dpi)

    for y in (2.0, 2.5, 3.0, 3.5):
        page[at(y) : at(y) + thick, at(1) : at(7)] = 20
    for x, bottom in ((1.0, 3.5), (3.0, 3.0), (7.0, 3.5)):
        page[at(2) : at(bottom), at(x) : at(x) + thick] = 20
    return Raster(page, dpi)


@pytest.mark.parametrize("dpi", [100, 200, 300])
def test_cells_are_found_row_by_row(dpi: int) -> None:
    wanted = [
        (left / 8.3, top / 11.7, right / 8.3, (top + 0.5) / 11.7)
        for top, columns in ((2.0, (1, 3, 7)), (2.5, (1, 3, 7)), (3.0, (1, 7)))
        for left, right in itertools.pairwise(columns)
    ]
    found = cells_of(_page(dpi))
    assert len(found) == len(wanted)
    assert all(one.overlap(Box(*other)) > 0.85 for one, other in zip(found, wanted, strict=True))


def test_a_page_without_lines_has_none() -> None:
    assert cells_of(Raster(np.full((1100, 800), 255, np.uint8), 100)) == ()


def test_a_frame_around_the_page_is_no_cell() -> None:
    page = np.full((1100, 800), 255, np.uint8)
    page[50:1050, 50:52] = page[50:1050, 750:752] = 0
    page[50:52, 50:750] = page[1048:1050, 50:752] = 0
    assert cells_of(Raster(page, 100)) == ()
