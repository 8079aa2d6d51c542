from __future__ import annotations

import cv2
import numpy as np

from intake.engines.fingerprint import SIDE, fingerprint
from intake.engines.raster import Pixels, Raster
from intake.registry.likeness import NEAR, distance


def _paper(seed: int) -> Pixels:
    """Return a page of word-like dark bars, other ones for each seed."""
    random, page = np.random.default_rng(seed), np.full((1600, 1130), 245, np.uint8)
    for y in range(120, 1500, 40):
        x = 90
        while x < 950:
            width = int(random.integers(20, 130))
            if random.random() < 0.8:
                page[y : y + 16, x : x + width] = 40
            x += width + 14
    return page


def _scanned(page: Pixels, seed: int) -> Raster:
    """Return the page as another pass of the scanner gives it: moved, grained, paler."""
    random = np.random.default_rng(seed)
    turn = cv2.getRotationMatrix2D((565, 800), float(random.uniform(-0.3, 0.3)), 1.0)
    turn[:, 2] = turn[:, 2] + random.uniform(-12, 12, 2)
    moved = cv2.warpAffine(page, turn, (1130, 1600), borderValue=245)
    grained = moved * random.uniform(0.85, 1.0) + random.normal(0, 8, moved.shape)
    return Raster(np.clip(grained, 0, 255).astype(np.uint8), 137.0)


def test_two_scans_of_one_paper_are_near_and_other_papers_far() -> None:
    near = [
        distance(fingerprint(_scanned(_paper(n), n)), fingerprint(_scanned(_paper(n), n + 50)))
        for n in range(8)
    ]
    far = [
        distance(fingerprint(_scanned(_paper(n), n)), fingerprint(_scanned(_paper(n + 8), n)))
        for n in range(8)
    ]
    assert max(near) < NEAR < min(far), (near, far)


def test_an_empty_page_is_like_no_other() -> None:
    empty = Raster(np.full((1600, 1130), 250, np.uint8), 137.0)
    assert fingerprint(empty) == ""
    assert distance("", "") == 1.0


def test_a_fingerprint_has_a_bit_a_cell() -> None:
    assert len(fingerprint(_scanned(_paper(1), 1))) * 4 == SIDE * SIDE
