"""Readers: engines that turn the picture of a page, or of a line, into letters with boxes.

Two ways to run the same Tesseract: in this process's memory (``tesserocr``),
and as a program of its own for every call (``pytesseract``). Our own recogniser
(``own``) reads single lines: it makes the second readings of ``auto``.
"""

from __future__ import annotations

from intake.engines.readers.protocol import Reader
from intake.errors import Refused

__all__ = ["NAMES", "Reader", "open_reader"]

NAMES = ("auto", "tesserocr", "pytesseract")


def open_reader(name: str = "auto") -> Reader:
    """Return a reader: ``tesserocr`` or ``pytesseract`` alone, or the best that works here.

    That is the quicker of both, with our own recogniser for second readings where
    onnxruntime is installed. A reader holds its models in memory: open one per
    process and keep it. Not for two threads at once; a forked child may go on
    using its copy. Raises Failed where Tesseract or a language is not installed,
    Refused for another name.
    """
    # Imported late: a missing engine is an error of whoever asks for it, and tesserocr
    # reads OMP_THREAD_LIMIT while it loads.
    if name == "pytesseract":
        from intake.engines.readers.program import ProgramReader  # noqa: PLC0415

        return ProgramReader()
    if name == "tesserocr":
        from intake.engines.readers.library import LibraryReader  # noqa: PLC0415

        return LibraryReader()
    if name == "auto":
        first = open_reader("tesserocr" if _has_library() else "pytesseract")
        return _paired(first)
    raise Refused(f"no reader is called {name!r}; choose one of {', '.join(NAMES)}")


def _paired(first: Reader) -> Reader:
    from intake.engines.readers.own import is_installed  # noqa: PLC0415

    if not is_installed():
        return first
    from intake.engines.readers.paired import PairedReader  # noqa: PLC0415

    return PairedReader(first)


def _has_library() -> bool:
    from importlib.util import find_spec  # noqa: PLC0415

    return find_spec("tesserocr") is not None
