"""The rest of values that were cut short in the middle of a word.

The alignment sees letters, not words: a printed word that is not on the page may catch the last
ones of a value («Ак|-Олен»). What belongs to one word of the page belongs to one value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import dropwhile, pairwise, takewhile

from rapidfuzz.fuzz import ratio

from intake.alignment.spots import spots_of
from intake.alignment.stream import line_letters
from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, Placement
from intake.domain.template import FieldKind
from intake.domain.text import Letter, Line, PageText, Word
from intake.fields.address_parts import is_part
from intake.fields.script import letters_only
from intake.stages.completion.names.name_lines import followed, is_free, led, whole_name
from intake.stages.completion.page.unclaimed import ALIKE
from intake.stages.writing import text_of

PRINTED = 75.0
"""Likeness from which the rest of a word is one that the form prints there, run together."""
MOST_LOST = 5
"""Words between an address and its label that print may have caught, at most."""
STREET = 2
"""Words behind a comma among which the one for a street stands («Мектеп көчөсү»)."""
MOST_QUOTED = 8
"""Words within quotes behind a name, at most."""
_OPEN, _CLOSE = '«"“„', ("»", '"', "”")
_ADDRESS = re.compile(r"(?:\w+/)?(?:адрес|даре[гк])\w*:?", re.IGNORECASE)
_REGION = re.compile(r"обл|район|р-н|город|г\.|шаар|ш\.", re.IGNORECASE)
Letters = Sequence[Letter]
_DASHES = ("-", "–")
_WORDS = (
    FieldKind.NAME, FieldKind.ADDRESS, FieldKind.TEXT, FieldKind.PERSON, FieldKind.REGION,
    FieldKind.DISTRICT, FieldKind.ENUM,
)  # fmt: skip


def with_rest(placement: Placement, texts: Mapping[int, PageText]) -> Placement:
    """Return the placement with values that end where a word of the page or a name ends.

    ``texts`` are the notice's pages by number.
    """
    kinds = {name: placement.template.fields[name].kind for name in placement.holes}
    holes = dict(placement.holes)
    for name, several in placement.holes.items():
        taken = [box for other in placement.holes if other != name
                 for box in _boxes(placement.holes[other])]  # fmt: skip
        taken += [spot.box for _, spot in placement.anchors]
        if kinds[name] in _WORDS:
            whole = (_with_words(hole, placement, texts) for hole in several)
            holes[name] = tuple(_with_torn(hole, texts, taken) for hole in whole)
        if kinds[name] is FieldKind.ADDRESS:
            others = [box for other in placement.holes if other != name
                      for box in _boxes(placement.holes[other])]  # fmt: skip
            joined = (_with_between(hole, placement, texts, others) for hole in holes[name])
            headed = (_with_head(hole, texts, others) for hole in joined)
            holes[name] = tuple(_with_street(hole, texts, others) for hole in headed)
        if kinds[name] is FieldKind.NAME:
            others = [box for other in placement.holes if other != name
                      for box in _boxes(placement.holes[other])]  # fmt: skip
            holes[name] = tuple(_with_quoted(hole, texts, others) for hole in holes[name])
        if kinds[name] is FieldKind.PERSON:
            others = [box for other in placement.holes if other != name
                      for box in _boxes(placement.holes[other])]  # fmt: skip
            others += _print_of(placement, texts)
            holes[name] = tuple(
                whole_name(hole, texts, [*others, *_boxes(_others(hole, holes[name]))])
                for hole in holes[name]
            )
    return replace(placement, holes=holes)


def _with_words(hole: Hole, placement: Placement, texts: Mapping[int, PageText]) -> Hole:
    """Return a hole with the letters that its first and last words lack, or the dash at its end."""
    if not hole.letters:
        return hole
    first, last = hole.letters[0], hole.letters[-1]
    before = _beside(first, texts)[0]
    if _has_writing(before) and not _is_printed(before, first.page, placement):
        hole = _joined(hole, first.page, before, at_end=False)
    behind = _beside(last, texts)[1]
    is_more = _has_writing(behind) and not _is_printed(behind, last.page, placement)
    if is_more or "".join(letter.text for letter in behind) in _DASHES:
        hole = _joined(hole, last.page, behind, at_end=True)
    return hole


def _with_head(hole: Hole, texts: Mapping[int, PageText], others: Sequence[Box]) -> Hole:
    """Return an address with the words between its label and what was cut out of it.

    Print that is not on the page may catch whole ones («адрес Нарынская область,| … район»).
    """
    if not hole.letters:
        return hole
    words = list(_words(texts, hole.letters[0].page))
    first = next((n for n, w in enumerate(words) if _holds(w, hole.letters[0].letter)), 0)
    start = first
    while start > max(first - MOST_LOST, 0) and not _ADDRESS.fullmatch(words[start - 1].text):
        start -= 1
    is_labelled = start > 0 and _ADDRESS.fullmatch(words[start - 1].text) is not None
    lost = [*dropwhile(lambda word: not word.text[:1].isupper(), words[start:first])]
    is_place = any(_REGION.match(word.text) for word in lost)
    if not is_labelled or not is_place or any(not is_free(word.box, others) for word in lost):
        return hole
    for word in reversed(lost):
        hole = led(hole, word.letters, starts_line=False)
    return hole


def _with_quoted(hole: Hole, texts: Mapping[int, PageText], others: Sequence[Box]) -> Hole:
    """Return a name with the quoted words right behind it («Детский сад| «Бермет» с. Чаек»).

    Or with the rest of those within which it ends («… школа-гимназия №| 37»»). To be asked about:
    it may go on behind them.
    """
    if not hole.letters:
        return hole
    words = list(_words(texts, hole.letters[-1].page))
    last = next((n for n, w in enumerate(words) if _holds(w, hole.letters[-1].letter)), len(words))
    behind = words[last + 1 : last + 1 + MOST_QUOTED]
    end = next((n for n, w in enumerate(behind, 1) if w.text.rstrip(".,;").endswith(_CLOSE)), 0)
    own = behind[:end]
    text = text_of(hole)
    is_open = text.count("«") > text.count("»") or (bool(own) and own[0].text[0] in _OPEN)
    if not own or not is_open or not all(is_free(w.box, others) for w in own):
        return hole
    for word in own:
        hole = followed(hole, word.letters, starts_line=False)
    return replace(hole, is_aside=True)


def _with_street(hole: Hole, texts: Mapping[int, PageText], others: Sequence[Box]) -> Hole:
    """Return an address that ends with a comma on the page with the street and house behind it.

    A street may be called like what the form prints («Мектеп көчөсү», «мектептеги»).
    """
    if not hole.letters:
        return hole
    page = hole.letters[-1].page
    lines = [line.words for line in texts[page].lines]
    words = [(word, n == 0) for line in lines for n, word in enumerate(line)]
    last = next((n for n, (w, _) in enumerate(words) if _holds(w, hole.letters[-1].letter)), None)
    if last is None or not words[last][0].text.endswith(","):
        return hole
    behind = words[last + 1 : last + 1 + MOST_LOST]
    house = next((n for n, (w, _) in enumerate(behind, 1) if any(map(str.isdigit, w.text))), 0)
    street = [word for word, _ in behind[:house]]
    is_told = any(is_part(word.text) for word in street[:STREET])
    is_told = is_told or (house == 1 and not behind[0][1])  # the house alone, in the same line
    if not is_told or not all(is_free(word.box, others) for word in street):
        return hole
    hole = _joined(hole, page, _beside(hole.letters[-1], texts)[1], at_end=True)
    for word, starts_line in behind[:house]:
        own = takewhile(lambda letter: letter.text != ")", word.letters)
        hole = followed(hole, tuple(own), starts_line=starts_line)
    return hole


def _with_between(
    hole: Hole, placement: Placement, texts: Mapping[int, PageText], others: Sequence[Box]
) -> Hole:
    """Return an address with the words amid it that print had caught («а/о, с.» for «адрес»)."""
    if not hole.letters or hole.letters[0].page != hole.letters[-1].page:
        return hole
    page = hole.letters[0].page
    boxes = {placed.letter.box for placed in hole.letters}

    def is_own(word: Word) -> bool:
        return any(letter.box in boxes for letter in word.letters)

    lines = [line.words for line in texts[page].lines if any(map(is_own, line.words))]
    words = [word for line in lines for word in line]
    ends = [n for n, word in enumerate(words) if is_own(word)]
    amid = words[ends[0] : ends[-1] + 1]
    lost = [word for word in amid if not is_own(word)]
    print_ = [spot.box for _, spot in placement.anchors if spot.page == page]
    caught = any(box.overlap(word.box) > 0 for word in lost for box in print_)
    if (
        not caught
        or len(lost) > MOST_LOST
        or not all(
            is_free(word.box, others) and not _is_printed(word.letters, page, placement)
            for word in lost
        )
    ):
        return hole
    kept = (Line(tuple(word for word in line if word in amid), line[0].box) for line in lines)
    letters = tuple(placed for line in kept for placed in line_letters(page, line))
    return replace(hole, letters=letters, spots=spots_of(letters))


def _with_torn(hole: Hole, texts: Mapping[int, PageText], taken: Sequence[Box]) -> Hole:
    """Return a hole with the other part of a word that a dash at a line's end tears («Ак-|Суу»)."""
    if not hole.letters:
        return hole
    lines = texts[hole.letters[0].page].lines
    for above, below in pairwise(lines):
        torn, rest = above.words[-1], below.words[0]
        is_torn = torn.text.endswith(_DASHES) and rest.text[:1].isupper() and len(torn.text) > 1
        if is_torn and _holds(rest, hole.letters[0].letter) and is_free(torn.box, taken):
            return led(hole, torn.letters, starts_line=True)
        if is_torn and _holds(torn, hole.letters[-1].letter) and is_free(rest.box, taken):
            return followed(hole, rest.letters, starts_line=True)
    return hole


