from __future__ import annotations

import pytest

from intake.domain.notice import Flag
from intake.fields.graded import Note
from intake.fields.places import (
    grade_district,
    grade_region,
    lies_in_region,
    match_place,
    same_place,
)
from intake.fields.reference import Reference
from intake.fields.script import Language
from tests.fields.writing import written

DISTRICTS: tuple[tuple[str, Language, str], ...] = (
    ("Сокулук", "ky", "Сокулук"),
    ("Сокулукского", "ru", "Сокулук"),
    ("СОКУЛУК", "ky", "Сокулук"),
    ("Сокулук районунун", "ky", "Сокулук"),
    ("Кара-Буура", "ky", "Айтматов"),
    ("Кара-Бууринского", "ru", "Айтматов"),
    ("Айтматов", "ky", "Айтматов"),
    ("Айтматовского", "ru", "Айтматов"),
    ("города Ош", "ru", "Ош"),
    ("г. Ош", "ru", "Ош"),
    ("Бишкек шаарынын", "ky", "Бишкек"),
    ("Бишкек ш.", "ky", "Бишкек"),
    ("Токмока", "ru", "Токмок"),
    ("Өзгөн", "ky", "Өзгөн"),
    ("Узгенского", "ru", "Өзгөн"),
    ("Джалал-Абад", "ru", "Манас"),
    ("Чоң-Алай", "ky", "Чоң-Алай"),
    ("Биринчи Май", "ky", "Биринчи Май"),
    ("Первомайского", "ru", "Биринчи Май"),
    ("Наукатского", "ru", "Ноокат"),
    ("Ысык Көл", "ky", "Ысык-Көл"),
    ("Тоӊ", "ky", "Тоң"),
)


@pytest.mark.parametrize(("text", "language", "name"), DISTRICTS)
def test_districts_as_written(
    text: str, language: Language, name: str, reference: Reference
) -> None:
    graded = grade_district(written(text, language=language), reference)
    assert graded.value is not None
    shown = graded.value if text.endswith("ш.") else graded.value.strip(".")
    assert shown.casefold() == text.replace("ӊ", "ң").casefold()
    assert graded.flags == ()
    match = match_place(text, reference.districts)
    assert match is not None
    assert match.place.name_ky == name


def test_every_reference_form_is_found_and_needs_no_person(reference: Reference) -> None:
    for places, grade in ((reference.regions, grade_region), (reference.districts, grade_district)):
        for place in places:
            for form in place.forms:
                graded = grade(written(form, form, language="ru"), reference)
                assert (graded.value, graded.flags) == (form.strip("."), ()), form


@pytest.mark.parametrize(
    ("first", "second", "value", "flags"),
    [
        ("Сокулүк", "Сокулук", "Сокулук", ()),
        ("Өзген", "Өзгөн", "Өзгөн", ()),
        ("Озгон", "Озгон", "Озгон", ()),
        ("Озгон", None, "Озгон", (Flag.AMBIGUOUS,)),
        ("Сокулукскоро", None, "Сокулукского", (Flag.CORRECTED,)),
        ("Сокулукскоро", "Сокулукского", "Сокулукского", ()),
        ("Кара-Кол", None, "Кара-Кол", (Flag.AMBIGUOUS,)),
        ("Кара-Кол", "Кара-Көл", "Кара-Көл", ()),
        ("Тон", "Тон", "Тон", (Flag.AMBIGUOUS,)),
        ("Туп", "Туп", "Туп", (Flag.AMBIGUOUS,)),
        ("Тон", "Тоң", "Тоң", ()),
        ("Майлуу+Суу", "Майлуу-Суу", "Майлуу-Суу", ()),
        ("Каракол", "Каракол", "Каракол", ()),
        ("Нарын", "Талас", "Нарын", (Flag.AMBIGUOUS,)),
        ("Кыргызбай", None, "Кыргызбай", (Flag.NOT_IN_REFERENCE,)),
        ("", None, None, ()),
        ("______", None, None, ()),
    ],
)
def test_damage(
    first: str, second: str | None, value: str | None, flags: tuple[Flag, ...],
    reference: Reference,
) -> None:  # fmt: skip
    graded = grade_district(written(first, second), reference)
    assert (graded.value, graded.flags) == (value, flags)


