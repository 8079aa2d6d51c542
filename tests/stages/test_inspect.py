"""What the inspector says of a whole notice: blanks, signature, seal, and its places."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import ImageDraw, ImageFont

from intake.domain.geometry import Box
from intake.domain.ink import Ink
from intake.domain.placement import Spot
from intake.domain.template import FieldKind, FieldRule
from intake.engines.ink.patch import cut, paper_of
from intake.engines.ink.pen import pen_strokes
from intake.stages.inspect import inspect
from tests.engines.ink_drawing import (
    BLACK,
    BLUE,
    Drawn,
    Look,
    Sheet,
    fill,
    finish,
    notice,
    round_seal,
    scrawl,
    stamp_box,
)

FACE = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"


def _sheet(seed: int = 2, rule: str = "underscores", dpi: float = 200.0) -> Sheet:
    sheet = Sheet(Look(FACE, 12.0, dpi), "ru", np.random.default_rng(seed))
    notice(sheet, rule)
    return sheet


def _inspected(drawn: Drawn) -> Ink:
    return inspect(drawn.placement, {1: drawn.raster}, {1: drawn.text})


@pytest.mark.parametrize("rule", ["underscores", "line", "none"])
@pytest.mark.parametrize("scanner", ["colour", "fax", "worn"])
def test_an_unfilled_form_has_nothing_written_signed_or_sealed(rule: str, scanner: str) -> None:
    ink = _inspected(finish(_sheet(rule=rule), scanner))
    assert [name for name, blank in ink.blanks.items() if blank.written] == []
    assert not ink.presences["signature"].present
    assert not ink.presences["seal"].present
    assert all(found.sure for found in ink.presences.values())


@pytest.mark.parametrize("rule", ["underscores", "line"])
@pytest.mark.parametrize("scanner", ["colour", "fax", "worn"])
def test_a_typed_value_is_written_and_boxed_without_its_rule(rule: str, scanner: str) -> None:
    sheet = _sheet(rule=rule)
    fill(sheet, "organization_inn", "00105199510015")
    drawn = finish(sheet, scanner)
    blank = _inspected(drawn).blanks["organization_inn"]
    assert blank.written
    assert 0.3 < blank.amount < 2.0
    truth = Box.around(drawn.fills["organization_inn"])
    assert Box.around(spot.box for spot in blank.spots).overlap(truth) > 0.6


def test_a_pens_strokes_that_nobody_read_are_written_and_boxed_exactly() -> None:
    sheet = _sheet()
    left, top, right, bottom = sheet.holes["ownership"]
    place = (left + 5 * sheet.mm, top, right, bottom - 0.25 * sheet.em)
    truth = scrawl(sheet, place, size=4.5, colour=BLUE)
    drawn = finish(sheet, "colour")
    blank = _inspected(drawn).blanks["ownership"]
    width, height = sheet.picture.size
    boxed = Box(truth[0] / width, truth[1] / height, truth[2] / width, truth[3] / height)
    assert blank.written
    assert Box.around(spot.box for spot in blank.spots).overlap(boxed) > 0.6


def test_letters_that_nobody_could_read_go_on_from_the_value_above_them() -> None:
    sheet = _sheet()
    fill(sheet, "address", "г. Нарын, ул. Ленина, 12")
    drawn = finish(sheet, "colour")
    value = Box.around(drawn.fills["address"])
    for lines_below, goes_on in ((0.3, True), (5.0, False)):
        top = value.bottom + lines_below * value.height
        row = Box(value.left, top, value.right, top + value.height)
        text = replace(drawn.text, unread=(row,))
        ink = inspect(drawn.placement, {1: drawn.raster}, {1: text})
        assert ink.blanks["address"].unread == goes_on


def test_a_signature_looked_for_at_the_edge_of_the_page_is_absent_not_a_fault() -> None:
    drawn = finish(_sheet(), "colour")
    (hole, *_) = drawn.placement.holes["signature"]
    edge = tuple(
        Spot(1, Box(left, spot.box.top, 1.0, spot.box.bottom))
        for spot in hole.spots
        for left in (0.3, 0.001, 0.003)
    )
    holes = {**drawn.placement.holes, "signature": (replace(hole, spots=edge),)}
    placement = replace(drawn.placement, holes=holes)
    ink = inspect(placement, {1: drawn.raster}, {1: drawn.text})
    assert not ink.presences["signature"].present


@pytest.mark.parametrize(
    ("colour", "scanner"), [(BLACK, "colour"), (BLUE, "colour"), (BLUE, "fax"), (BLACK, "worn")]
)
def test_a_signature_is_seen(colour: tuple[int, int, int], scanner: str) -> None:
    sheet = _sheet()
    left, top, _, bottom = sheet.holes["signature"]
    box = (left + 6 * sheet.mm, top, left + 40 * sheet.mm, bottom)
    truth = scrawl(sheet, box, size=12, colour=colour)
    drawn = finish(sheet, scanner)
    found = _inspected(drawn).presences["signature"]
    assert found.present
    assert found.sure
    assert found.spot is not None
    width, height = sheet.picture.size
    boxed = Box(truth[0] / width, truth[1] / height, truth[2] / width, truth[3] / height)
    assert found.spot.box.overlap(boxed) > 0.5


def test_one_signature_does_not_surely_sign_two_blanks() -> None:
    sheet = _sheet()
    left, top, _, bottom = sheet.holes["signature"]
    scrawl(sheet, (left + 6 * sheet.mm, top, left + 40 * sheet.mm, bottom), size=12)
    drawn = finish(sheet, "colour")
    (hole, *_) = drawn.placement.holes["signature"]
    second = replace(hole, field="witness", spots=hole.spots)
    fields = {
        **drawn.placement.template.fields,
        "witness": FieldRule("witness", FieldKind.SIGNATURE),
    }
    placement = replace(
        drawn.placement,
        template=replace(drawn.placement.template, fields=fields),
        holes={**drawn.placement.holes, "witness": (second,)},
    )
    found = inspect(placement, {1: drawn.raster}, {1: drawn.text}).presences
    assert not found["signature"].sure
    assert not found["witness"].sure


def test_the_signature_of_one_blank_is_none_of_another_far_below() -> None:
    sheet = _sheet()
    left, top, _, bottom = sheet.holes["signature"]
    scrawl(sheet, (left, top, left + 40 * sheet.mm, bottom), size=1.2, colour=BLUE)
    drawn = finish(sheet, "colour")
    (hole,) = drawn.placement.holes["signature"]
    low = tuple(Spot(s.page, replace(s.box, top=s.box.top + 0.06, bottom=s.box.bottom + 0.06))
                for s in hole.spots)  # fmt: skip
    rules = drawn.placement.template.fields
    other = {"second": FieldRule("second", FieldKind.SIGNATURE)}
    placement = replace(
        drawn.placement,
        template=replace(drawn.placement.template, fields={**rules, **other}),
        holes={**drawn.placement.holes, "second": (replace(hole, field="second", spots=low),)},
    )
    found = inspect(placement, {1: drawn.raster}, {1: drawn.text}).presences
    assert (found["signature"].present, found["second"].present) == (True, False)


def test_a_typed_name_is_no_signature() -> None:
    sheet = _sheet()
    fill(sheet, "signature", "Асанова А. Б.")
    found = _inspected(finish(sheet, "grey")).presences["signature"]
    assert not found.present


def test_a_seal_alone_is_no_sure_signature() -> None:
    sheet = _sheet()
    left, _, _, bottom = sheet.holes["signature"]
    round_seal(sheet, (left + 30 * sheet.mm, bottom + 4 * sheet.mm), colour=BLACK)
    ink = _inspected(finish(sheet, "grey"))
    assert ink.presences["seal"].present
    assert not (ink.presences["signature"].present and ink.presences["signature"].sure)


@pytest.mark.parametrize("scanner", ["colour", "grey", "worn"])
def test_neither_of_two_seals_is_a_signature(scanner: str) -> None:
    sheet = _sheet()
    left, _, right, bottom = sheet.holes["signature"]
    round_seal(sheet, (left + 2 * sheet.mm, bottom + 24 * sheet.mm))
    round_seal(sheet, (right + 12 * sheet.mm, bottom + 2 * sheet.mm), ink=0.7)
    found = _inspected(finish(sheet, scanner)).presences["signature"]
    assert not (found.present and found.sure)


@pytest.mark.parametrize("scanner", ["colour", "grey"])
def test_a_stamps_frame_in_the_place_is_no_signature(scanner: str) -> None:
    sheet = _sheet()
    left, _, _, bottom = sheet.holes["signature"]
    stamp = (left + 4 * sheet.mm, bottom - 6 * sheet.mm)
    stamp_box(sheet, (*stamp, stamp[0] + 36 * sheet.mm, stamp[1] + 18 * sheet.mm))
    found = _inspected(finish(sheet, scanner)).presences["signature"]
    assert not (found.present and found.sure)


def test_a_word_in_a_blank_that_no_field_took_is_ink_in_it() -> None:
    sheet = _sheet()
    fill(sheet, "ownership", "77/1")
    drawn = finish(sheet, "colour")
    left, top, right, bottom = sheet.holes["ownership"]
    width, height = sheet.picture.size
    place = Spot(1, Box(left / width, top / height, right / width, bottom / height))
    (hole, *_) = drawn.placement.holes["ownership"]
    holes = {**drawn.placement.holes, "ownership": (replace(hole, letters=(), spots=(place,)),)}
    placement = replace(drawn.placement, holes=holes)
    ink = inspect(placement, {1: drawn.raster}, {1: drawn.text})
    assert ink.blanks["ownership"].written


@pytest.mark.parametrize(("rule", "is_written"), [("underscores", False), ("none", True)])
def test_a_stamp_in_the_margin_is_not_written_on_the_rules(rule: str, is_written: bool) -> None:
    """Without a rule nothing tells how far a blank reaches."""
    sheet = _sheet(rule=rule)
    left, top, right, bottom = sheet.holes["ownership"]
    stamped = (right + 9 * sheet.mm, top, right + 24 * sheet.mm, bottom)
    scrawl(sheet, stamped, size=10, colour=BLUE)
    drawn = finish(sheet, "colour")
    width, height = sheet.picture.size
    row = Spot(1, Box(left / width, top / height, stamped[2] / width, bottom / height))
    (hole, *others) = drawn.placement.holes["ownership"]
    holes = {**drawn.placement.holes, "ownership": (replace(hole, spots=(row,)), *others)}
    ink = inspect(replace(drawn.placement, holes=holes), {1: drawn.raster}, {1: drawn.text})
    assert ink.blanks["ownership"].written is is_written


def test_two_rows_of_a_hand_that_touch_are_no_signature_in_a_blank() -> None:
    sheet = _sheet()
    left, top, right, bottom = sheet.holes["ownership"]
    scrawl(sheet, (left, top - 2 * sheet.mm, right, bottom + 2 * sheet.mm), size=14, colour=BLUE)
    blanks = _inspected(finish(sheet, "colour")).blanks
    assert blanks["ownership"].written


def test_a_signature_across_a_blank_is_nothing_written_in_it() -> None:
    sheet = _sheet()
    left, top, right, bottom = sheet.holes["signature"]
    scrawl(sheet, (left + 20 * sheet.mm, top, right + 30 * sheet.mm, bottom), size=14, colour=BLUE)
    ink = _inspected(finish(sheet, "colour"))
    assert ink.presences["signature"].present
    assert not ink.blanks["director_name"].written


def test_a_signature_under_a_seal_is_seen_beside_it() -> None:
    sheet = _sheet()
    left, top, _, bottom = sheet.holes["signature"]
    scrawl(sheet, (left, top, left + 40 * sheet.mm, bottom), size=14, colour=BLACK)
    round_seal(sheet, (left + 45 * sheet.mm, bottom + 8 * sheet.mm))
    ink = _inspected(finish(sheet, "colour"))
    assert ink.presences["seal"].present
    assert ink.presences["signature"].present


@pytest.mark.parametrize(("scanner", "sure"), [("grey", True), ("bit", False)])
def test_a_signature_across_a_seal_as_dark_as_it_is_seen(scanner: str, sure: bool) -> None:
    """In black and white as few strokes are told from the seal's as an emblem has: it is asked."""
    sheet = _sheet()
    left, top, _, bottom = sheet.holes["signature"]
    middle = left + 30 * sheet.mm, (top + bottom) / 2
    round_seal(sheet, middle, colour=BLACK)
    reach = 14 * sheet.mm
    scrawl(sheet, (middle[0] - reach, top, middle[0] + reach, bottom), size=12, colour=BLACK)
    signature = _inspected(finish(sheet, scanner)).presences["signature"]
    assert (signature.present, signature.sure) == (True, sure)


