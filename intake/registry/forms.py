"""Which fields each official form has, in its own order, and of what kind they are."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

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


def said(key: str, language: str) -> str:
    """Return what a form calls a field, an option (``field=option``) or a reason; else nothing."""
    own = _said().get(key, {})
    return own.get(language) or next(iter(own.values()), "")


def option(value: str, language: str) -> str:
    """Return what the first form that has such an option calls it; else nothing."""
    key = next((key for key in _said() if key.endswith(f"={value}")), "")
    return said(key, language)


@cache
def _said() -> dict[str, dict[str, str]]:
    every = (form.get(table, {}) for form in _forms().values() for table in ("captions", "reasons"))
    return {key: dict(own) for told in every for key, own in told.items()}


@cache
def _kinds() -> dict[str, dict[str, str]]:
    return {
        name: {field: str(rules["kind"]) for field, rules in form["fields"].items()}
        for name, form in _forms().items()
    }


@cache
def _forms() -> dict[str, dict[str, Any]]:
    return {
        path.parent.name: tomllib.loads(path.read_text("utf8"))
        for path in sorted(_TEMPLATES.glob("*/form.toml"))
    }


def columns() -> list[str]:
    """Return the fields of all forms, each once, forms and fields in order."""
    return list(dict.fromkeys(name for names in field_names().values() for name in names))
