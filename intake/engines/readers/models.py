"""Tesseract's models: where Debian and Ubuntu put them, and what each can write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from struct import unpack_from

from intake.errors import Failed

FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
)
"""Debian and Ubuntu; Fedora and Arch; built from source."""


LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяөүң"
"""Kyrgyz has all the Russian letters and three more."""

_SPECIAL = frozenset({"NULL", "Joined", "|Broken|0|1"})
_ALPHABET = 21
"""Number of the component of a trained file that lists its letters (tessdatamanager.h)."""


@dataclass(frozen=True, slots=True)
class Model:
    """One or several trained languages that Tesseract reads with at once.

    ``parts`` are file names without ending, in order of preference for each
    place; ``packages`` are the apt packages that bring them.
    """

    name: str
    parts: tuple[tuple[str, ...], ...]
    packages: tuple[str, ...]


CYRILLIC = Model("Cyrillic", (("Cyrillic", "script/Cyrillic"),), ("tesseract-ocr-script-cyrl",))
KIR_RUS = Model("kir+rus", (("kir",), ("rus",)), ("tesseract-ocr-kir", "tesseract-ocr-rus"))

ENGLISH = Model("eng", (("eng",),), ("tesseract-ocr-eng",))


def languages(model: Model, folder: Path) -> str:
    """Return how Tesseract's ``-l`` names the model in this folder.

    Raises Failed, naming the packages to install, where a part is missing.
    """
    found = [_first_in(folder, names) for names in model.parts]
    if None in found:
        raise Failed(
            f"Tesseract's model {model.name} is not in {folder}; "
            f"apt-get install {' '.join(model.packages)}"
        )
    return "+".join(part for part in found if part)


@cache
def model_folder(folders: Iterable[str] = FOLDERS) -> Path:
    """Return the first folder that holds any model.

    Raises Failed, naming the package to install, where there is none.
    """
    for folder in map(Path, folders):
        if next(folder.rglob("*.traineddata"), None):
            return folder
    raise Failed("Tesseract is not installed; apt-get install tesseract-ocr")


def alphabet(model: Model, folder: Path) -> frozenset[str]:
    """Return every letter and sign that the model can write; what is not in it is never read.

    ``kir`` has no «№», ``rus`` no «ө», «ү» and «ң», none of them a Latin letter.
    Raises Failed where a part is missing.
    """
    parts = languages(model, folder).split("+")
    return frozenset().union(*(_letters_in(folder / f"{part}.traineddata") for part in parts))


def foreign_letters(model: Model, folder: Path) -> str:
    """Return the letters of other languages that the model writes now and then, Қ for К.

    Notices are in Kyrgyz or Russian: forbidding the others leaves the right one.
    """
    written = (letter for letter in alphabet(model, folder) if letter.isalpha())
    return "".join(sorted(c for c in written if len(c) == 1 and c.lower() not in LETTERS))


@cache
def _letters_in(trained: Path) -> frozenset[str]:
    # a count, then the place of each component in the file, -1 for those that it lacks
    content = trained.read_bytes()
    (count,) = unpack_from("<i", content)
    places = unpack_from(f"<{count}q", content, 4)
    start = places[_ALPHABET]
    end = min((p for p in places if p > start), default=len(content))
    listed = content[start:end].decode("utf-8").splitlines()[1:]  # the first line counts them
    return frozenset(line.split(" ", 1)[0] for line in listed) - _SPECIAL


def _first_in(folder: Path, names: tuple[str, ...]) -> str | None:
    return next((n for n in names if (folder / f"{n}.traineddata").is_file()), None)
