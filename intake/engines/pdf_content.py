"""What a PDF page paints, in painting order, as PDFium sees it. Runs in the child."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

Affine = tuple[float, float, float, float, float, float]
Bounds = tuple[float, float, float, float]  # left, bottom, right, top in points of the page

_WHOLE: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEEPEST = 8
_MOST_OBJECTS = 20_000
_NEARLY_WHITE = 250
_SILENT_ANNOTATIONS = frozenset((raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP))
_UNSEEN_FLAGS = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW


class Sort(Enum):
    """What one painted object is, as far as reading a page goes."""

    PICTURE = "picture"
    TEXT = "text"
    HIDDEN_TEXT = "hidden text"
    FILL = "fill"
    WHITE_FILL = "white fill"
    STROKE = "stroke"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Painted:
    """One object of the page: where it is, how it got there, and PDFium's handle of it."""

    sort: Sort
    bounds: Bounds
    matrix: Affine
    handle: Any
    is_clear: bool  # painted with transparency, or only when a layer is switched on
    clips: tuple[Bounds, ...]  # what remains visible, one box a clip path


@dataclass(frozen=True, slots=True)
class Content:
    """All that a page paints, in order. ``is_whole`` is False when there was too much to list."""

    box: Bounds
    turn: int  # quarter turns clockwise on display
    painted: tuple[Painted, ...]
    has_annotations: bool
    is_whole: bool

    @property
    def width_inches(self) -> float:
        """Width as displayed."""
        across, down = self._sides()
        return (down if self.turn % 2 else across) / 72

    @property
    def height_inches(self) -> float:
        """Height as displayed."""
        across, down = self._sides()
        return (across if self.turn % 2 else down) / 72

    def display(self) -> Affine:
        """Return the map from points of the page to points right of and below its top left."""
        left, bottom, right, top = self.box
        return (
            (1.0, 0.0, 0.0, -1.0, -left, top),
            (0.0, 1.0, 1.0, 0.0, -bottom, -left),
            (-1.0, 0.0, 0.0, 1.0, right, -bottom),
            (0.0, -1.0, -1.0, 0.0, top, right),
        )[self.turn]

    def _sides(self) -> tuple[float, float]:
        left, bottom, right, top = self.box
        return right - left, top - bottom


def content(page: pdfium.PdfPage) -> Content:
    """List what this page paints."""
    rect = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, rect)
    painted = tuple(islice(_objects(page), _MOST_OBJECTS))
    return Content(
        box=(rect.left, rect.bottom, rect.right, rect.top),
        turn=raw.FPDFPage_GetRotation(page) % 4,
        painted=painted,
        has_annotations=_has_annotations(page),
        is_whole=len(painted) < _MOST_OBJECTS,
    )


