"""Readers: engines that turn the picture of a page, or of a line, into letters with boxes.

Tesseract runs in this process's memory (``tesserocr``) or, where that is not
installed, as a program for every call (``pytesseract``). Our own recogniser reads
pages with Tesseract for second readings (``both``) or alone (``own``).
"""

from __future__ import annotations

from intake.engines.readers.protocol import Reader
from intake.errors import Refused

__all__ = ["NAMES", "Reader", "open_reader"]

NAMES = ("both", "tesseract", "own", "pytesseract")


def open_reader(name: str = "both") -> Reader:
    """Return the reader of this name.

    ``both``: our own recogniser for the page, Tesseract for second readings; Tesseract
    alone where onnxruntime is not installed. ``tesseract``: its two models. ``own``: our own
    recogniser alone; it has no independent second reading. ``pytesseract``: Tesseract, as a
    program even where it could run in memory. A reader holds its models in memory: open one
    per process and keep it. Not for two threads at once; a forked child may go
    on using its copy. Raises Failed where an engine or a language is not
    installed, Refused for another name.
    """
    # Imported late: a missing engine is an error of whoever asks for it, and tesserocr
    # reads OMP_THREAD_LIMIT while it loads.
    from intake.engines.readers.own import is_installed  # noqa: PLC0415

    if name not in NAMES:
        raise Refused(f"no reader is called {name!r}; choose one of {', '.join(NAMES)}")
    if name == "tesseract" or (name == "both" and not is_installed()):
        return _tesseract()
    if name in ("both", "own"):
        from intake.engines.readers.own_first import OwnReaderFirst  # noqa: PLC0415

        return OwnReaderFirst(_tesseract() if name == "both" else None)
    from intake.engines.readers.program import ProgramReader  # noqa: PLC0415

    return ProgramReader()


def _tesseract() -> Reader:
    if _has_library():
        from intake.engines.readers.library import LibraryReader  # noqa: PLC0415

        return LibraryReader()
    return open_reader("pytesseract")


def _has_library() -> bool:
    from importlib.util import find_spec  # noqa: PLC0415

    return find_spec("tesserocr") is not None
