"""Reads many files, several at a time, and tells of each how it ended."""

from __future__ import annotations

import multiprocessing
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from intake.domain.document import Document
from intake.domain.notice import Notice
from intake.errors import IntakeError, shown_name
from intake.options import Options
from intake.pipeline import TITLED, PageDoubt, ReadPage, UnreadPage, assemble, read_pages
from intake.stages.receive import receive

CHUNK = 4
"""Pages of one document that a process reads at a time."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one file ended.

    ``notices`` in page order; ``problem`` is one line with cause and remedy, or
    None; both may be there where only some pages failed. ``doubts`` are notes
    on pages, ``previews`` small JPEGs of the pages as scanned, by number, where
    asked for.
    """

    source: str
    pages: int
    notices: tuple[Notice, ...]
    problem: str | None
    doubts: tuple[tuple[int, str], ...]
    previews: dict[int, bytes]

    @property
    def titled(self) -> list[str]:
        """What is to be said of pages that bear a form's title and hold no notice."""
        return [f"page {page}: {note}" for page, note in self.doubts if note == TITLED]


def extract_all(paths: Sequence[str], options: Options, jobs: int = 1) -> Iterator[Outcome]:
    """Read the files and yield their outcomes in the order given.

    With several jobs, each file is read in a process of its own; a single file
    is read page by page in several.
    """
    if jobs == 1:
        yield from (extract_one(path, options) for path in paths)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        if len(paths) == 1:
            yield _extract_in_chunks(paths[0], options, pool, jobs)
        else:
            yield from _in_order(pool, partial(extract_one, options=options), paths, jobs)


def extract_one(path: str, options: Options) -> Outcome:
    """Read one file; what is refused or fails is in the outcome, not raised."""
    return _extract(path, options, read_pages)


_ReadPages = Callable[..., Iterator[ReadPage | UnreadPage]]


def _extract(path: str, options: Options, read: _ReadPages) -> Outcome:
    notices: list[Notice] = []
    watch = _Watch()
    try:
        document = receive(path, options.limits)
        pages = watch.over(read(document, options))
        for found in assemble(document, pages, options):
            if isinstance(found, PageDoubt):
                watch.doubts.append((found.number, found.note))
            else:
                notices.append(found)
    except IntakeError as error:
        watch.problems.append(str(error))
    except Exception as error:  # noqa: BLE001 (the edge: one file must not cost the others)
        watch.problems.append(_unexpected(error))
    problems = [*_by_cause(watch.unread), *watch.problems]
    problem = f"{shown_name(path)}: {'; '.join(problems)}" if problems else None
    return Outcome(path, watch.pages, tuple(notices), problem, tuple(watch.doubts), watch.previews)


def _by_cause(unread: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Yield one sentence for pages that follow each other and could not be read for one cause."""
    for cause, pages in groupby(unread, key=itemgetter(1)):
        first, *others = (number for number, _ in pages)
        yield f"pages {first}–{others[-1]}: {cause}" if others else f"page {first}: {cause}"


def _unexpected(error: Exception) -> str:
    """Return one line about a mistake of this program: where it is, and what to do."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}"
    return f"a mistake of this program ({place}); report it, with the file"


class _Watch:
    """Looks at pages as they pass by, and keeps the unread ones back."""

    def __init__(self) -> None:
        self.pages = 0
        self.problems: list[str] = []
        self.unread: list[tuple[int, str]] = []
        self.doubts: list[tuple[int, str]] = []
        self.previews: dict[int, bytes] = {}

    def over(self, pages: Iterator[ReadPage | UnreadPage]) -> Iterator[ReadPage]:
        for page in pages:
            self.pages += 1
            if isinstance(page, UnreadPage):
                self.unread.append((page.number, str(page.error)))
                continue
            self.doubts.extend((page.number, note) for note in page.notes)
            if page.preview is not None:
                self.previews[page.number] = page.preview
            yield page


def _in_order(
    pool: ProcessPoolExecutor,
    call: Callable[[str], Outcome],
    paths: Sequence[str],
    jobs: int,
) -> Iterator[Outcome]:
    running: deque[tuple[str, Future[Outcome]]] = deque()
    for path in paths:
        running.append((path, pool.submit(call, path)))
        if len(running) > 4 * jobs:
            yield _result(*running.popleft())
    while running:
        yield _result(*running.popleft())


def _result(path: str, future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except BrokenProcessPool:
        line = f"{shown_name(path)}: a reading process died; try with fewer --jobs"
        return Outcome(path, 0, (), line, (), {})


def _extract_in_chunks(
    path: str, options: Options, pool: ProcessPoolExecutor, jobs: int
) -> Outcome:
    def read(document: Document, options: Options) -> Iterator[ReadPage | UnreadPage]:
        count = document.page_count
        chunks = [
            range(first, min(first + CHUNK, count + 1)) for first in range(1, count + 1, CHUNK)
        ]
        running: deque[Future[list[ReadPage | UnreadPage]]] = deque()
        for chunk in chunks:
            running.append(pool.submit(_read_chunk, document, options, list(chunk)))
            if len(running) > jobs:
                yield from running.popleft().result()
        while running:
            yield from running.popleft().result()

    return _extract(path, options, read)


def _read_chunk(
    document: Document, options: Options, numbers: list[int]
) -> list[ReadPage | UnreadPage]:
    return list(read_pages(document, options, numbers))
