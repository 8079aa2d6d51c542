"""What a caller may choose, and the bounds within which a file is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
"""The official forms and reference/ that come with the product."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may ask of this machine.

    ``bytes`` of the file; ``pages`` of a PDF and ``frames`` of a TIFF;
    ``pixels`` declared for one picture, before it is decoded;
    ``page_inches`` is the longest side that is drawn at full resolution (A3 by
    default), a longer page is drawn coarser. ``seconds`` is what a file may
    take before its first page is out; every page that comes out adds
    ``seconds_earned``, so a long file is read to its end while a hostile one
    stops soon; one page may take ``page_seconds``, the survey of a file
    ``survey_seconds``. ``address_space`` in bytes bounds each process that
    decodes or draws.
    """

    bytes: int = 512 * 1024 * 1024
    pages: int = 2_000
    frames: int = 2_000
    pixels: int = 200_000_000
    page_inches: float = 17.0
    seconds: float = 20.0
    seconds_earned: float = 0.5
    page_seconds: float = 10.0
    survey_seconds: float = 8.0
    address_space: int = 1_000_000_000


DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class Options:
    """How scans are read.

    ``templates`` holds the forms and ``reference/``; ``reader`` one of
    ``intake.engines.readers.NAMES``; ``keep`` a folder for numbered
    intermediates; ``today`` stands in for the clock when dates are checked;
    ``preview`` keeps a picture of each page as scanned, for a report or the
    review desk, at most ``preview_width`` pixels wide.
    """

    templates: Path = TEMPLATES
    reader: str = "both"
    keep: Path | None = None
    today: date | None = None
    preview: bool = False
    preview_width: int = 1100
    limits: Limits = field(default_factory=Limits)
