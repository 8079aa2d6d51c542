"""Signs beside options, and borders of cells below them, on drawn lists of options."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from PIL import ImageDraw

from intake.domain.ink import Mark, OptionInk
from intake.domain.placement import PrintedOption
from intake.engines.ink.sign_shapes import Beside, Sign
from intake.engines.ink.ticks import with_ticks
from tests.engines.ink_drawing import BLACK, BLUE, Look, Option, Rect, Sheet, stroke
from tests.engines.test_ink_marks import (
    FACES,
    FORMED,
    NOT_FORMED,
    PRESCHOOL,
    SCHOOL,
    _expected,
    _marks,
    _seen,
)

SAID: Mapping[Option, str] = {
    PRESCHOOL: "дошкольного",
    SCHOOL: "школьного",
    FORMED: "с образованием юридического лица",
    NOT_FORMED: "без образования юридического лица",
}


def _list(
    before: Mapping[Option, str], behind: Mapping[Option, str] | None = None, pitch: float = 9.0
) -> Sheet:
    """Print the options one a row, with typed signs before and behind them.

    ``pitch`` is how far a row is below the one before, in millimetres.
    """
    sheet = Sheet(Look(FACES[0], 12.0, 200.0), "ru", np.random.default_rng(1))
    left, y = 40 * sheet.mm, 90 * sheet.mm
    sheet.print_words(left, y - 10 * sheet.mm, "ИЗВЕЩЕНИЕ о создании Ресурсного центра")
    for row, (option, said) in enumerate(SAID.items(), 1):
        x = left
        if sign := before.get(option):
            sheet.word(x, y, sign, sheet.face())
        x = sheet.print_words(left + 9 * sheet.mm, y, said, anchor=False)
        sheet.options[option] = [(row, rect) for _, rect in sheet.lines[-1]]
        if sign := (behind or {}).get(option):
            sheet.word(x, y, sign, sheet.face())
        y += pitch * sheet.mm
    return sheet


def _rows(sheet: Sheet, option: Option) -> Rect:
    rects = [rect for _, rect in sheet.options[option]]
    return rects[0][0], rects[0][1], rects[-1][2], rects[-1][3]


def _box(
    sheet: Sheet,
    option: Option,
    *,
    crossed: bool,
    left: float = 43.0,
    side: float = 3.0,
    width: int = 2,
) -> Rect:
    """Draw a box, so many millimetres from the left and wide, and return where it is."""
    _, top, _, bottom = _rows(sheet, option)
    left, side = left * sheet.mm, side * sheet.mm
    edges = (left, (top + bottom - side) / 2, left + side, (top + bottom + side) / 2)
    draw = ImageDraw.Draw(sheet.picture)
    draw.rectangle(edges, outline=BLACK, width=width)
    if crossed:
        draw.line(edges, fill=BLACK, width=2)
        draw.line((edges[0], edges[3], edges[2], edges[1]), fill=BLACK, width=2)
    return edges


@pytest.mark.parametrize("scanner", ["colour", "bit"])
def test_a_cross_in_one_of_the_boxes_is_sure(scanner: str) -> None:
    sheet = _list({})
    for option in SAID:
        _box(sheet, option, crossed=option in (SCHOOL, NOT_FORMED))
    seen = _seen(sheet, scanner)
    assert _marks(seen) == _expected(school=Mark.TICKED, not_formed=Mark.TICKED)
    assert all(each.sure for each in seen.values())


def test_boxes_close_below_each_other_are_one_an_option() -> None:
    """As in a table's cell: box, gap and the next box's edge are as good as closed."""
    sheet = _list({}, pitch=4.6)
    for option in SAID:
        left, top, right, _ = _box(sheet, option, crossed=False, side=4.0, width=3)
        if option in (SCHOOL, NOT_FORMED):
            side, ways = right - left, ((0.2, 0.5), (0.45, 0.8), (0.85, 0.2))
            path = np.array([(left + a * side, top + d * side) for a, d in ways])
            stroke(sheet, path, 3.0, BLACK)
    seen = _seen(sheet, "colour")
    assert _marks(seen) == _expected(school=Mark.TICKED, not_formed=Mark.TICKED)


def test_what_stands_before_a_printed_box_is_no_sign() -> None:
    """«для:» before the first option's box is read apart from its line, if at all."""
    sheet = _list({PRESCHOOL: "Ф"})
    for option in SAID:
        _box(sheet, option, crossed=option in (SCHOOL, NOT_FORMED), left=46.0)
    seen = _seen(sheet, "colour")
    assert _marks(seen) == _expected(school=Mark.TICKED, not_formed=Mark.TICKED)


