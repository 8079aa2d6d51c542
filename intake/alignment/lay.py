"""Turns an alignment into a placement: holes, printed options and anchors with their spots."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import takewhile

import numpy as np

from intake.alignment.align import Alignment
from intake.alignment.chain import Chain, Step, StepKind
from intake.alignment.labels import by_line, spelling, without_labels, words_of
from intake.alignment.laid import Laid
from intake.alignment.letters import all_spelled
from intake.alignment.spots import (
    apart,
    gap_between,
    holds,
    lines_between,
    parts_of,
    stands_aside,
)
from intake.alignment.stream import LINE_BREAK, Stream
from intake.alignment.trim import own_part
from intake.domain.placement import Hole, PlacedLetter, PrintedOption, Spot
from intake.domain.template import FieldKind, Gap

NEIGHBOURS = 12
"""Printed letters on either side of a gap whose cost tells how sure its cut is."""
_PLACES = (FieldKind.REGION, FieldKind.DISTRICT)
_BRIEF = (*_PLACES, FieldKind.NUMBER, FieldKind.DATE)
"""Kinds of a few words side by side: what stands far from them is a stamp's."""
_FREE_TEXT = (FieldKind.NAME, FieldKind.PERSON, FieldKind.ADDRESS, FieldKind.TEXT)
_FEW = 6
"""Letters of a line that is likelier the end of a value than anything of its own, at most."""
_DIGITS = 12
"""And of a line of digits that is the end of a number."""
_WORD = 4
"""Letters of the rest of a printed word that a stroke before it was read as one more of."""
_INITIAL = re.compile(r"(?![МП])[А-ЯЁҢӨҮ]\.")  # nor the point of «М. П.»
_WITHIN_DATE = 3  # signs between parts of a date


