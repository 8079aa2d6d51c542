"""Captions: what belongs on a line, printed below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, eq=False)
class Caption:
    """Lines ``start`` to ``end`` (exclusive) of a page: values and, below them, their caption.

    ``lines`` are the same with the caption first; ``is_bracketed`` tells that it says of
    itself that it is one.
    """

    start: int
    end: int
    lines: tuple[Line, ...]
    is_bracketed: bool


def captions(lines: Sequence[Line], aspect: float, shares: Sequence[float | None]) -> list[Caption]:
    """Return what may be captions: lines of the form's own words right below lines of others.

    Of captions side by side, each comes before what stands above it. ``shares`` are the
    parts of each line's letters that stand in the form's own words, None without letters;
    ``aspect`` is the page's width divided by its height.
    """
    found: list[Caption] = []
    start = 0
    while start < len(lines):
        value_end = _end_of_value(lines, shares, start)
        values = lines[start:value_end]
        end = _end_of_caption(lines, shares, value_end, values) if values else value_end
        if end > value_end:
            first = max(start, value_end - TALLEST)
            turned = _exchanged(lines[first:value_end], lines[value_end:end], aspect)
            found.append(Caption(first, end, tuple(turned), _is_bracketed(lines[value_end])))
        start = max(end, start + 1)
    return found


def captions_first(lines: Sequence[Line], chosen: Iterable[Caption]) -> tuple[Line, ...]:
    """Return the lines with each of these captions before the value that stands above it."""
    ordered, start = list[Line](), 0
    for caption in chosen:
        ordered += [*lines[start : caption.start], *caption.lines]
        start = caption.end
    return (*ordered, *lines[start:])


def _end_of_value(lines: Sequence[Line], shares: Sequence[float | None], start: int) -> int:
    """Return the end of the lines from ``start`` on in which something is written."""
    end = start
    while end < len(lines) and is_written(shares[end]):
        if end > start and not _is_below(lines[end], lines[end - 1]):
            break
        end += 1
    return end


def is_written(share: float | None) -> bool:
    """Tell whether a line of this share of print was written in."""
    return share is not None and share <= WRITTEN


def is_label(share: float | None) -> bool:
    """Tell whether a line of this share of print is print alone."""
    return share is not None and share >= LABEL


def _end_of_caption(
    lines: Sequence[Line], shares: Sequence[float | None], start: int, values: Sequence[Line]
) -> int:
    """Return the end of the caption that begins with line ``start``; ``start`` for none.

    It is one line, or all that stands between its brackets.
    """
    if start == len(lines) or not is_label(shares[start]):
        return start
    line, above = lines[start], values[-1]
    if not _is_close(line, above):
        return start
    end = _end_of_brackets(lines, start)
    if _is_bracketed(line) or end == len(lines) or not is_label(shares[end]):
        return end
    nearer = max(line.box.top - above.box.bottom, 0.25 * line.box.height)
    return end if lines[end].box.top - line.box.bottom > APART * nearer else start


def _is_bracketed(line: Line) -> bool:
    return line.text.startswith("(")


def _end_of_brackets(lines: Sequence[Line], start: int) -> int:
    texts = [line.text for line in lines[start : start + TALLEST]]
    if _is_bracketed(lines[start]) and ")" not in texts[0]:
        closed = (n for n, text in enumerate(texts, 1) if text.endswith((")", "),", ").")))
        return start + next(closed, 1)
    return start + 1


def _is_below(line: Line, above: Line) -> bool:
    return _is_close(line, above) and _is_beside(line, above)


def _is_close(line: Line, above: Line) -> bool:
    height = max(line.box.height, above.box.height)
    return -0.5 * height < line.box.top - above.box.bottom < CLOSE * height


def _is_beside(line: Line, above: Line) -> bool:
    return line.box.shares_columns(above.box)


def _exchanged(values: Sequence[Line], caption: Sequence[Line], aspect: float) -> Iterator[Line]:
    runs = _runs(caption[0], aspect)
    if len(caption) > 1 or len(runs) == 1:
        yield from caption
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
