from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest

from intake.errors import Failed
from intake.train.batches import COLUMNS, POOL, Course, draw_pool
from intake.train.faces import Face, find_faces, has_kyrgyz
from intake.train.strips import Drawing, Level, typed, written
from intake.train.texts import Texts
from intake.train.wear import Wear, scanned


@pytest.fixture(scope="module")
def faces() -> tuple[Face, ...]:
    return find_faces([])


@pytest.fixture(scope="module")
def drawing(faces: tuple[Face, ...]) -> Drawing:
    return Drawing([face for face in faces if not face.is_held_out], Texts({}))


def test_faces_of_the_figures_are_never_trained_on(faces: tuple[Face, ...]) -> None:
    held = {face.name for face in faces if face.is_held_out}
    if not any(name.startswith("LiberationSerif") for name in held):
        pytest.skip("fonts-liberation2 is not installed")
    kept = {face.name for face in faces} - held
    assert not [name for name in kept if name.startswith(("Liberation", "PTF", "Tinos", "caveat"))]


def test_a_face_is_drawn_with_the_file_of_each_letter() -> None:
    latin, cyrillic = Path("latin"), Path("cyrillic")
    face = Face("x", "x", {"№": latin, "7": latin, "а": cyrillic, "б": cyrillic})
    assert list(face.runs("№ 7 аб 7")) == [("№ 7 ", latin), ("аб ", cyrillic), ("7", latin)]
    assert "".join(piece for piece, _ in face.runs("аб 7 №")) == "аб 7 №"
    assert not face.supports("аң")


def test_no_face_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.train.faces.SYSTEM", ())
    with pytest.raises(Failed, match=r"docs/reader\.md"):
        find_faces([])


def test_strips_are_forty_high_and_the_same_for_a_seed(drawing: Drawing) -> None:
    first = [drawing.strip(Random(n), Level(30, 1.0))[1] for n in range(30)]
    again = [drawing.strip(Random(n), Level(30, 1.0)) for n in range(30)]
    assert first == [text for _, text in again]
    assert all(strip.shape[0] == 40 and strip.dtype == np.uint8 for strip, _ in again)


@pytest.mark.parametrize("by_hand", [False, True])
def test_ink_of_a_clean_line_grows_with_its_text(faces: tuple[Face, ...], *, by_hand: bool) -> None:
    face = next(face for face in faces if has_kyrgyz(face))
    draw = written if by_hand else typed
    short, long = (draw(Random(1), face, text, 32) for text in ("Ыңгай", "Ыңгай үчүн көчө"))
    assert long.ink.sum() > 1.5 * short.ink.sum() > 0
    assert long.right > short.right


def test_a_loose_line_is_cut_outside_of_its_ink(faces: tuple[Face, ...]) -> None:
    face = next(face for face in faces if has_kyrgyz(face))
    for seed in range(20):
        line = typed(Random(seed), face, "Ңөүру щц (йё)", 40)
        grey = scanned(Random(seed), line, Wear(0.0, by_hand=False, is_loose=True), ())
        ink = 255 - grey.astype(int)
        assert max(ink[0].max(), ink[-1].max()) < 0.5 * ink.max()


def test_small_letters_grow_beside_capitals(faces: tuple[Face, ...]) -> None:
    face = next(face for face in faces if has_kyrgyz(face))
    for text, grows in (("жзнош", True), ("ЖЗНОШ", False)):
        plain, grown = (typed(Random(1), face, text, 60, small).ink for small in (1.0, 1.15))
        high, higher = (int(np.count_nonzero(ink.max(axis=1) > 90)) for ink in (plain, grown))
        assert (higher > 1.08 * high) is grows


def test_hairlines_fade_more_than_stems(faces: tuple[Face, ...]) -> None:
    face = next(face for face in faces if has_kyrgyz(face))
    line = typed(Random(1), face, "Жн", 24)
    plain, faded = (
        255.0 - scanned(Random(2), line, Wear(0.0, by_hand=False, fade=fade), ())
        for fade in (1.0, 2.2)
    )
    ink = plain - plain.min()
    dark, thin = ink > 0.9 * ink.max(), (ink > 0.2 * ink.max()) & (ink < 0.5 * ink.max())
    assert (faded[thin] / plain[thin]).mean() < 0.9 * (faded[dark] / plain[dark]).mean()


def test_pools_repeat_and_fill_their_batches(drawing: Drawing) -> None:
    course = Course(5, (), {})
    batches = draw_pool(drawing, course, 2)
    assert sum(len(batch.widths) for batch in batches) <= POOL
    for batch in batches:
        count, height, width = batch.pixels.shape
        assert (height, width % 32) == (40, 0)
        assert count * width <= max(COLUMNS, width)
        assert int(batch.lengths.sum()) == len(batch.classes)
        assert (batch.widths <= width).all()
    # a drawing remembers lines that reach into the next ones: the same seed from the same beginning
    first, again = (draw_pool(Drawing(drawing.faces, drawing.texts), course, 2) for _ in range(2))
    assert [b.lengths.tolist() for b in again] == [b.lengths.tolist() for b in first]


def test_a_course_gets_harder_and_then_stays() -> None:
    course = Course(1, (), {}, ramp=10 * POOL, longest=56)
    levels = [course.level(pool) for pool in (0, 5, 10, 99)]
    assert [level.longest for level in levels] == [12, 34, 56, 56]
    assert levels[0].wear < levels[1].wear < levels[2].wear == levels[3].wear == 1.0
