"""Reads the official forms under ``templates/`` and names file and line of any mistake.

A form is a folder: ``form.toml`` (fields, checks) and one wording a language
(``ky.txt``, ``ru.txt``). docs/templates.md describes both for an official.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from intake.domain.template import (
    Block,
    Check,
    FieldKind,
    FieldRule,
    Gap,
    Maybe,
    Piece,
    Print,
    Template,
    Wording,
    gaps_of,
    options_of,
    words_of_options,
)
from intake.errors import TemplateError

_HEADER = re.compile(r"==\s*([a-z_]+)(\s+optional)?\s*$")
_TOKEN = re.compile(
    r"\{\s*(?P<gap>[a-z_0-9]+)\s*(?:\"(?P<printed>[^\"]*)\"\s*)?\}"
    r"|\[\s*(?P<field>[a-z_0-9]+)\s*=\s*(?P<option>[a-z_0-9]+)\s*:\s*(?P<words>[^\[\]{}<>]+)\]"
    r"|(?P<open><)|(?P<close>>)|(?P<print>[^\[\]{}<>]+)|(?P<bad>.)",
    re.DOTALL,
)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Field(_Strict):
    kind: FieldKind
    required: bool = False
    options: tuple[str, ...] = ()
    several: bool = False
    labels: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _options_where_needed(self) -> _Field:
        if (self.kind in (FieldKind.ENUM, FieldKind.CHOICE)) != bool(self.options):
            raise ValueError("options belong to an enum or a choice, and each of those needs them")
        if set(self.words) - set(self.options):
            raise ValueError("words say how the field's options are written, and name no others")
        return self


class _Check(BaseModel):
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
    ]
    field: str


class _Form(_Strict):
    version: str
    title: Mapping[Annotated[str, Field(pattern="^(ky|ru|en)$")], str]
    fields: Mapping[str, _Field]
    headings: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    addressees: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    checks: tuple[_Check, ...] = ()

    @model_validator(mode="after")
    def _headings_of_fields(self) -> _Form:
        if unknown := set(self.headings) - set(self.fields):
            raise ValueError(f"headings name fields that there are not: {', '.join(unknown)}")
        return self


def load_forms(folder: Path) -> tuple[Template, ...]:
    """Load every form under ``folder``; TemplateError at the first mistake."""
    found = sorted(path.parent for path in folder.glob("*/form.toml"))
    if not found:
        raise TemplateError(str(folder), 1, "no form here; expected FORM/form.toml")
    return tuple(load_form(path) for path in found)


def load_form(folder: Path) -> Template:
    """Load one form's folder; TemplateError names file and line of the first mistake."""
    form = _read_definition(folder / "form.toml")
    fields = {
        name: FieldRule(name, **dict(rule), headings=form.headings.get(name, ()))
        for name, rule in form.fields.items()
    }
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        raise TemplateError(str(folder / "form.toml"), 1, "no wording beside it (ky.txt, ru.txt)")
    wordings = tuple(_read_wording(path, fields) for path in paths)
    fields = {name: _with_printed_words(rule, wordings) for name, rule in fields.items()}
    _verify_printed(fields, wordings, folder / "form.toml")
    blocks = {block.name for wording in wordings for block in wording.blocks}
    checks = tuple(
        Check(check.rule, check.field, dict(check.model_extra or {})) for check in form.checks
    )
    for check in checks:
        _verify_check(check, fields, blocks, folder / "form.toml")
    _verify_addressees(form.addressees, blocks, folder / "form.toml")
    title, addressees = form.title, form.addressees
    return Template(folder.name, form.version, title, fields, checks, wordings, addressees)


def _verify_addressees(addressees: Mapping[str, object], blocks: set[str], path: Path) -> None:
    for name in set(addressees) - blocks:
        line = _line_of(path.read_text(encoding="utf-8"), ["addressees", name])
        raise TemplateError(str(path), line, f"no block is called {name!r}")


def _with_printed_words(rule: FieldRule, wordings: Sequence[Wording]) -> FieldRule:
    """Return the rule of an enum with the words that its form prints as answers, too."""
    if rule.kind is not FieldKind.ENUM:
        return rule
    words = dict(rule.words)
    for block in (block for wording in wordings for block in wording.blocks):
        for option, printed in words_of_options(block, rule.name):
            words[option] = (*words.get(option, ()), printed)
    return replace(rule, words=words)


