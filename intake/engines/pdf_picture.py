"""A PDF page that is one picture, taken as that picture's own pixels. Runs in the child."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, JpegImagePlugin
from pypdfium2 import raw

from intake.engines.finish import Finished, finish
from intake.engines.pdf_content import Affine, Bounds, Content, Painted, Sort, combined, meets
from intake.engines.pictures import DAMAGE, ease_jpeg
from intake.engines.resolution import check_size

_ALIGNED = 0.003  # of its side may a picture lean and still count as straight in the page
_WHOLE_PAGE = 0.006  # of the page's side may a picture miss or pass the page's edge
_BLACK = 40
_LEAST_COVER = 0.5  # of the page's area, else the page is drawn
_HARMLESS = frozenset((Sort.HIDDEN_TEXT, Sort.NOTHING, Sort.WHITE_FILL))
_PLAIN_COLOURS = frozenset(
    (
        raw.FPDF_COLORSPACE_DEVICEGRAY,
        raw.FPDF_COLORSPACE_DEVICERGB,
        raw.FPDF_COLORSPACE_CALGRAY,
        raw.FPDF_COLORSPACE_CALRGB,
        raw.FPDF_COLORSPACE_ICCBASED,
    )
)


def sole_picture(content: Content) -> Painted | None:
    """Return the one picture that this page shows and nothing besides, if that is what it is."""
    shown = [item for item in content.painted if meets(item.bounds, content.box)]
    at = [index for index, item in enumerate(shown) if item.sort is Sort.PICTURE]
    if len(at) != 1 or content.has_annotations or not content.is_whole:
        return None
    picture = shown[at[0]]
    before, after = shown[: at[0]], shown[at[0] + 1 :]
    if picture.is_clear or not _is_unclipped(picture, content.box):
        return None
    if any(item.sort not in _HARMLESS or item.sort is Sort.WHITE_FILL for item in after):
        return None
    # what was painted before it counts unless the picture hides it
    if any(
        item.sort not in _HARMLESS and not _within(item.bounds, picture.bounds) for item in before
    ):
        return None
    return picture


def take(
    page: pdfium.PdfPage,
    picture: Painted,
    content: Content,
    wanted: float,
    *,
    is_plain: bool,
    most_pixels: int,
) -> Finished | None:
    """Return the page as this picture's own pixels, or None where it has to be drawn.

    ``is_plain`` says that the file recodes no picture (/Decode) so that a JPEG
    means what it says. Raises Refused when the picture is too large.
    """
    layout = _layout(picture, content)
    if layout is None:
        return None
    meta = raw.FPDF_IMAGEOBJ_METADATA()
    raw.FPDFImageObj_GetImageMetadata(picture.handle, page, meta)
    check_size(meta.width, meta.height, most_pixels)
    image = _jpeg(picture.handle, meta, layout, wanted) if is_plain else None
    is_coloured = image is not None and image.mode == "RGB"  # else it was decoded without
    if image is None:
        image = _decoded(picture.handle, meta)
    if image is None:
        return None
    turned = layout.turned(image)
    placed = layout.on_page(turned)
    declared = placed.width / content.width_inches, placed.height / content.height_inches
    return finish(placed, declared, wanted, is_coloured=is_coloured)


class _Layout:
    """Where an upright picture lies on its page: a quarter turn, mirrors, and its rectangle."""

    def __init__(self, to_display: Affine, content: Content) -> None:
        a, b, c, d, e, f = to_display
        # down the picture's rows instead of up its unit square
        e, f, c, d = e + c, f + d, -c, -d
        self.is_turned = abs(a) + abs(d) < abs(b) + abs(c)
        across, down = (c, b) if self.is_turned else (a, d)
        lean = max(abs(a), abs(d)) if self.is_turned else max(abs(b), abs(c))
        self.is_straight = lean <= _ALIGNED * min(abs(across), abs(down))
        self.mirrors = across < 0, down < 0
        self.left, self.top = e + min(across, 0.0), f + min(down, 0.0)
        self.width, self.height = abs(across), abs(down)
        self.page = content.width_inches * 72, content.height_inches * 72

    def cover(self) -> float:
        """Return the share of the page's area that the picture covers."""
        across = min(self.left + self.width, self.page[0]) - max(self.left, 0.0)
        down = min(self.top + self.height, self.page[1]) - max(self.top, 0.0)
        return max(across, 0.0) * max(down, 0.0) / (self.page[0] * self.page[1])

    def turned(self, image: Image.Image) -> Image.Image:
        """Return the picture the way round it stands on the displayed page."""
        if self.is_turned:
            image = image.transpose(Image.Transpose.TRANSPOSE)
        if all(self.mirrors):
            return image.transpose(Image.Transpose.ROTATE_180)
        if self.mirrors[0]:
            return image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        if self.mirrors[1]:
            return image.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        return image

    def on_page(self, image: Image.Image) -> Image.Image:
        """Return the whole page at the picture's resolution, white where the picture is not."""
        fits = (
            abs(self.left), abs(self.left + self.width - self.page[0])
        ), (abs(self.top), abs(self.top + self.height - self.page[1]))  # fmt: skip
        if all(max(fits[side]) <= _WHOLE_PAGE * self.page[side] for side in (0, 1)):
            return image
        scale = image.width / self.width, image.height / self.height
        size = round(self.page[0] * scale[0]), round(self.page[1] * scale[1])
        mode = "L" if image.mode in ("1", "L") else "RGB"
        page = Image.new(mode, (max(1, size[0]), max(1, size[1])), "white")
        page.paste(image, (round(self.left * scale[0]), round(self.top * scale[1])))
        return page


