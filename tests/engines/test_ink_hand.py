"""Handwriting against typing: the fit, the pooling, and typed print in faces not fitted on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.engines.ink.fit import cautious, fit
from intake.engines.ink.hand import chance, pooled
from intake.stages.inspect import inspect
from tests.engines.ink_drawing import BLUE, Look, Sheet, fill, finish, notice, stroke

FACES = [
    face
    for face in (
        "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
        "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
        "/usr/share/fonts/truetype/crosextra/Carlito-Regular.ttf",
        "/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf",
    )
    if Path(face).exists()
]
VALUES = {
    "organization_name": "Токмок шаардык №7 орто мектеп",
    "organization_okpo": "23456789",
    "organization_inn": "00105199510015",
    "ownership": "муниципалдык",
    "address": "Бишкек ш., Чүй пр. 115",
    "director_name": "Асанова А. Б.",
    "notice_date": "12.04.2023",
}


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("scanner", ["colour", "fax"])
def test_typing_is_not_called_handwriting(face: str, scanner: str) -> None:
    sheet = Sheet(Look(face, 12.0, 200.0), "ky", np.random.default_rng(5))
    notice(sheet)
    for name, text in VALUES.items():
        fill(sheet, name, text)
    drawn = finish(sheet, scanner)
    blanks = inspect(drawn.placement, {1: drawn.raster}, {1: drawn.text}).blanks
    assert all(blanks[name].written for name in VALUES)
    assert [name for name in VALUES if blanks[name].handwritten >= 0.5] == []


def _scribble(sheet: Sheet, name: str) -> None:
    """Write joined loops of uneven height into a hole, as a quick pen does."""
    left, _, right, bottom = sheet.holes[name]
    base, em = bottom - 0.3 * sheet.em, sheet.em
    x = left + 0.3 * em
    while x < min(right, left + 12 * em) - 3 * em:
        loops = int(sheet.rng.integers(3, 7))
        t = np.linspace(0, 2 * np.pi * loops, loops * 24)
        size = np.interp(t, np.linspace(0, t[-1], loops), sheet.rng.uniform(0.2, 0.8, loops))
        xs = x + 0.5 * em * t / (2 * np.pi) + 0.12 * em * np.cos(t)
        ys = base - size * em * (0.5 + 0.5 * np.sin(t)) + sheet.rng.normal(0, 0.03) * em
        stroke(sheet, np.column_stack([xs, ys]), 0.4 * sheet.mm, BLUE)
        x = float(xs[-1]) + 0.7 * em


@pytest.mark.parametrize("scanner", ["colour", "grey"])
def test_a_pens_scribble_is_written_by_hand(scanner: str) -> None:
    sheet = Sheet(Look(FACES[0], 12.0, 200.0), "ky", np.random.default_rng(8))
    notice(sheet)
    for name in ("organization_name", "address", "ownership", "director_name"):
        _scribble(sheet, name)
    drawn = finish(sheet, scanner)
    blanks = inspect(drawn.placement, {1: drawn.raster}, {1: drawn.text}).blanks
    for name in ("organization_name", "address"):
        assert blanks[name].written
        assert blanks[name].handwritten >= 0.5


@given(st.lists(st.floats(-20, 20), max_size=12))
def test_pooling_stays_between_a_values_own_odds_and_the_others(odds: list[float]) -> None:
    drawn = pooled(odds)
    assert len(drawn) == len(odds)
    for own, found in zip(odds, drawn, strict=True):
        assert min(odds) - 1e-9 <= found <= max(odds) + 1e-9
        assert abs(found - own) <= 0.5 * (max(odds) - min(odds)) + 1e-9


def test_a_chance_is_between_nothing_and_one() -> None:
    assert chance(-1e9) < 1e-9
    assert chance(0.0) == 0.5
    assert chance(1e9) > 1 - 1e-9


def test_the_fit_finds_what_tells_the_classes_apart_and_stays_cautious() -> None:
    rng = np.random.default_rng(0)
    hand = (np.arange(400) % 2).astype(np.float64)
    features = np.column_stack([hand * 2 + rng.normal(0, 1, 400), rng.normal(0, 1, 400)])
    bias, weights = fit(features, hand)
    assert weights[0] > 5 * abs(weights[1])
    odds = features @ weights + bias
    notices = np.array([str(n) for n in range(400)])
    shifted = odds + cautious(odds, hand, notices)
    assert (shifted[hand == 0] > 0).mean() <= 0.01
