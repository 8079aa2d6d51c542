from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest

from intake.domain.geometry import Box
from intake.domain.text import Letter, Line, PageText, Word
from intake.engines.raster import Raster
from intake.engines.readers import Reader, open_reader
from intake.stages.check import check
from intake.stages.read import LAYER_CONTRADICTED, read, with_row
from tests.engines.form_page import FormPage, Printed

INN = "02607201410323"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return open_reader("tesseract")


@pytest.fixture(scope="module")
def page() -> FormPage:
    page = FormPage()
    page.put(100, 80, "Учреждение «Средняя школа № 83», ОКПО 24810886")
    page.put(100, 180, f"ИНН {INN}, форма собственности муниципальная")
    page.put(100, 280, "Чуйская область, Сокулукский район, улица Ленина, 12")
    page.put(100, 380, "Директор")
    page.put(700, 380, "Асанова Гульмира")
    page.rule(300, 660, 420)
    return page


def _layer(page: FormPage) -> PageText:
    return PageText(tuple(map(_line, page.printed)), "text layer", 1500 / 900)


def _line(printed: Printed) -> Line:
    box = printed.box
    advance = box.width / len(printed.text)
    words: list[Word] = []
    start = 0
    for text in printed.text.split(" "):
        lefts = [box.left + (start + number) * advance for number in range(len(text))]
        letters = tuple(
            Letter(c, Box(left, box.top, min(left + advance, box.right), box.bottom), 1.0)
            for c, left in zip(text, lefts, strict=True)
        )
        words.append(Word(letters, Box.around(letter.box for letter in letters), 1.0))
        start += len(text) + 1
    return Line(tuple(words), box)


def _saying(layer: PageText, old: str, new: str) -> PageText:
    """Return the layer with one text put in place of another of the same length."""
    lines = []
    for line in layer.lines:
        letters = [letter for word in line.words for letter in word.letters]
        at = "".join(letter.text for letter in letters).find(old)
        swap = {id(letters[at + n]): c for n, c in enumerate(new)} if at >= 0 else {}
        words = tuple(
            replace(w, letters=tuple(replace(x, text=swap.get(id(x), x.text)) for x in w.letters))
            for w in line.words
        )
        lines.append(replace(line, words=words))
    return replace(layer, lines=tuple(lines))


def test_a_page_is_read_in_order(page: FormPage, reader: Reader) -> None:
    result = read(page.grey, reader)
    assert [line.text for line in result.text.lines] == [
        "Учреждение «Средняя школа № 83», ОКПО 24810886",
        f"ИНН {INN}, форма собственности муниципальная",
        "Чуйская область, Сокулукский район, улица Ленина, 12",
        "Директор Асанова Гульмира",
    ]
    assert result.text.engine == reader.name
    assert result.text.aspect == pytest.approx(1500 / 900)
    assert (result.notes, result.doubts) == ((), ())


def test_a_page_with_next_to_nothing_on_it_is_blank(reader: Reader) -> None:
    specks = FormPage()
    specks.put(300, 300, ". ,")
    assert read(specks.grey, reader).text.lines == ()
    assert read(specks.grey, reader).notes == ("blank page",)


def test_a_flat_topped_three_is_no_five(reader: Reader) -> None:
    page = FormPage(family="PT Sans")
    page.put(100, 80, "Общеобразовательная школа, ОКПО 31089034")
    page.put(100, 180, "ИНН 00908201310337, форма собственности частная")
    text = read(page.grey, reader).text.text
    assert "31089034" in text
    assert "00908201310337" in text


def test_a_layer_that_the_picture_confirms_is_taken(page: FormPage, reader: Reader) -> None:
    layer = _layer(page)
    assert check(layer, page.grey, reader) == ()
    result = read(page.grey, reader, layer)
    assert result.text.engine == "text layer"
    assert result.text.lines[-1].text == "Директор Асанова Гульмира"


@pytest.mark.parametrize(
    ("shown", "said"),
    [(INN, "02607201410328"), ("24810886", "24810836"), ("Асанова", "Бекбаев"), ("12", "72")],
)
def test_a_layer_that_says_otherwise_loses_to_the_picture(
    page: FormPage, reader: Reader, shown: str, said: str
) -> None:
    result = read(page.grey, reader, _saying(_layer(page), shown, said))
    assert result.text.engine == reader.name
    assert result.notes == (LAYER_CONTRADICTED,)
    assert any(said[:5] in doubt.layer for doubt in result.doubts)
    assert shown in result.text.text


