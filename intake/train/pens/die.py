"""The die of a round seal: rings, dashes and words around a middle."""

from __future__ import annotations

import math
from collections.abc import Iterator
from random import Random

from PIL import Image, ImageDraw

from intake.synth.faces import Font
from intake.train.pens.canvas import Point
from intake.train.pens.lettering import Lettering

_MARGIN = 6
_FULL = 2 * math.pi
_TILT = Image.Resampling.BILINEAR


class Die:
    """A die being cut, of a radius in pixels; angles go with the clock, from the top."""

    def __init__(self, radius: int) -> None:
        self.radius = radius
        self.middle = float(radius + _MARGIN)
        self.side = 2 * (radius + _MARGIN)
        self.sheet = Image.new("L", (self.side, self.side), 0)
        self.draw = ImageDraw.Draw(self.sheet)

    def at(self, radius: float, angle: float) -> Point:
        """Return the place at a distance from the middle."""
        return self.middle + radius * math.sin(angle), self.middle - radius * math.cos(angle)

    def ring(self, radius: float, width: int) -> None:
        """Cut a ring."""
        self.draw.ellipse(self._square(radius), outline=255, width=width)

    def dashes(self, rng: Random, radius: float, width: int) -> None:
        """Cut a ring of dashes."""
        count = rng.randint(40, 90)
        for i in range(count):
            start, end = 360 * i / count, 360 * (i + 0.55) / count
            self.draw.arc(self._square(radius), start, end, fill=255, width=width)

    def star(self, radii: list[float], *, is_filled: bool) -> None:
        """Cut a star of these radii, one a point, all around."""
        points = [self.at(radius, _FULL * i / len(radii)) for i, radius in enumerate(radii)]
        self.draw.polygon(points, outline=255, fill=255 if is_filled else None)

    def around(
        self, text: str, lettering: Lettering, radius: float, *, is_inward: bool = False
    ) -> None:
        """Set a text around the middle, spread until it meets its beginning."""
        for letter, used, angle in _spread(text, lettering):
            tile = Image.new("L", (2 * lettering.size,) * 2, 0)
            centre = (lettering.size, lettering.size)
            ImageDraw.Draw(tile).text(centre, letter, fill=255, font=used, anchor="mm")
            turn = math.pi - angle if is_inward else -angle
            x, y = self.at(radius, angle)
            corner = (round(x - lettering.size), round(y - lettering.size))
            self.sheet.paste(255, corner, tile.rotate(math.degrees(turn), resample=_TILT))

    def across(self, lines: list[str], lettering: Lettering, degrees: float) -> None:
        """Set lines of text one below the other through the middle, turned by an angle."""
        over = Image.new("L", self.sheet.size, 0)
        draw = ImageDraw.Draw(over)
        for i, line in enumerate(lines):
            rows = 1.25 * (i - (len(lines) - 1) / 2) + 0.35
            left = self.middle - lettering.width(line) / 2
            lettering.write(draw, (left, self.middle + rows * lettering.size), line)
        self.sheet.paste(255, (0, 0), over.rotate(degrees, resample=_TILT))

    def _square(self, radius: float) -> tuple[float, float, float, float]:
        low, high = self.middle - radius, self.middle + radius
        return low, low, high, high


def _spread(text: str, lettering: Lettering) -> Iterator[tuple[str, Font, float]]:
    """Yield the letters of a text with their fonts and angles on a full circle."""
    letters = list(lettering.letters(text))
    share = _FULL / (sum(width for _, _, width in letters) or 1)
    before = 0.0
    for letter, used, width in letters:
        if used:
            yield letter, used, (before + width / 2) * share
        before += width