@pytest.mark.parametrize("mark", ["tick", "cross"])
def test_a_pen_that_leads_far_out_of_its_box_is_sure(mark: str) -> None:
    """A reader takes the box for a letter, and its outline hangs together with the pen's stroke."""
    sheet = _list({})
    for option in SAID:
        _box(sheet, option, crossed=False)
    for option in (SCHOOL, NOT_FORMED):
        _, top, _, bottom = _rows(sheet, option)
        left, side, middle = 43 * sheet.mm, 3 * sheet.mm, (top + bottom) / 2
        ways = {
            "tick": [[(-0.1, 0.0), (0.4, 0.5), (1.3, -1.2)]],
            "cross": [[(-0.2, -0.7), (1.2, 0.8)], [(-0.2, 0.8), (1.2, -0.7)]],
        }
        for way in ways[mark]:
            path = np.array([(left + across * side, middle + down * side) for across, down in way])
            stroke(sheet, path, 6.0, BLACK)
        (row, rect), *rest = sheet.options[option]
        sheet.options[option] = [(row, (left, *rect[1:])), *rest]
    seen = _seen(sheet, "colour")
    assert _marks(seen) == _expected(school=Mark.TICKED, not_formed=Mark.TICKED)
    assert all(each.sure for each in seen.values())


@pytest.mark.parametrize("side", ["before", "behind"])
@pytest.mark.parametrize(("chosen", "other"), [("[x]", "[  ]"), ("( + )", "(   )")])
def test_brackets_tell_before_and_behind(side: str, chosen: str, other: str) -> None:
    signs = {o: chosen if o in (PRESCHOOL, FORMED) else other for o in SAID}
    seen = _seen(_list(signs) if side == "before" else _list({}, signs), "colour")
    assert _marks(seen) == _expected(preschool=Mark.TICKED, formed=Mark.TICKED)


def test_empty_boxes_choose_nothing() -> None:
    sheet = _list({})
    for option in SAID:
        _box(sheet, option, crossed=False)
    assert _marks(_seen(sheet, "colour")) == _expected()


def _tick(sheet: Sheet, x: float, bottom: float) -> None:
    way = [(0.0, -0.5), (0.3, 0.0), (0.9, -1.1)]
    path = np.array([(x + across * sheet.em, bottom + down * sheet.em) for across, down in way])
    stroke(sheet, path, 4.0, BLUE)


def test_a_pens_tick_behind_one_option_alone_is_sure() -> None:
    sheet = _list({})
    _, _, right, bottom = _rows(sheet, SCHOOL)
    _tick(sheet, right + 0.3 * sheet.em, bottom)
    seen = _seen(sheet, "colour")
    assert _marks(seen) == _expected(school=Mark.TICKED)
    assert seen[SCHOOL].sure


def test_a_pens_tick_into_the_first_letter_is_seen_and_asked_about() -> None:
    sheet = _list({})
    left, _, _, bottom = _rows(sheet, SCHOOL)
    _tick(sheet, left - 0.2 * sheet.em, bottom)
    seen = _seen(sheet, "colour")
    assert _marks(seen) == _expected(school=Mark.TICKED)
    assert not seen[SCHOOL].sure


def _sentence(sheet: Sheet, words: str, sign: str, rest: str) -> None:
    """Print both options in a row, with a sign between «или» and the second."""
    y = 150 * sheet.mm
    x = sheet.print_words(20 * sheet.mm, y, words, anchor=False)
    first = [rect for _, rect in sheet.lines[-1]]
    x = sheet.word(x, y, sign, sheet.face())[2] + 0.3 * sheet.em
    sheet.print_words(x, y, rest, anchor=False)
    sheet.options[PRESCHOOL], sheet.options[SCHOOL] = [
        [
            (
                1,
                next(
                    rect for rect, said in zip(first, words.split(), strict=True) if "дошк" in said
                ),
            )
        ],
        [(1, sheet.lines[-1][0][1])],
    ]


def test_a_sign_behind_or_is_the_next_options_and_a_houses_number_none() -> None:
    sheet = _list({})
    _sentence(sheet, "ул. Манаса 112/1, дошкольного или", "+", "школьного образования")
    seen = _seen(sheet, "colour")
    assert (seen[PRESCHOOL].mark, seen[SCHOOL].mark) == (Mark.NONE, Mark.TICKED)
    assert seen[SCHOOL].sure


def test_print_read_as_one_word_with_an_option_is_no_sign() -> None:
    """«түзүү(ИНН,»: a bracket and a stem are as high as a pair of brackets."""
    sheet = _list({})
    for number, row in enumerate(sheet.lines):
        text, (left, top, right, bottom) = row[-1]
        if text == SAID[PRESCHOOL]:
            end = sheet.word(right, bottom, "(ИНН,", sheet.face())[2]
            whole = (f"{text}(ИНН,", (left, top, end, bottom))
            sheet.lines[number] = [*row[:-1], whole]
    sheet.lines = [row for row in sheet.lines if row[0][0] != "(ИНН,"]
    assert _marks(_seen(sheet, "colour")) == _expected()


