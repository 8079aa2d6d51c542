"""The directories of a TIFF, read without decoding a pixel.

Source: TIFF 6.0 (Adobe, 1992), its Supplement 1 for page kinds, and the
BigTIFF layout as libtiff writes it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from intake.errors import Refused

_SUBFILE, _WIDTH, _HEIGHT, _SAMPLES, _OLD_SUBFILE = 254, 256, 257, 277, 255
_REDUCED, _MASK = 1, 4  # bits of NewSubfileType; 2 is "one page of several"
_OLD_REDUCED = 2
_SIZES = {1: 1, 3: 2, 4: 4, 13: 4, 16: 8}
_MOST_ENTRIES = 4096

_DAMAGED = "its directory of pages is damaged; scan it again or save it as PDF"


@dataclass(frozen=True, slots=True)
class Directory:
    """One picture of a TIFF: its place in the chain, declared size, and whether it is a page.

    Thumbnails, reduced copies and transparency masks are no pages.
    """

    index: int
    width: int
    height: int
    samples: int
    is_page: bool


@dataclass(frozen=True, slots=True)
class _Layout:
    """How numbers stand in this file: byte order, and widths in plain or BigTIFF."""

    order: str
    is_big: bool

    def number(self, piece: bytes) -> int:
        return int.from_bytes(piece, "little" if self.order == "<" else "big")


def directories(path: Path, most: int) -> tuple[Directory, ...]:
    """Return the pictures of a TIFF in their order.

    Raises Refused when there is none, when the chain loops or leaves the file,
    or when it is longer than ``most``.
    """
    with path.open("rb") as file:
        found: list[Directory] = []
        for entry in _walk(file):
            if len(found) == most:
                raise Refused(f"it has more than {most} pictures; split it and send the parts")
            found.append(entry)
    if not found:
        raise Refused("it holds no picture; scan it again")
    return tuple(found)


def _walk(file: BinaryIO) -> Iterator[Directory]:
    head = file.read(16)
    layout = _Layout("<" if head[:2] == b"II" else ">", head[2:4] in (b"+\x00", b"\x00+"))
    offset = layout.number(head[8:16] if layout.is_big else head[4:8])
    seen: set[int] = set()
    while offset:
        if offset in seen:
            raise Refused("its pages lead back to each other; scan it again or save it as PDF")
        seen.add(offset)
        tags, offset = _directory(file, offset, layout)
        yield _picture(len(seen) - 1, tags)


def _picture(index: int, tags: dict[int, int]) -> Directory:
    kind = tags.get(_SUBFILE, 0)
    is_copy = bool(kind & (_REDUCED | _MASK)) or tags.get(_OLD_SUBFILE) == _OLD_REDUCED
    width, height = tags.get(_WIDTH, 0), tags.get(_HEIGHT, 0)
    return Directory(index, width, height, tags.get(_SAMPLES, 1), not is_copy)


def _directory(file: BinaryIO, offset: int, layout: _Layout) -> tuple[dict[int, int], int]:
    """Return the whole-number tags of the directory here, and where the next one is."""
    count_size, entry_size, link_size = (8, 20, 8) if layout.is_big else (2, 12, 4)
    try:
        file.seek(offset)
    except (OSError, OverflowError) as error:
        raise Refused(_DAMAGED) from error
    count = layout.number(file.read(count_size))
    if not 0 < count <= _MOST_ENTRIES:
        raise Refused(_DAMAGED)
    body = file.read(count * entry_size + link_size)
    if len(body) < count * entry_size:
        raise Refused(_DAMAGED)
    tags = dict(_entry(body[at : at + entry_size], layout) for at in _starts(count, entry_size))
    # some writers end the file without the closing zero: then there is no next one
    return tags, layout.number(body[count * entry_size :])


def _starts(count: int, size: int) -> range:
    return range(0, count * size, size)


def _entry(piece: bytes, layout: _Layout) -> tuple[int, int]:
    tag, kind = struct.unpack(layout.order + "HH", piece[:4])
    start = 12 if layout.is_big else 8
    return tag, layout.number(piece[start : start + _SIZES.get(kind, 0)])