def combined(first: Affine, then: Affine) -> Affine:
    """Return the map that applies one and then the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r, a * q + b * s,
        c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def mapped(bounds: Bounds, by: Affine) -> Bounds:
    """Return the box around a mapped box."""
    a, b, c, d, e, f = by
    corners = [(x, y) for x in bounds[0::2] for y in bounds[1::2]]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def meets(one: Bounds, other: Bounds) -> bool:
    """Return whether two boxes share more than an edge."""
    return (
        min(one[2], other[2]) > max(one[0], other[0])
        and min(one[3], other[3]) > max(one[1], other[1])
    )  # fmt: skip


def _objects(page: pdfium.PdfPage) -> Iterator[Painted]:
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield from _walk(raw.FPDFPage_GetObject(page, index), _Outer())


@dataclass(frozen=True, slots=True)
class _Outer:
    """What an object inherits from the forms that it stands in."""

    matrix: Affine = _WHOLE
    clips: tuple[Bounds, ...] = ()
    is_clear: bool = False
    depth: int = 0


def _walk(handle: Any, outer: _Outer) -> Iterator[Painted]:
    kind = raw.FPDFPageObj_GetType(handle)
    matrix = combined(_matrix(handle), outer.matrix)
    clips = (*outer.clips, *_clips(handle, outer.matrix))
    is_clear = outer.is_clear or _is_clear(handle)
    if kind == raw.FPDF_PAGEOBJ_FORM and outer.depth < _DEEPEST:
        inner = _Outer(matrix, clips, is_clear, outer.depth + 1)
        for index in range(raw.FPDFFormObj_CountObjects(handle)):
            yield from _walk(raw.FPDFFormObj_GetObject(handle, index), inner)
        return
    bounds = mapped(_bounds(handle), outer.matrix)
    yield Painted(_sort(handle, kind), bounds, matrix, handle, is_clear, clips)


def _is_clear(handle: Any) -> bool:
    return bool(raw.FPDFPageObj_HasTransparency(handle)) or _is_optional(handle)


def _sort(handle: Any, kind: int) -> Sort:
    if kind == raw.FPDF_PAGEOBJ_IMAGE:
        return Sort.PICTURE
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        return _text_sort(handle)
    if kind == raw.FPDF_PAGEOBJ_PATH:
        return _path_sort(handle)
    return Sort.FILL  # shadings, forms too deep, and what this version does not know


def _text_sort(handle: Any) -> Sort:
    mode = raw.FPDFTextObj_GetTextRenderMode(handle)
    hidden = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
    return Sort.HIDDEN_TEXT if mode in hidden else Sort.TEXT


def _path_sort(handle: Any) -> Sort:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(handle, fill, stroke)
    if stroke.value:
        return Sort.STROKE
    if not fill.value:
        return Sort.NOTHING
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    known = raw.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha)
    if known and alpha.value == 0:
        return Sort.NOTHING
    lightest = min(red.value, green.value, blue.value) if known else 0
    return Sort.WHITE_FILL if lightest >= _NEARLY_WHITE else Sort.FILL


def _matrix(handle: Any) -> Affine:
    m = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, m):
        return _WHOLE
    return m.a, m.b, m.c, m.d, m.e, m.f


def _bounds(handle: Any) -> Bounds:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _is_optional(handle: Any) -> bool:
    """Whether the object belongs to a layer that can be switched off."""
    return any(
        _mark_name(raw.FPDFPageObj_GetMark(handle, index)) == "OC"
        for index in range(max(0, raw.FPDFPageObj_CountMarks(handle)))
    )


def _mark_name(mark: Any) -> str:
    size = ctypes.c_ulong()
    name = (ctypes.c_ushort * 8)()
    if not raw.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), size):
        return ""
    return bytes(name)[: max(0, min(size.value, 16) - 2)].decode("utf-16-le", "replace")


def _clips(handle: Any, outer: Affine) -> list[Bounds]:
    """Return the box around each clip path; a path that is no box counts as smaller than it is."""
    path = raw.FPDFPageObj_GetClipPath(handle)
    count = raw.FPDFClipPath_CountPaths(path) if path else 0
    return [_clip(path, index, outer) for index in range(max(0, min(count, 64)))]


def _clip(path: Any, index: int, outer: Affine) -> Bounds:
    count = raw.FPDFClipPath_CountPathSegments(path, index)
    points = [_point(path, index, at) for at in range(max(0, min(count, 64)))]
    if not points:
        return 0.0, 0.0, 0.0, 0.0
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if len({(round(x, 1), round(y, 1)) for x, y in points}) != 4:
        middle = sum(xs) / len(xs), sum(ys) / len(ys)
        return mapped((*middle, *middle), outer)  # not a box: nothing is surely inside
    return mapped((min(xs), min(ys), max(xs), max(ys)), outer)


def _point(path: Any, index: int, at: int) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(path, index, at), x, y)
    return x.value, y.value


def _has_annotations(page: pdfium.PdfPage) -> bool:
    """Whether anything is drawn over the page's own content: stamps, filled fields, pen strokes."""
    return any(_is_drawn(page, index) for index in range(raw.FPDFPage_GetAnnotCount(page)))


def _is_drawn(page: pdfium.PdfPage, index: int) -> bool:
    annotation = raw.FPDFPage_GetAnnot(page, index)
    if not annotation:
        return False
    try:
        if raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN_FLAGS:
            return False
        return raw.FPDFAnnot_GetSubtype(annotation) not in _SILENT_ANNOTATIONS
    finally:
        raw.FPDFPage_CloseAnnot(annotation)
