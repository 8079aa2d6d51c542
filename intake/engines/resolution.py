"""The true resolution of a page, and the one to work at."""

from __future__ import annotations

from dataclasses import dataclass

from intake.engines.declared import DAMAGED_HEADER
from intake.errors import Refused

A4_LONG_INCHES = 11.69

# Less than this in either direction holds no line of writing, and breaks what comes later.
LEAST_PIXELS = 32

_LEAST_DPI, _MOST_DPI = 50.0, 2400.0
_SHORTEST_PAGE, _LONGEST_PAGE = 3.0, 17.5  # inches, of the longer side; A3 is 16.5
_UNEVEN = 1.03  # beyond this, width and height are scanned at different resolutions (fax)
_MOST_UNEVEN = 3.0
_GENEROUS = 1.2  # up to this much finer than wanted is left as it is
_PHOTO_MARGIN = 1.14  # a page fills perhaps seven eighths of a photo of it


_MOST_SIDE = 2**31 - 1


def check_size(width: int, height: int, most: int) -> None:
    """Raise Refused for a picture of more than ``most`` pixels, or too small to read.

    A side of more than any file can hold is a negative number, read as a positive one.
    """
    if max(width, height) > _MOST_SIDE:
        raise Refused(DAMAGED_HEADER)
    if width * height > most:
        raise Refused(
            f"a picture of {width}×{height} pixels is too large; scan it at 300 dpi and send that"
        )
    if min(width, height) < LEAST_PIXELS:
        raise Refused(
            f"a picture of {width}×{height} pixels is too small to read; scan it at 300 dpi"
        )


@dataclass(frozen=True, slots=True)
class Working:
    """The size to bring a picture to, in pixels, and the resolution it then has."""

    width: int
    height: int
    dpi: float


def working_size(width: int, height: int, declared: tuple[float, float], wanted: float) -> Working:
    """Return the size at which to work on a picture of so many pixels.

    ``declared`` is its resolution across and down as its file says, 0 where it
    says nothing. It is believed when it makes the longer side between 3 and
    17.5 inches; else the longer side is taken for that of A4. Pixels that are
    not square are made so at the finer of both resolutions. A page clearly
    finer than ``wanted`` dpi is brought down to it, nothing is ever enlarged.
    """
    across, down = declared
    if not _is_credible(across, down, width, height):
        dpi = max(width, height) / A4_LONG_INCHES
        return _scaled(width, height, dpi, wanted * _PHOTO_MARGIN)
    dpi = max(across, down)
    if max(across, down) > min(across, down) * _UNEVEN:
        width, height = round(width * dpi / across), round(height * dpi / down)
    return _scaled(width, height, dpi, wanted)


def drawing_dpi(width_inches: float, height_inches: float, wanted: float, longest: float) -> float:
    """Return the resolution at which to draw a page of this size.

    A page longer than ``longest`` inches, or too small to be paper (a page in
    other units), is drawn with as many pixels as ``longest`` or A4 would have.
    """
    long_side = max(width_inches, height_inches)
    if long_side > longest:
        return wanted * longest / long_side
    if long_side < _SHORTEST_PAGE:
        return wanted * A4_LONG_INCHES / max(long_side, 0.01)
    return wanted


def _is_credible(across: float, down: float, width: int, height: int) -> bool:
    if not (_LEAST_DPI <= across <= _MOST_DPI and _LEAST_DPI <= down <= _MOST_DPI):
        return False
    if max(across, down) > _MOST_UNEVEN * min(across, down):
        return False
    return _SHORTEST_PAGE <= max(width / across, height / down) <= _LONGEST_PAGE


def _scaled(width: int, height: int, dpi: float, wanted: float) -> Working:
    # a little too fine is not worth the cost and the loss of bringing it down
    scale = wanted / dpi if dpi > wanted * _GENEROUS else 1.0
    return Working(max(1, round(width * scale)), max(1, round(height * scale)), dpi * scale)
