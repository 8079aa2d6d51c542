"""Read a straightened page: its letters, in the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from statistics import mean

from intake.domain.geometry import Box
from intake.domain.text import Line, PageText, Word
from intake.engines.letter_boxes import on_ink
from intake.engines.letter_shapes import (
    alone_in_cells,
    letter_shapes,
    rows_passed_over,
    without_dots,
    without_lines,
)
from intake.engines.line_finder import print_of
from intake.engines.raster import Raster
from intake.engines.readers import Reader
from intake.engines.readers.digits import without_mistaken
from intake.engines.readers.word_shapes import shape_confidence
from intake.engines.table_cells import cells_of
from intake.layout.digit_boxes import with_joined_digits, with_parted_numbers
from intake.layout.order import reading_order
from intake.layout.spaces import with_spaces
from intake.stages.check import Doubt, check


@dataclass(frozen=True, slots=True)
class ReadText:
    """The text of one page.

    ``grey`` is the page as it was read, without dotted rules; ``cells`` those of its
    ruled tables; ``notes`` are what an operator should know about it; ``doubts`` are
    words of the file's own text that the picture contradicts: values there are in
    conflict, and ``text`` is what the picture says.
    """

    text: PageText
    grey: Raster
    cells: tuple[Box, ...] = ()
    notes: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


LAYER_CONTRADICTED = "the file's own text was not used: the picture says otherwise"
FEWEST_LETTERS = 12
"""Letter-sized shapes below which a page is taken for blank: its grain is not read."""
FULL = 10
"""Letters of a line that tells how far the page's text reaches."""
PUNCHED = 2
"""Letters, at most, that a punched hole or a clip beside the text is read as."""
PLAUSIBLE = 0.6
"""Mean confidence from which a row that the engine had passed over is believed."""


def read(grey: Raster, reader: Reader, layer: PageText | None = None) -> ReadText:
    """Return the page's lines in reading order.

    ``grey`` is the straightened page, height×width; boxes are fractions of it.
    ``layer`` is the text that the file itself carries for this page, with boxes
    on the straightened page: it is taken, without reading the page, when no
    word of it is contradicted by the picture.
    """
    doubts = check(layer, grey, reader) if layer is not None else ()
    grey = without_dots(grey)
    aspect = grey.width / grey.height
    if layer is not None and not doubts:
        words = [word for line in layer.lines for word in line.words]
        lines = _lines_of(words, aspect)
        return ReadText(PageText(lines, layer.engine, aspect), grey, cells_of(grey))
    picture = _read_picture(grey, reader, aspect)
    if layer is None:
        return picture
    return replace(picture, notes=(*picture.notes, LAYER_CONTRADICTED), doubts=doubts)


def _read_picture(grey: Raster, reader: Reader, aspect: float) -> ReadText:
    shapes = letter_shapes(grey)
    if len(shapes) < FEWEST_LETTERS:
        return ReadText(PageText((), reader.name, aspect), grey, notes=("blank page",))
    found = reader.read_page(grey)
    words = [word for line in found.lines for word in line.words]
    sure = _sure_words(words)
    passed_over = rows_passed_over(shapes, [word.box for word in sure])
    unread: list[Box] = []
    if passed_over:
        again = list(_read_rows(without_lines(grey), passed_over, reader))
        ink = print_of(grey)  # after them: a page's mask beside its copy takes 10 MB more
        for line in again:
            if not line.words and not any(line.box.holds(word.box) for word in words):
                unread.append(line.box)
            words = with_row(words, on_ink(line, ink))
    words = _without_rim(words, found.lines, aspect)
    cells = cells_of(grey)
    alone = alone_in_cells(shapes, cells, [word.box for word in words])
    for line in reader.read_lines(grey, alone):
        words += [word for word in line.words if _is_sign(word)]
    lines = _lines_of(words, aspect)
    lines = tuple(without_mistaken(lines, partial(reader.read_digits, grey)))
    return ReadText(PageText(lines, found.engine, aspect, tuple(unread)), grey, cells)


def _lines_of(words: Iterable[Word], aspect: float) -> tuple[Line, ...]:
    """Return words as lines, numbers whole and words apart, whatever spaces were read."""
    lines = with_parted_numbers(with_joined_digits(reading_order(words, aspect)))
    return with_spaces(lines, aspect)


def with_row(words: list[Word], again: Line) -> list[Word]:
    """Return a page's words with those of a row that was read again, where that has more letters.

    What it has of words that reach into the row from beside stands there already.
    """
    before = [word for word in words if again.box.holds(word.box)]
    if _letters(again.words) <= _letters(before):
        return words
    kept = [word for word in words if word not in before]
    return kept + [w for w in again.words if not any(k.box.holds(w.box) for k in kept)]


def _read_rows(grey: Raster, rows: Sequence[Box], reader: Reader) -> Iterator[Line]:
    """Yield a line a row: the first reading or else the second, no words where neither is text."""
    for row, line in zip(rows, reader.read_lines(grey, rows), strict=True):
        if _is_plausible(line):
            yield line
        else:  # scribbles read like text too, but their words are not sure
            again = reader.read_lines(grey, [row], second=True)[0]
            sure = _is_plausible(again) and mean(w.confidence for w in again.words) >= PLAUSIBLE
            yield again if sure else Line((), row)


def _sure_words(words: Sequence[Word]) -> list[Word]:
    """Return the words that were really read: not a guess over a seal or over several lines."""
    heights = sorted(word.box.height for word in words if len(word.letters) > 1)
    tallest = 2.0 * heights[len(heights) // 2] if heights else 1.0
    return [w for w in words if w.confidence >= PLAUSIBLE and w.box.height <= tallest]


def _without_rim(words: list[Word], lines: Sequence[Line], aspect: float) -> list[Word]:
    """Return the words but letters that stand alone beside all the text: holes in the paper.

    Beside another word in its line none is alone («21 июля» on a page with few full lines).
    """
    full = [line.box for line in lines if _letters(line.words) >= FULL]
    if not full:
        return words
    height = max(box.height for box in full) / aspect
    left, right = min(box.left for box in full) - height, max(box.right for box in full) + height
    worded = [line.box for line in lines if _letters(line.words) > 2 * PUNCHED]
    return [
        w
        for w in words
        if len(w.letters) > PUNCHED
        or (left < w.box.right and w.box.left < right)
        or any(box.holds(w.box) for box in worded)
    ]


def _letters(words: Sequence[Word]) -> int:
    return sum(letter.text.isalnum() for word in words for letter in word.letters)


def _is_sign(word: Word) -> bool:
    """Tell whether what stands alone in a cell is a letter or digit, and surely."""
    return shape_confidence(word) >= PLAUSIBLE and any(
        letter.text.isalnum() for letter in word.letters
    )


def _is_plausible(line: Line) -> bool:
    letters = [letter for word in line.words for letter in word.letters]
    if len(letters) < 3 or sum(letter.text.isalnum() for letter in letters) < 0.6 * len(letters):
        return False
    return sum(letter.confidence for letter in letters) >= PLAUSIBLE * len(letters)
