"""Pages come out upright and level, and every point finds its way back."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import cv2
import numpy as np
import pytest

from intake.domain.geometry import IDENTITY, Box
from intake.engines.raster import Pixels, Raster
from intake.stages.straighten import Straight, straighten
from tests.engines.page_drawing import (
    DrawnPage,
    Points,
    curled,
    draw_page,
    face,
    photographed,
    rotated,
    scanned,
    table,
    turned,
)

DPI = 150
LANGUAGES = ("ky", "ru")


def straight(page: DrawnPage, dpi: float = DPI) -> Straight:
    return straighten(Raster(page.pixels, dpi))


def words_straightened(page: DrawnPage, result: Straight) -> Points:
    """Return the words' corners on the straightened page, in pixels."""
    size = np.array((page.pixels.shape[1], page.pixels.shape[0]))
    points = [result.transform.point_straightened(*point) for point in
              (page.words / size).reshape(-1, 2)]  # fmt: skip
    return np.array(points).reshape(-1, 4, 2) * (result.raster.width, result.raster.height)


def angle_left(page: DrawnPage, result: Straight) -> float:
    """Return how far the words' upper edges still run downhill, in degrees, weighted by length."""
    words = words_straightened(page, result)
    run = (words[:, 1] - words[:, 0]).sum(axis=0)
    return float(np.degrees(np.arctan2(run[1], run[0])))


def distortion(page: DrawnPage, result: Straight, flat: DrawnPage) -> float:
    """Return the largest error of a word's place, as a share of the page.

    A shift, a turn and a scale along each axis are free: what remains is
    perspective, shear and bending.
    """
    found = words_straightened(page, result).reshape(-1, 2) / (result.raster.width,
                                                              result.raster.height)  # fmt: skip
    drawn = flat.words.reshape(-1, 2) / (flat.pixels.shape[1], flat.pixels.shape[0])
    errors = []
    for axis in (0, 1):
        scale, shift = np.polyfit(drawn[:, axis], found[:, axis], 1)
        errors.append(np.abs(found[:, axis] - scale * drawn[:, axis] - shift) / scale)
    return float(np.max(errors))


@pytest.mark.parametrize("dpi", [150, 200])
def test_a_clean_upright_page_keeps_its_pixels(dpi: int) -> None:
    page = scanned(draw_page("ky", dense=False, dpi=dpi), 1)
    result = straight(page, dpi)
    assert result.raster.pixels is page.pixels
    assert result.transform.to_scanned == IDENTITY
    assert result.transform.curl == ()
    assert result.turns == 0
    assert result.notes == ()


def test_a_fine_page_is_read_as_it_is_and_looked_at_no_finer_than_marks_need() -> None:
    page = scanned(draw_page("ky", dense=False, dpi=300), 1)
    result = straight(page, 300)
    assert result.grey.pixels.shape == page.pixels.shape[:2]
    assert result.raster.dpi == pytest.approx(200.0, abs=0.2)
    assert result.raster.height == pytest.approx(page.pixels.shape[0] * 2 / 3, abs=1)
    assert result.transform.to_scanned == IDENTITY


def test_straightening_twice_changes_nothing_more() -> None:
    page = scanned(rotated(draw_page("ru", dense=True), 4.0), 2)
    once = straight(page)
    twice = straighten(once.raster)
    assert twice.raster.pixels is once.raster.pixels
    assert twice.transform.to_scanned == IDENTITY


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dense", [True, False])
@pytest.mark.parametrize("quarters", range(4))
def test_every_quarter_turn_is_undone(quarters: int, dense: bool, language: str) -> None:
    typeface = face(3 * quarters + dense)
    page = draw_page(language, dense=dense, typeface=typeface)
    seen = scanned(turned(page, quarters), quarters)
    result = straight(seen)
    assert result.turns == quarters
    assert result.confidence > 0.9
    assert (result.raster.height, result.raster.width) == page.pixels.shape
    assert distortion(seen, result, page) < 1e-6


