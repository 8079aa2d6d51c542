"""Shows a score: tables for the terminal, and the records and truth read from JSON Lines."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from intake.errors import Refused
from intake.score.measure import Score, Tally, score

_NEEDED = ("source", "pages", "fields")
"""What a record has, and a truth."""


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read JSON Lines; Refused, naming the line, for anything else, and for a file not there."""
    rows: list[dict[str, Any]] = []
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        cause = f"{path} cannot be read ({getattr(error, 'strerror', None) or 'no UTF-8 text'})"
        raise Refused(f"{cause}; give the output of intake extract or a truth.jsonl") from error
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            cause = f"{path}:{number}: not a line of JSON ({error.msg})"
            raise Refused(f"{cause}; give the output of intake extract or a truth.jsonl") from error
        rows.append(row)
    return rows


def read_records(path: Path) -> list[dict[str, Any]]:
    """Read JSON Lines of records or truth; Refused, naming the line, for one that is none."""
    rows = read_lines(path)
    for number, row in enumerate(rows, 1):
        lacking = [key for key in _NEEDED if not isinstance(row, dict) or key not in row]
        if lacking:
            cause = f"{path}: record {number} has no {lacking[0]!r}"
            raise Refused(f"{cause}; give the output of intake extract or a truth.jsonl")
    return rows


def print_score(
    records: Path, truth: Path, *, by: str = "group", as_json: bool = False, errors: bool = False
) -> None:
    """Score records against truth and print tables, or JSON; with ``errors`` every wrong field."""
    result = score(read_records(records), read_records(truth))
    if as_json:
        print(json.dumps(result.as_dict(), ensure_ascii=False, indent=1))
        return
    console = Console()
    for table in tables(result, axis=by):
        console.print(table)
    for wrong in result.errors if errors else ():
        how = "flagged" if wrong.is_flagged else "SILENT"
        line = f"{how} {wrong.source} {wrong.field}: {wrong.expected!r} read as {wrong.value!r}"
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def tables(score: Score, *, axis: str = "group") -> tuple[Table, ...]:
    """Return the tables: notices, strata (of one axis, ``""`` all), fields, flags, confidence."""
    shown = {
        name: tally for name, tally in score.strata.items()
        if name == "all" or name.startswith(f"{axis}=") or not axis
    }  # fmt: skip
    by_stratum = _tallies("By stratum", shown)
    by_field = _tallies("By field", score.fields)
    return _notices(score, axis), by_stratum, by_field, _reasons(score), _bins(score)


def _table(title: str, *headings: str) -> Table:
    # tight, and names whole: a terminal of 80 columns shows all
    table = Table(title=title, title_justify="left", box=None, padding=(0, 1, 0, 0))
    for number, heading in enumerate(headings):
        table.add_column(heading, justify="right" if number else "left", no_wrap=not number)
    return table


def _notices(score: Score, axis: str) -> Table:
    table = _table("Notices", "stratum", "notices", "found", "share", "wrong language", "spurious")
    for name, found in sorted(score.finding.items()):
        if name == "all" or name.startswith(f"{axis}=") or not axis:
            share = _percent(found.found / found.notices if found.notices else None)
            counts = (found.notices, found.found, share, found.wrong_language, found.spurious)
            table.add_row(name, *map(str, counts))
    return table


def _tallies(title: str, tallies: Mapping[str, Tally]) -> Table:
    table = _table(
        title, "", "n", "right", "flagged", "silent", "silent at most",
        "letter errors", "box median", "box ≥ 0.5",
    )  # fmt: skip
    for name, tally in tallies.items():
        table.add_row(name, str(tally.n), *_rates(tally))
    return table


def _rates(tally: Tally) -> tuple[str, ...]:
    overlap = "–" if tally.median_overlap is None else f"{tally.median_overlap:.2f}"
    return (
        _percent(tally.accuracy), _percent(tally.flag_rate), str(tally.silent),
        _percent(tally.silent_bound), _percent(tally.letter_error_rate), overlap,
        _percent(tally.overlap_share),
    )  # fmt: skip


def _reasons(score: Score) -> Table:
    table = _table("Flags", "reason", "fields", "right all the same")
    for name, reason in score.reasons.items():
        table.add_row(name, str(reason.n), str(reason.right))
    return table


def _bins(score: Score) -> Table:
    error = _percent(score.calibration_error)
    table = _table(f"Confidence (calibration error {error})", "bin", "n", "confidence", "right")
    for one in score.reliability:
        sure, right = _percent(one.mean_confidence), _percent(one.accuracy)
        table.add_row(f"{one.low:.1f}–{one.high:.1f}", str(one.n), sure, right)
    return table


def _percent(share: float | None) -> str:
    return "–" if share is None or math.isnan(share) else f"{100 * share:.3g} %"
