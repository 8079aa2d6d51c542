from __future__ import annotations

import multiprocessing
import struct
from dataclasses import replace
from pathlib import Path

import pytest

from intake.domain.geometry import Box
from intake.domain.text import Letter, Line, Word
from intake.engines.raster import Raster
from intake.engines.readers import Reader, open_reader
from intake.engines.readers.models import (
    CYRILLIC,
    FOLDERS,
    KIR_RUS,
    Model,
    alphabet,
    foreign_letters,
    languages,
    model_folder,
)
from intake.engines.readers.own.page import legible, without_doubles
from intake.errors import Failed, Refused
from tests.engines.form_page import FormPage, Printed

KYRGYZ = "Өзгөн районунун Билим берүү бөлүмү"
RUSSIAN = "форма собственности: муниципальная"
NAMES = ("tesseract", "pytesseract")


@pytest.fixture(scope="module")
def page() -> FormPage:
    page = FormPage()
    page.put(100, 80, KYRGYZ)
    page.put(100, 180, RUSSIAN)
    page.put(100, 280, "ИНН 02607201410323")
    page.rule(180, 700, 330)
    return page


@pytest.fixture(scope="module")
def readers() -> dict[str, Reader]:
    return {name: open_reader(name) for name in NAMES}


def _wide(printed: Printed) -> Box:
    box = printed.box
    return Box.clipped(box.left - 0.005, box.top - 0.004, box.right + 0.005, box.bottom + 0.004)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_read_with_letters_in_their_places(
    name: str, page: FormPage, readers: dict[str, Reader]
) -> None:
    text = readers[name].read_page(page.grey)
    assert [line.text for line in text.lines] == [KYRGYZ, RUSSIAN, "ИНН 02607201410323"]
    assert text.engine == readers[name].name
    for line, printed in zip(text.lines, page.printed, strict=True):
        assert line.box.overlap(printed.box) > 0.7
        for word in line.words:
            lefts = [letter.box.left for letter in word.letters]
            assert lefts == sorted(lefts)
            assert all(0.5 < letter.confidence <= 1 for letter in word.letters)
            assert Box.around(letter.box for letter in word.letters) == word.box


@pytest.mark.parametrize("name", NAMES)
def test_letters_come_with_what_else_they_might_be(
    name: str, page: FormPage, readers: dict[str, Reader]
) -> None:
    line = readers[name].read_page(page.grey).lines[0]
    letters = [letter for word in line.words for letter in word.letters]
    assert sum(bool(letter.alternatives) for letter in letters) > len(letters) / 2
    for letter in letters:
        assert letter.text not in {other for other, _ in letter.alternatives}
        sureness = [confidence for _, confidence in letter.alternatives]
        assert sureness == sorted(sureness, reverse=True)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("second", [False, True])
def test_single_lines_are_read_where_they_are_asked_for(
    name: str, page: FormPage, readers: dict[str, Reader], *, second: bool
) -> None:
    boxes = [_wide(printed) for printed in page.printed[:2]]
    nowhere = Box(0.5, 0.5, 0.5, 0.5)
    lines = readers[name].read_lines(page.grey, [*boxes, nowhere], second=second)
    assert [line.text for line in lines] == [KYRGYZ, RUSSIAN, ""]
    assert Box.around(word.box for word in lines[1].words).overlap(boxes[1]) > 0.7


@pytest.mark.parametrize("name", NAMES)
def test_digits_have_a_model_of_their_own(name: str, readers: dict[str, Reader]) -> None:
    # PT Sans: both Cyrillic models take its flat-topped 3 for a 5
    page = FormPage(family="PT Sans")
    number = page.put(100, 80, "00908201310337")
    (line,) = readers[name].read_digits(page.grey, [_wide(number)])
    assert line.text.replace(" ", "") == "00908201310337"
    (again,) = readers[name].read_lines(page.grey, [_wide(number)], second=True)
    assert again.text.replace(" ", "") == "00908201310337"


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_page_has_no_lines(name: str, readers: dict[str, Reader]) -> None:
    assert readers[name].read_page(FormPage(400, 300).grey).lines == ()