@pytest.mark.parametrize(
    ("degrees", "quarters"), [(0.5, 0), (-1.3, 2), (3.0, 1), (-7.7, 3), (15.0, 0), (-15.0, 1)]
)
@pytest.mark.parametrize("dense", [True, False])
def test_a_leaning_page_is_levelled(degrees: float, quarters: int, dense: bool) -> None:
    page = draw_page("ky", dense=dense)
    seen = scanned(turned(rotated(page, degrees), quarters), 3)
    result = straight(seen)
    assert result.turns == quarters
    assert result.skew_degrees == pytest.approx(degrees, abs=0.1)
    assert abs(angle_left(seen, result)) < 0.1
    assert distortion(seen, result, page) < 0.003


def test_rules_seal_signature_and_border_do_not_tilt_a_page() -> None:
    page = draw_page("ru", dense=False)
    pixels = page.pixels.copy()
    cv2.line(pixels, (100, 1250), (1100, 1330), 0, 3)  # a crooked rule drawn by hand
    cv2.circle(pixels, (700, 1400), 110, 60, 5, cv2.LINE_AA)
    wave = np.array([(400 + 9 * i, 1380 + 40 * ((-1) ** i)) for i in range(12)], dtype=np.int32)
    cv2.polylines(pixels, [wave], False, 40, 4, cv2.LINE_AA)
    seen = rotated(replace(page, pixels=pixels), 2.0, fill=20)
    result = straight(seen)
    assert result.skew_degrees == pytest.approx(2.0, abs=0.1)


def test_a_dark_border_is_cut_off_and_no_word_with_it() -> None:
    page = draw_page("ky", dense=True)
    seen = scanned(rotated(page, 1.5, fill=15), 4)
    framed = cv2.copyMakeBorder(seen.pixels, 90, 40, 70, 0, cv2.BORDER_CONSTANT, value=(15,))
    seen = DrawnPage(np.asarray(framed, dtype=np.uint8), seen.words + np.array((70, 90)))
    result = straight(seen)
    words = words_straightened(seen, result)
    assert words.min() > 0
    assert (words < (result.raster.width, result.raster.height)).all()
    assert result.raster.height < 1.03 * page.pixels.shape[0]
    assert (result.grey.pixels < 128).mean() < 0.2


CORNERS: dict[str, Points] = {
    "from below": np.array([(240, 130), (1130, 150), (1270, 1720), (90, 1690)], dtype=np.float64),
    "askew": np.array([(330, 90), (1310, 260), (1090, 1700), (80, 1480)], dtype=np.float64),
}


@pytest.mark.parametrize("level", [70, 170])
@pytest.mark.parametrize("view", CORNERS)
@pytest.mark.parametrize("quarters", [0, 1, 2])
def test_a_photograph_is_brought_back_to_the_page(quarters: int, view: str, level: int) -> None:
    page = draw_page("ru", dense=True)
    laid = photographed(page, CORNERS[view], table(Random(1), 1400, 1860, level))
    seen = turned(scanned(laid, 5), quarters)
    result = straight(seen)
    assert result.turns == quarters
    assert "perspective corrected" in result.notes
    assert result.raster.height / result.raster.width == pytest.approx(2**0.5, abs=0.01)
    assert abs(angle_left(seen, result)) < 0.1
    assert distortion(seen, result, page) < 0.003


def test_a_photograph_of_a_page_too_near_is_levelled_by_its_lines() -> None:
    page = draw_page("ky", dense=True)
    corners = np.array([(-60, -80), (1330, -40), (1420, 1850), (-110, 1810)], dtype=np.float64)
    laid = photographed(page, corners, table(Random(2), 1300, 1760, 90))
    result = straight(scanned(laid, 6))
    assert result.turns == 0
    assert abs(angle_left(laid, result)) < 0.15


@pytest.mark.parametrize("bend", [0.008, -0.006])
def test_bent_lines_are_levelled(bend: float) -> None:
    page = draw_page("ru", dense=True)
    seen = scanned(curled(page, bend), 7)
    result = straight(seen)
    assert "bent lines levelled" in result.notes
    before = abs(bend)
    assert distortion(seen, result, page) < min(0.003, 0.4 * before)


