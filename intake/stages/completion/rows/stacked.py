"""Cells of a list whose labels stand above their values, in one column of the page or in several.

«Наименование / Учреждение «…» / ИНН / 0280…»: small print above what was filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from intake.domain.geometry import Box
from intake.domain.placement import Placement
from intake.domain.text import PageText, Word
from intake.layout.order import parts_of
from intake.stages.completion.page.title import rows_below
from intake.stages.completion.rows.headings import headings_of, is_label
from intake.stages.completion.rows.list_rows import FLUSH

LEAST, MOST = 4, 100
"""Labels with something below them from which a page is such a list, and up to which: no form has
more, and each is held against all of the page."""
APART = 1.5
"""White between two columns, in heights of a line, at least."""
NEXT = 1.4
"""White between a label and its value, or two lines of it, in heights of the upper one, at most."""

_Words = tuple[Word, ...]


def stacked_cells(placement: Placement, texts: Mapping[int, PageText]) -> dict[int, Sequence[Box]]:
    """Return the cells of such lists on a notice's pages, each of a label and its value.

    By number of page; none where there is none.
    """
    headings = headings_of(placement.template)
    found = dict[int, Sequence[Box]]()
    for page, rows in rows_below(placement, texts):
        parts = [p for row in rows for p in parts_of(row.words, texts[page].aspect, APART)]
        boxes = [Box.around(word.box for word in part) for part in parts]
        heads = [is_label(part, headings) and not _holds_value(part) for part in parts]
        labels = [box for box, is_head in zip(boxes, heads, strict=True) if is_head]
        sought = labels if len(labels) <= MOST else []
        values = {label: list(_below(label, boxes, labels)) for label in sought}
        filled = {label: Box.around(value) for label, value in values.items() if value}
        if len(filled) >= LEAST:
            found[page] = [Box.around(pair) for pair in filled.items()]
    return found


def _holds_value(words: _Words) -> bool:
    """Tell whether a value stands behind a label in its own row («5. Приказ по школе: № 72»)."""
    is_signed = any(word.text.endswith(":") for word in words[:-1])
    return is_signed or any(sign.isdigit() for word in words[1:] for sign in word.text)


def _below(label: Box, boxes: Sequence[Box], labels: Sequence[Box]) -> Iterator[Box]:
    """Yield what stands below a label, flush with it, line by line up to the next label."""
    last = label
    flush = (box for box in boxes if abs(box.left - label.left) < FLUSH and box.top > label.top)
    for box in sorted(flush, key=lambda each: each.top):
        if box in labels or box.top - last.bottom > NEXT * last.height:
            return
        yield box
        last = box
