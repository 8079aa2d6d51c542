"""Values over several lines: words that were hyphenated at a line's end put together again."""

from __future__ import annotations

import re

from intake.fields.words import Words

_HYPHENATED = re.compile(r"([^\s\-«»\"(]*)[-‐–]\n([^\s\-«»\",.;:)]*)")


def rejoined(text: str, words: Words) -> str:
    """Return the text on one line; ``\\n`` marks where it broke.

    A hyphen at a line's end stays where it belongs to the word: before a capital
    or digit, behind one («24-б») or a single letter («р-ну»), and between two known words
    («школа-интернат»); else it was only
    put there to break the word.
    """
    return _HYPHENATED.sub(lambda found: _joined(found[1], found[2], words), text).replace(
        "\n", " "
    )


def _joined(first: str, rest: str, words: Words) -> str:
    if rest[:1].islower() and words.knows(first + rest):
        return first + rest
    known = bool(words.spellings(first.lower())) and bool(words.spellings(rest.lower()))
    is_letter = len(first) == 1  # «р-ну»
    if not rest or not rest[0].islower() or known or is_letter or first[-1:].isdigit():
        return f"{first}-{rest}"
    return first + rest
