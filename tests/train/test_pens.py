from __future__ import annotations

from itertools import islice
from random import Random

import cv2
import numpy as np
import pytest

from intake.train.faces import find_faces
from intake.train.pens.canvas import HEIGHT, WIDTH, laid
from intake.train.pens.lettering import Lettering, Source
from intake.train.pens.scanning import scanned
from intake.train.pens.scenes import CELLS, PICTURE, Sample, Scene, Scenes, Stock, sample_of
from intake.train.pens.seals import draw_seal
from intake.train.pens.signatures import draw_signature
from intake.train.texts import Texts

SCENES = 40


@pytest.fixture(scope="module")
def source() -> Source:
    return Source([face for face in find_faces([]) if not face.is_held_out], Texts({}))


@pytest.fixture(scope="module")
def scenes(source: Source) -> list[Scene]:
    return _scenes(source, SCENES)


def _scenes(source: Source, count: int) -> list[Scene]:
    drawing, rng = Scenes([*source.printed, *source.by_hand], source.texts), Random(3)
    return [drawing.scene(rng) for _ in range(count)]


def test_scenes_repeat_for_a_seed(source: Source, scenes: list[Scene]) -> None:
    for first, again in zip(scenes, _scenes(source, 12), strict=False):
        assert np.array_equal(first.cover, again.cover)
        assert np.array_equal(first.signature, again.signature)


def test_samples_repeat_for_a_seed(source: Source) -> None:
    drawings = (Scenes(source.printed, source.texts) for _ in range(2))
    first, again = (list(islice(drawing.samples(Random(5)), 6)) for drawing in drawings)
    for one, other in zip(first, again, strict=True):
        assert np.array_equal(one.picture, other.picture)
        assert np.array_equal(one.cells, other.cells)


def test_only_signed_scenes_have_marked_cells(scenes: list[Scene]) -> None:
    signed = [bool(scene.signature.any()) for scene in scenes]
    marked = [bool(_sample(scene).cells.any()) for scene in scenes]
    assert marked == signed
    assert 0.35 * SCENES < sum(signed) < 0.75 * SCENES


def test_every_marked_cell_has_ink(scenes: list[Scene]) -> None:
    for scene in scenes:
        ink = cv2.resize(scene.cover, CELLS[::-1], interpolation=cv2.INTER_AREA)
        assert (ink[_sample(scene).cells > 0] > 0.02).all()
        assert (scene.cover >= 0.44 * scene.signature).all()


def test_a_scan_is_dark_where_ink_is(scenes: list[Scene]) -> None:
    for scene in scenes:
        sample = _sample(scene)
        assert (sample.picture.shape, sample.cells.shape) == (PICTURE, CELLS) == (
            (HEIGHT // 2, WIDTH // 2), (HEIGHT // 8, WIDTH // 8),
        )  # fmt: skip
        assert sample.picture.dtype == sample.cells.dtype == np.float32
        assert 0 <= sample.picture.min() <= sample.picture.max() <= 1
    half = np.zeros((HEIGHT, WIDTH), dtype=np.float32)
    half[:, WIDTH // 2 :] = 1
    for seed in range(20):
        seen = scanned(Random(seed), half)
        assert seen[:, : WIDTH // 2].mean() < 0.15
        assert seen[:, WIDTH // 2 :].mean() > 0.85


def test_a_signature_goes_through_its_seal_as_a_rule(source: Source) -> None:
    near = 0
    for seed in range(30):
        ink = draw_signature(Random(seed), source, (WIDTH / 2, HEIGHT / 2))
        rows, columns = np.nonzero(ink)
        near += abs(columns.mean() - WIDTH / 2) < 130 and abs(rows.mean() - HEIGHT / 2) < 80
    assert near > 15


def test_a_seal_is_round_and_fits_its_sheet(source: Source) -> None:
    for seed in range(5):
        seal = draw_seal(Random(seed), source)
        side = seal.shape[0]
        assert 2 * 110 <= side == seal.shape[1] <= 2 * 180
        down, across = np.nonzero(seal > 0.1)
        assert np.hypot(across - side / 2, down - side / 2).max() < side / 2
        assert (seal >= 0).all()
        assert seal.max() > 0.3


def test_letters_that_a_face_lacks_are_left_out(source: Source) -> None:
    lettering = Lettering(source.printed[0], 20)
    assert "".join(piece for piece, _ in lettering.pieces("да★нет")) == "данет"
    assert lettering.width("да★нет") == lettering.width("данет") > 0
    letters = [(letter, bool(used)) for letter, used, _ in lettering.letters("а ★б")]
    assert letters == [("а", True), (" ", False), ("б", True)]


def test_ink_is_cut_at_the_edges() -> None:
    whole = np.ones((9, 9), dtype=np.float32)
    assert laid(whole, 10, 20)[20:29, 10:19].all()
    assert [laid(whole, *at).sum() for at in ((10, 20), (-4, 3), (WIDTH - 2, -8))] == [81, 45, 2]


def test_a_full_stock_is_used_again(source: Source) -> None:
    drawn: list[int] = []

    def draw(_rng: Random, _source: Source) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        drawn.append(1)
        return np.zeros((1, 1), dtype=np.float32)

    stock, rng = Stock(draw, most=10), Random(1)
    for _ in range(110):
        stock.take(rng, source)
    assert 10 < len(drawn) < 45


def _sample(scene: Scene) -> Sample:
    return sample_of(Random(1), scene)
