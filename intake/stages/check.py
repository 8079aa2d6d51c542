"""Check a page's text layer against its picture: a file may say other than what it shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from intake.domain.geometry import Box
from intake.domain.text import Line, PageText, Word
from intake.engines.raster import Raster
from intake.engines.readers import Reader

MOST_LINES = 16
"""Lines that are read: those with digits first, then evenly spread ones. About 15 ms each."""

SURE = 0.9
"""A reader must be this sure of a letter for it to count against the file's."""

CONFIRMED = 0.7
"""Share of the sampled letters that must be seen, else nothing in the layer is believed."""

_LEADERS = "_.…·"
_FOREIGN = frozenset("dfgjlnqrsuvwi@")  # Latin signs without a Cyrillic twin: no model has them
_ALIKE = str.maketrans(
    "ёөүңіїєәaeopcxyzbhkmt3o0lı|i", "еоунііеааеорсхузвнкмтзооіііі"
)  # what no reader tells apart with certainty


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word that stands in the layer and, by every reading of the picture, not on the page."""

    layer: str
    picture: str
    box: Box


def check(layer: PageText, grey: Raster, reader: Reader) -> tuple[Doubt, ...]:
    """Return the words of a layer that the picture contradicts, none where it can be trusted.

    ``layer`` has its boxes on the straightened page ``grey``. A sample of lines is
    read from the picture; a word is doubted only when both of the reader's models
    miss the same letter of it, and name the same sure other one, or a digit. Words
    of which nothing could be read say nothing, unless there are many of them.
    """
    lines = _sample(layer.lines)
    first = reader.read_lines(grey, [line.box for line in lines])
    misses = [_misses(*pair) for pair in zip(lines, first, strict=True)]
    if sum(map(len, misses)) > (1 - CONFIRMED) * sum(len(_folded(line)) for line in lines):
        worst = max(range(len(lines)), key=lambda number: len(misses[number]))
        return (Doubt(lines[worst].text, first[worst].text, lines[worst].box),)
    suspects = [n for n, missed in enumerate(misses) if missed and _tells(lines[n], first[n])]
    second = reader.read_lines(grey, [lines[n].box for n in suspects], second=True)
    return tuple(
        doubt
        for n, other in zip(suspects, second, strict=True)
        for doubt in _doubts(lines[n], first[n], other)
    )


def _tells(line: Line, read: Line) -> bool:
    # words that no reader can read stay believed, numbers never
    return bool(_folded(read)) or any(character.isdigit() for character in line.text)


def _sample(lines: Sequence[Line]) -> list[Line]:
    parts = [part for line in lines for part in _without_leaders(line)]
    numbered = [part for part in parts if sum(c.isdigit() for c in part.text) >= 2]
    others = [part for part in parts if part not in numbered and len(_folded(part)) >= 3]
    room = max(0, MOST_LINES - len(numbered))
    step = max(1, -(-len(others) // room)) if room else len(others) + 1
    return numbered[:MOST_LINES] + (others[::step] if room else [])


def _without_leaders(line: Line) -> Iterator[Line]:
    """Cut a line at its leaders and at wide gaps: a reader does worse with them."""
    run: list[Word] = []
    for word in line.words:
        is_leader = not word.text.strip(_LEADERS)
        if run and (is_leader or word.box.left - run[-1].box.right > 2 * line.box.height):
            yield _joined(run)
            run = []
        if not is_leader:
            run.append(word)
    if run:
        yield _joined(run)


def _joined(words: list[Word]) -> Line:
    return Line(tuple(words), Box.around(word.box for word in words))


def _doubts(line: Line, one: Line, other: Line) -> Iterator[Doubt]:
    missed, again = _misses(line, one), _misses(line, other)
    letters = _folded(line)
    agreed = {place for place in missed.keys() & again.keys()
              if letters[place].isdigit() or missed[place] == again[place] != ""}  # fmt: skip
    start = 0
    for word in line.words:
        end = start + len(_folded(_joined([word])))
        is_legible = not _FOREIGN & set(word.text.lower())
        if is_legible and any(start <= place < end for place in agreed):
            yield Doubt(word.text, one.text, word.box)
        start = end


def _misses(line: Line, read: Line) -> dict[int, str]:
    """Return the places of the layer's letters that were read otherwise, and as what.

    An unsure letter is no evidence; one that was not read at all is ``""``.
    """
    letters, seen, sure = _folded(line), _folded(read), _sureness(read)
    found: dict[int, str] = {}
    for edit in Levenshtein.editops(letters, seen):
        if edit.tag == "delete":
            found[edit.src_pos] = ""
        elif edit.tag == "replace" and sure[edit.dest_pos] >= SURE:
            found[edit.src_pos] = seen[edit.dest_pos]
    return found


def _folded(line: Line) -> str:
    return "".join(letter for letter, _ in _letters(line))


def _sureness(line: Line) -> list[float]:
    return [confidence for _, confidence in _letters(line)]


def _letters(line: Line) -> Iterator[tuple[str, float]]:
    for word in line.words:
        for letter in word.letters:
            for character in letter.text.lower():
                if character.isalnum():
                    yield character.translate(_ALIKE), letter.confidence
