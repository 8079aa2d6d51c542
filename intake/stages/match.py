"""Lays the official forms over the pages that were read and cuts out the notices' fields."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from intake.alignment.align import align
from intake.alignment.chain import Chain, chain_of, chain_of_block
from intake.alignment.lay import Layer
from intake.alignment.letters import ALPHABET, code_of
from intake.alignment.printed import printed_shares
from intake.alignment.stream import Stream, stream_of
from intake.domain.placement import Hole, Placement, Spot
from intake.domain.template import Block, FieldKind, Maybe, Print, Template, Wording, gaps_of
from intake.domain.text import PageText
from intake.layout.bands import bands_of, in_order
from intake.layout.captions import Caption, captions, captions_first
from intake.layout.cells import by_cell

PROMISING = 0.05
"""Share of a wording's letter fours on a page below which it is not worth aligning."""
RIVAL = 0.4
"""Share of the most promising wording's promise below which another is not tried."""
ENOUGH = 0.5
"""Share of the printed letters that must be found for a page to be a notice."""
STRAIN = 0.9
"""The most that laying the form may cost, as a share of omitting all its print.

Drawn notices with 40 % of their letters misread stay below 0.8; letters, charters and the
order's own text come out above 1.1 (tests/stages/test_match.py)."""
BLOCK_ENOUGH = 0.6
MOST_PAGES = 4
"""Pages that one notice may run over."""
MOST_SHARED = 1.6
"""Shares of the print on two pages that together make more than one notice of them."""
LEAST_ADDED = 0.25
"""Part of a form's print on a page that must be found as the going on of the notice before it."""
JOIN_GAIN = 5.0
"""How much cheaper, in alignment cost, two pages must be together than each alone."""
A_LINE = 60
"""Letters a block that a page may have to need no such gain: «дата 11 августа 2023 г.» alone
ends its notice, and so do director and date."""
MOST_BANDS = 8
"""How many bands of a page are tried both across and down; noise makes more."""
NAMED = 0.4
"""Share of a block's letter fours in a name, likewise: «билим берүү» is a third of some."""
TRACED = 0.25
"""Share of a block's letter fours, among what nothing took, from which it may be there unread."""
MOST_TABLE_ROWS = 4
CAPTION_GAIN = 1.0
"""How much cheaper a caption without brackets read before its value must make the page."""
MOST_CAPTIONS = 8
"""How many captions of a page are tried before and behind what stands above them."""
WHOLE = 0.995
CELL_GAIN = 0.5
"""How much cheaper a table row read by cell must make the page."""
_FREE_TEXT = (FieldKind.NAME, FieldKind.ADDRESS)
_FOUR = 4


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """One wording laid over one stream of letters."""

    template: Template
    wording: Wording
    chain: Chain
    stream: Stream
    layer: Layer
    cost: float
    share: float

    @property
    def is_notice(self) -> bool:
        return self.share >= ENOUGH and self.layer.strain() <= STRAIN


@dataclass(frozen=True, slots=True, eq=False)
class _Open:
    """A notice that may run on to the next page; ``whole`` when it is one even without."""

    pages: list[tuple[int, PageText]]
    found: _Found
    whole: bool


def match(pages: Iterable[tuple[int, PageText]], forms: Sequence[Template]) -> Iterator[Placement]:
    """Yield the notices on (page number, text) pairs, in page order, pages taken one by one.

    A notice may run on to the next page; a page may hold several. A placement
    is yielded no later than one page after its last page was taken, so a caller
    need keep no more than MOST_PAGES + 1 pages' pictures.
    """
    waiting: _Open | None = None
    for number, text in pages:
        here = [(number, _as_the_form_runs(number, text, forms))]
        stream = stream_of(here)
        found = _find_all(stream, forms)
        joined = _join(waiting, here, found) if waiting else None
        if joined is not None:
            waiting = joined
            continue
        if waiting and waiting.whole:
            yield _placement(waiting.found)
        yield from map(_placement, found[:-1])
        last = found[-1] if found else _find_best(stream, forms)
        waiting = _Open(here, last, bool(found)) if last else None
    if waiting and waiting.whole:
        yield _placement(waiting.found)


