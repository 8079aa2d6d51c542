"""The sheet is found where something else surrounds it, and only there."""

from __future__ import annotations

from random import Random

import cv2
import numpy as np
import pytest

from intake.engines.paper import find_sheet
from intake.engines.raster import Pixels
from tests.engines.page_drawing import Points, draw_page, photographed, rotated, scanned, table

CORNERS = np.array([(240, 130), (1130, 150), (1270, 1720), (90, 1690)], dtype=np.float64)


def photo(level: int, corners: Points = CORNERS) -> Pixels:
    page = draw_page("ky", dense=False)
    return scanned(photographed(page, corners, table(Random(3), 1400, 1860, level)), 1).pixels


def farthest(found: Points, corners: Points) -> float:
    return min(float(np.abs(np.roll(found, k, axis=0) - corners).max()) for k in range(4))


@pytest.mark.parametrize("level", [20, 90, 160, 215])
def test_corners_are_found_on_tables_of_any_brightness(level: int) -> None:
    sheet = find_sheet(photo(level))
    assert sheet is not None
    assert sheet.is_whole
    assert not sheet.is_square
    assert farthest(sheet.corners, CORNERS) < 0.004 * 1860


def test_a_chequered_cloth_hides_no_corner_of_the_text() -> None:
    squares = (np.indices((1860, 1400)) // 60).sum(axis=0) % 2
    cloth = np.where(squares == 0, 90, 150).astype(np.uint8)
    page = photographed(draw_page("ky", dense=True), CORNERS, cloth)
    sheet = find_sheet(scanned(page, 2).pixels)
    assert sheet is not None
    for x, y in page.words.reshape(-1, 2):
        assert cv2.pointPolygonTest(sheet.corners.astype(np.float32), (x, y), False) > 0


def test_a_finger_over_the_edge_does_not_move_it() -> None:
    pixels = photo(60)
    cv2.ellipse(pixels, (1200, 900), (170, 60), 10, 0, 360, 130, -1, cv2.LINE_AA)
    sheet = find_sheet(pixels)
    assert sheet is not None
    assert farthest(sheet.corners, CORNERS) < 0.006 * 1860


def test_a_sheet_partly_out_of_the_picture_keeps_all_that_is_seen() -> None:
    corners = CORNERS + np.array((0, 400))
    page = photographed(draw_page("ky", dense=True), corners, table(Random(4), 1400, 1860, 80))
    sheet = find_sheet(scanned(page, 3).pixels)
    assert sheet is not None
    assert not sheet.is_whole
    words = page.words.reshape(-1, 2)
    for x, y in words[(words > 0).all(axis=1) & (words < (1400, 1860)).all(axis=1)]:
        assert cv2.pointPolygonTest(sheet.corners.astype(np.float32), (x, y), False) > 0


@pytest.mark.parametrize("dense", [True, False])
@pytest.mark.parametrize("degrees", [0.0, 3.0])
def test_plain_scans_have_no_sheet(dense: bool, degrees: float) -> None:
    page = scanned(rotated(draw_page("ru", dense=dense), degrees), 4)
    assert find_sheet(page.pixels) is None


def test_a_fold_a_frame_and_a_filled_table_are_not_the_edge_of_the_paper() -> None:
    pixels = draw_page("ru", dense=False).pixels.copy()
    pixels[:, 600:606] -= 40
    cv2.rectangle(pixels, (80, 100), (1160, 1650), 0, 3)
    pixels[900:1200, 150:1100] = np.minimum(pixels[900:1200, 150:1100], 205)
    assert find_sheet(pixels) is None


def test_a_dark_border_is_square() -> None:
    page = rotated(draw_page("ky", dense=True), 1.2, fill=10)
    framed = cv2.copyMakeBorder(page.pixels, 60, 60, 60, 60, cv2.BORDER_CONSTANT, value=(10,))
    sheet = find_sheet(np.asarray(framed, dtype=np.uint8))
    assert sheet is not None
    assert sheet.is_square
    assert sheet.degrees == pytest.approx(1.2, abs=0.2)


def test_a_sheet_does_not_end_where_the_light_does() -> None:
    """Half of this sheet is darker than a level that parts paper from table well enough."""
    height, width = 1400, 1000
    across, down = np.arange(width)[None, :], np.arange(height)[:, None]
    falling = np.clip((across + 30 * np.sin(down / 90.0) - 100) / (width - 200), 0, 1)
    light = 245 - 95 * falling
    picture = np.full((height, width, 3), (70.0, 95.0, 130.0))
    sheet = np.zeros((height, width), np.uint8)
    cv2.fillConvexPoly(sheet, np.array([(40, 50), (970, 40), (985, 1350), (20, 1370)]), 1)
    picture[sheet > 0] = np.stack([light * 0.9, light, light * 1.02], -1)[sheet > 0]
    picture += np.random.default_rng(1).normal(0, 3, picture.shape)
    found = find_sheet(np.clip(picture, 0, 255).astype(np.uint8))
    assert found is None or found.corners[1:3, 0].min() > 950
