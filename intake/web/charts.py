"""Charts drawn on the server as SVG: no script, readable by a screen reader, sharp at any size.

Every chart has a title and names its numbers in words; colours are classes of
web.css and never the only difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

_WIDTH = 720
_LABEL = 290
_ROW = 30
_BAR = 20
_TALL = 150
_LETTERS_A_LABEL = 32


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a chart: its label, and one number for each series."""

    label: str
    numbers: Sequence[float]


def stacked(title: str, series: Sequence[str], rows: Sequence[Row]) -> SafeString:
    """Return rows of bars side by side, each number a part of its row."""
    most = max((sum(row.numbers) for row in rows), default=0) or 1
    room = _WIDTH - _LABEL - 60
    parts = [_legend(series)]
    for place, row in enumerate(rows):
        top = 30 + place * _ROW
        parts.append(_text(_LABEL - 8, top + 15, _short(row.label), "label end"))
        left = float(_LABEL)
        for number, (name, value) in enumerate(zip(series, row.numbers, strict=True)):
            width = room * value / most
            parts.append(_rect((left, top, width, _BAR), number, f"{row.label}: {name} {value:g}"))
            left += width
        parts.append(_text(left + 6, top + 15, f"{sum(row.numbers):g}", "label"))
    return _svg(title, 40 + len(rows) * _ROW, parts)


def columns(title: str, series: Sequence[str], rows: Sequence[Row]) -> SafeString:
    """Return columns from left to right, one group a row, such as days."""
    most = max((number for row in rows for number in row.numbers), default=0) or 1
    step = _WIDTH / max(len(rows), 1)
    width = step * 0.8 / max(len(series), 1)
    parts = [_legend(series), _text(0, 44, f"{most:g}", "label")]
    for place, row in enumerate(rows):
        for number, (name, value) in enumerate(zip(series, row.numbers, strict=True)):
            height = (_TALL - 20) * value / most
            box = (place * step + number * width, 30 + _TALL - height, width - 1, height)
            parts.append(_rect(box, number, f"{row.label}: {name} {value:g}"))
        parts.append(_text(place * step + step * 0.4, _TALL + 48, row.label, "label middle"))
    return _svg(title, _TALL + 60, parts)


def _svg(title: str, height: float, parts: Sequence[str]) -> SafeString:
    # Every text in the parts was escaped where it was put in.
    return mark_safe(
        f'<svg class="chart" role="img" viewBox="0 0 {_WIDTH} {height:g}" '
        f'aria-label="{escape(title)}"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )


def _legend(series: Sequence[str]) -> str:
    parts, left = [], 0.0
    for number, name in enumerate(series):
        parts.append(_rect((left, 2, 14, 14), number, ""))
        parts.append(_text(left + 20, 14, name, "label"))
        left += 20 + 9 * len(name) + 24
    return "".join(parts)


def _rect(box: tuple[float, float, float, float], series: int, told: str) -> str:
    left, top, width, height = (round(side, 1) for side in box)
    words = f"<title>{escape(told)}</title>" if told else ""
    return (
        f'<rect class="series-{series}" x="{left:g}" y="{top:g}" width="{max(width, 0):g}" '
        f'height="{max(height, 0):g}">{words}</rect>'
    )


def _text(left: float, top: float, words: str, look: str) -> str:
    return f'<text class="{look}" x="{left:g}" y="{top:g}">{escape(words)}</text>'


def _short(label: str) -> str:
    return label if len(label) <= _LETTERS_A_LABEL else f"{label[: _LETTERS_A_LABEL - 1]}…"
