"""What of names and addresses is taken as the better reader saw it, and what no value has."""

from __future__ import annotations

import pytest

from intake.fields.graded import Note
from intake.fields.names import grade_address, grade_name
from intake.fields.persons import grade_person
from intake.fields.reference import Reference
from tests.fields.writing import own_first, written


@pytest.mark.parametrize(
    ("own", "other", "value"),
    [
        ("Школа N51", "Школа №51", "Школа N51"),  # as written: both signs are usual
        ("Школа N 51", "Школа №51", "Школа N 51"),
        ("Школа №51", "Школа N51", "Школа №51"),
        ("Школа №51", "Школа № 51", "Школа №51"),
    ],
)
def test_the_sign_before_a_number_is_as_the_better_reader_saw_it(
    own: str, other: str, value: str, reference: Reference
) -> None:
    assert grade_name(own_first(own, other), reference).value == value


def test_a_russian_name_gets_no_kyrgyz_letter_that_the_better_reader_did_not_see(
    reference: Reference,
) -> None:
    names = "Жакиева Нурия Ырысбековна", "Жакиева Нүрия Ырысбековна"
    graded = grade_person(own_first(*names, language="ru"), reference)
    assert graded.value == "Жакиева Нурия Ырысбековна"
    assert Note.READINGS_DISAGREE in graded.notes
    assert grade_person(own_first(*names), reference).value == "Жакиева Нүрия Ырысбековна"


def test_a_whole_known_name_needs_no_second_reading(reference: Reference) -> None:
    name = "Жумабеков Марат Осмонович"
    sure = own_first(name, "ТЕчр за о", language="ru")
    assert Note.READINGS_DISAGREE not in grade_person(sure, reference).notes
    short = own_first("Жумабеков Марат", "ТЕчр за о", language="ru")
    assert Note.READINGS_DISAGREE in grade_person(short, reference).notes


@pytest.mark.parametrize(
    ("address", "is_asked"),
    [
        ("г. Ош, ул. Ленина, 8", False),
        ("г. Ош, ул. Ленина, 8, 2-й этаж", False),
        ("г. Ош, ул. 50 лет Октября", False),
        ("г. Ош, ул. Ленина, 8. С уважением", True),
        ("г. Ош, ул. Ленина, 8 Педагогический коллектив", True),
    ],
)
def test_words_behind_a_house_are_asked_about(
    address: str, is_asked: bool, reference: Reference
) -> None:
    notes = grade_address(written(address, address, language="ru"), reference).notes
    assert (Note.FORM_WORDS in notes) is is_asked


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("Школа № 45 им. Н. Бегалиева", None),
        ("Школа № 45 им Н Бегалиева", Note.SPELLING_UNSURE),
        ("Учреждение «Билимкана» Ошской области", None),
        ("Учреждение «Билимкана» Ошской", Note.INK_BESIDE),
        ("Кочкор районундагы", Note.INK_BESIDE),
    ],
)
def test_points_and_ends_that_were_lost_are_asked_about(
    name: str, note: Note | None, reference: Reference
) -> None:
    notes = grade_name(written(name, name), reference).notes
    assert notes == (() if note is None else (note,))
