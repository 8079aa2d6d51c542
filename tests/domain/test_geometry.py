"""Boxes and transforms: there and back again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.geometry import Box, Transform

FRACTIONS = st.floats(0.0, 1.0)
LEANS = st.floats(-0.2, 0.2)
SHIFTS = st.floats(-0.02, 0.02)


@st.composite
def transforms(draw: st.DrawFn) -> Transform:
    lean = [draw(LEANS) for _ in range(6)]
    matrix = (
        1 + lean[0], lean[1], lean[2] / 2, lean[3], 1 + lean[4], lean[5] / 2, 0.02, -0.02, 1.0,
    )  # fmt: skip
    curl = tuple(tuple(draw(SHIFTS) for _ in range(4)) for _ in range(3))
    return Transform(matrix, curl if draw(st.booleans()) else ())


@given(transforms(), FRACTIONS, FRACTIONS)
def test_there_and_back(transform: Transform, x: float, y: float) -> None:
    back = transform.point_straightened(*transform.point_as_scanned(x, y))
    assert back == pytest.approx((x, y), abs=1e-4)


@given(st.tuples(*[st.floats(-2, 3)] * 4))
def test_clipped_boxes_lie_on_the_page(edges: tuple[float, float, float, float]) -> None:
    box = Box.clipped(*edges)
    assert 0 <= box.left <= box.right <= 1
    assert 0 <= box.top <= box.bottom <= 1
    assert Box.clipped(box.left, box.top, box.right, box.bottom) == box


@pytest.mark.parametrize("edges", [(0.5, 0, 0.4, 1), (-0.1, 0, 1, 1), (0, 0, 1, 1.1)])
def test_a_wrong_box_cannot_be_built(edges: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="not a box"):
        Box(*edges)


def test_overlap() -> None:
    box = Box(0.2, 0.2, 0.4, 0.4)
    assert box.overlap(box) == pytest.approx(1.0)
    assert box.overlap(Box(0.3, 0.2, 0.5, 0.4)) == pytest.approx(1 / 3)
    assert box.overlap(Box(0.5, 0.5, 0.6, 0.6)) == 0.0
    assert Box.around([box, Box(0.3, 0.1, 0.5, 0.3)]) == Box(0.2, 0.1, 0.5, 0.4)