def _beside(placed: PlacedLetter, texts: Mapping[int, PageText]) -> tuple[Letters, Letters]:
    """Return the letters before and behind one in its word of the page."""
    word = next((w for w in _words(texts, placed.page) if _holds(w, placed.letter)), None)
    if word is None:
        return (), ()
    place = next(n for n, each in enumerate(word.letters) if each.box == placed.letter.box)
    return word.letters[:place], word.letters[place + 1 :]


def _has_writing(letters: Letters) -> bool:
    return any(letter.text.isalnum() for letter in letters)


def _words(texts: Mapping[int, PageText], page: int) -> Iterator[Word]:
    return (word for line in texts[page].lines for word in line.words)


def _holds(word: Word, letter: Letter) -> bool:
    return any(each.box == letter.box for each in word.letters)


def _is_printed(rest: Sequence[Letter], page: int, placement: Placement) -> bool:
    """Tell whether letters are a printed word that was read together with the value before it."""
    text = letters_only("".join(letter.text for letter in rest))
    box = Box.around(letter.box for letter in rest)
    here = [word for word, s in placement.anchors if s.page == page and s.box.overlap(box) > 0]
    return any(ratio(letters_only(word), text) > PRINTED for word in here)


def _joined(hole: Hole, page: int, letters: Letters, *, at_end: bool) -> Hole:
    """Return a hole with more letters of its first or last word."""
    place = -1 if at_end else 0
    spots = list(hole.spots)
    box = Box.around((spots[place].box, *(letter.box for letter in letters)))
    spots[place] = replace(spots[place], box=box)
    if at_end:
        more = (PlacedLetter(page, letter, False, False) for letter in letters)
        return replace(hole, letters=(*hole.letters, *more), spots=tuple(spots))
    start, *others = hole.letters
    more = (replace(start, letter=each, starts_word=n == 0) for n, each in enumerate(letters))
    own = replace(start, starts_word=False, starts_line=False)
    return replace(hole, letters=(*more, own, *others), spots=tuple(spots))


def _print_of(placement: Placement, texts: Mapping[int, PageText]) -> Iterator[Box]:
    """Yield the form's words where they are what stands there: «отчество» is no «Викторович»."""
    for text, spot in placement.anchors:
        here = (w for w in _words(texts, spot.page) if spot.box.holds(w.box))
        if any(ratio(letters_only(text), letters_only(word.text)) >= ALIKE for word in here):
            yield spot.box


def _others(hole: Hole, holes: Sequence[Hole]) -> list[Hole]:
    """Return the other holes of a name: what stands in one is not added to the next."""
    return [other for other in holes if other is not hole]


def _boxes(holes: Sequence[Hole]) -> Iterator[Box]:
    return (spot.box for hole in holes if hole.letters for spot in hole.spots)
