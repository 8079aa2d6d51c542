"""Lines of one value that stand in the row of another field's empty blank.

In a table whose labels take several lines, columns are read one after the other, and the values
of two rows follow each other without a word of the form between them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, Spot
from intake.domain.template import FieldKind, Template

Holes = Mapping[str, tuple[Hole, ...]]

LEVEL = 0.6
"""Part of a line's height that stands beside a blank in whose row it is."""
_TAKING = (FieldKind.TEXT, FieldKind.NAME, FieldKind.ADDRESS)
"""Kinds whose values run over lines and may take another's in."""
_GIVEN = (*_TAKING, FieldKind.ENUM, FieldKind.NUMBER)


def by_row(holes: Holes, template: Template) -> dict[str, tuple[Hole, ...]]:
    """Return the holes with the first lines of a value given to the empty blank they stand in."""
    rows = {name: list(several) for name, several in holes.items()}
    for name, several in holes.items():
        if template.fields[name].kind in _TAKING:
            rows[name] = [_given_away(hole, rows, template) for hole in several]
    return {name: tuple(several) for name, several in rows.items()}


def _given_away(hole: Hole, rows: dict[str, list[Hole]], template: Template) -> Hole:
    """Give the lines before the last that stand in another's blank away; return what is left."""
    while len(hole.spots) > 1 and hole.letters:
        first, rest = hole.spots[0], hole.spots[1:]
        taken = tuple(placed for placed in hole.letters if _stands_on(placed, first))
        left = tuple(placed for placed in hole.letters if placed not in taken)
        owner = _owner(first, hole.field, rows, template)
        if owner is None or not taken or not left:
            break
        name, number = owner
        blank = rows[name][number]
        rows[name][number] = replace(blank, letters=taken, spots=(first,), stray=0)
        hole = replace(hole, letters=left, spots=rest)
    return hole


def _owner(
    line: Spot, field: str, rows: Mapping[str, list[Hole]], template: Template
) -> tuple[str, int] | None:
    """Return field and number of the empty hole whose blank holds a line."""
    for name, several in rows.items():
        if (
            name == field
            or template.fields[name].kind not in _GIVEN
            or any(h.letters for h in several)
        ):
            continue
        for number, hole in enumerate(several):
            if any(spot.page == line.page and _holds(spot.box, line.box) for spot in hole.spots):
                return name, number
    return None


def _holds(blank: Box, line: Box) -> bool:
    down = min(blank.bottom, line.bottom) - max(blank.top, line.top)
    middle = (line.left + line.right) / 2
    return (
        down >= LEVEL * min(blank.height, line.height)
        and blank.left < middle < blank.right
        and line.left >= blank.left
    )


def _stands_on(placed: PlacedLetter, line: Spot) -> bool:
    box = placed.letter.box
    middle = (box.top + box.bottom) / 2
    return placed.page == line.page and line.box.top <= middle <= line.box.bottom
