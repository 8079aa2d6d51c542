"""Which mark each printed option bears, options held against each other and the words around."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from intake.domain.geometry import Box
from intake.domain.ink import Mark, OptionInk
from intake.domain.placement import Placement, PrintedOption
from intake.engines.ink.cells import without_cells
from intake.engines.ink.marks import InkShapes, RowStrokes, ring_ink, strokes_of, word_marks
from intake.engines.ink.patch import Mask, Patch, Rect
from intake.engines.ink.rows import Row, grouped, levelled, measured_rows
from intake.engines.ink.sight import Sight
from intake.engines.ink.ticks import with_ticks
from intake.engines.ink.veil import hidden_by, seal_disc
from intake.engines.ink.verdict import (
    ABSTAINED,
    WHOLE_RING,
    WHOLLY,
    Evidence,
    scores_of,
    verdict,
)
from intake.engines.ink.weight import with_bold

Span = tuple[int, int]

RINGED = 0.6
"""Evidence of a ring from which its strokes are kept out of the rows beside it."""
BESIDE_RING = 0.7
"""Likewise where another option's ring is beyond doubt: its arc runs through the row below."""
CLEAR, CONFIRMED = 0.48, 0.3
"""Score from which a mark shows; part of the doubt that is left where a seal lies over an option
but the same shows without its ink."""
OVERHANG = 1.0
"""How far beside a row's words a rule below them goes on, in small letters' heights."""
LEFT = 0.05
"""Cost of an option's words up to which it surely is the one that was left: struck out words are
hard to read, and which they are is told by the others."""
CLEARLY = -0.05
"""Height of a line's upper edge, in small letters' heights, below which it touches no letter."""
AROUND = 0.45
"""Evidence of a ring from which what underlines an option is a ring's lower arc, likeliest."""
UNEVEN = 0.65
"""Height of a row's small letters, in the usual one, below which it was measured wrong."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One option's words in one row: the row's number, columns, and each word's columns."""

    option: int
    row: int
    span: Span
    words: tuple[Span, ...]


def choice_inks(placement: Placement, sights: Mapping[int, Sight]) -> tuple[OptionInk, ...]:
    """Return the mark at each printed option of the notice, in the placement's order."""
    seen: dict[int, Evidence] = {}
    for page, sight in sights.items():
        here = [n for n, o in enumerate(placement.options) if _page_of(o) == page]
        if here:
            seen.update(
                zip(here, _evidence([placement.options[n] for n in here], sight), strict=True)
            )
    inks = []
    for number, option in enumerate(placement.options):
        rivals = [
            seen[n] for n, o in enumerate(placement.options)
            if n in seen and o.field == option.field and o.option != option.option
        ]  # fmt: skip
        several = placement.template.fields[option.field].several
        ink = verdict(option, seen[number], rivals, several=several)
        left = [o.cost for o in placement.options if o.field == option.field and o != option]
        if ink.mark is Mark.STRUCK and max(left, default=0.0) > LEFT:
            ink = replace(ink, sure=False)
        inks.append(_if_found(option, ink))
    inks = [_if_alike(ink, seen[number], inks) for number, ink in enumerate(inks)]
    of_several = {name for name, rule in placement.template.fields.items() if rule.several}
    # a tick beside an option that was hardly found is as doubtful as a line below it
    ticked = with_ticks(inks, placement.options, sights, of_several)
    pairs = zip(placement.options, ticked, strict=True)
    return with_bold([_if_found(*pair) for pair in pairs], placement.options, sights)


def _if_alike(ink: OptionInk, seen: Evidence, inks: Sequence[OptionInk]) -> OptionInk:
    """Doubt an underlined option where all of the other choices are marked in another way.

    A stroke that is to strike out may hang low, but not below the letters; and a ring's top lies
    below the words of the row above like an underline, but goes not around them.
    """
    mine = {each.mark for each in inks if each.field == ink.field} - {Mark.NONE}
    others = {each.mark for each in inks if each.field != ink.field} - {Mark.NONE}
    if ink.mark is not Mark.UNDERLINED or len(mine) > 1:
        return ink
    may_strike = others == {Mark.STRUCK} and (seen.under < WHOLLY or seen.edge >= CLEARLY)
    may_be_rings = others == {Mark.CIRCLED} and seen.ring < AROUND
    if may_strike:
        return replace(ink, confidence=min(ink.confidence, ABSTAINED), sure=False)
    return replace(ink, sure=False) if may_be_rings else ink


def _if_found(option: PrintedOption, ink: OptionInk) -> OptionInk:
    """Abstain where an option's words were hardly found: it was perhaps looked for elsewhere."""
    if option.is_found:
        return ink
    return replace(ink, confidence=min(ink.confidence, ABSTAINED), sure=False)


def _page_of(option: PrintedOption) -> int:
    """Return the page on which most of an option's words stand."""
    pages = [word.page for word in option.words] or [spot.page for spot in option.spots]
    return max(set(pages), key=pages.count)


