"""Reads lines of a page with the recogniser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from intake.domain.geometry import Box
from intake.domain.text import Letter, Line, Word
from intake.engines.raster import Raster
from intake.engines.readers.letters import Window
from intake.engines.readers.own.decode import Glyph, glyphs_of, of_one_script, probability
from intake.engines.readers.own.model import FRAME, Model, Scores
from intake.engines.readers.own.strips import HEIGHT, cut_strip

_SPREAD = 1.5
"""Frames by which a letter's box reaches past its frames: CTC writes a letter at its middle."""


class OwnReader:
    """The recogniser, loaded once; like any reader not for two threads at once."""

    def __init__(self, model: Model | None = None) -> None:
        self._model = model or Model()
        self._classes = {letter: n for n, letter in enumerate(self._model.alphabet, start=1)}

    @property
    def name(self) -> str:
        """The reader and its weights, as a record's provenance shows them."""
        return f"own {self._model.version}"

    @property
    def alphabet(self) -> frozenset[str]:
        """Every letter that it can write."""
        return frozenset(self._model.alphabet)

    def read_lines(self, grey: Raster, boxes: Sequence[Box]) -> list[Line]:
        """Read one line of text in each box, fractions of the page (height×width, one channel).

        Returns a line for every box, without words where there is no ink. A
        letter's confidence is the network's, not calibrated; a word's is the
        probability of all its letters together.
        """
        return [self._read(grey, box) for box in boxes]

    def _read(self, grey: Raster, box: Box) -> Line:
        cut = cut_strip(grey, box)
        if cut is None:
            return Line((), box)
        scores = of_one_script(self._model.scores(cut.strip), self._model.alphabet)
        glyphs = glyphs_of(scores, self._model.alphabet)
        runs = [list(run) for space, run in groupby(glyphs, lambda g: g.text == " ") if not space]
        place = _Place(cut.window, box, len(scores))
        return Line(tuple(self._word(scores, run, place) for run in runs), box)

    def _word(self, scores: Scores, glyphs: list[Glyph], place: _Place) -> Word:
        letters = tuple(
            Letter(g.text, place.box(g), g.confidence, g.alternatives) for g in glyphs
        )  # fmt: skip
        start, end = glyphs[0].start, glyphs[-1].end
        sure = probability(scores[start:end], [self._classes[g.text] for g in glyphs])
        return Word(letters, Box.around(letter.box for letter in letters), min(sure, 1.0))


@dataclass(frozen=True, slots=True)
class _Place:
    """Turns frames of a strip to boxes on the page."""

    window: Window
    line: Box
    frames: int

    def box(self, glyph: Glyph) -> Box:
        """Return where a letter stands: its own columns, its line's rows."""
        left = max(glyph.start - _SPREAD, 0) * FRAME
        right = min(glyph.end + _SPREAD, self.frames) * FRAME
        seen = self.window.on_page((left, 0.0, right, float(HEIGHT)))
        return replace(seen, top=self.line.top, bottom=self.line.bottom)
