"""The product's templates with what was learned laid over them, as a folder of its own."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

Content = Mapping[str, object]
Lessons = Sequence[tuple[str, Content]]
"""Pairs of a proposal's kind and content."""

_SOURCE = "corrections"


def folder_for(lessons: Lessons, base: Path, home: Path) -> Path:
    """Return a folder like ``base`` with the lessons in it; ``base`` itself where there are none.

    It lies under ``home`` by the digest of what is in it, is made once, and
    appears whole or not at all, however many processes make it at once.
    """
    mine = [lesson for lesson in lessons if lesson[0] in _WRITERS]
    if not mine:
        return base
    text = json.dumps(sorted((kind, sorted(c.items())) for kind, c in mine), ensure_ascii=False)
    folder = home / hashlib.sha256(text.encode()).hexdigest()[:16]
    if not folder.exists():
        home.mkdir(parents=True, exist_ok=True)
        _make(folder, mine, base)
    return folder


def _make(folder: Path, lessons: Lessons, base: Path) -> None:
    draft = Path(tempfile.mkdtemp(dir=folder.parent)) / "templates"
    shutil.copytree(base, draft)
    for kind, content in lessons:
        _WRITERS[kind](draft / "reference", content)
    try:
        draft.rename(folder)
    except OSError:
        if not folder.exists():  # else another process made the same folder first
            raise
    shutil.rmtree(draft.parent, ignore_errors=True)


def _add_word(reference: Path, content: Content) -> None:
    row = {"lang": content["language"], "word": content["word"], "source": _SOURCE}
    _append(reference / "words.csv", row)


def _add_name(reference: Path, content: Content) -> None:
    row = {"name": str(content["word"]).capitalize(), "source_flags": _SOURCE}
    _append(reference / "given_names.csv", row)


def _add_surname(reference: Path, content: Content) -> None:
    word = str(content["word"]).capitalize()
    feminine = word if word.endswith("а") else f"{word}а"
    masculine = word[:-1] if word.endswith("а") else word
    row = {"surname_masc": masculine, "surname_fem": feminine, "source_flags": _SOURCE}
    _append(reference / "surnames.csv", row)


def _add_spelling(reference: Path, content: Content) -> None:
    path = reference / f"{content['list']}s.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns, rows = list(reader.fieldnames or ()), list(reader)
    for row in rows:
        if row["soate"] == content["soate"]:
            row["variants"] = "|".join(
                part for part in (row["variants"], str(content["spelling"])) if part
            )
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _append(path: Path, row: Content) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, restval="", lineterminator="\n").writerow(row)


_WRITERS = {
    "words": _add_word,
    "names": _add_name,
    "surnames": _add_surname,
    "places": _add_spelling,
}
