"""Typefaces for drawn lines: which are trained on, and which only test.

Faces are files of the system (``.ttf``, ``.otf``) and ``@fontsource`` packages
of the npm registry (a ``.woff`` per script, weight and style, used together).
Every letter is checked to exist in a face before it is drawn with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError
from PIL import ImageFont

from intake.errors import Failed
from intake.synth.faces import SYSTEM, Font
from intake.train.alphabet import ALPHABET, KYRGYZ, RUSSIAN

HELD_OUT = (
    "bad-script", "caladea", "caveat", "cormorant", "gelasio", "handjet", "kelly-slab",
    "marck-script", "mynerve", "neucha", "podkova", "pt-serif", "swanky-and-moo-moo", "tinos",
    "Caladea", "Tinos", "LiberationSerif", "PTF", "PTZ", "LiberationSans", "Arimo",
    "LiberationMono", "Cousine", "URWBookman", "PTN", "DejaVuSansCondensed",
)  # fmt: skip
"""Beginnings of names of faces that are never trained on: all figures come from them."""

OFFICE = (
    "Liberation", "Tinos", "Arimo", "Caladea", "PTF", "PTZ",
    "NimbusRoman", "NimbusSans", "FreeSerif", "FreeSans", "Carlito", "PTS", "NotoSans-",
    "NotoSerif-", "C059", "P052", "DejaVuSerif", "DejaVuSans", "Lin", "cmun", "open-sans",
    "roboto", "ubuntu", "ibm-plex-s", "Doulos", "Charis", "gentium", "old-standard", "merriweather",
)  # fmt: skip
TYPEWRITER = (
    "NimbusMono", "FreeMono", "DejaVuSansMono", "PTM", "GNUTypewriter", "NotoMono", "NotoSansMono",
    "Mono", "mono", "anonymous-pro", "cmuntt", "cmunit", "cmunvt", "cascadia", "fira-mono",
    "ibm-plex-mono", "jetbrains", "noto-sans-mono", "overpass-mono", "roboto-mono",
    "source-code", "ubuntu-mono", "victor-mono", "LiberationMono", "Cousine",
)  # fmt: skip
HAND = (
    "pangolin", "balsamiq", "comic-relief", "yomogi", "zen-kurenaido", "kiwi-maru",
    "comfortaa", "Comfortaa", "lobster", "opendyslexic", "Andika", "cmunci", "cmunti", "play",
    "philosopher", "victor-mono-italic", "LinLibertine_RI", "playfair-display-italic",
    "mynerve", "neucha", "playpen-sans", "shantell-sans", "swanky", "klee-one", "hachi-maru-pop",
    "lxgw-wenkai-tc", "yuji-boku", "marmelad", "kurale",
)  # fmt: skip
CURSIVE = (
    "bad-script", "caveat", "comforter", "great-vibes", "marck-script", "pacifico", "Z003",
)  # fmt: skip
"""Faces whose small letters are those of running hands."""
_KINDS = (("cursive", CURSIVE), ("hand", HAND), ("typewriter", TYPEWRITER), ("office", OFFICE))
_CAPS = ("amatic-sc",)  # small letters drawn as capitals: nobody can tell which were meant
_SUBSETS = ("cyrillic-ext", "cyrillic", "latin-ext", "latin")
_PACKAGED = re.compile(rf"(.+?)-({'|'.join(_SUBSETS)})-(300|400|500|700)-(normal|italic)")
_STYLE = re.compile(r"[-_]|(?<=[a-z])(?=Bold|Oblique|Italic)|(?<=PT[FSMNZC])\d")


@dataclass(frozen=True)
class Face:
    """One style of a family; ``files`` says for each of its letters which file draws it."""

    family: str
    name: str
    files: dict[str, Path]

    @property
    def kind(self) -> str:
        """``cursive``, ``hand``, ``typewriter``, ``office`` or ``print``."""
        return next((kind for kind, names in _KINDS if self.name.startswith(names)), "print")

    @property
    def is_held_out(self) -> bool:
        """Whether it is kept for the final figures."""
        return self.name.startswith(HELD_OUT)

    @property
    def is_tested(self) -> bool:
        """Whether figures are measured with it: held out, and a face that papers are in."""
        return self.is_held_out and not self.name.startswith(("handjet", "kelly-slab"))

    @property
    def is_italic(self) -> bool:
        """Whether its letters are those of italics."""
        return any(part in self.name.lower() for part in ("italic", "ital", "bdita", "_ri", "56f"))

    def supports(self, text: str) -> bool:
        """Tell whether every letter of the text exists in this face."""
        return all(letter in self.files for letter in text if letter != " ")

    def runs(self, text: str) -> Iterator[tuple[str, Path]]:
        """Yield pieces of the text with the file that draws them; spaces stay with a piece."""
        piece, current = "", None
        for letter in text:
            path = current if letter == " " else self.files[letter]
            if path != current and current is not None and piece.strip():
                yield piece, current
                piece = ""
            piece, current = piece + letter, path
        if current is not None and piece.strip():
            yield piece, current


@lru_cache(maxsize=2500)
def font(path: Path, pixels: int) -> Font:
    """Return a font at a size in pixels an em."""
    return ImageFont.truetype(str(path), pixels, layout_engine=ImageFont.Layout.BASIC)


def find_faces(folders: Iterable[Path]) -> tuple[Face, ...]:
    """Return the faces with all Russian letters under the system's folders and these.

    Raises Failed where there is none.
    """
    groups: dict[tuple[str, str], list[Path]] = {}
    for path in _font_files((*SYSTEM, *folders)):
        groups.setdefault(_named(path), []).append(path)
    faces = [_face(family, name, paths) for (family, name), paths in sorted(groups.items())]
    found = tuple(
        f for f in faces if f.supports(RUSSIAN + RUSSIAN.upper()) and f.family not in _CAPS
    )
    if not found:
        raise Failed("no Cyrillic typeface is installed; docs/reader.md names the packages")
    return found


def has_kyrgyz(face: Face) -> bool:
    """Tell whether the face has the three Kyrgyz letters in both cases."""
    return face.supports(KYRGYZ + KYRGYZ.upper())


def _font_files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            is_package = path.suffix == ".woff" and _PACKAGED.fullmatch(path.stem) is not None
            if is_package or path.suffix in (".ttf", ".otf"):
                yield path


def _named(path: Path) -> tuple[str, str]:
    """Return the family and the name of the face that a file belongs to."""
    match = _PACKAGED.fullmatch(path.stem)
    if match:
        family, _, weight, style = match.groups()
        return family, f"{family}-{style}-{weight}"
    family = "cmun" if path.stem.startswith("cmun") else _STYLE.split(path.stem)[0]
    return family, path.stem


def _face(family: str, name: str, paths: list[Path]) -> Face:
    files: dict[str, Path] = {}
    for path in paths:
        for letter in _letters(path):
            files.setdefault(letter, path)
    return Face(family, name, files)


def _letters(path: Path) -> set[str]:
    try:
        with TTFont(path, lazy=True) as opened:
            return {c for c in map(chr, opened.getBestCmap() or ()) if c in ALPHABET}
    except TTLibError:
        return set()
