"""Whom a notice goes to, by what people call them: «Сокулук райондук билим берүү бөлүмүнө».

The form prints one way to address each office, with blanks for its places. People have many:
another case, «райондук» for «районунун», a city's or a mayor's office. What they call it
(``addressees`` in form.toml) tells it, and words for a unit («район», «г.») its places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from rapidfuzz.fuzz import ratio

from intake.alignment.stream import line_letters
from intake.domain.geometry import Box
from intake.domain.placement import PlacedLetter, Placement, Spot
from intake.domain.template import Block, FieldKind, gaps_of
from intake.domain.text import Line, PageText, Word
from intake.fields.place_forms import Place
from intake.fields.places import is_named
from intake.fields.reference import Reference
from intake.fields.script import fold_letters, letters_only
from intake.layout.order import column_orders, row_order
from intake.stages.completion.given import with_given
from intake.stages.completion.title import title_of
from intake.stages.writing import text_of

LIKE = 80.0
"""Likeness of a word's beginning to that of an office's from which it is that word."""
ENDING = 2
"""Letters of a word that its case may change."""
SHORT = 4
"""Letters of a word that has no such ending, at most."""
COLUMN = 0.6
"""White that may part two columns of a row, in heights of its letters."""
APART = 2.0
"""White that surely parts two of them."""
NEXT_LINE = 1.3
"""Heights of a line within which the next one of its paragraph begins below it."""
MOST_WORDS = 3
"""Words of a place's name at most."""
SIGNS = ' .,:;_-()«»„“”"'
"""What stands around a name in a blank."""
COMMAS = 2
"""Commas of a line with an address at least."""
_DISTRICT = re.compile(r"в?(?:район|рн)")
_CITY = re.compile(r"(?:шаар|в?город|г(?:ор)?$|ш$)")
_REGION = re.compile(r"(?:облус|област|обл$)")
_NO_PLACE = re.compile(r"(?:мэри|айыл|окмот|начальник|заведующ|башчы|республика|кыргыз|министр)")
_JOINED = re.compile(r"(?:г|гор|ш|обл)\.(?=\w)", re.IGNORECASE)

_Name = tuple[Word, ...]
"""The words of a place's name."""
_Line = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class _Office:
    """One office as a paragraph names it: its block of the wording, and the lines about it.

    ``named`` are the words that say which office it is, counted through all lines.
    """

    block: str
    lines: tuple[_Line, ...]
    named: range

    @property
    def words(self) -> list[Word]:
        """The words of all lines."""
        return list(chain.from_iterable(self.lines))

    @property
    def named_lines(self) -> set[_Line]:
        """The lines that words which name the office stand on."""
        own = {id(word) for word in self.words[self.named.start : self.named.stop]}
        return {line for line in self.lines if any(id(word) in own for word in line)}


def with_addressees(
    placement: Placement, texts: Mapping[int, PageText], reference: Reference
) -> Placement:
    """Return the placement with the places of the offices that are named above the title.

    Only where the alignment found no known place. ``texts`` are the notice's pages by number.
    """
    title = title_of(placement, texts)
    if title is None or not placement.template.addressees:
        return placement
    head = Spot(title.page, Box(0.0, 0.0, 1.0, title.box.top))
    placement = _without_letterhead(placement, texts[head.page], head)
    for office in _offices(placement, texts[head.page], head.box.bottom, reference):
        placement = _with_office(placement, office, head.page, reference)
    return placement


def _without_letterhead(placement: Placement, text: PageText, head: Spot) -> Placement:
    """Return the placement without places of offices in the address of a letterhead."""
    parts = (part for line in text.lines for part in _parts(line, text.aspect))
    own = {e.box for part in parts if _is_address(part) for word in part for e in word.letters}
    within = [
        p for name in _places(placement) for hole in placement.holes.get(name, ())
        for p in hole.letters if p.page == head.page and p.letter.box in own
    ]  # fmt: skip
    bare = with_given(placement, {}, [p for p in within if head.box.holds(p.letter.box)])
    emptied = {
        block.name for block in placement.wording.blocks
        if block.name in placement.template.addressees
        and _is_filled(placement, block) and not _is_filled(bare, block)
    }  # fmt: skip
    return replace(bare, blocks=bare.blocks - emptied)


