"""Where an unread value would stand."""

from __future__ import annotations

import pytest

from intake.alignment.spots import beside_print
from intake.domain.geometry import Box
from intake.domain.placement import Spot


def _word(left: float, right: float, top: float = 0.1) -> Spot:
    return Spot(1, Box(left, top, right, top + 0.01))


@pytest.mark.parametrize(
    ("blank", "place"),
    [
        (_word(0.1, 0.7), (0.55, 0.7)),  # before «района» in the third column
        (_word(0.2, 0.95), (0.2, 0.45)),  # behind a label at 0.2, up to the next column
        (_word(0.1, 0.7, top=0.3), (0.1, 0.7)),  # another row
    ],
)
def test_a_blank_ends_where_another_columns_print_begins(
    blank: Spot, place: tuple[float, float]
) -> None:
    row = [_word(0.45, 0.55), _word(0.7, 0.8)]
    found = beside_print(blank, row).box
    assert (found.left, found.right) == pytest.approx(place)
    assert (found.top, found.bottom) == (blank.box.top, blank.box.bottom)