def _evidence(options: Sequence[PrintedOption], sight: Sight) -> list[Evidence]:
    spots = [[w.box for w in o.words if w.page == _page_of(o)] for o in options]
    everywhere = Box.around(box for boxes in spots for box in boxes)
    patch = sight.cut(Box.clipped(0.0, *_edges(sight.around(everywhere, 0.0, 9.0, 9.0))))
    # an underline alone is read as a dash: no row of print
    words = [patch.rect(w.box) for w in sight.words if any(map(str.isalnum, w.text))]
    inside = [w for w in words if w[3] > 0 and w[1] < patch.ink.shape[0] and w[2] - w[0] > 2]
    measured = sorted(
        (row for words in grouped(inside) for row in measured_rows(patch, words)),
        key=lambda row: row.baseline,
    )
    patch = without_cells(levelled(patch, measured), measured)
    segments = [
        part
        for number, boxes in enumerate(spots)
        for part in _segments(number, [patch.rect(box) for box in boxes], measured)
    ]
    return _judged(patch, sight, measured, segments, len(options))


def _edges(box: Box) -> tuple[float, float, float]:
    return box.top, 1.0, box.bottom


def _segments(option: int, rects: Sequence[Rect], rows: Sequence[Row]) -> list[Segment]:
    by_row: dict[int, list[Span]] = {}
    for left, top, right, bottom in rects:
        middle = (top + bottom) / 2
        offsets = [abs(middle - (row.top + row.baseline) / 2) for row in rows]
        if offsets:
            by_row.setdefault(int(np.argmin(offsets)), []).append((left, right))
    return [
        Segment(option, row, (min(s[0] for s in spans), max(s[1] for s in spans)), tuple(spans))
        for row, spans in by_row.items()
    ]


def _judged(
    patch: Patch, sight: Sight, rows: Sequence[Row], segments: Sequence[Segment], count: int
) -> list[Evidence]:
    found = _without_rings(patch, patch.ink, rows, segments, count)
    hidden = _stained(patch, sight, rows, segments, count)
    found = [replace(e, stained=h) for e, h in zip(found, hidden, strict=True)]
    if max(hidden, default=0.0) == 0.0:
        return found
    bare = patch.ink & ~hidden_by(sight.seals)(patch)
    again = _without_rings(patch, bare, rows, segments, count)
    return [_confirmed(a, b) for a, b in zip(found, again, strict=True)]


def _confirmed(seen: Evidence, bare: Evidence) -> Evidence:
    """Return evidence less doubted where the same shows without the seals' own ink."""
    if _shown(seen) != _shown(bare):
        return seen
    return replace(seen, stained=CONFIRMED * seen.stained, rule=min(seen.rule, bare.rule))


def _shown(seen: Evidence) -> Mark:
    """Return what shows clearly at an option, before its rivals are heard."""
    scores = scores_of(seen)
    mark = max(scores, key=lambda each: scores[each])
    return mark if scores[mark] >= CLEAR else Mark.NONE


def _without_rings(
    patch: Patch, ink: Mask, rows: Sequence[Row], segments: Sequence[Segment], count: int
) -> list[Evidence]:
    """Weigh the options, those beside a ringed one without the ring's strokes."""
    first = _weighed(patch, ink, rows, segments, count)
    least = BESIDE_RING if max((each.ring for each in first), default=0.0) > WHOLE_RING else RINGED
    ringed = [s for s in segments if first[s.option].ring > least]
    if not ringed:
        return first
    # a ring's upper arc underlines the row above it: the others are looked at without it
    rings = np.zeros(ink.shape, np.bool_)
    for each in ringed:
        rings |= ring_ink(patch, rows[each.row], *each.span)
    again = _weighed(patch, ink & ~rings, rows, segments, count)
    return [
        a if a.ring > least else replace(b, lost=max(0.0, a.under - b.under))
        for a, b in zip(first, again, strict=True)
    ]


def _weighed(
    patch: Patch, ink: Mask, rows: Sequence[Row], segments: Sequence[Segment], count: int
) -> list[Evidence]:
    shapes = InkShapes.of(ink)
    strokes = {
        n: strokes_of(patch, shapes, rows[n], _room(rows, n)) for n in {s.row for s in segments}
    }
    rules, white, crowd = _unmarked(strokes, segments)
    usual = float(np.median([row.x_height for row in rows])) if rows else 0.0
    parts: list[list[tuple[Evidence, float]]] = [[] for _ in range(count)]
    for each in segments:
        row = strokes[each.row]
        beyond = float(_goes_beyond(row))
        uneven = float(row.row.x_height < UNEVEN * usual)
        seen = _one(row, each, white, crowd)
        seen = replace(seen, rule=rules[each.row], beyond=beyond, uneven=uneven)
        parts[each.option].append((seen, float(each.span[1] - each.span[0])))
    return [_joined(part) for part in parts]


