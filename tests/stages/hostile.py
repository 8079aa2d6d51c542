"""Makes the files that people and attackers send instead of scans; each as small as it can be."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from tests.stages.papers import Sheet, jpeg, pdf_of, saved, scan

PLAIN = Sheet(*jpeg(scan(124, 175)))


def png_claiming(width: int, height: int, *, depth: int = 1, colour: int = 0) -> bytes:
    """A PNG of these dimensions, all zeros: the larger it claims to be, the better it packs."""
    channels = {0: 1, 2: 3, 6: 4}[colour]
    row = bytes(1 + (width * channels * depth + 7) // 8)
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(row * 64) for _ in range(-(-height // 64)))
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", packed + packer.flush()), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def tiff_of(frames: int, width: int = 40, height: int = 40, *, loop: bool = False) -> bytes:
    """Directories that share one tiny strip; with ``loop`` the last leads to the first."""
    start, size = 16, 2 + 12 * 8 + 4
    out = [struct.pack("<2sHI8x", b"II", 42, start)]
    for index in range(frames):
        last = index == frames - 1
        following = (start if loop else 0) if last else start + size * (index + 1)
        tags = ((256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 8), (278, height))
        entries = [struct.pack("<HHII", tag, 4, 1, value) for tag, value in (*tags, (279, 8))]
        out.append(struct.pack("<H", 8) + b"".join(entries) + struct.pack("<I", following))
    return b"".join(out) + bytes(width * height if width * height < 1 << 20 else 64)


def raw_pdf(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1, with a table and a trailer."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<</Size %d/Root %d 0 R>>\n" % (len(objects) + 1, root)
    return out + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(out)


_ROOT = b"<</Type/Catalog/Pages 2 0 R>>"
_EMPTY = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"


def pdf_with_many_pages(count: int) -> bytes:
    kids = b"3 0 R " * count
    return raw_pdf(_ROOT, b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids), _EMPTY)


def pdf_without_pages() -> bytes:
    return raw_pdf(_ROOT, b"<</Type/Pages/Count 0/Kids[]>>")


def pdf_with_looping_tree() -> bytes:
    return raw_pdf(_ROOT, b"<</Type/Pages/Count 5/Kids[3 0 R 2 0 R]/Parent 2 0 R>>", _EMPTY)


def pdf_of_size(*box: float) -> bytes:
    edges = " ".join(f"{edge:g}" for edge in box).encode()
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R>>" % edges
    return raw_pdf(
        _ROOT, b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, _stream(b"0 0 99999 99999 re f")
    )


def _stream(body: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(body), entries, body)


def pdf_with_forms(depth: int, *, calls: int = 2, own: bool = False) -> bytes:
    """Forms that each paint the next one twice; with ``own`` the last paints the first again."""
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</XObject<</F 5 0 R>>>>>>"
    )
    forms = []
    for level in range(depth):
        following = 5 if own and level == depth - 1 else 6 + level
        entries = (
            b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</F %d 0 R>>>>"
        ) % following
        forms.append(_stream(b"/F Do " * calls, entries))
    leaf = _stream(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]")
    head = (_ROOT, b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, _stream(b"/F Do"))
    return raw_pdf(*head, *forms, leaf)


def pdf_bomb(megabytes: int, filling: bytes) -> bytes:
    """A page whose content unpacks, twice, to so many megabytes of this."""
    packer = zlib.compressobj(1)
    block = (filling * (1 + (1 << 20) // len(filling)))[: 1 << 20]
    packed = b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()
    body = _stream(zlib.compress(packed, 9), b"/Filter[/FlateDecode/FlateDecode]")
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    return raw_pdf(_ROOT, b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, body)


def pdf_with_huge_picture() -> bytes:
    """A picture of 50,000 by 50,000 pixels on an ordinary page."""
    width = 50_000
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(299)) + packer.flush()
    entries = {"/Width": width, "/Height": width, "/BitsPerComponent": 1}
    more = {"/ColorSpace": Name.DeviceGray, "/Filter": Name.FlateDecode}
    return _bytes(pdf_of(Sheet(packed, {**entries, **more})))


def pdf_with_actions(touched: str) -> bytes:
    """JavaScript on opening, a program to launch, a link, and an attachment."""
    document = pdf_of(PLAIN)
    script = Dictionary(S=Name.JavaScript, JS="app.alert('hello'); while (true) {}")
    launch = Dictionary(S=Name.Launch, F=f"touch {touched}")
    document.Root.OpenAction = script
    document.Root.AA = Dictionary(WC=launch, DC=script)
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 595, 842]), A=launch)
    document.pages[0].Annots = Array([document.make_indirect(link)])
    document.pages[0].AA = Dictionary(O=launch)
    document.attachments["notes.exe"] = b"MZ not to be run"
    return _bytes(document)


def pdf_portfolio() -> bytes:
    document = pdf_of(PLAIN)
    document.attachments["scan.pdf"] = _bytes(pdf_of(PLAIN))
    document.Root.Collection = Dictionary(Type=Name.Collection)
    return _bytes(document)


def pdf_encrypted(user: str) -> bytes:
    out = io.BytesIO()
    pdf_of(PLAIN).save(out, encryption=pikepdf.Encryption(owner="owner", user=user))
    return out.getvalue()


def pdf_plain(pages: int = 1) -> bytes:
    return _bytes(pdf_of(*[PLAIN] * pages))


def pdf_with_bad_page() -> bytes:
    """Three pages, the second of which has a picture that is no picture, drawn skewed."""
    document = pdf_of(PLAIN, PLAIN, PLAIN)
    broken = Stream(document, b"\xff\xd8\xff nothing", Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=9, Height=9, BitsPerComponent=8,
        ColorSpace=Name.DeviceGray, Filter=Name.DCTDecode,
    ))  # fmt: skip
    document.pages[1].Resources.XObject.Im = broken
    return _bytes(document)


def pdf_with_deadly_page() -> bytes:
    """Three pages, the second of which paints itself until the memory is full."""
    document = pdf_of(PLAIN, PLAIN, PLAIN)
    form = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 595, 842]))
    inner = document.make_indirect(Stream(document, b"/F Do " * 9, form))
    for _ in range(12):
        outer = Stream(document, b"/F Do " * 9, form)
        outer.Resources = Dictionary(XObject=Dictionary(F=inner))
        inner = document.make_indirect(outer)
    document.pages[1].Resources.XObject.F = inner
    document.pages[1].Contents = Stream(document, b"/F Do")
    return _bytes(document)


def _bytes(document: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "<document/>")
    return out.getvalue()


def pictures() -> dict[str, bytes]:
    """One small good picture of each kind."""
    image, colour = scan(124, 175), scan(124, 175, colour=True)
    return {
        "jpeg": saved(colour, "JPEG"),
        "png": saved(colour, "PNG"),
        "tiff": saved(image, "TIFF", compression="tiff_lzw"),
        "fax": saved(image.convert("1"), "TIFF", compression="group4"),
        "webp": saved(colour, "WEBP"),
        "bmp": saved(colour, "BMP"),
        "pdf": pdf_plain(),
    }


FOREIGN: dict[str, bytes] = {
    "page.jpg": b"<!DOCTYPE html><html><body>hello</body></html>",
    "drawing.jpg": b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
    "program.jpg": b"MZ\x90\x00\x03" + bytes(200),
    "archive.jpg": zipped("a.txt"),
    "letter.jpg": zipped("word/document.xml"),
    "old.jpg": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
    "note.jpg": "КАБАРЛОО".encode(),
    "noise.jpg": bytes(range(256)),
    "film.jpg": b"\x00\x00\x00\x18ftypisom" + bytes(40),
    "empty.jpg": b"",
    "zeros.jpg": bytes(5000),
    "picture.jpg": b"GIF89a" + bytes(40),
}

BOMBS: dict[str, Callable[[], bytes]] = {
    "claims.png": lambda: png_claiming(50_000, 50_000),
    "large.png": lambda: png_claiming(9_000, 9_000, depth=8, colour=6),
    "claims.tif": lambda: tiff_of(1, 50_000, 50_000),
    "many.tif": lambda: tiff_of(10_000),
    "loop.tif": lambda: tiff_of(3, loop=True),
    "picture.pdf": pdf_with_huge_picture,
    "many.pdf": lambda: pdf_with_many_pages(100_000),
    "none.pdf": pdf_without_pages,
    "tree.pdf": pdf_with_looping_tree,
    "inches.pdf": lambda: pdf_of_size(0, 0, 14_400, 14_400),
    "endless.pdf": lambda: pdf_of_size(0, 0, 1e9, 1e9),
    "nothing.pdf": lambda: pdf_of_size(0, 0, 0, 0),
    "sliver.pdf": lambda: pdf_of_size(0, 0, 14_400, 0.01),
    "forms.pdf": lambda: pdf_with_forms(28),
    "own.pdf": lambda: pdf_with_forms(3, own=True),
    "wide.pdf": lambda: pdf_with_forms(2, calls=3_000),
    "spaces.pdf": lambda: pdf_bomb(150, b" "),
    "pushes.pdf": lambda: pdf_bomb(100, b"q "),
    "lines.pdf": lambda: pdf_bomb(60, b"0 0 m 9 9 l S "),
}


def odd_places(folder: Path) -> Iterator[Path]:
    """Names that lead to no regular file."""
    (folder / "directory.pdf").mkdir()
    os.mkfifo(folder / "fifo.pdf")
    (folder / "loop.pdf").symlink_to(folder / "loop.pdf")
    (folder / "gone.pdf").symlink_to(folder / "nowhere")
    names = ("directory.pdf", "fifo.pdf", "loop.pdf", "gone.pdf", "missing.pdf", "x" * 300)
    yield from (folder / name for name in names)
    yield from (Path("/dev/zero"), Path("/dev/null"), Path("nul\0byte.pdf"))
