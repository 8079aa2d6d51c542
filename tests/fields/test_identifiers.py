from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.domain.notice import Flag
from intake.fields.check_digits import check_digit, inn_date, passes
from intake.fields.graded import Note, Written
from intake.fields.identifiers import grade_inn, grade_okpo, grade_pair, is_person, registered
from tests.fields.writing import TODAY, written

# Published numbers of organisations (reference/identifiers.md).
INNS = (
    "03003199410053",
    "00308200610153",
    "02012201010017",
    "01502201610205",
    "01705199710011",
    "01603201810293",
    "02705201910356",
    "01905202010099",
    "00610202310298",
    "02404202410041",
    "01007202410391",
    "01610201710254",
    "02507199510010",
    "01801201210323",
    "01207199510092",
    "00207199610017",
)
OKPOS = (
    "01211791",
    "24275760",
    "27231453",
    "21183298",
    "30023004",
    "30404367",
    "30720909",
    "32200485",
    "32781571",
    "33112978",
    "29693656",
    "22383800",
)
INN = "00308200610153"
OKPO = "24275760"


def test_published_numbers_pass_and_need_no_person() -> None:
    for number in INNS:
        graded = grade_inn(written(number), today=TODAY)
        assert (graded.value, graded.flags) == (number, ())
    for number in OKPOS:
        graded = grade_okpo(written(number))
        assert (graded.value, graded.flags) == (number, ())


def test_the_unexplained_published_failures_are_flagged_and_kept() -> None:
    graded = grade_okpo(written("29400184"))
    assert graded.value == "29400184"
    assert graded.flags == (Flag.CHECK_FAILED,)
    graded = grade_inn(written("02707199210036"), today=TODAY)
    assert graded.value == "02707199210036"
    assert graded.notes == (Note.CHECK_DIGIT,)


@pytest.mark.parametrize(
    "text",
    [
        "0030 8200 6101 53",
        "00308200610153.",
        "_00308200610153_,",
        "ИНН 00308200610153",
        "ИНН: 00308200610153",
        "ИНН00308200610153",
        "№ 00308200610153",
        "0-0-3-0-8-2-0-0-6-1-0-1-5-3",
        "0 0 3 0 8 2 0 0 6 1 0 1 5 3",
        "|00308200610153|",
        "00308200610153, менчиктин",
        "ИНН 00308200610153, ОКПО 24275760",
        "00308200610153 ОКПО 24275760",
        "00308200610153/24275760",
    ],
)
def test_noise_around_digits_is_no_repair(text: str) -> None:
    graded = grade_inn(written(text), today=TODAY)
    assert (graded.value, graded.flags) == (INN, ())
    assert graded.text == text


@pytest.mark.parametrize(
    "text",
    ["ОО3О82ОО61О153", "003082006I0I53", "ИННО0308200610153", "00З08200610153", "00308200Б10153"],
)
def test_letters_for_digits_are_repaired_and_flagged(text: str) -> None:
    graded = grade_inn(written(text), today=TODAY)
    assert (graded.value, graded.text) == (INN, text)
    assert Flag.CORRECTED in graded.flags
    assert graded.evidence["repaired"] >= 1


def test_a_second_reading_in_plain_digits_is_no_repair() -> None:
    graded = grade_inn(written("0030820061О153", INN), today=TODAY)
    assert (graded.value, graded.text, graded.flags) == (INN, INN, ())


def test_the_reading_that_passes_the_check_wins() -> None:
    wrong = INN.replace("3", "5", 1)
    first_right = grade_inn(written(INN, wrong), today=TODAY)
    assert (first_right.value, first_right.flags) == (INN, ())
    assert first_right.evidence["agree"] == 0
    second_right = grade_inn(written(wrong, INN), today=TODAY)
    assert (second_right.value, second_right.flags) == (INN, (Flag.AMBIGUOUS,))
    assert {c.value for c in second_right.candidates} >= {INN, wrong}


def test_two_sound_readings_that_differ_go_to_a_person() -> None:
    graded = grade_okpo(written("24275760", "27231453"))
    assert graded.flags == (Flag.AMBIGUOUS,)
    assert {c.value for c in graded.candidates} == {"24275760", "27231453"}


def test_an_alternative_letter_that_passes_is_never_silent() -> None:
    wrong = "00508200610153"
    graded = grade_inn(written(wrong, alternatives={2: ("3", 0.4)}), today=TODAY)
    assert graded.value == INN
    assert set(graded.flags) == {Flag.AMBIGUOUS, Flag.CORRECTED}
    assert {c.value for c in graded.candidates} >= {INN, wrong}
    assert graded.text == wrong


@pytest.mark.parametrize("text", ["2427576", "242757600", "24", "№ 5"])
def test_a_wrong_count_of_digits_has_no_value(text: str) -> None:
    graded = grade_okpo(written(text))
    assert (graded.value, graded.text) == (None, text)
    assert graded.flags == (Flag.UNREADABLE,)


