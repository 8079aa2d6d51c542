"""Rasterise: the pages of a document as pixels, one after the other, decoded in a child process."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from intake.domain.document import Document, Kind
from intake.domain.text import PageText
from intake.engines.layer import page_text
from intake.engines.nursery import failure
from intake.engines.raster import Raster
from intake.engines.sandbox import Child, patience
from intake.engines.tiff import directories
from intake.engines.wire import Message
from intake.errors import Failed, IntakeError
from intake.options import DEFAULT, Limits

_MOST_CHILDREN = 3


@dataclass(frozen=True, slots=True)
class Page:
    """One side of paper: its number from 1, its pixels, and its text where it carries it.

    ``layer`` is the text of a born-digital page that stands on visible ink
    (engine ``text layer``), its boxes in fractions of this raster; None for a
    scan. It is still to be checked against what the picture says. ``notes``
    say in one line each what the operator should know.
    """

    number: int
    raster: Raster
    layer: PageText | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A page that could not be had, and why; the document's other pages still come."""

    number: int
    error: IntakeError


def rasterise(
    document: Document,
    pages: Sequence[int] | None = None,
    *,
    dpi: int = 300,
    limits: Limits = DEFAULT,
) -> Iterator[Page | Unread]:
    """Yield each of these pages (all, where None) in the order given: a Page or an Unread.

    Exactly one item comes for each page asked for; nothing is raised for a
    page that is damaged, or on which a library crashed, ran too long or
    wanted too much memory: that page is Unread and the next one is tried in a
    fresh child. ValueError for a page number the document does not have.
    Several workers may each take some pages of one document at the same time.
    Only one page is held at a time, and one more waits in the child.
    """
    wanted = list(range(1, document.page_count + 1) if pages is None else pages)
    if any(not 1 <= number <= document.page_count for number in wanted):
        raise ValueError(f"the document has pages 1 to {document.page_count}")
    return _each(_Job(document, dpi, limits), deque(wanted))


def _each(job: _Job, rest: deque[int]) -> Iterator[Page | Unread]:
    error: IntakeError | None = None
    for _ in range(_MOST_CHILDREN):
        if not rest:
            return
        try:
            with job.child(rest) as child:
                while rest:
                    item = job.next_item(child, rest[0])
                    rest.popleft()
                    yield item
        except IntakeError as met:
            error = met
            yield Unread(rest.popleft(), met)
    assert error is not None or not rest
    for number in rest:
        yield Unread(number, error)  # type: ignore[arg-type]


class _Job:
    """One document being rasterised, and the time that it still has."""

    def __init__(self, document: Document, dpi: int, limits: Limits) -> None:
        self._document = document
        self._dpi = dpi
        self._limits = limits
        self._left = limits.seconds

    def child(self, pages: Sequence[int]) -> Child:
        """Start a child on these pages."""
        document, limits = self._document, self._limits
        request: dict[str, object] = {
            "path": os.fspath(document.path),
            "dpi": self._dpi,
            "pixels": limits.pixels,
            "page_inches": limits.page_inches,
            "page_seconds": limits.page_seconds,
        }
        if document.kind is Kind.PDF:
            return Child("pdf pages", {**request, "pages": list(pages)}, limits)
        frames = [(number, self._frames()[number - 1]) for number in pages]
        more = {"kind": document.kind.value, "frames": frames}
        return Child("picture frames", {**request, **more}, limits)

    def next_item(self, child: Child, number: int) -> Page | Unread:
        """Return what the child says of this page; a page that comes out earns the file time."""
        began = time.monotonic()
        try:
            message = child.hear(min(self._left, self._limits.page_seconds))
        finally:
            self._left = max(0.0, self._left - (time.monotonic() - began) / patience())
        item = _item(message, number)
        self._left += self._limits.seconds_earned
        return item

    def _frames(self) -> list[int]:
        if self._document.kind is not Kind.TIFF:
            return [0]
        entries = directories(self._document.path, self._limits.frames)
        return [entry.index for entry in entries if entry.is_page]


def _item(message: Message | None, number: int) -> Page | Unread:
    header = message.header if message else {}
    if header.get("unread") == number:
        return Unread(number, failure(header.get("error"), header.get("message")))
    if message is None or header.get("page") != number:
        raise Failed("the reader ended too early; try again")
    raster = _raster(message)
    notes = tuple(str(note) for note in header.get("notes", ()))
    layer, more = page_text(header["letters"], raster) if "letters" in header else (None, ())
    return Page(number, raster, layer, notes + more)


def _raster(message: Message) -> Raster:
    header = message.header
    shape = (int(header["height"]), int(header["width"]), int(header["channels"]))
    pixels = np.frombuffer(message.body, np.uint8).reshape(shape)
    pixels.setflags(write=False)
    return Raster(pixels[:, :, 0] if shape[2] == 1 else pixels, float(header["dpi"]))
