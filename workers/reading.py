"""What a worker asks of the reading line, and the line itself behind that.

The boundary at which tests put a fake: a reader opens a document, reads its
pages, alone or in a row, and finds the notices on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from django.conf import settings

from intake.domain.document import Document
from intake.registry.record import Found


@dataclass(frozen=True, slots=True)
class PageNotes:
    """What an operator should know about a page: ``doubts`` are reasons, mostly none."""

    number: int
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The notices of a document and the notes on its pages."""

    found: tuple[Found, ...]
    notes: tuple[PageNotes, ...]


class Reader(Protocol):
    """The reading line as a worker sees it; all calls raise Refused and Failed."""

    software: str

    def open(self, path: Path, source: str) -> Document:
        """Return the document at the path, which the office called ``source``."""

    def read_page(self, document: Document, number: int, folder: Path) -> PageNotes:
        """Read one page and leave in the folder all that assembling needs of it."""

    def assemble(self, document: Document, folders: Mapping[int, Path]) -> Outcome:
        """Find the notices on pages that were read into these folders, by page.

        With notes on pages that look like one, which reading them one by one cannot tell.
        """

    def read_all(self, document: Document) -> Outcome:
        """Read all pages and find the notices, in one go."""


def reader() -> Reader:
    """Return the reader that the settings name as ``module:class``."""
    module, _, name = settings.READER.partition(":")
    return cast(Reader, getattr(import_module(module), name)())