def _as_the_form_runs(number: int, text: PageText, forms: Sequence[Template]) -> PageText:
    """Return the page's lines in the order that fits a form best.

    Where words stand side by side, only the form's own wording tells columns
    (three addressees) from one wide line («Ош          облусунун»). Bands of the
    page are tried one after the other.
    """
    bands = bands_of(text)
    doubtful = [number for number, band in enumerate(bands) if not band.is_plain]
    chosen = dict.fromkeys(doubtful, 1)
    down = in_order(bands, chosen, text)
    found = _find_best(stream_of([(number, down)]), forms)
    if found is None:
        return down
    least = found.cost

    def better(*others: dict[int, int]) -> None:
        nonlocal chosen, least
        for other in others:
            stream = stream_of([(number, in_order(bands, other, text))])
            cost = _lay(found.template, found.wording, stream).cost
            chosen, least = (other, cost) if cost < least else (chosen, least)

    if len(doubtful) > 1:  # all of them across, as a start
        better({})
    for band in doubtful[:MOST_BANDS]:
        better(*({**chosen, band: order} for order in range(len(bands[band].orders))))
    text = _by_table_rows(number, in_order(bands, chosen, text), found, least)
    return _captions_first(number, text, found, least)


def _captions_first(number: int, text: PageText, found: _Found, least: float) -> PageText:
    """Return the page with captions read before what stands above them, where that fits.

    Offices rule a line to write on and print below what belongs there.
    """
    shares = printed_shares(text.lines, found.chain)
    every = captions(text.lines, text.aspect, shares)[:MOST_CAPTIONS]
    if not every:
        return text

    def turned(chosen: Collection[Caption]) -> PageText:
        return replace(text, lines=captions_first(text.lines, [c for c in every if c in chosen]))

    def cost_of(chosen: Collection[Caption]) -> float:
        stream = stream_of([(number, turned(chosen))])
        return _lay(found.template, found.wording, stream).cost + sum(map(_caption_price, chosen))

    cost, chosen = min(
        ((cost_of(some), some) for some in ((), tuple(every))), key=lambda one: one[0]
    )
    for caption in every if len(every) > 1 else ():
        other = tuple({*chosen} ^ {caption})
        cost, chosen = min((cost, chosen), (cost_of(other), other), key=lambda one: one[0])
    return turned(chosen) if chosen and cost < least else text


def _caption_price(caption: Caption) -> float:
    return CELL_GAIN if caption.is_bracketed else CAPTION_GAIN


def _by_table_rows(number: int, text: PageText, found: _Found, least: float) -> PageText:
    """Return the page with labels and values of several lines each read by cell, where that fits.

    Only looked for where words of the form are missing from the text as it runs, and taken
    where more of them are found.
    """
    share = found.share
    for _ in range(MOST_TABLE_ROWS if share < WHOLE else 0):
        others = [replace(text, lines=lines) for lines in by_cell(text.lines, text.aspect)]
        laid = [
            _lay(found.template, found.wording, stream_of([(number, other)])) for other in others
        ]
        fitting = [n for n, one in enumerate(laid)
                   if one.share > share and one.cost <= least - CELL_GAIN]  # fmt: skip
        if not fitting:
            break
        best = min(fitting, key=lambda n: laid[n].cost)
        text, least, share = others[best], laid[best].cost, laid[best].share
    return text


def _find_all(stream: Stream, forms: Sequence[Template]) -> list[_Found]:
    """Return every notice in the stream, in reading order."""
    best = _find_best(stream, forms)
    if best is None or not best.is_notice:
        return []
    first, last = best.layer.claimed()
    before = _find_all(stream.part(range(first)), forms) if first > _FOUR else []
    rest = range(last + 1, len(stream))
    after = _find_all(stream.part(rest), forms) if len(rest) > _FOUR else []
    return [*before, best, *after]


