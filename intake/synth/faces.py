"""Typefaces found on the system at run time; every letter is checked to exist in the face.

Print faces come from Debian packages (``PACKAGES``). Handwriting-like faces are
not in Debian: they are the ``@fontsource/…`` packages of the npm registry, whose
woff2 files (one per script, used together here) are read from a folder given as
``--fonts DIR``; docs/samples.md says how to fill it. No face is committed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

from intake.errors import Failed

Font = ImageFont.FreeTypeFont
SYSTEM = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
PACKAGES = (
    "fonts-dejavu-core fonts-liberation2 fonts-paratype fonts-noto-core fonts-urw-base35"
    " fonts-freefont-ttf fonts-crosextra-carlito"
)
MEASURE_SIZE = 200  # pixels an em, fine enough that widths scale


@dataclass(frozen=True)
class Face:
    """One typeface: files that together hold its letters, ``slanted`` by nature or not."""

    name: str
    paths: tuple[Path, ...]

    def supports(self, text: str) -> bool:
        """Tell whether every letter of the text exists in this face."""
        return all(self._file_of(letter) is not None for letter in text)

    def width(self, text: str, size: float) -> float:
        """Return the advance width of the text in the unit of ``size``."""
        return _width(self, text) * size / MEASURE_SIZE

    def font(self, letter: str, pixels: int) -> Font:
        """Return the font that holds this letter, at a size in whole pixels an em."""
        return _font(self._file_of(letter) or self.paths[0], pixels)

    @property
    def is_embeddable(self) -> bool:
        """Whether a born-digital PDF can hold it: one file of TrueType outlines."""
        return len(self.paths) == 1 and self.paths[0].suffix == ".ttf"

    def _file_of(self, letter: str) -> Path | None:
        return next((path for path in self.paths if _has(path, letter)), None)


@dataclass(frozen=True)
class Family:
    """The regular, bold and italic face of one design."""

    name: str
    regular: Face
    bold: Face
    italic: Face

    @property
    def is_embeddable(self) -> bool:
        """Whether a born-digital PDF can hold all three."""
        return all(face.is_embeddable for face in (self.regular, self.bold, self.italic))


@cache
def _font(path: Path, pixels: int) -> Font:
    return ImageFont.truetype(str(path), pixels)


@cache
def _has(path: Path, letter: str) -> bool:
    font = _font(path, 40)
    drawn = bytes(font.getmask(letter))
    return letter == " " or (any(drawn) and drawn != bytes(font.getmask("\uffff")))


@cache
def _width(face: Face, text: str) -> float:
    if len(face.paths) == 1:
        return float(face.font("а", MEASURE_SIZE).getlength(text))
    return sum(float(face.font(c, MEASURE_SIZE).getlength(c)) for c in text)


# name: regular, bold, italic, as file names of the Debian packages
PRINT = {
    "Liberation Serif": ("LiberationSerif-Regular", "LiberationSerif-Bold",
                         "LiberationSerif-Italic"),
    "Liberation Sans": ("LiberationSans-Regular", "LiberationSans-Bold", "LiberationSans-Italic"),
    "Nimbus Roman": ("NimbusRoman-Regular", "NimbusRoman-Bold", "NimbusRoman-Italic"),
    "PT Serif": ("PTF55F", "PTF75F", "PTF56F"),
    "PT Sans": ("PTS55F", "PTS75F", "PTS56F"),
    "Carlito": ("Carlito-Regular", "Carlito-Bold", "Carlito-Italic"),
    "FreeSerif": ("FreeSerif", "FreeSerifBold", "FreeSerifItalic"),
    "DejaVu Serif": ("DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-Italic"),
    "Noto Sans": ("NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic"),
    "Noto Serif": ("NotoSerif-Regular", "NotoSerif-Bold", "NotoSerif-Italic"),
    "C059": ("C059-Roman", "C059-Bold", "C059-Italic"),
    "P052": ("P052-Roman", "P052-Bold", "P052-Italic"),
    "Nimbus Sans": ("NimbusSans-Regular", "NimbusSans-Bold", "NimbusSans-Italic"),
}  # fmt: skip
TYPEWRITER = {
    "Liberation Mono": ("LiberationMono-Regular", "LiberationMono-Bold", "LiberationMono-Italic"),
    "FreeMono": ("FreeMonoBold", "FreeMonoBold", "FreeMonoBoldOblique"),
    "PT Mono": ("PTM55F", "PTM75F", "PTM55F"),
    "Nimbus Mono": ("NimbusMonoPS-Bold", "NimbusMonoPS-Bold", "NimbusMonoPS-BoldItalic"),
}  # fmt: skip
# npm package @fontsource/NAME; the last two lack the Kyrgyz letters and write Russian only
HANDWRITING = (
    "caveat", "bad-script", "pangolin", "shantell-sans", "playpen-sans", "marck-script", "neucha",
)  # fmt: skip


def print_families() -> tuple[Family, ...]:
    """Return the print families of this system; Failed where there is none."""
    return _families(PRINT)


def typewriter_families() -> tuple[Family, ...]:
    """Return the monospaced families of this system; Failed where there is none."""
    return _families(TYPEWRITER)


@cache
def handwriting_faces(folder: Path | None) -> tuple[Face, ...]:
    """Return the handwriting-like faces under ``folder`` or on the system; Failed for none."""
    found = [
        Face(name, tuple(paths)) for name in HANDWRITING if (paths := _pen_files(folder, name))
    ]
    if not found:
        raise Failed(
            "no handwriting-like typeface is installed; fetch @fontsource/caveat and its kind"
            " from npm as docs/samples.md says and name their folder with --fonts, or draw"
            " without them: --stratum office --stratum hard --stratum born --stratum unrelated"
        )
    return tuple(found)


def _pen_files(folder: Path | None, name: str) -> list[Path]:
    roots = (folder,) if folder else SYSTEM
    files = (path for root in roots for path in sorted(root.rglob(f"{name}-*")))
    return [path for path in files if path.name.endswith("-400-normal.woff2")]


@cache
def _system_files() -> dict[str, Path]:
    files = (p for root in SYSTEM if root.is_dir() for p in sorted(root.rglob("*.[ot]tf")))
    return {path.stem: path for path in files}


def _families(table: dict[str, tuple[str, str, str]]) -> tuple[Family, ...]:
    files = _system_files()
    found = tuple(
        Family(name, *(Face(f"{name} {stem}", (files[stem],)) for stem in stems))
        for name, stems in table.items()
        if all(stem in files for stem in stems)
    )
    if not found:
        raise Failed(f"no known print typeface is installed; apt-get install {PACKAGES}")
    return found


def fitting(faces: Iterable[Face], text: str) -> list[Face]:
    """Return those faces that have every letter of the text."""
    return [face for face in faces if face.supports("".join(sorted(set(text))))]
