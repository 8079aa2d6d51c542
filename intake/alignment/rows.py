"""Lines that were cut out for one field and by their look belong to a neighbour's empty blank.

In a table whose labels take several lines columns are read one after the other, and where captions
stand below the blanks values follow each other: either way no word of the form parts two values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from intake.alignment.spots import line_around
from intake.domain.placement import Hole, PlacedLetter, Spot, words_in
from intake.domain.template import FieldKind, Template

Holes = Mapping[str, tuple[Hole, ...]]
_Rows = dict[str, tuple[Hole, ...]]
_Lines = list[tuple[Spot, tuple[PlacedLetter, ...]]]

LEVEL = 0.6
"""Part of a line's height that stands beside a blank in whose row it is."""
_SEVERAL = 2  # lines that can be parted
STEM = 5
"""Letters by which an answer is known, whatever its ending."""
MOST_WORDS = 2
"""Words of a term («жеке менчик»)."""
DIGITS = {FieldKind.OKPO: 8, FieldKind.INN: 14}
LABELS = {FieldKind.OKPO: "окпо", FieldKind.INN: "инн"}
"""How many digits a number has, and what forms call it."""
_TAKING = (FieldKind.TEXT, FieldKind.NAME, FieldKind.ADDRESS)
"""Kinds whose values run over lines and may take another's in."""


def by_row(holes: Holes, template: Template) -> dict[str, tuple[Hole, ...]]:
    """Return the holes, in the wording's order, with each line where it belongs.

    A term goes from the head of a value to the empty blank in whose row it stands, a number from
    its foot, or from behind its label, to the next blank without so many digits; what is no term
    goes on in the value below it.
    """
    rows, terms = dict(holes), _terms_of(template)
    kinds = {name: template.fields[name].kind for name in holes}
    places = [(name, number) for name in holes for number in range(len(rows[name]))]
    for place in places:  # first: a number in the other's place would seem read
        if kinds[place[0]] in DIGITS:
            _without_ordinals(rows, kinds, place)
            _give_pair(rows, kinds, place)
    for place in places:
        kind = kinds[place[0]]
        if kind in (*_TAKING, *DIGITS):
            _give_labelled(rows, kinds, place)
        if kind is FieldKind.ENUM:
            _give_rest(rows, kinds, place)
        if len(_lines(rows, place)) < _SEVERAL:
            continue
        if kind in (*_TAKING, *DIGITS):
            _give_number(rows, kinds, place)
        if kind in _TAKING:
            _give_term(rows, kinds, place, terms)
    for place in places:
        if kinds[place[0]] in _TAKING:
            _sort_down(rows, place)
    return rows


def _sort_down(rows: _Rows, place: _Place) -> None:
    """Put a value's lines in the order of the page: its label may stand beside the last of them.

    Lines of two columns are none of one value.
    """
    lines = _lines(rows, place)
    down = sorted(lines, key=lambda line: (line[0].page, line[0].box.top))
    if down != lines and all(_is_below(one, other) for (one, _), (other, _) in pairwise(down)):
        _put(rows, place, down)


_Kinds = Mapping[str, FieldKind]
_Place = tuple[str, int]
"""A field and which of its holes."""


def _give_term(rows: _Rows, kinds: _Kinds, place: _Place, terms: frozenset[str]) -> None:
    """Give a term at a value's head to the empty blank in its row.

    A known one before an address goes to any empty blank; names begin so («Частная / школа …»).
    """
    if len(lines := _lines(rows, place)) < _SEVERAL:
        return
    first, *rest = lines
    if not _is_term(first[1]):
        return
    for name, blanks in rows.items():
        if kinds[name] is not FieldKind.ENUM or any(blank.letters for blank in blanks):
            continue
        for number, blank in enumerate(blanks):
            is_known = kinds[place[0]] is FieldKind.ADDRESS and _spelled(first[1])[:STEM] in terms
            if is_known or any(_holds(spot, first[0]) for spot in blank.spots):
                _put(rows, (name, number), [first])
                _put(rows, place, rest)
                return


def _give_number(rows: _Rows, kinds: _Kinds, place: _Place) -> None:
    *rest, last = _lines(rows, place)
    digits = [placed.letter.text for placed in last[1]]
    if not all(map(str.isdigit, digits)) or DIGITS.get(kinds[place[0]]) == len(digits):
        return
    for name in _after(rows, place):
        if DIGITS.get(kinds[name]) == len(digits) and not any(h.letters for h in rows[name]):
            _put(rows, (name, 0), [last])
            _put(rows, place, rest)
            return


