"""Our own recogniser for pages, alone or with another engine for second readings."""

from __future__ import annotations

from collections.abc import Sequence

from intake.domain.geometry import Box
from intake.domain.text import Line, PageText
from intake.engines.raster import Raster
from intake.engines.readers.own import OwnReader
from intake.engines.readers.own.page import read_page
from intake.engines.readers.protocol import Reader


class OwnReaderFirst:
    """Our own recogniser for whole pages, on lines that it finds itself.

    Second readings are another engine's, whose mistakes are its own. Without one they are its
    own, of a picture without rules: those agree more often than they are right, for measuring.
    """

    def __init__(self, second: Reader | None = None) -> None:
        self._own = OwnReader()
        self._second = second

    @property
    def name(self) -> str:
        """The recogniser and its weights."""
        return self._own.name

    @property
    def second_name(self) -> str:
        """Who reads values a second time."""
        return self._own.name if self._second is None else self._second.name

    @property
    def prefers_second(self) -> bool:
        """Whether second readings err less: the other engine's do not."""
        return self._second is None

    def read_page(self, grey: Raster) -> PageText:
        """Read each line that is found, without what is strokes rather than words."""
        return PageText(read_page(self._own, grey), self.name)

    def read_lines(self, grey: Raster, boxes: Sequence[Box], *, second: bool = False) -> list[Line]:
        """Read one line in each box with our own recogniser or, a second time, with the other."""
        reader = self._second if second and self._second else self._own
        return reader.read_lines(grey, boxes)

    def read_digits(self, grey: Raster, boxes: Sequence[Box]) -> list[Line]:
        """Read a line in each box as nothing but digits, where the other engine can."""
        if self._second:
            return self._second.read_digits(grey, boxes)
        return self._own.read_lines(grey, boxes)
