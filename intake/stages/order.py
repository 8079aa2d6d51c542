"""The order of a page's lines that fits a form best: columns or rows, captions, table cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import permutations

from intake.alignment.found import Found, find_best, lay
from intake.alignment.printed import printed_shares
from intake.alignment.stream import stream_of
from intake.domain.template import Template
from intake.domain.text import Line, PageText
from intake.layout.bands import Band, bands_of, in_order
from intake.layout.captions import Caption, captions, captions_first, is_label, is_written
from intake.layout.cells import TableRow, by_cell, table_rows
from intake.layout.halves import columns, halves

MOST_BANDS = 8
"""How many bands of a page are tried both across and down; noise makes more."""
CAPTION_GAIN = 1.0
"""How much cheaper a caption without brackets read before its value must make the page."""
MOST_CAPTIONS = 10
"""How many captions of a page are tried before and behind what stands above them."""
CELL_GAIN = 0.5
"""How much cheaper a table row read by cell must make the page."""


def as_the_form_runs(number: int, text: PageText, forms: Sequence[Template]) -> PageText:
    """Return the page's lines in the order that fits a form best.

    Where words stand side by side, only the form's own wording tells columns
    (three addressees) from one wide line («Ош          облусунун»). Bands of the
    page are tried one after the other. Two whole notices side by side are read one after the
    other.
    """
    sides = halves(text)
    if sides and all(_is_notice(number, side, forms) for side in sides):
        ordered = [_in_best_order(number, side, forms) for side in sides]
        return replace(text, lines=tuple(line for side in ordered for line in side.lines))
    return _in_best_order(number, text, forms)


def _is_notice(number: int, text: PageText, forms: Sequence[Template]) -> bool:
    found = find_best(stream_of([(number, text)]), forms)
    return found is not None and found.is_notice


@dataclass(frozen=True, slots=True, eq=False)
class _Laid:
    """A page in one order, with the form laid over it."""

    number: int
    text: PageText
    found: Found

    @property
    def cost(self) -> float:
        """What laying the form over this order costs."""
        return self.found.cost

    def over(self, lines: Iterable[Line]) -> _Laid:
        """Return the same form laid over the page's lines in another order."""
        text = replace(self.text, lines=tuple(lines))
        stream = stream_of([(self.number, text)])
        return replace(self, text=text, found=lay(self.found.template, self.found.wording, stream))


def _in_best_order(number: int, text: PageText, forms: Sequence[Template]) -> PageText:
    bands = bands_of(text)
    doubtful = [number for number, band in enumerate(bands) if not band.is_plain]
    down = replace(text, lines=in_order(bands, dict.fromkeys(doubtful, 1)))
    found = find_best(stream_of([(number, down)]), forms)
    if found is None:
        return down
    laid = _by_bands(_Laid(number, down, found), bands, doubtful)
    return _captions_first(_by_table_rows(_by_columns(laid))).text


def _by_bands(down: _Laid, bands: Sequence[Band], doubtful: Sequence[int]) -> _Laid:
    """Return the page with each doubtful band across or down, as the form fits better."""
    best, chosen = down, dict.fromkeys(doubtful, 1)

    def better(*others: dict[int, int]) -> None:
        nonlocal best, chosen
        for other in others:
            tried = best.over(in_order(bands, other))
            best, chosen = (tried, other) if tried.cost < best.cost else (best, chosen)

    if len(doubtful) > 1:  # all of them across, as a start
        better({})
    for band in doubtful[:MOST_BANDS]:
        other = set(range(len(bands[band].orders))) - {chosen.get(band, 0)}
        better(*({**chosen, band: order} for order in sorted(other)))
    return best


def _by_columns(laid: _Laid) -> _Laid:
    """Return the page column by column where a gutter parts it whole and the form fits so better.

    Addressees stand left of the notice, or right of it.
    """
    sides = columns(laid.text) or ()
    turned = [laid.over((*one.lines, *other.lines)) for one, other in permutations(sides, 2)]
    return min([laid, *turned], key=lambda each: each.cost)


def _captions_first(laid: _Laid) -> _Laid:
    """Return the page with captions read before what stands above them, where that fits.

    Offices rule a line to write on and print below what belongs there.
    """
    lines = laid.text.lines
    shares = printed_shares(lines, laid.found.chain)
    every = captions(lines, laid.text.aspect, shares)[:MOST_CAPTIONS]
    if not every:
        return laid

    @cache
    def turned(chosen: frozenset[Caption]) -> _Laid:
        first = captions_first(lines, [caption for caption in every if caption in chosen])
        return laid.over(first) if chosen else laid

    def cost_of(chosen: frozenset[Caption]) -> float:
        return turned(chosen).cost + sum(map(_caption_price, chosen))

    def settled(chosen: frozenset[Caption]) -> frozenset[Caption]:
        """Return what is left or added one by one to some captions."""
        for caption in every:
            chosen = min((chosen, chosen ^ {caption}), key=cost_of)
        return chosen

    # one of a form's captions alone may not pay, nor all where some line is none
    starts = (frozenset[Caption](), frozenset(every))
    return turned(min(map(settled, starts), key=cost_of))


def _caption_price(caption: Caption) -> float:
    return CELL_GAIN if caption.is_bracketed else CAPTION_GAIN


def _by_table_rows(laid: _Laid) -> _Laid:
    """Return the page with labels and values of several lines each read by cell, where that fits.

    It does where more words of the form are found, and where as many are and less is left over
    between the words of a label.
    """
    lines = laid.text.lines
    rows = [(row, by_cell(lines, [row])) for row in table_rows(lines, laid.text.aspect)]
    every = [(laid.over(cells), row) for row, cells in rows if cells != lines]
    fitting = [(alone, row) for alone, row in every if alone.cost <= laid.cost - CELL_GAIN]
    best, chosen = laid, list[TableRow]()
    for alone, row in sorted(fitting, key=lambda one: one[0].cost):
        if any(row.start < other.end and other.start < row.end for other in chosen):
            continue
        tried = laid.over(by_cell(lines, [*chosen, row])) if chosen else alone
        gain = tried.found.share - best.found.share
        is_more = gain > 0 or (gain == 0 and _is_labelled(row, laid.found))
        if is_more and tried.cost <= best.cost - CELL_GAIN:
            best, chosen = tried, [*chosen, row]
    return best


def _is_labelled(row: TableRow, found: Found) -> bool:
    """Tell whether a table row has the form's own words on the left, and others on the right."""
    labels = printed_shares(row.label, found.chain)
    values = printed_shares(row.value, found.chain)
    return all(is_label(share) for share in labels) and any(is_written(share) for share in values)
