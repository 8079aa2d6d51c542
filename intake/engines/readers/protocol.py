"""What a reader does, whichever engine is behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from intake.domain.geometry import Box
from intake.domain.text import Line, PageText
from intake.engines.raster import Raster


class Reader(Protocol):
    """Reads letters off a straightened page, and lines of it a second time with another model.

    The two models, Tesseract's or our own, make partly independent mistakes: what
    both read alike is surer than what either says of itself. Digits have a model of
    their own, which also speaks for them in Tesseract's second readings (see
    digits.py). ``name`` is engine, version and first model, as a record's
    provenance shows them.
    """

    @property
    def name(self) -> str:
        """Engine, version and first model, for example ``tesseract 5.5.4 Cyrillic``."""

    @property
    def second_name(self) -> str:
        """Engine, version and the models of second readings."""

    @property
    def prefers_second(self) -> bool:
        """Whether second readings err less than first ones: what stays unsettled is theirs."""

    def read_page(self, grey: Raster) -> PageText:
        """Read a whole page (height×width, one channel) with the first model.

        Lines come in the engine's order, with whatever it took for letters.
        """

    def read_lines(self, grey: Raster, boxes: Sequence[Box], *, second: bool = False) -> list[Line]:
        """Read one line of text in each box, fractions of the page.

        Returns a line for every box, without words where nothing was read;
        boxes of letters and words are fractions of the whole page.
        """

    def read_digits(self, grey: Raster, boxes: Sequence[Box]) -> list[Line]:
        """Read a line in each box as nothing but digits, likewise."""
