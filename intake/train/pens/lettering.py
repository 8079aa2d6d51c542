"""Letters of scenes: a face at a size, and where faces and words come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from PIL.ImageDraw import ImageDraw

from intake.synth.faces import Font
from intake.train.faces import Face, font, has_kyrgyz
from intake.train.pens.canvas import Point
from intake.train.strips import BY_HAND
from intake.train.texts import Texts


@dataclass(frozen=True, slots=True)
class Lettering:
    """A face at a size in pixels an em; letters that the face lacks are left out."""

    face: Face
    size: int

    def pieces(self, text: str) -> Iterator[tuple[str, Font]]:
        """Yield parts of a text with the font of each."""
        there = "".join(letter for letter in text if self.face.supports(letter))
        for piece, path in self.face.runs(there):
            yield piece, font(path, self.size)

    def letters(self, text: str) -> Iterator[tuple[str, Font | None, float]]:
        """Yield single letters with their fonts and widths; a gap between words has no font."""
        for letter in text:
            found = next(self.pieces(letter), None)
            if found:
                yield letter, found[1], found[1].getlength(letter)
            elif letter == " ":
                yield letter, None, self.size / 2

    def width(self, text: str) -> float:
        """Return how wide a text is."""
        return sum(used.getlength(piece) for piece, used in self.pieces(text))

    def write(self, draw: ImageDraw, place: Point, text: str) -> float:
        """Write a text from a place on its baseline; return where it ends."""
        x, baseline = place
        for piece, used in self.pieces(text):
            draw.text((x, baseline), piece, fill=255, font=used, anchor="ls")
            x += used.getlength(piece)
        return x


class Source:
    """The faces and texts that scenes are drawn with; there may be no faces like handwriting."""

    def __init__(self, faces: Sequence[Face], texts: Texts) -> None:
        self.texts = texts
        self.by_hand = [face for face in faces if face.kind in BY_HAND]
        self.cursive = [face for face in self.by_hand if face.kind == "cursive"]
        self.printed = [f for f in faces if f.kind not in BY_HAND and has_kyrgyz(f)]

    def print(self, rng: Random, smallest: int, largest: int) -> Lettering:
        """Choose a printed face and its size."""
        return Lettering(rng.choice(self.printed), rng.randint(smallest, largest))

    def words(self, rng: Random, most: int) -> str:
        """Return one word to ``most`` words."""
        return " ".join(self.texts.some_words(rng).split()[:most])

    def text(self, rng: Random, shortest: int, longest: int) -> str:
        """Return a text as papers have it, cut to a length between the two."""
        return self.texts.draw_sensible(rng, rng.randint(shortest, longest))
