"""The measuring stick, tested with records whose score is known beforehand."""

from __future__ import annotations

import io
import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from intake.errors import Refused
from intake.score import read_lines, read_records, score, tables
from intake.score.judge import same, unified
from intake.score.measure import upper_bound

BOX = [0.1, 0.1, 0.3, 0.2]


def truth_field(value: str | None, text: str = "", box: list[float] | None = None) -> Any:
    state = "read" if value is not None else "blank"
    page = 1 if box else None
    return {"value": value, "state": state, "text": text or value or "", "page": page, "box": box}


def notice(source: str = "a.pdf", page: int = 1, language: str = "ru", **fields: Any) -> Any:
    strata = {"group": "office", "layout": "table"}
    return {
        "source": source, "pages": [page], "template": "t", "language": language,
        "fields": fields, "strata": strata,
    }  # fmt: skip


def reading(value: str | None, confidence: float = 0.95, *flags: str, **more: Any) -> Any:
    base = {"value": value, "text": value or "", "state": "read" if value else "blank",
            "confidence": confidence, "flags": list(flags), "page": None, "box": None}  # fmt: skip
    return base | more


def record(source: str = "/scans/a.pdf", page: int = 1, language: str = "ru", **fields: Any) -> Any:
    return {"source": source, "pages": [page], "language": language, "fields": fields}


def test_right_flagged_and_silent_are_told_apart() -> None:
    truth = notice(
        organization_inn=truth_field("00105199510015"),
        organization_okpo=truth_field("12345678"),
        ownership=truth_field("state"),
        ayil_district=truth_field(None),
    )
    got = record(
        organization_inn=reading("00105199510016"),  # wrong, nobody asked
        organization_okpo=reading("12345679", 0.3, "check-failed"),  # wrong, flagged
        ownership=reading("state", 0.9, "low-confidence"),  # right, flagged
        ayil_district=reading(None),  # blank and read as blank
    )
    total = score([got], [truth]).all
    assert (total.n, total.right, total.flagged, total.silent) == (4, 2, 2, 1)
    assert total.accuracy == 0.5
    assert total.silent_rate == 0.25


def test_a_value_invented_for_a_blank_is_a_silent_error() -> None:
    result = score([record(address=reading("x"))], [notice(address=truth_field(None))])
    assert [(e.field, e.is_silent_error) for e in result.errors] == [("address", True)]


def test_a_field_that_the_record_lacks_is_a_silent_error_unless_blank() -> None:
    truth = notice(address=truth_field("Бишкек"), centre_inn=truth_field(None))
    assert score([record()], [truth]).all.silent == 1


def test_unreadable_and_flagged_is_wrong_but_not_silent() -> None:
    got = record(address=reading(None, 0.1, "unreadable", state="unreadable"))
    total = score([got], [notice(address=truth_field("Бишкек"))]).all
    assert (total.right, total.silent) == (0, 0)


def test_notices_found_missed_and_spurious() -> None:
    truth = [notice("a.pdf", 1), notice("a.pdf", 2), notice("b.pdf", 1)]
    got = [record("/x/a.pdf", 2), record("/x/letter.pdf", 1), record("/x/b.pdf", 3)]
    found = score(got, truth).finding["all"]
    assert (found.notices, found.found, found.spurious) == (3, 1, 2)


def test_two_notices_on_one_page_are_told_apart_by_language() -> None:
    truth = [notice(language="ky", address=truth_field("А")),
             notice(language="ru", address=truth_field("Б"))]  # fmt: skip
    got = [record(language="ru", address=reading("Б")), record(language="ky", address=reading("А"))]
    result = score(got, truth)
    assert result.finding["all"].found == 2
    assert result.all.right == 2


def test_two_notices_of_one_language_on_one_page_are_told_apart_by_what_they_say() -> None:
    truth = [notice(address=truth_field("А")), notice(address=truth_field("Б"))]
    got = [record(address=reading("Б")), record(address=reading("А"))]
    assert score(got, truth).all.right == 2


