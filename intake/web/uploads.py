"""An upload from a browser or a program, on its way to the registry."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from intake.registry.access import Actor
from intake.registry.models import Office, Submission
from intake.registry.submissions import Arrival, receive

_REFERENCE = 200


class HashingUploadHandler(TemporaryFileUploadHandler):
    """Writes an upload to the disk and hashes it as it passes, so that nobody reads it again.

    A megabyte at a time: Django's usual 64 kB make gunicorn copy what it has
    read ahead sixteen times over, a fifth of the whole cost of an upload.
    """

    chunk_size = 1 << 20

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._digest = hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Take in the next part."""
        self._digest.update(raw_data)
        with self._nothing_left_by_failure():
            return super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """Return the whole file, with its SHA-256 as ``sha256``."""
        with self._nothing_left_by_failure():
            self.file.flush()
            file = super().file_complete(file_size)
        if file is not None:
            file.sha256 = self._digest.hexdigest()  # type: ignore[attr-defined] # ours
        return file

    @contextmanager
    def _nothing_left_by_failure(self) -> Iterator[None]:
        """Remove the half that was written, where the disk is full; Django does not."""
        try:
            yield
        except OSError:
            with suppress(OSError):  # what it still holds back finds no room either
                self.file.close()
            raise


def _one_line(text: str) -> str:
    """Return a note as it can be stored and shown: without control characters and line ends."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def received(file: UploadedFile[Any], office: Office, actor: Actor, reference: str) -> Submission:
    """Have the registry take in a file that our upload handler left on the disk."""
    if not isinstance(file, TemporaryUploadedFile):
        raise TypeError("uploads must be written to the disk: see FILE_UPLOAD_HANDLERS")
    file.flush()
    name = Path(file.name or "scan").name
    arrival = Arrival(
        Path(file.temporary_file_path()),
        name,
        office,
        _one_line(reference)[:_REFERENCE],
        actor=actor,
        is_ours=True,
        sha256=getattr(file, "sha256", ""),
    )
    return receive(arrival)
