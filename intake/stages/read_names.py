"""Read persons' names in the whole room that the form leaves for them.

A director's name stands between signature and seal. The page's reading takes their strokes
for words, and words of the name for strokes; a strip across the room holds the name whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.fuzz import ratio

from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, Placement, Spot, words_in
from intake.domain.template import FieldKind
from intake.domain.text import Word
from intake.engines.letter_shapes import letter_row, without_tall_shapes
from intake.engines.raster import Raster
from intake.engines.readers import Reader
from intake.fields.name_shapes import is_long
from intake.fields.name_windows import NameWindow, likeliest_name
from intake.fields.script import letters_only
from intake.fields.words import Words
from intake.stages.greys import Greys

SURE = 0.8
"""Confidence from which every letter of a name must be for it to be left as it was read."""
CLEARER = 8.0
"""How much more must speak for a name in the room than for the one read before."""
NARROWEST = 3.0
"""Width of a room that a name has room in, in its heights."""
TRIM = 0.15
"""Part of a room's height that is cut off above and below for another look."""
EDGE = 0.08
"""Part of a row's height above and below that is left off again: letters just fit."""
BEFORE, BEHIND, ROOM = 2.0, 3.0, 1.5
"""Heights of letters before and behind a row that may hold more of a name; around a name."""
TALL = 2.0
"""Height of what is no letter but a pen's stroke, in heights of the room's line."""
TORN = 5
"""Letters that count as stray beside a name of which another look has more."""
FAIRLY = 0.3
"""Part of a name's likeness from which another look at its room counts against it."""
LIKE = 60.0
"""Likeness, in hundredths, from which two looks saw the same word."""
PRINTED = 80.0
"""Likeness from which a word of a name is one that the form prints: «(подпись, Ф.И.О.)»."""
LONG_PRINT = 5
"""Letters of a printed word that is told by them."""
SECONDED = 0.25
"""What another look that sees the same name speaks for it, of its own likeness."""


def read_names(placement: Placement, greys: Greys, reader: Reader, known: Words) -> Placement:
    """Return the placement with names of persons that are clearer in their room than on the page.

    Such a hole's letters are of whichever
    reading errs less (``from_room``): the other is asked to confirm them.
    """
    holes = dict(placement.holes)
    texts = (letters_only(text) for text, _ in placement.anchors)
    looks = _Looks(greys, reader, known, frozenset(t for t in texts if len(t) >= LONG_PRINT))
    rules = placement.template.fields
    for field, several in placement.holes.items():
        if rules[field].kind is FieldKind.PERSON:
            others = [
                spot for name, held in holes.items()
                if name != field and rules[name].kind is FieldKind.PERSON
                for hole in held if hole.letters for spot in hole.spots
            ]  # fmt: skip
            holes[field] = _read_field(several, looks, others)
    return replace(placement, holes=holes)


@dataclass(frozen=True, slots=True, eq=False)
class _Looks:
    """What rooms are looked at with: pages, reader, known words, and those that the form prints."""

    greys: Greys
    reader: Reader
    known: Words
    printed: frozenset[str]

    def names_in(self, page: int, room: Box) -> list[NameWindow]:
        """Return the likeliest name in a room of a page as each of some looks sees it.

        Strips as high as the letters are read best, with what crosses them: who takes strokes off
        takes parts of letters with them.
        """
        grey, clean = self.greys[page], self.greys.without_lines(page)
        low = without_tall_shapes(clean, room, TALL)
        row = letter_row(grey, room)
        if row is None:
            cut = TRIM * room.height
            trimmed = replace(room, top=room.top + cut, bottom=room.bottom - cut)
            return [self._name_in(*each) for each in ((grey, trimmed), (low, trimmed), (low, room))]
        close = replace(row, top=row.top + EDGE * row.height, bottom=row.bottom - EDGE * row.height)
        letter = close.height * grey.height / grey.width
        whole = _beside(
            close,
            min(room.left, close.left - BEFORE * letter),
            max(room.right, close.right + BEHIND * letter),
        )
        names = [self._name_in(low, row), self._name_in(grey, whole)]
        likeliest = max(names, key=lambda name: name.likeness)
        if likeliest.words:  # once more without what stands beside it
            own = Box.around(word.box for word in likeliest.words)
            around = _beside(close, own.left - ROOM * letter, own.right + ROOM * letter)
            names += [self._name_in(grey, around), self._name_in(clean, around)]
        return names

    def _name_in(self, picture: Raster, strip: Box) -> NameWindow:
        """Return the likeliest name in a strip of a page, none where the form's words are in it."""
        (line,) = self.reader.read_lines(picture, [strip], second=self.reader.prefers_second)
        name = likeliest_name(line.words, self.known)
        return NameWindow() if any(map(self._is_printed, name.words)) else name

    def _is_printed(self, word: Word) -> bool:
        text = letters_only(word.text)
        is_long = len(text) >= LONG_PRINT
        return is_long and any(ratio(text, each) >= PRINTED for each in self.printed)


