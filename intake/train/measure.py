"""Measures readers side by side on the same lines, in faces that were never trained on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from rapidfuzz.distance import Levenshtein

from intake.domain.geometry import Box
from intake.domain.text import Line
from intake.engines.raster import Pixels, Raster
from intake.engines.readers.own.reader import OwnReader
from intake.train.alphabet import fold
from intake.train.faces import Face
from intake.train.strips import BY_HAND, Drawing
from intake.train.texts import Texts
from intake.train.wear import Wear

PRINT = ("office", "print", "typewriter")
_LONGEST = 48
_WHOLE = Box(0.0, 0.0, 1.0, 1.0)
_SAME = str.maketrans({"–": "-", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "'": '"'})


@dataclass(frozen=True, slots=True)
class Stratum:
    """Lines of one kind: which faces, how worn."""

    name: str
    kinds: tuple[str, ...]
    hard: tuple[float, float]


STRATA = (
    Stratum("print, clean", PRINT, (0.0, 0.0)),
    Stratum("print, office", PRINT, (0.15, 0.35)),
    Stratum("print, worn", PRINT, (0.6, 1.0)),
    Stratum("handwriting-like", BY_HAND, (0.0, 0.4)),
)

ReadLine = Callable[[Raster], Line]


@dataclass
class Tally:
    """Errors of one reader in one stratum."""

    letters: int = 0
    errors: int = 0
    lines: int = 0
    right: int = 0
    seconds: float = 0.0
    wrong: list[tuple[str, str, str]] = field(default_factory=list)

    def note(self, face: str, text: str, read: str, seconds: float) -> None:
        """Count one line; dashes and quotes of all kinds are the same."""
        wanted, got = text.translate(_SAME), fold(read).translate(_SAME)
        self.letters += len(wanted)
        errors = Levenshtein.distance(wanted, got)
        self.errors += errors
        self.lines += 1
        self.right += errors == 0
        self.seconds += seconds
        if errors:
            self.wrong.append((face, text, read))

    def __str__(self) -> str:
        return (
            f"letters wrong {100 * self.errors / self.letters:6.2f} %  lines right"
            f" {100 * self.right / self.lines:5.1f} %  {1000 * self.seconds / self.lines:5.1f} ms"
            f" a line  n = {self.lines} lines, {self.letters} letters"
        )


def test_lines(
    faces: Sequence[Face], texts: Texts, stratum: Stratum, count: int, seed: int
) -> Iterator[tuple[str, str, Pixels]]:
    """Yield face, text and picture (grey) of ``count`` lines, the same ones for a seed."""
    kinds = {face.kind: 1.0 for face in faces if face.kind in stratum.kinds}
    drawing = Drawing(faces, texts, kinds)
    rng = Random(f"{seed}/{stratum.name}")
    for _ in range(count):
        kind = rng.choice(sorted(kinds))
        text = texts.draw_sensible(rng, rng.randint(6, _LONGEST))
        face = drawing.face(rng, kind, text)
        by_hand = stratum.kinds == BY_HAND
        wear = Wear(rng.uniform(*stratum.hard), by_hand=by_hand, is_loose=True)
        yield face.name, text, drawing.line(rng, face, text, wear)


def measure(
    lines: Sequence[tuple[str, str, Pixels]], readers: dict[str, ReadLine]
) -> dict[str, Tally]:
    """Let every reader read every line; seconds are of processor time."""
    tallies = {name: Tally() for name in readers}
    for face, text, pixels in lines:
        page = Raster(pixels, 300)
        for name, read in readers.items():
            began = time.process_time()
            found = read(page)
            tallies[name].note(face, text, found.text, time.process_time() - began)
    return tallies


def readers_of(own: OwnReader, *, alone: bool = False) -> dict[str, ReadLine]:
    """Return the recogniser and, unless ``alone``, Tesseract's two models each on its own."""
    readers = {"own": _first_line(own.read_lines)}
    if alone:
        return readers
    from intake.engines.readers.library import LibraryReader  # noqa: PLC0415
    from intake.engines.readers.models import CYRILLIC, KIR_RUS  # noqa: PLC0415

    for model in (CYRILLIC, KIR_RUS):
        readers[f"tesseract {model.name}"] = _first_line(LibraryReader(model).read_lines)
    return readers


def _first_line(read_lines: Callable[[Raster, Sequence[Box]], list[Line]]) -> ReadLine:
    return lambda page: read_lines(page, [_WHOLE])[0]
