"""Lines and words among a stream's letters, and labels that were read along with a value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

import numpy as np

from intake.alignment.letters import spelled
from intake.alignment.stream import Stream

GUTTER = 3.0
"""White between a label and a value beside it, in widths of their letters, at least."""


def without_labels(
    letters: Sequence[int], stream: Stream, own: Collection[tuple[int, ...]]
) -> list[int]:
    """Leave out the form's own words that stand apart before a line, but the first.

    In a table a label of several lines stands beside a value of several lines, and rows are
    read across. ``own`` are the form's words as codes. A label lies left of where the value begins.
    """
    first, *others = by_line(letters, stream) or [[]]
    if not first:
        return []
    left = stream.letters[first[0]].letter.box.left
    return [*first, *(i for line in others for i in _without_label(line, stream, own, left))]


def _without_label(
    line: Sequence[int], stream: Stream, own: Collection[tuple[int, ...]], left: float
) -> Sequence[int]:
    words = words_of(line, stream)
    label = 0
    while label < len(words) and spelling(words[label], stream) in own:
        label += 1
    if not 0 < label < len(words) or not _stand_apart(words[label - 1], words[label], stream):
        return line
    if stream.letters[words[label - 1][-1]].letter.box.right > left:
        return line  # «орто / билим берүү мектеби»: justified, the name goes on
    return [i for word in words[label:] for i in word]


def _stand_apart(one: Sequence[int], other: Sequence[int], stream: Stream) -> bool:
    """Tell whether wide white stands between two words of a line."""
    boxes = [stream.letters[i].letter.box for i in (*one, *other)]
    wide = float(np.median([box.width for box in boxes]))
    return boxes[len(one)].left - boxes[len(one) - 1].right > GUTTER * wide


def by_line(letters: Sequence[int], stream: Stream) -> list[list[int]]:
    """Return letters line by line."""
    lines: dict[int, list[int]] = defaultdict(list)
    for i in letters:
        lines[int(stream.lines[i])].append(i)
    return list(lines.values())


def words_of(letters: Sequence[int], stream: Stream) -> list[list[int]]:
    """Return letters word by word."""
    words: list[list[int]] = []
    for i in letters:
        if not words or stream.letters[i].starts_word:
            words.append([])
        words[-1].append(i)
    return words


def spelling(word: Sequence[int], stream: Stream) -> tuple[int, ...] | None:
    """Return a word's letters as codes, None for one too short to be told by them."""
    return spelled("".join(stream.letters[i].letter.text for i in word))
