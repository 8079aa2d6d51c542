"""Marks at printed options, on drawn pages of several faces and scanners."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from intake.domain.geometry import Box
from intake.domain.ink import Mark, OptionInk
from intake.domain.placement import PrintedOption
from intake.engines.ink.patch import WORK_DPI, cut, paper_of
from intake.engines.ink.rows import grouped, measured_rows
from intake.engines.ink.verdict import Evidence, verdict
from intake.engines.raster import Raster
from intake.stages.inspect import inspect
from tests.engines.ink_drawing import (
    BLACK,
    BLUE,
    VIOLET,
    Look,
    Option,
    Rect,
    Sheet,
    circle,
    finish,
    notice,
    option_rects,
    round_seal,
    strike,
    stroke,
    underline,
)

FACES = [
    face
    for face in (
        "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
        "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
        "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
    )
    if Path(face).exists()
]
SCHOOL: Option = ("education_level", "school")
PRESCHOOL: Option = ("education_level", "preschool")
FORMED: Option = ("legal_entity", "formed")
NOT_FORMED: Option = ("legal_entity", "not_formed")
ALL = (SCHOOL, PRESCHOOL, FORMED, NOT_FORMED)


def _sheet(face: str, language: str = "ru", seed: int = 1, dpi: float = 200.0) -> Sheet:
    sheet = Sheet(Look(face, 12.0, dpi), language, np.random.default_rng(seed))
    notice(sheet)
    return sheet


def _seen(sheet: Sheet, scanner: str) -> dict[Option, OptionInk]:
    drawn = finish(sheet, scanner)
    ink = inspect(drawn.placement, {1: drawn.raster}, {1: drawn.text})
    return {(each.field, each.option): each for each in ink.options}


def _marks(seen: dict[Option, OptionInk]) -> dict[Option, Mark]:
    return {option: each.mark for option, each in seen.items()}


def _expected(**marked: Mark) -> dict[Option, Mark]:
    names = {"school": SCHOOL, "preschool": PRESCHOOL, "formed": FORMED, "not_formed": NOT_FORMED}
    return dict.fromkeys(ALL, Mark.NONE) | {names[name]: mark for name, mark in marked.items()}


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("scanner", ["colour", "fax", "worn"])
def test_nothing_is_seen_where_nothing_is_marked(face: str, scanner: str) -> None:
    seen = _seen(_sheet(face), scanner)
    assert _marks(seen) == _expected()
    assert all(each.sure for each in seen.values())


@pytest.mark.parametrize("language", ["ru", "ky"])
@pytest.mark.parametrize("scanner", ["colour", "fax"])
def test_a_word_processors_underline(language: str, scanner: str) -> None:
    sheet = _sheet(FACES[0], language)
    for option in (SCHOOL, NOT_FORMED):
        for rect in option_rects(sheet, option):
            underline(sheet, rect)
    seen = _seen(sheet, scanner)
    assert _marks(seen) == _expected(school=Mark.UNDERLINED, not_formed=Mark.UNDERLINED)
    assert all(each.sure for each in seen.values())


@pytest.mark.parametrize(("drop", "colour"), [(0.02, BLACK), (0.1, BLUE), (0.25, VIOLET)])
def test_a_shaky_pens_underline(drop: float, colour: tuple[int, int, int]) -> None:
    sheet = _sheet(FACES[-1], seed=int(drop * 100))
    for option in (PRESCHOOL, FORMED):
        for rect in option_rects(sheet, option):
            underline(sheet, rect, shaky=0.8, drop=drop, colour=colour)
    wanted = _expected(preschool=Mark.UNDERLINED, formed=Mark.UNDERLINED)
    assert _marks(_seen(sheet, "colour")) == wanted


@pytest.mark.parametrize("option", [PRESCHOOL, NOT_FORMED])
def test_a_pens_underline_may_slope_into_the_row_below(option: Option) -> None:
    sheet = _sheet(FACES[0])
    for left, _, right, baseline in option_rects(sheet, option):
        across = np.linspace(left, right, 12)
        down = baseline + np.linspace(0.2, 0.5, 12) * sheet.em
        stroke(sheet, np.stack((across, down), axis=1), 0.5 * sheet.mm, BLUE)
    assert _marks(_seen(sheet, "colour")) == _expected() | {option: Mark.UNDERLINED}


def _low_line(face: str, language: str, option: Option, drop: float) -> OptionInk:
    """Return what is seen at an option with a thin line so many ems below its baseline."""
    sheet = _sheet(face, language)
    for left, _, right, baseline in option_rects(sheet, option):
        y = baseline + drop * sheet.em
        way = np.array([(left, y), ((left + right) / 2, y + 1), (right, y)])
        stroke(sheet, way, 0.35 * sheet.mm, BLACK)
    return _seen(sheet, "colour")[option]


@pytest.mark.parametrize("drop", [0.33, 0.37, 0.41])
@pytest.mark.parametrize("language", ["ru", "ky"])
def test_a_line_as_low_as_the_next_rows_capitals_is_seen_or_asked_about(
    language: str, drop: float
) -> None:
    for option in ALL:
        seen = _low_line(FACES[1], language, option, drop)
        assert seen.mark is Mark.UNDERLINED or not seen.sure


def test_such_a_line_that_touches_no_letter_is_an_underline() -> None:
    seen = _low_line(FACES[1], "ru", SCHOOL, 0.41)
    assert (seen.mark, seen.sure) == (Mark.UNDERLINED, True)


@pytest.mark.parametrize("open_", [0.0, 0.12])
@pytest.mark.parametrize("scanner", ["colour", "bit"])
def test_a_hands_ring_marks_its_own_words_and_not_the_row_above(open_: float, scanner: str) -> None:
    sheet = _sheet(FACES[0])
    for rect in option_rects(sheet, FORMED):
        circle(sheet, rect, open_=open_)
    seen = _seen(sheet, scanner)
    assert seen[FORMED].mark is Mark.CIRCLED
    # a row above that the arc touches may be doubtful, never wrong and sure
    surely = {option: each.mark for option, each in seen.items() if each.sure}
    assert surely.items() <= _expected(formed=Mark.CIRCLED).items()


def test_a_stroke_through_the_letters_strikes_them_out() -> None:
    sheet = _sheet(FACES[0], seed=4)
    for rect in option_rects(sheet, SCHOOL):
        strike(sheet, rect)
    assert _marks(_seen(sheet, "grey"))[SCHOOL] is Mark.STRUCK


def test_a_stroke_through_words_that_it_made_unreadable_is_no_border() -> None:
    sheet = _sheet(FACES[0], "ky")
    rects = option_rects(sheet, FORMED)
    for left, top, right, bottom in rects:
        y = (top + bottom) / 2
        ImageDraw.Draw(sheet.picture).line((left, y, right, y), fill=BLACK, width=2)
    sheet.lines = [
        [(text, rect) for text, rect in row if not any(_begins(each, rect) for each in rects)]
        for row in sheet.lines
    ]
    assert _marks(_seen(sheet, "grey")) == _expected(formed=Mark.STRUCK)


def _begins(whole: Rect, part: Rect) -> bool:
    """Tell whether a word is one of a phrase's, but its last: that was read, perhaps."""
    inside = whole[0] <= part[0] and whole[1] <= part[3] <= whole[3] + 1
    return inside and part[2] < whole[2] - 1