def _stained(
    patch: Patch, sight: Sight, rows: Sequence[Row], segments: Sequence[Segment], count: int
) -> list[float]:
    """Return the part of each option that a seal covers."""
    covered = np.zeros(count)
    if sight.seal is None or sight.seal.share < 0.45:
        return [0.0] * count
    disc = seal_disc(patch, sight.seal)
    widths = np.full(count, 1e-9)
    for each in segments:
        part = disc[_band(rows[each.row]), max(0, each.span[0]) : max(1, each.span[1])]
        width = each.span[1] - each.span[0]
        covered[each.option] += width * float(part.mean()) if part.size else 0.0
        widths[each.option] += width
    return [float(share) for share in covered / widths]


def _band(row: Row) -> slice:
    return slice(max(0, int(row.top - row.x_height)), max(1, int(row.baseline + row.x_height)))


def _room(rows: Sequence[Row], number: int) -> tuple[float, float]:
    """Return how far above and below a row its marks may be looked for."""
    row = rows[number]
    above = [r.baseline + 0.3 * row.x_height for r in rows[:number] if r.baseline < row.top]
    below = [r.top - 0.6 * row.x_height for r in rows[number + 1 :] if r.top > row.baseline]
    low = max(min(below, default=1e9), row.baseline + 0.6 * row.x_height)
    return max(above, default=-1e9), low


def _unmarked(
    strokes: Mapping[int, RowStrokes], segments: Sequence[Segment]
) -> tuple[dict[int, float], float, float]:
    """Return, per row, how far its other words are underlined; how white print is; how crowded.

    Where rows of print run together, tall strokes stand around unmarked words too.
    """
    rules: dict[int, float] = {}
    whites: list[float] = []
    rings: list[float] = []
    for number, row in strokes.items():
        spans = [s.span for s in segments if s.row == number]
        others = [
            w for w in row.row.words
            if not any(w[0] < right and left < w[2] for left, right in spans)
        ]  # fmt: skip
        marks = [word_marks(row, w[0], w[2]) for w in others if w[2] - w[0] > 2 * row.row.x_height]
        whites += [m.white for m in marks if m.under < 0.3 and m.ring < 0.4]
        rings += [m.ring for m in marks]
        rules[number] = float(np.mean([m.under for m in marks])) if len(marks) > 1 else 0.0
    white = float(np.median(whites)) if whites else 0.1
    return rules, white, float(np.median(rings)) if rings else 0.0


def _goes_beyond(strokes: RowStrokes) -> bool:
    """Tell whether a line below a row goes on beyond its words."""
    words, reach = strokes.row.words, max(1, round(OVERHANG * strokes.row.x_height))
    left, right = min(w[0] for w in words), max(w[2] for w in words)
    beside = (strokes.under[max(0, left - reach) : max(0, left)], strokes.under[right:][:reach])
    return any(bool(part.mean() > 0.5) for part in beside if part.size)


def _one(strokes: RowStrokes, segment: Segment, white: float, crowd: float) -> Evidence:
    """Measure one option's words in one row against unmarked print (see ``_unmarked``)."""
    seen = word_marks(strokes, *segment.span)
    words = [word_marks(strokes, *span) for span in segment.words]
    long = [w.under for w in words if w.columns > 1.8 * strokes.row.x_height]
    through = 1 - min(1.0, seen.white / white) if white > 0.055 else 0.0
    through = min(through, seen.level) if seen.level < 0.5 else max(through, seen.level)
    turn = max(0.0, seen.ring - crowd) / max(0.2, 1 - crowd)
    both = min(seen.under, seen.over)
    ring = max(both * (0.55 + 0.45 * min(1.0, 2 * seen.ends)), turn * (1.0 if both > 0.1 else 0.8))
    return Evidence(
        seen.under,
        max(long, default=0.0),
        ring,
        through,
        seen.height,
        seen.edge,
        rule=0.0,
        stained=0.0,
        tint=seen.tint,
        parted=seen.parted,
        gaps=seen.gaps,
        low=seen.low,
    )


def _joined(parts: Sequence[tuple[Evidence, float]]) -> Evidence:
    """Join an option's rows, each by its width; heights by what is struck through."""
    if not parts:
        return Evidence(0, 0, 0, 0, 0, 0, 0, 0, 0)
    rows, widths = [row for row, _ in parts], [width for _, width in parts]

    def mean(values: Sequence[float]) -> float:
        return float(np.average(values, weights=widths))

    struck = [row.through * width + 1e-6 for row, width in parts]
    return Evidence(
        under=mean([row.under for row in rows]),
        word=max(row.word for row in rows),
        ring=mean([row.ring for row in rows]),
        through=mean([row.through for row in rows]),
        height=float(np.average([row.height for row in rows], weights=struck)),
        edge=float(np.average([row.edge for row in rows], weights=struck)),
        rule=mean([row.rule for row in rows]),
        stained=0.0,
        tint=mean([row.tint for row in rows]),
        beyond=mean([row.beyond for row in rows]),
        uneven=mean([row.uneven for row in rows]),
        parted=mean([row.parted for row in rows]),
        gaps=mean([row.gaps for row in rows]),
        low=mean([row.low for row in rows]),
    )
