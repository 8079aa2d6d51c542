"""A template laid over pages: where each field and each printed choice of a notice is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from intake.domain.geometry import Box
from intake.domain.template import Template, Wording
from intake.domain.text import Letter

HARDLY = 0.35
"""Cost of an option's words from which they are hardly found."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on one page, numbered from 1 within the document; box on the straightened page."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class PlacedLetter:
    """A read letter on its page; ``starts_word`` and ``starts_line`` tell what precedes it."""

    page: int
    letter: Letter
    starts_word: bool
    starts_line: bool


def words_in(letters: Sequence[PlacedLetter]) -> list[list[PlacedLetter]]:
    """Return placed letters word by word."""
    words: list[list[PlacedLetter]] = []
    for placed in letters:
        if placed.starts_word or placed.starts_line or not words:
            words.append([])
        words[-1].append(placed)
    return words


@dataclass(frozen=True, slots=True)
class Hole:
    """One gap of the form on this notice.

    ``letters`` is what the reader saw in it, in reading order, perhaps nothing;
    ``printed`` what the form itself prints there.
    ``spots`` is where the value is or would be written, one a line: around the
    letters where there are some, else the gap between the printed neighbours.
    ``cost`` is the alignment's cost a letter of the printed words on either
    side, 0 for a perfect match, about 1 where nothing fits. ``stray`` counts
    letters close by that neither the form nor a hole explains: perhaps a part
    of the value. ``room`` is all the room between the printed neighbours, for a
    person's name; ``from_room`` tells that the letters were read in it, by the reader that errs
    less; ``is_aside`` that no word of the form stands near: it may be another blank's, a stamp's.
    """

    field: str
    letters: tuple[PlacedLetter, ...]
    spots: tuple[Spot, ...]
    cost: float
    stray: int = 0
    printed: str = ""
    room: tuple[Spot, ...] = ()
    from_room: bool = False
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class TitledPage:
    """A page that bears a form's title, but too little of its wording to be a notice."""

    number: int


@dataclass(frozen=True, slots=True)
class PrintedOption:
    """The printed words of one option of a choice: one spot a line, one a word, and their cost."""

    field: str
    option: str
    spots: tuple[Spot, ...]
    words: tuple[Spot, ...]
    cost: float

    @property
    def is_found(self) -> bool:
        """Whether its words were more than hardly found: else it may stand elsewhere."""
        return self.cost < HARDLY


@dataclass(frozen=True, slots=True)
class Placement:
    """One notice: a template in one language laid over one or more pages.

    ``share`` is the part of the printed letters that was found, 0..1, optional
    blocks that are not there left out.
    ``blocks`` tells which blocks of the wording stand on the notice. A field may
    have several holes (a name before or after its label) or none (``missing``).
    ``anchors`` are the boxes of the printed words by their text, in reading order, ``labels`` those
    of words that whoever typed the form anew put before its blanks instead.
    ``alone`` are choices of which the paper says no option but those among ``options``, ``asked``
    those of them for which it asks for a mark nevertheless (see ``completion.choices.alone``).
    ``traces`` are blocks that were not found although some of their words stand
    on the page: their fields may be there, unread. ``unread`` are those that may be what stands
    below an addressee, if no other is found there.
    ``others`` are the boxes of the letters of other notices, on the pages on which such stand too.
    """

    template: Template
    language: str
    pages: tuple[int, ...]
    share: float
    blocks: frozenset[str]
    holes: Mapping[str, tuple[Hole, ...]]
    options: tuple[PrintedOption, ...]
    anchors: tuple[tuple[str, Spot], ...]
    traces: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    labels: tuple[tuple[str, Spot], ...] = ()
    alone: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    others: Mapping[int, frozenset[Box]] = field(default_factory=dict)

    @property
    def wording(self) -> Wording:
        """The form's wording in the notice's language."""
        return next(w for w in self.template.wordings if w.language == self.language)

    @property
    def written(self) -> frozenset[Box]:
        """The boxes of all letters that are in blanks."""
        holes = (hole for several in self.holes.values() for hole in several)
        return frozenset(placed.letter.box for hole in holes for placed in hole.letters)

    def has_letters(self, name: str) -> bool:
        """Tell whether anything was read in a field's place."""
        return any(hole.letters for hole in self.holes.get(name, ()))
