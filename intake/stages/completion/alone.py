"""Choices of which a letter says one option alone: whoever typed it anew left the others out.

«… по вопросам школьного образования без образования юридического лица»: nothing is marked there,
nor asked to be; the sentence says it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from rapidfuzz.distance import Levenshtein

from intake.domain.geometry import Box
from intake.domain.placement import Placement, PrintedOption, Spot
from intake.domain.template import (
    Block,
    FieldKind,
    FieldRule,
    Gap,
    Maybe,
    Wording,
    words_of_options,
)
from intake.domain.text import PageText, Word
from intake.fields.script import fold_letters, letters_only
from intake.stages.completion.title import title_of

ALIKE, LONG = 0.85, 5
"""Likeness of a word to an option's from which it is that; letters of one that may be misread."""
AND = frozenset(("и", "жана"))
ABSENT = 0.6
"""Likeness of any other words to an option's below which it is not there, however misread."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A word of the notice: its letters alone, and where it stands."""

    said: str
    page: int
    line: int
    box: Box


def with_alone(placement: Placement, texts: Mapping[int, PageText]) -> Placement:
    """Return the placement with such choices: their only option, and that it is alone.

    ``texts`` are the notice's pages by number.
    """
    words, once = list(_words(placement, texts)), _printed_once(placement.wording)
    options, alone, asked = list(placement.options), set[str](), set[str]()
    for block in placement.wording.blocks:
        is_asked = _asks_for_marks(block, words)
        for name, rule in placement.template.fields.items():
            printed = dict(words_of_options(block, name)) if rule.kind is FieldKind.CHOICE else {}
            found = _Said(rule, printed, once).alone(words) if len(printed) > 1 else []
            if not found:
                continue
            others = {e.option for e in options if e.field == name} - {o for o, _ in found}
            if is_asked and others:
                continue  # misread: a mark tells
            options = [each for each in options if each.field != name]
            options += [_option(name, *one) for one in found]
            alone.add(name)
            asked |= {name} if is_asked else set()
    return replace(
        placement, options=tuple(options), alone=frozenset(alone), asked=frozenset(asked)
    )


def _words(placement: Placement, texts: Mapping[int, PageText]) -> Iterator[_Place]:
    """Yield the words below the title, in reading order."""
    title = title_of(placement, texts)
    for page in placement.pages:
        top = title.box.bottom if title and title.page == page else 0.0
        for number, line in enumerate(texts[page].lines):
            for word in line.words if line.box.bottom > top else ():
                if said := fold_letters(letters_only(word.text)):
                    yield _Place(said, page, number, _box(word))


def _box(word: Word) -> Box:
    return Box.around(letter.box for letter in word.letters)


def _asks_for_marks(block: Block, words: Sequence[_Place]) -> bool:
    """Tell whether a hint that asks for a mark («нужное подчеркнуть») stands on the paper."""
    hints = (
        "".join(piece.text for piece in maybe.pieces if not isinstance(piece, Gap))
        for maybe in block.pieces
        if isinstance(maybe, Maybe) and not any(isinstance(piece, Gap) for piece in maybe.pieces)
    )
    asked = [hint for hint in hints if hint.startswith("(")]
    last = asked[-1].split() if asked else []
    return any(_likeness(said, words, n) >= ALIKE for said in [_bare(last)] if said
               for n in range(len(words) - len(said) + 1))  # fmt: skip


def _bare(words: Sequence[str]) -> list[str]:
    return [said for word in words if (said := fold_letters(letters_only(word)))]


def _likeness(said: Sequence[str], words: Sequence[_Place], start: int) -> float:
    """Return how alike words of the notice are to some, 0..1; short ones must be the same."""
    here = words[start : start + len(said)]
    return sum(_alike(one, other.said) for one, other in zip(said, here, strict=True)) / len(said)


def _alike(one: str, other: str) -> float:
    if len(one) < LONG:
        return float(one == other)
    return Levenshtein.normalized_similarity(one, other)


class _Said:
    """What a paper may say for each option of a choice: the form's words, or others' own."""

    def __init__(self, rule: FieldRule, printed: Mapping[str, str], once: Set[str]) -> None:
        self._rule = rule
        self._ways = {
            option: [_bare(text.split()) for text in (printed[option], *rule.words.get(option, ()))]
            for option in rule.options
            if option in printed
        }
        self._once = once

    def alone(self, words: Sequence[_Place]) -> list[tuple[str, Sequence[_Place]]]:
        """Return the only option that is said with its words, or all that «and» joins."""
        found = [(o, here) for o in self._ways if (here := self._found(o, words))]
        if len(found) > 1:
            is_joined = self._rule.several and len(found) == len(self._ways)
            return found if is_joined and _are_joined(found, words) else []
        if not found or any(self._may_be_said(o, *found[0], words) for o in self._ways):
            return []
        return found

    def _found(self, option: str, words: Sequence[_Place]) -> Sequence[_Place]:
        """Return the words that say an option, none where they are not there."""
        for said in self._ways[option]:
            start = _likest(said, words)
            here = words[start : start + len(said)] if start is not None else ()
            if here and _is_said(said, here):
                return here
        return ()

    def _may_be_said(
        self, option: str, chosen: str, here: Sequence[_Place], words: Sequence[_Place]
    ) -> bool:
        """Tell whether another option may be there misread: its print, or a word it alone has."""
        rest = [word for word in words if word not in here]
        shared = {word for said in self._ways[chosen] for word in said}
        printed = self._ways[option][0]
        return option != chosen and (
            _may_be_said(printed, shared, rest)
            or any(word.said in printed and word.said in self._once - shared for word in rest)
        )


def _printed_once(wording: Wording) -> frozenset[str]:
    """Return the long words that a form prints in one place only: «дошкольного»."""
    printed = Counter(_bare(wording.every_word))
    return frozenset(w for w, times in printed.items() if times == 1 and len(w) >= LONG)


def _are_joined(found: Sequence[tuple[str, Sequence[_Place]]], words: Sequence[_Place]) -> bool:
    """Tell whether options stand one behind the other, with «and» between each two."""
    places = sorted((words.index(here[0]), words.index(here[-1])) for _, here in found)
    between = (words[one[1] + 1 : other[0]] for one, other in pairwise(places))
    return all(len(each) == 1 and each[0].said in AND for each in between)


def _likest(said: Sequence[str], words: Sequence[_Place]) -> int | None:
    """Return where the words most like some begin; None where there are too few."""
    starts = range(len(words) - len(said) + 1)
    return max(starts, key=lambda n: _likeness(said, words, n), default=None)


def _is_said(said: Sequence[str], here: Sequence[_Place]) -> bool:
    return all(_alike(one, other.said) >= ALIKE for one, other in zip(said, here, strict=True))


def _may_be_said(said: Sequence[str], shared: Collection[str], words: Sequence[_Place]) -> bool:
    """Tell whether words may be there misread: all of them, and those that are not shared."""
    for start in range(len(words) - len(said) + 1):
        own = [n for n, one in enumerate(said) if one not in shared]
        alike = [_alike(said[n], words[start + n].said) for n in own]
        if _likeness(said, words, start) >= ABSENT and max(alike, default=1.0) >= ABSENT:
            return True
    return False


def _option(name: str, option: str, words: Sequence[_Place]) -> PrintedOption:
    lines = [list(each) for _, each in groupby(words, key=lambda word: (word.page, word.line))]
    spots = tuple(Spot(line[0].page, Box.around(word.box for word in line)) for line in lines)
    return PrintedOption(name, option, spots, tuple(Spot(w.page, w.box) for w in words), 0.0)
