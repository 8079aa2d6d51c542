"""What one reading decides, and what is read a second time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.notice import Flag
from intake.domain.template import FieldKind, FieldRule
from intake.fields.grading import Grader
from intake.fields.reference import Reference
from tests.fields.writing import TODAY, written


def _is_settled(kind: FieldKind, text: str, reference: Reference) -> bool:
    return Grader(reference, TODAY).is_settled(FieldRule("field", kind), written(text))


@pytest.mark.parametrize(
    ("kind", "text"),
    [(FieldKind.INN, "00308200610153"), (FieldKind.OKPO, "24275760"),
     (FieldKind.REGION, "Чүй"), (FieldKind.DISTRICT, "Сокулук")],
)  # fmt: skip
def test_a_sound_value_surely_read_is_settled(
    kind: FieldKind, text: str, reference: Reference
) -> None:
    assert _is_settled(kind, text, reference)


@pytest.mark.parametrize(
    ("kind", "text"),
    [(FieldKind.INN, "00308200610154"), (FieldKind.INN, "0030820061O153"),
     (FieldKind.OKPO, "2427576"), (FieldKind.DISTRICT, "Сокулуу"),
     (FieldKind.NAME, "Школа"), (FieldKind.PERSON, "Асанов Асан")],
)  # fmt: skip
def test_all_else_is_read_again(kind: FieldKind, text: str, reference: Reference) -> None:
    assert not _is_settled(kind, text, reference)


def test_a_letter_that_the_reader_doubts_unsettles(reference: Reference) -> None:
    doubted = written("24275760", alternatives={3: ("9", 0.3)})
    grader = Grader(reference, TODAY)
    assert not grader.is_settled(FieldRule("okpo", FieldKind.OKPO), doubted)
    sign = grader.grade(FieldRule("order_number", FieldKind.NUMBER), written("М № 642"))
    assert sign.value == "642"


def test_a_number_with_a_whole_word_in_it_is_asked_about(reference: Reference) -> None:
    grader, rule = Grader(reference, TODAY), FieldRule("order_number", FieldKind.NUMBER)
    assert Flag.AMBIGUOUS in grader.grade(rule, written("стр. 1", "стр. 1")).flags
    assert not grader.grade(rule, written("118-к/д", "118-к/д")).flags
    assert not grader.grade(rule, written("(0312) 57-20-11", "(0312) 57-20-11")).flags
    assert grader.grade(rule, written("118 (", "118 (")).flags


def test_free_text_is_no_name_of_an_organisation(reference: Reference) -> None:
    text = "ремонт здания в два этапа"
    grader, rule = Grader(reference, TODAY), FieldRule("reason", FieldKind.TEXT)
    assert not grader.grade(rule, written(text, text, language="ru")).flags


@pytest.mark.parametrize(
    ("first", "second", "is_asked"),
    [
        ("78", "_78_", False),
        ("LS 230020", "5 230020", False),
        ("LS 387813", "1.5 387813", False),
        ("LS 230020", "15 280020", True),
        ("Ls 437160", "1 437160", True),
        ("12", "112", True),
    ],
)
def test_rules_and_latin_capitals_are_no_dispute_about_a_number(
    first: str, second: str, is_asked: bool, reference: Reference
) -> None:
    grader, rule = Grader(reference, TODAY), FieldRule("order_number", FieldKind.NUMBER)
    graded = grader.grade(rule, replace(written(first, second), prefers_second=False))
    assert (graded.value, bool(graded.flags)) == (first, is_asked)


def test_a_letter_behind_a_number_is_cyrillic(reference: Reference) -> None:
    grader, rule = Grader(reference, TODAY), FieldRule("act_number", FieldKind.NUMBER)
    assert grader.grade(rule, written("27-K", "27-К")).value == "27-К"
    assert grader.grade(rule, written("LS 230020")).value == "LS 230020"


@pytest.mark.parametrize(
    ("text", "second", "value"),
    [
        ("1845 000", "1845 000", "1 845 000"),
        ("4105", "4 105", "4 105"),
        ("2023", "2023", "2023"),
        ("0312 541233", "0312 541233", "0312 541233"),
    ],
)
def test_spaces_between_thousands_are_all_there_or_none(
    text: str, second: str, value: str, reference: Reference
) -> None:
    rule = FieldRule("cost", FieldKind.NUMBER)
    assert Grader(reference, TODAY).grade(rule, written(text, second=second)).value == value


@pytest.mark.parametrize(
    ("read", "value"),
    [
        ("из них на льготной основе 73", "73"),
        ("1 290 000 сом", "1 290 000"),
        ("Учащихся 5-11 классов 143", "Учащихся 5-11 классов 143"),
        ("«12» декабря 2023 г", "«12» декабря 2023 г"),
    ],
)
def test_the_only_number_among_words_is_offered(
    read: str, value: str, reference: Reference
) -> None:
    grader, rule = Grader(reference, TODAY), FieldRule("pupils", FieldKind.NUMBER)
    graded = grader.grade(rule, written(read, read))
    assert graded.value == value
    assert Flag.AMBIGUOUS in graded.flags


def test_letters_that_no_code_has_beside_digits_are_digits_where_both_readings_say_so(
    reference: Reference,
) -> None:
    grader, rule = Grader(reference, TODAY), FieldRule("price", FieldKind.NUMBER)
    agreed, alone = (grader.grade(rule, written("55,ОО", second)) for second in ("55,00", None))
    assert (agreed.value, agreed.flags) == ("55,00", ())
    assert (alone.value, alone.flags) == ("55,00", (Flag.AMBIGUOUS,))
    assert grader.grade(rule, written("01-О", "01-О")).value == "01-О"


def test_brackets_that_a_value_was_typed_into_are_no_part_of_it(reference: Reference) -> None:
    grader, rule = Grader(reference, TODAY), FieldRule("place", FieldKind.ADDRESS)
    typed = "[Сокулук айылы, Фрунзе көчөсү, 16]"
    assert grader.grade(rule, written(typed, typed)).value == "Сокулук айылы, Фрунзе көчөсү, 16"
