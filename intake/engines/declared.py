"""The size that a picture declares, read from its header before anything is decoded.

Sources: PNG (ISO/IEC 15948) 11.2.2, JPEG (ITU-T T.81) B.2.2, WebP container
(RFC 9649), BMP as Windows documents it, HEIF (ISO/IEC 23008-12) 6.5.3.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from intake.domain.document import Kind
from intake.errors import Refused

Size = tuple[int, int]

DAMAGED_HEADER = "its header is damaged or cut off; send it again"
_LONGEST_HEADER = 4 * 1024 * 1024
_FRAME_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE_MARKERS = frozenset((0x01, *range(0xD0, 0xD9)))


def declared_size(path: Path, kind: Kind) -> Size:
    """Return the width and height that this picture claims, in pixels, at least 1 each.

    Raises Refused when its header is damaged or claims nothing.
    """
    with path.open("rb") as file:
        try:
            width, height = _READERS[kind](file)
        except (struct.error, IndexError):
            raise Refused(DAMAGED_HEADER) from None
    if width < 1 or height < 1:
        raise Refused(DAMAGED_HEADER)
    return width, height


def _png(file: BinaryIO) -> Size:
    head = file.read(24)
    if head[12:16] != b"IHDR":
        raise Refused(DAMAGED_HEADER)
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def _jpeg(file: BinaryIO) -> Size:
    file.seek(2)
    for marker in _jpeg_markers(file):
        if marker in _FRAME_MARKERS:
            height, width = struct.unpack(">xxxHH", file.read(7))
            return width, height
        if marker in (0xD9, 0xDA):
            break
        if marker not in _BARE_MARKERS:
            (length,) = struct.unpack(">H", file.read(2))
            file.seek(max(length - 2, 0), 1)
    raise Refused(DAMAGED_HEADER)


def _jpeg_markers(file: BinaryIO) -> Iterator[int]:
    while file.tell() < _LONGEST_HEADER:
        if file.read(1)[0] != 0xFF:
            continue  # rubbish between segments, which decoders skip too
        marker = 0xFF
        while marker == 0xFF:
            marker = file.read(1)[0]
        if marker:
            yield marker


def _webp(file: BinaryIO) -> Size:
    head = file.read(40)
    body = head[20:]
    if head[12:16] == b"VP8X":
        width = int.from_bytes(body[4:7], "little") + 1
        return width, int.from_bytes(body[7:10], "little") + 1
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if head[12:16] == b"VP8 ":
        width, height = struct.unpack("<HH", body[6:10])
        return width & 0x3FFF, height & 0x3FFF
    raise Refused(DAMAGED_HEADER)


def _bmp(file: BinaryIO) -> Size:
    head = file.read(26)
    if head[14:18] == b"\x0c\x00\x00\x00":
        width, height = struct.unpack("<HH", head[18:22])
        return width, height
    width, height = struct.unpack("<ii", head[18:26])
    return abs(width), abs(height)  # a negative height only means top-down rows


def _heic(file: BinaryIO) -> Size:
    head = file.read(_LONGEST_HEADER)
    sizes: list[Size] = []
    at = head.find(b"ispe")
    while at >= 0:
        width, height = struct.unpack(">II", head[at + 8 : at + 16])
        sizes.append((width, height))
        at = head.find(b"ispe", at + 4)
    if not sizes:
        raise Refused(DAMAGED_HEADER)
    return max(sizes, key=lambda size: size[0] * size[1])


_READERS: dict[Kind, Callable[[BinaryIO], Size]] = {
    Kind.PNG: _png,
    Kind.JPEG: _jpeg,
    Kind.WEBP: _webp,
    Kind.BMP: _bmp,
    Kind.HEIC: _heic,
}