def _parts(line: Line, aspect: float) -> Iterator[_Line]:
    """Yield the parts of a line that stand in columns of their own."""
    start = 0
    for number, (one, other) in enumerate(pairwise(line.words), 1):
        if other.box.left - one.box.right > APART * one.box.height / aspect:
            yield line.words[start:number]
            start = number
    yield line.words[start:]


def _is_address(words: _Line) -> bool:
    text = " ".join(word.text for word in words)
    return text.count(",") >= COMMAS and any(map(str.isdigit, text))


def _places(placement: Placement) -> Iterator[str]:
    """Yield the fields of the blocks of offices."""
    for block in placement.wording.blocks:
        if block.name in placement.template.addressees:
            yield from gaps_of(block)


def _is_filled(placement: Placement, block: Block) -> bool:
    return any(h.letters for name in gaps_of(block) for h in placement.holes.get(name, ()))


def _with_office(
    placement: Placement, office: _Office, page: int, reference: Reference
) -> Placement:
    rules = placement.template.fields
    listed = {FieldKind.DISTRICT: reference.districts, FieldKind.REGION: reference.regions}
    found, asked, own = dict[str, list[PlacedLetter]](), set[str](), set[int]()
    gaps = gaps_of(next(b for b in placement.wording.blocks if b.name == office.block))
    for name in gaps & {n for n, rule in rules.items() if rule.kind in listed}:
        places = listed[rules[name].kind]
        words = _place(office, rules[name].kind, places, placement.language)
        holes = placement.holes.get(name, ())
        known = [hole for hole in holes if is_named(text_of(hole), places)]
        if is_named(_text(words), places) or (not known and (words or holes)):
            found[name] = _letters(page, office, words)
            own |= {id(p.letter) for p in found[name]}
            asked |= set() if known or is_named(_text(words), places) else {name}
        else:
            own |= {id(p.letter) for hole in known for p in hole.letters}
    # «райондук» beside a place is no part of another
    every = {id(letter) for word in office.words for letter in word.letters} - own
    placed = (
        p
        for name in _places(placement)
        for hole in placement.holes.get(name, ())
        for p in hole.letters
    )
    others = [p for p in placed if id(p.letter) in every]
    if not own:
        traced = placement.traces | ({office.block} - placement.blocks)
        return replace(placement, traces=traced)
    alike = {b.name for b in placement.wording.blocks if gaps_of(b) and gaps_of(b) <= gaps}
    return replace(
        with_given(placement, found, others, asked),
        blocks=placement.blocks if placement.blocks & alike else placement.blocks | {office.block},
        traces=placement.traces - alike,
    )


def _letters(page: int, office: _Office, own: Sequence[Word]) -> list[PlacedLetter]:
    """Return the letters of a place's words, line by line."""
    kept = (tuple(word for word in line if word in own) for line in office.lines)
    lines = [Line(words, Box.around(word.box for word in words)) for words in kept if words]
    return [placed for line in lines for placed in line_letters(page, line)]


def _offices(
    placement: Placement, text: PageText, bottom: float, reference: Reference
) -> list[_Office]:
    """Return the offices named above a height, the first of each block of the wording.

    What stands there is read in each order that columns may have; the one that names most offices
    and places is right.
    """
    parts = (part for line in text.lines for part in _parts(line, text.aspect))
    words = [each for p in parts if not _is_address(p) for word in p for each in _apart(word)]
    head = [word for word in words if word.box.bottom <= bottom]
    rows = row_order(head, text.aspect)
    orders = [*column_orders(head, text.aspect), *_split(rows, text.aspect), rows]
    named = (list(_first_named(placement, order)) for order in dict.fromkeys(orders))
    return max(named, key=lambda offices: _merit(offices, placement, reference))


