"""Receive: take a file in, knowing what it is and how much it holds, before anything is decoded."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from intake.domain.document import Document, Kind
from intake.engines.declared import declared_size
from intake.engines.resolution import check_size
from intake.engines.sandbox import Child
from intake.engines.sniff import HEAD_BYTES, kind_of
from intake.engines.tiff import directories
from intake.errors import Failed, Refused
from intake.options import DEFAULT, Limits

_SPLIT = "split it and send the parts"


def receive(path: str | Path, limits: Limits = DEFAULT) -> Document:
    """Return the document at this path, its bytes untouched.

    Its kind is decided by content. Declared sizes, pages and frames are read
    and bounded before anything is decoded. Raises Refused with cause and
    remedy when it is no regular readable file, no scan, damaged, encrypted or
    beyond ``limits``; Failed when a tool failed on it.
    """
    place = Path(path)
    size = _size(place)
    if size > limits.bytes:
        raise Refused(f"it is larger than {limits.bytes // 1024**2} MB; {_SPLIT}")
    try:
        with place.open("rb") as file:
            kind = kind_of(file.read(HEAD_BYTES))
        pages = _page_count(place, kind, limits)
        with place.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _unreadable(error) from error
    return Document(os.fspath(path), place.absolute(), sha256, kind, pages)


def _size(place: Path) -> int:
    try:
        found = place.stat()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise _unreadable(error) from error
    if stat.S_ISDIR(found.st_mode):
        raise Refused("it is a directory; name the files in it")
    if not stat.S_ISREG(found.st_mode):
        raise Refused("it is a pipe or a device, not a file; save the scan as a file first")
    return found.st_size


def _unreadable(error: Exception) -> Refused:
    if isinstance(error, FileNotFoundError):
        return Refused("there is no such file; check the name")
    if isinstance(error, PermissionError):
        return Refused("it may not be read; ask its owner for permission")
    cause = (error.strerror if isinstance(error, OSError) else None) or "its name is impossible"
    return Refused(f"it cannot be opened ({cause.lower()}); check the name")


def _page_count(place: Path, kind: Kind, limits: Limits) -> int:
    if kind is Kind.PDF:
        return _pdf_pages(place, limits)
    if kind is Kind.TIFF:
        pages = [entry for entry in directories(place, limits.frames) if entry.is_page]
        if not pages:
            raise Refused("it holds only thumbnails, no page; scan it again")
        if len(pages) == 1:  # of several, the others are still read
            check_size(pages[0].width, pages[0].height, limits.pixels)
        return len(pages)
    check_size(*declared_size(place, kind), limits.pixels)
    return 1


def _pdf_pages(place: Path, limits: Limits) -> int:
    request = {"path": os.fspath(place.absolute())}
    with Child("survey pdf", request, limits) as child:
        message = child.hear(limits.survey_seconds)
    count = message.header.get("pages") if message else None
    if not isinstance(count, int):
        raise Failed("the reader did not tell its pages; try again")
    if count < 1:
        raise Refused("it has no pages; scan it again")
    if count > limits.pages:
        raise Refused(f"it has more than {limits.pages} pages; {_SPLIT}")
    return count