def _read_definition(path: Path) -> _Form:
    text = path.read_text(encoding="utf-8")
    try:
        return _Form.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        line = int(found[1]) if (found := re.search(r"line (\d+)", str(error))) else 1
        raise TemplateError(str(path), line, f"not TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = [str(part) for part in first["loc"]]
        cause = f"{'.'.join(place)}: {first['msg']}"
        raise TemplateError(str(path), _line_of(text, place), cause) from error


def _line_of(text: str, place: list[str]) -> int:
    """Return the line that names the deepest part of ``place``, 1 where none does."""
    lines = text.splitlines()
    checks = [number for number, line in enumerate(lines, 1) if line.startswith("[[checks]]")]
    if len(place) > 1 and place[0] == "checks":
        return checks[int(place[1])]
    for part in reversed(place):
        for number, line in enumerate(lines, 1):
            if re.search(rf"(^|[\s{{,.\[\"]){re.escape(part)}\"?\s*(=|\]|$)", line):
                return number
    return 1


_NEEDS = {
    "not-before": ("date",),
    "review-when": ("value", "reason"),
    "only-when": ("value", "fields"),
    "differs": ("from",),
    "within": ("region",),
    "same-place": ("as", "kind"),
    "registered-before": ("date",),
}
"""The settings that a rule cannot do without."""
_SELF_EVIDENT = {FieldKind.DATE, FieldKind.SIGNATURE}
"""Kinds that are told from what stands beside them without words between."""
_HINTED = (FieldKind.NAME, FieldKind.TEXT, FieldKind.ADDRESS)
"""Kinds whose hint below the blank is the label before it where the form is set as a table."""
OWNERSHIP = ("state", "municipal", "private")
"""Options that the reference has the words of (``ownership_terms.csv``)."""
_NAMING = {"only-when": "fields", "differs": "from", "within": "region", "same-place": "as"}
"""The setting of a rule that names other fields."""


def _verify_check(
    check: Check, fields: Mapping[str, FieldRule], blocks: set[str], path: Path
) -> None:
    line = _check_line(path, check)
    for name in _NEEDS.get(check.rule, ()):
        if name not in check.settings:
            raise TemplateError(str(path), line, f"rule {check.rule!r} needs {name!r}")
    for name in (check.field, *_named(check, _NAMING.get(check.rule, ""))):
        if name not in fields:
            raise TemplateError(str(path), line, f"no field is called {name!r}")
    if check.rule != "addressee":
        return
    for option in set(check.settings) - {"notes"}:
        if option not in fields[check.field].options:
            raise TemplateError(str(path), line, f"{check.field} has no option {option!r}")
        wrong = set(_named(check, option)) - blocks
        if wrong:
            raise TemplateError(str(path), line, f"no block is called {min(wrong)!r}")


def _verify_printed(
    fields: Mapping[str, FieldRule], wordings: tuple[Wording, ...], path: Path
) -> None:
    """Raise where a field or an option is in no wording: nothing would ever be found for it."""
    blocks = [block for wording in wordings for block in wording.blocks]
    blanks = {name for block in blocks for name in gaps_of(block)}
    printed = {option for block in blocks for option in options_of(block)}
    text = path.read_text(encoding="utf-8")
    for name, rule in fields.items():
        line = _line_of(text, ["fields", name])
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


def own_reasons(form: Template) -> tuple[str, ...]:
    """Return the reasons that checks put among a record's review reasons."""
    reasons = [check.settings.get("reason") for check in form.checks]
    notes = [check.settings.get("notes") for check in form.checks]
    listed = [each for some in notes if isinstance(some, Mapping) for each in some.values()]
    return tuple(str(reason) for reason in (*reasons, *listed) if reason is not None)


def _named(check: Check, key: str) -> tuple[str, ...]:
    value = check.settings.get(key, ())
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()


def _check_line(path: Path, check: Check) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line.strip() == f'rule = "{check.rule}"' and any(
            f'"{check.field}"' in near for near in lines[number : number + 2]
        ):
            return number
    return 1


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a piece of wording comes from, for messages."""

    path: Path
    fields: Mapping[str, FieldRule]

    def mistake(self, line: int, cause: str) -> TemplateError:
        return TemplateError(str(self.path), line, cause)


def _read_wording(path: Path, fields: Mapping[str, FieldRule]) -> Wording:
    source = _Source(path, fields)
    blocks = tuple(_parse_block(source, *block) for block in _split_blocks(source))
    if not blocks:
        raise source.mistake(1, "no wording; start a block with «== name»")
    names = [block.name for block in blocks]
    if len(set(names)) < len(names):
        raise source.mistake(1, "two blocks have one name")
    return Wording(path.stem, blocks)


def _split_blocks(source: _Source) -> Iterator[tuple[str, bool, list[tuple[int, str]]]]:
    name, optional, lines = "", False, list[tuple[int, str]]()
    for number, line in enumerate(source.path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        if line.startswith("=="):
            if name:
                yield name, optional, lines
            header = _HEADER.match(line)
            if not header:
                raise source.mistake(number, "a block begins «== name» or «== name optional»")
            name, optional, lines = header[1], bool(header[2]), []
        elif line.strip():
            if not name:
                raise source.mistake(number, "wording before the first «== name»")
            lines.append((number, line.strip()))
    if name:
        yield name, optional, lines


def _parse_block(source: _Source, name: str, optional: bool, lines: list[tuple[int, str]]) -> Block:
    if not lines:
        raise source.mistake(1, f"block {name!r} is empty")
    pieces: list[Piece] = []
    inner: list[Print | Gap] = []
    opened = 0  # the line of a «<» that is still open, 0 for none
    for number, line in lines:
        for token in _TOKEN.finditer(line):
            if token["open"] and opened:
                raise source.mistake(opened, "«<» is never closed")
            if token["close"] and not opened:
                raise source.mistake(number, "«>» without «<»")
            if token["open"]:
                opened, inner = number, []
            elif token["close"]:
                opened = 0
                pieces.append(Maybe(tuple(inner)))
            else:
                piece, run = _piece(source, number, token), inner if opened else pieces
                _verify_apart(source, number, run, piece)
                run.append(piece)
    if opened:
        raise source.mistake(opened, "«<» is never closed")
    return Block(name, tuple(_labelled(pieces, source.fields)), optional)


def _labelled(pieces: Sequence[Piece], fields: Mapping[str, FieldRule]) -> Iterator[Piece]:
    """Yield the pieces, a hint in brackets behind a blank also before it, as tables label it."""
    worded = [p for p in pieces if not isinstance(p, Print) or not p.text.isspace()]
    for piece, after in zip_longest(worded, worded[1:]):
        hint = _hint(after) if after else ""
        is_text = isinstance(piece, Gap) and fields[piece.field].kind in _HINTED
        if is_text and hint:
            yield Maybe((Print(hint),))
        yield piece


def _hint(piece: Piece) -> str:
    """Return the words of «<(…)>», without brackets; none for another piece."""
    if not isinstance(piece, Maybe) or not all(isinstance(p, Print) for p in piece.pieces):
        return ""
    prints = [p for p in piece.pieces if isinstance(p, Print)]
    text = " ".join(p.text for p in prints).strip()
    is_plain = not any(p.option for p in prints) and text[:1] == "(" and text[-1:] == ")"
    return text[1:-1].strip() if is_plain else ""


def _verify_apart(
    source: _Source, number: int, before: Sequence[Piece], piece: Print | Gap
) -> None:
    """Raise for a blank right behind another, where nothing tells what belongs to which."""
    worded = [p for p in before if not isinstance(p, Print) or any(map(str.isalnum, p.text))]
    last = worded[-1] if worded else None
    if not isinstance(last, Gap) or not isinstance(piece, Gap) or last.field == piece.field:
        return
    if not {source.fields[each.field].kind for each in (last, piece)} & _SELF_EVIDENT:
        cause = f"no words stand between {{{last.field}}} and {{{piece.field}}}"
        raise source.mistake(number, f"{cause} to tell them apart")


def _piece(source: _Source, number: int, token: re.Match[str]) -> Print | Gap:
    if token["bad"]:
        raise source.mistake(number, f"«{token['bad']}» stands alone; is a bracket not closed?")
    if token["print"]:
        return Print(token["print"])
    field = token["gap"] or token["field"]
    if field not in source.fields:
        raise source.mistake(number, f"form.toml has no field {field!r}")
    if token["gap"]:
        return Gap(field, token["printed"] or "")
    if token["option"] not in source.fields[field].options:
        raise source.mistake(number, f"{field} has no option {token['option']!r} in form.toml")
    return Print(token["words"].strip(), (field, token["option"]))
