"""A page as the inspector sees it: pixels, paper, words, seal, and the size of its print."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median

import numpy as np

from intake.domain.geometry import Box
from intake.domain.placement import Placement
from intake.domain.text import PageText, Word
from intake.engines.ink.hand import Script, script_of
from intake.engines.ink.patch import WORK_DPI, Paper, Patch, cut, paper_of
from intake.engines.ink.seal import Seal, find_seals
from intake.engines.ink.strokes import strokes_in, without_crumbs
from intake.engines.raster import Raster

_LOW = frozenset("асгежзиклмнопстхчшыьэюявтъ")
"""Letters that are exactly as high as small letters are."""

PLAIN = 0.85
"""The reader's confidence from which a word of letters is no scribble."""
SEAL_ABOVE_MM, SEAL_BELOW_MM = 5.0, 45.0
"""How far beyond a notice's own words the middle of its seal may be where another follows."""
SPREAD = 1.8
"""Width of a printed word, in what its letters usually take, from which more was read as it."""
BROAD = 2.2
"""Width of the broadest letters, in small letters' heights."""
TOWERING = 2.5
"""Height of a printed word, in the usual one's, from which it is a pen's stroke."""
_MEASURED = 5  # letters of a word whose width tells so much
SURE_WORD = 0.6
"""The reader's confidence from which a word is taken for print."""


@dataclass(frozen=True, eq=False)
class Sight:
    """One page of a notice; ``print_`` are the boxes of the form's own words on it.

    ``options`` are those of the choices' options among them, ``others`` the letters of other
    notices on the page.
    """

    raster: Raster
    text: PageText
    print_: tuple[Box, ...]
    options: tuple[Box, ...] = ()
    others: frozenset[Box] = frozenset()

    @property
    def is_shared(self) -> bool:
        """Whether another notice stands on the page too."""
        return bool(self.others)

    @cached_property
    def paper(self) -> Paper:
        """The colours of paper and print."""
        return paper_of(self.raster)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All words that were read on the page."""
        return tuple(word for line in self.text.lines for word in line.words)

    @cached_property
    def right(self) -> float:
        """Where the form's words end: far beyond them lie the scan's borders."""
        return max((box.right for box in self.print_), default=1.0)

    @cached_property
    def x_height(self) -> float:
        """Height of the print's small letters in working pixels (see ``WORK_DPI``)."""
        tall = self.raster.height * WORK_DPI / self.raster.dpi
        small = [w.box.height * tall for w in self.words if len(w.text) > 1 and set(w.text) <= _LOW]
        if len(small) >= 3:
            return float(np.clip(np.median(small), 6, 40))
        every = [w.box.height * tall * 0.68 for w in self.words if len(w.text) > 2]
        return float(np.clip(np.median(every), 6, 40)) if every else 15.0

    @cached_property
    def seals(self) -> tuple[Seal, ...]:
        """The likeliest round seal of the page, however faint, and other sure ones."""
        return find_seals(self.raster, self.paper, self.sure_words, self.region)

    @property
    def seal(self) -> Seal | None:
        """The likeliest round seal of the page."""
        return next(iter(self.seals), None)

    @property
    def region(self) -> Box:
        """The part of the page that is this notice's: its words, and what is below them."""
        if not self.print_:
            return Box(0.0, 0.0, 1.0, 1.0)
        words = Box.around(self.print_)
        room = self.around(words, 0.0, SEAL_ABOVE_MM, SEAL_BELOW_MM)
        if not self.is_shared:
            return Box(0.0, room.top, 1.0, 1.0)
        next_ = min((box.top for box in self.others if box.top > words.bottom), default=1.0)
        return Box(0.0, room.top, 1.0, max(room.bottom, next_))

    @cached_property
    def sure_words(self) -> tuple[Box, ...]:
        """Boxes of words that are surely print: well read, and of the print's height."""
        most = 3.2 * self.x_height * self.raster.dpi / WORK_DPI / self.raster.height
        return tuple(
            w.box
            for w in self.words
            if len(w.text) > 2 and w.confidence > SURE_WORD and w.box.height < most
        )

    @cached_property
    def plain_words(self) -> tuple[Box, ...]:
        """Boxes of words that no scribble is read as: several letters of the print's size."""
        return tuple(
            _narrowed(w.text, w.box, self._letter_width)
            for w in self.words
            if sum(map(str.isalpha, w.text)) > 3 and self.is_plain(w.box, w.confidence)
        )

    def is_letter(self, box: Box, confidence: float) -> bool:
        """Tell whether a box holds one letter of print: no scribble that was read as one."""
        wide = box.width * self.raster.width * WORK_DPI / self.raster.dpi
        return wide < BROAD * self.x_height and self.is_plain(box, confidence)

    def is_plain(self, box: Box, confidence: float) -> bool:
        """Tell whether what was read in a box was read surely and is of the print's height."""
        most = 2.6 * self.x_height * self.raster.dpi / WORK_DPI / self.raster.height
        return confidence > PLAIN and box.height < most

    @cached_property
    def _letter_width(self) -> float:
        return median([_letter_width(w.text, w.box) for w in self.words] or [1.0])

    @cached_property
    def typing(self) -> Script | None:
        """How the form's own print looks, for comparison; None where none was found."""
        patch = self.cut(self._sample)
        held = np.zeros(patch.ink.shape, np.bool_)
        for left, top, right, bottom in map(patch.rect, self.print_):
            held[max(0, top) : max(0, bottom), max(0, left) : max(0, right)] = True
        ink = patch.ink & held
        x = self.x_height
        return script_of(patch, without_crumbs(strokes_in(ink), np.zeros_like(ink), x))

    @property
    def _sample(self) -> Box:
        """The part of the page with most of the form's words, at most an eighth of it."""
        middles = np.array([(b.top + b.bottom) / 2 for b in self.print_] or [0.5])
        near = [int((np.abs(middles - m) < 0.06).sum()) for m in middles]
        centre = float(middles[int(np.argmax(near))])
        return Box.clipped(0.03, centre - 0.06, 0.97, centre + 0.06)

    def cut(self, box: Box) -> Patch:
        """Cut out a box at the working resolution."""
        return cut(self.raster, self.paper, box)

    def around(self, box: Box, across: float, up: float, down: float) -> Box:
        """Return a box grown by these millimetres."""
        wide = self.raster.width * 25.4 / self.raster.dpi
        tall = self.raster.height * 25.4 / self.raster.dpi
        return Box.clipped(
            box.left - across / wide, box.top - up / tall,
            box.right + across / wide, box.bottom + down / tall,
        )  # fmt: skip

    def apart(self, one: Box, other: Box) -> float:
        """Return the millimetres between two boxes, 0 where they overlap."""
        across = max(one.left - other.right, other.left - one.right, 0.0) * self.raster.width
        down = max(one.top - other.bottom, other.top - one.bottom, 0.0) * self.raster.height
        return math.hypot(across, down) * 25.4 / self.raster.dpi


