"""Where two orders of the same words differ: the bands of a page that may be columns or rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.domain.text import Line, PageText
from intake.layout.order import column_orders, row_order

Order = tuple[Line, ...]
"""Lines as one way of reading a page has them."""


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of a page from edge to edge, in each order that it may be read in.

    The first order is straight across, those after it go column by column.
    """

    orders: tuple[Order, ...]

    @property
    def is_plain(self) -> bool:
        """Whether there is but one order."""
        return len(self.orders) == 1


def bands_of(text: PageText) -> tuple[Band, ...]:
    """Cut a page into the smallest bands that hold the same words in every order."""
    words = [word for line in text.lines for word in line.words]
    orders = [row_order(words, text.aspect), *column_orders(words, text.aspect)]
    bands: list[Band] = []
    starts = ends = [0] * len(orders)
    while ends[0] < len(orders[0]):
        ends = _closed([ends[0] + 1, *ends[1:]], starts, orders)
        parts = [order[a:b] for order, a, b in zip(orders, starts, ends, strict=True)]
        bands.append(Band(_distinct(parts)))
        starts = ends
    return tuple(bands)


def _closed(ends: list[int], starts: Sequence[int], orders: Sequence[Order]) -> list[int]:
    """Return ends moved on until every order has the same words between its start and end."""
    while True:
        held: set[int] = set()
        for order, start, end in zip(orders, starts, ends, strict=True):
            held |= {id(word) for line in order[start:end] for word in line.words}
        moved = [_end_of(order, end, held) for order, end in zip(orders, ends, strict=True)]
        if moved == ends:
            return ends
        ends = moved


def _end_of(order: Order, end: int, held: set[int]) -> int:
    """Return the end behind the last line with any of these words."""
    there = [n for n, line in enumerate(order[end:], end + 1)
             if any(id(word) in held for word in line.words)]  # fmt: skip
    return there[-1] if there else end


def _distinct(orders: Sequence[Order]) -> tuple[Order, ...]:
    """Return the orders that give different texts, in their order."""
    by_text: dict[tuple[str, ...], Order] = {}
    for order in orders:
        by_text.setdefault(tuple(line.text for line in order), order)
    return tuple(by_text.values())


def in_order(bands: Sequence[Band], chosen: Mapping[int, int]) -> tuple[Line, ...]:
    """Return a page's lines with the bands of these numbers in that order, all others across."""
    return tuple(
        line for number, band in enumerate(bands) for line in band.orders[chosen.get(number, 0)]
    )
