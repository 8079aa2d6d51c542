"""Lays the official forms over the pages that were read and cuts out the notices' fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.fuzz import ratio

from intake.alignment.align import JUNK_OUTSIDE, align, junk_costs
from intake.alignment.chain import chain_of_block
from intake.alignment.found import BLOCK_ENOUGH, Found, find_best, lay
from intake.alignment.lay import Layer
from intake.alignment.letters import fours
from intake.alignment.own_labels import without_own_labels
from intake.alignment.rows import by_row
from intake.alignment.spots import beside_print
from intake.alignment.stream import Stream, stream_of
from intake.domain.placement import Hole, PlacedLetter, Placement, Spot, words_in
from intake.domain.template import (
    Block,
    FieldKind,
    Template,
    gaps_of,
    required_print_in,
)
from intake.domain.text import PageText
from intake.fields.name_shapes import name_words
from intake.fields.script import letters_only
from intake.stages.order import as_the_form_runs
from intake.stages.traced import (
    above_title,
    has_required,
    placed_fields,
    traces_of,
    unread_addressees,
)

MOST_PAGES = 4
"""Pages that one notice may run over."""
MOST_SHARED = 1.6
"""Shares of the print on two pages that together make more than one notice of them."""
LEAST_ADDED = 0.25
"""Part of a form's print on a page that must be found as the going on of the notice before it."""
JOIN_GAIN = 5.0
"""How much cheaper, in alignment cost, two pages must be together than each alone."""
A_LINE = 90
"""Letters a block that a page may have to need no such gain: «дата 11 августа 2023 г.» alone
ends its notice, and so do director and date."""
A_FOOT = 500
"""Letters of a page that ends a letter, at most: its last sentences, who signs, and when."""
LIKE = 80.0
"""Likeness of a line's beginning to what a block must have, from which it is that."""
FORCED_ENOUGH = 0.5
"""Share of a block's print from which it is there although leaving it out would cost less."""
MOST_NAMES = 4
"""Words of a person's name at most."""
_FREE_TEXT = (FieldKind.NAME, FieldKind.ADDRESS)
_BRIEF = (FieldKind.REGION, FieldKind.DISTRICT, FieldKind.NUMBER, FieldKind.DATE)
_MONTH = re.compile(r"(?<![^\W\d_])(?!жыл|год)[^\W\d_]{3,}", re.IGNORECASE)
_FOUR = 4


@dataclass(frozen=True, slots=True, eq=False)
class _Open:
    """A notice that may run on to the next page; ``whole`` when it is one even without.

    ``shared`` are the pages on which others stand too.
    """

    pages: list[tuple[int, PageText]]
    found: Found
    whole: bool
    shared: frozenset[int] = frozenset()


def match(pages: Iterable[tuple[int, PageText]], forms: Sequence[Template]) -> Iterator[Placement]:
    """Yield the notices on (page number, text) pairs, in page order, pages taken one by one.

    A notice may run on to the next page; a page may hold several. A placement
    is yielded no later than one page after its last page was taken, so a caller
    need keep no more than MOST_PAGES + 1 pages' pictures.
    """
    waiting: _Open | None = None
    for number, text in pages:
        here = [(number, as_the_form_runs(number, text, forms))]
        stream = stream_of(here)
        found = _find_all(stream, forms) or _letter(stream, forms)
        joined = _join(waiting, here, found) if waiting else None
        if joined is not None:
            waiting = joined
            continue
        if waiting and waiting.whole:
            yield _placement(waiting.found, waiting.shared)
        shared = frozenset({number} if len(found) > 1 else ())
        yield from (_placement(each, shared) for each in found[:-1])
        last = found[-1] if found else find_best(stream, forms)
        waiting = _Open(here, last, bool(found), shared) if last else None
    if waiting and waiting.whole:
        yield _placement(waiting.found, waiting.shared)


def _find_all(stream: Stream, forms: Sequence[Template]) -> list[Found]:
    """Return every notice in the stream, in reading order."""
    best = find_best(stream, forms)
    if best is None or not best.is_notice:
        return []
    first, last = best.layer.claimed()
    before = _find_all(stream.part(range(first)), forms) if first > _FOUR else []
    rest = range(last + 1, len(stream))
    after = _find_all(stream.part(rest), forms) if len(rest) > _FOUR else []
    return [*before, best, *after]


def _letter(stream: Stream, forms: Sequence[Template]) -> list[Found]:
    """Return the notice that a page is although the form runs otherwise on it."""
    best = find_best(stream, forms)
    return [best] if best is not None and best.is_letter else []


def _join(waiting: _Open, page: list[tuple[int, PageText]], found: list[Found]) -> _Open | None:
    """Return the notice that runs on from the waiting pages to this one, if it does."""
    before = waiting.found
    pages = [*waiting.pages, *page]
    if len(pages) > MOST_PAGES or (found and before.share + found[0].share > MOST_SHARED):
        return None
    if found and not waiting.whole and _has_title(found[0]):
        return None  # what stands before it, a covering letter, names the same addressee
    together = lay(before.template, before.wording, stream_of(pages))
    if found and together.share - before.share < LEAST_ADDED * found[0].share:
        return None  # a form of its own: the other language's, or another school's
    added = stream_of(page)
    more = _more(before, together, page[0][0])
    dirt = float(junk_costs(added, JUNK_OUTSIDE).sum()) if more else 0.0
    alone = before.cost + (found[0].cost if found else dirt)
    ends_here = 0 < len(added) <= A_LINE * len(more) or (not found and _signs(before, added))
    is_one = together.is_notice or (waiting.whole and together.is_letter)
    if not is_one or (together.cost + JOIN_GAIN > alone and not ends_here):
        return None
    return _Open(pages, together, True, waiting.shared)


def _signs(before: Found, page: Stream) -> bool:
    """Tell whether a short page has the signature that the notice before it lacks.

    In a letter the rest of its prose stands there, too, in other words than the form's.
    """
    closing = [block for block in before.wording.blocks if _is_closing(block, before.template)]
    return 0 < len(page) <= A_FOOT and any(
        _begins_line(block, before.template, page)
        and not _begins_line(block, before.template, before.stream)
        for block in closing
    )


def _begins_line(block: Block, form: Template, stream: Stream) -> bool:
    """Tell whether a line begins with what a block must have («Директор»), or a person's label."""
    rules = [form.fields[name] for name in gaps_of(block)]
    said = [label for rule in rules if rule.kind is FieldKind.PERSON for label in rule.labels]
    wanted = [letters_only(each) for each in (required_print_in(block), *said)]
    lines: dict[int, str] = {}
    for placed, number in zip(stream.letters, stream.lines.tolist(), strict=True):
        lines[number] = lines.get(number, "") + placed.letter.text
    return any(
        ratio(letters_only(line)[: len(each)], each) >= LIKE
        for line in lines.values() for each in wanted if each
    )  # fmt: skip


def _more(before: Found, together: Found, page: int) -> set[str]:
    """Return the blocks that a page adds, or has where a stamp was taken for them before."""
    if not together.blocks >= before.blocks:
        return set()
    asked = {block.name for block in before.wording.blocks if not block.optional}
    here = together.blocks_on(page)
    return here if here & asked else together.blocks - before.blocks


def _has_title(found: Found) -> bool:
    """Tell whether the first word that a form must have stands here."""
    return any(text == found.wording.title for text, _ in found.layer.anchors())


def _placement(found: Found, shared: frozenset[int]) -> Placement:
    options, anchors = found.layer.options(), found.layer.anchors()
    misplaced = _misplaced(found)
    blocks = found.blocks - misplaced
    strayed = list(_strayed(found, blocks))
    kept = _in_prose(found) - {name for name, *_ in strayed}  # better there than nowhere
    blocks, misplaced = blocks | kept, misplaced - kept
    holes = found.layer.holes(gone={letter for _, _, taken in strayed for letter in taken})
    for block in (block for block in found.wording.blocks if block.name in misplaced):
        holes = {name: each for name, each in holes.items() if name not in gaps_of(block)}
    for name, layer, _ in strayed:
        blocks.add(name)
        holes |= _unfilled_first(holes, layer.holes())
        options, anchors = options + layer.options(), anchors + layer.anchors()
    if found.is_strained:
        kinds = {name: rule.kind for name, rule in found.template.fields.items()}
        holes = {
            name: tuple(replace(h, is_aside=not _tells_itself(kinds[name], h)) for h in each)
            for name, each in holes.items()
        }
    return Placement(
        found.template,
        found.wording.language,
        _pages(anchors, holes),
        found.share,
        frozenset(blocks),
        _within_columns(_parted(holes, found), anchors),
        options,
        anchors,
        traces_of(found, blocks),
        unread_addressees(found, blocks),
        shared=shared,
    )


def _tells_itself(kind: FieldKind, hole: Hole) -> bool:
    """Tell whether a value is what it is in whatever words: a name, a date with its month's word.

    Stamps of whoever took the paper in have their dates in figures. Of letters 26 names that
    nothing else speaks against were right, none wrong.
    """
    words = ["".join(placed.letter.text for placed in word) for word in words_in(hole.letters)]
    if kind is FieldKind.PERSON:
        return len(words) <= MOST_NAMES and all(name_words(words))
    return kind is FieldKind.NAME or (kind is FieldKind.DATE and any(map(_MONTH.search, words)))


def _parted(holes: Mapping[str, tuple[Hole, ...]], found: Found) -> dict[str, tuple[Hole, ...]]:
    """Return the holes without labels of retyped forms, each line where it belongs."""
    bare = without_own_labels(holes, found.template, found.wording)
    return without_own_labels(by_row(bare, found.template), found.template, found.wording)


def _within_columns(
    holes: Mapping[str, tuple[Hole, ...]], anchors: Sequence[tuple[str, Spot]]
) -> dict[str, tuple[Hole, ...]]:
    """Return the holes, empty ones without what stands in other columns of their rows."""
    taken = [spot for _, spot in anchors]
    taken += [s for several in holes.values() for h in several if h.letters for s in h.spots]
    return {
        name: tuple(
            hole if hole.letters else replace(
                hole, spots=tuple(beside_print(spot, taken) for spot in hole.spots)
            )
            for hole in several
        )
        for name, several in holes.items()
    }  # fmt: skip


def _strayed(found: Found, blocks: set[str]) -> Iterator[tuple[str, Layer, list[int]]]:
    """Yield the blocks that stand elsewhere on the page than the official form has them.

    Each with the letters that it takes: of what nothing took, or whole lines of what was
    taken for a name or an address.
    """
    junk, text = found.layer.junk(), found.layer.within(_FREE_TEXT)
    placed = placed_fields(found.wording, blocks)
    for block in found.wording.blocks:
        if block.name in blocks or placed & gaps_of(block):
            continue  # the latter is another way of writing what was found
        whole, head = sorted([*junk, *text]), above_title(found, junk)
        foot = _last_page(found) if _is_closing(block, found.template) else []
        ways = ((whole, _alone), (junk, _alone), (head, _forced), (foot, _at_foot))
        for letters, lay_over in ways:
            layer = lay_over(block, found, letters) if len(letters) >= _FOUR else None
            held = layer.taken() if layer else []
            taken = list(letters[held[0] : held[-1] + 1]) if held else []  # brackets too
            if layer and taken and (letters is not whole or _are_lines(taken, found.stream)):
                yield block.name, layer, taken
                placed |= gaps_of(block)
                break


def _alone(block: Block, found: Found, letters: Sequence[int]) -> Layer | None:
    """Lay one block over some letters of the page; None where it does not stand there."""
    return _laid(block, found, letters, BLOCK_ENOUGH)


def _at_foot(block: Block, found: Found, letters: Sequence[int]) -> Layer | None:
    """Lay the block that is signed over some letters, of which little more than its title is left.

    «Директор … А. Асанов», without «(подпись, печать)».
    """
    return _laid(block, found, letters, FORCED_ENOUGH)


def _is_closing(block: Block, form: Template) -> bool:
    return any(form.fields[name].kind is FieldKind.SIGNATURE for name in gaps_of(block))


def _misplaced(found: Found) -> set[str]:
    """Return the block that is signed where it was found in prose, and the foot has it."""
    pages = [placed.page for placed in found.stream.letters]
    last = [n for n, page in enumerate(pages) if page == pages[-1]]
    rest = [n for n, page in enumerate(pages) if page != pages[-1]]
    return _in_prose(found) | {
        block.name for block in found.wording.blocks
        if rest and _is_closing(block, found.template)
        and block.name not in found.blocks_on(pages[-1])
        and _begins_line(block, found.template, found.stream.part(last))
        and not _begins_line(block, found.template, found.stream.part(rest))
    }  # fmt: skip


def _in_prose(found: Found) -> set[str]:
    """Return the block that is signed where it was found in prose above a foot of its own."""
    return {
        block.name for block in found.wording.blocks
        if block.name in found.blocks
        and _is_closing(block, found.template)
        and _is_within_line(block, found)
    }  # fmt: skip


def _is_within_line(block: Block, found: Found) -> bool:
    """Tell whether a block was found in the midst of a line, and a line behind begins with it."""
    print_ = found.layer.printed(*found.chain.blocks[block.name])
    if not print_ or found.stream.letters[print_[0]].starts_line:
        return False
    lines = found.stream.lines.tolist()
    own = [n for n, line in enumerate(lines) if line == lines[print_[0]]]
    behind = [n for n, line in enumerate(lines) if line > lines[print_[-1]]]
    return not _begins_line(block, found.template, found.stream.part(own)) and _begins_line(
        block, found.template, found.stream.part(behind)
    )


def _last_page(found: Found) -> list[int]:
    """Return the letters on the last of several pages; none where there is one."""
    pages = [placed.page for placed in found.stream.letters]
    return [n for n, page in enumerate(pages) if page == pages[-1] != pages[0]]


def _forced(block: Block, found: Found, letters: Sequence[int]) -> Layer | None:
    """Lay a block with places where leaving it out would cost less; None unless all are filled in.

    To leave an addressee out costs less than to read «обл.» for one of its words.
    """
    gaps = gaps_of(block)
    if not any(found.template.fields[name].kind in _BRIEF for name in gaps):
        return None
    layer = _laid(replace(block, optional=False), found, letters, FORCED_ENOUGH)
    held = [letters[n] for n in layer.taken()] if layer else []
    filled = layer.holes() if layer else {}
    are_all = all(any(hole.letters for hole in filled.get(name, ())) for name in gaps)
    # a letterhead's address has the same words amid its lines
    return layer if held and are_all and _are_lines(held, found.stream) else None


def _laid(block: Block, found: Found, letters: Sequence[int], enough: float) -> Layer | None:
    stream = found.stream.part(letters)
    chain = chain_of_block(block, found.template.fields)
    if not has_required(block, fours(stream.codes.tolist())):
        return None
    layer = Layer(chain, stream, align(chain, stream), found.chain.words)
    start, end = chain.blocks[block.name]
    stands = not layer.is_skipped(start, end) and layer.found_share(start, end) >= enough
    return layer if stands else None


def _are_lines(letters: Sequence[int], stream: Stream) -> bool:
    """Tell whether letters are whole lines: a ministry within a school's name is not."""
    first, after = letters[0], letters[-1] + 1
    while after < len(stream) and _is_sign_amid(stream.letters[after]):
        after += 1  # the point of «обл.»
    return stream.letters[first].starts_line and (
        after == len(stream) or stream.letters[after].starts_line
    )


def _is_sign_amid(placed: PlacedLetter) -> bool:
    return not (placed.starts_line or placed.letter.text.isalnum())


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
