"""What makes a form's files contradict each other; each mistake is named with its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from intake.domain.template import (
    Check,
    FieldKind,
    FieldRule,
    Wording,
    gaps_of,
    options_of,
)
from intake.errors import TemplateError
from intake.forms.definition import Definition
from intake.forms.source import line_of, text_of

OWNERSHIP = ("state", "municipal", "private")
"""Options that the reference has the words of (``ownership_terms.csv``)."""
_REASON = "reason"
"""The setting that any rule may have: what the form says of it in its own words."""
_OPTIONED = (FieldKind.ENUM, FieldKind.CHOICE)


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a rule is for: kinds of its field, and its settings, each with what it names.

    A setting names a ``field`` (or several), one of a kind, an ``option`` of the check's field, a
    ``day``, or one of some words.
    """

    kinds: tuple[FieldKind, ...] = tuple(FieldKind)
    settings: Mapping[str, str | FieldKind | tuple[str, ...]] | None = None


_RULES: Mapping[str, _Rule] = {
    "addressee": _Rule(_OPTIONED),
    "not-before": _Rule((FieldKind.DATE,), {"date": "day"}),
    "not-after-today": _Rule((FieldKind.DATE,), {}),
    "review-when": _Rule(settings={"value": "option", _REASON: "text"}),
    "only-when": _Rule(_OPTIONED, {"value": "option", "fields": "field"}),
    "differs": _Rule(settings={"from": "field"}),
    "within": _Rule((FieldKind.DISTRICT,), {"region": FieldKind.REGION}),
    "same-place": _Rule(
        (FieldKind.DISTRICT, FieldKind.REGION),
        {"as": "field", "kind": (FieldKind.DISTRICT.value, FieldKind.REGION.value)},
    ),
    "registered-before": _Rule((FieldKind.INN,), {"date": FieldKind.DATE}),
    "not-after": _Rule((FieldKind.DATE,), {"date": FieldKind.DATE}),
}
_REASONS_OF: Mapping[str, tuple[str, ...]] = {"only-when": ("unexpected", "absent")}
"""The findings of a rule that may each have a reason of its own."""

Fields = Mapping[str, FieldRule]


def verify_definition(
    form: Definition, fields: Fields, wordings: Sequence[Wording], path: Path
) -> None:
    """Raise TemplateError where a table of form.toml names what the form does not have."""
    text = text_of(path)
    blocks = {block.name for wording in wordings for block in wording.blocks}
    options = {f"{name}={option}" for name, rule in fields.items() for option in rule.options}
    for table, names, known, what in (
        ("headings", form.headings, set(fields), "field"),
        ("captions", form.captions, {*fields, *options}, "field, or option as field=option,"),
        ("addressees", form.addressees, blocks, "block"),
        ("reasons", form.reasons, set(_given(form)), "check's reason"),
    ):
        for name in sorted(set(names) - known):
            like = get_close_matches(name, known - set(names), n=1)
            instead = f"; there is {like[0]!r}" if like else ""
            raise TemplateError(
                str(path), line_of(text, [table, name]), f"no {what} is called {name!r}{instead}"
            )


def _given(form: Definition) -> list[str]:
    """Return the reasons that a form's checks name."""
    reasons = [(check.model_extra or {}).get(_REASON) for check in form.checks]
    listed = [list(one.values()) if isinstance(one, Mapping) else [one] for one in reasons]
    return [str(each) for some in listed for each in some if each is not None]


def verify_printed(fields: Fields, wordings: Sequence[Wording], path: Path) -> None:
    """Raise where a field or an option is in no wording: nothing would ever be found for it."""
    blocks = [block for wording in wordings for block in wording.blocks]
    blanks = {name for block in blocks for name in gaps_of(block)}
    printed = {option for block in blocks for option in options_of(block)}
    text = text_of(path)
    for name, rule in fields.items():
        line = line_of(text, ["fields", name])
        if rule.several and rule.kind is not FieldKind.CHOICE:
            cause = f"several is for a field of kind choice, {name!r} is of kind {rule.kind}"
            raise TemplateError(str(path), line, cause)
        unprinted = [option for option in rule.options if (name, option) not in printed]
        if rule.kind is FieldKind.CHOICE and unprinted:
            cause = f"option {unprinted[0]!r} of {name!r} is printed in no wording"
            raise TemplateError(str(path), line, cause)
        unsaid = [o for o in rule.options if o not in rule.words and o not in OWNERSHIP]
        if rule.kind is FieldKind.ENUM and unsaid:
            cause = f"nothing says how option {unsaid[0]!r} of {name!r} is written; add it to words"
            raise TemplateError(str(path), line, cause)
        if rule.kind not in (FieldKind.CHOICE, FieldKind.SEAL) and name not in blanks:
            raise TemplateError(str(path), line, f"field {name!r} has a blank in no wording")