def test_the_form_without_a_place_for_a_signature_abstains_or_says_absent() -> None:
    sheet = _sheet()
    drawn = finish(sheet, "grey")
    blank = Drawn(
        drawn.raster,
        type(drawn.placement)(
            template=drawn.placement.template,
            language="ru",
            pages=(1,),
            share=1.0,
            blocks=frozenset(),
            holes={},
            options=(),
            anchors=(),
        ),
        drawn.text,
        {},
        None,
    )
    found = _inspected(blank).presences["signature"]
    assert not found.present
    assert not found.sure


def test_the_edge_of_a_shadow_is_no_sure_signature() -> None:
    drawn = finish(_sheet(), "colour")
    left, top, right, bottom = (round(edge) for edge in _sheet().holes["signature"])
    pixels = drawn.raster.pixels.astype(np.float64)
    rows, columns = np.ogrid[: pixels.shape[0], : pixels.shape[1]]
    edge = top + 25 * np.sin((columns - left) / 18)
    pixels[(rows > edge) & (rows < bottom + 400) & (columns > left) & (columns < right)] *= 0.62
    raster = replace(drawn.raster, pixels=pixels.astype(np.uint8))
    found = inspect(drawn.placement, {1: raster}, {1: drawn.text}).presences["signature"]
    assert not (found.present and found.sure)