def test_an_underline_that_begins_at_a_cells_border_is_none() -> None:
    sheet = _sheet(FACES[0], "ky")
    left, top, right, bottom = option_rects(sheet, PRESCHOOL)[0]
    draw = ImageDraw.Draw(sheet.picture)
    draw.line((left - 6, top - 3 * sheet.em, left - 6, bottom + 3 * sheet.em), fill=BLACK, width=2)
    underline(sheet, (left, top, right, bottom))
    assert _marks(_seen(sheet, "grey"))[PRESCHOOL] is Mark.UNDERLINED


@pytest.mark.parametrize("drop", [-0.12, -0.17, -0.22])
@pytest.mark.parametrize("seed", [3, 4, 5])
def test_a_stroke_through_the_feet_of_the_letters_is_no_sure_underline(
    drop: float, seed: int
) -> None:
    sheet = _sheet(FACES[0], seed=seed)
    for rect in option_rects(sheet, FORMED):
        underline(sheet, rect, shaky=0.6, drop=drop, colour=BLUE)
    seen = _seen(sheet, "colour")[FORMED]
    assert seen.mark is Mark.STRUCK or not seen.sure


def test_both_options_can_be_marked() -> None:
    sheet = _sheet(FACES[1])
    for option in (SCHOOL, PRESCHOOL):
        for rect in option_rects(sheet, option):
            underline(sheet, rect)
    wanted = _expected(school=Mark.UNDERLINED, preschool=Mark.UNDERLINED)
    assert _marks(_seen(sheet, "grey")) == wanted


