"""Directors' names are read in the whole room between the form's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from intake.domain.geometry import Box
from intake.domain.placement import Placement, Spot
from intake.domain.template import Template
from intake.domain.text import Line
from intake.engines.raster import Raster
from intake.engines.readers import Reader, open_reader
from intake.fields.reference import load_reference
from intake.forms import load_forms
from intake.options import TEMPLATES
from intake.stages.greys import Greys
from intake.stages.read_names import read_names
from intake.stages.writing import text_of
from tests.stages.test_match import RU
from tests.typed import matched, typed_page

KNOWN = load_reference(TEMPLATES / "reference").words
PAGE = Raster(np.full((1100, 800), 255, np.uint8), 100.0)


class Strips:
    """A reader whose better reading of any strip is this text."""

    prefers_second = True

    def __init__(self, text: str) -> None:
        (self._line,) = typed_page(text).lines
        self.asked = 0

    def read_lines(self, grey: Raster, boxes: Sequence[Box], *, second: bool = False) -> list[Line]:
        assert second is self.prefers_second
        assert grey.height == PAGE.height
        self.asked += len(boxes)
        return [self._line for _ in boxes]


@pytest.fixture(scope="module")
def forms() -> tuple[Template, ...]:
    return load_forms(TEMPLATES)


def signed(forms: tuple[Template, ...], name: str) -> Placement:
    (placement,) = matched([(1, typed_page(RU.replace("Асанов Асан Асанович", name)))], forms)
    return placement


def names_of(placement: Placement) -> list[str]:
    return [text for hole in placement.holes["director_name"] if (text := text_of(hole))]


def read(placement: Placement, strips: Strips) -> Placement:
    reader: Reader = strips  # type: ignore[assignment]  # only this method is asked for
    return read_names(placement, Greys({1: PAGE}, {}), reader, KNOWN)


def test_a_name_lost_among_strokes_comes_from_its_room(forms: tuple[Template, ...]) -> None:
    found = read(signed(forms, "Лж баков Тилек"), Strips("ТГ Орозбаков Тилек Осмонович"))
    assert names_of(found) == ["Орозбаков Тилек Осмонович"]
    assert [hole.from_room for hole in found.holes["director_name"]].count(True) == 1


def test_a_name_surely_read_is_left_alone(forms: tuple[Template, ...]) -> None:
    placement = signed(forms, "Асанов Асан Асанович")
    sure = {
        name: tuple(replace(hole, stray=0) for hole in holes)
        for name, holes in placement.holes.items()
    }
    strips = Strips("Орозбаков Тилек Осмонович")
    assert names_of(read(replace(placement, holes=sure), strips)) == ["Асанов Асан Асанович"]
    assert strips.asked == 0


def test_strokes_in_the_room_are_no_name(forms: tuple[Template, ...]) -> None:
    placement = signed(forms, "Лж")
    assert read(placement, Strips("ТГУ Лж 17")) == placement


def test_a_long_word_that_the_room_does_not_show_is_asked_about(
    forms: tuple[Template, ...],
) -> None:
    found = read(signed(forms, "Лж баков Тилек осмоноеичх"), Strips("ТГ Орозбаков Тилек"))
    (hole,) = (hole for hole in found.holes["director_name"] if hole.from_room)
    assert (text_of(hole), hole.stray > 0) == ("Орозбаков Тилек", True)


def test_the_forms_own_hint_is_no_name(forms: tuple[Template, ...]) -> None:
    """«(подпись, печать) ФИО» with one letter misread is built like surname and initials."""
    found = read(signed(forms, "_____"), Strips("полпись Ф.И."))
    assert names_of(found) == []


def test_a_name_over_two_lines_is_not_cut_to_one(forms: tuple[Template, ...]) -> None:
    placement = signed(forms, "Байтемирова Зина Шакировна")
    worn = {
        name: tuple(
            replace(hole, letters=tuple(
                replace(p, letter=replace(p.letter, confidence=0.6)) for p in hole.letters
            ))
            for hole in holes
        )
        for name, holes in placement.holes.items()
    }  # fmt: skip
    found = read(replace(placement, holes=worn), Strips("Байтемирова Зина"))
    assert names_of(found) == ["Байтемирова Зина Шакировна"]


@pytest.mark.parametrize("shift", [-18, 0, 18])
def test_a_name_that_a_pen_crosses_is_read_whatever_its_room(
    forms: tuple[Template, ...], shift: int
) -> None:
    """The form's words leave a room that is a little higher or lower than the name."""
    face = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", 46)
    sheet = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(sheet)
    draw.text((620, 1200), "Жумабекова Эльмира Маматовна", fill=20, font=face, anchor="ls")
    draw.arc((540, 1080, 680, 1300), 200, 20, fill=20, width=4)
    draw.line((540, 1240, 620, 1130, 640, 1230), fill=20, width=4)
    page = Raster(np.asarray(sheet), 200.0)
    top, bottom = (1160 + shift) / 2339, (1214 + shift) / 2339
    room = Spot(1, Box(480 / 1654, top, 0.95, bottom))
    placement = signed(forms, "Лумаб")
    holes = tuple(replace(h, room=(room,)) for h in placement.holes["director_name"][:1])
    reader = open_reader("both")
    found = read_names(
        replace(placement, holes={**placement.holes, "director_name": holes}),
        Greys({1: page}, {}), reader, KNOWN,
    )  # fmt: skip
    assert names_of(found) == ["Жумабекова Эльмира Маматовна"]
