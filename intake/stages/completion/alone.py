"""Choices of which a letter says one option alone: whoever typed it anew left the others out.

«… по вопросам школьного образования без образования юридического лица»: nothing is marked there,
nor asked to be; the sentence says it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from intake.domain.geometry import Box
from intake.domain.placement import Placement, PrintedOption, Spot
from intake.domain.template import Block, FieldKind, Gap, Maybe, words_of_options
from intake.domain.text import PageText, Word
from intake.fields.script import letters_only
from intake.stages.completion.title import title_of

ALIKE, LONG = 0.85, 5
"""Likeness of a word to an option's from which it is that; letters of one that may be misread."""
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
    words = list(_words(placement, texts))
    options, alone = list(placement.options), set[str]()
    for block in placement.wording.blocks:
        if _asks_for_marks(block, words):
            continue
        for name, rule in placement.template.fields.items():
            printed = words_of_options(block, name) if rule.kind is FieldKind.CHOICE else []
            found = _only_said(printed, words)
            if found is not None:
                options = [each for each in options if each.field != name]
                options.append(_option(name, *found))
                alone.add(name)
    return replace(placement, options=tuple(options), alone=frozenset(alone))


def _words(placement: Placement, texts: Mapping[int, PageText]) -> Iterator[_Place]:
    """Yield the words below the title, in reading order."""
    title = title_of(placement, texts)
    for page in placement.pages:
        top = title.box.bottom if title and title.page == page else 0.0
        for number, line in enumerate(texts[page].lines):
            for word in line.words if line.box.bottom > top else ():
                if said := letters_only(word.text):
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
    return [said for word in words if (said := letters_only(word))]


def _likeness(said: Sequence[str], words: Sequence[_Place], start: int) -> float:
    """Return how alike words of the notice are to some, 0..1; short ones must be the same."""
    here = words[start : start + len(said)]
    return sum(_alike(one, other.said) for one, other in zip(said, here, strict=True)) / len(said)


def _alike(one: str, other: str) -> float:
    if len(one) < LONG:
        return float(one == other)
    return Levenshtein.normalized_similarity(one, other)


def _only_said(
    printed: Sequence[tuple[str, str]], words: Sequence[_Place]
) -> tuple[str, Sequence[_Place]] | None:
    """Return the only option of a choice that is said, and its words; None for none or several."""
    options = {option: _bare(text.split()) for option, text in printed}
    starts = {option: _likest(said, words) for option, said in options.items()}
    if len(options) < 2 or None in starts.values():
        return None
    option, start = max(
        ((o, n) for o, n in starts.items() if n is not None),
        key=lambda one: _likeness(options[one[0]], words, one[1]),
    )
    end = start + len(options[option])
    if not _is_said(options[option], words[start:end]):
        return None
    rest = [*words[:start], *words[end:]]
    others = (said for other, said in options.items() if other != option)
    if any(_may_be_said(said, set(options[option]), rest) for said in others):
        return None
    return option, words[start:end]


def _likest(said: Sequence[str], words: Sequence[_Place]) -> int | None:
    """Return where the words most like some begin; None where there are too few."""
    starts = range(len(words) - len(said) + 1)
    return max(starts, key=lambda n: _likeness(said, words, n), default=None)


def _is_said(said: Sequence[str], here: Sequence[_Place]) -> bool:
    return all(_alike(one, other.said) >= ALIKE for one, other in zip(said, here, strict=True))


def _may_be_said(said: Sequence[str], shared: Collection[str], words: Sequence[_Place]) -> bool:
    """Tell whether an option may be there misread: all its words, and those it has to itself."""
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
