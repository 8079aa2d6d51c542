from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.domain.notice import Flag
from intake.fields.dates import ORDER_IN_FORCE, Window, grade_date, parse_iso
from intake.fields.graded import Graded, Note
from intake.fields.reference import load_reference
from tests.fields.writing import REFERENCE_FOLDER, TODAY, written

WINDOW = Window(ORDER_IN_FORCE, TODAY)
ALWAYS = Window(None, TODAY)
MONTHS = load_reference(REFERENCE_FOLDER).months

KY = [
    "январы",
    "февралы",
    "марты",
    "апрели",
    "майы",
    "июну",
    "июлу",
    "августу",
    "сентябры",
    "октябры",
    "ноябры",
    "декабры",
]
RU = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]


def grade(
    text: str, second: str | None = None, *, window: Window = WINDOW, year: int | None = None
) -> Graded:
    return grade_date(written(text, second), MONTHS, window, printed_year=year)


@pytest.mark.parametrize(
    "text",
    [
        "«12» мая 2023 г.",
        "« 12 » мая 2023 г",
        '"12" мая 2023 года',
        "12 мая 2023",
        "от 12 мая 2023г.",
        "12.05.2023",
        "12.05.2023 г.",
        "12.05.23",
        "12/05/23",
        "12/05/2023",
        "12,05.2023",
        "12.05.2023-ж.",
        "12-05-2023",
        "2023-05-12",
        "2023-жылдын 12-майы",
        "2023-жылдын 12-май",
        "2023-ж., 12-май",
        "2023-жылдын « 12 » майы",
        "2023-жылдын 12-майында",
        "2023-жылдын 12-майынан",
        "12-май 2023-жыл",
        "12 — май 2023 — жыл",
        "12-май, 2023-жыл",
        "12-май 2023-ж.",
        "12.05.2023-жыл",
        "12.05.23-ж.",
        "12 Май 2023",
        "12.V.2023",
        "__12__ мая 20 23 г.",
        "«12» 05 20 23 г.",
        "12 мая 23 г.",
        "12мая2023г.",
        "12052023",
        "№ 5 2023-жылдын 12 майы",
        "2023-жылдын май айынын 12си",
        "дата 12.05.2023",
        "12. 05. 2023",
        "12 МАЯ 2023 Г.",
        "2023 жыл 12 май",
    ],
)
def test_written_patterns(text: str) -> None:
    graded = grade(text)
    assert (graded.value, graded.flags) == ("2023-05-12", ())
    assert graded.text == text


@pytest.mark.parametrize(
    "text", ["«12» мая", "12 май", "12-майы", "12.05", "12.05.", "12/05", "12 мая 2023"]
)
def test_the_printed_year_completes_a_blank(text: str) -> None:
    assert grade(text, year=2023).value == "2023-05-12"


@settings(deadline=None)
@given(st.dates(date(2023, 4, 1), TODAY))
def test_every_day_comes_back_in_every_pattern(day: date) -> None:
    patterns = (
        f"{day:%d.%m.%Y}",
        f"{day:%d/%m/%y}",
        f"«{day.day}» {RU[day.month - 1]} {day.year} г.",
        f"{day.year}-жылдын {day.day}-{KY[day.month - 1]}",
        f"{day:%Y-%m-%d}",
        f"{day:%d%m%Y}",
    )
    for text in patterns:
        graded = grade(text)
        assert (graded.value, graded.flags) == (day.isoformat(), ())
        assert parse_iso(graded.value) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12 апредя 2023", "2023-04-12"),
        ("2023-жылдын 5-сентяоры", "2023-09-05"),
        ("«7» октябвя 2023 г.", "2023-10-07"),
        ("12 сснтября 2023", "2023-09-12"),
        ("12 авryста 2023", "2023-08-12"),
    ],
)
def test_damaged_months_far_from_any_other(text: str, day: str) -> None:
    graded = grade(text)
    assert (graded.value, graded.flags) == (day, ())
    assert graded.evidence["month_score"] < 1


@pytest.mark.parametrize(
    "text", ["12 июмя 2023", "12 ма 2023", "12 мал 2023", "12 иютя 2023", "12 юля 2023"]
)
def test_a_month_that_could_be_another_is_never_silent(text: str) -> None:
    graded = grade(text)
    assert graded.value is None or Flag.AMBIGUOUS in graded.flags


@pytest.mark.parametrize("text", ["«05» октября 2С26", "«5» октября д026 г.", "5 октября026"])
def test_a_year_with_one_damaged_sign_is_not_the_printed_one(text: str) -> None:
    graded = grade_date(written(text), MONTHS, Window(None, date(2026, 12, 1)), printed_year=2023)
    assert (graded.value, Flag.CORRECTED in graded.flags) == ("2026-10-05", True)


