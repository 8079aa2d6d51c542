"""Keeps every intermediate under a numbered name, for whoever asks what a stage did."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

from intake.domain.document import Document
from intake.domain.ink import Ink
from intake.domain.placement import Placement
from intake.domain.text import PageText
from intake.engines.preview import png
from intake.stages.rasterise import Page
from intake.stages.straighten import Straight


class Keep:
    """Writes the intermediates of one document into a folder of its own below ``folder``.

    Pages: ``p0001-1-scanned.png``, ``-2-straight.png``, ``-3-grey.png``,
    ``-4-text.txt``; notices: ``p0001-5-placement.txt`` (what each gap took),
    ``-6-ink.json``. Names begin with the number of the (first) page.
    """

    def __init__(self, folder: Path, document: Document) -> None:
        stem = re.sub(r"[^\w.-]+", "_", Path(document.source).name)[:60]
        self._folder = folder / f"{stem}-{document.sha256[:8]}"
        self._folder.mkdir(parents=True, exist_ok=True)

    def page(self, page: Page, straight: Straight, text: PageText) -> None:
        """Keep what became of one page."""
        self._path(page.number, "1-scanned.png").write_bytes(png(page.raster))
        self._path(page.number, "2-straight.png").write_bytes(png(straight.raster))
        self._path(page.number, "3-grey.png").write_bytes(png(straight.grey))
        self._path(page.number, "4-text.txt").write_text(text.text + "\n", encoding="utf-8")

    def notice(self, placement: Placement, ink: Ink) -> None:
        """Keep where the fields of one notice were found and what their ink said."""
        first = placement.pages[0]
        lines = [f"{placement.template.name} {placement.language} share {placement.share:.3f}"]
        for field, holes in placement.holes.items():
            for hole in holes:
                read = "".join(
                    (" " if placed.starts_word else "") + placed.letter.text
                    for placed in hole.letters
                )
                lines.append(f"{field}: «{read.strip()}» cost {hole.cost:.2f} stray {hole.stray}")
        self._path(first, "5-placement.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        self._path(first, "6-ink.json").write_text(
            json.dumps(dataclasses.asdict(ink), ensure_ascii=False, indent=1), encoding="utf-8"
        )

    def _path(self, number: int, name: str) -> Path:
        return self._folder / f"p{number:04d}-{name}"
