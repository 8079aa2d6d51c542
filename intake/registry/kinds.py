"""What a file is by its first bytes; its name is never asked."""

from __future__ import annotations

from intake.domain.document import Kind

HEAD_BYTES = 1024
_STARTS = (
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"II*\x00", Kind.TIFF),
    (b"MM\x00*", Kind.TIFF),
    (b"II+\x00", Kind.TIFF),
    (b"MM\x00+", Kind.TIFF),
    (b"BM", Kind.BMP),
)
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}


def kind_of(head: bytes) -> Kind | None:
    """Return the kind of a file that starts so (1024 bytes suffice), None for no scan."""
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return Kind.HEIC
    # Readers accept a PDF whose header stands within the first 1024 bytes.
    return Kind.PDF if b"%PDF-" in head[:HEAD_BYTES] else None