def verify_check(check: Check, fields: Fields, wordings: Sequence[Wording], path: Path) -> None:
    """Raise where a check names what there is not, or asks what its field cannot answer."""
    cause = _cause(check, fields, {block.name for each in wordings for block in each.blocks})
    if cause:
        raise TemplateError(str(path), _check_line(text_of(path), check), cause)


def _cause(check: Check, fields: Fields, blocks: set[str]) -> str:
    own, rule = fields.get(check.field), _RULES[check.rule]
    if own is None:
        return f"no field is called {check.field!r}"
    if own.kind not in rule.kinds:
        return f"rule {check.rule!r} is for a field of kind {' or '.join(rule.kinds)}"
    if check.rule == "addressee":
        return _addressee_cause(check, own, blocks)
    wanted = rule.settings or {}
    absent = sorted(set(wanted) - set(check.settings))
    needed = f"it needs {absent[0]!r}" if absent else ""
    if more := sorted(set(check.settings) - set(wanted) - {_REASON}):
        return "; ".join(filter(None, (f"rule {check.rule!r} has no setting {more[0]!r}", needed)))
    if absent:
        return f"rule {check.rule!r}: {needed}"
    wrong = (_wrong(name, what, check, fields) for name, what in wanted.items())
    return next(filter(None, wrong), "") or _reason_cause(check, _REASONS_OF.get(check.rule, ()))


def _addressee_cause(check: Check, own: FieldRule, blocks: set[str]) -> str:
    for option in sorted(set(check.settings) - {_REASON}):
        if option not in own.options:
            return f"{check.field} has no option {option!r}"
        if wrong := set(_named(check, option)) - blocks:
            return f"no block is called {min(wrong)!r}"
    return _reason_cause(check, own.options)


def _reason_cause(check: Check, several: Sequence[str]) -> str:
    """Say what is wrong with a reason: one for all, or one for each of some findings."""
    reason = check.settings.get(_REASON, "")
    if isinstance(reason, str):
        return ""
    if not isinstance(reason, Mapping) or not several:
        return f"the reason of rule {check.rule!r} is a name in quotes"
    unknown = sorted(set(reason) - set(several))
    return f"reasons here are for {' and '.join(several)}" if unknown else ""


def _wrong(
    setting: str, what: str | FieldKind | tuple[str, ...], check: Check, fields: Fields
) -> str:
    """Say what is wrong with one setting of a check; empty where nothing is."""
    value, own = check.settings[setting], fields[check.field]
    if what == "day":
        instead = "; rule 'not-after' holds two dates against each other" * (value in fields)
        cause = f"{setting} is a day without quotes: {setting} = 2024-01-31{instead}"
        return "" if isinstance(value, date) else cause
    if what == "option":
        is_option = not own.options or value in own.options
        return "" if is_option else f"{check.field} has no option {value!r}"
    if isinstance(what, tuple):
        return "" if value in what else f"{setting} is {' or '.join(what)}"
    if what == "text":
        return ""
    named = _named(check, setting)
    if unknown := [name for name in named if name not in fields]:
        return f"no field is called {unknown[0]!r}"
    is_kind = not isinstance(what, FieldKind) or all(fields[n].kind is what for n in named)
    return "" if named and is_kind else f"{setting} names a field of kind {what}"


def _named(check: Check, key: str) -> tuple[str, ...]:
    value = check.settings.get(key, ())
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()


def _check_line(text: str, check: Check) -> int:
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        if line.strip() == f'rule = "{check.rule}"' and any(
            f'"{check.field}"' in near for near in lines[number : number + 2]
        ):
            return number
    return 1
