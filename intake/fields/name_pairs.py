"""Two readings of a person's name: what of the second one is the name, without strokes beside it.

The second reading has the room beside the name too, with signature, seal and rules in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from intake.fields.graded import Written
from intake.fields.name_shapes import INITIAL, SPECKS, is_name_word, name_likeness
from intake.fields.script import letters_only

MOST_ERRORS = 0.2
"""Share of a name's letters that the other reading may have otherwise and still mean it."""
_SHORT_CAPITALS = 4
"""Letters of a word in capitals, at most, that strokes and rims of seals are read as («ЫГА»)."""
_MIXED = re.compile(r"[А-ЯЁӨҮҢA-Z]{2}[^\W\d_]*[а-яёөүң]")
"""Capitals before small letters, as strokes are read («УУИУт»)."""
_INITIAL = re.compile(r"(?:\w\.){1,2}\w?")
"""What may be an initial: «З.» is read as «3.» too."""
_DOTS = re.compile(r"^[\s._:,-]+|[_:,;]+$|(?<=\.)\.+$")
"""A rule's dots and dashes at a word («...Өскөнбай», «Н...»)."""
_COMMA = re.compile(r"(?<![^\W\d_])([^\W\d_]),")
"""A point with a tail after an initial («Б.О,»)."""


def without_dots(text: str) -> str:
    """Return the words of a name without the dots and dashes of the rule that they stand on."""
    words = (_DOTS.sub("", _COMMA.sub(r"\1.", word.strip(SPECKS))) for word in text.split())
    return " ".join(filter(None, words))


def without_strokes(written: Written) -> Written:
    """Return a name whose second reading is free of strokes read as words beside it.

    It is what is nearest to the first reading, where nothing beside it may be a part of the name;
    and none where it has other words and is less like a name.
    """
    if written.second is None:
        return written
    first, second = written.text.split(), written.second.split()
    start, end = _nearest_run(first, second)
    run = second[start:end]
    if run and not any(_may_be_part(word, run) for word in second[:start] + second[end:]):
        return replace(written, second=" ".join(run))
    if len(first) != len(second) and name_likeness(first) > name_likeness(second):
        return replace(written, second=None)
    return written


def with_initial(name: str, second: str | None) -> str:
    """Return a surname with the initial before or behind it that only the second reading has."""
    words = (second or "").split()
    surnames = [word for word in words if not INITIAL.fullmatch(word)]
    for whole, extra in ((words[1:], words[:1]), (words[:-1], words[-1:])):
        is_initial = all(map(INITIAL.fullmatch, extra))
        if name.split() == whole and is_initial and len(surnames) == 1:
            return " ".join(words)
    return name


def has_all_letters(written: Written) -> bool:
    """Tell whether a name's second reading has as many letters as the first: none is lost there."""
    second = written.second or ""
    return len(letters_only(second)) == len(letters_only(written.text))


def _nearest_run(first: Sequence[str], second: Sequence[str]) -> tuple[int, int]:
    """Return where the words begin and end whose letters are nearest to a name's, 0, 0 for none."""
    name = letters_only("".join(first)).casefold()
    best, least = (0, 0), MOST_ERRORS * len(name) + 0.5
    for start in range(len(second)):
        for end in range(start + 1, min(start + len(first) + 2, len(second)) + 1):
            run = letters_only("".join(second[start:end])).casefold()
            errors = Levenshtein.distance(name, run)
            if errors < least:
                best, least = (start, end), errors
    return best


def _may_be_part(word: str, run: Sequence[str]) -> bool:
    """Tell whether a word beside a name may belong to it: an initial, or a word like a name's.

    The name once more, as captions of electronic signatures have it, does not.
    """
    if _INITIAL.fullmatch(word):
        return True
    if word.isupper() and len(word) <= _SHORT_CAPITALS:
        return False
    if _MIXED.search(word):
        return False
    repeated = word.casefold().rstrip(".,:") in {each.casefold() for each in run}
    return is_name_word(word) and not repeated