def open_sights(
    placement: Placement, pages: Mapping[int, Raster], texts: Mapping[int, PageText]
) -> dict[int, Sight]:
    """Return the notice's pages by number."""
    return {
        number: Sight(
            pages[number],
            texts[number],
            _print_on(placement, number),
            _options_on(placement, number),
            placement.others.get(number, frozenset()),
        )
        for number in placement.pages
    }


def _options_on(placement: Placement, number: int) -> tuple[Box, ...]:
    return tuple(w.box for o in placement.options for w in o.words if w.page == number)


def _print_on(placement: Placement, number: int) -> tuple[Box, ...]:
    """Return the boxes of a form's words on a page, none larger than its letters can be.

    A reader takes a signature for a word, or for the end of one, and spreads the word over it.
    """
    printed = (*placement.anchors, *placement.labels)
    words = [(text, spot.box) for text, spot in printed if spot.page == number]
    wide = median([_letter_width(text, box) for text, box in words] or [1.0])
    tall = TOWERING * median([box.height for _, box in words] or [1.0])
    boxes = [_narrowed(text, box, wide) for text, box in words if box.height <= tall]
    return (*boxes, *_options_on(placement, number))


def _letter_width(text: str, box: Box) -> float:
    """Return the width of a word's letters as a share of its height, in fractions of the page."""
    return box.width / max(len(text), 1) / max(box.height, 1e-6)


def _narrowed(text: str, box: Box, usual: float) -> Box:
    if len(text) < _MEASURED or _letter_width(text, box) <= SPREAD * usual:
        return box
    return replace(box, right=box.left + usual * box.height * len(text))