def test_one_whole_word_of_a_phrase_is_enough() -> None:
    sheet = _sheet(FACES[0], "ky")
    left, top, right, bottom = option_rects(sheet, FORMED)[0]
    underline(sheet, (left, top, left + 0.62 * (right - left), bottom), shaky=0.4)
    assert _marks(_seen(sheet, "colour"))[FORMED] is Mark.UNDERLINED


def _rule_under_every_row(sheet: Sheet) -> None:
    draw = ImageDraw.Draw(sheet.picture)
    for option in ALL:
        for _, _, _, baseline in option_rects(sheet, option):
            y = baseline + 0.14 * sheet.em
            draw.line((30 * sheet.mm, y, 180 * sheet.mm, y), fill=BLACK, width=2)


def _table_around(sheet: Sheet) -> None:
    rects = [rect for option in ALL for rect in option_rects(sheet, option)]
    top, bottom = min(r[1] for r in rects) - sheet.em, max(r[3] for r in rects) + sheet.em
    box = (28 * sheet.mm, top, 182 * sheet.mm, bottom)
    ImageDraw.Draw(sheet.picture).rectangle(box, outline=BLACK, width=3)


@pytest.mark.parametrize("disturb", [_rule_under_every_row, _table_around])
def test_the_forms_own_lines_are_never_surely_a_mark(disturb: Callable[[Sheet], None]) -> None:
    sheet = _sheet(FACES[0])
    disturb(sheet)
    seen = _seen(sheet, "grey")
    assert not [each for each in seen.values() if each.mark is not Mark.NONE and each.sure]


@pytest.mark.parametrize(
    ("beyond", "rival", "sure"), [(0.0, 0.0, True), (1.0, 0.0, False), (0.0, 0.9, False)]
)
def test_a_line_below_a_whole_phrase_is_an_underline_if_it_ends_with_it(
    beyond: float, rival: float, sure: bool
) -> None:
    plain = Evidence(0, 0, 0, 0, 0.5, 0.5, 0, 0, 0)
    lined = replace(plain, under=1, word=1, height=-0.2, edge=-0.1, rule=1, beyond=beyond)
    printed = PrintedOption(*SCHOOL, (), (), 0.0)
    ink = verdict(printed, lined, [replace(plain, under=rival)], several=True)
    assert (ink.mark is Mark.UNDERLINED and ink.sure) is sure


