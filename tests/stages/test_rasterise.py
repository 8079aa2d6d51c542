"""Pages as pixels: every wrapping of a scan gives the same page, the right way round."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageOps

from intake.engines.finish import is_negative
from intake.engines.raster import Raster
from intake.stages.rasterise import Page, Unread, rasterise
from intake.stages.receive import receive
from tests.stages import papers
from tests.stages.papers import A4, Sheet, ccitt, flate, jbig2, jpeg, jpx, pdf_of, saved, stencil

WIDTH, HEIGHT = A4
GREY = papers.scan(310, 438)
COLOUR = papers.scan(310, 438, colour=True)
BILEVEL = GREY.convert("1")
NEGATIVE = ImageOps.invert(GREY)


def pages_of(path: Path) -> list[Page]:
    items = list(rasterise(receive(path)))
    assert all(isinstance(item, Page) for item in items), items
    return [item for item in items if isinstance(item, Page)]


def page_of(path: Path) -> Page:
    (page,) = pages_of(path)
    return page


def picture(raster: Raster) -> Image.Image:
    pixels = raster.pixels[:, :, ::-1] if raster.is_colour else raster.pixels
    return Image.fromarray(np.ascontiguousarray(pixels))


def difference(raster: Raster, expected: Image.Image) -> float:
    """Mean difference in grey levels, both brought to the size expected."""
    have = picture(raster).convert("L").resize(expected.size, Image.Resampling.BOX)
    want = expected.convert("L")
    return float(np.abs(np.asarray(have, np.int16) - np.asarray(want, np.int16)).mean())


def stored(tmp_path: Path, body: bytes) -> Path:
    path = tmp_path / "scan"
    path.write_bytes(body)
    return path


def sheet(tmp_path: Path, one: Sheet) -> Page:
    return page_of(papers.write(pdf_of(one), tmp_path / "scan.pdf"))


PICTURES: dict[str, Sheet] = {
    "grey JPEG": Sheet(*jpeg(GREY)),
    "grey JPEG inverted": Sheet(*jpeg(NEGATIVE, **{"/Decode": Array([1, 0])})),
    "colour JPEG": Sheet(*jpeg(COLOUR)),
    # Pillow stores CMYK inverted, as Adobe's programs do, and a PDF has to say so
    "CMYK JPEG": Sheet(*jpeg(COLOUR.convert("CMYK"), **{"/Decode": Array([1, 0] * 4)})),
    "grey": Sheet(*flate(GREY)),
    "colour": Sheet(*flate(COLOUR)),
    "bilevel": Sheet(*flate(BILEVEL)),
    "bilevel inverted": Sheet(*flate(NEGATIVE.convert("1"), **{"/Decode": Array([1, 0])})),
    "stencil": Sheet(*stencil(GREY)),
    "stencil inverted": Sheet(*stencil(NEGATIVE, **{"/Decode": Array([1, 0])})),
    "fax": Sheet(*ccitt(GREY)),
    "fax inverted": Sheet(*ccitt(NEGATIVE, **{"/Decode": Array([1, 0])})),
    "JBIG2": Sheet(*jbig2(BILEVEL)),
    "JPEG 2000": Sheet(*jpx(COLOUR)),
}

PLACES: dict[str, Sheet] = {
    "mirrored": Sheet(*jpeg(ImageOps.mirror(GREY)), matrix=(-WIDTH, 0, 0, HEIGHT, WIDTH, 0)),
    "upside down": Sheet(*jpeg(ImageOps.flip(GREY)), matrix=(WIDTH, 0, 0, -HEIGHT, 0, HEIGHT)),
    "turned left": Sheet(
        *jpeg(GREY.rotate(-90, expand=True)), matrix=(0, HEIGHT, -WIDTH, 0, WIDTH, 0)
    ),
    "turned right": Sheet(
        *jpeg(GREY.rotate(90, expand=True)), matrix=(0, -HEIGHT, WIDTH, 0, 0, HEIGHT)
    ),
    "origin elsewhere": Sheet(
        *jpeg(GREY),
        page={"/MediaBox": Array([-100, -50, WIDTH - 100, HEIGHT - 50])},
        matrix=(WIDTH, 0, 0, HEIGHT, -100, -50),
    ),
    "other units": Sheet(*jpeg(GREY), media=(59.5, 84.2), page={"/UserUnit": 10}),
    "clipped to the page": Sheet(*jpeg(GREY), before=b"0 0 595 842 re W n"),
    "white ground": Sheet(*jpeg(GREY), before=b"1 g 0 0 595 842 re f"),
    "hidden text": Sheet(*jpeg(GREY), after=b"BT /F 12 Tf 3 Tr 90 700 Td (hidden) Tj ET"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_page_that_is_one_picture_is_taken_as_it_is(name: str, tmp_path: Path) -> None:
    page = sheet(tmp_path, PICTURES[name])
    expected = COLOUR if page.raster.is_colour else GREY
    assert picture(page.raster).size == expected.size, "it was drawn again"
    # printing colours are no exact match of screen colours
    assert difference(page.raster, expected) < (7 if "CMYK" in name else 3)
    assert page.raster.dpi == pytest.approx(37.5, abs=0.1)


@pytest.mark.parametrize("name", PLACES)
def test_a_picture_is_turned_as_the_page_shows_it(name: str, tmp_path: Path) -> None:
    page = sheet(tmp_path, PLACES[name])
    assert picture(page.raster).size == GREY.size
    assert difference(page.raster, GREY) < 3


@pytest.mark.parametrize("turn", [90, 180, 270, -90, 450])
def test_the_turn_of_a_page_is_applied(turn: int, tmp_path: Path) -> None:
    page = sheet(tmp_path, Sheet(*jpeg(GREY), page={"/Rotate": turn}))
    expected = GREY.rotate(-turn, expand=True)
    assert picture(page.raster).size == expected.size
    assert difference(page.raster, expected) < 3


def test_colour_stays_where_there_is_colour(tmp_path: Path) -> None:
    assert sheet(tmp_path, PICTURES["colour JPEG"]).raster.is_colour
    assert not sheet(tmp_path, Sheet(*jpeg(GREY.convert("RGB")))).raster.is_colour


def test_a_crop_box_is_the_page(tmp_path: Path) -> None:
    box = {"/CropBox": Array([WIDTH / 2, 0, WIDTH, HEIGHT / 2])}
    page = sheet(tmp_path, Sheet(*jpeg(GREY), page=box))
    expected = GREY.crop((155, 219, 310, 438))
    assert picture(page.raster).size == expected.size
    assert difference(page.raster, expected) < 3


def test_margins_around_a_picture_belong_to_the_page(tmp_path: Path) -> None:
    page = sheet(tmp_path, Sheet(*jpeg(GREY), matrix=(WIDTH * 0.8, 0, 0, HEIGHT * 0.8, 0, 0)))
    expected = Image.new("L", (388, 548), 255)
    expected.paste(GREY, (0, 548 - 438))
    assert difference(page.raster, expected) < 3


def masked(document: pikepdf.Pdf) -> pikepdf.Pdf:
    mask = Image.new("L", GREY.size, 255)
    mask.paste(0, (0, 0, 310, 100))
    body, entries = flate(mask)
    kind = {"/Type": Name.XObject, "/Subtype": Name.Image}
    document.pages[0].Resources.XObject.Im.SMask = Stream(
        document, body, Dictionary({**kind, **entries})
    )
    return document


def test_a_masked_picture_is_shown_on_white(tmp_path: Path) -> None:
    path = papers.write(masked(pdf_of(Sheet(*jpeg(GREY)))), tmp_path / "scan.pdf")
    expected = GREY.copy()
    expected.paste(255, (0, 0, 310, 100))
    assert difference(page_of(path).raster, expected) < 3


DRAWN: dict[str, Sheet] = {
    "skewed": Sheet(*jpeg(GREY), matrix=(WIDTH, 12, -12, HEIGHT, 0, 0)),
    "a third of the page": Sheet(*jpeg(GREY), matrix=(WIDTH / 2, 0, 0, HEIGHT / 2, 90, 90)),
    "half clipped": Sheet(*jpeg(GREY), before=b"0 400 595 442 re W n"),
    "text over it": Sheet(*jpeg(GREY), after=b"BT /F 12 Tf 90 100 Td (No. 14) Tj ET"),
    "a line over it": Sheet(*jpeg(GREY), after=b"90 100 m 500 100 l S"),
    "blue stencil": Sheet(*stencil(GREY), before=b"0 0 1 rg"),
    "two pictures": Sheet(*jpeg(GREY), after=b"q 99 0 0 99 9 9 cm /Im Do Q"),
}


@pytest.mark.parametrize("name", DRAWN)
def test_any_other_page_is_drawn(name: str, tmp_path: Path) -> None:
    page = sheet(tmp_path, DRAWN[name])
    assert page.raster.dpi == 300
    assert page.raster.height == pytest.approx(3508, abs=2)


def test_what_is_laid_over_a_page_is_drawn(tmp_path: Path) -> None:
    document = pdf_of(Sheet(*jpeg(GREY)))
    shape = Stream(document, b"0 0 90 90 re f", Dictionary(
        Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 90, 90])
    ))  # fmt: skip
    stamp = Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([400, 90, 490, 180]), F=4,
        AP=Dictionary(N=document.make_indirect(shape)),
    )  # fmt: skip
    document.pages[0].Annots = Array([document.make_indirect(stamp)])
    page = page_of(papers.write(document, tmp_path / "scan.pdf"))
    left, top = int(440 / 595 * page.raster.width), int(707 / 842 * page.raster.height)
    assert page.raster.pixels[top, left].max() < 40


def test_a_page_of_200_inches_is_drawn_coarser(tmp_path: Path) -> None:
    one = Sheet(*jpeg(GREY), media=(14_400, 14_400), after=b"0 0 m 900 900 l S")
    page = sheet(tmp_path, one)
    assert max(page.raster.width, page.raster.height) <= 5_200


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format_", ["JPEG", "TIFF", "PNG", "WEBP"])
def test_exif_orientations(orientation: int, format_: str, tmp_path: Path) -> None:
    # the scan is stored turned so that the orientation, applied, brings it back
    back: dict[int, Callable[[Image.Image], Image.Image]] = {
        1: lambda image: image.copy(),
        2: ImageOps.mirror,
        3: lambda image: image.rotate(180),
        4: ImageOps.flip,
        5: lambda image: image.transpose(Image.Transpose.TRANSPOSE),
        6: lambda image: image.rotate(90, expand=True),
        7: lambda image: image.transpose(Image.Transpose.TRANSVERSE),
        8: lambda image: image.rotate(-90, expand=True),
    }
    exif = Image.Exif()
    exif[274] = orientation
    body = saved(back[orientation](GREY), format_, exif=exif)
    raster = page_of(stored(tmp_path, body)).raster
    assert (raster.width, raster.height) == GREY.size
    assert difference(raster, GREY) < 3


def sixteen_bits(image: Image.Image) -> Image.Image:
    return Image.fromarray(np.asarray(image).astype(np.uint16) * 257)


def clear(image: Image.Image) -> Image.Image:
    """Black everywhere, visible only where the scan is black."""
    result = Image.new("RGBA", image.size, "black")
    result.putalpha(ImageOps.invert(image))
    return result


PLAIN_FILES: dict[str, Callable[[], bytes]] = {
    "grey PNG": lambda: saved(GREY, "PNG"),
    "16-bit PNG": lambda: saved(sixteen_bits(GREY), "PNG"),
    "palette PNG": lambda: saved(GREY.quantize(16), "PNG"),
    "1-bit PNG": lambda: saved(BILEVEL, "PNG"),
    "clear PNG": lambda: saved(clear(GREY), "PNG"),
    "clear WebP": lambda: saved(clear(GREY), "WEBP", lossless=True),
    "grey and alpha PNG": lambda: saved(clear(GREY).convert("LA"), "PNG"),
    "CMYK JPEG": lambda: saved(GREY.convert("RGB").convert("CMYK"), "JPEG", quality=90),
    "progressive JPEG": lambda: saved(COLOUR, "JPEG", quality=90, progressive=True),
    "BMP": lambda: saved(GREY, "BMP"),
    "1-bit BMP": lambda: saved(BILEVEL, "BMP"),
    "16-bit TIFF": lambda: saved(sixteen_bits(GREY), "TIFF"),
    "16-bit TIFF, white is zero": lambda: saved(sixteen_bits(NEGATIVE), "TIFF", tiffinfo={262: 0}),
    "CMYK TIFF": lambda: saved(GREY.convert("RGB").convert("CMYK"), "TIFF"),
    "float TIFF": lambda: saved(Image.fromarray(np.asarray(GREY, np.float32) / 255), "TIFF"),
    "group 4 TIFF": lambda: saved(BILEVEL, "TIFF", compression="group4"),
    "group 3 TIFF": lambda: saved(BILEVEL, "TIFF", compression="group3"),
    "LZW TIFF": lambda: saved(GREY, "TIFF", compression="tiff_lzw"),
    "JPEG TIFF": lambda: saved(GREY, "TIFF", compression="jpeg"),
    "negative": lambda: saved(NEGATIVE.convert("1"), "PNG"),
    "grey negative": lambda: saved(NEGATIVE, "PNG"),
    "negative JPEG in colour": lambda: saved(ImageOps.invert(COLOUR), "JPEG", quality=95),
}


@pytest.mark.parametrize("name", PLAIN_FILES)
def test_every_kind_of_picture_gives_the_same_page(name: str, tmp_path: Path) -> None:
    raster = page_of(stored(tmp_path, PLAIN_FILES[name]())).raster
    assert (raster.width, raster.height) == GREY.size
    assert difference(raster, COLOUR if raster.is_colour else GREY) < 3


def test_a_page_on_a_dark_table_and_a_black_one_are_no_negatives() -> None:
    table = Image.new("L", (1000, 1000), 20)
    assert not is_negative(table, two_tone=False)
    table.paste(255, (300, 300, 750, 750))
    assert not is_negative(table, two_tone=False)


def test_heic(tmp_path: Path) -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    pillow_heif.register_heif_opener()
    raster = page_of(stored(tmp_path, saved(COLOUR, "HEIF", quality=90))).raster
    assert difference(raster, COLOUR) < 3
    assert raster.is_colour


def test_pages_of_a_tiff_keep_their_own_size_and_kind(tmp_path: Path) -> None:
    thumbnail = papers.scan(62, 88)
    thumbnail.encoderinfo = {"tiffinfo": {254: 1}}
    fax = papers.scan(310, 219).convert("1")
    fax.encoderinfo = {"compression": "group4", "dpi": (204, 98)}
    path = tmp_path / "x.tif"
    GREY.save(path, "TIFF", save_all=True, append_images=[thumbnail, fax], dpi=(75, 75))
    first, second = pages_of(path)
    assert difference(first.raster, GREY) < 3
    assert (second.raster.width, second.raster.height) == (310, 219)


def test_a_fax_has_square_pixels(tmp_path: Path) -> None:
    flat = papers.scan(1728, 1146).convert("1")
    body = saved(flat, "TIFF", compression="group3", dpi=(204, 98))
    raster = page_of(stored(tmp_path, body)).raster
    assert raster.height / raster.width == pytest.approx(1146 / 98 / (1728 / 204), rel=0.01)
    assert raster.dpi == pytest.approx(204)


@pytest.mark.parametrize(
    ("size", "declared", "dpi"),
    [
        ((1240, 1754), (150, 150), 150),
        ((1240, 1754), None, 150),  # nothing is said: taken for A4
        ((1240, 1754), (1, 1), 150),
        ((1240, 1754), (30_000, 30_000), 150),
        ((1240, 1754), (72, 72), 150),  # 24 inches of paper: the 72 is a default
        ((2480, 3508), (600, 600), 300),  # brought down
    ],
)
def test_resolution_is_believed_only_where_credible(
    size: tuple[int, int], declared: tuple[int, int] | None, dpi: float, tmp_path: Path
) -> None:
    options = {"dpi": declared} if declared else {}
    raster = page_of(stored(tmp_path, saved(papers.scan(*size), "PNG", **options))).raster
    assert raster.dpi == pytest.approx(dpi, rel=0.01)


def test_only_the_first_of_moving_pictures_is_read(tmp_path: Path) -> None:
    for format_ in ("WEBP", "PNG"):
        body = saved(COLOUR, format_, save_all=True, append_images=[COLOUR.rotate(180)])
        page = page_of(stored(tmp_path, body))
        assert page.notes == ("only the first of 2 moving pictures was read",)
        assert difference(page.raster, COLOUR) < 4


def test_pages_come_in_the_order_asked_for(tmp_path: Path) -> None:
    path = papers.write(pdf_of(*[Sheet(*jpeg(GREY))] * 4), tmp_path / "scan.pdf")
    document = receive(path)
    assert [item.number for item in rasterise(document, [3, 1])] == [3, 1]
    assert list(rasterise(document, [])) == []
    with pytest.raises(ValueError, match="1 to 4"):
        rasterise(document, [5])


def test_a_damaged_frame_loses_no_other(tmp_path: Path) -> None:
    path = tmp_path / "x.tif"
    path.write_bytes(broken_second_frame())
    first, second, third = rasterise(receive(path))
    assert isinstance(first, Page)
    assert isinstance(second, Unread)
    assert isinstance(third, Page)


def broken_second_frame() -> bytes:
    """Three frames, the strip of the second of which is said to lie beyond the file."""
    images = [papers.scan(124, 175)] * 3
    body = bytearray(
        saved(images[0], "TIFF", save_all=True, append_images=images[1:], compression="tiff_lzw")
    )
    first = int.from_bytes(body[4:8], "little")
    entries = int.from_bytes(body[first : first + 2], "little")
    second = int.from_bytes(body[first + 2 + entries * 12 :][:4], "little")
    for at in range(second + 2, second + 2 + 12 * 20, 12):
        if int.from_bytes(body[at : at + 2], "little") == 273:
            body[at + 8 : at + 12] = struct.pack("<I", len(body) + 9)
            return bytes(body)
    raise AssertionError("no strip in the second frame")


def test_a_long_file_stays_small(tmp_path: Path) -> None:
    """Peak memory of a reader of many large pages is that of one page and a little."""
    path = papers.write(pdf_of(*[Sheet(*jpeg(papers.scan(1240, 1754)))] * 40), tmp_path / "x.pdf")
    held = max_held(path)
    assert held < 6 * 1240 * 1754


def max_held(path: Path) -> int:
    import tracemalloc  # noqa: PLC0415

    document = receive(path)
    tracemalloc.start()
    for _ in rasterise(document):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def without_table(tmp_path: Path, ending: bytes) -> Path:
    """A PDF cut off before its table, and with it the only place that names the root."""
    plain = pikepdf.ObjectStreamMode.disable
    path = papers.write(pdf_of(Sheet(*jpeg(GREY))), tmp_path / "x.pdf", object_stream_mode=plain)
    body = path.read_bytes()
    path.write_bytes(body[: body.rindex(b"xref\n", 0, body.rindex(b"startxref"))] + ending)
    return path


def test_a_damaged_pdf_is_repaired_and_says_so(tmp_path: Path) -> None:
    page = page_of(without_table(tmp_path, b"xref\n0 "))
    assert difference(page.raster, GREY) < 3
    assert page.notes == ("the PDF was damaged and was repaired: some of it may be lost",)


def test_a_page_that_damage_emptied_is_not_taken_for_blank(tmp_path: Path) -> None:
    path = without_table(tmp_path, b"")  # here the picture itself goes with it
    (item,) = rasterise(receive(path))
    assert isinstance(item, Unread)
    assert "lost" in str(item.error)


def test_a_blank_back_is_a_page(tmp_path: Path) -> None:
    document = pdf_of(Sheet(*jpeg(GREY)))
    document.add_blank_page(page_size=A4)
    _, back = pages_of(papers.write(document, tmp_path / "x.pdf"))
    assert back.raster.pixels.min() == 255
