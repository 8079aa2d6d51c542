from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from intake.settings import Environment, SettingsError, database, secret_key, storages


def test_values_of_each_kind_are_read() -> None:
    given = Environment(
        {"N": " 7 ", "F": "on", "B": "2G", "S": "15m", "C": "s3", "L": "a, b,,c", "E": ""}
    )
    assert (given.whole("N", 1), given.flag("F", default=False)) == (7, True)
    assert (given.size("B", "1"), given.seconds("S", "1s")) == (2 << 30, 900)
    assert given.choice("C", "local", ("local", "s3")) == "s3"
    assert given.words("L", "") == ["a", "b", "c"]
    assert given.text("E", "default") == "default"


@pytest.mark.parametrize("value", ["x", "-1", "1.5", "0x1", "99999999999", "٣"])
def test_nonsense_is_refused_with_the_variables_name(value: str) -> None:
    given = Environment({"V": value})
    for read in (
        lambda: given.whole("V", 1),
        lambda: given.flag("V", default=True),
        lambda: given.seconds("V", "1s"),
        lambda: given.choice("V", "a", ("a",)),
    ):
        with pytest.raises(SettingsError, match=r"^V="):
            read()


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hidden\n")
    given = Environment({"K_FILE": str(tmp_path / "secret"), "L_FILE": str(tmp_path / "none")})
    assert given.secret("K") == "hidden"
    with pytest.raises(SettingsError, match="L_FILE"):
        given.secret("L")


def test_a_signing_key_is_made_once_and_kept_to_its_owner(tmp_path: Path) -> None:
    first = secret_key(Environment({}), tmp_path)
    assert secret_key(Environment({}), tmp_path) == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
    with pytest.raises(SettingsError, match="32"):
        secret_key(Environment({"INTAKE_SECRET_KEY": "short"}), tmp_path)


def test_database_addresses(tmp_path: Path) -> None:
    assert database("sqlite://", tmp_path)["NAME"] == tmp_path / "intake.db"
    found = database("postgres://me:p%40ss@db:5433/intake?sslmode=require", tmp_path)
    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("me", "p@ss", "db")
    assert found["OPTIONS"]["sslmode"] == "require"
    for wrong in ("mysql://x/y", "postgres://host", "intake.db"):
        with pytest.raises(SettingsError, match="DATABASE_URL"):
            database(wrong, tmp_path)


def test_a_bucket_needs_a_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="S3_BUCKET"):
        storages(Environment({"INTAKE_STORAGE": "s3"}), tmp_path)


@pytest.mark.parametrize(
    "variables",
    [{"INTAKE_LEASE": "1s"}, {"REDIS_URL": "http://x"}, {"INTAKE_PAGE_LIMIT": "0"}],
)
def test_the_program_does_not_start_with_nonsense(
    variables: dict[str, str], tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import intake.settings"],
        env={**os.environ, "INTAKE_HOME": str(tmp_path), **variables},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "SettingsError" in done.stderr
