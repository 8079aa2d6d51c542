"""Many files: what goes wrong with one costs no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.domain.document import Document
from intake.domain.notice import Notice
from intake.extraction import extract_all
from intake.options import Options
from intake.pipeline import PageDoubt, assemble

SCANS = Path(__file__).parent.parent / "samples" / "scans"


def test_a_mistake_of_the_program_is_one_line_and_the_next_file_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:

    def stumbling(document: Document, *rest: object) -> Iterator[Notice | PageDoubt]:
        if document.path.name == "fax.tif":
            raise IndexError("tuple index out of range")
        return assemble(document, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("intake.extraction.assemble", stumbling)
    files = [str(SCANS / name) for name in ("fax.tif", "columns-ky.jpg")]
    broken, fine = extract_all(files, Options())
    assert broken.problem is not None
    assert "\n" not in broken.problem
    assert "fax.tif: a mistake of this program (IndexError at test_extraction.py:" in broken.problem
    assert fine.problem is None
    assert len(fine.notices) == 1
