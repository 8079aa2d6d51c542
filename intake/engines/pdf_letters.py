"""The letters that a born-digital page shows, as PDFium tells them. Runs in the child.

Hidden letters are left out here: invisible render modes, white on white,
outside the page or a clip path, under a picture or a filled area, too small
to see. What is left is still held against the picture in ``layer``.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from intake.engines.pdf_content import Affine, Bounds, Content, Painted, Sort, mapped, meets

# text; left, top, right, bottom; top and bottom of the room that the font gives it
Sent = tuple[str, float, float, float, float, float, float]

SPACE: Sent = (" ", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)

_MOST_LETTERS = 30_000
_MOST_COMPARISONS = 1_000_000
_PICTURE_SHARE = 0.3  # of the page under pictures: then it is no born-digital page
_LEAST_POINTS = 1.5  # height of a letter that a person can see
_UPRIGHT = math.radians(3)
_WHITE, _FAINT = 230, 60
_SOFT_HYPHEN = 2  # PDFium's sign for a hyphen at a line's end
_OPAQUE = frozenset((Sort.PICTURE, Sort.FILL, Sort.WHITE_FILL))


@dataclass(frozen=True, slots=True)
class Letters:
    """Visible letters in the order of the file, spaces between words; why there are none."""

    sent: tuple[Sent, ...] = ()
    notes: tuple[str, ...] = ()


class _Doubt(Exception):
    """The text cannot be trusted as a whole; the message says why."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How the letters of one text object look."""

    is_hidden: bool
    covers: tuple[Bounds, ...]
    clips: tuple[Bounds, ...]


def hidden_note(seen: Content, *sorts: Sort) -> tuple[str, ...]:
    """Return the note that hidden text was left out, where the page has any of these sorts."""
    is_there = any(item.sort in sorts for item in seen.painted)
    return ("hidden text in the file was ignored",) if is_there else ()


def letters(page: pdfium.PdfPage, seen: Content) -> Letters:
    """Return the page's visible letters, boxes as fractions of the page as displayed."""
    hidden = hidden_note(seen, Sort.HIDDEN_TEXT)
    if not any(item.sort is Sort.TEXT for item in seen.painted):
        return Letters(notes=hidden)
    try:
        _check_page(seen)
        looks = _looks(seen)
        text = raw.FPDFText_LoadPage(page)
        try:
            return Letters(tuple(_each(text, looks, seen)), hidden)
        finally:
            raw.FPDFText_ClosePage(text)
    except _Doubt as doubt:
        return Letters(notes=(*hidden, f"the file's own text was not used: {doubt}"))


def _check_page(seen: Content) -> None:
    if not seen.is_whole:
        raise _Doubt("the page has too many parts")
    if seen.has_annotations:
        raise _Doubt("something is laid over the page")
    area = (seen.box[2] - seen.box[0]) * (seen.box[3] - seen.box[1])
    pictures = (item.bounds for item in seen.painted if item.sort is Sort.PICTURE)
    if sum(_shared(bounds, seen.box) for bounds in pictures) > _PICTURE_SHARE * area:
        raise _Doubt("the page is mostly a picture")


def _shared(one: Bounds, other: Bounds) -> float:
    if not meets(one, other):
        return 0.0
    across = min(one[2], other[2]) - max(one[0], other[0])
    return across * (min(one[3], other[3]) - max(one[1], other[1]))


def _looks(seen: Content) -> dict[int, _Look]:
    """Return, by the address of each text object, how it looks where it stands."""
    opaque = [
        (index, item)
        for index, item in enumerate(seen.painted)
        if item.sort in _OPAQUE and meets(item.bounds, seen.box)
    ]
    texts = [(index, item) for index, item in enumerate(seen.painted) if item.sort is Sort.TEXT]
    if len(opaque) * len(texts) > _MOST_COMPARISONS:
        raise _Doubt("the page has too many parts")
    looks = {_address(item.handle): _look(index, item, opaque) for index, item in texts}
    hidden = _Look(True, (), ())
    for item in seen.painted:
        if item.sort is Sort.HIDDEN_TEXT:
            looks[_address(item.handle)] = hidden
    return looks


