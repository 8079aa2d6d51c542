"""Read a straightened page: its letters, in the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from intake.domain.ink import Ink
from intake.domain.placement import Placement, Spot
from intake.domain.text import Line, PageText
from intake.engines.raster import Raster
from intake.engines.readers import Reader
from intake.layout.order import reading_order


@dataclass(frozen=True, slots=True)
class ReadText:
    """The text of one page; ``notes`` are what an operator should know about it."""

    text: PageText
    notes: tuple[str, ...] = ()


def read(grey: Raster, reader: Reader) -> ReadText:
    """Return the page's lines in reading order.

    ``grey`` is the straightened page, height×width; boxes are fractions of it.
    """
    found = reader.read_page(grey)
    words = [word for line in found.lines for word in line.words]
    aspect = grey.width / grey.height
    return ReadText(PageText(reading_order(words, aspect), found.engine, aspect))


def read_again(
    placement: Placement, ink: Ink, greys: Mapping[int, Raster], reader: Reader
) -> dict[str, tuple[Line, ...]]:
    """Read the values of a notice once more, with the reader's second model.

    ``greys`` are the straightened pages by number. Returns, for each field with
    something written in it, one line a spot, without words where nothing was
    read. A value that both readings agree on is surer than either says.
    """
    return {
        field: tuple(_read_spot(spot, greys, reader) for spot in spots)
        for field in placement.holes
        if (spots := _written(placement, ink, field))
    }


def _written(placement: Placement, ink: Ink, field: str) -> tuple[Spot, ...]:
    spots = tuple(spot for h in placement.holes[field] if h.letters for spot in h.spots)
    blank = ink.blanks.get(field)
    if not spots and blank is not None and blank.written:
        return blank.spots
    return spots


def _read_spot(spot: Spot, greys: Mapping[int, Raster], reader: Reader) -> Line:
    return reader.read_lines(greys[spot.page], [spot.box], second=True)[0]
