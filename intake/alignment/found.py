"""A form's wording laid over a page's letters, and which wording fits best."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from intake.alignment.align import align
from intake.alignment.chain import Chain, chain_of
from intake.alignment.lay import Layer
from intake.alignment.letters import fours, printed_fours
from intake.alignment.rows import DIGITS
from intake.alignment.stream import Stream
from intake.alignment.titles import is_subject, title_in
from intake.domain.placement import PlacedLetter
from intake.domain.template import Template, Wording, print_in

PROMISING = 0.05
"""Share of a wording's letter fours on a page below which it is not worth aligning."""
RIVAL = 0.4
"""Share of the most promising wording's promise below which another is not tried."""
ENOUGH = 0.5
"""Share of the printed letters that must be found for a page to be a notice."""
STRAIN = 0.88
"""The most that laying the form may cost, as a share of omitting all its print.

Drawn notices with 40 % of their letters misread stay below 0.8; letters, charters and the
order's own text come out above 1.1 (tests/stages/test_match.py)."""
LETTER = 1.25
"""The same where the form's title is a line of its own: letters that give the organisation's
numbers behind the sentence cost up to 1.19."""
RETOLD, ABOUT_IT, NUMBERED = 0.42, 0.3, 0.25
"""The least share below such a title in other words, where the subject is said too, and where it is
with both numbers: lists in the writer's own words have 0.27 to 0.49, another matter 0.22."""
ABOUT, HALF_SAID, TOUCHED = 0.5, 0.25, 0.1
"""Share of the subject's letter fours that are there whatever its endings («борбор түзүлдү»), and
where an organisation's two numbers stand on the page («Борбордун ИНН» in a table says no more)."""
GAP = 0.05
"""Part of the page's width between the title and what stands beside it."""
BLOCK_ENOUGH = 0.6


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """One wording laid over one stream of letters."""

    template: Template
    wording: Wording
    chain: Chain
    stream: Stream
    layer: Layer
    cost: float
    share: float

    @property
    def is_notice(self) -> bool:
        """Whether enough of the form stands here, without letters gathered from another text."""
        return self.share >= ENOUGH and not self.is_strained

    @property
    def is_letter(self) -> bool:
        """Whether it says the same in another order, below the form's title in its own line."""
        is_near = self.share >= ENOUGH and self.layer.strain() <= LETTER
        is_retold = self.share >= self._least_retold()
        return self.is_strained and (is_near or is_retold) and self.is_titled

    @property
    def is_strained(self) -> bool:
        """Whether the form runs otherwise here, so that the words before a blank say little."""
        return self.layer.strain() > STRAIN or self.share < ENOUGH

    @property
    def is_titled(self) -> bool:
        """Whether the title is a line of its own («ИЗВЕЩЕНИЕ № 3»), or with the subject.

        Or the subject alone («О создании Ресурсного центра …»), on a page with an organisation's
        two numbers: an order about the same has none.
        """
        lines = [self._letters_of(line) for line in np.unique(self.stream.lines)]
        said = [_spaced(line) for line in lines]
        heads = [_spaced(_before_gap(line)) for line in lines]
        if any(title_in(each, self.wording, self.template) for each in (said, heads)):
            return True
        return any(is_subject(text, self.wording) for text in said + heads) and self._has_numbers()

    def _letters_of(self, line: int) -> list[PlacedLetter]:
        return [self.stream.letters[n] for n in np.flatnonzero(self.stream.lines == line)]

    def _has_numbers(self) -> bool:
        """Tell whether an INN and an OKPO stand on the page, by their digits."""
        runs = set(map(len, re.findall(r"\d+", _spaced(self.stream.letters))))
        return runs.issuperset(DIGITS.values())

    def _least_retold(self) -> float:
        """Return the least share of a notice in other words: less where the subject is said.

        Or a part of it, on a page with an organisation's two numbers.
        """
        subject = printed_fours(self.wording.subject)
        said = len(subject & fours(self.stream.codes.tolist())) / max(len(subject), 1)
        if said >= TOUCHED and self._has_numbers():
            return NUMBERED if said >= HALF_SAID else ABOUT_IT
        return ABOUT_IT if said > ABOUT else RETOLD

    @property
    def blocks(self) -> set[str]:
        """The blocks of the wording that were found."""
        return {
            name
            for name, (start, end) in self.chain.blocks.items()
            if not self.layer.is_skipped(start, end)
            and self.layer.found_share(start, end) >= BLOCK_ENOUGH
        }

    def blocks_on(self, page: int) -> set[str]:
        """The blocks that were found and whose print stands on this page, most of it."""
        return {
            name for name in self.blocks
            if 2 * self._printed(name).count(page) > len(self._printed(name))
        }  # fmt: skip

    def _printed(self, block: str) -> list[int]:
        """Return the page of each printed letter of a block that was found."""
        letters = self.layer.printed(*self.chain.blocks[block])
        return [self.stream.letters[letter].page for letter in letters]


def _spaced(letters: Iterable[PlacedLetter]) -> str:
    return "".join(f"{' ' * p.starts_word}{p.letter.text}" for p in letters).strip()


def _before_gap(line: Sequence[PlacedLetter]) -> Sequence[PlacedLetter]:
    """Return what stands before a line's first wide gap: other data may stand beside the title."""
    for number, (one, after) in enumerate(pairwise(line), start=1):
        if after.letter.box.left - one.letter.box.right > GAP:
            return line[:number]
    return line


def find_best(stream: Stream, forms: Sequence[Template]) -> Found | None:
    """Return the form and language that fits the letters best; None where none is worth it."""
    promises = [
        (_promise(wording, stream), template, wording)
        for template in forms
        for wording in template.wordings
    ]
    least = max(PROMISING, RIVAL * max((promise for promise, *_ in promises), default=0.0))
    found = [
        lay(template, wording, stream)
        for promise, template, wording in promises
        if promise >= least
    ]
    return max(found, key=lambda one: one.share, default=None)


def lay(template: Template, wording: Wording, stream: Stream) -> Found:
    """Lay one wording over a stream of letters."""
    chain = _chain(template, wording)
    alignment = align(chain, stream)
    layer = Layer(chain, stream, alignment)
    share = layer.found_share(0, len(chain.steps))
    return Found(template, wording, chain, stream, layer, alignment.cost, share)


def _promise(wording: Wording, stream: Stream) -> float:
    """Return the share of the wording's runs of four letters that stand somewhere on the page."""
    printed = printed_fours(_print_of(wording))
    return len(printed & fours(stream.codes.tolist())) / max(len(printed), 1)


def _print_of(wording: Wording) -> str:
    return " ".join(print_in(block) for block in wording.blocks if not block.optional)


_CHAINS: dict[object, Chain] = {}
"""By all that a chain is made of: two forms in two folders may have one name and version."""


def _chain(template: Template, wording: Wording) -> Chain:
    rules = template.fields.values()
    key = (wording, tuple((rule.name, rule.kind, rule.required, rule.labels) for rule in rules))
    if key not in _CHAINS:
        _CHAINS[key] = chain_of(wording, template.fields)
    return _CHAINS[key]