def _find_best(stream: Stream, forms: Sequence[Template]) -> _Found | None:
    promises = [
        (_promise(wording, stream), template, wording)
        for template in forms
        for wording in template.wordings
    ]
    least = max(PROMISING, RIVAL * max((promise for promise, *_ in promises), default=0.0))
    found = [
        _lay(template, wording, stream)
        for promise, template, wording in promises
        if promise >= least
    ]
    return max(found, key=lambda one: one.share, default=None)


def _join(waiting: _Open, page: list[tuple[int, PageText]], found: list[_Found]) -> _Open | None:
    """Return the notice that runs on from the waiting pages to this one, if it does."""
    before = waiting.found
    pages = [*waiting.pages, *page]
    if len(pages) > MOST_PAGES or (found and before.share + found[0].share > MOST_SHARED):
        return None
    together = _lay(before.template, before.wording, stream_of(pages))
    if found and together.share - before.share < LEAST_ADDED * found[0].share:
        return None  # a form of its own: the other language's, or another school's
    alone = before.cost + (found[0].cost if found else 0.0)
    more = _blocks(together) - _blocks(before) if _blocks(together) > _blocks(before) else ()
    ends_here = 0 < len(stream_of(page)) <= A_LINE * len(more)
    if not together.is_notice or (together.cost + JOIN_GAIN > alone and not ends_here):
        return None
    return _Open(pages, together, whole=True)


def _lay(template: Template, wording: Wording, stream: Stream) -> _Found:
    chain = _chain(template, wording)
    alignment = align(chain, stream)
    layer = Layer(chain, stream, alignment)
    share = layer.found_share(0, len(chain.steps))
    return _Found(template, wording, chain, stream, layer, alignment.cost, share)


def _placement(found: _Found) -> Placement:
    options, anchors = found.layer.options(), found.layer.anchors()
    blocks = _blocks(found)
    strayed = list(_strayed(found, blocks))
    holes = found.layer.holes(gone={letter for _, _, taken in strayed for letter in taken})
    for name, layer, _ in strayed:
        blocks.add(name)
        holes |= _unfilled_first(holes, layer.holes())
        options, anchors = options + layer.options(), anchors + layer.anchors()
    return Placement(
        found.template,
        found.wording.language,
        _pages(anchors, holes),
        found.share,
        frozenset(blocks),
        holes,
        options,
        anchors,
        _traces(found, blocks),
    )


def _blocks(found: _Found) -> set[str]:
    """Return the blocks of the wording that were found."""
    return {
        name
        for name, (start, end) in found.chain.blocks.items()
        if not found.layer.is_skipped(start, end)
        and found.layer.found_share(start, end) >= BLOCK_ENOUGH
    }


def _traces(found: _Found, blocks: set[str]) -> frozenset[str]:
    """Return the blocks not found whose letters partly stand among what nothing took.

    In a name, most of them must: many begin with words of an addressee.
    """
    layer = found.layer
    junk = _fours(found.stream.part(layer.junk()).codes.tolist())
    names = _fours(found.stream.part(layer.within((FieldKind.NAME,))).codes.tolist())
    placed = _placed(found.wording, blocks)
    traced = set()
    for block in found.wording.blocks:
        printed = _printed_fours(_print_in(block))
        if block.name in blocks or not printed or placed & gaps_of(block):
            continue
        left_over, in_names = len(printed & junk), len(printed & names)
        if left_over >= TRACED * len(printed) or in_names >= NAMED * len(printed):
            traced.add(block.name)
    return frozenset(traced)


def _placed(wording: Wording, blocks: set[str]) -> set[str]:
    """Return the fields of the blocks that were found."""
    return {name for block in wording.blocks if block.name in blocks for name in gaps_of(block)}


