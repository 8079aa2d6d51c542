"""Words to rows: what stands on one baseline, across the whole page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from intake.domain.text import Word

_SHARED, _BESIDE = 0.5, 0.4
"""Part of the lower word's height that must lie beside its neighbour for one row; of one close by,
which may be typed a little above the line that it belongs to."""
_CLOSE = 3.0
"""White between such two, in heights of the lower word, at most."""
TOWERING = 2.2
"""Heights of an ordinary word above which it is a signature more often than a word."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word and its place, in units of the page's height both ways."""

    word: Word
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """How tall it is."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2


Row = list[Piece]


def pieces_of(words: Iterable[Word], aspect: float) -> list[Piece]:
    """Return the words with places in page heights; ``aspect`` is the page's width / height."""
    return [
        Piece(w, w.box.left * aspect, w.box.top, w.box.right * aspect, w.box.bottom) for w in words
    ]


def typical_height(pieces: Sequence[Piece]) -> float:
    """Return the height of an ordinary word: the median of those with several letters."""
    tall = [p.height for p in pieces if len(p.word.letters) > 2]
    return median(tall or [p.height for p in pieces] or [0.0])


def rows_of(pieces: Sequence[Piece]) -> list[Row]:
    """Group words to rows, top to bottom, each left to right.

    Each word joins the row whose nearest word on its left lies most beside it,
    so a row may climb or fall by a small slope without breaking. Specks and
    towering pen strokes come last: they make no one row out of two.
    """
    usual = typical_height(pieces)
    rows: list[Row] = []
    odd = {id(p) for p in pieces if not 0.6 * usual <= p.height <= TOWERING * usual}
    for piece in sorted((p for p in pieces if id(p) not in odd), key=lambda p: p.left):
        _join(piece, [(row, row[-1]) for row in rows], rows)
    for piece in sorted((p for p in pieces if id(p) in odd), key=lambda p: p.left):
        place = _grown(piece, usual) if piece.height < usual else piece
        _join(place, [(row, _nearest(row, place)) for row in rows], rows, piece)
    for row in rows:
        row.sort(key=lambda p: p.left)
    return sorted(rows, key=lambda row: sum(p.middle for p in row) / len(row))


def _join(
    place: Piece, nearest: Sequence[tuple[Row, Piece]], rows: list[Row], piece: Piece | None = None
) -> None:
    """Add the piece (else the place) to the row whose nearest piece lies most beside the place."""
    share, best = 0.0, None
    for row, near in nearest:
        if near.bottom <= place.top or near.top >= place.bottom:
            continue
        if (shared := _shared(near, place)) > share:
            share, best = shared, row
    if best is None or share < (_BESIDE if _is_close(best, place) else _SHARED):
        rows.append([piece or place])
    else:
        best.append(piece or place)


def _is_close(row: Row, place: Piece) -> bool:
    near = _nearest(row, place)
    white = max(place.left - near.right, near.left - place.right)
    return white < _CLOSE * min(near.height, place.height)


def _nearest(row: Row, place: Piece) -> Piece:
    return min(row, key=lambda p: max(p.left - place.right, place.left - p.right))


def _shared(one: Piece, other: Piece) -> float:
    beside = min(one.bottom, other.bottom) - max(one.top, other.top)
    return beside / max(min(one.height, other.height), 1e-9)


def _grown(piece: Piece, usual: float) -> Piece:
    # a comma hangs below its line and a quote above: the room of a whole letter around them
    spare = (usual - piece.height) / 2
    return Piece(piece.word, piece.left, piece.top - spare, piece.right, piece.bottom + spare)