def test_a_second_record_of_the_same_notice_is_spurious() -> None:
    found = score([record(), record()], [notice()]).finding["all"]
    assert (found.found, found.spurious) == (1, 1)


def test_a_wrong_language_is_counted_though_the_notice_is_found() -> None:
    found = score([record(language="ky")], [notice(language="ru")]).finding["all"]
    assert (found.found, found.wrong_language) == (1, 1)


def test_strata_and_fields_are_counted_apart() -> None:
    hard = notice("b.pdf", address=truth_field("Ош"))
    hard["strata"] = {"group": "hard"}
    truth = [notice(address=truth_field("Ош"), ownership=truth_field("state")), hard]
    got = [record(address=reading("Ош"), ownership=reading("private")),
           record("b.pdf", address=reading("Уш"))]  # fmt: skip
    result = score(got, truth)
    assert (result.strata["group=office"].n, result.strata["group=office"].right) == (2, 1)
    assert (result.strata["group=hard"].n, result.strata["group=hard"].right) == (1, 0)
    assert (result.fields["address"].n, result.fields["address"].right) == (2, 1)
    assert result.finding["group=hard"].notices == 1


def test_both_of_two_options_marked_are_a_null_that_was_read() -> None:
    both = truth_field(None, "с образованием, без образования") | {"state": "read"}
    total = score([record(legal_entity=reading(None))], [notice(legal_entity=both)]).all
    assert (total.n, total.right, total.letters) == (1, 1, 0)


def test_letter_errors_are_counted_over_written_texts_only() -> None:
    truth = notice(
        director_name=truth_field("Асанов Б.К."), notice_date=truth_field("2023-05-01", "1 мая"),
        address=truth_field(None),
    )  # fmt: skip
    got = record(
        director_name=reading("Асанов Б.К.", text="Асаиов Б.К"), notice_date=reading("x", text="?"),
        address=reading(None, text=""),
    )  # fmt: skip
    total = score([got], [truth]).all
    assert (total.letters, total.letter_errors) == (11, 2)
    assert total.letter_error_rate == pytest.approx(2 / 11)


def test_boxes_count_only_where_the_truth_has_one_and_the_page_must_agree() -> None:
    truth = notice(
        address=truth_field("А", box=BOX), ownership=truth_field("state", box=BOX),
        director_name=truth_field("Б", box=BOX), centre_inn=truth_field(None, box=BOX),
    )  # fmt: skip
    half = [0.1, 0.1, 0.2, 0.2]
    got = record(
        address=reading("А", page=1, box=BOX), ownership=reading("state", page=2, box=BOX),
        director_name=reading("Б", page=1, box=half), centre_inn=reading(None, page=1, box=half),
    )  # fmt: skip
    total = score([got], [truth]).all
    assert total.overlaps == 3
    assert total.median_overlap == pytest.approx(0.5)
    assert total.overlap_share == pytest.approx(2 / 3)


def test_reliability_and_calibration_error() -> None:
    truth = [notice(f"{i}.pdf", ownership=truth_field("state")) for i in range(4)]
    values = [("state", 0.95), ("state", 0.95), ("private", 0.95), ("state", 0.25)]
    got = [record(f"{i}.pdf", ownership=reading(v, c)) for i, (v, c) in enumerate(values)]
    result = score(got, truth)
    top, low = result.reliability[9], result.reliability[2]
    assert (top.n, low.n) == (3, 1)
    assert top.accuracy == pytest.approx(2 / 3)
    expected = (3 * abs(2 / 3 - 0.95) + abs(1 - 0.25)) / 4
    assert result.calibration_error == pytest.approx(expected)