class Layer(Laid):
    """One alignment of a chain, asked for what stands in the blanks and which choices are printed.

    ``form`` are the printed words of the whole form where the chain is a part of it.
    """

    def __init__(
        self, chain: Chain, stream: Stream, alignment: Alignment, form: Sequence[str] = ()
    ) -> None:
        super().__init__(chain, stream, alignment)
        self._form = form or chain.words
        self._answers = self._written_options()

    def holes(self, gone: Iterable[int] = ()) -> dict[str, tuple[Hole, ...]]:
        """Return the holes that were walked through, by field, in the wording's order.

        ``gone`` are letters that another block took.
        """
        holes: dict[str, list[Hole]] = defaultdict(list)
        used: set[int] = set(gone)
        for number, step in enumerate(self._chain.steps):
            if step.gap is not None and not self._alignment.skipped[number]:
                letters = [i for i in self._taken_by.get(number, []) if i not in used]
                if step.field_kind in _FREE_TEXT:
                    letters = self._with_last_line(number, letters)
                written = self._without_head_of_print(self._whole_words(letters))
                if step.field_kind in _FREE_TEXT:
                    of_person = step.field_kind is FieldKind.PERSON
                    written = self._with_caught(written, of_person=of_person)
                    written = without_labels(written, self._stream, all_spelled(self._form))
                written = self._trim(written)
                written = self._trim(self._without_print(number, step, written))
                written = written or self._answers.get(step.gap.field, [])
                every = len(written)
                if step.field_kind in _BRIEF:
                    written = self._in_one_place(number, written)
                far = every - len(written)
                far = far if far > len(written) else 0  # more than is left: it may be the value
                if step.field_kind is FieldKind.DATE and written:
                    written = self._whole_date(written)
                if step.field_kind is FieldKind.NUMBER:
                    written = self._whole_number(number, written)
                used.update(written)
                hole = self._hole(number, step, step.gap, written)
                holes[step.gap.field].append(replace(hole, stray=hole.stray + far))
        return {field: tuple(every) for field, every in holes.items()}

    def _hole(self, number: int, step: Step, gap: Gap, written: list[int]) -> Hole:
        letters = tuple(self._stream.letters[i] for i in written)
        # a signature is wherever the form leaves room for it, whatever its scribble was read as
        signed = step.field_kind is FieldKind.SIGNATURE
        has_text = written and not signed
        spots = self._spots(written) if has_text else self._empty_spots(number, between=signed)
        after = range(number + 1, len(self._chain.steps))
        near = [*self._near(range(number - 1, -1, -1)), *self._near(after)]
        cost = float(np.mean([self._alignment.step_cost[n] for n in near])) if near else 1.0
        stray = sum(self._inserted.get(n + 1, 0) for n in [number, *near])
        stray += 0 if written else self._unclaimed_in(spots)
        is_person = step.field_kind is FieldKind.PERSON
        room = self._empty_spots(number, between=False) if is_person else ()
        is_place = has_text and step.field_kind in _PLACES
        is_aside = bool(is_place) and stands_aside(spots, *self._anchors_beside(number))
        return Hole(gap.field, letters, spots, cost, stray, gap.printed, room, is_aside=is_aside)

    def _with_last_line(self, number: int, letters: list[int], longest: int = _FEW) -> list[int]:
        """Add a line of a few letters right below a value that ends its block («№ 4»).

        It costs less as dirt between two blocks than as one more line.
        """
        if not letters or self._chain.steps[number + 1].kind is not StepKind.JUNK:
            return letters
        junk = self._taken_by.get(number + 1, [])
        line = by_line(junk, self._stream)[0] if junk else []
        first = line[0] if line else -1
        is_next = first == letters[-1] + 1 and self._stream.breaks[first] == LINE_BREAK
        return letters + line if is_next and len(line) <= longest else letters

    def _whole_number(self, number: int, letters: list[int]) -> list[int]:
        """Return a number with its next line at a block's end («0312 / 63-18-40»).

        None without digits: «№о» before an empty blank is the form's sign itself.
        """
        if not self._has_digit(letters):
            return []
        longer = self._with_last_line(number, letters, longest=_DIGITS)
        more = (self._stream.letters[i].letter.text for i in longer[len(letters) :])
        return letters if any(map(str.isalpha, more)) else longer

    def _in_one_place(self, number: int, letters: list[int]) -> list[int]:
        """Return the part of a value that stands nearest to the form's print beside its blank."""
        placed = [self._stream.letters[i] for i in letters]
        before, after = self._anchors_beside(number)

        def distance(run: tuple[int, int]) -> tuple[bool, float]:
            first, last = placed[run[0]], placed[run[1] - 1]
            wordless = not self._has_digit(letters[slice(*run)]) and is_number
            return wordless, min(apart(before, first), apart(last, after))

        is_number = self._chain.steps[number].field_kind is FieldKind.NUMBER
        return letters[slice(*min(parts_of(placed), key=distance))] if letters else []

    def _whole_date(self, letters: list[int]) -> list[int]:
        """Add what goes on of a date behind the form's own words («2025-ж., 24-июнь»)."""
        end = last = letters[-1]
        line, own = self._stream.lines[last], int(self._alignment.owner[last])
        for i in range(last + 1, len(self._stream)):
            owner = int(self._alignment.owner[i])
            is_other = owner >= 0 and self._chain.steps[owner].kind is StepKind.GAP
            is_apart = i - end > _WITHIN_DATE or self._stream.lines[i] != line
            if is_apart or (is_other and owner != own):
                break
            end = i if self._stream.dates[i] else end
        more = list(range(last + 1, end + 1))
        return letters + more if self._has_digit(more) else letters

    def _without_print(self, number: int, step: Step, letters: list[int]) -> list[int]:
        """Leave out the form's own words that were taken for a value's.

        No place is called as any word of the form; of other values only words at
        either end are the form's, and only those it prints beside this blank and
        that stand nowhere else: «Билим берүү» begins many a school's name.
        """
        words = words_of(letters, self._stream)
        if step.field_kind in _PLACES:
            own = all_spelled(self._form)
            return [i for word in words if spelling(word, self._stream) not in own for i in word]
        if step.field_kind not in _FREE_TEXT:
            return letters
        unfound = (n for n in self._words_beside(number) if not self._stands(n))
        beside = [self._chain.words[n] for n in unfound]
        titles = (w for w in self._chain.words if w.isupper() and len(w) > 2)  # «ИНН» anywhere
        own = all_spelled([*beside, *titles])
        while words and spelling(words[-1], self._stream) in own:
            words.pop()
        while words and spelling(words[0], self._stream) in own:
            words.pop(0)
        return [i for word in words for i in word]

    def _words_beside(self, number: int) -> set[int]:
        """Return the printed words between the gaps before and after this one."""
        steps = self._chain.steps
        before = takewhile(lambda step: step.gap is None, reversed(steps[:number]))
        after = takewhile(lambda step: step.gap is None, steps[number + 1 :])
        return {step.word for step in (*before, *after) if step.word >= 0}

    def _unclaimed_in(self, spots: Sequence[Spot]) -> int:
        """Count the letters that nothing took but that stand where a value would."""
        letters = (self._stream.letters[i] for i in self.junk())
        signs = [placed for placed in letters if placed.letter.text.isalnum()]
        return sum(any(holds(spot, placed) for spot in spots) for placed in signs)

    def _with_caught(self, letters: list[int], *, of_person: bool) -> list[int]:
        """Add the words beside a value that were taken for print that is not on the page.

        Of a label with another end («Полное наименование | учреждения») the rest of the form's own
        would catch the value's first words; ``of_person`` their initials too.
        """
        if not letters:
            return letters
        is_caught = partial(self._is_caught, of_person=of_person)
        first = start = letters[0]
        while (word := self._word_at(start - 1)) and (caught := is_caught(word)) is not False:
            start = word.start
            first = start if caught else first
        last = end = letters[-1]
        while (word := self._word_at(end + 1)) and (caught := is_caught(word)) is not False:
            end = word.stop - 1
            last = end if caught else last
        return list(range(first, last + 1))

    def _word_at(self, letter: int) -> range:
        """Return the letters of the word that one belongs to; none beyond the page's."""
        count = len(self._stream)
        if not 0 <= letter < count:
            return range(0)
        start, end = letter, letter + 1
        while start > 0 and not self._stream.letters[start].starts_word:
            start -= 1
        while end < count and not self._stream.letters[end].starts_word:
            end += 1
        return range(start, end)

    def _is_caught(self, word: range, *, of_person: bool) -> bool | None:
        """Tell whether a word stands for print that was not found; None for one left over in it."""
        owners = [int(self._alignment.owner[letter]) for letter in word]
        text = "".join(self._stream.letters[letter].letter.text for letter in word)
        if of_person and _INITIAL.fullmatch(text):
            return True  # no form prints one
        taken = [owner for owner in owners if owner >= 0]
        return all(map(self._is_loose_print, taken)) if taken else None

    def _is_loose_print(self, number: int) -> bool:
        step = self._chain.steps[number]
        return step.kind is StepKind.PRINT and not self._is_found(self._steps_of[step.word])

    def _whole_words(self, letters: list[int]) -> list[int]:
        """Add the rest of the first and last word where the print took it for worn print.

        A word of the form that is hardly found may have caught a few letters of
        the value instead.
        """
        if not letters:
            return letters
        first, last = letters[0], letters[-1]
        while not self._stream.letters[first].starts_word and self._is_loose(first - 1):
            first -= 1
        end = len(self._stream) - 1
        while last < end and self._is_loose(last + 1):
            if self._stream.letters[last + 1].starts_word:
                break
            last += 1
        return list(range(first, last + 1))

    def _without_head_of_print(self, letters: list[int]) -> list[int]:
        """Return a value without what begins a printed word in the next line.

        A ring's arc is read before it («Смектепке чейинки»).
        """
        word = self._word_at(letters[-1]) if letters else range(0)
        own, rest = [n for n in word if n in letters], [n for n in word if n not in letters]
        owners = [int(self._alignment.owner[n]) for n in rest]
        is_print = len(owners) >= _WORD and all(
            n >= 0 and self._chain.steps[n].kind is StepKind.PRINT and not self._is_loose_print(n)
            for n in owners
        )
        is_head = own[:1] == [word.start] and self._stream.letters[word.start].starts_line
        is_arc = is_print and is_head and len(own) == 1 and len(letters) > 1
        return letters[:-1] if is_arc else letters

    def _trim(self, letters: list[int]) -> list[int]:
        return letters[own_part([self._stream.letters[i].letter.text for i in letters])]

    def _near(self, numbers: Iterable[int]) -> list[int]:
        near: list[int] = []
        for number in numbers:
            if self._chain.steps[number].kind is StepKind.JUNK or len(near) == NEIGHBOURS:
                break
            if self._alignment.skipped[number]:
                continue
            if self._chain.steps[number].kind is StepKind.PRINT:
                near.append(number)
            elif near:
                break
        return near

    def _empty_spots(self, number: int, *, between: bool) -> tuple[Spot, ...]:
        before, after = self._anchors_beside(number)
        spots = gap_between(before, after, self._stream.letters)
        if between and before and after and before.page == after.page:
            return spots + lines_between(before, after, self._stream.letters)
        return spots

    def _anchors_beside(self, number: int) -> tuple[PlacedLetter | None, PlacedLetter | None]:
        after = range(number + 1, len(self._chain.steps))
        return self._anchor(range(number - 1, -1, -1)), self._anchor(after)

    def _anchor(self, numbers: Iterable[int]) -> PlacedLetter | None:
        for number in numbers:
            letters = self._taken_by.get(number)
            word = self._steps_of.get(self._chain.steps[number].word)
            if letters and word and self._is_found(word):
                end = letters[-1] if isinstance(numbers, range) and numbers.step < 0 else letters[0]
                return self._stream.letters[end]
        return None

    def options(self) -> tuple[PrintedOption, ...]:
        """Return the printed options that were found, in the wording's order."""
        return tuple(
            self._option(*option, numbers)
            for option, numbers in self._option_steps().items()
            if self._letters_of(numbers) and option[0] not in self._answers
        )

    def _option_steps(self) -> dict[tuple[str, str], list[int]]:
        steps: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, step in enumerate(self._chain.steps):
            if step.option and not self._alignment.skipped[number]:
                steps[step.option].append(number)
        return steps

    def _written_options(self) -> dict[str, list[int]]:
        """Return the letters of written answers that were taken for the form's list of options.

        The form prints all of them, in brackets; where only one stands beside a
        blank that may also be written in, and none, it was written there.
        """
        asked = {step.gap.field for step in self._chain.steps
                 if step.gap and step.field_kind is FieldKind.ENUM}  # fmt: skip
        every: dict[str, list[list[int]]] = defaultdict(list)
        for (field, _), numbers in self._option_steps().items():
            words = {self._chain.steps[number].word for number in numbers}
            whole = all(self._is_found(self._steps_of[word]) for word in words)
            every[field] += [self._letters_of(numbers)] if whole and field in asked else []
        return {
            field: found[0]
            for field, found in every.items()
            if len(found) == 1 and not self._is_in_brackets(found[0])
        }

    def _is_in_brackets(self, letters: Sequence[int]) -> bool:
        before, after = letters[0] - 1, letters[-1] + 1
        opened = before >= 0 and self._stream.letters[before].letter.text == "("
        closed = after < len(self._stream) and self._stream.letters[after].letter.text == ")"
        return opened or closed

    def _option(self, field: str, option: str, numbers: list[int]) -> PrintedOption:
        by_word: dict[int, list[int]] = defaultdict(list)
        for number in numbers:
            by_word[self._chain.steps[number].word].append(number)
        words = tuple(
            spot
            for every in by_word.values()
            if (taken := self._letters_of(every))
            for spot in self._spots(taken)
        )
        cost = float(np.mean(self._alignment.step_cost[numbers]))
        return PrintedOption(field, option, self._spots(self._letters_of(numbers)), words, cost)