@pytest.mark.parametrize("is_ruled", [True, False])
def test_a_cells_border_below_an_option_is_no_underline(is_ruled: bool) -> None:
    sheet = _list({})
    left, _, right, bottom = _rows(sheet, SCHOOL)
    level, far = bottom + 0.25 * sheet.em, right + 30 * sheet.mm
    draw = ImageDraw.Draw(sheet.picture)
    draw.line((left - 2 * sheet.mm, level, far, level), fill=BLACK, width=2)
    if is_ruled:  # with sides, as a cell has
        for x in (left - 2 * sheet.mm, far):
            draw.line((x, level - 20 * sheet.mm, x, level), fill=BLACK, width=2)
    seen = _seen(sheet, "colour")
    assert _marks(seen) == _expected()


@pytest.mark.parametrize("bold", [SCHOOL, None])
def test_the_only_option_in_bold_letters_is_offered(bold: Option | None) -> None:
    sheet = _list({})
    for option in [bold] if bold else []:
        left, top, right, bottom = _rows(sheet, option)
        ImageDraw.Draw(sheet.picture).rectangle((left, top, right, bottom), fill=(255, 255, 255))
        face = sheet.face(path=FACES[0].replace(".ttf", "-Bold.ttf"))
        row = sheet.word(left, 90 * sheet.mm + 9 * sheet.mm, SAID[option], face)
        sheet.options[option] = [(number, row) for number, _ in sheet.options[option][:1]]
    seen = _seen(sheet, "colour")
    assert _marks(seen) == (_expected(school=Mark.BOLD) if bold else _expected())
    assert all(each.sure for option, each in seen.items() if option != bold)
    assert bold is None or not seen[bold].sure


@pytest.mark.parametrize("tail", [12.0, 0.3])
def test_an_underline_that_runs_out_to_its_cells_side_is_one(tail: float) -> None:
    """A word processor underlines the space at a line's end, too."""
    sheet = _list({})
    left, _, right, bottom = _rows(sheet, SCHOOL)
    level, far = bottom + 0.12 * sheet.em, right + tail * sheet.mm
    draw = ImageDraw.Draw(sheet.picture)
    draw.line((left, level, far, level), fill=BLACK, width=2)
    draw.line((far, level - 15 * sheet.mm, far, level + 10 * sheet.mm), fill=BLACK, width=2)
    assert _marks(_seen(sheet, "colour")) == _expected(school=Mark.UNDERLINED)


def test_a_lists_number_is_no_tick() -> None:
    sheet = _list({})
    for row in range(2):
        sheet.print_words(40 * sheet.mm, (90 + 18 * row) * sheet.mm, f"{6 + row}.", anchor=False)
    assert _marks(_seen(sheet, "colour")) == _expected()


def test_a_stroke_from_its_cells_side_strikes_an_option_out() -> None:
    """A word processor strikes out a cell's first words; they are read together with its side."""
    sheet = _list({})
    left, top, right, bottom = _rows(sheet, PRESCHOOL)
    level, side = bottom - 0.45 * sheet.em, left - 0.3 * sheet.mm
    draw = ImageDraw.Draw(sheet.picture)
    draw.line((side, level, right + 0.9 * sheet.mm, level), fill=BLACK, width=2)
    draw.line((side, level - 15 * sheet.mm, side, level + 10 * sheet.mm), fill=BLACK, width=2)
    wide = left - 2 * sheet.mm, top, right, bottom
    row = next(line for line in sheet.lines if line[0][0] == SAID[PRESCHOOL])
    row[0] = (row[0][0], wide)
    sheet.options[PRESCHOOL] = [(1, wide)]
    assert _marks(_seen(sheet, "colour")) == _expected(preschool=Mark.STRUCK)


@pytest.mark.parametrize(
    ("shown", "marks"),
    [
        (Mark.UNDERLINED, [Mark.NONE, Mark.UNDERLINED]),
        (Mark.NONE, [Mark.TICKED, Mark.TICKED]),
    ],
)
def test_signs_at_all_options_are_no_ticks_where_one_bears_another_mark(
    monkeypatch: pytest.MonkeyPatch, shown: Mark, marks: list[Mark]
) -> None:
    """Lines of other rows may seem to be a box at each."""
    beside = [Beside(Sign.SET, is_clear=True, is_own=True)] * 2
    monkeypatch.setattr("intake.engines.ink.ticks.signs_of", lambda *_: beside)
    field, options = SCHOOL[0], (PRESCHOOL[1], SCHOOL[1])
    printed = [PrintedOption(field, option, (), (), 0.0) for option in options]
    inks = [
        OptionInk(field, options[0], Mark.NONE, 0.99, sure=True),
        OptionInk(field, options[1], shown, 0.6, sure=False),
    ]
    assert [each.mark for each in with_ticks(inks, printed, {}, {field})] == marks
