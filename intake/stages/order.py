"""The order of a page's lines that fits a form best: columns or rows, captions, table cells."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache
from itertools import permutations

from intake.alignment.found import Found, find_best, lay
from intake.alignment.printed import printed_shares
from intake.alignment.stream import stream_of
from intake.domain.template import Template
from intake.domain.text import PageText
from intake.layout.bands import bands_of, in_order
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


def _in_best_order(number: int, text: PageText, forms: Sequence[Template]) -> PageText:
    bands = bands_of(text)
    doubtful = [number for number, band in enumerate(bands) if not band.is_plain]
    chosen = dict.fromkeys(doubtful, 1)
    down = in_order(bands, chosen, text)
    found = find_best(stream_of([(number, down)]), forms)
    if found is None:
        return down
    least = found.cost

    def better(*others: dict[int, int]) -> None:
        nonlocal chosen, least
        for other in others:
            stream = stream_of([(number, in_order(bands, other, text))])
            cost = lay(found.template, found.wording, stream).cost
            chosen, least = (other, cost) if cost < least else (chosen, least)

    if len(doubtful) > 1:  # all of them across, as a start
        better({})
    for band in doubtful[:MOST_BANDS]:
        better(*({**chosen, band: order} for order in range(len(bands[band].orders))))
    text, least = _by_columns(number, in_order(bands, chosen, text), found, least)
    text = _by_table_rows(number, text, found, least)
    return _captions_first(number, text, found, least)


def _by_columns(number: int, text: PageText, found: Found, least: float) -> tuple[PageText, float]:
    """Return the page column by column where a gutter parts it whole and the form fits so better.

    Addressees stand left of the notice, or right of it.
    """
    sides = columns(text) or ()
    for one, other in permutations(sides, 2):
        turned = replace(text, lines=(*one.lines, *other.lines))
        cost = lay(found.template, found.wording, stream_of([(number, turned)])).cost
        text, least = (turned, cost) if cost < least else (text, least)
    return text, least


def _captions_first(number: int, text: PageText, found: Found, least: float) -> PageText:
    """Return the page with captions read before what stands above them, where that fits.

    Offices rule a line to write on and print below what belongs there.
    """
    shares = printed_shares(text.lines, found.chain)
    every = captions(text.lines, text.aspect, shares)[:MOST_CAPTIONS]
    if not every:
        return text

    def turned(chosen: Collection[Caption]) -> PageText:
        return replace(text, lines=captions_first(text.lines, [c for c in every if c in chosen]))

    @cache
    def cost_of(chosen: frozenset[Caption]) -> float:
        stream = stream_of([(number, turned(chosen))])
        return lay(found.template, found.wording, stream).cost + sum(map(_caption_price, chosen))

    def settled(chosen: frozenset[Caption]) -> tuple[float, frozenset[Caption]]:
        """Return what is left or added one by one to some captions, and what the page costs so."""
        for caption in every:
            chosen = min((chosen, chosen ^ {caption}), key=cost_of)
        return cost_of(chosen), chosen

    # one of a form's captions alone may not pay, nor all where some line is none
    starts = (frozenset[Caption](), frozenset(every))
    cost, chosen = min(map(settled, starts), key=lambda one: one[0])
    return turned(chosen) if chosen and cost < least else text


def _caption_price(caption: Caption) -> float:
    return CELL_GAIN if caption.is_bracketed else CAPTION_GAIN


def _by_table_rows(number: int, text: PageText, found: Found, least: float) -> PageText:
    """Return the page with labels and values of several lines each read by cell, where that fits.

    It does where more words of the form are found, and where as many are and less is left over
    between the words of a label.
    """
    rows = table_rows(text.lines, text.aspect)

    def laid(chosen: Sequence[TableRow]) -> Found:
        lines = by_cell(text.lines, chosen)
        stream = stream_of([(number, replace(text, lines=lines))])
        return lay(found.template, found.wording, stream)

    share, chosen = found.share, list[TableRow]()
    alone = [(laid([row]).cost, row) for row in rows]
    fitting = [(cost, row) for cost, row in alone if cost <= least - CELL_GAIN]
    for _, row in sorted(fitting, key=lambda one: one[0]):
        if any(row.start < other.end and other.start < row.end for other in chosen):
            continue
        tried = laid([*chosen, row])
        is_more = tried.share > share or (tried.share == share and _is_labelled(row, found))
        if is_more and tried.cost <= least - CELL_GAIN:
            chosen, least, share = [*chosen, row], tried.cost, tried.share
    return replace(text, lines=by_cell(text.lines, chosen)) if chosen else text


def _is_labelled(row: TableRow, found: Found) -> bool:
    """Tell whether a table row has the form's own words on the left, and others on the right."""
    labels = printed_shares(row.label, found.chain)
    values = printed_shares(row.value, found.chain)
    return all(is_label(share) for share in labels) and any(is_written(share) for share in values)
