"""The words below a notice's title, held against those that its form has for an option."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from rapidfuzz.distance import Levenshtein

from intake.domain.geometry import Box
from intake.domain.placement import Placement, PrintedOption, Spot
from intake.domain.template import Block, FieldKind, FieldRule, words_of_options
from intake.domain.text import PageText, Word
from intake.fields.script import folded_letters
from intake.stages.completion.page.title import title_of

ALIKE, LONG = 0.85, 5
"""Likeness of a word to an option's from which it is that; letters of one that may be misread."""
AND = frozenset(("и", "жана"))
"""What stands between options that are said together."""
ABSENT = 0.6
"""Likeness of any other words to an option's below which it is not there, however misread."""
SIGNS = 2
"""Letters at the head of a word that may be a box or a tick before an option («Пшкольного»)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A word of the notice: its letters alone, folded, and where it stands."""

    said: str
    page: int
    line: int
    word: Word

    @property
    def box(self) -> Box:
        """Around all of its letters."""
        return Box.around(letter.box for letter in self.word.letters)


def words_below_title(
    placement: Placement, texts: Mapping[int, PageText], labels: Set[Box]
) -> Iterator[Place]:
    """Yield the words below the title, in reading order, without a table's ``labels``."""
    title = title_of(placement, texts)
    for page in placement.pages:
        top = title.box.bottom if title and title.page == page else 0.0
        for number, line in enumerate(texts[page].lines):
            words = line.words if line.box.bottom > top else ()
            for part in (part for word in words for part in _parted(word)):
                said = folded_letters(part.text)
                if said and part.letters[0].box not in labels:
                    yield Place(said, page, number, part)


def _parted(word: Word) -> Iterator[Word]:
    """Yield the words between slashes that were read as one («соответствует/не»)."""
    slashes = [n for n, letter in enumerate(word.letters) if letter.text == "/"]
    for start, end in pairwise([-1, *slashes, len(word.letters)]):
        own = word.letters[start + 1 : end]
        if own:
            yield replace(word, letters=own, box=Box.around(letter.box for letter in own))


def bare(words: Sequence[str]) -> list[str]:
    """Return the letters alone of words, folded; those without any left out."""
    return [said for word in words if (said := folded_letters(word))]


def ways_of_saying(rule: FieldRule, block: Block) -> dict[str, list[list[str]]]:
    """Return the words that a paper may have for each option of a choice: the form's, or others.

    Empty where the block prints no choice of several options.
    """
    printed = dict(words_of_options(block, rule.name)) if rule.kind is FieldKind.CHOICE else {}
    if len(printed) < 2:
        return {}
    return {
        option: [
            way
            for text in (printed[option], *rule.words.get(option, ()))
            for way in _read(bare(text.split()))
        ]
        for option in rule.options
        if option in printed
    }


Ways = Mapping[str, Sequence[Sequence[str]]]
"""The words that say each option, one way after the other."""


def behind_label(rule: FieldRule, ways: Ways) -> Ways:
    """Return the words that say each option behind its choice's label: «нет», «түзүлгөн жок»."""
    return {
        option: [*each, *(bare(said.split()) for said in rule.answers.get(option, ()))]
        for option, each in ways.items()
    }


def _read(said: list[str]) -> Iterator[list[str]]:
    """Yield words as they may be read: a letter alone is often joined («собразованием»)."""
    yield said
    if len(said) > 1 and len(said[0]) == 1:
        yield [said[0] + said[1], *said[2:]]


def choices_in(placement: Placement) -> Iterator[tuple[Block, FieldRule, Ways]]:
    """Yield the choices that a notice's wording prints, each with its block and what says it."""
    for block in placement.wording.blocks:
        for rule in placement.template.fields.values():
            if ways := ways_of_saying(rule, block):
                yield block, rule, ways


def likeness(said: Sequence[str], words: Sequence[Place], start: int) -> float:
    """Return how alike words of the notice are to some, 0..1; short ones must be the same."""
    here = words[start : start + len(said)]
    return sum(_alike(one, other.said) for one, other in zip(said, here, strict=True)) / len(said)


def _alike(one: str, other: str) -> float:
    if len(one) < LONG:
        return float(one == other)
    return Levenshtein.normalized_similarity(one, other)


def _perhaps(one: str, other: str) -> float:
    """Return how like a word may be, misread: a short one with a ring's stroke («Кне»), too."""
    near = len(one) > 1 and Levenshtein.distance(one, other) <= 1
    return 1.0 if len(one) < LONG and near else _alike(one, other)


def likest(said: Sequence[str], words: Sequence[Place]) -> int | None:
    """Return where the words most like some begin; None where there are too few."""
    starts = range(len(words) - len(said) + 1)
    return max(starts, key=lambda n: likeness(said, words, n), default=None)


def is_said(said: Sequence[str], here: Sequence[Place]) -> bool:
    """Tell whether words of the notice are those of an option, each of them."""
    return all(_alike(one, other.said) >= ALIKE for one, other in zip(said, here, strict=True))


def says_every(ways: Ways, said: Sequence[str]) -> bool:
    """Tell whether words, folded, say something of each option: a choice's label may."""
    own = {option: {word for way in each for word in way} for option, each in ways.items()}
    return all(
        any(
            _alike(one, other) >= ALIKE
            for one in mine.difference(*(o for name, o in own.items() if name != option))
            for other in said
            if len(one) > 1
        )
        for option, mine in own.items()
    )


def may_be_said(said: Sequence[str], shared: Collection[str], words: Sequence[Place]) -> bool:
    """Tell whether words may be there misread: all of them, and those that are not shared.

    A short word alone must be the same: «на» is no «да».
    """
    if len(said) == 1 and len(said[0]) < LONG:
        return any(word.said == said[0] for word in words)
    for start in range(len(words) - len(said) + 1):
        own = [n for n, one in enumerate(said) if one not in shared]
        alike = [_perhaps(said[n], words[start + n].said) for n in own]
        here = words[start : start + len(said)]
        like = sum(_perhaps(one, other.said) for one, other in zip(said, here, strict=True))
        if like >= ABSENT * len(said) and max(alike, default=1.0) >= ABSENT:
            return True
    return False


def printed_option(
    name: str, option: str, said: Sequence[str], words: Sequence[Place]
) -> PrintedOption:
    """Return an option that stands at some words, without the signs before its first one."""
    boxes = [_own_box(one, word) for one, word in zip(said, words, strict=True)]
    placed = list(zip(words, boxes, strict=True))
    lines = [list(each) for _, each in groupby(placed, key=lambda p: (p[0].page, p[0].line))]
    spots = tuple(Spot(line[0][0].page, Box.around(box for _, box in line)) for line in lines)
    return PrintedOption(
        name, option, spots, tuple(Spot(word.page, box) for word, box in placed), 0.0
    )


def _own_box(said: str, place: Place) -> Box:
    letters = [each for each in place.word.letters if each.text.isalpha()]
    extra = len(place.said) - len(said)
    if 0 < extra <= SIGNS and place.said.endswith(said):
        letters = letters[-len(said) :]
    return Box.around(letter.box for letter in letters)