def _read_in_child(grey: Raster, answers: multiprocessing.Queue[str]) -> None:
    answers.put(_OPEN[0].read_page(grey).text)


_OPEN: list[Reader] = []


def test_a_forked_child_may_go_on_with_an_open_reader(
    page: FormPage, readers: dict[str, Reader]
) -> None:
    _OPEN.append(readers["tesseract"])
    expected = _OPEN[0].read_page(page.grey).text
    context = multiprocessing.get_context("fork")
    answers: multiprocessing.Queue[str] = context.Queue()
    child = context.Process(target=_read_in_child, args=(page.grey, answers))
    child.start()
    assert answers.get(timeout=30) == expected
    child.join()
    assert _OPEN[0].read_page(page.grey).text == expected


def test_both_ways_read_the_same(page: FormPage, readers: dict[str, Reader]) -> None:
    texts = {name: reader.read_page(page.grey).text for name, reader in readers.items()}
    assert texts["tesseract"] == texts["pytesseract"]
    assert open_reader().name.split()[0] == "own"


def test_an_unknown_reader_is_refused() -> None:
    with pytest.raises(Refused, match="no reader is called 'abbyy'; choose one of both"):
        open_reader("abbyy")


def test_missing_models_name_the_packages(tmp_path: Path) -> None:
    with pytest.raises(Failed, match=r"apt-get install tesseract-ocr$"):
        model_folder((str(tmp_path),))
    (tmp_path / "kir.traineddata").touch()
    assert model_folder((str(tmp_path),)) == tmp_path
    with pytest.raises(Failed, match="apt-get install tesseract-ocr-kir tesseract-ocr-rus"):
        languages(KIR_RUS, tmp_path)


def test_ubuntu_keeps_scripts_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "script").mkdir()
    (tmp_path / "script" / "Cyrillic.traineddata").touch()
    assert languages(CYRILLIC, tmp_path) == "script/Cyrillic"
    (tmp_path / "Cyrillic.traineddata").touch()
    assert languages(CYRILLIC, tmp_path) == "Cyrillic"
    assert model_folder((str(tmp_path / "no"), str(tmp_path))) == tmp_path


def test_what_the_models_cannot_write() -> None:
    folder = model_folder(FOLDERS)
    kir, rus = Model("kir", (("kir",),), ()), Model("rus", (("rus",),), ())
    assert "№" not in alphabet(kir, folder)
    assert {"№", "ү", "ө", "ң"} <= alphabet(KIR_RUS, folder)
    assert not {"ү", "ө", "ң"} & alphabet(rus, folder)
    assert not set("IVXabc") & alphabet(CYRILLIC, folder)


def test_letters_of_other_languages_are_barred() -> None:
    folder = model_folder(FOLDERS)
    barred = foreign_letters(CYRILLIC, folder)
    assert set("ҚқҰұЇїЄє") <= set(barred)
    assert not set("өүңӨҮҢёЁыъ0123456789№«") & set(barred)
    assert foreign_letters(Model("rus", (("rus",),), ()), folder) == ""


def test_an_alphabet_is_read_from_the_file_itself(tmp_path: Path) -> None:
    listing = "3\nNULL 0\nа 3\nб 3\n".encode()
    places = [-1] * 24
    places[21] = 4 + 8 * 24
    places[22] = places[21] + len(listing)
    head = struct.pack("<i24q", 24, *places)
    (tmp_path / "toy.traineddata").write_bytes(head + listing + b"rest")
    assert alphabet(Model("toy", (("toy",),), ()), tmp_path) == {"а", "б"}


