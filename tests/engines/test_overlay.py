"""Seals and coloured pen strokes come off the print; print and small handwriting stay."""

from __future__ import annotations

import numpy as np
import pytest

from intake.engines.colour import grey_of
from intake.engines.overlay import without_overlay
from intake.engines.raster import Raster
from tests.engines.ink_drawing import (
    BLACK,
    BLUE,
    VIOLET,
    Colour,
    Look,
    Sheet,
    fill,
    finish,
    notice,
    round_seal,
    scrawl,
)

FACE = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"
SLANTED = "/usr/share/fonts/truetype/crosextra/Carlito-Italic.ttf"


def _sheet() -> Sheet:
    sheet = Sheet(Look(FACE, 12.0, 200.0), "ru", np.random.default_rng(3))
    notice(sheet)
    fill(sheet, "director_name", "Асанова Бурул Кенешовна")
    return sheet


def _at_name(sheet: Sheet) -> tuple[float, float]:
    left, top, right, bottom = sheet.holes["director_name"]
    return (left + right) / 2, (top + bottom) / 2


@pytest.mark.parametrize("colour", [VIOLET, BLUE])
def test_a_coloured_seal_over_print_is_taken_off(colour: Colour) -> None:
    sheet = _sheet()
    before = finish(sheet, "colour").raster
    round_seal(sheet, _at_name(sheet), colour=colour)
    after = finish(sheet, "colour").raster
    sealed = (before.pixels.min(axis=2) > 200) & (after.pixels.max(axis=2) < 190)
    printed = before.pixels.max(axis=2) < 60
    assert sealed.sum() > 1000
    clean = without_overlay(after)
    assert clean[sealed].mean() > 225
    assert clean[printed].mean() < 70


@pytest.mark.parametrize("tone", [110, 150])
def test_a_grey_seal_paler_than_print_is_taken_off(tone: int) -> None:
    sheet = _sheet()
    before = finish(sheet, "grey").raster
    round_seal(sheet, _at_name(sheet), colour=(tone, tone, tone))
    after = finish(sheet, "grey").raster
    sealed = (before.pixels > 200) & (after.pixels < 190)
    printed = before.pixels < 60
    assert sealed.sum() > 1000
    clean = without_overlay(after)
    assert clean[sealed].mean() > 225
    assert clean[printed].mean() < 70


def test_a_tall_signature_is_taken_off_and_a_written_line_stays() -> None:
    sheet = _sheet()
    fill(sheet, "address", "Ош ш., Ленин к., 5", hand=SLANTED, colour=BLUE)
    plain = without_overlay(finish(sheet, "colour").raster)
    scrawl(sheet, sheet.holes["signature"], size=16)
    signed = finish(sheet, "colour").raster
    clean = without_overlay(signed)
    strokes = (plain > 200) & (grey_of(signed.pixels) < 150)
    written = plain < 120
    assert strokes.sum() > 500
    assert clean[strokes].mean() > 215
    assert np.abs(clean[written].astype(int) - plain[written]).mean() < 12


def test_a_grey_page_and_a_page_in_black_are_left_as_they_are() -> None:
    sheet = _sheet()
    round_seal(sheet, _at_name(sheet), colour=BLACK)
    colour = finish(sheet, "colour").raster
    assert np.array_equal(without_overlay(colour), grey_of(colour.pixels))
    grey = Raster(grey_of(colour.pixels), colour.dpi)
    assert without_overlay(grey) is grey.pixels
