"""What a notice's fields say once letters, ink and rules are held against each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from intake.alignment.spots import spots_of
from intake.alignment.stream import line_letters
from intake.domain.document import Document, Kind
from intake.domain.geometry import Box, Transform
from intake.domain.ink import BlankInk, Ink, Mark, OptionInk, Presence
from intake.domain.notice import Flag, Notice, State
from intake.domain.placement import Hole
from intake.domain.template import Template
from intake.domain.text import Letter
from intake.fields.confidence import load_calibration
from intake.fields.graded import Note, Written
from intake.fields.grading import Grader
from intake.fields.reference import load_reference
from intake.forms import load_forms
from intake.options import TEMPLATES
from intake.stages.desk import Desk
from intake.stages.validate import validate
from intake.stages.weigh import weigh
from intake.stages.writing import Writing, among_others
from tests.stages.test_match import KY, RU
from tests.typed import matched, typed_page


@pytest.fixture(scope="module")
def forms() -> tuple[Template, ...]:
    return load_forms(TEMPLATES)


@pytest.fixture(scope="module")
def desk() -> Desk:
    document = Document("scan.png", Path("scan.png"), "0" * 64, Kind.PNG, 1)
    grader = Grader(load_reference(TEMPLATES / "reference"), date(2026, 1, 1))
    return Desk(document, {1: Transform()}, grader, load_calibration(), {})


def notice(
    forms: tuple[Template, ...], desk: Desk, text: str, options: tuple[OptionInk, ...] = ()
) -> Notice:
    (placement,) = matched([(1, typed_page(text))], forms)
    seen = {(one.field, one.option) for one in options}
    plain = tuple(
        OptionInk(option.field, option.option, Mark.NONE, 0.99, sure=True)
        for option in placement.options
        if (option.field, option.option) not in seen
    )
    blanks = {
        name: BlankInk(1.0, written=True, handwritten=0.0)
        for name, holes in placement.holes.items()
        if any(hole.letters for hole in holes)
    }
    found = validate(placement, Ink((*options, *plain), {}, blanks), {}, desk)
    assert found is not None
    return found


def test_ownership_may_be_marked_in_the_hint(forms: tuple[Template, ...], desk: Desk) -> None:
    marked = OptionInk("ownership", "private", Mark.UNDERLINED, 0.999, sure=True)
    unwritten = RU.replace("форма собственности муниципальная", "форма собственности")
    reading = notice(forms, desk, unwritten, (marked,)).fields["ownership"]
    assert (reading.value, Flag.AMBIGUOUS in reading.flags) == ("private", False)


def test_an_answer_marked_in_the_list_alone_is_read_from_its_mark(
    forms: tuple[Template, ...], desk: Desk
) -> None:
    start, end = RU.index("форма собственности"), RU.index("юридический/фактический")
    listed = "форма собственности (государственная, муниципальная, частная),\n"
    text = RU[:start] + listed + RU[end:]
    marked = OptionInk("ownership", "private", Mark.UNDERLINED, 0.999, sure=True)
    reading = notice(forms, desk, text, (marked,)).fields["ownership"]
    assert (reading.value, reading.flags) == ("private", ())
    assert notice(forms, desk, text).fields["ownership"].value is None


def test_ownership_written_out_is_not(forms: tuple[Template, ...], desk: Desk) -> None:
    reading = notice(forms, desk, RU).fields["ownership"]
    assert (reading.value, Flag.AMBIGUOUS in reading.flags) == ("municipal", False)


@pytest.mark.parametrize("stamp", ["Вх. № 673", "Входящий № 1113", "Кириш № 361"])
def test_an_incoming_stamp_is_no_order_number(
    forms: tuple[Template, ...], desk: Desk, stamp: str
) -> None:
    reading = notice(forms, desk, RU.replace("№ _____ от", f"№ {stamp} от")).fields["order_number"]
    assert (reading.value, reading.state) == (None, State.BLANK)
    assert reading.flags  # the number itself may stand there, unread


@pytest.mark.parametrize("stamp", ["24.12.2023", "«12» декабря 2023 г.", "дата 15 октября 2024 г."])
def test_a_date_is_no_order_number(forms: tuple[Template, ...], desk: Desk, stamp: str) -> None:
    reading = notice(forms, desk, RU.replace("№ _____ от", f"№ {stamp} от")).fields["order_number"]
    assert (reading.value, reading.state, reading.flags) == (None, State.BLANK, (Flag.AMBIGUOUS,))


def test_what_stands_beside_a_place_and_is_none_leaves_it_blank_and_asked_about(
    forms: tuple[Template, ...], desk: Desk
) -> None:
    beside = KY.replace("Чүй облусунун", 90 * " " + "Келген кат\nоблусунун")
    reading = notice(forms, desk, beside).fields["department_region"]
    assert (reading.value, reading.state, reading.flags) == (None, State.BLANK, (Flag.AMBIGUOUS,))


@pytest.mark.parametrize(
    ("words", "is_asked"),
    [("Совет по вопросам дошкольного и школьного образования", True), ("имени Мастера", False)],
)
def test_words_of_the_forms_own_sentence_in_a_value_are_asked_about(
    forms: tuple[Template, ...], desk: Desk, words: str, is_asked: bool
) -> None:
    text = RU.replace("Учреждение «Средняя", f"{words} Учреждение «Средняя")
    reading = notice(forms, desk, text).fields["organization_name"]
    assert (str(Note.FORM_WORDS) in reading.notes) is is_asked


def test_a_word_is_never_a_speck_however_little_ink_is_counted(
    forms: tuple[Template, ...], desk: Desk
) -> None:
    text = RU.replace("форма собственности муниципальная", "форма собственности Нерынокой")
    (placement,) = matched([(1, typed_page(text))], forms)
    blanks = {"ownership": BlankInk(0.02, written=False, handwritten=0.0)}
    found = validate(placement, Ink((), {}, blanks), {}, desk)
    assert found is not None
    assert found.fields["ownership"].flags
    assert found.fields["ownership"].state is not State.BLANK


@pytest.mark.parametrize(
    ("strokes", "least_sure", "by_hand"),
    [(0.7, 0.9, True), (0.7, 0.999, False), (0.95, 0.999, True), (0.3, 0.5, False)],
)
def test_a_value_read_without_a_doubt_needs_more_to_count_as_written_by_hand(
    strokes: float, least_sure: float, by_hand: bool
) -> None:
    box = Box(0.1, 0.1, 0.2, 0.2)
    letters = (Letter("5", box, 1.0), Letter("7", box, least_sure))
    ink = BlankInk(1.0, written=True, handwritten=strokes)
    writing = Writing(
        Written("57", letters),
        has_text=True, has_ink=True, printed_year=None, ink=ink, spots=(), evidence={},
    )  # fmt: skip
    assert writing.by_hand is by_hand


@pytest.mark.parametrize(
    ("others", "again", "by_hand"),
    [(0.1, "57", False), (0.1, "51", True), (0.9, "57", True)],
)
def test_a_value_among_typed_ones_that_both_read_alike_is_typed(
    others: float, again: str, by_hand: bool
) -> None:
    """Whatever strokes of a signature or seal cross it."""
    letters = tuple(Letter(sign, Box(0.1, 0.1, 0.2, 0.2), 0.97) for sign in "57")

    def writing(strokes: float) -> Writing:
        ink = BlankInk(1.0, written=True, handwritten=strokes)
        return Writing(
            Written("57", letters, second=again),
            has_text=True, has_ink=True, printed_year=None, ink=ink, spots=(), evidence={},
        )  # fmt: skip

    beside = {str(n): writing(others) for n in range(3)}
    mine = among_others({"crossed": writing(0.97), **beside})["crossed"]
    assert mine is not None
    assert mine.by_hand is by_hand


@pytest.mark.parametrize(("better", "is_asked"), [(False, False), (True, True)])
def test_an_address_surely_read_is_not_doubted_for_the_worse_readers_sake(
    forms: tuple[Template, ...], desk: Desk, better: bool, is_asked: bool
) -> None:
    """``better``: the second reader errs less. Both read a place that there is."""
    (placement,) = matched([(1, typed_page(RU))], forms)
    holes = {
        name: tuple(replace(hole, cost=0.0, stray=0) for hole in several)
        for name, several in placement.holes.items()
    }
    ink = Ink((), {}, {name: BlankInk(1.0, written=True, handwritten=0.0) for name in holes})
    again = "Чуйская область, Сокулукский район,\nс. Токмок, ул. Ленина 15"
    grader = replace(desk.grader, prefers_second=better)
    second = {"address": typed_page(again).lines}
    found = validate(replace(placement, holes=holes), ink, second, replace(desk, grader=grader))
    assert found is not None
    assert (Flag.AMBIGUOUS in found.fields["address"].flags) is is_asked


def test_a_form_with_nothing_but_a_piece_of_print_in_a_blank_is_no_notice(
    forms: tuple[Template, ...], desk: Desk
) -> None:
    empty = RU
    for value in (
        "Учреждение «Средняя общеобразовательная школа № 5\nимени Ч. Айтматова»", "24275760",
        "00308200610153", "муниципальная\n", "Сокулукского", "Чуйской",
        "Чуйская область, Сокулукский район,\nс. Шопоков, ул. Ленина 15",
        "Асанов Асан Асанович", "12 мая 2023",
    ):  # fmt: skip
        empty = empty.replace(value, "" if not value.isdigit() or len(value) > 8 else "И")
    (placement,) = matched([(1, typed_page(empty))], forms)
    blanks = {name: BlankInk(1.0, written=True, handwritten=0.0) for name in ("organization_okpo",)}
    assert validate(placement, Ink((), {}, blanks), {}, desk) is None
    # a hole that is punched in the margin is no signature, nor a blank's line below the hint a mark
    hint = OptionInk("ownership", "municipal", Mark.UNDERLINED, 0.7, sure=False)
    maybe = {"signature": Presence(True, 0.8, False)}
    assert validate(placement, Ink((hint,), maybe, blanks), {}, desk) is None
    # nor is the form's own sentence an address, or its year a name
    (line,) = typed_page("уведомляет о том, что создан 2023 г.").lines
    letters = tuple(line_letters(1, line))
    taken = {
        name: (Hole(name, letters, spots_of(letters), 0.0, is_aside=True),)
        for name in ("address", "director_name")
    }
    said = replace(placement, holes={**placement.holes, **taken})
    inked = blanks | dict.fromkeys(taken, blanks["organization_okpo"])
    assert validate(said, Ink((), {}, inked), {}, desk) is None
    surely = {"signature": Presence(True, 0.99, True)}
    assert validate(placement, Ink((hint,), surely, blanks), {}, desk) is not None


@pytest.mark.parametrize(
    ("old", "new", "is_asked"),
    [
        ("№ _____ от «_____»\n_____ 2023", "№ 866 от «_____»\n_____ 2023", True),
        ("№ _____ от «_____»\n_____ 2023", "№ 866 от « 28 »\nмарта 2023", False),
    ],
)
def test_a_number_whose_date_is_missing_may_be_a_letterheads(
    forms: tuple[Template, ...], desk: Desk, old: str, new: str, is_asked: bool
) -> None:
    number = notice(forms, desk, RU.replace(old, new)).fields["order_number"]
    assert (number.value, Flag.AMBIGUOUS in number.flags) == ("866", is_asked)


@pytest.mark.parametrize(("okpo", "is_asked"), [("24275760", False), ("", True)])
def test_the_centres_number_is_asked_about_where_the_schools_is_missing(
    forms: tuple[Template, ...], desk: Desk, okpo: str, is_asked: bool
) -> None:
    text = RU.replace("ОКПО 24275760", f"ОКПО {okpo}")
    text = text.replace("(указать ИНН, ОКПО)", "(указать ИНН, ОКПО 31490032)")
    centre = notice(forms, desk, text).fields["centre_okpo"]
    assert centre.value == "31490032"
    assert (str(Note.OTHER_NUMBER) in centre.notes) is is_asked


@pytest.mark.parametrize(
    ("said", "chosen", "flags"),
    [
        ("Сведения", "not_formed", ()),  # a label that was taken for the number
        ("3149003", "not_formed", (Flag.UNREADABLE,)),
        ("Сведения", "formed", (Flag.UNREADABLE, Flag.REQUIRED_BLANK)),
    ],
)
def test_nobody_is_asked_about_a_number_that_no_option_calls_for(
    forms: tuple[Template, ...], desk: Desk, said: str, chosen: str, flags: tuple[Flag, ...]
) -> None:
    text = RU.replace("(указать ИНН, ОКПО)", f"(указать ИНН, ОКПО {said})")
    marked = OptionInk("legal_entity", chosen, Mark.UNDERLINED, 0.99, sure=True)
    assert notice(forms, desk, text, (marked,)).fields["centre_okpo"].flags == flags


def test_the_year_of_the_date_beside_it_is_no_number(
    forms: tuple[Template, ...], desk: Desk
) -> None:
    text = RU.replace("№ _____ от «_____»\n_____ 2023", "от « 28 »\nмарта 2023 г. №")
    number = notice(forms, desk, text).fields["order_number"]
    assert number.value is None


@pytest.mark.parametrize(
    ("name", "district", "asked"),
    [
        ("department_district", None, True),
        ("department_region", "Аламудунского", True),
        ("department_region", "Бишкек", False),  # a city that is a region itself
    ],
)
def test_half_of_a_place_is_asked_about(
    forms: tuple[Template, ...], desk: Desk, *, name: str, district: str | None, asked: bool
) -> None:
    readings = dict(notice(forms, desk, RU).fields)
    readings["department_district"] = replace(readings["department_district"], value=district)
    readings[name] = replace(readings[name], value=None, state=State.BLANK, flags=())
    (placement,) = matched([(1, typed_page(RU))], forms)
    weigh(placement, readings, desk.grader.reference)
    assert (str(Note.HALF_UNREAD) in readings[name].notes) is asked
    assert not readings["ayil_district"].notes


@pytest.mark.parametrize(
    ("name", "left", "asked"),
    [("К. Жоробекова", 0.4, True), ("М.К. Жоробекова", 0.4, False), ("К. Жоробекова", 0.2, False)],
)
def test_an_initial_may_be_hidden_by_a_signature_that_reaches_the_name(
    forms: tuple[Template, ...], desk: Desk, *, name: str, left: float, asked: bool
) -> None:
    readings = dict(notice(forms, desk, RU).fields)
    readings["director_name"] = replace(
        readings["director_name"], value=name, page=1, box=Box(0.5, 0.6, 0.7, 0.62), flags=()
    )
    readings["signature"] = replace(
        readings["signature"], page=1, box=Box(left, 0.59, left + 0.11, 0.63)
    )
    (placement,) = matched([(1, typed_page(RU))], forms)
    weigh(placement, readings, desk.grader.reference)
    assert (Flag.AMBIGUOUS in readings["director_name"].flags) is asked
