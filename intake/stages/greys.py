"""The grey pages of a notice, as they were read, and the same without rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from intake.domain.text import PageText
from intake.engines.letter_shapes import without_lines
from intake.engines.raster import Raster


@dataclass(frozen=True, slots=True, eq=False)
class Greys:
    """Pages by number; rules are painted over once a page, when first asked for.

    ``texts`` are what was read on them.
    """

    pages: Mapping[int, Raster]
    texts: Mapping[int, PageText]
    _clean: dict[int, Raster] = field(default_factory=dict)

    def __getitem__(self, number: int) -> Raster:
        return self.pages[number]

    def without_lines(self, number: int) -> Raster:
        """Return a page without level and upright lines, for reading single lines of it."""
        if number not in self._clean:
            self._clean[number] = without_lines(self.pages[number])
        return self._clean[number]