def test_a_misread_name_that_could_be_two_is_never_silent(reference: Reference) -> None:
    for text in ("Талаа", "Манос", "Ленино", "Кемир", "Алам"):
        assert grade_district(written(text), reference).flags, text


def test_the_code_is_among_the_candidates(reference: Reference) -> None:
    graded = grade_district(written("Сокулукского", language="ru"), reference)
    assert graded.candidates[0].origin.startswith("41708")


def test_districts_and_regions_belong_together(reference: Reference) -> None:
    assert lies_in_region("Сокулукского", "Чуйской", reference) is True
    assert lies_in_region("Сокулук", "Ош", reference) is False
    assert lies_in_region("Талас", "Талас", reference) is True
    assert lies_in_region("Нарын шаарынын", "Нарын", reference) is True
    assert lies_in_region("Зззз", "Нарын", reference) is None


def test_osh_before_the_forms_word_is_the_region_and_said_to_be_a_city_the_city(
    reference: Reference,
) -> None:
    assert lies_in_region("Ноокат", "Ош", reference) is True
    assert lies_in_region("Ош", "Ош", reference) is True
    assert lies_in_region("Ноокат", "Ош ш.", reference) is False
    assert grade_region(written("Ош"), reference).candidates[0].origin == "41706000000000"
    assert grade_region(written("г. Ош"), reference).candidates[0].origin == "41721000000000"
    assert same_place("Сокулукского", "Сокулук", "district", reference) is True
    assert same_place("Чуйской", "Чүй", "region", reference) is True
    assert same_place("Чуйской", "Нарын", "region", reference) is False


def test_region_decides_between_units_of_one_name(reference: Reference) -> None:
    graded = grade_district(written("Манас"), reference, region="Жалал-Абад")
    assert graded.evidence["in_region"] == 1
    assert grade_district(written("Манас"), reference, region="Чүй").evidence["in_region"] == 0
    assert Note.PLACE_UNKNOWN not in graded.notes


def test_a_hyphen_that_was_read_as_another_sign_comes_back(reference: Reference) -> None:
    assert grade_district(written("Ак:Суйского", language="ru"), reference).value == "Ак-Суйского"
    assert (
        grade_region(written("Джалал.Абадской", language="ru"), reference).value
        == "Джалал-Абадской"
    )
    assert (  # one letter too many is repaired, the dash stays
        grade_region(written("Джсалал-Абадской", "Джалал-Абадскои", language="ru"), reference).value
        == "Джалал-Абадской"
    )


def test_a_place_has_its_capital_letter(reference: Reference) -> None:
    small = grade_region(written("ош", "ош"), reference)
    assert (small.value, small.flags) == ("Ош", ())
    assert grade_region(written("г. Ош", "г. Ош", language="ru"), reference).value == "г. Ош"


def test_a_place_among_other_words_is_taken_and_asked_about(reference: Reference) -> None:
    graded = grade_district(written("Ат-Башы Барскоон", language="ky"), reference)
    assert (graded.value, graded.flags) == ("Ат-Башы", (Flag.AMBIGUOUS,))
    assert "Ат-Башы Барскоон" in [candidate.value for candidate in graded.candidates]


def test_another_addressees_name_is_no_part_of_a_place(reference: Reference) -> None:
    text = written("өкмөтү Токтогульского", language="ru")
    assert grade_district(text, reference).value == "Токтогульского"


def test_a_bracket_that_only_opens_is_no_part_of_a_place(reference: Reference) -> None:
    graded = grade_region(written("(Ошской", language="ru"), reference)
    assert graded.value == "Ошской"
