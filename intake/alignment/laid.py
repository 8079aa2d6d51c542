"""What an alignment found of the form's print on the page, and what nothing took."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

from intake.alignment.align import JUNK_OUTSIDE, OMIT, Alignment, junk_costs
from intake.alignment.chain import SKIP_BLOCK, Chain, Step, StepKind
from intake.alignment.letters import PUNCTUATION
from intake.alignment.spots import line_around
from intake.alignment.stream import Stream
from intake.domain.geometry import Box
from intake.domain.placement import Spot
from intake.domain.template import FieldKind

LABEL = 4
"""Letters of a label in capitals, at most: so few are found in many a word."""
ALIKE = 0.3
"""Cost of a letter that was read as printed, or as one like it."""
WORD_ENOUGH, OPTION_ENOUGH, PARTED_ENOUGH = 0.6, 0.75, 0.9
"""Share of a printed word's letters that must be found for the word to be; of an option's, and of
one that two read words make: «Токтогул к.» is no «мектепке»."""


class Laid:
    """One alignment of a chain, asked for the print that was found."""

    def __init__(self, chain: Chain, stream: Stream, alignment: Alignment) -> None:
        self._chain = chain
        self._stream = stream
        self._alignment = alignment
        self._taken_by: dict[int, list[int]] = defaultdict(list)
        self._inserted: dict[int, int] = defaultdict(int)
        self._steps_of = self._words(0, len(chain.steps))
        for letter, owner in enumerate(alignment.owner.tolist()):
            if owner >= 0:
                self._taken_by[owner].append(letter)
            elif stream.codes[letter] != PUNCTUATION and stream.sure[letter] > 0.3:
                self._inserted[-1 - owner] += 1

    def claimed(self) -> tuple[int, int]:
        """Return the first and last letter that the print took, (0, -1) for none."""
        taken = self._alignment.taken[self._alignment.taken >= 0]
        return (int(taken.min()), int(taken.max())) if len(taken) else (0, -1)

    def found_share(self, start: int, end: int) -> float:
        """Return the part of the printed letters of these steps that stand in found words, 0..1.

        Letters scattered over the page count for nothing: in a long text any
        letters can be found in any order.
        """
        asked = found = 0
        for numbers in self._words(start, end).values():
            asked += len(numbers)
            found += len(numbers) if self._is_found(numbers) else 0
        return found / asked if asked else 0.0

    def strain(self) -> float:
        """Return the notice's cost as a share of what omitting all its print would have cost.

        Well below 1 where the form stands on the page, above 1 where its letters
        had to be gathered from another text. Blocks that need not be there cost nothing.
        """
        outside = (0, len(self._chain.steps) - 1)
        letters = [letter for number in outside for letter in self._taken_by[number]]
        junk = float(junk_costs(self._stream, JUNK_OUTSIDE)[letters].sum())
        asked = sum(map(len, self._words(*outside).values()))
        left_out = sum(self.is_skipped(*block) for block in self._chain.blocks.values())
        cost = self._alignment.cost - junk - SKIP_BLOCK * left_out
        return cost / (OMIT * max(asked, 1))

    def _words(self, start: int, end: int) -> dict[int, list[int]]:
        """Return the steps of each printed word that was not skipped, by the word's number."""
        words: dict[int, list[int]] = defaultdict(list)
        for number in range(start, end):
            step = self._chain.steps[number]
            if step.kind is StepKind.PRINT and not self._alignment.skipped[number]:
                words[step.word].append(number)
        return words

    def _stands(self, word: int) -> bool:
        """Return whether a printed word was found."""
        return word in self._steps_of and self._is_found(self._steps_of[word])

    def _is_found(self, numbers: Sequence[int]) -> bool:
        """Return whether most letters of a word were found, and close together."""
        good = [n for n in numbers if self._alignment.step_cost[n] < OMIT]
        taken = self._letters_of(good)
        together = bool(taken) and taken[-1] - taken[0] < len(numbers) + 2
        if not together or len(taken) < WORD_ENOUGH * len(numbers):
            return False
        if self._chain.steps[numbers[0]].option and not self._is_like(numbers, taken):
            return False
        return not self._is_label(numbers) or self._is_apart(taken)

    def _is_like(self, numbers: Sequence[int], taken: Sequence[int]) -> bool:
        """Tell whether most letters of a word are its own, not misread: «Чуйская» is no «частная».

        An option's word stands among values, which are as long.
        """
        like = sum(self._alignment.step_cost[number] < ALIKE for number in numbers)
        inner = self._stream.letters[taken[0] + 1 : taken[-1] + 1]
        is_parted = any(placed.starts_word for placed in inner)
        return bool(like >= (PARTED_ENOUGH if is_parted else OPTION_ENOUGH) * len(numbers))

    def _is_label(self, numbers: Sequence[int]) -> bool:
        """Tell whether a printed word is a short one in capitals («ОКПО»)."""
        return (
            len(numbers) <= LABEL
            and self._chain.words[self._chain.steps[numbers[0]].word].isupper()
        )

    def _is_apart(self, taken: Sequence[int]) -> bool:
        """Tell whether letters are no part of a longer word: «мектеп» holds a worn «ОКПО»."""
        letters = self._stream.letters
        before, after = taken[0] - 1, taken[-1] + 1
        starts = letters[taken[0]].starts_word or not letters[before].letter.text.isalpha()
        if after == len(letters) or letters[after].starts_word:
            return starts
        own, ending = (letters[i].letter.text for i in (taken[-1], after))
        is_ending = own.isupper() and ending.islower()  # «ОКПОсу», «ИННи»
        return starts and (is_ending or not ending.isalpha())

    def is_skipped(self, start: int, end: int) -> bool:
        """Return whether the whole run of steps was walked past."""
        return bool(self._alignment.skipped[start:end].all())

    def _has_digit(self, letters: Sequence[int]) -> bool:
        return any(self._stream.letters[i].letter.text.isdigit() for i in letters)

    def _is_loose(self, letter: int) -> bool:
        """Tell whether nothing that was surely found holds this letter: no print, no gap of it."""
        owner = int(self._alignment.owner[letter])
        if owner < 0:
            return True
        step = self._chain.steps[owner]
        if step.kind is StepKind.PRINT:
            return not self._is_found(self._steps_of[step.word])
        return step.kind is StepKind.JUNK or self.found_share(*self._chain.blocks[step.block]) == 0

    def _spots(self, letters: Sequence[int]) -> tuple[Spot, ...]:
        rows: dict[tuple[int, int], list[Box]] = defaultdict(list)
        for i in letters:
            placed = self._stream.letters[i]
            rows[placed.page, int(self._stream.lines[i])].append(placed.letter.box)
        return tuple(Spot(page, line_around(boxes)) for (page, _), boxes in rows.items())

    def _letters_of(self, numbers: Iterable[int]) -> list[int]:
        taken = (int(self._alignment.taken[number]) for number in numbers)
        return [letter for letter in taken if letter >= 0]

    def anchors(self) -> tuple[tuple[str, Spot], ...]:
        """Return the printed words that were well found, with their spots."""
        anchors: list[tuple[str, Spot]] = []
        for word, numbers in self._words(0, len(self._chain.steps)).items():
            if self._is_found(numbers):
                anchors.append((self._chain.words[word], self._spots(self._letters_of(numbers))[0]))
        return tuple(anchors)

    def junk(self) -> list[int]:
        """Return the letters that neither print nor gaps took, in order."""
        return self._taken_where(lambda step: step.kind is StepKind.JUNK)

    def within(self, kinds: Collection[FieldKind]) -> list[int]:
        """Return the letters that stand in gaps of some kinds, in order."""
        return self._taken_where(lambda step: step.field_kind in kinds)

    def held(self, start: int, end: int) -> list[int]:
        """Return the letters that a run of steps took."""
        return [letter for n in range(start, end) for letter in self._taken_by.get(n, ())]

    def printed(self, start: int, end: int) -> list[int]:
        """Return the letters that the found words of a run of steps took."""
        words = filter(self._is_found, self._words(start, end).values())
        return [letter for numbers in words for letter in self._letters_of(numbers)]

    def taken(self) -> list[int]:
        """Return the letters that print and gaps took, in order."""
        return sorted(self._taken_where(lambda step: step.kind is not StepKind.JUNK))

    def _taken_where(self, test: Callable[[Step], bool]) -> list[int]:
        return [
            letter
            for number, step in enumerate(self._chain.steps)
            if test(step)
            for letter in self._taken_by.get(number, ())
        ]
