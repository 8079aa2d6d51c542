"""Which fields each official form has, in its own order: the columns of an export."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_TEMPLATES = Path(__file__).parents[2] / "templates"


@cache
def field_names() -> dict[str, tuple[str, ...]]:
    """Return the names of each form's fields, by the form's name."""
    return {
        path.parent.name: tuple(tomllib.loads(path.read_text("utf8"))["fields"])
        for path in sorted(_TEMPLATES.glob("*/form.toml"))
    }


def columns() -> list[str]:
    """Return the fields of all forms, each once, forms and fields in order."""
    return list(dict.fromkeys(name for names in field_names().values() for name in names))