def _read_field(holes: tuple[Hole, ...], looks: _Looks, others: Sequence[Spot]) -> tuple[Hole, ...]:
    """Return a field's holes with the name that is clearer in their room; no ``others``' name."""
    before = [likeliest_name(_words(hole), looks.known) for hole in holes]
    if any(_is_sure(name, hole) for name, hole in zip(before, holes, strict=True)):
        return holes
    # where a name was read, and where the form leaves room for one
    rooms = {spot: n for n, hole in enumerate(holes) if hole.letters for spot in hole.spots}
    rooms |= {spot: number for number, hole in enumerate(holes) for spot in hole.room}
    found = [
        (*_clearest(looks, page, here, [s.box for s in others if s.page == page]), page)
        for page, here in _by_page(rooms).items()
    ]
    worth, name, room, page = max(
        found, key=lambda one: one[0], default=(0.0, NameWindow(), None, 0)
    )
    if room is None or worth < max(one.likeness for one in before) + CLEARER:
        return holes
    if any(_is_more(one, name) for one in before):  # over two lines
        return holes
    own = rooms[Spot(page, room)]
    lacking = _lacks_a_word(name, holes)
    named = _with_name(holes[own], replace(name, is_torn=name.is_torn or lacking), page)
    return tuple(
        named if number == own else _unless_below(hole, named) for number, hole in enumerate(holes)
    )


def _is_more(one: NameWindow, other: NameWindow) -> bool:
    """Tell whether a name has all words of another, and more."""
    words = {word.text for word in one.words}
    return words > {word.text for word in other.words} and one.likeness > other.likeness


def _is_sure(name: NameWindow, hole: Hole) -> bool:
    """Tell whether a name is whole as it was read: nothing that was left out stands beside it."""
    letters = [letter for word in name.words for letter in word.letters]
    is_whole = bool(letters) and len(letters) == len(hole.letters) and not hole.stray
    return is_whole and all(letter.confidence >= SURE for letter in letters)


def _by_page(spots: Iterable[Spot]) -> dict[int, list[Box]]:
    rooms: dict[int, list[Box]] = {}
    for spot in spots:
        rooms.setdefault(spot.page, []).append(spot.box)
    return rooms


def _clearest(
    looks: _Looks, page: int, rooms: Sequence[Box], others: Sequence[Box]
) -> tuple[float, NameWindow, Box | None]:
    """Return how much speaks for the likeliest name in some rooms of a page, and its room."""
    grey = looks.greys[page]
    wide = (r for r in rooms if r.width * grey.width >= NARROWEST * r.height * grey.height)
    seen = [
        (name, room)
        for room in wide
        for name in looks.names_in(page, room)
        if not any(box.holds(word.box) for box in others for word in name.words)
    ]
    support: dict[str, float] = defaultdict(float)
    for name, _ in seen:
        support[name.text.casefold()] += name.likeness
    worths = [
        (1.0 - SECONDED) * name.likeness + SECONDED * support[name.text.casefold()]
        for name, _ in seen
    ]
    best = max(range(len(seen)), key=worths.__getitem__, default=None)
    if best is None:
        return 0.0, NameWindow(), None
    name, room = seen[best]
    looks_there = [other for other, place in seen if place == room]
    is_torn = any(_has_more(one, name) for one in looks_there)
    return worths[best], replace(name, is_torn=is_torn), room


def _beside(row: Box, left: float, right: float) -> Box:
    return Box.clipped(left, row.top, right, row.bottom)


def _has_more(other: NameWindow, name: NameWindow) -> bool:
    """Tell whether another look has letters more than a name: strokes may have hidden them."""
    more = sum(len(word.text) for word in other.words) > sum(len(word.text) for word in name.words)
    return more and other.likeness > FAIRLY * name.likeness


def _words(hole: Hole) -> list[Word]:
    words = [tuple(placed.letter for placed in word) for word in words_in(hole.letters)]
    return [
        Word(
            letters,
            Box.around(letter.box for letter in letters),
            sum(letter.confidence for letter in letters) / len(letters),
        )
        for letters in words
    ]


def _with_name(hole: Hole, name: NameWindow, page: int) -> Hole:
    letters = tuple(_placed(name, page))
    box = Box.around(placed.letter.box for placed in letters)
    spots, stray = (Spot(page, box),), TORN if name.is_torn else 0
    return replace(hole, letters=letters, spots=spots, from_room=True, stray=stray)


def _lacks_a_word(name: NameWindow, holes: Iterable[Hole]) -> bool:
    """Tell whether a word was read before, too long for strokes, that the name has none like."""
    taken = [word.text for word in name.words]
    return any(
        is_long(word.text) and all(ratio(word.text, other) < LIKE for other in taken)
        for hole in holes
        for word in _words(hole)
    )


def _placed(name: NameWindow, page: int) -> Iterator[PlacedLetter]:
    for word in name.words:
        for number, letter in enumerate(word.letters):
            yield PlacedLetter(page, letter, starts_word=number == 0, starts_line=False)


def _unless_below(hole: Hole, above: Hole) -> Hole:
    """Return a hole emptied of strokes, unless the name goes on in it, flush in the next line."""
    if not hole.letters:
        return hole
    high, low = above.spots[0], hole.spots[0]
    height = high.box.height
    is_flush = abs(low.box.left - high.box.left) < height
    is_next = low.page == high.page and 0 < low.box.top - high.box.top < 2.5 * height
    return hole if is_flush and is_next else replace(hole, letters=())