def _sealed(sheet: Sheet) -> tuple[float, float]:
    """Press a coloured seal upon the place for a signature; return its middle in pixels."""
    left, top, _, bottom = sheet.holes["signature"]
    middle = left + 30 * sheet.mm, (top + bottom) / 2
    round_seal(sheet, middle, colour=BLUE)
    return middle


def test_a_signature_along_a_coloured_seal_in_its_own_colour_is_seen() -> None:
    sheet = _sheet()
    x, y = _sealed(sheet)
    reach = 17 * sheet.mm
    scrawl(sheet, (x - reach, y - 50, x + reach, y + 50), size=11, colour=BLUE)
    signature = _inspected(finish(sheet, "colour")).presences["signature"]
    assert signature.present


def test_an_emblem_in_a_seal_is_no_sure_signature() -> None:
    sheet = _sheet()
    x, y = _sealed(sheet)
    draw, reach = ImageDraw.Draw(sheet.picture), 11.8 * sheet.mm
    for turn in np.arange(0, np.pi, np.pi / 8):  # a sun, as high as wide, up to the inner ring
        across, down = reach * np.cos(turn), reach * np.sin(turn)
        draw.line((x - across, y - down, x + across, y + down), fill=BLUE, width=3)
    signature = _inspected(finish(sheet, "colour")).presences["signature"]
    assert not (signature.present and signature.sure)


