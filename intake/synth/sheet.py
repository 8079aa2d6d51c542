"""One drawn side of paper before it is scanned: runs of letters, rules, strokes and pictures.

Places are in points (1/72 inch) from the top left corner. Every item may carry a
``tag`` that begins with its notice's key: ``KEY/field:NAME`` for the writing of a
field, ``KEY/option:FIELD:OPTION`` for the printed words of a choice, ``KEY/gap:NAME``
for a rule to write on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from intake.synth.faces import Face

Colour = tuple[int, int, int]  # red, green, blue, 0..255
Points = tuple[tuple[float, float], ...]
Alpha = NDArray[np.floating]  # 0 = no ink, 1 = full ink

BLACK: Colour = (18, 18, 20)


@dataclass(frozen=True)
class Run:
    """Letters on one baseline, from ``x``; ``by_hand`` lets each letter wobble."""

    text: str
    x: float
    baseline: float
    face: Face
    size: float
    colour: Colour = BLACK
    tag: str = ""
    by_hand: bool = False


@dataclass(frozen=True)
class Rule:
    """A straight printed line of a thickness in points."""

    left: float
    right: float
    y: float
    thickness: float
    tag: str = ""


@dataclass(frozen=True)
class Stroke:
    """A pen's path through points; ``widths`` in points, one a point of the path."""

    path: Points
    widths: tuple[float, ...]
    colour: Colour
    tag: str = ""


@dataclass(frozen=True, eq=False)
class Stamp:
    """A picture of ink (0 = none, 1 = full) with its top left corner and size in points."""

    alpha: Alpha
    left: float
    top: float
    width: float
    height: float
    colour: Colour
    tag: str = ""


Item = Run | Rule | Stroke | Stamp
Edges = tuple[float, float, float, float]  # left, top, right, bottom in points


@dataclass
class Sheet:
    """One page being drawn; its size in points."""

    width: float = 595.3
    height: float = 841.9
    items: list[Item] = field(default_factory=list)
    places: dict[str, list[Edges]] = field(default_factory=dict)

    def note(self, tag: str, edges: Edges) -> None:
        """Remember where something tagged stands, also when nothing is written there."""
        if tag:
            self.places.setdefault(tag, []).append(edges)

    def tagged(self, prefix: str) -> Iterator[tuple[str, list[Edges]]]:
        """Yield the places whose tag starts so."""
        for tag, places in self.places.items():
            if tag.startswith(prefix):
                yield tag, places
