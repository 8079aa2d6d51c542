"""What the readings of a text, and the lists of words, say for and against it."""

from __future__ import annotations

import re
from itertools import groupby

from intake.fields.graded import UNKNOWN_CONFIDENCE, Written
from intake.fields.readings import Merged
from intake.fields.script import letters_only
from intake.fields.settling import Settled, Token
from intake.fields.words import Words

_LONE = re.compile(r"(?<!\S)[ёжйлмнңөптүфхцчшщъыьэюя](?![\w.])")
"""A small letter alone that is no word and abbreviates none: a piece of one that was read twice."""

_SHORT = 2
"""Letters of a word that no list can confirm."""


def word_evidence(written: Written, merged: Merged, words: Words, doubts: int) -> dict[str, float]:
    """Say what the readings and the lists of words hold of a text.

    ``words_unknown`` counts what neither knows: words that no list has, unless both readings
    have them alike and no list has a likely other one. ``agree``: nothing was left to settle;
    ``disputed_min``: how sure the first reader is of its least sure sign where they differ, where
    it errs less than the other.
    """
    tokens = re.findall(r"[^\W\d_]{2,}(?:-[^\W\d_]+)*", merged.text)
    agreed = agreed_words(merged)
    known = sum(is_sound(token, agreed, words) for token in tokens)
    lone = len(_LONE.findall(merged.text))
    settled = {f"settled_{how}": float(merged.count(how)) for how in Settled}
    if not written.prefers_second:
        settled["disputed_min"] = _surest_in_dispute(merged, written)
    same = merged.second is not None and merged.count(Settled.SAME) == len(merged.tokens)
    return settled | {
        "words": float(len(tokens)),
        "words_known": known / len(tokens) if tokens else 0.0,
        "words_unknown": float(len(tokens) - known + lone),
        "doubts": float(doubts),
        "near_known": float(sum(not words.knows(t) and bool(words.neighbour(t)) for t in tokens)),
        "odd_marks": float(len(re.findall(r"[^\W\d_]{5,}\.(?=\s)|[;:+=]", merged.text))),
        "agree": float(same),
        "short_disputed": float(any(map(_is_short_dispute, merged.tokens))),
    }


def _is_short_dispute(token: Token) -> bool:
    """Tell whether the readings have other short words: any two letters are a word («КР», «КВ»)."""
    return token.how is Settled.UNRESOLVED and 0 < len(letters_only(token.text)) <= _SHORT


def _surest_in_dispute(merged: Merged, written: Written) -> float:
    """Return the first reader's least confidence in the words that were not read alike, else 1."""
    sure: dict[str, float] = {}
    for is_space, signs in groupby(written.glyphs(), key=lambda glyph: glyph.text.isspace()):
        if not is_space:
            word = list(signs)
            name = letters_only("".join(glyph.text for glyph in word))
            sure[name] = min(sure.get(name, 1.0), *(glyph.confidence for glyph in word))
    disputed = [token for token in merged.tokens if token.how is not Settled.SAME]
    parts = [part for token in disputed for part in (token.text or token.other).split()]
    return min((sure.get(letters_only(part), UNKNOWN_CONFIDENCE) for part in parts), default=1.0)


def agreed_words(merged: Merged) -> frozenset[str]:
    """Return the words, in lower case, that both readings have alike."""
    if merged.second is None:
        return frozenset()
    alike = " ".join(token.text for token in merged.tokens if token.how is Settled.SAME)
    return frozenset(re.findall(r"[^\W\d_]{2,}(?:-[^\W\d_]+)*", alike.casefold()))


def is_sound(word: str, agreed: frozenset[str], words: Words) -> bool:
    """Tell whether a word is known, or read alike twice and no known one but for a letter's shape.

    Two engines that err in the same letter took its shape for another's.
    """
    return words.knows(word) or (word.casefold() in agreed and not words.look_alike(word))
