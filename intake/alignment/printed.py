"""How much of a line is the form's own print, told by its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rapidfuzz.distance import Levenshtein

from intake.alignment.chain import Chain
from intake.domain.text import Line

ALIKE = 0.8
"""Likeness from which a word is taken for one of the form's."""
LONGEST_ANSWER = 2
"""Words of a written answer («жеке менчик»)."""


def printed_shares(lines: Sequence[Line], chain: Chain) -> list[float | None]:
    """Return the part of each line's letters in the form's own words, one in five misread.

    An answer alone in its line is no print, though the form lists it; nor are single words
    among others: «Чуйская область, Сокулукский район» is an address.
    """
    whole = {_bare(word) for word in (*chain.words, *chain.labels)}
    parts = {part for word in chain.words for part in re.findall(r"\w+", word.casefold())}
    own = (whole | parts) - {""}  # «юридический/фактический» may break at its stroke
    answers = {_bare(chain.words[step.word]) for step in chain.steps if step.option}

    @cache
    def is_printed(word: str) -> bool:
        return word in own or any(
            Levenshtein.normalized_similarity(word, each) >= ALIKE for each in own
        )

    def share(line: Line) -> float | None:
        words = [bare for word in line.words if (bare := _bare(word.text))]
        if not words:
            return None
        is_listed = line.text.endswith((")", "),"))  # the end of the form's list of answers
        if len(words) <= LONGEST_ANSWER and answers.issuperset(words) and not is_listed:
            return 0.0
        printed = [is_printed(word) for word in words]
        if not all(printed):
            before, after = [False, *printed[:-1]], [*printed[1:], False]
            printed = [p and (b or a) for p, b, a in zip(printed, before, after, strict=True)]
        return sum(len(w) for w, p in zip(words, printed, strict=True) if p) / sum(map(len, words))

    return [share(line) for line in lines]


def _bare(word: str) -> str:
    return "".join(sign for sign in word.casefold() if sign.isalnum())
