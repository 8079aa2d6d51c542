"""An official form: its wording with holes, and what belongs into each hole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


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
    of an enum or choice; ``several`` allows more than one choice at once.
    ``terms`` gives, per option, the words that mean it, in any language.
    """

    name: str
    kind: FieldKind
    required: bool = False
    options: tuple[str, ...] = ()
    several: bool = False
    terms: Mapping[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Print:
    """Printed words of the form; ``option`` names field and option where they are a choice."""

    text: str
    option: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Hole:
    """A blank of the form, to be filled with ``field``."""

    field: str


@dataclass(frozen=True, slots=True)
class Block:
    """Printed words and holes that stand together.

    ``optional`` blocks may be left out of a retyped notice; any block may stand
    elsewhere on the page than the official form has it.
    """

    name: str
    pieces: tuple[Print | Hole, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """The official wording in one language and one arrangement, blocks in their official order."""

    language: str
    variant: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """One official form under templates/: identifier, version, fields, wordings."""

    name: str
    version: str
    titles: Mapping[str, str]
    fields: Mapping[str, FieldRule]
    wordings: tuple[Wording, ...]
