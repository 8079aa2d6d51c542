"""What ``form.toml`` says: the fields of a form, its checks, and what people are told of both."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError, model_validator
from pydantic_core import ErrorDetails

from intake.domain.template import FieldKind
from intake.errors import TemplateError
from intake.forms.source import line_of, text_of

Translations = Annotated[
    Mapping[Annotated[str, Field(pattern="^(ky|ru|en)$")], str], Field(min_length=1)
]
"""The same said in each language."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldDefinition(_Strict):
    """One field, as FieldRule has it."""

    kind: FieldKind
    required: StrictBool = False
    options: tuple[str, ...] = ()
    several: StrictBool = False
    labels: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    answers: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _options_where_needed(self) -> FieldDefinition:
        if (self.kind in (FieldKind.ENUM, FieldKind.CHOICE)) != bool(self.options):
            raise ValueError("options belong to an enum or a choice, and each of those needs them")
        answered = self.options if self.kind is FieldKind.CHOICE else ()
        for said, options, what in (
            (self.words, self.options, "words say how the field's options are written"),
            (self.answers, answered, "answers say the options of a choice behind its label"),
        ):
            if said and not options:
                raise ValueError(f"{what}; a field of kind {self.kind} has none")
            if unknown := set(said) - set(options):
                raise ValueError(f"{what}; it has no {min(unknown)!r}")
        return self


class CheckDefinition(BaseModel):
    """One check; what else its rule needs is verified with the fields at hand."""

    model_config = ConfigDict(extra="allow", frozen=True)
    rule: Literal[
        "addressee",
        "not-before",
        "not-after-today",
        "review-when",
        "only-when",
        "differs",
        "within",
        "same-place",
        "registered-before",
        "not-after",
    ]
    field: str


class Definition(_Strict):
    """A whole ``form.toml``."""

    version: str
    title: Translations
    fields: Mapping[str, FieldDefinition]
    headings: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    addressees: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    checks: tuple[CheckDefinition, ...] = ()
    captions: Mapping[str, Translations] = Field(default_factory=dict)
    reasons: Mapping[str, Translations] = Field(default_factory=dict)


def read_definition(path: Path) -> Definition:
    """Return what a form.toml says; TemplateError names the line of the first mistake."""
    text = text_of(path)
    try:
        return Definition.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        line = int(found[1]) if (found := re.search(r"line (\d+)", str(error))) else 1
        raise TemplateError(
            str(path), line, f"not TOML: {_toml_cause(error, text, line)}"
        ) from error
    except ValidationError as error:
        # «verson» tells more than that there is no version
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        place = [str(part) for part in first["loc"]]
        cause = f"{_said(place)}: {_cause(first)}"
        raise TemplateError(str(path), line_of(text, place), cause) from error


def _said(place: Sequence[str]) -> str:
    """Return where a setting is, lists counted from 1: «checks 5.rule»."""
    parts = [f" {int(part) + 1}" if part.isdigit() else f".{part}" for part in place]
    return "".join(parts).removeprefix(".")


_TOML = {
    "Illegal character": "a quote is not closed, or a text runs over two lines",
    "Invalid value": 'texts stand in straight quotes ("…"); true and false are written small',
    "Invalid initial character for a key part": (
        "names with signs stand in straight quotes; what is in { } stands in one line"
    ),
    "Unclosed array": "a list is not closed with ]",
    "Unclosed inline table": "a brace is not closed, or its line is broken: { } stands in one line",
}
"""What the TOML reader finds, and what it means to somebody who writes a form."""
_PLAIN = {
    "tuple_type": 'a list is wanted: ["…", "…"]',
    "bool_type": "write true or false, without quotes",
}
"""What is wrong with a value's kind."""
BRACKETS = "each check begins with [[checks]], in two brackets"
_MISSING = {
    "version": 'write version = "2024-1", by which records name the form they were read by',
    "title": 'write [title] and below it ru = "…", ky = "…", en = "…"',
    "fields": 'write [fields] and below it a line for each: name = { kind = "text" }',
}


def _toml_cause(error: tomllib.TOMLDecodeError, text: str, line: int) -> str:
    own = text.splitlines()[line - 1].strip() if text else ""
    name = own.partition("=")[0].strip()
    if own in ("[[checks]]", "[checks]"):
        return BRACKETS
    if "overwrite" in str(error):
        return f"{name!r} is there twice"
    if not name.isascii():
        return f"{name!r}: names are of Latin letters, digits and _"
    meant = next((said for what, said in _TOML.items() if what in str(error)), str(error))
    return f"{meant}: {own}"


def _cause(error: ErrorDetails) -> str:
    name = str(error["loc"][-1])
    if error["type"] == "extra_forbidden":
        known = list((Definition if len(error["loc"]) == 1 else FieldDefinition).model_fields)
        like = get_close_matches(name, known, n=1)
        instead = f"{like[0]!r} is meant? There" if like else "there"
        return f"there is no such setting; {instead} are {', '.join(known)}"
    if error["type"] == "missing":
        return f"it is missing; {_MISSING.get(name, f'write {name} = …')}"
    if error["type"] in ("literal_error", "enum"):
        return f"{error['input']!r} is none of {error['ctx']['expected']}"
    plain = BRACKETS if name == "checks" else _PLAIN.get(error["type"])
    return plain or error["msg"].removeprefix("Value error, ")
