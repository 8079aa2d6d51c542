"""Draws small pages of print for readers: words at known places, rules, specks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from intake.domain.geometry import Box
from intake.engines.raster import Raster
from intake.synth.faces import print_families

DPI = 200.0
SIZE = 34  # pixels an em: 12 points


@dataclass(frozen=True)
class Printed:
    """A text and the box of its ink."""

    text: str
    box: Box


class FormPage:
    """A white page to print on, 1500×900 unless told otherwise."""

    def __init__(self, width: int = 1500, height: int = 900, family: str = "DejaVu Serif") -> None:
        faces = {face.name: face for face in print_families()}
        chosen = faces.get(family, next(iter(faces.values())))
        self._font = chosen.regular.font("а", SIZE)
        self._picture = Image.new("L", (width, height), 255)
        self._pen = ImageDraw.Draw(self._picture)
        self.printed: list[Printed] = []

    def put(self, x: int, y: int, text: str) -> Printed:
        """Print a text with its top left corner here."""
        self._pen.text((x, y), text, font=self._font, fill=0)
        left, top, right, bottom = self._pen.textbbox((x, y), text, font=self._font)
        width, height = self._picture.size
        box = Box.clipped(left / width, top / height, right / width, bottom / height)
        self.printed.append(Printed(text, box))
        return self.printed[-1]

    def rule(self, left: int, right: int, y: int) -> None:
        """Draw a level line."""
        self._pen.line((left, y, right, y), fill=0, width=3)

    @property
    def grey(self) -> Raster:
        """The page as pixels."""
        return Raster(np.asarray(self._picture, np.uint8).copy(), DPI)
