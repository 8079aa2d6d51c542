"""The samples against what they say (samples/expected.jsonl), with named tolerances."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from intake.extraction import extract_one
from intake.options import Options
from intake.record import record_json
from intake.score import Score, read_lines, score

SAMPLES = Path(__file__).parents[1] / "samples"
TODAY = date(2026, 11, 23)
LEAST_RIGHT = 0.86
"""Share of fields that must be right over all samples, the handwritten one among them.

Measured: 216 of 247. Raise it with every change that reads better."""
MOST_SILENT = 1
"""Wrong values that nobody is asked to look at, over all samples (n = 247)."""


@pytest.fixture(scope="module")
def records() -> list[dict[str, Any]]:
    files = sorted((SAMPLES / "scans").iterdir())
    outcomes = [extract_one(str(file), Options(today=TODAY)) for file in files]
    assert [outcome.problem for outcome in outcomes] == [None] * len(files)
    return [record_json(notice) for outcome in outcomes for notice in outcome.notices]


@pytest.fixture(scope="module")
def result(records: list[dict[str, Any]]) -> Score:
    return score(records, read_lines(SAMPLES / "expected.jsonl"))


def test_every_notice_is_found_and_none_else(result: Score) -> None:
    found = result.finding["all"]
    assert (found.notices, found.found, found.spurious) == (13, 13, 0)


def test_values_are_right_or_somebody_is_asked(result: Score) -> None:
    silent = [(e.source, e.field, e.expected, e.value) for e in result.errors if e.is_silent_error]
    assert len(silent) <= MOST_SILENT, silent
    assert result.all.accuracy >= LEAST_RIGHT


def test_boxes_lie_on_the_values(result: Score) -> None:
    assert result.all.median_overlap is not None
    assert result.all.median_overlap >= 0.8


def test_records_keep_the_contract(records: list[dict[str, Any]]) -> None:
    keys = {"value", "text", "state", "confidence", "flags", "page", "box"}
    for record in records:
        assert list(record)[:6] == [
            "source", "sha256", "pages", "template", "template_version", "language",
        ]  # fmt: skip
        assert len(record["fields"]) == 19
        for name, reading in record["fields"].items():
            assert keys <= set(reading), name
            assert (reading["value"] is None) == (reading["state"] != "read"), name
            assert 0.0 <= reading["confidence"] <= 1.0
        flagged = any(reading["flags"] for reading in record["fields"].values())
        assert record["review"]["required"] == bool(record["review"]["reasons"])
        assert not flagged or record["review"]["required"]
