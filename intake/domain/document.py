"""A document: one file as received, untouched."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """What a file is by its content; its name is never asked."""

    PDF = "pdf"
    TIFF = "tiff"
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    BMP = "bmp"
    HEIC = "heic"


@dataclass(frozen=True, slots=True)
class Document:
    """One file as received: pages in order, holding several notices or none.

    ``source`` is the path as the user gave it, ``path`` where the bytes lie,
    ``sha256`` in lower-case hex, ``page_count`` at least 1.
    """

    source: str
    path: Path
    sha256: str
    kind: Kind
    page_count: int
