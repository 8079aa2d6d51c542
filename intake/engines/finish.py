"""From any Pillow picture of a page to the pixels that are handed on. Runs in the child."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageOps

from intake.engines.nursery import Send
from intake.engines.resolution import check_size, working_size

_BAND_ROWS = 64  # a band stays in the processor's cache while it is packed
_NEGATIVE = 0.7  # a two-tone page with more black than this is a negative
_DARK, _BRIGHT = 96, 160  # levels of a negative's paper and of its print
_DARK_SHARE, _BRIGHT_SHARE = 0.75, (0.002, 0.15)
"""Parts of a page with greys that its paper and its print take: a page that lies on a dark table is
brighter, a black one has no print."""

# A pen or a seal differs from the paper's own tint by more than a scanner's noise does.
_SAMPLE_LONG_SIDE = 700
_TINT_STEPS = 14
_COLOURED_SHARE = 0.0004


@dataclass(frozen=True, slots=True)
class Finished:
    """A page ready to be sent: mode L or RGB, true dpi, and what the operator should know."""

    image: Image.Image
    dpi: float
    notes: tuple[str, ...] = ()


def finish(
    image: Image.Image,
    declared: tuple[float, float],
    wanted: float,
    notes: Iterable[str] = (),
    *,
    is_coloured: bool = False,
    white_is_zero: bool = False,
) -> Finished:
    """Return the page of a decoded picture: alpha on white, 8 bits, grey unless it has colour.

    ``declared`` is its resolution across and down, 0 where unknown;
    ``is_coloured`` that it was already found to have colour, ``white_is_zero`` that the file says
    so of grey pixels that were left so. Raises Refused for one too small to read.
    """
    check_size(image.width, image.height, image.width * image.height)
    remarks = list(notes)
    plain = flattened(image)
    if white_is_zero:
        plain = ImageOps.invert(plain)
    elif is_negative(plain, two_tone=image.mode == "1"):
        plain = ImageOps.invert(plain)
        remarks.append("the page was a negative and was turned to black on white")
    work = working_size(plain.width, plain.height, declared, wanted)
    sized = _resized(plain, (work.width, work.height))
    if sized.mode == "RGB" and not is_coloured and not has_colour(sized):
        sized = sized.convert("L")
    return Finished(sized, work.dpi, tuple(remarks))


def flattened(image: Image.Image) -> Image.Image:
    """Return the picture as L or RGB, whatever kind it is, transparent parts on white."""
    if image.mode in ("L", "RGB"):
        return _on_white(image) if "transparency" in image.info else image
    if image.mode == "1":
        return image.convert("L")
    if image.mode[0] in "IF":
        return _eight_bits(image)
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        return _on_white(image)
    if image.mode == "P":
        return _without_palette(image)
    return image.convert("RGB")


def is_negative(image: Image.Image, *, two_tone: bool) -> bool:
    """Return whether a page (L or RGB) is white on black; ``two_tone`` that it has no greys."""
    sample = image.reduce(2) if max(image.size) > 2 * _SAMPLE_LONG_SIDE else image
    counts = sample.convert("L").histogram()
    dark, bright = sum(counts[:_DARK]) / sum(counts), sum(counts[_BRIGHT:]) / sum(counts)
    if two_tone:
        return dark > _NEGATIVE
    least, most = _BRIGHT_SHARE
    return dark > _DARK_SHARE and least < bright < most


def has_colour(image: Image.Image) -> bool:
    """Return whether more than specks of an RGB picture differ from its paper's tint."""
    factor = max(1, max(image.size) // _SAMPLE_LONG_SIDE)
    sample = image.reduce(min(factor, 4)).convert("YCbCr")
    counts = sample.histogram()
    limit = _COLOURED_SHARE * sample.width * sample.height
    return any(_far_from_mode(counts[at : at + 256]) > limit for at in (256, 512))


def send_page(send: Send, number: int, page: Finished, more: Mapping[str, Any]) -> None:
    """Send one page; colour goes as blue, green, red."""
    image = page.image
    channels = len(image.getbands())
    header = {
        "page": number,
        "width": image.width,
        "height": image.height,
        "channels": channels,
        "dpi": page.dpi,
        "notes": page.notes,
        "size": image.width * image.height * channels,
        **more,
    }
    send(header, _bands(image))


def _bands(image: Image.Image) -> Iterator[bytes]:
    order = "L" if image.mode == "L" else "BGR"
    for top in range(0, image.height, _BAND_ROWS):
        bottom = min(top + _BAND_ROWS, image.height)
        yield image.crop((0, top, image.width, bottom)).tobytes("raw", order)


def _far_from_mode(counts: list[int]) -> int:
    tint = counts.index(max(counts))
    return sum(counts[: max(0, tint - _TINT_STEPS)]) + sum(counts[tint + _TINT_STEPS + 1 :])


def _on_white(image: Image.Image) -> Image.Image:
    clear = image.convert("RGBA")
    white = Image.new("RGB", clear.size, "white")
    white.paste(clear, mask=clear.getchannel("A"))
    return white


def _without_palette(image: Image.Image) -> Image.Image:
    colours = image.getpalette("RGB") or []
    reds, greens, blues = colours[0::3], colours[1::3], colours[2::3]
    return image.convert("L" if reds == greens == blues else "RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Scale 12, 16, 32 bits or floats down to 8."""
    low, high = image.getextrema()
    assert isinstance(low, int | float)
    assert isinstance(high, int | float)
    if image.mode == "F":
        low, span = (0.0, 1.0) if low >= 0 and high <= 1 else (float(low), float(high - low))
    else:
        span = 255.0 if high <= 255 else 4095.0 if high <= 4095 else max(65535.0, float(high))
        low = 0
    scale = 255.0 / (span or 1.0)
    wide = image.convert("F") if image.mode != "F" else image
    return wide.point(lambda value: value * scale + (0.0 - low * scale)).convert("L")


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    if image.size == size:
        return image
    factor = image.width // size[0]
    if factor > 1 and (size[0] * factor, size[1] * factor) == image.size:
        return image.reduce(factor)
    if size[0] > image.width or size[1] > image.height:
        return image.resize(size, Image.Resampling.BICUBIC)
    return image.resize(size, Image.Resampling.HAMMING, reducing_gap=2.0)