def _look(index: int, text: Painted, opaque: list[tuple[int, Painted]]) -> _Look:
    near = [(at, item) for at, item in opaque if meets(item.bounds, text.bounds)]
    over = tuple(item.bounds for at, item in near if at > index)
    under = [item for at, item in near if at < index and item.sort is not Sort.WHITE_FILL]
    lightest, alpha = _colour(text.handle)
    is_white = lightest > _WHITE and not under
    return _Look(is_white or alpha < _FAINT, over, text.clips)


def _colour(handle: Any) -> tuple[int, int]:
    """Return the darkest channel of the fill (0 where it is only outlined), and its alpha."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    mode = raw.FPDFTextObj_GetTextRenderMode(handle)
    outlined = mode in (raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_STROKE_CLIP)
    ask = raw.FPDFPageObj_GetStrokeColor if outlined else raw.FPDFPageObj_GetFillColor
    if not ask(handle, red, green, blue, alpha):
        return 0, 255
    return min(red.value, green.value, blue.value), alpha.value


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _each(text: Any, looks: dict[int, _Look], seen: Content) -> Iterator[Sent]:
    count = raw.FPDFText_CountChars(text)
    if count > _MOST_LETTERS:
        raise _Doubt("it is too long")
    to_fractions = _to_fractions(seen)
    upright = _upright_angle(seen.turn)
    for index in range(max(0, count)):
        code = raw.FPDFText_GetUnicode(text, index)
        if _is_space(code) or raw.FPDFText_IsGenerated(text, index) == 1:
            yield SPACE
            continue
        bounds = _letter_bounds(text, index)
        handle = raw.FPDFText_GetTextObject(text, index)
        look = looks.get(_address(handle)) if handle else None
        if look is None:
            raise _Doubt("some of it belongs to no visible part of the page")
        if look.is_hidden or _is_out_of_sight(bounds, look, seen.box):
            continue
        _check_letter(text, index, code, upright)
        left, top, right, bottom = _rounded(mapped(bounds, to_fractions))
        _, room_top, _, room_bottom = _rounded(mapped(_room(text, index, bounds), to_fractions))
        yield _letter(code), left, top, right, bottom, room_top, room_bottom


def _rounded(box: Bounds) -> Bounds:
    left, top, right, bottom = (min(1.0, max(0.0, round(edge, 5))) for edge in box)
    return left, top, right, bottom


def _to_fractions(seen: Content) -> Affine:
    a, b, c, d, e, f = seen.display()
    wide, high = seen.width_inches * 72, seen.height_inches * 72
    return a / wide, b / high, c / wide, d / high, e / wide, f / high


def _upright_angle(turn: int) -> float:
    # PDFium counts angles clockwise, and a page turned clockwise brings its text with it
    return (-turn * math.pi / 2) % (2 * math.pi)


def _is_space(code: int) -> bool:
    return code in (0, 10, 13, 9, 0xA0, 0xAD, 0x200B, 0xFEFF) or chr(code).isspace()


def _letter_bounds(text: Any, index: int) -> Bounds:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    return left.value, bottom.value, right.value, top.value


def _room(text: Any, index: int, tight: Bounds) -> Bounds:
    rect = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text, index, rect):
        return tight
    return rect.left, rect.bottom, rect.right, rect.top


def _is_out_of_sight(bounds: Bounds, look: _Look, page: Bounds) -> bool:
    middle = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    long_side = max(bounds[2] - bounds[0], bounds[3] - bounds[1])
    return (
        long_side < _LEAST_POINTS / 3  # a full stop is a third of a letter's height
        or not _holds(page, middle)
        or not all(_holds(clip, middle) for clip in look.clips)
        or any(_holds(cover, middle) for cover in look.covers)
    )


def _holds(box: Bounds, point: tuple[float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _check_letter(text: Any, index: int, code: int, upright: float) -> None:
    if raw.FPDFText_HasUnicodeMapError(text, index) == 1 or not _is_letter(code):
        raise _Doubt("its letters are coded in a way of their own")
    turned = abs(raw.FPDFText_GetCharAngle(text, index) - upright) % (2 * math.pi)
    if min(turned, 2 * math.pi - turned) > _UPRIGHT:
        raise _Doubt("it does not stand upright")


def _is_letter(code: int) -> bool:
    # C: control, private use, surrogates, unassigned; 0xFFFD: could not be told
    return code == _SOFT_HYPHEN or (code != 0xFFFD and unicodedata.category(chr(code))[0] != "C")


def _letter(code: int) -> str:
    return "-" if code == _SOFT_HYPHEN else chr(code)
