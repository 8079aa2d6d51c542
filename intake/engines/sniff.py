"""What a file is, by its first bytes; its name is never asked."""

from __future__ import annotations

from intake.domain.document import Kind
from intake.errors import Refused

HEAD_BYTES = 4096

_AS_PDF = "save it as PDF and send that"
_AS_PICTURE = "save it as PNG, JPEG or PDF and send that"
_NO_SCAN = "send a scan: PDF, TIFF, JPEG, PNG, WebP, BMP or HEIC"

_OURS: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"II*\x00", Kind.TIFF),
    (b"MM\x00*", Kind.TIFF),
    (b"II+\x00", Kind.TIFF),
    (b"MM\x00+", Kind.TIFF),
)

_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"GIF8", "a GIF picture", _AS_PICTURE),
    (b"PK\x03\x04", "a ZIP archive or an office document", f"unpack it, or {_AS_PDF}"),
    (b"\xd0\xcf\x11\xe0", "an old office document", _AS_PDF),
    (b"{\\rtf", "an RTF text", _AS_PDF),
    (b"MZ", "a Windows program", _NO_SCAN),
    (b"\x7fELF", "a program", _NO_SCAN),
    (b"Rar!", "a RAR archive", "unpack it and send the scans in it"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it and send the scans in it"),
    (b"\x1f\x8b", "a gzip archive", "unpack it and send the scans in it"),
    (b"AT&TFORM", "a DjVu document", _AS_PDF),
    (b"%!PS", "a PostScript file", _AS_PDF),
    (b"8BPS", "a Photoshop picture", _AS_PICTURE),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 picture", _AS_PICTURE),
    (b"\xff\x0a", "a JPEG XL picture", _AS_PICTURE),
    (b"\x00\x00\x00\x0cJXL ", "a JPEG XL picture", _AS_PICTURE),
    (b"\x97JB2", "a JBIG2 picture", _AS_PICTURE),
)

_HEIC_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
_MARKUP = ((b"<svg", "an SVG drawing"), (b"<html", "a web page"), (b"<!doctype", "a web page"))


def kind_of(head: bytes) -> Kind:
    """Return what a file is that begins with these bytes: ``HEAD_BYTES`` of it, or all.

    Raises Refused for an empty file and for anything that is no scan.
    """
    if not head.strip(b"\x00"):
        cause = "it holds only zeros" if head else "it is empty"
        raise Refused(f"{cause}; the copy went wrong, send it again")
    for start, kind in _OURS:
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.WEBP
    if head[:2] == b"BM" and _is_bitmap(head):
        return Kind.BMP
    if head[4:8] == b"ftyp":
        return _media(head)
    if b"%PDF-" in head[:1024]:  # where readers look for it (ISO 32000, implementation note 13)
        return Kind.PDF
    raise Refused(_foreign(head))


def _is_bitmap(head: bytes) -> bool:
    header = int.from_bytes(head[14:18], "little")
    return header in (12, 16, 40, 52, 56, 64, 108, 124)


def _media(head: bytes) -> Kind:
    length = min(int.from_bytes(head[:4], "big"), 256)
    brands = {head[at : at + 4] for at in (8, *range(16, length, 4))}
    if b"avif" in brands or b"avis" in brands:
        raise Refused(f"it is an AVIF picture; {_AS_PICTURE}")
    if brands & _HEIC_BRANDS:
        return Kind.HEIC
    raise Refused(f"it is a film or a sound; {_NO_SCAN}")


def _foreign(head: bytes) -> str:
    for start, name, remedy in _FOREIGN:
        if head.startswith(start):
            return f"it is {name}; {remedy}"
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(b"<"):
        for mark, name in _MARKUP:
            if mark in text:
                return f"it is {name}; {_AS_PDF}"
    if b"\x00" not in head and not any(byte < 9 for byte in head):
        return f"it is a text, not a scan; {_NO_SCAN}"
    return f"it is no kind of scan known here; {_NO_SCAN}"
