"""Reads the wording of a form in one language: words, blanks and printed choices, by block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import zip_longest
from pathlib import Path

from intake.domain.template import Block, FieldKind, FieldRule, Gap, Maybe, Piece, Print, Wording
from intake.errors import TemplateError
from intake.forms.source import text_of

_HEADER = re.compile(r"==\s*([a-z_]+)(\s+optional)?\s*$")
_TOKEN = re.compile(
    r"\{\s*(?P<gap>[a-z_0-9]+)\s*(?:\"(?P<printed>[^\"]*)\"\s*)?\}"
    r"|\[\s*(?P<field>[a-z_0-9]+)\s*=\s*(?P<option>[a-z_0-9]+)\s*:\s*(?P<words>[^\[\]{}<>]+)\]"
    r"|(?P<open><)|(?P<close>>)|(?P<print>[^\[\]{}<>]+)|(?P<bad>.)",
    re.DOTALL,
)
_MIXED = re.compile(r"\w*(?:[A-Za-z][А-Яа-яЁёӨөҮүҢң]|[А-Яа-яЁёӨөҮүҢң][A-Za-z])\w*")
"""A word with letters of both alphabets: one of them looks like the other's, and is not."""
_RULE = re.compile(r"_{3,}")
"""The line of a blank, which people copy from the form."""
_OPTIONED = (FieldKind.CHOICE, FieldKind.ENUM)
_SELF_EVIDENT = {FieldKind.DATE, FieldKind.SIGNATURE}
"""Kinds that are told from what stands beside them without words between."""
_HINTED = (FieldKind.NAME, FieldKind.TEXT, FieldKind.ADDRESS)
"""Kinds whose hint below the blank is the label before it where the form is set as a table."""


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a piece of wording comes from, for messages."""

    path: Path
    fields: Mapping[str, FieldRule]

    def mistake(self, line: int, cause: str) -> TemplateError:
        return TemplateError(str(self.path), line, cause)


def read_wording(path: Path, fields: Mapping[str, FieldRule]) -> Wording:
    """Return the wording in a file named by its language; TemplateError at the first mistake."""
    if not re.fullmatch("[a-z]{2}", path.stem):
        cause = f"{path.name} is not named by a language; name it ru.txt or ky.txt"
        raise TemplateError(str(path), 1, cause)
    source = _Source(path, fields)
    blocks = tuple(_parse_block(source, *block) for block in _split_blocks(source))
    if not blocks:
        raise source.mistake(1, "no wording; start a block with «== name»")
    if all(block.optional for block in blocks):
        raise source.mistake(1, "every block may be left out; the one with the title may not")
    return Wording(path.stem, blocks)


def _split_blocks(source: _Source) -> Iterator[tuple[str, bool, list[tuple[int, str]]]]:
    name, optional, lines = "", False, list[tuple[int, str]]()
    seen = set[str]()
    for number, line in enumerate(text_of(source.path).splitlines(), 1):
        if line.startswith("#"):
            continue
        if line.startswith("="):
            if name:
                yield name, optional, lines
            header = _HEADER.match(line)
            if not header:
                raise source.mistake(number, "a block begins «== name» or «== name optional»")
            name, optional, lines = header[1], bool(header[2]), []
            if name in seen:
                raise source.mistake(number, f"two blocks are called {name!r}")
            seen.add(name)
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
                raise source.mistake(opened, "«<» is not closed before the next one")
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
        raise source.mistake(number, _bad(token))
    if mixed := _MIXED.search(token["print"] or token["words"] or ""):
        raise source.mistake(number, f"«{mixed[0]}» has Latin letters among Cyrillic ones")
    if token["print"]:
        if rule := _RULE.search(token["print"]):
            cause = f"«{rule[0]}» is no blank; write {{field}} for it, or leave it out in a date"
            raise source.mistake(number, cause)
        return Print(token["print"])
    field = token["gap"] or token["field"]
    if field not in source.fields:
        like = get_close_matches(field, source.fields, n=1)
        instead = f"; there is {like[0]!r}" if like else ""
        raise source.mistake(number, f"form.toml has no field {field!r}{instead}")
    kind = source.fields[field].kind
    if token["gap"]:
        if kind is FieldKind.CHOICE:
            cause = f"{field} is a choice: write [{field}=option: words] for each option"
            raise source.mistake(number, cause)
        if kind is FieldKind.SEAL:
            raise source.mistake(number, f"a seal has no blank: leave {{{field}}} out")
        return Gap(field, token["printed"] or "")
    if kind not in _OPTIONED:
        raise source.mistake(number, f"{field} is of kind {kind} and has no options: {{{field}}}")
    if token["option"] not in source.fields[field].options:
        raise source.mistake(number, f"{field} has no option {token['option']!r} in form.toml")
    if not token["words"].strip():
        raise source.mistake(number, f"option {token['option']!r} has no words")
    return Print(token["words"].strip(), (field, token["option"]))


def _bad(token: re.Match[str]) -> str:
    """Say what is wrong where a bracket begins nothing that is known."""
    sign, rest = token["bad"], token.string[token.start() :]
    inner = re.match(r"\{\s*([^{}\[\]<>]*?)\s*\}", rest)
    ways = 'a blank is written {field} or {field "20"}, an option [field=option: words]'
    if inner and re.search(r"[^\W\da-zA-Z_]", name := re.split(r"[\s\"«“„]", inner[1])[0]):
        return f"{{{inner[1]}}}: {name!r} has a letter that is not Latin"
    if inner and re.search("[«“„]", inner[1]):
        return f'{{{inner[1]}}}: what a form prints in a blank stands in straight quotes, "20"'
    if inner:
        return f"{{{inner[1]}}} is no field's name; {ways}"
    return f"«{sign}» begins nothing: a bracket is not closed; {ways}"
