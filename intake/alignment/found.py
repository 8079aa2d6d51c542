"""A form's wording laid over a page's letters, and which wording fits best."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, permutations

import numpy as np
from rapidfuzz.distance import Levenshtein

from intake.alignment.align import align
from intake.alignment.chain import Chain, chain_of
from intake.alignment.lay import Layer
from intake.alignment.letters import ALPHABET, code_of
from intake.alignment.rows import DIGITS
from intake.alignment.stream import Stream
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
WHOLE, MOSTLY = 0.85, 0.6
"""Part of a line's letters that are the subject's, and of the subject's that stand in it, from
which it is that."""
CAPITAL = 0.25
"""The same beside a title all in capitals: «Ресурстук борбор ачылгандыгы тууралуу КАБАРЛОО»."""
LONG = 6
"""Letters of a title of which one may be misread."""
MORE = 4
"""Letters beside the title that can tell whether they are the subject's."""
NUMBERING = [code_of(sign) for sign in "№0123456789."]


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
        return self.is_strained and (is_near or is_retold) and self._is_titled()

    @property
    def is_strained(self) -> bool:
        """Whether the form runs otherwise here, so that the words before a blank say little."""
        return self.layer.strain() > STRAIN or self.share < ENOUGH

    def _is_titled(self) -> bool:
        """Tell whether the title is a line of its own («ИЗВЕЩЕНИЕ № 3»), or with the subject.

        Or the subject alone («О создании Ресурсного центра …»), on a page with an organisation's
        two numbers: an order about the same has none.
        """
        texts = [text for line in np.unique(self.stream.lines) for text in self._parts(line)]
        if any(says_title(text, self.wording, self.template) for text in texts):
            return True
        return any(is_subject(text, self.wording) for text in texts) and self._has_numbers()

    def _parts(self, line: int) -> list[str]:
        """Return a line without spaces, and what stands before its first wide gap alone.

        A box of the school's data may stand beside the title.
        """
        letters = [self.stream.letters[n].letter for n in np.flatnonzero(self.stream.lines == line)]
        whole = "".join(letter.text for letter in letters)
        for number, (one, after) in enumerate(pairwise(letters), start=1):
            if after.box.left - one.box.right > GAP:
                return [whole, whole[: len("".join(each.text for each in letters[:number]))]]
        return [whole]

    def _has_numbers(self) -> bool:
        """Tell whether an INN and an OKPO stand on the page, by their digits."""
        text = "".join(f"{' ' * p.starts_word}{p.letter.text}" for p in self.stream.letters)
        runs = set(map(len, re.findall(r"\d+", text)))
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


_SUBJECT_LABEL = re.compile(r"^(?:тема|темасы|предмет):", re.IGNORECASE)
"""What a letter's list says before its title: «Тема: ИЗВЕЩЕНИЕ о Ресурсном центре»."""


def says_title(line: str, wording: Wording, template: Template) -> bool:
    """Tell whether a line without spaces is the form's title, in one language or in two."""
    return _is_title(line, wording) or _are_titles(line, [w.title for w in template.wordings])


def _is_title(line: str, wording: Wording) -> bool:
    """Tell whether a line without spaces is the title, alone or with the subject beside it.

    A sentence has its word small, but for a heading that ends with it («… түзүлгөндүгү жөнүндө
    кабарлоо»).
    """
    line = _SUBJECT_LABEL.sub("", line)
    said = [sign for sign in line if code_of(sign) not in NUMBERING]
    codes, title = [code_of(sign) for sign in said], _codes_of_title(wording.title)
    is_whole = codes == title or (line[:1].isupper() and _is_misread(codes, title))
    if is_whole or _is_compound(line, title) or _is_half(line, wording.title):
        return True
    size = len(title)
    for start, rest in ((0, codes[size:]), (len(codes) - size, codes[:-size])):
        if start >= 0 and codes[start : start + size] == title and len(rest) >= MORE:
            about = fours(rest) & printed_fours(wording.subject)
            is_heading = said[start].isupper() or (start and said[0].isupper())
            is_capital = all(sign.isupper() for sign in said[start : start + size])
            enough = CAPITAL if is_capital else ABOUT
            return bool(is_heading) and len(about) > enough * len(fours(rest))
    return False


def _are_titles(line: str, titles: Sequence[str]) -> bool:
    """Tell whether a line says the title in two languages: «КАБАРЛОО / ИЗВЕЩЕНИЕ»."""
    codes = [code_of(sign) for sign in line if sign.isalpha()]
    pairs = permutations(map(_codes_of_title, titles), 2)
    return line[:1].isupper() and any(codes == [*one, *other] for one, other in pairs)


@cache
def _codes_of_title(title: str) -> list[int]:
    return [code for code in map(code_of, title) if code not in NUMBERING]


def _is_misread(codes: Sequence[int], title: Sequence[int]) -> bool:
    """Tell whether a line is the title but for one letter, one more or less («ИЗВЕШЩЕНИЕ»).

    Not the last, which tells its case.
    """
    is_ended = len(title) >= LONG and codes[-1:] == title[-1:]
    return is_ended and Levenshtein.distance(codes, title) <= 1


def _is_compound(line: str, title: Sequence[int]) -> bool:
    """Tell whether a line is the title and one more word, joined: «Извещение-анкета»."""
    words = re.split("[-–—]", line)
    title_and_other = 2
    return (
        len(words) == title_and_other
        and all(map(str.isalpha, words))
        and list(title) in [[code_of(sign) for sign in word] for word in words]
    )


def _is_half(line: str, title: str) -> bool:
    """Tell whether a line is a word of a title made of two: «ЗАЯВКА» of «ВЕДОМОСТЬ-ЗАЯВКА»."""
    return any(len(half) > MORE and half == line.casefold() for half in title.casefold().split("-"))


def is_subject(line: str, wording: Wording) -> bool:
    """Tell whether a line is the form's subject, and begins as a title does."""
    subject, said = printed_fours(wording.subject), fours([code_of(sign) for sign in line])
    is_all = len(said & subject) >= WHOLE * max(len(said), 1)
    return line[:1].isupper() and is_all and len(said & subject) >= MOSTLY * len(subject)


def lay(template: Template, wording: Wording, stream: Stream) -> Found:
    """Lay one wording over a stream of letters."""
    chain = _chain(template, wording)
    alignment = align(chain, stream)
    layer = Layer(chain, stream, alignment)
    share = layer.found_share(0, len(chain.steps))
    return Found(template, wording, chain, stream, layer, alignment.cost, share)


@cache
def printed_fours(text: str) -> frozenset[int]:
    """Return the runs of four letters of a form's words."""
    return fours([code_of(letter) for word in text.split() for letter in word])


def fours(codes: Sequence[int]) -> frozenset[int]:
    """Return the runs of four letters among codes, a number each."""
    base, size = len(ALPHABET) + 1, len(ALPHABET)
    kept = [code for code in codes if code < size]
    return frozenset(
        ((a * base + b) * base + c) * base + d
        for a, b, c, d in zip(kept, kept[1:], kept[2:], kept[3:], strict=False)
    )


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
