"""Second readings of values: with the room beside them, and no further."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from intake.domain.geometry import Box
from intake.domain.ink import Ink
from intake.domain.placement import Hole, PlacedLetter, Placement, Spot
from intake.domain.text import Letter, Line, PageText, Word
from intake.engines.raster import Raster
from intake.engines.readers import Reader, open_reader
from intake.forms import load_forms
from intake.options import TEMPLATES
from intake.stages.greys import Greys
from intake.stages.read_again import of_value, read_again, without_rules
from tests.engines.form_page import FormPage


@pytest.fixture(scope="module")
def reader() -> Reader:
    return open_reader("both")


@pytest.fixture(scope="module")
def page() -> FormPage:
    page = FormPage()
    page.put(100, 380, "Директор")
    page.put(420, 380, "Асанова")
    page.put(580, 380, "Гульмира")
    page.put(1100, 380, "ОКПО")
    return page


def _box(page: FormPage, text: str) -> Box:
    return next(printed.box for printed in page.printed if printed.text == text)


def _hole(page: FormPage, field: str, text: str) -> Hole:
    box = _box(page, text)
    letters = tuple(PlacedLetter(1, Letter(c, box, 0.9), n == 0, n == 0)
                    for n, c in enumerate(text))  # fmt: skip
    return Hole(field, letters, (Spot(1, box),), 0.0)


def _placement(
    page: FormPage, *holes: Hole, anchors: tuple[str, ...] = ("Директор", "ОКПО")
) -> Placement:
    (form,) = load_forms(TEMPLATES)
    printed = tuple((word, Spot(1, _box(page, word))) for word in anchors)
    laid = {hole.field: (hole,) for hole in holes}
    return Placement(form, "ru", (1,), 1.0, frozenset(), laid, (), printed)


def _read(placement: Placement, page: FormPage, reader: Reader) -> dict[str, tuple[Line, ...]]:
    text = PageText(tuple(Line((_word(p.text, p.box),), p.box) for p in page.printed), "typed", 1.0)
    return read_again(placement, Ink((), {}, {}), Greys({1: page.grey}, {1: text}), reader)


def _word(text: str, box: Box) -> Word:
    return Word(tuple(Letter(sign, box, 0.9) for sign in text), box, 0.9)


def _again(page: FormPage, reader: Reader, field: str, *holes: Hole) -> str:
    found = _read(_placement(page, *holes), page, reader)
    return " ".join(line.text for line in found[field])


def test_a_word_that_was_passed_over_is_read_and_the_form_beside_it_is_not(
    page: FormPage, reader: Reader
) -> None:
    name = _hole(page, "director_name", "Гульмира")
    assert _again(page, reader, "director_name", name) == "Асанова Гульмира"


def test_what_another_field_holds_is_left_to_it(page: FormPage, reader: Reader) -> None:
    name = _hole(page, "director_name", "Гульмира")
    other = _hole(page, "address", "Асанова")
    assert _again(page, reader, "director_name", name, other) == "Гульмира"


def test_a_label_in_others_words_is_no_part_of_a_value(page: FormPage, reader: Reader) -> None:
    laid = _placement(page, _hole(page, "organization_name", "Гульмира"))
    labels = (("Асанова", Spot(1, _box(page, "Асанова"))),)
    bare, labelled = (
        _read(each, page, reader)["organization_name"]
        for each in (laid, replace(laid, labels=labels))
    )
    assert [line.text for line in (*bare, *labelled)] == ["Асанова Гульмира", "Гульмира"]


def test_a_word_whose_beginning_is_the_forms_is_left_to_it_whole(reader: Reader) -> None:
    """«адресу:», of which the wording has «адрес»."""
    page = FormPage()
    page.put(250, 380, "Асанова:")
    page.put(480, 380, "Гульмира")
    laid = _placement(page, _hole(page, "organization_name", "Гульмира"), anchors=())
    own = _box(page, "Асанова:")
    begun = (("Асанова", Spot(1, replace(own, right=own.right - 0.4 * own.width))),)
    found = _read(replace(laid, anchors=begun), page, reader)["organization_name"]
    assert [line.text for line in found] == ["Гульмира"]


def test_what_is_left_of_underscores_is_no_word() -> None:
    pixels = np.full((100, 400), 255, np.uint8)
    pixels[38:62, 210:300:4] = 0  # letters
    pixels[60:62, 100:190:2] = 0  # a broken rule at their foot
    words = (_word("22", Box(0.25, 0.35, 0.475, 0.63)), _word("УВК", Box(0.52, 0.35, 0.75, 0.63)))
    line = Line(words, Box(0.25, 0.35, 0.75, 0.63))
    assert without_rules(line, Raster(pixels, 200.0)).text == "УВК"


def test_numbers_are_read_in_their_place_alone(page: FormPage, reader: Reader) -> None:
    number = _hole(page, "organization_okpo", "Гульмира")
    assert _again(page, reader, "organization_okpo", number) == "Гульмира"


def test_a_comma_far_behind_a_word_is_no_part_of_it() -> None:
    letters = tuple(Letter(c, Box(0.1 + 0.01 * n, 0.5, 0.109 + 0.01 * n, 0.52), 0.9)
                    for n, c in enumerate("Асанов"))  # fmt: skip
    comma = Letter(",", Box(0.4, 0.5, 0.405, 0.52), 0.2)
    word = Word((*letters, comma), Box(0.1, 0.5, 0.405, 0.52), 0.2)
    assert of_value(Line((word,), word.box), Box(0.1, 0.5, 0.16, 0.52), 0.7).text == "Асанов"
