"""The line from a scan to notices, with neither database nor queue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path

from intake.domain.document import Document
from intake.domain.geometry import Box, Transform
from intake.domain.notice import Notice
from intake.domain.placement import Placement, TitledPage
from intake.domain.template import Template
from intake.domain.text import PageText
from intake.engines.preview import jpeg
from intake.engines.raster import Raster
from intake.engines.readers import Reader, open_reader
from intake.errors import IntakeError
from intake.fields.confidence import Calibration, load_calibration
from intake.fields.grading import Grader
from intake.fields.reference import Reference, load_reference
from intake.forms import load_forms
from intake.keep import Keep
from intake.layout.carried import carried
from intake.options import Options
from intake.stages.complete import complete
from intake.stages.desk import Desk
from intake.stages.greys import Greys
from intake.stages.inspect import inspect
from intake.stages.match import MOST_PAGES, match
from intake.stages.rasterise import Page, rasterise
from intake.stages.read import read
from intake.stages.read_again import read_again
from intake.stages.read_names import read_names
from intake.stages.receive import receive
from intake.stages.straighten import straighten
from intake.stages.validate import validate
from intake.stages.writing import settled_fields

REACH = MOST_PAGES + 1
"""How many pages' pictures are kept: a notice is done one page after its last (see match)."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadPage:
    """One page after reading: its text, its straightened pictures and the way back.

    ``grey`` is the page as it was read, ``cells`` those of its ruled tables;
    ``contradicted`` are places where the file's own text says other than the
    picture; ``notes`` what an operator should know about the page; ``preview`` is a
    small JPEG of the page as scanned where the options ask for one.
    """

    number: int
    text: PageText
    raster: Raster
    grey: Raster
    transform: Transform
    contradicted: tuple[Box, ...] = ()
    notes: tuple[str, ...] = ()
    preview: bytes | None = None
    cells: tuple[Box, ...] = ()


TITLED = "it bears a form's title, but too little of its wording; look whether it is a notice"
"""Why a page without a notice is to be looked at. The screens know its translation."""


@dataclass(frozen=True, slots=True)
class PageDoubt:
    """A page without a notice that a person should look at, and why."""

    number: int
    note: str


@dataclass(frozen=True, slots=True)
class UnreadPage:
    """A page that could not be read, and why; the other pages go on."""

    number: int
    error: IntakeError


def extract(path: str | Path, options: Options | None = None) -> list[Notice]:
    """Return the notices on one scan, in page order, perhaps none.

    ``path`` is a PDF, TIFF, JPEG, PNG, WebP, BMP or HEIC file. Raises Refused
    where the file, or a page of it, cannot be taken and Failed where a tool
    failed on it; both messages name cause and remedy in one line.
    """
    settings = options or Options()
    document = receive(path, settings.limits)
    pages = map(_or_raise, read_pages(document, settings))
    found = assemble(document, pages, settings)
    return [each for each in found if isinstance(each, Notice)]


def read_pages(
    document: Document, options: Options, numbers: Iterable[int] | None = None
) -> Iterator[ReadPage | UnreadPage]:
    """Rasterise, straighten and read the pages of a document one by one, all or some."""
    chosen = None if numbers is None else list(numbers)
    for page in rasterise(document, chosen, limits=options.limits):
        if isinstance(page, Page):
            yield read_page(document, page, options)
        else:
            yield UnreadPage(page.number, page.error)


def read_page(document: Document, page: Page, options: Options) -> ReadPage:
    """Straighten and read one page."""
    reader = _reader(options.reader)
    straight = straighten(page.raster, reader)
    layer = carried(page.layer, straight.transform) if page.layer else None
    result = read(straight.grey, reader, layer)
    done = ReadPage(
        page.number,
        result.text,
        straight.raster,
        result.grey,
        straight.transform,
        tuple(doubt.box for doubt in result.doubts),
        (*page.notes, *straight.notes, *result.notes),
        jpeg(page.raster, options.preview_width) if options.preview else None,
        result.cells,
    )
    if options.keep:
        Keep(options.keep, document).page(page, straight, done.text)
    return done


def assemble(
    document: Document, pages: Iterable[ReadPage], options: Options
) -> Iterator[Notice | PageDoubt]:
    """Find the notices on pages that were read and yield each as soon as it is complete.

    And pages that look like one and are none.
    """
    recent: dict[int, ReadPage] = {}

    def texts() -> Iterator[tuple[int, PageText]]:
        for page in pages:
            recent[page.number] = page
            for old in sorted(recent)[:-REACH]:
                del recent[old]
            yield page.number, page.text

    for found in match(texts(), _forms(options.templates)):
        if isinstance(found, TitledPage):
            yield PageDoubt(found.number, TITLED)
        elif notice := _finish(document, found, recent, options):
            yield notice


def _finish(
    document: Document, placement: Placement, pages: dict[int, ReadPage], options: Options
) -> Notice | None:
    """Look at the notice's ink, read its values a second time, and grade them."""
    mine = {number: pages[number] for number in placement.pages}
    reference = _reference(options.templates)
    texts = {number: page.text for number, page in mine.items()}
    greys = Greys({number: page.grey for number, page in mine.items()}, texts)
    cells = {number: page.cells for number, page in mine.items()}
    own = {n: text.without(placement.others.get(n, ())) for n, text in texts.items()}
    placement = complete(placement, own, reference, cells)
    placement = read_names(placement, greys, _reader(options.reader), reference.words)
    ink = inspect(placement, {number: page.raster for number, page in mine.items()}, texts)
    today = options.today or date.today()
    grader = Grader(reference, today, _reader(options.reader).prefers_second)
    settled = settled_fields(placement, grader)
    second = read_again(placement, ink, greys, _reader(options.reader), settled)
    transforms = {number: page.transform for number, page in mine.items()}
    engines = sorted({page.text.engine for page in mine.values()})
    provenance = {
        "engine": ", ".join(engines),
        "models": {"second": _reader(options.reader).second_name, "confidence": _fitted().origin},
        "software": f"notice-intake {version('notice-intake')}",
    }
    if options.keep:
        Keep(options.keep, document).notice(placement, ink)
    contradicted = {number: page.contradicted for number, page in mine.items()}
    desk = Desk(document, transforms, grader, _fitted(), provenance, contradicted)
    return validate(placement, ink, second, desk)


def _or_raise(page: ReadPage | UnreadPage) -> ReadPage:
    if isinstance(page, UnreadPage):
        raise page.error
    return page


@cache
def _forms(folder: Path) -> tuple[Template, ...]:
    return load_forms(folder)


@cache
def _reference(folder: Path) -> Reference:
    return load_reference(folder / "reference")


@cache
def _fitted() -> Calibration:
    return load_calibration()


@cache
def _reader(name: str) -> Reader:
    return open_reader(name)