def test_flag_reasons_are_counted_with_the_fields_that_were_right_all_the_same() -> None:
    truth = notice(ownership=truth_field("state"), address=truth_field("Ош"))
    got = record(ownership=reading("state", 0.4, "low-confidence"),
                 address=reading("Уш", 0.4, "low-confidence", "ambiguous"))  # fmt: skip
    reasons = score([got], [truth]).reasons
    assert {name: (r.n, r.right) for name, r in reasons.items()} == {
        "ambiguous": (1, 0), "low-confidence": (2, 1),
    }  # fmt: skip


def test_a_confidence_of_one_falls_into_the_last_bin() -> None:
    got = record(ownership=reading("state", 1.0))
    assert score([got], [notice(ownership=truth_field("state"))]).reliability[9].n == 1


@pytest.mark.parametrize(
    ("errors", "trials", "bound"),
    [
        (0, 100, 1 - 0.05 ** (1 / 100)),  # the exact form of the rule of three
        (0, 1000, 0.0029912495),
        (1, 50, 0.0913981307),  # qbeta(0.95, 2, 49)
        (2, 20, 0.2826185249),  # qbeta(0.95, 3, 18)
        (5, 5, 1.0),
        (0, 0, 1.0),
    ],
)
def test_upper_bound_is_clopper_pearson(errors: int, trials: int, bound: float) -> None:
    assert upper_bound(errors, trials) == pytest.approx(bound, abs=1e-7)


@given(st.integers(0, 30), st.integers(1, 2000))
def test_upper_bound_lies_above_the_rate_and_shrinks_with_trials(errors: int, more: int) -> None:
    trials = errors + more
    bound = upper_bound(errors, trials)
    assert errors / trials < bound <= 1.0
    assert upper_bound(errors, trials + 100) < bound or math.isclose(bound, 1.0)


@given(st.text())
def test_unifying_twice_changes_nothing_more(text: str) -> None:
    assert unified(unified(text)) == unified(text)


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        ("«Илим»  ЖЧК", "“ИЛИМ” жчк", True),
        ("Чүй – 5", "чүй - 5", True),
        ("Чүй 5", "Чуй 5", False),
        ("и\u0306", "й", True),
        ("0123", "123", False),
        ("state", "State", False),
        ("2023-05-01", "2023-05-01 ", False),
        ("217/1", "217/1", True),
        ("12–А", "12-А", True),
        ("12-А", "12-а", False),
        (None, "", False),
        (None, None, True),
    ],
)
def test_values_are_equal_as_the_design_says_whatever_the_form(
    left: str | None, right: str | None, *, equal: bool
) -> None:
    assert same(left, right) is equal


def test_the_score_is_plain_json_and_prints() -> None:
    truth = notice(address=truth_field("Ош", box=BOX), ownership=truth_field(None))
    result = score([record(address=reading("Уш"), ownership=reading(None))], [truth])
    back = json.loads(json.dumps(result.as_dict(), allow_nan=False))
    assert back["errors"][0]["field"] == "address"
    assert back["strata"]["all"]["silent"] == 1
    printed = io.StringIO()
    console = Console(file=printed, width=160)
    for table in tables(result):
        console.print(table)
    assert "group=office" in printed.getvalue()
    assert "layout=table" not in printed.getvalue()


def test_nothing_found_still_scores() -> None:
    result = score([], [notice(address=truth_field("Ош"))])
    assert result.finding["all"].found == 0
    assert result.all.n == 0
    json.dumps(result.as_dict(), allow_nan=False)


def test_lines_that_are_no_json_are_refused_with_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "truth.jsonl"
    path.write_text('{"source": "a"}\n\nnot json\n', encoding="utf-8")
    with pytest.raises(Refused, match=r"truth\.jsonl:3: not a line of JSON .*; give"):
        read_lines(path)
    path.write_text('{"source": "a", "fields": {}}\n', encoding="utf-8")
    with pytest.raises(Refused, match=r"truth\.jsonl: record 1 has no 'pages'; give"):
        read_records(path)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_refused_by_name(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "truth.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Refused, match=r"truth\.jsonl cannot be read \(.*\); give"):
        read_lines(path)