def test_strokes_that_end_where_marks_at_options_do_are_no_signature() -> None:
    sheet = _sheet()
    left, top, _, bottom = sheet.holes["signature"]
    box = (left + 6 * sheet.mm, top, left + 40 * sheet.mm, bottom)
    written = scrawl(sheet, box, size=12, colour=BLACK)
    drawn = finish(sheet, "colour")
    signed = drawn.placement.holes["signature"][0].spots[0].box
    end = (written[3] + 3 * sheet.mm) / sheet.picture.size[1]
    core = replace(signed, top=end, bottom=end + 0.02)
    patch = cut(drawn.raster, paper_of(drawn.raster), Box(0.0, end - 0.1, 1.0, end + 0.05))
    free = np.zeros(patch.ink.shape, np.bool_)
    assert pen_strokes(patch, core, (), free).area > 25
    assert pen_strokes(patch, core, (), free, marked=end).area == 0


def test_a_bar_with_a_heading_in_light_letters_is_no_signature() -> None:
    sheet = _sheet()
    left, top, right, bottom = sheet.holes["signature"]
    pen = ImageDraw.Draw(sheet.picture)
    bar = (left, top - 2 * sheet.mm, right + 60 * sheet.mm, bottom)
    pen.rectangle(bar, fill=(90, 90, 90))
    pen.text((left + sheet.mm, top - 1.5 * sheet.mm), "ПОДПИСЬ", fill=(255, 255, 255),
             font=ImageFont.truetype(FACE, round(3.5 * sheet.mm)))  # fmt: skip
    assert not _inspected(finish(sheet, "colour")).presences["signature"].present
