"""From the network's scores to letters: CTC's best path, with confidences and places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from intake.engines.readers.own.model import Scores

BLANK = 0
_ALTERNATIVES = 3
_LEAST = 0.01
"""Alternatives below this probability are left out."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One letter: its frames from ``start`` to ``end`` (exclusive), confidence, other letters.

    ``confidence`` is the probability at its surest frame, less what speaks for
    another letter before it that was not written.
    """

    text: str
    start: int
    end: int
    confidence: float
    alternatives: tuple[tuple[str, float], ...] = ()


def glyphs_of(scores: Scores, alphabet: str) -> list[Glyph]:
    """Return the letters of the best path, spaces among them, left to right."""
    best = scores.argmax(axis=1)
    likely = np.exp(scores)
    glyphs: list[Glyph] = []
    frame, passed = 0, 0
    for kind, members in groupby(best.tolist()):
        end = frame + len(list(members))
        if kind != BLANK:
            doubt = _left_out(likely[passed:frame], best, passed, frame)
            glyphs.append(_glyph(likely, alphabet, kind, (frame, end), doubt))
            passed = end
        frame = end
    return glyphs


def of_one_script(scores: Scores, alphabet: str) -> Scores:
    """Return the scores with every word of one script: Cyrillic or Latin, whichever costs less.

    Letters of one shape («к» and «k») are told apart by their word alone; what
    the other script would have got goes to the letters that are left.
    """
    scripts = np.array([0, *(_script(letter) for letter in alphabet)])
    glyphs = glyphs_of(scores, alphabet)
    for is_word, members in groupby(glyphs, key=lambda glyph: glyph.text.isalpha()):
        word = list(members)
        if is_word and len({_script(glyph.text) for glyph in word}) > 1:
            part = slice(word[0].start, word[-1].end)
            without = [np.where(scripts == other, -np.inf, scores[part]) for other in (1, 2)]
            best = max(without, key=lambda kept: float(kept.max(axis=1).sum()))
            scores = scores.copy()
            scores[part] = best - np.logaddexp.reduce(best, axis=1, keepdims=True)
    return scores


def _script(letter: str) -> int:
    """Return 1 for Latin letters, 2 for Cyrillic ones, 0 for signs and digits."""
    return 0 if not letter.isalpha() else 1 if letter.isascii() else 2


def _glyph(
    likely: Scores, alphabet: str, kind: int, frames: tuple[int, int], doubt: float
) -> Glyph:
    start, end = frames
    peak = likely[start + int(likely[start:end, kind].argmax())]
    others = [int(c) for c in np.argsort(-peak)[: _ALTERNATIVES + 2] if c not in (BLANK, kind)]
    alternatives = tuple(
        (alphabet[c - 1], float(peak[c]))
        for c in others[:_ALTERNATIVES]
        if peak[c] >= _LEAST and alphabet[c - 1] != " "
    )
    confidence = float(peak[kind]) * (1 - doubt)
    return Glyph(alphabet[kind - 1], start, end, min(confidence, 1.0), alternatives)


def _left_out(between: Scores, best: NDArray[np.int64], start: int, end: int) -> float:
    """Return how likely a letter stands in the blank frames between two written ones.

    The written neighbours' own letters do not count: a path may start them
    earlier or end them later and says the same.
    """
    if not len(between):
        return 0.0
    others = between.copy()
    others[:, BLANK] = 0
    for frame in (start - 1, end):
        if 0 <= frame < len(best):
            others[:, best[frame]] = 0
    return float(others.max())


def probability(scores: Scores, classes: Sequence[int]) -> float:
    """Return the probability that these frames say these classes, over all of CTC's paths."""
    labels = np.zeros(2 * len(classes) + 1, dtype=np.int64)
    labels[1::2] = classes
    fresh = np.zeros(len(labels), dtype=bool)  # may follow the letter before without a blank
    fresh[3::2] = labels[3::2] != labels[1:-2:2]
    paths = np.zeros(len(labels))
    paths[:2] = 1.0
    total = 0.0
    for number, frame in enumerate(np.exp(scores[:, labels].astype(np.float64))):
        if number:
            step = paths.copy()
            step[1:] += paths[:-1]
            step[2:] += np.where(fresh[2:], paths[:-2], 0)
            paths = step
        paths *= frame
        share = float(paths.sum())
        if share <= 0:
            return 0.0
        total += float(np.log(share))
        paths /= share
    return float(np.exp(total) * paths[-2:].sum()) if len(classes) else float(np.exp(total))