@pytest.mark.parametrize(
    "text", ["3О.05.2023", "l2 мая 2023", "12.O5.2023", "12 мая 202З", "2О23-жылдын 12-майы"]
)
def test_repaired_digits_are_flagged(text: str) -> None:
    graded = grade(text)
    assert graded.value is not None
    assert (graded.flags, graded.notes) == ((Flag.CORRECTED,), (Note.DIGITS_REPAIRED,))
    assert grade(text, text.translate(str.maketrans("ОOlЗ", "0013"))).flags == ()


@pytest.mark.parametrize(
    "text", ["31 апреля 2023", "32.05.2023", "12.13.2023", "30.02.2024", "00.05.2023"]
)
def test_impossible_days(text: str) -> None:
    graded = grade(text)
    assert graded.value is None
    assert graded.flags == (Flag.CHECK_FAILED,)


def test_month_before_day_is_only_suggested() -> None:
    assert [c.value for c in grade("05.23.2023").candidates] == ["2023-05-23"]


def test_window() -> None:
    assert grade("31.03.2023").notes == (Note.DATE_TOO_EARLY,)
    assert grade("01.04.2023").notes == ()
    assert grade(f"{TODAY + timedelta(1):%d.%m.%Y}").notes == (Note.DATE_IN_FUTURE,)
    assert grade("31.03.2023", window=ALWAYS).flags == ()


def test_readings_that_differ_and_years_that_differ() -> None:
    graded = grade("12.05.2023", "17.05.2023")
    assert (graded.value, graded.flags) == ("2023-05-12", (Flag.AMBIGUOUS,))
    assert {c.value for c in graded.candidates} == {"2023-05-12", "2023-05-17"}
    graded = grade("12.05.2024", year=2023)
    assert (graded.value, graded.notes) == ("2024-05-12", (Note.YEAR_DIFFERS,))
    agreed = grade("12.05.2024", "12.05.2024", year=2023)
    assert (agreed.value, agreed.notes) == ("2024-05-12", ())
    assert agreed.evidence["year_differs"] == 1.0


@pytest.mark.parametrize(
    ("second", "lost"), [("« 22» март 2023", 1.0), ("« 3» март 2023", 0.0), ("« 2» март 2023", 0.0)]
)
def test_a_day_with_a_digit_less_than_in_the_other_reading_tells(second: str, lost: float) -> None:
    assert grade("« 2» март 2023", second, window=ALWAYS).evidence["digit_lost"] == lost


def test_a_date_among_other_words_may_be_a_stamps() -> None:
    graded = grade("БИЛИМ БЕРҮҮ БӨЛҮМҮ Кириш «28» 04 2023")
    assert (graded.value, graded.flags) == ("2023-04-28", (Flag.AMBIGUOUS,))
    assert graded.notes == (Note.OTHER_WORDS,)


def test_a_year_that_was_misread_is_not_taken_from_the_form_silently() -> None:
    graded = grade("22май эфа", "22май эфа", year=2023)
    assert (graded.value, graded.flags) == ("2023-05-22", (Flag.AMBIGUOUS,))
    assert grade("22 май", "22 май", year=2023).flags == ()


def test_a_year_written_before_the_printed_one() -> None:
    assert grade("17.11.2023-жыл 2023").value == "2023-11-17"


@pytest.mark.parametrize("text", ["мая", "2023 г.", "дата", "12", "Асанов", "12 05 07 2023 5"])
def test_what_is_no_date_is_flagged(text: str) -> None:
    graded = grade(text)
    assert graded.value is None
    assert graded.flags == (Flag.UNREADABLE,)


def test_a_missing_year_and_an_empty_blank() -> None:
    assert grade("12 мая").notes == (Note.YEAR_MISSING,)
    assert grade("« ____ » ______").flags == ()
    assert grade("").text == ""


def test_numbers_left_over_are_never_silent() -> None:
    assert Flag.AMBIGUOUS in grade("5 2023-жылдын 12-майы").flags


@pytest.mark.parametrize(
    "text", ["01.10, 2023 84", "01.10. 01.10.2023тле", "01.10.2023-жка 01.10.2"]
)
def test_a_date_among_strokes_of_a_seal_is_taken_and_asked_about(text: str) -> None:
    graded = grade(text)
    assert (graded.value, Flag.AMBIGUOUS in graded.flags) == ("2023-10-01", True)


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="0123456789.-/ мајйянварьжылдынОЗl«»гV", max_size=24))
def test_a_value_has_no_digit_that_was_not_written(text: str) -> None:
    graded = grade(text, year=2023)
    if graded.value is not None and not graded.flags:
        day = int(graded.value[-2:])
        assert str(day) in text or f"{day:02}" in "".join(s for s in text if s.isdigit())
        assert grade(graded.value, year=2023).value == graded.value


def test_a_month_that_runs_into_the_year_is_asked_about() -> None:
    months, window = load_reference(REFERENCE_FOLDER).months, Window(None, date(2027, 1, 1))
    damaged = grade_date(written("23 сентяба2026 года", language="ru"), months, window)
    assert Note.MONTH_UNSURE in damaged.notes
    whole = grade_date(written("23 сентября2026 года", language="ru"), months, window)
    assert Note.MONTH_UNSURE not in whole.notes