def _strayed(found: _Found, blocks: set[str]) -> Iterator[tuple[str, Layer, list[int]]]:
    """Yield the blocks that stand elsewhere on the page than the official form has them.

    Each with the letters that it takes: of what nothing took, or whole lines of what was
    taken for a name or an address.
    """
    junk, text = found.layer.junk(), found.layer.within(_FREE_TEXT)
    placed = _placed(found.wording, blocks)
    for block in found.wording.blocks:
        if block.name in blocks or placed & gaps_of(block):
            continue  # the latter is another way of writing what was found
        for letters in (sorted([*junk, *text]), junk):
            layer = _alone(block, found, letters) if len(letters) >= _FOUR else None
            held = layer.taken() if layer else []
            taken = list(letters[held[0] : held[-1] + 1]) if held else []  # brackets too
            if layer and taken and (letters is junk or _are_lines(taken, found.stream)):
                yield block.name, layer, taken
                placed |= gaps_of(block)
                break


def _alone(block: Block, found: _Found, letters: Sequence[int]) -> Layer | None:
    """Lay one block over some letters of the page; None where it does not stand there."""
    stream = found.stream.part(letters)
    chain = chain_of_block(block, found.template.fields)
    layer = Layer(chain, stream, align(chain, stream), found.chain.words)
    start, end = chain.blocks[block.name]
    stands = not layer.is_skipped(start, end) and layer.found_share(start, end) >= BLOCK_ENOUGH
    return layer if stands else None


def _are_lines(letters: Sequence[int], stream: Stream) -> bool:
    """Tell whether letters are whole lines: a ministry within a school's name is not."""
    first, after = letters[0], letters[-1] + 1
    return stream.letters[first].starts_line and (
        after == len(stream) or stream.letters[after].starts_line
    )


def _unfilled_first(
    known: Mapping[str, tuple[Hole, ...]], more: Mapping[str, tuple[Hole, ...]]
) -> dict[str, tuple[Hole, ...]]:
    """Return the further holes of fields, in place of those that nothing was found in."""
    kept = {name: [hole for hole in holes if hole.letters] for name, holes in known.items()}
    return {name: (*kept.get(name, ()), *holes) for name, holes in more.items()}


def _pages(
    anchors: tuple[tuple[str, Spot], ...], holes: Mapping[str, tuple[Hole, ...]]
) -> tuple[int, ...]:
    spots = [spot for _, spot in anchors]
    spots += [spot for every in holes.values() for hole in every for spot in hole.spots]
    return tuple(sorted({spot.page for spot in spots}))


@cache
def _printed_fours(text: str) -> frozenset[int]:
    return _fours([code_of(letter) for word in text.split() for letter in word])


def _fours(codes: Sequence[int]) -> frozenset[int]:
    base, size = len(ALPHABET) + 1, len(ALPHABET)
    kept = [code for code in codes if code < size]
    return frozenset(
        ((a * base + b) * base + c) * base + d
        for a, b, c, d in zip(kept, kept[1:], kept[2:], kept[3:], strict=False)
    )


def _promise(wording: Wording, stream: Stream) -> float:
    """Return the share of the wording's runs of four letters that stand somewhere on the page."""
    printed = _printed_fours(_print_of(wording))
    return len(printed & _fours(stream.codes.tolist())) / max(len(printed), 1)


def _print_of(wording: Wording) -> str:
    return " ".join(_print_in(block) for block in wording.blocks if not block.optional)


def _print_in(block: Block) -> str:
    pieces = [
        piece
        for outer in block.pieces
        for piece in (outer.pieces if isinstance(outer, Maybe) else (outer,))
    ]
    return " ".join(piece.text for piece in pieces if isinstance(piece, Print))


_CHAINS: dict[tuple[str, str, str], Chain] = {}


def _chain(template: Template, wording: Wording) -> Chain:
    key = (template.name, template.version, wording.language)
    if key not in _CHAINS:
        _CHAINS[key] = chain_of(wording, template.fields)
    return _CHAINS[key]