def _split(rows: Sequence[Line], aspect: float) -> Iterator[tuple[Line, ...]]:
    """Yield the rows read left and then right of each white in one of them."""
    cuts = {
        round((one.box.right + other.box.left) / 2, 2)
        for row in rows
        for one, other in pairwise(row.words)
        if other.box.left - one.box.right > COLUMN * one.box.height / aspect
    }
    for cut in sorted(cuts):
        sides: tuple[list[Line], list[Line]] = ([], [])
        for row in rows:
            is_whole = any(w.box.left < cut < w.box.right for w in row.words)
            left = tuple(w for w in row.words if is_whole or w.box.right <= cut)
            right = tuple(w for w in row.words if not is_whole and w.box.right > cut)
            for side, words in zip(sides, (left, right), strict=True):
                side.extend([Line(words, Box.around(w.box for w in words))] if words else [])
        yield (*sides[0], *sides[1])


def _merit(offices: Sequence[_Office], placement: Placement, reference: Reference) -> int:
    """Return how many offices and places of theirs are told, less by one for two on a line."""
    told = sum(1 + _known_places(each, placement, reference) for each in offices)
    lines = [line for each in offices for line in each.named_lines]
    return told - (len(lines) - len(set(lines)))


def _first_named(placement: Placement, lines: Sequence[Line]) -> Iterator[_Office]:
    blocks = {block.name for block in placement.wording.blocks}
    names = {
        block: [[fold_letters(letters_only(word)) for word in said.split()] for said in ways]
        for block, ways in placement.template.addressees.items()
        if block in blocks
    }
    seen = set[str]()
    for paragraph in _paragraphs(lines):
        for office in _named_in(paragraph, names, leads=placement.language == "ru"):
            if office.block not in seen:
                seen.add(office.block)
                yield office


def _known_places(office: _Office, placement: Placement, reference: Reference) -> int:
    """Count the places of an office that are known ones."""
    listed = {FieldKind.DISTRICT: reference.districts, FieldKind.REGION: reference.regions}
    own = {kind: _place(office, kind, listed[kind], placement.language) for kind in listed}
    return sum(is_named(_text(name), listed[kind]) for kind, name in own.items() if name)


def _paragraphs(lines: Sequence[Line]) -> list[list[_Line]]:
    """Return lines as paragraphs of such as stand one below the other."""
    paragraphs: list[list[_Line]] = []
    for line in lines:
        if paragraphs and _goes_on(paragraphs[-1][-1], line.words):
            paragraphs[-1].append(line.words)
        else:
            paragraphs.append([line.words])
    return paragraphs


def _apart(word: Word) -> list[Word]:
    """Return a word, or the two that «г.Токмок» is."""
    joined = _JOINED.match(word.text)
    if joined is None or len(word.letters) != len(word.text):
        return [word]
    parts = (word.letters[: joined.end()], word.letters[joined.end() :])
    return [
        replace(word, letters=letters, box=Box.around(letter.box for letter in letters))
        for letters in parts
    ]


def _goes_on(line: _Line, below: _Line) -> bool:
    """Tell whether a line is the next one of a paragraph."""
    upper, lower = Box.around(w.box for w in line), Box.around(w.box for w in below)
    is_next = lower.top > upper.top and lower.top - upper.bottom < NEXT_LINE * upper.height
    return is_next and upper.left < lower.right and lower.left < upper.right


