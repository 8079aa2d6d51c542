"""What a reader does, whichever engine is behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from intake.domain.geometry import Box
from intake.domain.text import Line, PageText
from intake.engines.raster import Raster


class Reader(Protocol):
    """Reads letters off a straightened page with a first and a second model.

    The two models make partly independent mistakes: what both read alike is
    surer than what either says of itself. ``name`` is engine, version and
    first model, as a record's provenance shows them.
    """

    @property
    def name(self) -> str:
        """Engine, version and first model, for example ``tesseract 5.5.4 Cyrillic``."""

    @property
    def second_name(self) -> str:
        """Engine, version and second model."""

    def read_page(self, grey: Raster) -> PageText:
        """Read a whole page (height×width, one channel) with the first model.

        Lines come in the engine's order, with whatever it took for letters.
        """

    def read_lines(self, grey: Raster, boxes: Sequence[Box], *, second: bool = False) -> list[Line]:
        """Read one line of text in each box, fractions of the page.

        Returns a line for every box, without words where nothing was read;
        boxes of letters and words are fractions of the whole page.
        """
