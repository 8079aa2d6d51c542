"""Finds the cheapest way through a chain of steps for a stream of letters.

Dynamic programming over states (rows) and letters (columns), one row at a time
in NumPy: row s holds, for every j, the least cost of having walked to state s
with the first j letters used up, less what inserting all of those would cost. So
an insertion is free, and the many rows of print are a few operations in place.
Insertions and gaps are running minima.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from intake.alignment.chain import Chain, Skip, Step, StepKind
from intake.alignment.letters import (
    ALPHABET,
    OTHER,
    PUNCTUATION,
    SIZE,
    Floats,
    code_of,
    substitution_costs,
)
from intake.alignment.stream import Stream
from intake.domain.template import FieldKind

OMIT = 0.5
"""A printed letter that is not on the page."""
INSERT = 0.55
INSERT_PUNCTUATION = 0.04
JUNK = 0.13
"""A letter between two blocks: letterheads, stamps, page numbers."""
JUNK_OUTSIDE = 0.11
"""A letter before the first or after the last block: cheaper, so that a notice holds together."""
SPLIT_WORD = 0.5
"""A gap that begins or ends within a word; junk that does costs twice as much."""
DATE_BEGINS = 0.5
NO_NUMBER = 1.5
"""A required identifier whose gap stays empty: better to look for its digits elsewhere."""


@dataclass(frozen=True, slots=True)
class Absorb:
    """What a gap pays for each letter it takes, by class, and how far it may reach.

    ``doubt`` is added for a letter that the reader has no confidence in: the
    scribble of a signature is read as such letters, a value is not. ``date`` is
    what a letter of a written date costs, ``short_number`` a digit of a number as
    houses have, where the class does not tell.
    """

    digit: float
    letter: float
    punctuation: float
    line_break: float
    longest: int
    doubt: float = 0.06
    date: float | None = None
    short_number: float | None = None


_ABSORB = {
    FieldKind.INN: Absorb(0.02, 0.35, 0.03, 1.0, 30),
    FieldKind.OKPO: Absorb(0.02, 0.35, 0.03, 1.0, 24),
    FieldKind.NUMBER: Absorb(0.03, 0.10, 0.03, 1.0, 24),
    FieldKind.DATE: Absorb(0.05, 0.10, 0.03, 0.5, 40, date=0.03),
    FieldKind.REGION: Absorb(0.30, 0.06, 0.03, 0.8, 60),
    FieldKind.DISTRICT: Absorb(0.30, 0.06, 0.03, 0.8, 60),
    FieldKind.PERSON: Absorb(0.30, 0.06, 0.03, 0.8, 80),
    FieldKind.ENUM: Absorb(0.30, 0.06, 0.03, 0.5, 60),
    FieldKind.SIGNATURE: Absorb(0.15, 0.12, 0.03, 0.4, 60, -0.08),
    FieldKind.NAME: Absorb(0.25, 0.05, 0.03, 0.4, 280),
    FieldKind.ADDRESS: Absorb(0.12, 0.05, 0.03, 0.4, 260, short_number=0.03),
}
_ABSORB_TEXT = Absorb(0.06, 0.06, 0.03, 0.3, 600)


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """The cheapest way of a stream through a chain.

    ``owner[j]`` is the step that took letter j, or -1-s for a letter inserted
    before step s is walked. ``taken[s]`` is the letter that printed step s was
    read as, -1 where it was omitted or skipped; ``step_cost[s]`` what that
    step paid; ``skipped[s]`` whether a way past it was taken.
    """

    cost: float
    owner: NDArray[np.int32]
    taken: NDArray[np.int32]
    step_cost: Floats
    skipped: NDArray[np.bool_]


def align(chain: Chain, stream: Stream) -> Alignment:
    """Return the cheapest alignment; any stream, also an empty one, has one."""
    return _Walk(chain, stream).trace()


class _Walk:
    """The filled table of one alignment."""

    def __init__(self, chain: Chain, stream: Stream) -> None:
        self._chain = chain
        self._stream = stream
        codes = stream.codes
        punctuation = codes == PUNCTUATION
        insert = np.where(punctuation, INSERT_PUNCTUATION, INSERT * (0.3 + 0.7 * stream.sure))
        self._insert = _running(insert)
        self._print_costs = substitution_costs()[:, codes]
        self._read = self._print_costs - insert
        self._junk = _running(junk_costs(stream, JUNK))
        self._junk_outside = _running(junk_costs(stream, JUNK_OUTSIDE))
        self._open, self._close = _word_edges(stream)
        self._breaks = np.concatenate((stream.breaks, [0.0]))
        self._dates_begin = np.diff(stream.dates.astype(np.float64), prepend=0.0, append=0.0) > 0
        self._into: dict[int, list[Skip]] = {}
        for skip in chain.skips:
            self._into.setdefault(skip.end, []).append(skip)
        self._rows = self._fill()

    def _fill(self) -> Floats:
        rows = np.empty((len(self._chain.steps) + 1, len(self._stream) + 1))
        rows[0] = np.inf
        rows[0, 0] = 0.0
        read = np.empty(len(self._stream))
        for number, step in enumerate(self._chain.steps):
            row, reached = rows[number], rows[number + 1]
            if step.kind is StepKind.PRINT:
                np.add(row[:-1], self._read[step.code], out=read)
                np.add(row, OMIT, out=reached)
                np.minimum(reached[1:], read, out=reached[1:])
            elif step.kind is StepKind.JUNK:
                reached[:] = self._cross_junk(row + self._insert, number) - self._insert
            else:
                reached[:] = self._cross_gap(row + self._insert, step) - self._insert
            for skip in self._into.get(number + 1, ()):
                np.minimum(reached, rows[skip.start] + skip.cost, out=reached)
            if step.kind is StepKind.PRINT:
                np.minimum.accumulate(reached, out=reached)
        return rows

    def _cross_junk(self, row: Floats, number: int) -> Floats:
        junk = self._junk_before(number)
        torn = np.minimum.accumulate(row + 2 * self._open - junk) + junk
        return np.minimum(row, torn)

    def _junk_before(self, number: int) -> Floats:
        outside = number in (0, len(self._chain.steps) - 1)
        return self._junk_outside if outside else self._junk

    def _cross_gap(self, row: Floats, step: Step) -> Floats:
        absorb = absorb_of(step.field_kind)
        paid = self._gap_costs(absorb)
        start = _least_before(row + self._opening(absorb) - paid, absorb.longest)
        filled: Floats = start + paid + self._close
        return np.minimum(row + _empty(step), filled)

    def _opening(self, absorb: Absorb) -> Floats:
        """Return what starting a gap at each letter costs; a line break before it is free.

        A date that begins is the better for it: what stands before it, perhaps
        on the line's end, is the value of the blank before.
        """
        opening = self._open - absorb.line_break * self._breaks
        return opening if absorb.date is None else opening - DATE_BEGINS * self._dates_begin

    def _gap_costs(self, absorb: Absorb) -> Floats:
        letters = _class_costs(absorb)[self._stream.codes]
        if absorb.date is not None:
            letters = np.where(self._stream.dates, absorb.date, letters)
        if absorb.short_number is not None:
            letters = np.where(self._stream.short_numbers, absorb.short_number, letters)
        letters = letters + absorb.doubt * (1.0 - self._stream.sure)
        return _running(letters + absorb.line_break * self._stream.breaks)

    def trace(self) -> Alignment:
        """Walk back from the end along the choices that gave each row its minimum."""
        steps, count = len(self._chain.steps), len(self._stream)
        self._owner = np.full(count, -1, dtype=np.int32)
        self._taken = np.full(steps, -1, dtype=np.int32)
        self._step_cost = np.zeros(steps)
        self._skipped = np.zeros(steps, dtype=np.bool_)
        state, letter = steps, count
        while state > 0:
            state, letter = self._back(state, letter)
        return Alignment(
            float(self._whole(steps)[-1]), self._owner, self._taken, self._step_cost, self._skipped
        )

    def _whole(self, state: int) -> Floats:
        """Return a row with what inserting letters costs."""
        whole: Floats = self._rows[state] + self._insert
        return whole

    def _back(self, state: int, letter: int) -> tuple[int, int]:
        here = self._rows[state][letter]
        step = self._chain.steps[state - 1]
        for skip in self._into.get(state, ()):
            if _same(self._rows[skip.start][letter] + skip.cost, here):
                self._skipped[skip.start : skip.end] = True
                return skip.start, letter
        if step.kind is StepKind.PRINT:
            return self._back_print(state, letter, step)
        if step.kind is StepKind.JUNK:
            start = self._junk_start(state, letter)
        else:
            start = self._gap_start(state, letter, step)
        self._owner[start:letter] = state - 1
        return state - 1, start

    def _back_print(self, state: int, letter: int, step: Step) -> tuple[int, int]:
        here, above = self._rows[state][letter], self._rows[state - 1]
        if letter and _same(above[letter - 1] + self._read[step.code][letter - 1], here):
            self._owner[letter - 1] = state - 1
            self._taken[state - 1] = letter - 1
            self._step_cost[state - 1] = self._print_costs[step.code][letter - 1]
            return state - 1, letter - 1
        if _same(above[letter] + OMIT, here):
            self._step_cost[state - 1] = OMIT
            return state - 1, letter
        self._owner[letter - 1] = -1 - state
        return state, letter - 1

    def _junk_start(self, state: int, letter: int) -> int:
        if _same(self._rows[state - 1][letter], self._rows[state][letter]):
            return letter
        values = self._whole(state - 1) + 2 * self._open - self._junk_before(state - 1)
        return int(np.argmin(values[: letter + 1]))

    def _gap_start(self, state: int, letter: int, step: Step) -> int:
        if _same(self._rows[state - 1][letter] + _empty(step), self._rows[state][letter]):
            return letter
        absorb = absorb_of(step.field_kind)
        first = max(0, letter - absorb.longest)
        values = self._whole(state - 1) + self._opening(absorb) - self._gap_costs(absorb)
        return first + int(np.argmin(values[first:letter]))


def junk_costs(stream: Stream, whole: float) -> Floats:
    """Return what each letter costs as junk; one that the reader doubts is likelier dirt."""
    worth = whole * (0.4 + 0.6 * stream.sure)
    return np.where(stream.codes == PUNCTUATION, 0.02, worth)


def absorb_of(kind: FieldKind | None) -> Absorb:
    """Return what a gap of this kind pays for the letters it takes."""
    return _ABSORB.get(kind, _ABSORB_TEXT) if kind else _ABSORB_TEXT


def _empty(step: Step) -> float:
    wanted = step.required and step.field_kind in (FieldKind.INN, FieldKind.OKPO)
    return NO_NUMBER if wanted else 0.0


@cache
def _class_costs(absorb: Absorb) -> Floats:
    costs = np.full(SIZE, absorb.letter)
    digits = [ALPHABET.index(digit) for digit in "0123456789"]
    costs[digits] = absorb.digit
    costs[PUNCTUATION] = absorb.punctuation
    costs[OTHER] = max(absorb.letter, 0.1)
    return costs


def _running(costs: Floats) -> Floats:
    return np.concatenate(([0.0], np.cumsum(costs)))


def _word_edges(stream: Stream) -> tuple[Floats, Floats]:
    """Return what opening or closing a gap at each position between letters costs."""
    starts = np.array([placed.starts_word for placed in stream.letters], dtype=np.bool_)
    edge = np.zeros(len(stream) + 1)
    edge[: len(stream)] = np.where(starts, 0.0, SPLIT_WORD)
    soft = np.concatenate((stream.codes == PUNCTUATION, [True]))
    sign = stream.codes == code_of("№")  # a number follows it without a space
    before = np.concatenate(([True], (stream.codes == PUNCTUATION) | sign))
    edge[soft | before] = 0.0
    return edge, edge


def _least_before(values: Floats, longest: int) -> Floats:
    """Return, for each position, the least of the up to ``longest`` values before it.

    By doubling: the least of 2k values is that of two runs of k.
    """
    least = np.concatenate((np.full(longest, np.inf), values[:-1]))
    width = 1
    while 2 * width <= longest:
        least[width:] = np.minimum(least[width:], least[:-width])
        width *= 2
    rest = longest - width
    if rest:
        least[rest:] = np.minimum(least[rest:], least[:-rest])
    return least[longest - 1 :]


def _same(one: float, other: float) -> bool:
    return abs(one - other) < 1e-9
