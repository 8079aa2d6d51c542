"""Which way up a page is, by reading a few of its lines: slower than shapes, and surer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from intake.domain.geometry import Box
from intake.engines.canvas import Canvas
from intake.engines.glyphs import Glyphs
from intake.engines.orientation import Direction
from intake.engines.raster import Pixels, Raster
from intake.engines.readers import Reader
from intake.engines.skew import Lean
from intake.engines.textlines import chained

_LINES = 4  # read in each direction
_LEAST_LETTERS = 5
_MOST_LETTERS = 45  # of a line are enough
_CLEAR = 0.2  # how much better the right direction reads
_SURE = 0.98
# Tesseract is as sure of words on their head as of others, but makes no words of them. Nine in
# ten pairs of letters in the order's text, names and places of both languages are of these.
_PAIRS = frozenset(
    """
    аб ав аг ад ае аз ай ак ал ам ан ап ар ас ат ац аш ая ба бе би бл бо бр бу бө ва ве ви во вс
    га ги го гу гы да де дж ди до ду ды дө еб ев ег ед ей ек ел ем ен еп ер ес ет жа же жу за зд
    зо зс зү ид ие из ии ий ик ил им ин ип ир ис ит иц ич ия йм йо йы ка ке ки ко кс кт ку кы ла
    лд ле ли лн ло лс лу лы ль ля ма мб мд ме ми мо му мы на нд не ни нн но нс нт ну нч ны нү об
    ов ог од ое оз ой ок ол ом он оо ор ос от ош па пе по пр пу ра рб рг рд ре ри рк рл рм ро рс
    ру ры рү са се си ск сн со сп ст су сы сү та тв те ти тн то тр тт ту ты ть тү уб ук ул ун ур
    ус ут уу уч ую фо це ци ча че чи ша ше шк шы ще ые ыз ый ык ыл ым ын ыр ых ыш ьн юр үз үн үү
    өл өн өр
    """.split()  # noqa: SIM905  # a table, not a list
)


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A flattened page, its spots of print, both angles of its lines, and its resolution."""

    flat: Pixels
    glyphs: Glyphs
    leans: tuple[Lean, Lean]
    dpi: float


def legible_direction(seen: Direction, draft: Draft, reader: Reader) -> Direction:
    """Return the direction, of the one seen and its rivals, in which lines read best.

    The one seen is kept where there is nothing to read.
    """
    turns = (seen.turns, *seen.rivals)
    scores = np.array([_legibility(draft, turn, reader) for turn in turns])
    if len(turns) < 2 or scores.max() == 0.0:
        return seen
    best = int(scores.argmax())
    margin = float(scores[best] - np.delete(scores, best).max())
    confidence = _SURE * min(1.0, margin / _CLEAR)
    return Direction(turns[best], draft.leans[turns[best] % 2].degrees, confidence)


def _legibility(draft: Draft, turns: int, reader: Reader) -> float:
    """Return how much of some lines is usual language, 0..1, after so many quarter turns."""
    canvas = Canvas.over(draft.flat).turned(turns).levelled(draft.leans[turns % 2].degrees)
    picture = Raster(canvas.drawn(draft.flat), draft.dpi)
    boxes, counts = _longest_lines(canvas, draft.glyphs)
    words = [word.text.lower() for line in reader.read_lines(picture, boxes) for word in line.words]
    pairs = [word[at : at + 2] for word in words for at in range(len(word) - 1)]
    usual = sum(pair in _PAIRS for pair in pairs)
    # a line read in part only was no line, or not this way up
    return usual / max(len(pairs), 0.4 * sum(counts), 1.0)


def _longest_lines(canvas: Canvas, glyphs: Glyphs) -> tuple[list[Box], list[int]]:
    """Return boxes of lines, in fractions of the canvas, and how many spots of print each has."""
    middles = canvas.from_source(glyphs.boxes[:, :2] + glyphs.boxes[:, 2:] / 2)
    lines = chained(middles, glyphs.size, _LEAST_LETTERS)
    order = np.argsort(-np.bincount(lines.line))[:_LINES] if lines.count else np.zeros(0, int)
    boxes, counts = [], []
    for index in order:
        mine = np.flatnonzero(lines.line == index)[:_MOST_LETTERS]
        x, y, tall = lines.x[mine], float(np.median(lines.y[mine])), 1.1 * glyphs.size
        boxes.append(
            Box.clipped(
                (x.min() - glyphs.size) / canvas.width, (y - tall) / canvas.height,
                (x.max() + glyphs.size) / canvas.width, (y + tall) / canvas.height,
            )
        )  # fmt: skip
        counts.append(len(mine))
    return boxes, counts
