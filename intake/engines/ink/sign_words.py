"""The words around signs: options without what was read as their letters, and what is print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from intake.domain.geometry import Box
from intake.domain.text import Letter, Word
from intake.engines.ink.patch import WORK_DPI
from intake.engines.ink.sight import Sight

JOINS = frozenset(("или", "же", "либо"))
"""Words that join two options."""
HIGH = 1.25
"""Height of a box at least, in small letters' heights."""
BROAD, GAP = 1.7, 0.3
"""Width of an outer letter, in its word's usual one, from which a sign may be in its box, and white
beside a sign at least, in small letters' heights."""
LED = 2
"""Letters at the head of a word, beside brackets, that may be a sign; more are the word's own,
unlike the form's."""
_SIGNS = re.compile(r"[\[\](){}|/\\+xхvуy✓√*\W\dЛГПIiltj_]*", re.IGNORECASE)
"""What a reader takes signs for."""
_ITEM = re.compile(r"\d{1,2}[.)]")
"""The number of a list's item."""
_NUMBER = re.compile(r"\d\D*\d\D*\d|\d[2-9]|[2-9]\d")
"""What is a number, of a house or a form: «68/1,», «21». Sides of boxes are read as «11»."""


def without_signs(word: Box, sight: Sight) -> Box:
    """Return an option's word whole, but without signs that its outer letters' boxes reach over."""
    letters = _letters_of(word, sight)
    if len(letters) < 3:
        return word
    begun = next((n for n, letter in enumerate(letters) if letter.box.right > word.left), 0)
    head = "".join(letter.text for letter in letters[:begun]).rpartition("/")[2]
    head = next((head.removeprefix(each) for each in JOINS if head.startswith(each)), head)
    if sum(map(str.isalnum, head)) > LED:
        word = replace(word, left=letters[0].box.left)
    boxes = [letter.box for letter in letters]
    usual = median(box.width for box in boxes)
    first = next(box for box in boxes if box.right > word.left)
    last = next(box for box in reversed(boxes) if box.left < word.right)
    before = _gaps(replace(word, right=first.right), sight) if first.width > BROAD * usual else []
    behind = _gaps(replace(word, left=last.left), sight) if last.width > BROAD * usual else []
    return replace(word, left=max([word.left, *before]), right=min([word.right, *behind]))


def join_at(word: Box, sight: Sight) -> Box | None:
    """Return where «же» stands in what was read as one word with an option: «жеХмектептеги»."""
    letters = _letters_of(word, sight)
    text = "".join(letter.text for letter in letters).casefold()
    size = next((len(each) for each in JOINS if text.startswith(each)), 0)
    own = [letter.box for letter in letters[:size] if letter.box.right < word.right]
    return Box.around(own) if own else None


def behind_options(word: Word, own: Sequence[Box]) -> Iterator[Box]:
    """Yield where print stands read as one word with the option before it («түзүү(ИНН,»)."""
    for option in own:
        if option.shares_row(word.box) and word.box.left < option.right < word.box.right:
            rest = replace(word.box, left=option.right)
            if rest.width / word.box.width * sum(map(str.isalnum, word.text)) > LED:
                yield rest


def items_of(sight: Sight) -> frozenset[Box]:
    """Return the boxes of a list's numbers at the heads of lines («6.», «7.»): no option's sign."""
    heads = [line.words[0] for line in sight.text.lines]
    boxes = {int(h.text[:-1]): h.box for h in heads if _ITEM.fullmatch(h.text)}
    return frozenset(box for n, box in boxes.items() if n - 1 in boxes or n + 1 in boxes)


def may_be_sign(word: Word, sight: Sight) -> bool:
    """Tell whether a word may be a sign: made of such marks, or a letter as high as a box («Ы»)."""
    if _SIGNS.fullmatch(word.text):
        return not _NUMBER.search(word.text)
    least = HIGH * sight.x_height * sight.raster.dpi / WORK_DPI / sight.raster.height
    return word.box.height > least and sum(map(str.isalnum, word.text)) == 1


def _gaps(part: Box, sight: Sight) -> list[float]:
    """Return where white is between ink in a part of a row, wider than between letters."""
    patch = sight.cut(part)
    inked = np.flatnonzero(patch.ink.any(axis=0))
    wide = np.flatnonzero(np.diff(inked) > GAP * sight.x_height)
    share = part.width / max(1, patch.ink.shape[1])
    return [float(part.left + share * (inked[n] + inked[n + 1]) / 2) for n in wide]


def _letters_of(word: Box, sight: Sight) -> list[Letter]:
    """Return the letters of the read word that an option's word is, left to right."""
    x = (word.left + word.right) / 2
    read = (w for w in sight.words if w.box.shares_row(word) and w.box.left <= x <= w.box.right)
    return [letter for each in read for letter in each.letters]
