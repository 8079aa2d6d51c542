"""Choices of which a letter says one option alone: whoever typed it anew left the others out.

«… по вопросам школьного образования без образования юридического лица»: nothing is marked there,
nor asked to be; the sentence says it. Of several that may be chosen it lists all that are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from intake.domain.geometry import Box
from intake.domain.placement import Placement, PrintedOption
from intake.domain.template import Block, FieldRule, Gap, Maybe, Print, print_in
from intake.domain.text import PageText
from intake.stages.completion.choices.said import (
    ABSENT,
    ALIKE,
    AND,
    LONG,
    Place,
    Ways,
    bare,
    choices_in,
    is_said,
    likeness,
    likest,
    may_be_said,
    printed_option,
    words_below_title,
)

NEAR = 3
"""Words beside an option among which what joined others to it stands."""
WITHIN, JOINED = 90, 4
"""Likeness of a part of a longer word to an option's word, of 100, from which it may be in it, and
letters more at least: a ring joins the words around it to one."""


def with_alone(
    placement: Placement, texts: Mapping[int, PageText], labels: Set[Box] = frozenset()
) -> Placement:
    """Return the placement with such choices: their only option, and that it is alone.

    ``texts`` are the notice's pages by number, ``labels`` the boxes of labels' letters.
    """
    words = list(words_below_title(placement, texts, labels))
    printed = Counter(bare(placement.wording.every_word))
    values = placement.written
    options, alone, asked = list(placement.options), set[str](), set[str]()
    for block, rule, ways in choices_in(placement):
        name, is_asked = rule.name, _asks_for_marks(block, words)
        found = _Said(rule, ways, printed, values).alone(words, is_asked=is_asked)
        if not found:
            continue
        others = {e.option for e in options if e.field == name and _stands(e, ways, words)}
        others -= {each.option for each in found}
        if is_asked and others:
            continue  # misread: a mark tells
        is_asked = is_asked and not all(_is_closed(s, name, block, words, placement) for s in found)
        # the form's own print, with no mark, looks like a list of all
        is_asked |= len(found) == len(ways) and not _are_joined(found, words, is_listed=False)
        options = [each for each in options if each.field != name]
        options += [printed_option(name, s.option, s.said, s.here) for s in found]
        alone.add(name)
        asked |= {name} if is_asked else set()
    # of others there may be traces, though none stands anywhere
    said = {(each.field, each.option) for each in options}
    choices = {rule.name for _, rule, _ in choices_in(placement)}
    lonely = {name for name in choices if [field for field, _ in said].count(name) == 1}
    asked |= lonely - alone
    alone |= lonely
    return replace(
        placement, options=tuple(options), alone=frozenset(alone), asked=frozenset(asked)
    )


def _stands(option: PrintedOption, ways: Ways, words: Sequence[Place]) -> bool:
    """Tell whether what was taken for an option is at all like its words."""
    at = [spot.box for spot in option.words]
    text = "".join(word.said for word in words if any(word.box.overlap(box) > 0 for box in at))
    said = "".join(ways[option.option][0])
    return Levenshtein.normalized_similarity(text, said) >= ABSENT


def _asks_for_marks(block: Block, words: Sequence[Place]) -> bool:
    """Tell whether a hint that asks for a mark («нужное подчеркнуть») stands on the paper."""
    hints = (
        "".join(piece.text for piece in maybe.pieces if not isinstance(piece, Gap))
        for maybe in block.pieces
        if isinstance(maybe, Maybe) and not any(isinstance(piece, Gap) for piece in maybe.pieces)
    )
    asked = [hint for hint in hints if hint.startswith("(")]
    last = asked[-1].split() if asked else []
    return any(likeness(said, words, n) >= ALIKE for said in [bare(last)] if said
               for n in range(len(words) - len(said) + 1))  # fmt: skip


def _is_closed(
    said: _Saying, name: str, block: Block, words: Sequence[Place], placement: Placement
) -> bool:
    """Tell whether the form's own words or a value stand right beside an option, on both sides.

    Then the others were taken out, and what joined them: «или», the hint for the centre's numbers.
    What was struck out, or circled, leaves letters behind.
    """
    joins, printed = _joins(block, name), {*bare(print_in(block).split())}
    start, end = words.index(said.here[0]), words.index(said.here[-1]) + 1
    before, behind = words[max(0, start - NEAR) : start], words[end : end + NEAR]
    if any(word.said in joins for word in (*before, *behind)):
        return False
    values = placement.written
    return all(word.said in printed or _is_of(word, values) for word in (*before[-1:], *behind[:1]))


def _is_of(word: Place, values: Set[Box]) -> bool:
    return any(letter.box in values for letter in word.word.letters)


def _joins(block: Block, name: str) -> set[str]:
    """Return the words between a choice's options, and those of a hint with blanks behind them."""
    pieces = list(block.pieces)
    own = [
        n for n, p in enumerate(pieces) if isinstance(p, Print) and p.option and p.option[0] == name
    ]
    hints = takewhile(lambda piece: isinstance(piece, Maybe), pieces[own[-1] + 1 :])
    asking = [
        p for p in hints if isinstance(p, Maybe) and any(isinstance(e, Gap) for e in p.pieces)
    ]
    within = Block(name, (*pieces[own[0] + 1 : own[-1]], *asking))
    return {*bare(print_in(within).split())}