def test_nothing_is_made_up_on_bare_paper(readers: dict[str, Reader]) -> None:
    box = Box(0.1, 0.1, 0.6, 0.15)
    assert readers["tesseract"].read_lines(FormPage().grey, [box]) == [Line((), box)]


def test_our_own_recogniser_reads_a_page_on_its_own(page: FormPage) -> None:
    text = open_reader("own").read_page(page.grey)
    read = [line.text for line in text.lines]
    assert len(read) == len(page.printed)
    assert sum(one == other for one, other in zip(read, (KYRGYZ, RUSSIAN), strict=False)) >= 1
    for line, printed in zip(text.lines, page.printed, strict=True):
        assert line.box.overlap(printed.box) > 0.7


def test_what_is_hardly_a_word_is_left_out_of_a_page() -> None:
    box = Box(0.1, 0.1, 0.2, 0.2)
    words = [
        Word(tuple(Letter(sign, box, sure, ()) for sign in text), box, 0.1)
        for text, sure in (("Директор", 0.9), ("ГКР", 0.4), ("А.", 0.7))
    ]
    assert legible(Line(tuple(words), box)).text == "Директор А."


def test_a_house_that_might_be_a_letter_is_left_on_a_page() -> None:
    box = Box(0.1, 0.1, 0.2, 0.2)
    house = Letter("3", box, 0.5, (("З", 0.45),))
    assert legible(Line((Word((house,), box, 0.5),), box)).text == "3"


@pytest.mark.parametrize(
    ("sure", "left", "read"),
    [(0.55, 0.17, "2 980,7"), (0.55, 0.1, "980,7"), (0.45, 0.17, "980,7")],
    ids=["right before the rest", "far off", "hardly a sign"],
)
def test_a_digit_in_doubt_stays_right_before_the_rest_of_its_number(
    sure: float, left: float, read: str
) -> None:
    digit, rest = Box(left, 0.1, left + 0.01, 0.12), Box(0.19, 0.1, 0.25, 0.12)
    words = (
        Word((Letter("2", digit, sure, ()),), digit, sure),
        Word(tuple(Letter(sign, rest, 0.9, ()) for sign in "980,7"), rest, 0.9),
    )
    assert legible(Line(words, Box(0.1, 0.1, 0.3, 0.12))).text == read


def test_both_reads_pages_itself_and_values_a_second_time_with_tesseract(
    page: FormPage, readers: dict[str, Reader]
) -> None:
    reader, tesseract = open_reader("both"), readers["tesseract"]
    assert (reader.name.split()[0], reader.second_name) == ("own", tesseract.name)
    assert not reader.prefers_second
    box = _wide(page.printed[1])
    assert reader.read_lines(page.grey, [box], second=True) == tesseract.read_lines(
        page.grey, [box]
    )
    assert reader.read_page(page.grey).engine == reader.name


def _line(*words: tuple[str, float, float, float]) -> Line:
    """Return a line of words at left and right in its row, each with its confidence."""
    made = []
    for text, left, right, sure in words:
        box = Box(left, 0.1, right, 0.12)
        made.append(Word((Letter(text, box, sure, ()),), box, sure))
    return Line(tuple(made), Box(0.1, 0.1, 0.9, 0.12))


def test_what_two_strips_show_is_read_once() -> None:
    one = _line(("ул.", 0.1, 0.15, 0.9), ("Манаса", 0.2, 0.4, 0.9))
    other = _line(("Манаса,", 0.19, 0.41, 0.8), ("12", 0.5, 0.55, 0.9))
    kept = [line.text for line in without_doubles([one, other])]
    assert kept == ["ул.", "Манаса, 12"]
    below = Line(tuple(_moved(word) for word in one.words), one.box)
    assert [line.text for line in without_doubles([one, below])] == ["ул. Манаса", "ул. Манаса"]


def _moved(word: Word) -> Word:
    return replace(word, box=replace(word.box, top=0.2, bottom=0.22))