@pytest.mark.parametrize(
    ("tint", "parted", "sure"), [(0.96, 0.0, True), (0.0, 1.0, True), (0.0, 0.1, False)]
)
def test_a_pens_line_that_touches_no_letter_is_surely_an_underline(
    tint: float, parted: float, sure: bool
) -> None:
    """A black one may be the feet of letters whose row was measured too high."""
    plain = Evidence(0, 0, 0, 0, 0.5, 0.5, 0, 0, 0)  # no height is measured where none runs through
    lined = replace(plain, under=0.96, word=0.96, tint=tint, parted=parted)
    ink = verdict(PrintedOption(*SCHOOL, (), (), 0.0), lined, [plain], several=False)
    assert (ink.mark, ink.sure) == (Mark.UNDERLINED, sure)


@pytest.mark.parametrize(("gaps", "sure"), [(0.05, True), (0.3, False)])
def test_tops_of_digits_in_the_row_below_are_no_sure_second_underline(
    gaps: float, sure: bool
) -> None:
    plain = Evidence(0, 0, 0, 0, 0.5, 0.5, 0, 0, 0)
    lined = replace(plain, under=0.8, word=0.8, parted=0.7, gaps=gaps)
    other = replace(plain, under=1, word=1, through=1, height=-0.3, edge=-0.2, parted=1)
    ink = verdict(PrintedOption(*SCHOOL, (), (), 0.0), lined, [other], several=False)
    assert (ink.mark, ink.sure) == (Mark.UNDERLINED, sure)


def test_a_whole_row_underlined_marks_nothing_surely() -> None:
    sheet = _sheet(FACES[0])
    for row in sorted({row for row, _ in (*sheet.options[PRESCHOOL], *sheet.options[SCHOOL])}):
        rects = [rect for _, rect in sheet.lines[row]]
        edges = min(r[0] for r in rects), max(r[2] for r in rects)
        baseline = max(r[3] for o in (PRESCHOOL, SCHOOL) for r in option_rects(sheet, o))
        underline(sheet, (edges[0], baseline - 1, edges[1], baseline))
    seen = _seen(sheet, "grey")
    assert not any(seen[o].sure for o in (PRESCHOOL, SCHOOL) if seen[o].mark is not Mark.NONE)


@pytest.mark.parametrize("colour", [VIOLET, BLACK])
def test_a_seal_over_an_option_is_never_surely_a_mark(colour: tuple[int, int, int]) -> None:
    sheet = _sheet(FACES[0])
    left, _, right, bottom = option_rects(sheet, NOT_FORMED)[-1]
    round_seal(sheet, ((left + right) / 2, bottom + 12 * sheet.mm), colour=colour)
    seen = _seen(sheet, "colour")
    assert not [each for each in seen.values() if each.mark is not Mark.NONE and each.sure]


def test_an_underline_that_runs_on_marks_only_its_own_option() -> None:
    sheet = _sheet(FACES[0], "ky")
    left, top, right, bottom = option_rects(sheet, PRESCHOOL)[0]
    underline(sheet, (left, top, right + 1.2 * sheet.em, bottom), shaky=0.3)
    assert _marks(_seen(sheet, "grey")) == _expected(preschool=Mark.UNDERLINED)


def test_an_option_whose_words_were_hardly_found_is_asked_about() -> None:
    sheet = _sheet(FACES[0])
    for rect in option_rects(sheet, SCHOOL):
        underline(sheet, rect)
    drawn = finish(sheet, "colour")
    options = tuple(
        replace(each, cost=0.45) if (each.field, each.option) == PRESCHOOL else each
        for each in drawn.placement.options
    )
    placement = replace(drawn.placement, options=options)
    ink = inspect(placement, {1: drawn.raster}, {1: drawn.text})
    sure = {(each.field, each.option): each.sure for each in ink.options}
    assert sure == dict.fromkeys(ALL, True) | {PRESCHOOL: False}


def test_a_box_as_tall_as_two_rows_joins_them_not() -> None:
    first, second = (10, 100, 60, 120), (10, 130, 60, 150)
    tall = (70, 95, 120, 152)
    rows = grouped([first, (130, 101, 180, 121), tall, second, (130, 131, 180, 151)])
    assert [second in row for row in rows if first in row] == [False]