def test_points_of_a_bent_page_find_their_way_back() -> None:
    result = straight(scanned(curled(draw_page("ru", dense=True), 0.008), 7))
    for x, y in np.random.default_rng(1).uniform(0.05, 0.95, (50, 2)):
        there = result.transform.point_as_scanned(float(x), float(y))
        assert result.transform.point_straightened(*there) == pytest.approx((x, y), abs=1e-6)


def test_ink_is_where_the_transform_says() -> None:
    page = draw_page("ky", dense=False)
    seen = turned(rotated(page, -6.0), 3)
    result = straight(seen)
    height, width = seen.pixels.shape
    for word in seen.words[::3]:
        low, high = word.min(axis=0), word.max(axis=0)
        box = Box.clipped(low[0] / width, low[1] / height, high[0] / width, high[1] / height)
        here = result.transform.box_straightened(box).pixels(result.raster.width,
                                                             result.raster.height)  # fmt: skip
        assert _darkest(result.raster.pixels, here) < 120


def _darkest(pixels: Pixels, edges: tuple[int, int, int, int]) -> int:
    left, top, right, bottom = edges
    return int(pixels[top:bottom, left:right].min())


def test_colour_is_kept_and_grey_is_evenly_lit() -> None:
    page = draw_page("ru", dense=True)
    light = np.linspace(0.4, 1.0, page.pixels.shape[1])[None, :]
    dim = (page.pixels * light).astype(np.uint8)
    result = straighten(Raster(np.dstack([dim, dim, (dim * 0.9).astype(np.uint8)]), DPI))
    assert result.raster.is_colour
    assert not result.grey.is_colour
    bare = result.grey.pixels[page.pixels == 255]
    assert np.percentile(bare, 2) > 200


def test_the_other_side_of_the_paper_is_washed_out() -> None:
    page = draw_page("ky", dense=True)
    back = draw_page("ru", dense=True, typeface=face(4)).pixels[:, ::-1]
    shine = 255 - (255 - cv2.GaussianBlur(back, (0, 0), 2).astype(np.float64)) * 0.25
    seen = np.minimum(page.pixels, shine).astype(np.uint8)
    only_back = (page.pixels == 255) & (shine < 215)
    result = straighten(Raster(seen, DPI))
    assert only_back.any()
    assert np.median(result.grey.pixels[only_back]) > np.median(seen[only_back]) + 15


def test_low_toner_is_strengthened() -> None:
    page = draw_page("ru", dense=True)
    pale = scanned(DrawnPage((255 - (255 - page.pixels) * 0.3).astype(np.uint8), page.words), 8)
    result = straight(pale)
    ink = page.pixels < 60
    assert np.median(pale.pixels[ink]) > 170
    assert np.median(result.grey.pixels[ink]) < 90


def test_a_coarse_page_is_doubled_for_reading_only() -> None:
    page = draw_page("ky", dense=True, dpi=100)
    result = straight(page, 100)
    assert result.raster.pixels is page.pixels
    assert result.grey.height == 2 * page.pixels.shape[0]
    assert "very low resolution" in result.notes


@pytest.mark.parametrize("level", [255, 128, 0])
def test_a_page_without_print_is_left_as_it_is_and_said_so(level: int) -> None:
    blank = np.full((1754, 1240), level, dtype=np.uint8)
    result = straighten(Raster(blank, DPI))
    assert result.turns == 0
    assert result.confidence < 0.5
    assert "hardly any print on the page" in result.notes
    assert result.transform.to_scanned == IDENTITY


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (40, 40)])
def test_scraps_are_no_trouble(size: tuple[int, int]) -> None:
    grain = np.random.default_rng(0).integers(0, 255, size).astype(np.uint8)
    result = straighten(Raster(grain, 72))
    assert min(result.raster.pixels.shape) >= 1
    assert min(result.grey.pixels.shape) >= 1
