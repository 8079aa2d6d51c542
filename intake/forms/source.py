"""The text of a form's file, and where in it something is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from intake.errors import TemplateError


def text_of(path: Path) -> str:
    """Return a file's text, without the mark that some editors put before it.

    TemplateError where it is not UTF-8, as Windows editors save it if not told otherwise.
    """
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise TemplateError(str(path), line, "not UTF-8; save it in that encoding") from error


def line_of(text: str, place: Sequence[str]) -> int:
    """Return the line that names the deepest part of ``place``, 1 where none does.

    Of parts below a section («checks» and a number, «headings» and a field) within that section; of
    a field its own line, for each is written in one.
    """
    lines = text.splitlines()
    if len(place) > 1 and place[0] == "checks":
        checks = [number for number, line in enumerate(lines, 1) if line.startswith("[[checks]]")]
        return checks[int(place[1])]
    place = place[:2] if place[:1] == ["fields"] else place
    section = next((n for n, line in enumerate(lines) if line.strip() == f"[{place[0]}]"), 0)
    for part in reversed(place):
        for number, line in enumerate(lines[section:], section + 1):
            if re.search(rf"(^|[\s{{,.\[\"]){re.escape(part)}\"?\s*(=|\]|$)", line):
                return number
    return 1
