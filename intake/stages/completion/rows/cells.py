"""The cells of a notice's ruled tables, with what is written in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from intake.alignment.stream import line_letters
from intake.domain.geometry import Box
from intake.domain.placement import PlacedLetter, Placement
from intake.domain.text import Line, PageText, Word
from intake.layout.order import row_order
from intake.stages.completion.page.title import title_of

BESIDE = 0.5
"""Part of the narrower cell over another from which they stand in one column."""
EDGE = 0.01
"""How far cells may overlap at their edges, as a share of the page."""

Cells = Mapping[int, Sequence[Box]]
"""The cells of each page, by number."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and its lines; ``fields`` that it labels, and how many of its words say so."""

    page: int
    box: Box
    lines: tuple[Line, ...]
    fields: tuple[str, ...] = ()
    label: int = 0

    @property
    def words(self) -> list[Word]:
        """The words of all lines."""
        return [word for line in self.lines for word in line.words]

    @property
    def letters(self) -> tuple[PlacedLetter, ...]:
        """What is written in the cell, the label left out."""
        return self._letters(range(self.label, len(self.words)))

    @property
    def printed(self) -> tuple[PlacedLetter, ...]:
        """The label."""
        return self._letters(range(self.label))

    def _letters(self, chosen: range) -> tuple[PlacedLetter, ...]:
        lines, first = list[Line](), 0
        for line in self.lines:
            kept = tuple(w for n, w in enumerate(line.words, first) if n in chosen)
            lines += [Line(kept, kept[0].box)] if kept else []
            first += len(line.words)
        return tuple(placed for line in lines for placed in line_letters(self.page, line))


def cells_below_title(
    placement: Placement, texts: Mapping[int, PageText], cells: Cells
) -> Iterator[Cell]:
    """Yield the cells that words stand in, from the title on, page by page."""
    for page in placement.pages:
        words = _words_below(placement, texts, page)
        yield from _cells_on(page, texts[page], cells.get(page, ()), words)


def _words_below(placement: Placement, texts: Mapping[int, PageText], page: int) -> list[Word]:
    """Return the words of a page from the title on."""
    title = title_of(placement, texts)
    top = title.box.top if title and title.page == page else 0.0
    return [word for line in texts[page].lines for word in line.words if word.box.bottom > top]


def _cells_on(
    page: int, text: PageText, boxes: Sequence[Box], words: Sequence[Word]
) -> Iterator[Cell]:
    """Yield the cells of a page that words stand in; those within others hold their own alone."""
    held: dict[Box, list[Word]] = {}
    for word in words:
        around = [box for box in boxes if _holds(box, word.box)]
        if around:
            held.setdefault(min(around, key=lambda box: box.width * box.height), []).append(word)
    for box, own in held.items():
        yield Cell(page, box, tuple(row_order(own, text.aspect)))


def _holds(box: Box, word: Box) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def in_column(one: Box, other: Box) -> bool:
    """Tell whether two boxes stand in one column."""
    shared = min(one.right, other.right) - max(one.left, other.left)
    return shared > BESIDE * min(one.width, other.width)
