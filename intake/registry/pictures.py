"""Pages as scanned, as JPEG: drawn once, kept beside the originals, gone with them.

The registry reads no scans itself: a program of its own draws what is not there yet.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from intake.errors import Failed
from intake.registry.errors import NotFound
from intake.registry.models import Original, Record
from intake.registry.storage import original_name, store

_PROGRAM = "intake.pictures"
_SECONDS = 60


def picture_name(sha256: str, page: int) -> str:
    """Return the name under which a page's picture is stored."""
    return f"pictures/{sha256[:2]}/{sha256}/{page}.jpg"


def page(original: Original, number: int) -> bytes:
    """Return a page of an original as JPEG, drawn now where it was not drawn before.

    Raises NotFound for a page that the file has not, or that cannot be drawn,
    and for a purged original.
    """
    if original.purged_at:
        raise NotFound("the scan was purged; only the decision is kept")
    with _folder() as folder:
        try:
            return store().fetch(picture_name(original.sha256, number), folder).read_bytes()
        except NotFound:
            return _drawn(original, number, folder)


def crop(record: Record, number: int, box: Sequence[float]) -> bytes:
    """Return one place of a page of a record as JPEG, with a small margin around it.

    ``box`` is left, top, right, bottom in fractions of the page as scanned.
    """
    picture = page(record.submission.original, number)
    return _run("crop", *map(str, box), given=picture)


def keep(sha256: str, number: int, jpeg: bytes) -> None:
    """Keep a page's picture; one that is kept already stays."""
    with _folder() as folder:
        path = folder / f"{number}.jpg"
        path.write_bytes(jpeg)
        store().keep_file(path, picture_name(sha256, number), is_ours=True)


def drop(original: Original) -> None:
    """Remove the pictures of an original's pages."""
    totals = original.submissions.values_list("pages_total", flat=True)
    for number in range(1, max((total or 0 for total in totals), default=0) + 1):
        store().drop(picture_name(original.sha256, number))


def _drawn(original: Original, number: int, folder: Path) -> bytes:
    scan = store().fetch(original_name(original.sha256), folder)
    _run("pages", str(scan), str(folder), str(number))
    picture = folder / f"{number}.jpg"
    if not picture.exists():
        raise NotFound(f"page {number} cannot be drawn; open the original instead")
    content = picture.read_bytes()
    keep(original.sha256, number, content)
    return content


def _run(*arguments: str, given: bytes = b"") -> bytes:
    command = [sys.executable, "-m", _PROGRAM, *arguments]
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Failed("drawing the page takes too long; open the original instead") from error
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines() or ["drawing failed"]
        raise Failed(f"{lines[-1][:200]}; open the original instead")
    return done.stdout


@contextmanager
def _folder() -> Iterator[Path]:
    settings.SCRATCH.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=settings.SCRATCH))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
