"""A reading line of which tests write the outcome into the scan itself, as JSON after %PDF."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from intake.domain.document import Document, Kind
from intake.domain.notice import Notice, Reading, State
from intake.errors import Failed, Refused
from intake.pipeline import TITLED
from intake.registry.record import Found
from tests.workers.scans import HEAD
from workers.reading import Outcome, PageNotes


class FakeReader:
    software = "fake 1"

    def open(self, path: Path, source: str) -> Document:
        pages = self._pages(path)
        return Document(source, path, "0" * 64, Kind.PDF, len(pages))

    def read_page(self, document: Document, number: int, folder: Path) -> PageNotes:
        page = self._pages(document.path)[number - 1]
        time.sleep(page.get("seconds", 0))
        if page.get("die"):
            os.kill(os.getpid(), 9)
        if "error" in page:
            raise Refused(page["error"])
        if "crash" in page:
            raise Failed(page["crash"])
        (folder / "page.json").write_text(json.dumps(page))
        return PageNotes(number, (page["doubt"],) if "doubt" in page else ())

    def assemble(self, document: Document, folders: Mapping[int, Path]) -> Outcome:
        pages = {n: json.loads((f / "page.json").read_text()) for n, f in folders.items()}
        found = tuple(
            Found(_notice(document, number, page["inn"]), {"inn": page["inn"]})
            for number, page in sorted(pages.items())
            if "inn" in page
        )
        titled = [n for n, page in sorted(pages.items()) if page.get("titled")]
        return Outcome(found, tuple(PageNotes(n, (TITLED,)) for n in titled))

    def read_all(self, document: Document) -> Outcome:
        notes, folders = [], {}
        with tempfile.TemporaryDirectory() as top:
            for number in range(1, document.page_count + 1):
                folders[number] = Path(top) / str(number)
                folders[number].mkdir()
                notes.append(self.read_page(document, number, folders[number]))
            outcome = self.assemble(document, folders)
            return Outcome(outcome.found, (*notes, *outcome.notes))

    def _pages(self, path: Path) -> list[dict[str, Any]]:
        pages: list[dict[str, Any]] = json.loads(path.read_bytes().removeprefix(HEAD))
        return pages


def _notice(document: Document, number: int, inn: str) -> Notice:
    fields = {"organization_inn": Reading(inn, inn, State.READ, 0.9)}
    return Notice(document.source, document.sha256, (number,), "form", "1", "ky", fields)
