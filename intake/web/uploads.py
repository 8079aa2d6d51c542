"""An upload from a browser or a program, on its way to the registry."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile

from intake.registry.access import Actor
from intake.registry.models import Office, Submission
from intake.registry.submissions import Arrival, receive

_REFERENCE = 200


def received(file: UploadedFile[Any], office: Office, actor: Actor, reference: str) -> Submission:
    """Have the registry take in a file that Django's upload handler left on the disk."""
    if not isinstance(file, TemporaryUploadedFile):
        raise TypeError("uploads must be written to the disk: see FILE_UPLOAD_HANDLERS")
    file.flush()
    name = Path(file.name or "scan").name
    arrival = Arrival(
        Path(file.temporary_file_path()),
        name,
        office,
        reference[:_REFERENCE],
        actor=actor,
        is_ours=True,
    )
    return receive(arrival)
