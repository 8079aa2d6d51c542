"""The reading line as the workers' reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from intake.domain.document import Document
from intake.engines.fingerprint import fingerprint
from intake.errors import Refused
from intake.learning.overlay import folder_for
from intake.options import TEMPLATES, Limits, Options
from intake.page_files import load_page, write_page
from intake.pictures import WIDTH
from intake.pipeline import PageDoubt, ReadPage, UnreadPage, assemble, read_pages
from intake.record import record_json
from intake.registry import lessons, pictures
from intake.registry.record import Found
from intake.stages.receive import receive
from workers.reading import Outcome, PageNotes


class PipelineReader:
    """Reads with ``intake.pipeline``; a page that is refused is a doubt, the others go on."""

    def __init__(self) -> None:
        self.software = f"notice-intake {version('notice-intake')}"
        self._options = Options(
            templates=folder_for(lessons.holding(), TEMPLATES, settings.LEARNED),
            limits=Limits(
                bytes=settings.UPLOAD_BYTES,
                pages=settings.UPLOAD_PAGES,
                frames=settings.UPLOAD_PAGES,
            ),
            preview=True,
            preview_width=WIDTH,
        )

    def open(self, path: Path, source: str) -> Document:
        """Return the document, under the name that the office gave it."""
        found = receive(path, self._options.limits)
        return Document(source, found.path, found.sha256, found.kind, found.page_count)

    def read_page(self, document: Document, number: int, folder: Path) -> PageNotes:
        """Read one page and leave its words and pictures in the folder; none where refused."""
        page = next(read_pages(document, self._options, [number]))
        if isinstance(page, UnreadPage):
            return _unread(page)
        write_page(page, folder)
        _keep_picture(document, page)
        return PageNotes(number, page.notes)

    def assemble(self, document: Document, folders: Mapping[int, Path]) -> Outcome:
        """Find the notices on the pages in these folders, a few pages in memory at a time."""
        pages = (
            load_page(folder) for _, folder in sorted(folders.items()) if any(folder.iterdir())
        )
        return self._found(document, pages)

    def read_all(self, document: Document) -> Outcome:
        """Read all pages in one go; Refused where not one of them can be read."""
        notes: list[PageNotes] = []
        unread: list[UnreadPage] = []

        def readable() -> Iterator[ReadPage]:
            for page in read_pages(document, self._options):
                if isinstance(page, UnreadPage):
                    unread.append(page)
                    notes.append(_unread(page))
                else:
                    notes.append(PageNotes(page.number, page.notes))
                    _keep_picture(document, page)
                    yield page

        outcome = self._found(document, readable())
        if unread and len(unread) == document.page_count:
            raise unread[0].error
        return Outcome(outcome.found, (*notes, *outcome.notes))

    def _found(self, document: Document, pages: Iterable[ReadPage]) -> Outcome:
        found, notes = list[Found](), list[PageNotes]()
        signs: dict[int, str] = {}

        def signed() -> Iterator[ReadPage]:
            for page in pages:
                signs[page.number] = fingerprint(page.grey)
                yield page

        for each in assemble(document, signed(), self._options):
            if isinstance(each, PageDoubt):
                notes.append(PageNotes(each.number, (each.note,)))
            else:
                sign = signs.get(each.pages[0], "")
                found.append(Found(each, record_json(each), sign))
        return Outcome(tuple(found), tuple(notes))


def _keep_picture(document: Document, page: ReadPage) -> None:
    """Keep the page as people will look at it, so that the desk need not draw it."""
    if page.preview is not None:
        pictures.keep(document.sha256, page.number, page.preview)


def _unread(page: UnreadPage) -> PageNotes:
    """Say that a page was refused; raise what a second try may mend."""
    if not isinstance(page.error, Refused):
        raise page.error
    return PageNotes(page.number, (f"not read: {page.error}",))
