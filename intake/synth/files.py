"""Writes scans as the files that offices send.

Boxes of the truth refer to the page as any viewer shows it: after a JPEG's EXIF
orientation and a PDF's /Rotate.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pikepdf
from PIL import Image
from pillow_heif import register_heif_opener

from intake.synth.born import born_pdf, layered_pdf
from intake.synth.frame import Scan
from intake.synth.sheet import Sheet

Page = tuple[Sheet, Scan]
EPOCH = time.gmtime(1_700_000_000)  # the same file for the same seed
ORIENTATION = 0x0112
# EXIF orientation: how the shown picture must be turned to be stored so
STORED = {
    3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270,
}  # fmt: skip


def _image(scan: Scan) -> Image.Image:
    image = Image.fromarray(scan.pixels)
    is_bitonal = scan.pixels.ndim == 2 and not np.any((scan.pixels > 0) & (scan.pixels < 255))
    return image.convert("1", dither=Image.Dither.NONE) if is_bitonal else image


def _single(kind: str, **options: Any) -> Callable[[Random, Sequence[Page]], bytes]:
    def pack(_rng: Random, pages: Sequence[Page]) -> bytes:
        packed = io.BytesIO()
        scan = pages[0][1]
        image = _image(scan)
        if kind in ("JPEG", "WEBP", "HEIF") and image.mode == "1":
            image = image.convert("L")
        image.save(packed, kind, dpi=scan.dpi, **options)
        return packed.getvalue()

    return pack


def _oriented_jpeg(rng: Random, pages: Sequence[Page]) -> bytes:
    """A telephone's JPEG: stored lying, with the orientation in its EXIF."""
    packed, orientation = io.BytesIO(), rng.choice(sorted(STORED))
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    image = Image.fromarray(pages[0][1].pixels).transpose(STORED[orientation])
    image.save(packed, "JPEG", quality=88, exif=exif)
    return packed.getvalue()


def _heic(rng: Random, pages: Sequence[Page]) -> bytes:
    """A telephone's HEIC; the quick preset takes a tenth of the time and looks the same."""
    register_heif_opener()
    return _single("HEIF", quality=75, enc_params={"preset": "ultrafast"})(rng, pages)


def _tiff(_rng: Random, pages: Sequence[Page]) -> bytes:
    packed, images = io.BytesIO(), [_image(scan) for _, scan in pages]
    compression = "group4" if all(image.mode == "1" for image in images) else "tiff_lzw"
    images[0].save(
        packed, "TIFF", save_all=True, append_images=images[1:], dpi=pages[0][1].dpi,
        compression=compression,
    )  # fmt: skip
    return packed.getvalue()


def _pdf(_rng: Random, pages: Sequence[Page]) -> bytes:
    packed = io.BytesIO()
    for number, (_, scan) in enumerate(pages):
        image = _image(scan)
        options: dict[str, Any] = {"append": True} if number else {}
        if image.mode != "1":
            options["quality"] = 82
        image.save(
            packed, "PDF", dpi=scan.dpi, creationDate=EPOCH, modDate=EPOCH,
            producer="Scanner", **options,
        )  # fmt: skip
    return packed.getvalue()


def _rotated_pdf(rng: Random, pages: Sequence[Page]) -> bytes:
    """A PDF whose pages lie on their side and are shown upright by /Rotate."""
    lying = [
        (sheet, Scan(np.ascontiguousarray(np.rot90(scan.pixels)), scan.dpi[::-1], scan.boxes))
        for sheet, scan in pages
    ]
    with pikepdf.open(io.BytesIO(_pdf(rng, lying))) as document:
        for page in document.pages:
            page.obj["/Rotate"] = 90
        return _saved(document)


def _born(_rng: Random, pages: Sequence[Page]) -> bytes:
    return born_pdf([sheet for sheet, _ in pages])


def _mixed(rng: Random, pages: Sequence[Page]) -> bytes:
    """First page born digital, the others scanned."""
    with pikepdf.open(io.BytesIO(_born(rng, pages[:1]))) as document:
        if pages[1:]:
            with pikepdf.open(io.BytesIO(_pdf(rng, pages[1:]))) as scanned:
                document.pages.extend(scanned.pages)
        return _saved(document)


def _saved(document: pikepdf.Pdf) -> bytes:
    packed = io.BytesIO()
    document.save(packed, deterministic_id=True)
    return packed.getvalue()


# name: extension, packer
FILES: dict[str, tuple[str, Callable[[Random, Sequence[Page]], bytes]]] = {
    "png": ("png", _single("PNG", compress_level=1)), "jpeg": ("jpg", _single("JPEG", quality=85)),
    "jpeg-low": ("jpg", _single("JPEG", quality=35)), "jpeg-exif": ("jpg", _oriented_jpeg),
    "webp": ("webp", _single("WEBP", quality=80, method=0)), "bmp": ("bmp", _single("BMP")),
    "heic": ("heic", _heic), "tiff": ("tif", _tiff), "pdf": ("pdf", _pdf),
    "pdf-rotated": ("pdf", _rotated_pdf), "pdf-layered": ("pdf", layered_pdf),
    "pdf-born": ("pdf", _born), "pdf-mixed": ("pdf", _mixed),
}  # fmt: skip
ONE_PAGE = frozenset(("png", "jpeg", "jpeg-low", "jpeg-exif", "webp", "bmp", "heic"))
BORN = frozenset(("pdf-born", "pdf-mixed"))


def write(rng: Random, stem: Path, kind: str, pages: Sequence[Page]) -> Path:
    """Write pages as one file of a kind beside ``stem``; return its path."""
    extension, pack = FILES[kind]
    path = stem.with_suffix(f".{extension}")
    path.write_bytes(pack(rng, pages))
    return path
