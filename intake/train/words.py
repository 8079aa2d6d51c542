"""Takes the word lists out of Tesseract's installed models, by its own two programs."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from intake.engines.readers.models import model_folder
from intake.errors import Failed

MODELS = {"ky": "kir", "ru": "rus"}
"""Language and the model whose words it takes."""


def write_word_lists(folder: Path) -> dict[str, Path]:
    """Write a word list of each language, one word a line; return the files by language.

    Raises Failed where the programs of tesseract-ocr or a model are missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return {language: _write(model, folder) for language, model in MODELS.items()}


def word_lists(folder: Path) -> dict[str, Path]:
    """Return the files of a folder that ``write_word_lists`` filled; Failed for another."""
    lists = {language: folder / f"{model}.words" for language, model in MODELS.items()}
    if not all(path.is_file() for path in lists.values()):
        raise Failed(f"no word lists in {folder}; run: python -m intake.train words {folder}")
    return lists


def _write(model: str, folder: Path) -> Path:
    words = folder / f"{model}.words"
    trained = model_folder() / f"{model}.traineddata"
    with tempfile.TemporaryDirectory(prefix="intake-") as unpacked:
        parts = f"{unpacked}/{model}."
        _run("combine_tessdata", "-u", str(trained), parts)
        _run("dawg2wordlist", f"{parts}lstm-unicharset", f"{parts}lstm-word-dawg", str(words))
    return words


def _run(*command: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True)
    except FileNotFoundError as error:
        raise Failed(f"{command[0]} is not installed; apt-get install tesseract-ocr") from error
    except subprocess.CalledProcessError as error:
        raise Failed(
            f"{command[0]} failed; install tesseract-ocr-kir, tesseract-ocr-rus"
        ) from error