def _named_in(
    paragraph: Sequence[_Line], names: Mapping[str, Sequence[Sequence[str]]], *, leads: bool
) -> Iterator[_Office]:
    """Yield the offices in a paragraph, each with the lines about it up to the next one.

    Its name ``leads`` in Russian («Отдел образования … района»), and ends the phrase in Kyrgyz.
    """
    numbers = [n for n, line in enumerate(paragraph) for _ in line]
    words = [fold_letters(letters_only(w.text)) for line in paragraph for w in line]
    named = [
        (start, start + len(said), block)
        for block, ways in names.items()
        for said in ways
        for start in range(len(words) - len(said) + 1)
        if all(map(_is_word, words[start:], said))
    ]
    first = {start: (start, end, block) for start, end, block in sorted(named)}  # the longest
    own = sorted(first.values())
    for place, (start, end, block) in enumerate(own):
        from_line, to_line = numbers[start], numbers[end - 1]
        if leads or place == 0:
            top = from_line if leads else 0
        else:
            top = min(numbers[own[place - 1][1] - 1] + 1, from_line)
        bottom = numbers[own[place + 1][0]] if leads and place + 1 < len(own) else len(paragraph)
        bottom = max(bottom, to_line + 1) if leads else to_line + 1
        before = sum(len(line) for line in paragraph[:top])
        lines = tuple(paragraph[top:bottom])
        yield _Office(block, lines, range(start - before, end - before))


def _is_word(word: str, said: str) -> bool:
    """Tell whether a word is one of an office's name, in whatever case, hardly misread."""
    if len(said) <= SHORT:
        return word == said
    stem = said[:-ENDING]
    word = word[1:] if word[:1] == "в" != stem[0] else word  # «Вотдел образования»
    return len(word) <= len(said) + 2 * ENDING and ratio(word[: len(stem)], stem) >= LIKE


def _place(office: _Office, kind: FieldKind, places: Sequence[Place], language: str) -> _Name:
    """Return the words of the place of a kind that an office's lines say, perhaps none.

    That at the most telling word for a unit; a known one first, then the nearest to the office's
    name: what stands farther off is a letterhead's.
    """
    words = office.words
    for unit, follows in _UNITS[kind]:
        there = [n for n, w in enumerate(words) if n not in office.named and unit.match(_key(w))]
        names = list[_Name]()
        for number in sorted(there, key=lambda n: _distance(n, office.named)):
            behind = _run(office, number, 1) if follows and language == "ru" else ()
            name = _known(behind, words[number], places, is_end=False)
            name = name or _known(_run(office, number, -1), words[number], places, is_end=True)
            names += [name] if name else []
        if names:
            return next((name for name in names if is_named(_text(name), places)), names[0])
    return ()


_UNITS = {
    FieldKind.DISTRICT: ((_DISTRICT, False), (_CITY, True)),
    FieldKind.REGION: ((_REGION, False),),
}
"""Words that say of what kind a place is, and whether its name may follow («города Токмок»)."""


def _distance(number: int, named: range) -> int:
    return named.start - number if number < named.start else number - named.stop + 1


def _key(word: Word) -> str:
    return fold_letters(letters_only(word.text))


def _run(office: _Office, unit: int, step: int) -> _Name:
    """Return the words on one side of a unit's that may be a place's name, in reading order."""
    words, run = office.words, list[Word]()
    number = unit + step
    while 0 <= number < len(words) and len(run) < MOST_WORDS:
        key, text = _key(words[number]), words[number].text.strip(SIGNS)
        if number in office.named or (text and not text[0].isupper()) or _is_unit(key):
            break
        run += [words[number]] if text else []
        number += step
    if step > 0 and number < len(words) and _REGION.match(_key(words[number])):
        run = run[:-1]  # «города Каракол Иссык-Кульской области»
    return tuple(run[::step])


def _is_unit(key: str) -> bool:
    return any(each.match(key) for each in (_DISTRICT, _CITY, _REGION, _NO_PLACE))


def _known(run: _Name, unit: Word, places: Sequence[Place], *, is_end: bool) -> _Name:
    """Return the part of a run next to a unit that is a known place, else one word of its line."""
    parts = [run[-size:] if is_end else run[:size] for size in range(len(run), 0, -1)]
    known = next((part for part in parts if is_named(_text(part), places)), None)
    if known is not None or not run:
        return known or ()
    beside = parts[-1][0]
    is_level = beside.box.top < unit.box.bottom and unit.box.top < beside.box.bottom
    return (beside,) if is_level else ()


def _text(words: _Name) -> str:
    return " ".join(word.text.strip(SIGNS) for word in words)