def _layout(picture: Painted, content: Content) -> _Layout | None:
    layout = _Layout(combined(picture.matrix, content.display()), content)
    if not layout.is_straight or layout.cover() < _LEAST_COVER:
        return None
    return layout


def _jpeg(handle: Any, meta: Any, layout: _Layout, wanted: float) -> Image.Image | None:
    """Return a JPEG decoded as it is; None where PDFium must interpret it, or it is damaged."""
    if _filters(handle) != ["DCTDecode"] or meta.colorspace not in _PLAIN_COLOURS:
        return None
    stream = io.BytesIO(_bytes(handle, raw.FPDFImageObj_GetImageDataRaw))
    try:
        image = Image.open(stream, formats=("JPEG", "MPO"))
        if image.size != (meta.width, meta.height) or image.mode not in ("L", "RGB"):
            return None
        assert isinstance(image, JpegImagePlugin.JpegImageFile)
        sides = (layout.height, layout.width) if layout.is_turned else (layout.width, layout.height)
        declared = image.width * 72 / sides[0], image.height * 72 / sides[1]
        ease_jpeg(image, declared, wanted, io.BytesIO(stream.getbuffer()))
        image.load()
    except DAMAGE:
        return None
    return image


def _decoded(handle: Any, meta: Any) -> Image.Image | None:
    """Return the picture as PDFium decodes it; None where only drawing shows what it is."""
    is_stencil = meta.colorspace == raw.FPDF_COLORSPACE_UNKNOWN and meta.bits_per_pixel == 1
    if is_stencil and not _is_painted_black(handle):
        return None
    bitmap = raw.FPDFImageObj_GetBitmap(handle)
    if not bitmap:
        return None
    wrapped = pdfium.PdfBitmap.from_raw(bitmap)
    try:
        image: Image.Image = wrapped.to_pil().copy()
    finally:
        wrapped.close()
    if is_stencil:  # of which PDFium gives where it paints, not what
        image = image.convert("L").point(lambda value: 255 - value)
    is_two_tone = meta.bits_per_pixel == 1 and image.mode == "L"
    return image.convert("1", dither=Image.Dither.NONE) if is_two_tone else image


def _is_painted_black(handle: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha):
        return False
    return max(red.value, green.value, blue.value) < _BLACK and alpha.value == 255


def _filters(handle: Any) -> list[str]:
    count = max(0, min(raw.FPDFImageObj_GetImageFilterCount(handle), 8))
    return [_filter(handle, at) for at in range(count)]


def _filter(handle: Any, at: int) -> str:
    def ask(image: Any, buffer: Any, size: int) -> int:
        length: int = raw.FPDFImageObj_GetImageFilter(image, at, buffer, size)
        return length

    return _bytes(handle, ask).rstrip(b"\0").decode("latin-1")


def _bytes(handle: Any, ask: Callable[[Any, Any, int], int]) -> bytes:
    size = ask(handle, None, 0)
    buffer = ctypes.create_string_buffer(size)
    ask(handle, buffer, size)
    return buffer.raw


def _is_unclipped(item: Painted, box: Bounds) -> bool:
    """Whether no clip path takes away anything of it within the page."""
    seen = (
        max(item.bounds[0], box[0]), max(item.bounds[1], box[1]),
        min(item.bounds[2], box[2]), min(item.bounds[3], box[3]),
    )  # fmt: skip
    return all(_within(seen, clip) for clip in item.clips)


def _within(inner: Bounds, outer: Bounds) -> bool:
    slack = 2.0  # points: 0.7 mm
    return (
        inner[0] >= outer[0] - slack
        and inner[1] >= outer[1] - slack
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )
