"""Lays the official forms over the pages that were read and cuts out the notices' fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from intake.alignment.align import JUNK_OUTSIDE, junk_costs
from intake.alignment.found import Found, find_best, lay
from intake.alignment.own_labels import without_own_labels
from intake.alignment.rows import by_row
from intake.alignment.spots import beside_print
from intake.alignment.stream import Stream, stream_of
from intake.domain.geometry import Box
from intake.domain.placement import Hole, Placement, Spot, TitledPage, words_in
from intake.domain.template import FieldKind, Template, gaps_of
from intake.domain.text import PageText
from intake.fields.name_shapes import name_words
from intake.stages.order import as_the_form_runs
from intake.stages.strayed import (
    begins_line,
    blocks_in_prose,
    is_closing,
    misplaced_blocks,
    strayed_blocks,
)
from intake.stages.traced import traces_of, unread_addressees

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
MOST_NAMES = 4
"""Words of a person's name at most."""
_MONTH = re.compile(r"(?<![^\W\d_])(?!жыл|год)[^\W\d_]{3,}", re.IGNORECASE)
_FOUR = 4
Letters = frozenset[Box]
"""Letters of a page, by their boxes."""


@dataclass(frozen=True, slots=True, eq=False)
class _Open:
    """A notice that may run on to the next page; ``whole`` when it is one even without.

    ``pages`` are without the ``others``: letters of other notices on its first page.
    """

    pages: list[tuple[int, PageText]]
    found: Found
    whole: bool
    others: Letters = frozenset()


def match(
    pages: Iterable[tuple[int, PageText]], forms: Sequence[Template]
) -> Iterator[Placement | TitledPage]:
    """Yield the notices on (page number, text) pairs, in page order, pages taken one by one.

    And the pages that bear a form's title and are none: a person should look at them.

    A notice may run on to the next page; a page may hold several. A placement
    is yielded no later than one page after its last page was taken, so a caller
    need keep no more than MOST_PAGES + 1 pages' pictures.
    """
    waiting: _Open | None = None
    for number, text in pages:
        here = [(number, as_the_form_runs(number, text, forms))]
        stream = stream_of(here)
        several = _apart(_find_all(stream, forms), stream)
        found = [each for each, _ in several] or _letter(stream, forms)
        joined = _join(waiting, here, found) if waiting else None
        if joined is not None:
            waiting = joined
            continue
        yield from _ended(waiting)
        yield from (_placement(each, {number: others}) for each, others in several[:-1])
        last = found[-1] if found else find_best(stream, forms)
        others = several[-1][1] if several else frozenset()
        own = [(at, page.without(others)) for at, page in here]
        waiting = _Open(own, last, bool(found), others) if last else None
    yield from _ended(waiting)


def _ended(waiting: _Open | None) -> Iterator[Placement | TitledPage]:
    if waiting and waiting.whole:
        yield _placement(waiting.found, {waiting.pages[0][0]: waiting.others})
    elif waiting and waiting.found.is_titled:
        yield TitledPage(waiting.pages[0][0])


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


def _apart(found: Sequence[Found], stream: Stream) -> list[tuple[Found, Letters]]:
    """Return each notice of a page laid over what no other holds, with what the others hold."""
    if len(found) == 1:
        return [(found[0], frozenset())]
    held = [_held(each) for each in found]
    apart = []
    for number, each in enumerate(found):
        others = frozenset[Box]().union(*held[:number], *held[number + 1 :])
        own = [n for n, p in enumerate(stream.letters) if p.letter.box not in others]
        apart.append((lay(each.template, each.wording, stream.part(own)), others))
    return apart


def _held(found: Found) -> Letters:
    """Return the boxes of all letters from a notice's first printed one to its last."""
    first, last = found.layer.claimed()
    return frozenset(placed.letter.box for placed in found.stream.letters[first : last + 1])


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
    return _Open(pages, together, True, waiting.others)


def _signs(before: Found, page: Stream) -> bool:
    """Tell whether a short page has the signature that the notice before it lacks.

    In a letter the rest of its prose stands there, too, in other words than the form's.
    """
    closing = [block for block in before.wording.blocks if is_closing(block, before.template)]
    return 0 < len(page) <= A_FOOT and any(
        begins_line(block, before.template, page)
        and not begins_line(block, before.template, before.stream)
        for block in closing
    )


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


def _placement(found: Found, others: Mapping[int, Letters]) -> Placement:
    options, anchors = found.layer.options(), found.layer.anchors()
    misplaced = misplaced_blocks(found)
    blocks = found.blocks - misplaced
    strayed = list(strayed_blocks(found, blocks))
    kept = blocks_in_prose(found) - {name for name, *_ in strayed}  # better there than nowhere
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
        others={page: letters for page, letters in others.items() if letters},
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
