"""An official form: its wording with holes, and what belongs into each hole."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

SHORTEST = 4
"""Letters of a form's title at least («АРЫЗ»)."""


class FieldKind(StrEnum):
    """What kind of value a field holds; decides its rules and how its hole absorbs letters."""

    INN = "inn"
    OKPO = "okpo"
    NAME = "name"
    PERSON = "person"
    ADDRESS = "address"
    REGION = "region"
    DISTRICT = "district"
    ENUM = "enum"
    CHOICE = "choice"
    DATE = "date"
    NUMBER = "number"
    SIGNATURE = "signature"
    SEAL = "seal"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class FieldRule:
    """One field of a form, as form.toml declares it.

    ``required`` fields are flagged when blank. ``options`` are the normal forms
    of an enum or choice; ``several`` allows more than one choice at once. ``labels`` are
    what retyped forms print before its blank in other words than the official form, ``words``
    how each option is written, in any language, besides what the wording of a choice prints,
    ``answers`` what says one behind the label of a choice alone («нет»), ``headings`` what a
    table's cell says beside or above its value.
    """

    name: str
    kind: FieldKind
    required: bool = False
    options: tuple[str, ...] = ()
    several: bool = False
    labels: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One rule of a form that ties a field to something else; ``settings`` as in form.toml."""

    rule: str
    field: str
    settings: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Print:
    """Printed words of the form; ``option`` names field and option where they are a choice."""

    text: str
    option: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A blank of the form for ``field``; ``printed`` is what the form itself prints within it."""

    field: str
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Maybe:
    """Pieces that stand on the official form but that a notice may do without."""

    pieces: tuple[Print | Gap, ...]


Piece = Print | Gap | Maybe


@dataclass(frozen=True, slots=True)
class Block:
    """Printed words and gaps that stand together.

    ``optional`` blocks may be left out of a retyped notice; any block may stand
    elsewhere on the page than the official form has it.
    """

    name: str
    pieces: tuple[Piece, ...]
    optional: bool = False


def gaps_of(block: Block) -> frozenset[str]:
    """Return the fields that have a gap in this block."""
    return frozenset(piece.field for piece in every_piece(block) if isinstance(piece, Gap))


def options_of(block: Block) -> frozenset[tuple[str, str]]:
    """Return the (field, option) pairs that this block prints."""
    pieces = every_piece(block)
    return frozenset(piece.option for piece in pieces if isinstance(piece, Print) and piece.option)


def print_in(block: Block) -> str:
    """Return the printed words of a block, those that may be absent too."""
    return " ".join(piece.text for piece in every_piece(block) if isinstance(piece, Print))


def required_print_in(block: Block) -> str:
    """Return the printed words of a block that no notice may do without."""
    return " ".join(piece.text for piece in block.pieces if isinstance(piece, Print))


def words_of_options(block: Block, name: str) -> list[tuple[str, str]]:
    """Return the options that a block prints for a field, each with its words."""
    printed = (p for p in every_piece(block) if isinstance(p, Print) and p.option)
    return [(p.option[1], p.text.strip()) for p in printed if p.option and p.option[0] == name]


def every_piece(block: Block) -> list[Print | Gap]:
    """Return the pieces of a block, those that may be absent too."""
    return [
        inner
        for piece in block.pieces
        for inner in (piece.pieces if isinstance(piece, Maybe) else (piece,))
    ]


def _is_heading(text: str, behind: Sequence[Print | Gap]) -> bool:
    """Tell whether printed words are a heading in capitals («ЗАЯВЛЕНИЕ о подключении …»).

    «ОКПО» before a blank is none.
    """
    word = text.split(maxsplit=1)[0]
    is_label = bool(behind) and isinstance(behind[0], Gap) and word == text.strip()
    return word.isupper() and len(word) >= SHORTEST and not is_label


def _subject(rest: str, pieces: Sequence[Print | Gap]) -> str:
    """Return the words between a title and the first blank, without hints printed over it."""
    start = next((n for n, each in enumerate(pieces) if isinstance(each, Gap)), len(pieces))
    before, behind = (
        [piece.text for piece in some if isinstance(piece, Print)]
        for some in (pieces[:start], pieces[start:])
    )
    hints = {text.strip(" ()") for text in behind}  # «(полное наименование)» over its blank
    return " ".join([rest, *(text for text in before if text.strip(" ()") not in hints)]).strip()


@dataclass(frozen=True, slots=True)
class Wording:
    """The official wording in one language, blocks in their official order.

    ``title`` is the first word in capitals at the head of a line, else the first, of the blocks
    that a notice must have; ``subject`` what it is about: the words from there to the first blank.
    """

    language: str
    blocks: tuple[Block, ...]
    title: str = field(init=False, compare=False)
    subject: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        heading, behind = self._heading()
        title = heading.split(maxsplit=1)[0]
        object.__setattr__(self, "title", title)
        object.__setattr__(self, "subject", _subject(heading.removeprefix(title), behind))

    @property
    def words(self) -> frozenset[str]:
        """The words that the form prints, in lower case, without signs."""
        return frozenset(self.every_word)

    @property
    def every_word(self) -> list[str]:
        """The same words, each as often as it is printed."""
        text = " ".join(piece.text for piece in self._prints)
        return re.findall(r"\w+", text.casefold())

    @property
    def options(self) -> tuple[str, ...]:
        """What the form prints as answers to be marked."""
        return tuple(piece.text.strip() for piece in self._prints if piece.option)

    def _heading(self) -> tuple[str, list[Print | Gap]]:
        """Return the line that begins with the title, and the pieces behind it in its block."""
        lines = [
            (piece.text, pieces[n:])
            for pieces in (every_piece(block) for block in self.blocks if not block.optional)
            for n, piece in enumerate(pieces, 1)
            if isinstance(piece, Print) and piece.text.strip()
        ]
        return next((line for line in lines if _is_heading(*line)), lines[0])

    @property
    def _prints(self) -> list[Print]:
        pieces = [piece for block in self.blocks for piece in every_piece(block)]
        return [piece for piece in pieces if isinstance(piece, Print)]


@dataclass(frozen=True, slots=True)
class Template:
    """One official form under templates/: identifier, version, fields, checks, wordings.

    ``addressees`` are what people call the offices of its blocks, in any language. ``said`` is
    what people are told, by language: the form's title by its name, the captions of fields and
    options (``field=option``), and the reasons of its checks.
    """

    name: str
    version: str
    fields: Mapping[str, FieldRule]
    checks: tuple[Check, ...]
    wordings: tuple[Wording, ...]
    addressees: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    said: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
