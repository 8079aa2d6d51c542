"""Loads forms, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from intake.domain.template import (
    Check,
    FieldKind,
    FieldRule,
    Template,
    Wording,
    words_of_options,
)
from intake.errors import TemplateError
from intake.forms.definition import Definition, read_definition
from intake.forms.verify import verify_check, verify_definition, verify_printed
from intake.forms.wording import read_wording


def load_forms(folder: Path) -> tuple[Template, ...]:
    """Load every form under ``folder``; TemplateError at the first mistake."""
    found = sorted(path.parent for path in folder.glob("*/form.toml"))
    if not found:
        raise TemplateError(str(folder), 1, _missing(folder))
    return tuple(load_form(path) for path in found)


def _missing(folder: Path) -> str:
    if (folder / "form.toml").exists():
        return f"this is one form; give the folder that it lies in: {folder.resolve().parent}"
    return "no form here; expected FORM/form.toml" if folder.is_dir() else "no such folder"


def load_form(folder: Path) -> Template:
    """Load one form's folder; TemplateError names file and line of the first mistake."""
    path = folder / "form.toml"
    form = read_definition(path)
    fields = {
        name: FieldRule(name, **dict(rule), headings=form.headings.get(name, ()))
        for name, rule in form.fields.items()
    }
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        raise TemplateError(str(path), 1, "no wording beside it (ky.txt, ru.txt)")
    wordings = tuple(read_wording(path, fields) for path in paths)
    fields = {name: _with_printed_words(rule, wordings) for name, rule in fields.items()}
    verify_printed(fields, wordings, path)
    verify_definition(form, fields, wordings, path)
    checks = tuple(
        Check(check.rule, check.field, dict(check.model_extra or {})) for check in form.checks
    )
    for check in checks:
        verify_check(check, fields, wordings, path)
    said = _said(folder.name, form)
    return Template(folder.name, form.version, fields, checks, wordings, form.addressees, said)


def _said(name: str, form: Definition) -> Mapping[str, Mapping[str, str]]:
    return {name: form.title, **form.captions, **form.reasons}


def _with_printed_words(rule: FieldRule, wordings: Sequence[Wording]) -> FieldRule:
    """Return the rule of an enum with the words that its form prints as answers, too."""
    if rule.kind is not FieldKind.ENUM:
        return rule
    words = dict(rule.words)
    for block in (block for wording in wordings for block in wording.blocks):
        for option, printed in words_of_options(block, rule.name):
            words[option] = (*words.get(option, ()), printed)
    return replace(rule, words=words)