def _give_labelled(rows: _Rows, kinds: _Kinds, place: _Place) -> None:
    """Give a number behind its label at a value's end («… 2. ИНН: 0280…») to its nearest field.

    Behind another number any word is its label («… ОКПО 22590108», however misread).
    """
    words = words_in(rows[place[0]][place[1]].letters)
    label = max((n for n, word in enumerate(words) if not _is_number(word)), default=None)
    if label is None:
        return
    tail = [placed for word in words[label + 1 :] for placed in word]
    if label and _spelled(words[label - 1]) in LABELS.values():
        label -= 1  # «ИНН организации: 0280…»
    is_label = _spelled(words[label]) in LABELS.values() or (
        kinds[place[0]] in DIGITS and any(map(_has_digit, words[:label]))
    )
    wanted = next((kind for kind, count in DIGITS.items() if count == len(tail)), None)
    if wanted is None or not is_label or kinds[place[0]] is wanted:
        return
    if _holds_others(rows, kinds, place):
        return  # in each other's places: their labels tell (``completion.numbers.labelled``)
    names, own = list(rows), list(rows).index(place[0])
    unread = [n for n in names if kinds[n] is wanted and not any(map(_is_read(wanted), rows[n]))]
    if not unread:
        return
    nearest = min(unread, key=lambda name: abs(names.index(name) - own))
    head = words[: label - (label > 1 and _is_ordinal(words[label - 1]))]
    rest = [placed for word in head for placed in word]
    _put(rows, (nearest, 0), [_line_of(tail)])
    _put(rows, place, [_line_of(rest)] if rest else [])


def _holds_others(rows: _Rows, kinds: _Kinds, place: _Place) -> bool:
    """Tell whether a number's sibling holds as many digits as this one should."""
    own = kinds[place[0]]
    if own not in DIGITS:
        return False
    held = rows.get(_sibling(place[0], own), ())
    return any(sum(p.letter.text.isdigit() for p in hole.letters) == DIGITS[own] for hole in held)


def _sibling(name: str, kind: FieldKind) -> str:
    """Return the field of the same organisation's other number."""
    (other,) = set(DIGITS) - {kind}
    return name.rsplit("_", 1)[0] + f"_{other}"


def _is_read(kind: FieldKind) -> Callable[[Hole], bool]:
    """Return what tells whether a hole has about as many digits as a kind of number."""

    def is_read(hole: Hole) -> bool:
        return sum(placed.letter.text.isdigit() for placed in hole.letters) > DIGITS[kind] // 2

    return is_read


def _is_ordinal(word: Sequence[PlacedLetter]) -> bool:
    """Tell whether a word is a number in a list («2.»)."""
    sign, *rest = (placed.letter.text for placed in word)
    return sign.isdigit() and rest in (["."], [")"])


def _give_pair(rows: _Rows, kinds: _Kinds, place: _Place) -> None:
    """Give a number of the other kind to its own field, side by side with this one's or alone.

    Retyped forms set both above their labels, or the other way round. What the alignment had put
    there instead is a label, or a term whose own blank is empty.
    """
    words = _numbers(rows[place[0]][place[1]].letters)
    sizes = [len(word) for word in words]
    (other,) = set(DIGITS) - {kinds[place[0]]}
    if not set(sizes) <= set(DIGITS.values()):
        return
    if sizes.count(DIGITS[other]) != 1 or len(sizes) > len(DIGITS):
        return
    sibling = _sibling(place[0], kinds[place[0]])
    if sibling not in rows or any(_has_digit(hole.letters) for hole in rows[sibling]):
        return
    before = rows[sibling][0].letters
    _put(rows, (sibling, 0), [_line_of(words[sizes.index(DIGITS[other])])])
    _put(rows, place, [_line_of(word) for word in words if len(word) != DIGITS[other]])
    for name in rows if before and _is_term(before) else ():
        if kinds[name] is FieldKind.ENUM and not any(hole.letters for hole in rows[name]):
            _put(rows, (name, 0), [_line_of(before)])
            return


def _numbers(letters: Sequence[PlacedLetter]) -> list[list[PlacedLetter]]:
    """Return the digits of each word, without commas and scraps of print; none where words are."""
    words = words_in(letters)
    if any(not _has_digit(word) and len(word) > len("н:") for word in words):
        return []
    numbers = ([placed for placed in word if placed.letter.text.isdigit()] for word in words)
    return [number for number in numbers if number]