@dataclass(frozen=True, slots=True)
class _Saying:
    """An option, the words that say it, and where they stand."""

    option: str
    said: Sequence[str]
    here: Sequence[Place]


class _Said:
    """What a paper may say for each option of a choice: the form's words, or others' own."""

    def __init__(
        self, rule: FieldRule, ways: Ways, printed: Counter[str], values: Set[Box]
    ) -> None:
        self._rule, self._values = rule, values
        # one word alone, as «школьное», may be a name's
        self._ways = {
            option: [said for n, said in enumerate(each) if n == 0 or len(said) > 1]
            for option, each in ways.items()
        }
        self._short = {
            option: [way for way in each if len(way) == 1] for option, each in ways.items()
        }
        # long words that the form prints in one place only: «дошкольного»
        self._once = {w for w, times in printed.items() if times == 1 and len(w) >= LONG}
        own = {word for each in ways.values() for said in each for word in said}
        self._others = printed.keys() - own
        options = Counter(word for each in ways.values() for word in each[0])
        self._elsewhere = {word for word in own if printed[word] > options[word]}

    def alone(self, words: Sequence[Place], *, is_asked: bool) -> list[_Saying]:
        """Return the only option that is said with its words, or all that are joined.

        By «and», or one behind the other where no mark ``is_asked`` for.
        """
        every = [said for o in self._ways if (said := self._found(o, words))]
        found = [said for said in every if not any(_is_part(said, other) for other in every)]
        if len(found) == 1 and self._rule.several:
            found += self._before(found[0], words)
        if len(found) > 1:
            said_by = {said.option for said in found}
            is_more = any(
                self._may_be_said(o, found[0], words) for o in self._ways if o not in said_by
            )
            is_joined = self._rule.several and _are_joined(found, words, is_listed=not is_asked)
            return found if is_joined and not is_more else []
        if not found or any(self._may_be_said(o, found[0], words) for o in self._ways):
            return []
        return found

    def _found(self, option: str, words: Sequence[Place]) -> _Saying | None:
        """Return the words that say an option, outside of values if there; None where nowhere."""
        for said in self._ways[option]:
            start = likest(said, words)
            here = words[start : start + len(said)] if start is not None else ()
            if here and is_said(said, here):
                free = (
                    h for h in _every(said, words) if not any(_is_of(w, self._values) for w in h)
                )
                return _Saying(option, said, next(free, here))
        return None

    def _before(self, said: _Saying, words: Sequence[Place]) -> Iterator[_Saying]:
        """Yield the option that «and» joins to one: «дошкольное и школьное образование»."""
        start = words.index(said.here[0])
        here = words[max(0, start - 2) : max(0, start - 1)]
        if start and words[start - 1].said in AND and here:
            for option, ways in self._short.items():
                if option != said.option and any(is_said(way, here) for way in ways):
                    yield _Saying(option, [here[0].said], here)

    def _may_be_said(self, option: str, chosen: _Saying, words: Sequence[Place]) -> bool:
        """Tell whether another option may be there misread: its print, or a word it alone has.

        What the form prints elsewhere is that («сигнализация», no «канализация»).
        """
        rest = [w for w in words if w not in chosen.here and w.said not in self._others]
        shared = {word for said in self._ways[chosen.option] for word in said}
        printed = self._ways[option][0]
        own = [word for word in printed if word in self._once - shared]
        start, end = words.index(chosen.here[0]), words.index(chosen.here[-1])
        # «… юридического лица, без / образования …»: the rest of it stands in the next line
        before, behind = words[max(0, start - 1) : start], words[end + 1 : end + 2]
        told = {word for word in printed if len(word) > len("на")} - shared
        return option != chosen.option and (
            may_be_said(printed, shared, rest)
            or any(word.said in own or _holds(word.said, own) for word in rest)
            or any(word.said in told for word in behind)
            # «школьного образования с образованием …» is the sentence that leads up to it
            or any(word.said in told - self._elsewhere for word in before)
        )


def _every(said: Sequence[str], words: Sequence[Place]) -> Iterator[Sequence[Place]]:
    """Yield each place where an option is said."""
    for start in range(len(words) - len(said) + 1):
        here = words[start : start + len(said)]
        if is_said(said, here):
            yield here


def _is_part(said: _Saying, other: _Saying) -> bool:
    """Tell whether an option's words are part of another's («обеспечена» of «не обеспечена»)."""
    own, others = ([word.word.letters[0].box for word in each.here] for each in (said, other))
    return len(own) < len(others) and set(own) <= set(others)


def _holds(word: str, own: Sequence[str]) -> bool:
    """Tell whether one of an option's own words may stand within a much longer one."""
    return any(
        len(word) >= len(one) + JOINED and fuzz.partial_ratio(one, word) >= WITHIN for one in own
    )


def _are_joined(found: Sequence[_Saying], words: Sequence[Place], *, is_listed: bool) -> bool:
    """Tell whether options stand one behind the other, with «and» or a comma between each two."""
    places = sorted((words.index(s.here[0]), words.index(s.here[-1])) for s in found)
    between = (words[one[1] + 1 : other[0]] for one, other in pairwise(places))
    return all(
        each[0].said in AND if len(each) == 1 else not each and is_listed for each in between
    )
