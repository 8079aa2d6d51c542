"""Labels that retyped forms print before a blank in other words than the official form.

form.toml lists them (``labels``). The alignment knows the official wording alone and takes them
for the beginning of the value behind them, or the end of the one before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import takewhile

from intake.alignment.chain import Chain, chain_of_block
from intake.alignment.printed import printed_shares
from intake.alignment.spots import lines_of, spots_of
from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, words_in
from intake.domain.template import FieldKind, FieldRule, Template, Wording, gaps_of
from intake.domain.text import Line, Word

APART = 1.5
"""White between a label and a value beside it, in heights of a letter, at least."""
PRINT, FEW_WORDS = 0.6, 3
"""Share of a line's letters in the form's own words from which it is print, and words of such a
line at least: «района», «айылы» end many a value."""
_WORDED = (
    FieldKind.NAME, FieldKind.ADDRESS, FieldKind.TEXT, FieldKind.ENUM, FieldKind.PERSON,
)  # fmt: skip
_FOLD = str.maketrans("өүңё", "оуне")
"""Letters that readers mix up: «бакчаңын»."""
_DASHES = ("-", "–", "—")
_Word = list[PlacedLetter]


@dataclass(frozen=True, slots=True)
class _Labels:
    """Labels as words, and those words each."""

    whole: frozenset[tuple[str, ...]]
    words: frozenset[str]

    @classmethod
    def of(cls, rules: Iterable[FieldRule]) -> _Labels:
        """Return what stands before the values of some fields."""
        labels = (label.split() for rule in rules for label in rule.labels)
        whole = frozenset(tuple(map(_spelled, label)) for label in labels)
        return cls(whole, frozenset(word for label in whole for word in label))

    def are_in(self, words: Sequence[_Word]) -> bool:
        """Tell whether words of labels are one: two, or a whole one, or with its colon.

        «Мектептин залы» begins with a word of «мектептин аталышы», and has no label.
        """
        if words and words[-1][-1].letter.text == ":":
            return True
        said = [_spelled(word) for word in words if _spelled(word)]
        return len(said) > 1 or tuple(said) in self.whole


def without_own_labels(
    holes: Mapping[str, tuple[Hole, ...]], template: Template, wording: Wording
) -> dict[str, tuple[Hole, ...]]:
    """Return the holes of words without labels at their ends, or beside their lines.

    Nor have they lines of their block's print that the alignment did not find in its place.
    """
    rules = template.fields.values()
    # a school's own words stand before its director's name, and in its own
    known = _Labels.of(rule for rule in rules if rule.kind is not FieldKind.PERSON)
    persons = _Labels.of(rules)
    bare = dict(holes)
    for block in wording.blocks:
        print_ = chain_of_block(block, template.fields)
        for name in gaps_of(block) & holes.keys():
            kind = template.fields[name].kind
            if kind is FieldKind.PERSON:
                above = [_above_print(hole, print_) for hole in holes[name]]
                bare[name] = tuple(
                    _with_room_behind(_without(h, persons, is_person=True), h) for h in above
                )
            elif kind in _WORDED:
                mine = template.fields[name]
                others = (r for r in rules if r is not mine and r.kind is not FieldKind.PERSON)
                own = known.words - _Labels.of(others).words
                above = [_above_print(hole, print_) for hole in holes[name]]
                bare[name] = tuple(_without(hole, known, own) for hole in above)
    return bare


def _without(
    hole: Hole, known: _Labels, own: Set[str] = frozenset(), *, is_person: bool = False
) -> Hole:
    """Leave out labels; of ``own``, the field's, a value may end with («районная библиотека»).

    No person is called as any word of a label.
    """
    words = words_in(hole.letters)
    kept = _beside(_within(words, known, own, is_person=is_person), known.words)
    if len(kept) == len(words):
        return hole
    letters = tuple(placed for word in kept for placed in word)
    return replace(hole, letters=letters, spots=spots_of(letters) or hole.spots)


def _with_room_behind(hole: Hole, whole: Hole) -> Hole:
    """Return a hole of which labels alone were read with the rest of their row for its room.

    The name is far to the right of «Бала бакчанын башчысы», behind the signature.
    """
    if hole.letters or not whole.letters:
        return hole
    label = whole.spots[-1]
    if label.box.right + label.box.height > 1.0:
        return hole
    room = (replace(label, box=replace(label.box, left=label.box.right, right=1.0)),)
    return replace(hole, spots=room, room=room)


def _above_print(hole: Hole, print_: Chain) -> Hole:
    """Leave out the form's own lines behind a value, and all below them; its item's number too."""
    lines = lines_of(hole.letters)
    as_read = [_line(line) for line in lines]
    shares = printed_shares(as_read, print_)
    printed = (n for n, share in enumerate(shares) if n and share is not None and share >= PRINT)
    end = next((n for n in printed if len(as_read[n].words) >= FEW_WORDS), len(lines))
    if end == len(lines):
        return hole
    if end > 1 and _is_number_aside(lines[end - 1], lines[: end - 1]):
        end -= 1
    letters = tuple(placed for line in lines[:end] for placed in line)
    return replace(hole, letters=letters, spots=spots_of(letters))


def _line(letters: Sequence[PlacedLetter]) -> Line:
    words = [
        Word(tuple(p.letter for p in word), Box.around(p.letter.box for p in word), 1.0)
        for word in words_in(letters)
    ]
    return Line(tuple(words), Box.around(word.box for word in words))


def _is_number_aside(line: _Word, above: Sequence[_Word]) -> bool:
    """Tell whether a line is the number of a table's next row, in a column of its own.

    Behind a comma it is a house.
    """
    left = min(placed.letter.box.left for other in above for placed in other)
    height = line[0].letter.box.height
    is_aside = _is_ordinal(line) and line[-1].letter.box.right < left - height
    return is_aside and above[-1][-1].letter.text.isalnum()


def _within(
    words: Sequence[_Word], known: _Labels, own: Set[str], *, is_person: bool
) -> Sequence[_Word]:
    """Leave out the labels at both ends, with their number in a list («1. Наименование: …»).

    A field's own label stands before its value, or in a line below it, of which the print may have
    the rest («Код | по ОКПО»).
    """
    first = 0
    for number, word in enumerate(words):
        if _is_known(word, known.words):
            first = number + 1
        elif _spelled(word) and not (number == 0 and _is_ordinal(word)):
            break
    if is_person:
        first = max(first, _behind_post(words, known.words))
    first = first if is_person or known.are_in(words[:first]) else 0
    last = _end_before(words, first, known.words)
    dashed = last > first and words[last - 1][0].letter.text in _DASHES
    begins = words[last - 1 if dashed else last][0] if last < len(words) else None
    if begins and not begins.starts_line and begins.letter.text != "(":
        last = _end_before(words, first, known.words - own)
    elif begins and dashed:
        last -= 1  # of a list's next row («– Уюмдун ОКПОсу»)
    is_apart = begins is not None and (begins.starts_line or begins.letter.text == "(")
    is_apart |= _is_listed(words, last)  # «…, Код | по ОКПО»
    if is_person or dashed or is_apart or known.are_in(words[last:]):
        return words[first:last]
    return words[first : _end_before(words, first, frozenset())]


def _behind_post(words: Sequence[_Word], known: Set[str]) -> int:
    """Return the number of words of a post before a name, of which the last is a label's.

    «мектеп-интернаттын директору | Ж. Ташматов»: no name begins small.
    """
    small = list(takewhile(lambda word: word[0].letter.text.islower(), words))
    ends = (n for n, word in enumerate(small, 1) if _is_known(word, known) and n < len(words))
    return max(ends, default=0)


def _is_listed(words: Sequence[_Word], at: int) -> bool:
    """Tell whether a word with a capital follows a comma."""
    before = words[at - 1][-1].letter.text if 0 < at < len(words) else ""
    return before == "," and words[at][0].letter.text.isupper()


def _end_before(words: Sequence[_Word], first: int, known: Set[str]) -> int:
    """Return the number of words before the labels, or the next item's number, at the end."""
    last = len(words)
    while last > first and (_is_known(words[last - 1], known) or _begins_item(words[last - 1])):
        last -= 1
    return last