def test_a_layer_over_another_page_is_not_believed(page: FormPage, reader: Reader) -> None:
    other = FormPage()
    for number in range(5):
        other.put(100, 80 + 100 * number, "Кыргыз Республикасынын Билим берүү министрлиги")
    assert check(_layer(page), other.grey, reader) != ()


def test_hidden_letters_have_nothing_to_show(reader: Reader, page: FormPage) -> None:
    bare = FormPage()
    bare.put(100, 700, "Кыргыз Республикасынын министрлиги")
    assert check(_layer(page), bare.grey, reader) != ()


def test_latin_addresses_that_no_model_can_read_are_let_be(reader: Reader) -> None:
    page = FormPage()
    page.put(100, 80, "Средняя школа, почта school@example.kg")
    assert check(_layer(page), page.grey, reader) == ()


class Deaf:
    """A reader that passes the last row over, and reads it by its second engine at most."""

    def __init__(self, reader: Reader, last: float, heard: Line | None) -> None:
        self.name, self._reader, self._last, self._heard = reader.name, reader, last, heard

    def __getattr__(self, name: str) -> object:
        return getattr(self._reader, name)

    def read_page(self, grey: Raster) -> PageText:
        found = self._reader.read_page(grey)
        return replace(found, lines=tuple(x for x in found.lines if x.box.bottom < self._last))

    def read_lines(
        self, _grey: Raster, boxes: Sequence[Box], *, second: bool = False
    ) -> list[Line]:
        return [self._heard if second and self._heard else Line((), box) for box in boxes]


def _word(text: str, confidence: float) -> Line:
    box = Box(0.5, 0.42, 0.7, 0.46)
    letters = tuple(Letter(sign, box, confidence) for sign in text)
    return Line((Word(letters, box, confidence),), box)


@pytest.mark.parametrize(
    ("heard", "read_now", "unread"),
    [(_word("Асанова", 0.9), True, 0), (_word("Асанова", 0.4), False, 1), (None, False, 1)],
)
def test_a_row_that_tesseract_cannot_read_is_our_recognisers_or_told(
    page: FormPage, reader: Reader, heard: Line | None, read_now: bool, unread: int
) -> None:
    page_text = read(page.grey, cast(Reader, Deaf(reader, 0.41, heard))).text
    words = [word.text for line in page_text.lines for word in line.words]
    assert ("Асанова" in words) == read_now
    assert (len(page_text.unread) > 0) == bool(unread)


def _at(text: str, left: float, right: float, top: float = 0.2) -> Word:
    box = Box(left, top, right, top + 0.02)
    return Word(tuple(Letter(sign, box, 0.9) for sign in text), box, 0.9)


class WithHole(Deaf):
    """A reader that takes a punched hole in the page's margin for a letter."""

    beside: tuple[Word, ...] = ()

    def read_page(self, grey: Raster) -> PageText:
        found = self._reader.read_page(grey)
        box = Box(0.005, 0.3, 0.03, 0.35)
        hole = Line((Word((Letter("О", box, 0.9),), box, 0.9), *self.beside), box)
        around = Box.around(word.box for word in hole.words)
        return replace(found, lines=(*found.lines, replace(hole, box=around)))


class WithDay(WithHole):
    """The same where a word stands beside it: «О июля»."""

    beside = (_at("июля", 0.035, 0.1, 0.3),)


@pytest.mark.parametrize(("kind", "is_kept"), [(WithHole, False), (WithDay, True)])
def test_a_punched_hole_is_no_letter(
    page: FormPage, reader: Reader, kind: type[WithHole], is_kept: bool
) -> None:
    page_text = read(page.grey, cast(Reader, kind(reader, 1.0, None))).text
    words = [word.text for line in page_text.lines for word in line.words]
    assert ("О" in words) == is_kept
    assert "ИНН" in words


def test_a_row_read_again_says_nothing_twice() -> None:
    """«Ысык-Көл» was doubted; read again, the row reaches into «районунун» beside it."""
    doubted, beside = _at("Н", 0.1, 0.2), _at("районунун", 0.21, 0.4)
    row = Line((_at("Ысык-Көл", 0.1, 0.2), _at("район", 0.21, 0.3)), Box(0.1, 0.19, 0.3, 0.23))
    assert [w.text for w in with_row([doubted, beside], row)] == ["районунун", "Ысык-Көл"]
    assert with_row([beside], Line((), row.box)) == [beside]
