"""Tesseract's models: where Debian and Ubuntu put them, and what each can write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from intake.errors import Failed

FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
)
"""Debian and Ubuntu; Fedora and Arch; built from source."""


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


def _first_in(folder: Path, names: tuple[str, ...]) -> str | None:
    return next((n for n in names if (folder / f"{n}.traineddata").is_file()), None)