def _beside(words: Sequence[_Word], known: Collection[str]) -> list[_Word]:
    """Leave out labels that stand apart before a line but the first: their own second line."""
    kept: list[_Word] = []
    for number, word in enumerate(words):
        after = words[number + 1] if number + 1 < len(words) else None
        begins = bool(kept) and word[0].starts_line
        if begins and after and _is_known(word, known) and _stand_apart(word, after):
            after[0] = replace(after[0], starts_line=True)
            continue
        kept.append(word)
    return kept


def _stand_apart(one: _Word, other: _Word) -> bool:
    before, after = one[-1].letter.box, other[0].letter.box
    return after.left - before.right > APART * before.width


def _is_known(word: _Word, known: Collection[str]) -> bool:
    """Tell whether a word, or each part of it («юр./факт.»), is one of the labels'."""
    parts = re.findall(r"\w+", "".join(placed.letter.text for placed in word))
    return bool(parts) and (_spelled(word) in known or all(_spelled(p) in known for p in parts))


def _begins_item(word: _Word) -> bool:
    """Tell whether a word is the number of a list's next item («2.»), at the head of its line."""
    signs = "".join(placed.letter.text for placed in word)
    return word[0].starts_line and signs[-1] in ".)" and _is_ordinal(word)


def _is_ordinal(word: _Word) -> bool:
    return all(placed.letter.text.isdigit() or placed.letter.text in ".)" for placed in word)


def _spelled(word: _Word | str) -> str:
    """Return a word's letters and digits, in lower case, without what readers mix up."""
    text = word if isinstance(word, str) else "".join(placed.letter.text for placed in word)
    return "".join(sign for sign in text if sign.isalnum()).casefold().translate(_FOLD)
