"""Makes the files that the tests of receive and rasterise read: scans in every wrapping."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name, Pdf, Stream
from PIL import Image, ImageDraw, ImageOps, TiffImagePlugin

A4 = (595.0, 842.0)


def scan(width: int = 620, height: int = 877, *, colour: bool = False) -> Image.Image:
    """A page without symmetry: lines of blots, a block top left, and in colour a blue ring."""
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((width // 16, height // 16, width // 4, height // 8), fill="black")
    step = height // 16
    for line, top in enumerate(range(height // 5, height * 3 // 4, step)):
        for left in range(width // 10, width // 2 + line * width // 30, width // 30):
            pen.rectangle((left, top, left + width // 50, top + step // 3), fill="black")
    if colour:
        ring = (width * 6 // 10, height * 7 // 10, width * 8 // 10, height * 9 // 10)
        pen.ellipse(ring, outline=(40, 60, 200), width=max(3, width // 100))
    return image if colour else image.convert("L")


def saved(image: Image.Image, format_: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, format_, **options)
    return out.getvalue()


@dataclass(frozen=True)
class Sheet:
    """One page of a PDF that shows one picture."""

    stream: bytes
    entries: Mapping[str, object]
    media: tuple[float, float] = A4
    matrix: tuple[float, ...] = ()
    page: Mapping[str, object] = field(default_factory=dict)
    before: bytes = b""
    after: bytes = b""

    def content(self) -> bytes:
        matrix = self.matrix or (self.media[0], 0, 0, self.media[1], 0, 0)
        numbers = " ".join(f"{number:g}" for number in matrix).encode()
        return self.before + b" q " + numbers + b" cm /Im Do Q " + self.after


def pdf_of(*sheets: Sheet, root: Mapping[str, object] | None = None) -> Pdf:
    document = pikepdf.new()
    for sheet in sheets:
        entries = {"/Type": Name.XObject, "/Subtype": Name.Image, **sheet.entries}
        picture = Stream(document, sheet.stream, Dictionary(entries))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        resources = Dictionary(XObject=Dictionary(Im=picture), Font=Dictionary(F=font))
        page = Dictionary(
            Type=Name.Page,
            MediaBox=[0, 0, *sheet.media],
            Resources=resources,
            Contents=Stream(document, sheet.content()),
        )
        for key, value in sheet.page.items():
            page[key] = value
        document.pages.append(pikepdf.Page(document.make_indirect(page)))
    for key, value in (root or {}).items():
        document.Root[key] = value
    return document


def write(document: Pdf, path: Path, **options: object) -> Path:
    document.save(path, **options)  # type: ignore[arg-type]
    return path


def _size(image: Image.Image) -> dict[str, object]:
    return {"/Width": image.width, "/Height": image.height}


def jpeg(image: Image.Image, **more: object) -> tuple[bytes, dict[str, object]]:
    space = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}[image.mode]
    entries = {"/ColorSpace": space, "/BitsPerComponent": 8, "/Filter": Name.DCTDecode}
    return saved(image, "JPEG", quality=90), {**_size(image), **entries, **more}


def flate(image: Image.Image, **more: object) -> tuple[bytes, dict[str, object]]:
    space = {"1": Name.DeviceGray, "L": Name.DeviceGray, "RGB": Name.DeviceRGB}[image.mode]
    entries = {"/ColorSpace": space, "/BitsPerComponent": 1 if image.mode == "1" else 8}
    return image.tobytes(), {**_size(image), **entries, **more}


def stencil(image: Image.Image, **more: object) -> tuple[bytes, dict[str, object]]:
    """A 1-bit mask through which the current colour is painted: 0 paints."""
    entries = {"/ImageMask": True, "/BitsPerComponent": 1}
    return image.convert("1").tobytes(), {**_size(image), **entries, **more}


def fax_rows(image: Image.Image) -> bytes:
    """CCITT group 4 data of a 1-bit picture, coded as white rows with black runs."""
    # in Pillow's files white is one, and ones are what the code calls black
    inverted = ImageOps.invert(image.convert("L")).convert("1")
    data = saved(inverted, "TIFF", compression="group4", strip_size=1 << 24)
    with Image.open(io.BytesIO(data)) as tiff:
        assert isinstance(tiff, TiffImagePlugin.TiffImageFile)
        start, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
    return data[start : start + length]


def ccitt(image: Image.Image, **more: object) -> tuple[bytes, dict[str, object]]:
    parameters = Dictionary(K=-1, Columns=image.width, Rows=image.height, BlackIs1=False)
    entries = {
        "/ColorSpace": Name.DeviceGray,
        "/BitsPerComponent": 1,
        "/Filter": Name.CCITTFaxDecode,
        "/DecodeParms": parameters,
    }
    return fax_rows(image), {**_size(image), **entries, **more}


def jbig2(image: Image.Image, **more: object) -> tuple[bytes, dict[str, object]]:
    """One immediate generic region coded as MMR (ITU-T T.88, 7.4.6), which is group 4 data."""
    width, height = image.size
    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIB", width, height, 0, 0, 0) + b"\x01" + fax_rows(image)
    stream = b"".join(
        struct.pack(">IBBBI", number, kind, 0, 1, len(body)) + body
        for number, (kind, body) in enumerate(((48, page), (38, region)))
    )
    entries = {"/ColorSpace": Name.DeviceGray, "/BitsPerComponent": 1, "/Filter": Name.JBIG2Decode}
    return stream, {**_size(image), **entries, **more}


def jpx(image: Image.Image, **more: object) -> tuple[bytes, dict[str, object]]:
    return saved(image, "JPEG2000"), {**_size(image), "/Filter": Name.JPXDecode, **more}
