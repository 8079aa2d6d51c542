"""Round seals: found with the page's other ink about, told from other stamps."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from intake.domain.geometry import Box
from intake.engines.ink.patch import paper_of
from intake.engines.ink.presence import seal_presence
from intake.engines.ink.seal import Seal, find_seals
from intake.engines.ink.sight import Sight
from intake.engines.raster import Raster
from tests.engines.ink_drawing import (
    BLACK,
    BLUE,
    VIOLET,
    Drawn,
    Look,
    Sheet,
    finish,
    notice,
    round_seal,
    scrawl,
    stamp_box,
)

FACE = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"


def _sheet(seed: int = 1) -> Sheet:
    sheet = Sheet(Look(FACE, 12.0, 200.0), "ky", np.random.default_rng(seed))
    notice(sheet)
    return sheet


def _at_signature(sheet: Sheet) -> tuple[float, float]:
    left, _, _, bottom = sheet.holes["signature"]
    return left + 35 * sheet.mm, bottom + 6 * sheet.mm


def _seal(drawn: Drawn) -> Seal | None:
    words = [word.box for line in drawn.text.lines for word in line.words]
    return next(iter(find_seals(drawn.raster, paper_of(drawn.raster), words)), None)


def _presence(drawn: Drawn) -> tuple[bool, bool]:
    printed = tuple(spot.box for _, spot in drawn.placement.anchors)
    found = seal_presence({1: Sight(drawn.raster, drawn.text, printed)})
    return found.present, found.sure


@pytest.mark.parametrize(
    ("colour", "scanner"),
    [
        (VIOLET, "colour"),
        (BLACK, "colour"),
        (VIOLET, "grey"),
        (BLUE, "bit"),
        (BLUE, "fax"),
        (BLUE, "worn"),
    ],
)
def test_a_seal_over_words_and_signature_is_found_where_it_is(
    colour: tuple[int, int, int], scanner: str
) -> None:
    sheet = _sheet()
    scrawl(sheet, sheet.holes["signature"], size=12)
    round_seal(sheet, _at_signature(sheet), colour=colour, ink=0.85)
    drawn = finish(sheet, scanner)
    seal = _seal(drawn)
    assert seal is not None
    assert drawn.seal is not None
    assert seal.box.overlap(drawn.seal) > 0.8
    assert _presence(drawn) == (True, True)


def test_a_seal_half_of_which_did_not_take_is_not_surely_absent() -> None:
    sheet = _sheet()
    round_seal(sheet, _at_signature(sheet), ink=0.45)
    present, sure = _presence(finish(sheet, "grey"))
    assert present or not sure


def test_a_seal_that_the_pages_edge_cuts_is_not_surely_absent() -> None:
    sheet = _sheet()
    _, middle = _at_signature(sheet)
    round_seal(sheet, (8 * sheet.mm, middle))
    present, sure = _presence(finish(sheet, "colour"))
    assert present or not sure


@pytest.mark.parametrize("corners", [3, 4])
@pytest.mark.parametrize("scanner", ["colour", "grey", "fax"])
def test_an_angular_stamp_is_no_seal(corners: int, scanner: str) -> None:
    sheet = _sheet()
    x, y = _at_signature(sheet)
    stamp_box(sheet, (x, y, x + 45 * sheet.mm, y + 28 * sheet.mm), corners)
    present, sure = _presence(finish(sheet, scanner))
    assert not present
    assert sure or scanner == "fax"


@pytest.mark.parametrize("scanner", ["colour", "bit", "worn"])
def test_no_seal_is_surely_absent(scanner: str) -> None:
    sheet = _sheet()
    scrawl(sheet, sheet.holes["signature"], size=14)
    assert _presence(finish(sheet, scanner)) == (False, True)


def test_a_seal_outside_the_notices_part_of_the_page_is_not_its_own() -> None:
    sheet = _sheet()
    round_seal(sheet, _at_signature(sheet))
    drawn = finish(sheet, "colour")
    upper = Box(0.0, 0.0, 1.0, 0.4)
    seal = next(iter(find_seals(drawn.raster, paper_of(drawn.raster), (), upper)), None)
    assert seal is None or seal.share < 0.45


def test_a_pale_seal_is_seen_though_another_notices_stands_below() -> None:
    sheet = _sheet()
    left, bottom = _at_signature(sheet)
    round_seal(sheet, (left, bottom))
    pale = (left, bottom - 60 * sheet.mm)
    round_seal(sheet, pale, colour=(205, 205, 205))
    drawn = finish(sheet, "grey")
    words = [word.box for line in drawn.text.lines for word in line.words]
    height = drawn.raster.height
    upper = Box(0.0, 0.0, 1.0, (bottom - 18 * sheet.mm) / height)
    seal = find_seals(drawn.raster, paper_of(drawn.raster), words, upper)[0]
    assert seal.share > 0.8
    assert abs((seal.box.top + seal.box.bottom) / 2 - pale[1] / height) < 0.02


@pytest.mark.parametrize("strength", [0.1, 0.2, 0.3])
def test_a_seal_that_shines_through_from_the_back_is_not_surely_this_notices(
    strength: float,
) -> None:
    front, back = _sheet(), _sheet(2)
    round_seal(back, _at_signature(back), ink=0.9)
    drawn, behind = finish(front, "grey"), finish(back, "grey")
    turned = cv2.GaussianBlur(behind.raster.pixels[:, ::-1], (5, 5), 0) / 255
    seen = (drawn.raster.pixels * (1 - strength * (1 - turned))).astype(np.uint8)
    shining = replace(drawn, raster=Raster(seen, drawn.raster.dpi))
    assert _presence(shining) != (True, True)


def test_a_pale_seal_on_a_page_with_nothing_else_so_pale_is_its_own() -> None:
    sheet = _sheet()
    round_seal(sheet, _at_signature(sheet), colour=(205, 205, 205))
    assert _presence(finish(sheet, "grey")) == (True, True)
