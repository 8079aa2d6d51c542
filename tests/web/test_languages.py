"""Catalogues are complete and compiled; messages are known in all languages."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from datetime import date, datetime
from gettext import GNUTranslations
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone, translation

from intake.registry.alphabet import order_of, ordered
from intake.web import sentences
from intake.web.known_sentences import CAUSES, REMEDIES
from intake.web.templatetags import intake_words as words

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "intake" / "locale"
LANGUAGES = ("ky", "ru", "en")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def _entries(language: str) -> Iterator[tuple[str, list[str], bool]]:
    """Yield (msgid, its translations, whether it is fuzzy) of a catalogue."""
    text = (LOCALE / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    for block in text.split("\n\n"):
        parts: dict[str, str] = {}
        key = ""
        for line in block.splitlines():
            head = re.match(r"(msgid|msgid_plural|msgstr(?:\[\d\])?) ", line)
            key = head[1] if head else key
            if key and not line.startswith("#"):
                found = "".join(_STRING.findall(line))
                parts[key] = parts.get(key, "") + found.encode().decode("unicode_escape").encode(
                    "latin-1", "replace"
                ).decode("utf-8", "replace")
        if parts.get("msgid"):
            yield (
                parts["msgid"],
                [t for k, t in parts.items() if k.startswith("msgstr")],
                ("fuzzy" in block.partition("msgid")[0]),
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    entries = list(_entries(language))
    assert len(entries) > 500
    assert [msgid for msgid, told, _ in entries if not all(told)] == []
    assert [msgid for msgid, _, is_fuzzy in entries if is_fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_gaps(language: str) -> None:
    gap = re.compile(r"%\(\w+\)s|\{\w+\}")
    wrong = [
        msgid
        for msgid, told, _ in _entries(language)
        for one in told
        if set(gap.findall(one)) != set(gap.findall(msgid))
    ]
    assert wrong == []


def test_kyrgyz_and_russian_say_it_in_their_own_words() -> None:
    same = {"INN", "n", "apt-get install {packages}"}
    for language in ("ky", "ru"):
        english = [m for m, told, _ in _entries(language) if told[0] == m and m not in same]
        assert english == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_texts(language: str) -> None:
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled = GNUTranslations(file)
    entries = list(_entries(language))
    assert [m for m, told, _ in entries if len(told) == 1 and compiled.gettext(m) != told[0]] == []


def test_every_text_of_the_source_is_in_the_catalogues(tmp_path: Path) -> None:
    """Texts marked in Python and in templates; needs no gettext tools."""
    known = {msgid for msgid, _, _ in _entries("ky")}
    templates = re.compile(r"""{% translate (["'])(.+?)\1""")
    missing = [
        text
        for path in (ROOT / "intake").rglob("*.html")
        for _, text in templates.findall(path.read_text(encoding="utf-8"))
        if text.replace("%", "%%") not in known and text not in known
    ]
    assert missing == []
    assert [text for text in _marked() if text not in known] == []
    assert not list(tmp_path.iterdir())


def _marked() -> Iterator[str]:
    for path in [*(ROOT / "intake/web").rglob("*.py"), *(ROOT / "intake/registry").rglob("*.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _is_mark(node.func) and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value


def _is_mark(function: ast.expr) -> bool:
    return isinstance(function, ast.Name) and function.id in {"_", "gettext", "gettext_lazy"}


def test_gettext_finds_no_other_text(tmp_path: Path) -> None:
    """The tool itself, where it is installed."""
    try:
        subprocess.run(["xgettext", "--version"], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("gettext is not installed")
    files = [str(p) for p in (ROOT / "intake/web").rglob("*.py")]
    out = tmp_path / "found.pot"
    command = ["xgettext", "-L", "Python", "--from-code=UTF-8", "-k_", "-o", str(out), *files]
    subprocess.run(command, check=True, capture_output=True)
    found = re.findall(r'^msgid "(.+)"$', out.read_text(encoding="utf-8"), re.MULTILINE)
    known = {msgid for msgid, _, _ in _entries("ky")}
    assert [text for text in found if text not in known] == []


REFUSALS = {"Refused", "Failed", "NotFound", "Forbidden", "Conflict", "TooLarge", "WrongKind",
            "NoRoom", "Unreachable"}  # fmt: skip
SEEN_BY_PEOPLE = ("registry", "web", "stages", "engines")
NOT_ON_SCREENS = (
    "engines/rivals.py", "registry/webhooks.py", "registry/batches.py", "registry/lessons.py",
    "engines/readers/__init__.py", "engines/readers/own", "engines/checked.py",
)  # fmt: skip


def _raised() -> Iterator[tuple[str, str]]:
    """Yield (file, message) of what is raised with its words beside it, gaps filled with ``7``."""
    for area in SEEN_BY_PEOPLE:
        for path in sorted((ROOT / "intake" / area).rglob("*.py")):
            name = str(path.relative_to(ROOT / "intake"))
            if name.startswith(NOT_ON_SCREENS):
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    message = _message(node) if node.func.id in REFUSALS else None
                    if message and "; " in message:
                        yield name, message


def _message(call: ast.Call) -> str | None:
    first = call.args[0] if call.args else None
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        return first.value
    if not isinstance(first, ast.JoinedStr):
        return None
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else "7" for part in first.values
    )


def test_every_message_that_people_see_is_a_known_sentence() -> None:
    raised = list(_raised())
    assert len(raised) > 80
    halves = [(name, half) for name, message in raised for half in message.split("; ")]
    assert sorted({h for h in halves if h[1] != "7" and not sentences.is_known(h[1])}) == []


NOT_USED = "the file's own text was not used: "


def _doubts() -> Iterator[str]:
    """Yield what the reading line notes about pages, which the morning's report shows."""
    for area in ("stages", "engines"):
        for path in (ROOT / "intake" / area).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                yield from _doubt(node)


def _doubt(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if node.value.startswith(NOT_USED) and node.value != NOT_USED:
            yield node.value
    elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
        before = {"_Doubt": NOT_USED, "notes.append": ""}.get(ast.unparse(node.func))
        if before is not None:
            yield before + str(node.args[0].value)


def test_every_doubt_about_a_page_is_a_known_sentence() -> None:
    found = set(_doubts())
    assert len(found) > 10
    assert sorted(one for one in found if not sentences.is_known(one)) == []


def test_a_message_is_said_in_the_language_of_the_screen() -> None:
    message = "flagged fields were not looked at (address, seal); confirm or correct each"
    with translation.override("ru"):
        assert sentences.translated(message) == (
            "отмеченные поля не просмотрены (Адрес, Печать); подтвердите или исправьте каждое"
        )
    with translation.override("ky"):
        assert "белгиленген" in sentences.translated(message)
        assert sentences.translated("what nobody knows; look") == "what nobody knows; look"
    with translation.override("en"):
        assert sentences.translated("it is empty; send it again") == "it is empty; send it again"


def test_known_sentences_are_each_once() -> None:
    every = [*CAUSES, *REMEDIES]
    assert len(every) == len(set(every))


def test_dates_are_written_as_people_write_them() -> None:
    assert words.day("2023-05-12") == "12.05.2023"
    assert words.day(date(2023, 5, 2)) == "02.05.2023"
    assert words.day("мурда") == "мурда"
    assert words.day(None) == ""
    moment = datetime(2023, 5, 12, 20, 30, tzinfo=timezone.get_fixed_timezone(0))
    assert words.moment(moment) == "13.05.2023 02:30"  # Bishkek is six hours ahead


@pytest.mark.parametrize(
    ("share", "shown"),
    [(None, "—"), (0.0, "0 %"), (0.0042, "0,42 %"), (0.031, "3,1 %"), (0.5, "50 %"),
     (0.9996, "99,9 %"), (1.0, "100 %")],
)  # fmt: skip
def test_shares_are_never_rounded_to_all(share: float | None, shown: str) -> None:
    assert words.percent(share) == shown


def test_names_follow_the_kyrgyz_alphabet() -> None:
    right = ["5-мектеп", "Lyceum", "Ак-Суу", "Жети-Өгүз", "Кара", "Наукат", "Ноокат", "Ңа",
             "Ош", "Өзгөн", "Панфилов", "Сузак", "Түп", "Фрунзе", "Ысык-Ата", "Эне"]  # fmt: skip
    assert ordered(reversed(right), str) == right
    assert order_of("«Өзгөн»")[0] == order_of("өзгөн")[0]


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_can_be_switched_and_is_kept(language: str) -> None:
    client = Client()
    answer = client.post("/i18n/setlang/", {"language": language, "next": "/login"})
    assert answer.headers["Location"] == "/login"
    assert f'<html lang="{language}">' in client.get("/login").content.decode()