def _without_ordinals(rows: _Rows, kinds: _Kinds, place: _Place) -> None:
    """Drop the numbers of a list's items and dashes that stand beside a whole number."""
    words = words_in(rows[place[0]][place[1]].letters)
    whole = [w for w in words if _is_number(w) and len(w) == DIGITS[kinds[place[0]]]]
    others = [word for word in words if word not in whole]
    if len(whole) == 1 and others and all(len(word) <= len("2.") for word in others):
        _put(rows, place, [_line_of(whole[0])])


def _is_number(word: Sequence[PlacedLetter]) -> bool:
    return all(placed.letter.text.isdigit() for placed in word)


def _has_digit(word: Sequence[PlacedLetter]) -> bool:
    return any(placed.letter.text.isdigit() for placed in word)


def _line_of(letters: Sequence[PlacedLetter]) -> tuple[Spot, tuple[PlacedLetter, ...]]:
    box = line_around([placed.letter.box for placed in letters])
    return Spot(letters[0].page, box), tuple(letters)


def _give_rest(rows: _Rows, kinds: _Kinds, place: _Place) -> None:
    lines = _lines(rows, place)
    if not lines or (len(lines) < _SEVERAL and not _is_listed(lines[0][1])):
        return
    kept = lines[: _is_term(lines[0][1])]
    rest = lines[len(kept) :]
    if all(_is_term(letters) for _, letters in rest):
        return  # «муниципалдык менчиктин / формасы»
    is_parted = bool(kept) or _is_listed(rest[0][1])
    for name in _after(rows, place):
        if kinds[name] in _TAKING:
            below = _lines(rows, (name, 0))
            if not below or (is_parted and _is_next(rest[-1][0], below[0][0])):
                _put(rows, (name, 0), [*rest, *below])
                _put(rows, place, kept)
            return


def _is_listed(letters: Sequence[PlacedLetter]) -> bool:
    """Tell whether a line has parts or numbers, as addresses have and terms have not."""
    return _has_digit(letters) or any(placed.letter.text == "," for placed in letters)


def _after(rows: _Rows, place: _Place) -> list[str]:
    names = list(rows)
    return names[names.index(place[0]) + 1 :]


def _lines(rows: _Rows, place: _Place) -> _Lines:
    """Return a hole's lines and their letters; none where a letter stands on none of them."""
    hole = rows[place[0]][place[1]]
    lines, left = [], list(hole.letters)
    for spot in hole.spots:
        here = tuple(placed for placed in left if _stands_on(placed, spot))
        left = [placed for placed in left if not _stands_on(placed, spot)]
        lines += [(spot, here)] if here else []
    return [] if left else lines


def _put(rows: _Rows, place: _Place, lines: _Lines) -> None:
    name, number = place
    letters = tuple(placed for _, line in lines for placed in line)
    before = rows[name][number]
    spots = tuple(spot for spot, _ in lines) or before.spots
    hole = replace(before, letters=letters, spots=spots, stray=0)
    rows[name] = (*rows[name][:number], hole, *rows[name][number + 1 :])


def _terms_of(template: Template) -> frozenset[str]:
    """Return the stems of the words that the form prints as answers."""
    options = (text for wording in template.wordings for text in wording.options)
    return frozenset(text.casefold()[:STEM] for text in options)


def _spelled(letters: Sequence[PlacedLetter]) -> str:
    """Return a word in lower case, without signs."""
    signs = (placed.letter.text for placed in letters)
    return "".join(sign for sign in signs if sign.isalpha()).casefold()


def _is_term(letters: Sequence[PlacedLetter]) -> bool:
    words = 1 + sum(placed.starts_word or placed.starts_line for placed in letters[1:])
    return words <= MOST_WORDS and all(placed.letter.text.isalpha() for placed in letters)


def _holds(blank: Spot, line: Spot) -> bool:
    """Tell whether a line stands in a blank's row."""
    one, other = blank.box, line.box
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    is_level = down >= LEVEL * min(one.height, other.height)
    middle = (other.left + other.right) / 2
    return blank.page == line.page and is_level and one.left <= middle < one.right


def _is_next(line: Spot, below: Spot) -> bool:
    white = below.box.top - line.box.bottom
    return line.page == below.page and -0.5 < white / line.box.height < 2.0


def _is_below(line: Spot, below: Spot) -> bool:
    return _is_next(line, below) and line.box.shares_columns(below.box)


def _stands_on(placed: PlacedLetter, line: Spot) -> bool:
    box = placed.letter.box
    middle = (box.top + box.bottom) / 2
    return placed.page == line.page and line.box.top <= middle <= line.box.bottom
