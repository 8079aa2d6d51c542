"""The canvas knows where its pixels come from, whatever was done to it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.engines.canvas import Canvas
from intake.engines.raster import Pixels

PAGE: Pixels = np.full((300, 200), 255, dtype=np.uint8)
angles = st.floats(-15, 15)
places = st.floats(0.05, 0.95)
bends = st.floats(-0.01, 0.01)


def page_with_dot(x: int, y: int) -> Pixels:
    page = PAGE.copy()
    page[y - 3 : y + 3, x - 3 : x + 3] = 0
    return page


def middle_of_ink(pixels: Pixels) -> tuple[float, float]:
    ys, xs = np.indices(pixels.shape) + 0.5
    ink = 255.0 - pixels
    return float((xs * ink).sum() / ink.sum()), float((ys * ink).sum() / ink.sum())


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 3), angles, st.floats(0.5, 2.0), places, places, bends)
def test_points_go_there_and_back(
    turns: int, degrees: float, factor: float, x: float, y: float, bend: float
) -> None:
    canvas = Canvas.over(PAGE).scaled(factor).turned(turns).levelled(degrees)
    curl = tuple(tuple(bend * (c - 2) ** 2 * (1 + r) / 8 for c in range(5)) for r in range(3))
    transform = canvas.transform(PAGE, curl)
    there = transform.point_as_scanned(x, y)
    assert transform.point_straightened(*there) == pytest.approx((x, y), abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 3), angles, st.floats(0.7, 2.0), st.integers(60, 140), st.integers(90, 210))
def test_drawn_ink_lies_where_the_transform_puts_it(
    turns: int, degrees: float, factor: float, x: int, y: int
) -> None:
    page = page_with_dot(x, y)
    canvas = Canvas.over(page).turned(turns).levelled(degrees).scaled(factor)
    canvas = canvas.reaching(-7, -9, canvas.width + 5, canvas.height + 11)
    found = middle_of_ink(canvas.drawn(page))
    across, down = canvas.transform(page).point_straightened(x / 200, y / 300)
    assert found == pytest.approx((across * canvas.width, down * canvas.height), abs=0.3)


@pytest.mark.parametrize("turns", range(4))
def test_curled_ink_lies_where_the_transform_puts_it(turns: int) -> None:
    page = page_with_dot(120, 180)
    canvas = Canvas.over(page).turned(turns).levelled(3.0)
    curl = tuple(tuple(0.02 * np.sin(c / 3) for c in range(9)) for _ in range(5))
    found = middle_of_ink(canvas.drawn(page, curl))
    across, down = canvas.transform(page, curl).point_straightened(120 / 200, 180 / 300)
    assert found == pytest.approx((across * canvas.width, down * canvas.height), abs=0.4)


def test_four_quarter_turns_are_none() -> None:
    canvas = Canvas.over(PAGE)
    assert np.allclose(canvas.turned(4).to_source, canvas.to_source)
    assert np.allclose(canvas.turned(3).turned(2).to_source, canvas.turned(1).to_source)


@pytest.mark.parametrize("turns", range(4))
def test_turned_and_cut_pixels_are_the_same_pixels(turns: int) -> None:
    page = np.random.default_rng(turns).integers(0, 255, (300, 200)).astype(np.uint8)
    whole = np.rot90(page, -turns)
    canvas = Canvas.over(page).turned(turns)
    assert np.array_equal(canvas.drawn(page), whole)
    part = canvas.reaching(10, 20, 110, 150)
    assert np.array_equal(part.drawn(page), whole[20:150, 10:110])


def test_what_lies_beyond_the_picture_is_white() -> None:
    black = np.zeros((50, 50), dtype=np.uint8)
    drawn = Canvas.over(black).reaching(-10, 0, 50, 50).drawn(black)
    assert (drawn[:, :9] == 255).all()
    assert (drawn[:, 11:] == 0).all()
