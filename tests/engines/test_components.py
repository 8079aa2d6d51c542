"""Connected shapes: the same whichever size of label is taken."""

from __future__ import annotations

import numpy as np
import pytest

from intake.engines.components import components


def test_diagonals_belong_together_and_areas_add_up() -> None:
    mask = np.zeros((5, 6), np.uint8)
    mask[0, 0] = mask[1, 1] = mask[4, 3:6] = 1
    found = components(mask)
    assert found.count == 3
    assert found.stats[1:].tolist() == [[0, 0, 2, 2, 2], [3, 4, 3, 1, 3]]
    assert found.where(np.array([False, False, True])).sum() == 3


@pytest.mark.parametrize("shape", [(1, 1), (7, 1), (1, 7)])
def test_a_mask_of_one_column_or_row(shape: tuple[int, int]) -> None:
    assert components(np.ones(shape, np.bool_)).count == 2


def test_more_specks_than_small_labels_can_number() -> None:
    mask = np.zeros((600, 600), np.uint8)
    mask[::2, ::2] = 1
    found = components(mask)
    assert found.count == 1 + 300 * 300
    assert found.labels.max() == 300 * 300
