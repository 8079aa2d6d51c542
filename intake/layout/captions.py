"""Captions: what belongs on a line, printed below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from intake.domain.geometry import Box
from intake.domain.text import Line, Word

LABEL = 0.6
"""Share of a line's letters in the form's own words, from which it is print alone."""
WRITTEN = 0.3
"""That share, up to which something was written in the line."""
CLOSE = 1.5
"""White between a value and what goes on below it, in heights of the line, at most."""
APART = 1.3
"""How much farther what follows a caption stands from it, where that is print too."""
GUTTER = 1.6
"""White between captions side by side, in heights of the line, at least."""
TALLEST = 3
"""Lines that a value above its caption may take, at most."""


def captions_first(
    lines: Sequence[Line], aspect: float, shares: Sequence[float | None]
) -> tuple[Line, ...]:
    """Return the lines with each caption before the value that stands above it.

    A caption is a line of the form's own words right below lines of others; of captions
    side by side, each comes before what stands above it. ``shares`` are the parts of each
    line's letters that stand in the form's own words, None without letters; ``aspect`` is
    the page's width divided by its height.
    """
    ordered: list[Line] = []
    start = 0
    while start < len(lines):
        end = _end_of_value(lines, shares, start)
        if end > start and _is_caption(lines, shares, end):
            first = max(start, end - TALLEST)
            ordered += lines[start:first]
            ordered += _exchanged(lines[first:end], lines[end], aspect)
            start = end + 1
        else:
            end = max(end, start + 1)
            ordered += lines[start:end]
            start = end
    return tuple(ordered)


def _end_of_value(lines: Sequence[Line], shares: Sequence[float | None], start: int) -> int:
    """Return the end of the lines from ``start`` on in which something is written."""
    end = start
    while end < len(lines) and _is_written(shares[end]):
        if end > start and not _is_below(lines[end], lines[end - 1]):
            break
        end += 1
    return end


def _is_written(share: float | None) -> bool:
    return share is not None and share <= WRITTEN


def _is_label(share: float | None) -> bool:
    return share is not None and share >= LABEL


def _is_caption(lines: Sequence[Line], shares: Sequence[float | None], number: int) -> bool:
    if number == len(lines) or not _is_label(shares[number]):
        return False
    above, line = lines[number - 1], lines[number]
    if not _is_below(line, above):
        return False
    if number + 1 == len(lines) or not _is_label(shares[number + 1]):
        return True
    nearer = max(line.box.top - above.box.bottom, 0.25 * line.box.height)
    return lines[number + 1].box.top - line.box.bottom > APART * nearer


def _is_below(line: Line, above: Line) -> bool:
    height = max(line.box.height, above.box.height)
    beside = min(line.box.right, above.box.right) > max(line.box.left, above.box.left)
    return beside and -0.5 * height < line.box.top - above.box.bottom < CLOSE * height


def _exchanged(values: Sequence[Line], caption: Line, aspect: float) -> Iterator[Line]:
    runs = _runs(caption, aspect)
    if len(runs) == 1:
        yield caption
        yield from values
        return
    yield from values[:-1]
    cuts = [(one[-1].box.right + other[0].box.left) / 2 for one, other in pairwise(runs)]
    for run, left, right in zip(runs, [0.0, *cuts], [*cuts, 1.0], strict=True):
        above = [w for w in values[-1].words if left <= (w.box.left + w.box.right) / 2 < right]
        words = (*run, *above)
        yield Line(words, Box.around(word.box for word in words))


def _runs(line: Line, aspect: float) -> list[list[Word]]:
    """Return the words of a line, parted where wide white stands between them."""
    runs = [[line.words[0]]]
    for one, other in pairwise(line.words):
        if (other.box.left - one.box.right) * aspect > GUTTER * line.box.height:
            runs.append([])
        runs[-1].append(other)
    return runs