def test_cells_beside_each_other_have_rows_of_their_own() -> None:
    page = Image.new("L", (1000, 300), 250)
    face, boxes = ImageFont.truetype(FACES[0], 30), list[tuple[int, int, int, int]]()
    for start, baseline, text in ((60, 107, "мектепке чейинки"), (600, 100, "юридикалык жакты")):
        x = start
        for word in text.split():
            ImageDraw.Draw(page).text((x, baseline), word, 20, face, "ls")
            left, top, right, bottom = face.getbbox(word, anchor="ls")
            boxes.append(
                (int(x + left), int(baseline + top), int(x + right), int(baseline + bottom))
            )
            x += int(right) + 12
    raster = Raster(np.asarray(page), WORK_DPI)
    patch = cut(raster, paper_of(raster), Box(0.0, 0.0, 1.0, 1.0))
    assert sorted(round(row.baseline) for row in measured_rows(patch, boxes)) == [100, 107]
    assert len(measured_rows(patch, boxes[:2])) == 1


def test_what_shows_with_and_without_a_seals_ink_is_sure() -> None:
    sheet = _sheet(FACES[0])
    for option in (SCHOOL, NOT_FORMED):
        for rect in option_rects(sheet, option):
            underline(sheet, rect)
    left, _, right, bottom = option_rects(sheet, NOT_FORMED)[0]
    round_seal(sheet, ((left + right) / 2, bottom + 15 * sheet.mm))
    seen = _seen(sheet, "colour")
    assert _marks(seen) == _expected(school=Mark.UNDERLINED, not_formed=Mark.UNDERLINED)
    assert seen[NOT_FORMED].sure


def _tick(sheet: Sheet, x: float, baseline: float, wide: float = 0.4, size: float = 1.0) -> None:
    em = size * sheet.em
    way = [(x, baseline - 0.4 * em), (x + 0.25 * em, baseline), (x + 0.9 * em, baseline - 1.1 * em)]
    stroke(sheet, np.array(way), wide * sheet.mm, BLUE)


@pytest.mark.parametrize("scanner", ["colour", "fax"])
def test_a_tick_before_one_option_alone_is_sure(scanner: str) -> None:
    sheet = _sheet(FACES[0], "ky")
    left, _, _, baseline = option_rects(sheet, PRESCHOOL)[0]
    _tick(sheet, left - 1.3 * sheet.em, baseline)
    seen = _seen(sheet, scanner)
    assert _marks(seen) == _expected(preschool=Mark.TICKED)
    assert seen[PRESCHOOL].sure


@pytest.mark.parametrize("scanner", ["colour", "bit"])
def test_a_tick_across_an_option_is_seen_and_asked_about(scanner: str) -> None:
    sheet = _sheet(FACES[0], "ky")
    left, _, right, baseline = option_rects(sheet, SCHOOL)[0]
    _tick(sheet, (left + right) / 2, baseline, wide=0.8)
    seen = _seen(sheet, scanner)
    assert _marks(seen) == _expected(school=Mark.TICKED)
    assert not seen[SCHOOL].sure


def test_both_options_can_be_ticked_where_both_may_be_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("intake.engines.ink.ticks._is_ticked", lambda *_: True)
    ticked = _expected(preschool=Mark.TICKED, school=Mark.TICKED)
    assert _marks(_seen(_sheet(FACES[0]), "colour")) == ticked


def test_a_tick_beside_an_underlined_option_says_nothing() -> None:
    sheet = _sheet(FACES[0], "ky")
    left, _, _, baseline = option_rects(sheet, PRESCHOOL)[0]
    _tick(sheet, left - 1.3 * sheet.em, baseline)
    for rect in option_rects(sheet, SCHOOL):
        underline(sheet, rect)
    assert _marks(_seen(sheet, "colour")) == _expected(school=Mark.UNDERLINED)
