"""Which fields each official form has, in its own order, and of what kind they are."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_TEMPLATES = Path(__file__).parents[2] / "templates"


@cache
def field_names() -> dict[str, tuple[str, ...]]:
    """Return the names of each form's fields, by the form's name."""
    return {form: tuple(fields) for form, fields in _kinds().items()}


def kinds(form: str) -> dict[str, str]:
    """Return the kind of each field of a form; of all forms where there is none of this name."""
    every = _kinds()
    merged = {name: kind for fields in every.values() for name, kind in fields.items()}
    return every.get(form, merged)


@cache
def _kinds() -> dict[str, dict[str, str]]:
    return {
        path.parent.name: {
            name: str(rules["kind"])
            for name, rules in tomllib.loads(path.read_text("utf8"))["fields"].items()
        }
        for path in sorted(_TEMPLATES.glob("*/form.toml"))
    }


def columns() -> list[str]:
    """Return the fields of all forms, each once, forms and fields in order."""
    return list(dict.fromkeys(name for names in field_names().values() for name in names))