def test_one_digit_too_many_suggests_the_number() -> None:
    graded = grade_okpo(written("242757760"))
    assert OKPO in {c.value for c in graded.candidates}


def test_digits_left_beside_a_number_are_never_dropped_silently() -> None:
    graded = grade_okpo(written("2427 5760 1"))
    assert (graded.value, graded.flags) == (OKPO, (Flag.AMBIGUOUS,))


def test_a_lost_leading_zero_is_restored_and_flagged() -> None:
    graded = grade_inn(written("1207199510092"), today=TODAY)
    assert graded.value == "01207199510092"
    assert (graded.flags, graded.notes) == ((Flag.CORRECTED,), (Note.ZERO_RESTORED,))
    assert grade_inn(written("120719951ж0092"), today=TODAY).value is None


def test_digits_in_boxes_are_taken_from_the_reading_without_the_sides() -> None:
    graded = grade_okpo(written("[2 |4 |2 [7 |5 |7 |6 [0", OKPO))
    assert graded.value == OKPO
    boxed = grade_inn(written("|0 |0 |3 0|8 |2 0|0 6|1 |0 1|5 |3", INN), today=TODAY)
    assert boxed.value == INN


def test_a_sound_number_that_both_readings_saw_in_boxes_needs_no_look() -> None:
    sides = "[2 |4 |2 [7 |5 |7 |6 [0"
    assert grade_okpo(written(sides, OKPO)).flags == ()
    assert grade_okpo(written("[9 |4 |1 [7 |8 |7 |6 [1", OKPO)).flags == (Flag.AMBIGUOUS,)


def test_structure() -> None:
    person = grade_inn(written("20101198012345"), today=TODAY)
    assert Note.INN_PERSON in person.notes
    assert is_person(person.value)
    odd = "0320219941005"
    graded = grade_inn(written(odd + str(check_digit(odd))), today=TODAY)
    assert graded.notes == (Note.INN_DATE,)
    assert registered(INN) == date(2006, 8, 3)
    assert grade_okpo(written("00000000")).notes == (Note.PLACEHOLDER,)
    assert grade_okpo(written("12345678")).flags == (Flag.CHECK_FAILED,)


def test_swapped_numbers_are_put_right_and_flagged() -> None:
    graded_inn, graded_okpo = grade_pair(written(OKPO), written(INN), today=TODAY)
    assert (graded_inn.value, graded_okpo.value) == (INN, OKPO)
    assert graded_inn.flags == graded_okpo.flags == (Flag.CORRECTED,)


def test_a_labelled_neighbour_fills_an_empty_place() -> None:
    graded_inn, graded_okpo = grade_pair(
        written(f"ИНН {INN}, ОКПО {OKPO}"), written(""), today=TODAY
    )
    assert (graded_inn.value, graded_inn.flags) == (INN, ())
    assert (graded_okpo.value, graded_okpo.flags) == (OKPO, (Flag.CORRECTED,))
    graded_inn, graded_okpo = grade_pair(written(""), written(f"{OKPO}"), today=TODAY)
    assert (graded_inn.value, graded_okpo.value) == (None, OKPO)


def test_nothing_there_is_no_flag() -> None:
    graded = grade_inn(Written(" "), today=TODAY)
    assert (graded.value, graded.text, graded.flags) == (None, "", ())
    graded = grade_inn(written("сокулук"), today=TODAY)
    assert graded.flags == (Flag.UNREADABLE,)


@settings(deadline=None)
@given(st.text(alphabet="0123456789ОоЗзБІ|_ .,-ИНОКП№abж", max_size=30), st.booleans())
def test_no_digit_is_invented(text: str, is_inn: bool) -> None:
    graded = grade_inn(written(text), today=TODAY) if is_inn else grade_okpo(written(text))
    if graded.value is not None:
        assert len(graded.value) == (14 if is_inn else 8)
        signs = sum(sign.isalnum() or sign in "|" for sign in text)
        assert signs >= len(graded.value) - (Note.ZERO_RESTORED in graded.notes)
        again = (
            grade_inn(written(graded.value), today=TODAY)
            if is_inn
            else grade_okpo(written(graded.value))
        )
        assert again.value == graded.value


@given(
    st.text(alphabet="0123456789", min_size=13, max_size=13), st.integers(0, 12), st.integers(1, 9)
)
def test_most_single_slips_fail_the_check(body: str, place: int, shift: int) -> None:
    number = body + str(check_digit(body))
    assert passes(number)
    slip = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    if check_digit(body) not in (0, 1) and check_digit(slip[:-1]) not in (0, 1):
        weights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 2, 3]
        first_row = sum(w * int(d) for w, d in zip(weights, body, strict=True)) % 11
        slip_row = sum(w * int(d) for w, d in zip(weights, slip, strict=False)) % 11
        if first_row < 10 and slip_row < 10:
            assert not passes(slip)


def test_inn_date_of_an_impossible_day() -> None:
    assert inn_date("03202199410053") is None
