"""Compiles a wording to a chain of steps that the alignment walks through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from intake.alignment.letters import PUNCTUATION, code_of
from intake.domain.template import Block, FieldKind, FieldRule, Gap, Maybe, Print, Wording

SKIP_BLOCK = 0.5
SKIP_LETTER = 0.25
"""Leaving out a «<…>» costs this a letter: less than omitting it, more than reading it badly."""


class StepKind(Enum):
    """What a step takes from the page."""

    PRINT = auto()
    GAP = auto()
    JUNK = auto()


@dataclass(frozen=True, slots=True)
class Step:
    """One printed letter, one gap, or whatever stands between two blocks.

    ``word`` numbers the printed words of the wording.
    """

    kind: StepKind
    block: str = ""
    code: int = -1
    word: int = -1
    gap: Gap | None = None
    field_kind: FieldKind | None = None
    required: bool = False
    option: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """A way past the steps ``start`` up to but without ``end``, at a cost."""

    start: int
    end: int
    cost: float


@dataclass(frozen=True, slots=True)
class Chain:
    """Steps in order, and the ways past some of them; state i lies before step i.

    ``labels`` are words that retyped forms print before the blanks, none of the steps'.
    """

    steps: tuple[Step, ...]
    skips: tuple[Skip, ...]
    words: tuple[str, ...]
    blocks: Mapping[str, tuple[int, int]]
    labels: tuple[str, ...] = ()


@dataclass(slots=True)
class _Builder:
    """Collects steps while a wording is walked through once."""

    fields: Mapping[str, FieldRule]
    steps: list[Step] = field(default_factory=list)
    skips: list[Skip] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    blocks: dict[str, tuple[int, int]] = field(default_factory=dict)

    def add_block(self, block: Block) -> None:
        self.steps.append(Step(StepKind.JUNK))
        start = len(self.steps)
        for piece in block.pieces:
            if isinstance(piece, Maybe):
                self._add_maybe(block.name, piece)
            else:
                self._add_piece(block.name, piece)
        self.blocks[block.name] = (start, len(self.steps))
        if block.optional:
            self.skips.append(Skip(start, len(self.steps), SKIP_BLOCK))

    def _add_maybe(self, block: str, maybe: Maybe) -> None:
        start = len(self.steps)
        for piece in maybe.pieces:
            self._add_piece(block, piece)
        letters = sum(step.kind is StepKind.PRINT for step in self.steps[start:])
        self.skips.append(Skip(start, len(self.steps), SKIP_LETTER * letters))

    def _add_piece(self, block: str, piece: Print | Gap) -> None:
        if isinstance(piece, Gap):
            rule = self.fields[piece.field]
            self.steps.append(Step(StepKind.GAP, block, -1, -1, piece, rule.kind, rule.required))
            return
        for word in piece.text.split():
            self._add_word(block, word, piece.option)

    def _add_word(self, block: str, word: str, option: tuple[str, str] | None) -> None:
        codes = [code for letter in word if (code := code_of(letter)) != PUNCTUATION]
        if not codes:
            return
        self.words.append(word)
        number = len(self.words) - 1
        self.steps.extend(
            Step(StepKind.PRINT, block, code=code, word=number, option=option) for code in codes
        )


def chain_of(wording: Wording, fields: Mapping[str, FieldRule]) -> Chain:
    """Compile a whole wording; punctuation of the print is left out, the page's is free."""
    return _compile(wording.blocks, fields)


def chain_of_block(block: Block, fields: Mapping[str, FieldRule]) -> Chain:
    """Compile one block alone, to be looked for out of its order."""
    return _compile((block,), fields)


def _compile(blocks: tuple[Block, ...], fields: Mapping[str, FieldRule]) -> Chain:
    builder = _Builder(fields)
    for block in blocks:
        builder.add_block(block)
    builder.steps.append(Step(StepKind.JUNK))
    labels = (word for rule in fields.values() for label in rule.labels for word in label.split())
    steps, skips, words = tuple(builder.steps), tuple(builder.skips), tuple(builder.words)
    return Chain(steps, skips, words, builder.blocks, tuple(labels))
