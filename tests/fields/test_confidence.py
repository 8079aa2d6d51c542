"""What vouches for a value by itself, whatever a sum of evidence says."""

from __future__ import annotations

import pytest

from intake.domain.template import FieldKind
from intake.fields.confidence import VOUCHED, Calibration, Model, is_vouched

READ = {
    "second": 1.0, "ocr_min": 0.98, "disputed_min": 0.97,
    "words_unknown": 0.0, "cut_cost": 0.02, "stray": 0.0,
}  # fmt: skip
"""Evidence of an address whose comma the other reader lost."""
PLACE = {"reference": 1.0, "repaired": 0.0, "agree": 1.0, "ocr_min": 0.6}


def test_words_surely_read_are_vouched_for_against_the_other_reader() -> None:
    doubting = Model(-3.0, {}, {}, flag_below=0.99)
    calibration = Calibration({FieldKind.ADDRESS: doubting}, "")
    confidence = calibration.confidence(FieldKind.ADDRESS, READ)
    assert confidence == VOUCHED
    assert not calibration.is_doubtful(FieldKind.ADDRESS, confidence)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ocr_min", 0.7),
        ("disputed_min", 0.9),
        ("cut_cost", 0.3),
        ("stray", 4.0),
        ("second", 0.0),
        ("short_disputed", 1.0),
    ],
)
def test_one_doubt_is_enough_not_to_vouch(name: str, value: float) -> None:
    assert is_vouched(FieldKind.NAME, READ)
    assert not is_vouched(FieldKind.NAME, READ | {name: value})


@pytest.mark.parametrize("differing", ["letters", "words", "unresolved", "spacing"])
def test_an_unknown_word_is_vouched_for_where_both_wrote_it_alike(differing: str) -> None:
    """But for one quote or comma, which one of them lost."""
    unknown = READ | {"words_unknown": 1.0}
    assert is_vouched(FieldKind.NAME, unknown | {"settled_punctuation": 1.0})
    assert not is_vouched(FieldKind.NAME, unknown | {"settled_punctuation": 2.0})
    assert not is_vouched(FieldKind.NAME, unknown | {f"settled_{differing}": 1.0})


def test_more_print_beside_a_value_matters_less_where_both_readings_are_alike() -> None:
    beside = READ | {"cut_cost": 0.2}
    assert not is_vouched(FieldKind.NAME, beside)
    assert is_vouched(FieldKind.NAME, beside | {"agree": 1.0})
    assert not is_vouched(FieldKind.NAME, beside | {"agree": 1.0, "cut_cost": 0.35})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("words_known", 0.8),
        ("agree", 0.0),
        ("ocr_min", 0.75),
        ("cut_cost", 0.5),
        ("stray", 4.0),
        ("settled_letters", 1.0),
        ("short_disputed", 1.0),
    ],
)
def test_known_words_that_both_wrote_need_no_look_on_any_paper(name: str, value: float) -> None:
    alike = {"words_known": 1.0, "agree": 1.0, "ocr_min": 0.85, "cut_cost": 0.35, "stray": 3.0}
    assert is_vouched(FieldKind.ADDRESS, alike)
    assert not is_vouched(FieldKind.PERSON, alike)
    assert not is_vouched(FieldKind.ADDRESS, alike | {name: value})


def test_nothing_vouches_where_the_first_reader_errs_more() -> None:
    """Then nothing tells how sure the better one is of what they dispute."""
    evidence = {name: value for name, value in READ.items() if name != "disputed_min"}
    assert not is_vouched(FieldKind.NAME, evidence)


def test_a_place_that_both_wrote_as_the_reference_has_it() -> None:
    assert is_vouched(FieldKind.DISTRICT, PLACE)
    assert not is_vouched(FieldKind.DISTRICT, PLACE | {"repaired": 1.0})
    assert not is_vouched(FieldKind.DISTRICT, PLACE | {"agree": 0.0})
    assert is_vouched(FieldKind.DISTRICT, PLACE | {"agree": 0.0, "settled": 1.0, "stray": 20.0})


def test_a_date_whose_every_sign_is_certain() -> None:
    assert is_vouched(FieldKind.DATE, {"ocr_min": 0.995, "cut_cost": 0.0})
    assert not is_vouched(FieldKind.DATE, {"ocr_min": 0.98, "cut_cost": 0.0})
    assert not is_vouched(FieldKind.DATE, {"ocr_min": 0.995, "cut_cost": 0.4})
    alike = {"ocr_min": 0.995, "cut_cost": 0.4, "agree": 1.0}
    assert is_vouched(FieldKind.DATE, alike)
    assert not is_vouched(FieldKind.DATE, alike | {"left_over": 2.0})
    assert is_vouched(FieldKind.DATE, alike | {"ocr_min": 0.95, "stray": 0.0})
    assert not is_vouched(FieldKind.DATE, alike | {"ocr_min": 0.95, "stray": 4.0})
    assert not is_vouched(FieldKind.DATE, {"ocr_min": 0.995, "cut_cost": 0.0, "digit_lost": 1.0})


def test_numbers_are_never_vouched_for_by_their_look() -> None:
    assert not is_vouched(FieldKind.INN, READ | PLACE)


def test_a_whole_name_among_strokes_is_vouched_for() -> None:
    whole = {
        "from_room": 1.0, "agree": 1.0, "names_known": 1.0, "ocr_min": 0.97, "patronymic": 1.0,
        "stray": 5.0,
    }  # fmt: skip
    assert is_vouched(FieldKind.PERSON, whole)
    assert is_vouched(FieldKind.PERSON, whole | {"patronymic": 0.0, "initials": 2.0})
    for lacking in ({"patronymic": 0.0}, {"agree": 0.0}, {"names_known": 0.5}, {"ocr_min": 0.9}):
        assert not is_vouched(FieldKind.PERSON, whole | lacking)


NUMBER = {"letters": 12.0, "agree": 1.0, "second": 1.0, "ocr_min": 0.97, "cut_cost": 0.0,
          "stray": 0.0, "lines": 1.0}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [("letters", 4.0), ("agree", 0.0), ("ocr_min", 0.9), ("cut_cost", 0.2), ("stray", 1.0)],
)
def test_a_long_number_that_both_readings_have_is_vouched_for(name: str, value: float) -> None:
    assert is_vouched(FieldKind.NUMBER, NUMBER)
    assert not is_vouched(FieldKind.NUMBER, NUMBER | {name: value})
