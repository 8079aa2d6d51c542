"""What a user would read scans with otherwise: pytesseract on whole pages, or ocrmypdf."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytesseract  # type: ignore[import-untyped]
from pdf2image import convert_from_path
from PIL import Image, ImageOps, ImageSequence

from intake.errors import Failed

LANGUAGES = "kir+rus"
DPI = 300
_SECONDS = 300


def plain_pages(path: Path) -> Iterator[str]:
    """Yield the text of each page as pytesseract's defaults read it, both languages at once."""
    for picture in _pictures(path):
        yield str(pytesseract.image_to_string(picture, lang=LANGUAGES))


def ocrmypdf_pages(path: Path) -> list[str]:
    """Return the text of each page from ocrmypdf's sidecar, deskewed and turned upright.

    Raises Failed where ocrmypdf is not installed or fails on the file.
    """
    with tempfile.TemporaryDirectory(prefix="intake-") as folder:
        sidecar = Path(folder, "text.txt")
        command = [
            "ocrmypdf", "--quiet", "--force-ocr", "--deskew", "--rotate-pages", "--jobs", "1",
            "--language", LANGUAGES, "--image-dpi", str(DPI), "--output-type", "pdf",
            "--sidecar", str(sidecar), str(path), str(Path(folder, "read.pdf")),
        ]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
        except FileNotFoundError as error:
            raise Failed("ocrmypdf is not installed; apt-get install ocrmypdf") from error
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            raise Failed(f"ocrmypdf failed on {path.name}; leave it out") from error
        return sidecar.read_text(encoding="utf-8").split("\f")


def has_ocrmypdf() -> bool:
    """Tell whether ocrmypdf is installed."""
    return shutil.which("ocrmypdf") is not None


def _pictures(path: Path) -> Iterator[Image.Image]:
    if path.suffix.lower() == ".pdf":
        yield from convert_from_path(path, dpi=DPI)
        return
    if path.suffix.lower() == ".heic":
        from pillow_heif import register_heif_opener  # noqa: PLC0415 - only few scans need it

        register_heif_opener()
    with Image.open(path) as document:
        for frame in ImageSequence.Iterator(document):
            yield ImageOps.exif_transpose(frame).convert("RGB")
