"""The command line as scripts and people use it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from intake.cli import main

SCANS = Path(__file__).parents[1] / "samples" / "scans"
FAX, LETTER = str(SCANS / "fax.tif"), str(SCANS / "letter.pdf")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "intake", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_extract_prints_one_record_a_line_and_nothing_else(tmp_path: Path) -> None:
    report, kept = tmp_path / "report.html", tmp_path / "kept"
    done = run("extract", FAX, "--report", str(report), "--keep", str(kept))
    assert (done.returncode, done.stderr) == (0, "")
    (record,) = map(json.loads, done.stdout.splitlines())
    assert record["source"] == FAX
    assert record["template"] == "resource-centre-notice"
    page = report.read_text(encoding="utf-8")
    assert "data:image/jpeg;base64," in page
    assert "organization_inn" in page
    names = {path.name for path in kept.rglob("*") if path.is_file()}
    assert {"p0001-1-scanned.png", "p0001-4-text.txt", "p0001-5-placement.txt"} <= names


def test_a_file_without_a_notice_says_so_and_is_no_failure() -> None:
    done = run("extract", LETTER)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.count("\n") == 1
    assert "no notice found" in done.stderr


def test_a_refused_file_is_one_line_and_the_others_are_read(tmp_path: Path) -> None:
    broken = tmp_path / "broken\nname.jpg"
    broken.write_bytes(b"<html>not a scan</html>")
    done = run("extract", str(broken), FAX, "--jobs", "2")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("intake: ")
    assert "broken\\nname.jpg" in line
    assert ";" in line
    assert "Traceback" not in done.stderr


def test_csv_and_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", FAX, "--format", "csv"]) == 0
    header, row = csv.reader(io.StringIO(capsys.readouterr().out))
    assert dict(zip(header, row, strict=True))["template"] == "resource-centre-notice"
    assert main(["extract", FAX, "--format", "table"]) == 0
    assert "organization_inn" in capsys.readouterr().out


def test_wrong_usage_and_version() -> None:
    assert run("extract").returncode == 2
    assert run("extract", FAX, "--jobs", "0").returncode == 2
    done = run("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("intake ")


def test_synth_and_score(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path / "drawn")
    assert main(["synth", folder, "--count", "1", "--seed", "3", "--stratum", "office"]) == 0
    truth = str(tmp_path / "drawn" / "truth.jsonl")
    capsys.readouterr()
    assert main(["score", truth, truth, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["strata"]["all"]["accuracy"] == 1.0
    assert main(["synth", folder, "--stratum", "nonsense"]) == 1
    assert "nonsense" in capsys.readouterr().err
