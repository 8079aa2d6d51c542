from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from intake.cli import main
from intake.registry import health
from intake.registry.accounts import actor_of_key
from intake.registry.models import Record, Role, User, Webhook
from tests.registry.people import PASSWORD, submit, town
from tests.workers.scans import scan
from workers import work

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def password(tmp_path: Path) -> str:
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n")
    return str(file)


def test_an_installation_begins_by_command(
    password: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["createadmin", "first", "--password-file", password]) == 0
    assert main(["office", "add", "osh", "Ош шаары", "--region", "KG-GO"]) == 0
    assert (
        main(["person", "add", "c", "clerk", "--office", "osh", "--password-file", password]) == 0
    )
    assert User.objects.get(username="c").check_password(PASSWORD)
    assert User.objects.get(username="first").role == Role.ADMINISTRATOR
    capsys.readouterr()
    assert main(["token", "add", "1C", "--office", "osh"]) == 0
    key = capsys.readouterr().out.strip()
    assert actor_of_key(key) is not None
    assert main(["token", "revoke", key[:10]]) == 0
    assert actor_of_key(key) is None


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        (["office", "add", "osh", "Ош", "--region", "KG-Z"], "region"),
        (["token", "add", "x", "--office", "none"], "office"),
        (["batch", "/no/such/folder", "--office", "kara-suu"], "no folder"),
        (["token", "revoke", "ntk_nothing"], "no live key"),
        (["purge", "--older-than", "0"], "less than a day"),
    ],
)
def test_a_refusal_is_one_line_with_cause_and_remedy(
    words: list[str], cause: str, capsys: pytest.CaptureFixture[str]
) -> None:
    town()
    assert main(words) == 1
    told = capsys.readouterr().err
    assert told.startswith("intake: ")
    assert cause in told
    assert ";" in told
    assert told.count("\n") == 1


def test_a_batch_says_at_the_end_what_happened(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.READER = "tests.workers.fake:FakeReader"
    settings.SCRATCH = tmp_path / "scratch"
    here, folder = town(), tmp_path / "cupboard"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(scan({"inn": "1"}, {"inn": "2"}))
    (folder / "b.doc").write_bytes(b"doc")
    work.read(submit(tmp_path, here.office, scan({"inn": "1"}, {"inn": "2"})).pk)
    assert main(["batch", str(folder), "--office", "kara-suu"]) == 1
    told = capsys.readouterr().out
    assert "2 files: 1 read, 1 refused, 0 still waiting" in told
    assert "b.doc" in told
    assert Record.objects.count() == 2


def test_the_doctor_looks_at_everything(capsys: pytest.CaptureFixture[str]) -> None:
    main(["doctor"])
    told = capsys.readouterr().out
    parts = ("python", "tesseract", "disk", "database", "broker", "storage", "clock", "own reader")
    for part in parts:
        assert part in told, part
    assert "ok tesseract" in told
    assert "!! broker" not in told


def test_a_purge_is_dry_at_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["purge", "--older-than", "365"]) == 0
    assert "would take away 0 originals" in capsys.readouterr().out
    assert main(["purge", "--older-than", "365", "--yes"]) == 0


def test_people_to_try_things_out_are_added_once() -> None:
    assert main(["demo"]) == 0
    people = User.objects.count()
    assert main(["demo"]) == 0
    assert User.objects.count() == people >= 4


@pytest.mark.parametrize(
    ("trouble", "line"),
    [
        (
            "migrations are missing; run: intake migrate",
            "!! database: migrations are missing; run: intake migrate",
        ),
        ("connection refused", "!! database: connection refused; see DATABASE_URL"),
    ],
)
def test_the_doctor_asks_nothing_more_of_a_database_that_is_not_well(
    trouble: str, line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    signs = [health.Sign("database", trouble), health.Sign("broker", "")]
    monkeypatch.setattr(health, "signs", lambda: signs)
    assert main(["doctor"]) == 1
    told = capsys.readouterr().out
    assert line in told
    assert "triggers" not in told
    assert "ok broker: answers" in told


def test_an_operator_is_told_by_command_who_is_told_of_events(
    capsys: pytest.CaptureFixture[str],
) -> None:
    town()
    assert main(["webhook", "list"]) == 0
    assert main(["webhook", "add", "http://127.0.0.1:1/x", "--office", "kara-suu"]) == 0
    assert len(capsys.readouterr().out.split()[-1]) == 64
    number = str(Webhook.objects.get().pk)
    assert main(["webhook", "off", number]) == 0
    assert main(["webhook", "list"]) == 0
    assert f"{number} off http://127.0.0.1:1/x (kara-suu)" in capsys.readouterr().out
    assert main(["webhook", "on", number]) == main(["webhook", "again", number]) == 0
    assert main(["webhook", "again", "9999"]) == 1


def test_the_doctor_names_drop_folders_of_no_office(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DROP_FOLDERS = tmp_path
    town()
    (tmp_path / "kara-suu").mkdir()
    main(["doctor"])
    assert "ok drop folders: 1 in" in capsys.readouterr().out
    (tmp_path / "karasuu").mkdir()
    assert main(["doctor"]) == 1
    assert "!! drop folders: of no office: karasuu; name each" in capsys.readouterr().out
