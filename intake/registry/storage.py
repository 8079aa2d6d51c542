"""Originals under their SHA-256: written once, whole or not at all, on the disk before the answer.

Both ways of storing (a folder, a bucket) offer the same calls.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol, cast

from botocore.config import Config  # type: ignore[import-untyped] # ships no types
from botocore.exceptions import (  # type: ignore[import-untyped] # ships no types
    BotoCoreError,
    ClientError,
)
from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from storages.backends.s3 import S3Storage  # type: ignore[import-untyped] # ships no types

from intake.registry.errors import NoRoom, NotFound, Unreachable

WORK = "work"
"""The folder of what pages of unfinished documents yielded: work/SUBMISSION/PAGE/NAME."""


class Store(Protocol):
    """Where originals and the work of unfinished documents lie."""

    def keep_file(self, source: Path, name: str, *, is_ours: bool = False) -> None:
        """Store the file durably under the name; does nothing where it is stored already.

        ``is_ours`` says that nobody else will write to the source, so that it
        need not be copied.
        """

    def keep_files(self, files: Sequence[tuple[Path, str]]) -> None:
        """Store many files; durable, all of them, when the call returns."""

    def fetch(self, name: str, folder: Path) -> Path:
        """Return a path of this machine with what is stored under the name, not to be changed.

        It lies in the folder, or wherever the store itself has it. Raises
        Unreachable, and NotFound where nothing is stored under the name.
        """

    def drop(self, name: str) -> None:
        """Remove what is stored under the name, if anything."""

    def older(self, folder: str, seconds: float) -> Iterator[str]:
        """Yield the names below a folder that were stored longer ago than that."""

    def probe(self) -> None:
        """Raise Unreachable or NoRoom where nothing could be stored now."""


def store() -> Store:
    """Return the store that the settings name."""
    return cast(Store, default_storage)


def original_name(sha256: str) -> str:
    """Return the name of an original, spread over 256 folders."""
    return f"{sha256[:2]}/{sha256}"


def digest_of(path: Path) -> str:
    """Return the SHA-256 (hex) of a file, in constant memory."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class DurableFolder(FileSystemStorage):
    """A folder of this machine, or one mounted on all of them."""

    def keep_file(self, source: Path, name: str, *, is_ours: bool = False) -> None:
        """Store the file under the name: synced, then moved into place in one step."""
        target = Path(self.path(name))
        if target.exists():
            return
        with _explained("the folder of originals"):
            is_new = not target.parent.is_dir()
            target.parent.mkdir(parents=True, exist_ok=True)
            _settle(source, target, is_ours=is_ours, is_synced=True)
            _sync_folder(target.parent)
            if is_new:
                _sync_folders(target.parent.parent, Path(self.location))

    def keep_files(self, files: Sequence[tuple[Path, str]]) -> None:
        """Store many files with one sync for all, which is cheaper than two for each."""
        with _explained("the folder of originals"):
            new = [(one, Path(self.path(name))) for one, name in files]
            new = [(one, target) for one, target in new if not target.exists()]
            for source, target in new:
                target.parent.mkdir(parents=True, exist_ok=True)
                _settle(source, target, is_ours=False, is_synced=False)
            if new:
                os.sync()

    def fetch(self, name: str, folder: Path) -> Path:  # noqa: ARG002 (it lies here already)
        """Return where the file lies."""
        path = Path(self.path(name))
        if not path.exists():
            raise NotFound(f"{name} is not in the folder of originals; restore it from a backup")
        return path

    def drop(self, name: str) -> None:
        """Remove the stored file, if it is there."""
        Path(self.path(name)).unlink(missing_ok=True)

    def older(self, folder: str, seconds: float) -> Iterator[str]:
        """Walk the folder; folders left empty for as long go on the way."""
        before = time.time() - seconds
        with _explained("the folder of originals"):
            for top, _, files in os.walk(self.path(folder), topdown=False):
                for path in (Path(top, name) for name in files):
                    if path.stat().st_mtime < before:
                        yield str(path.relative_to(self.location))
                if Path(top).stat().st_mtime < before:
                    with suppress(OSError):  # not empty
                        Path(top).rmdir()

    def probe(self) -> None:
        """Write, sync and remove a small file, and look at the room left."""
        folder = Path(self.location)
        with _explained("the folder of originals"):
            folder.mkdir(parents=True, exist_ok=True)
            trial = folder / f".probe-{uuid.uuid4().hex}"
            with trial.open("wb") as out:
                out.write(b"probe")
                os.fsync(out.fileno())
            trial.unlink()
        if shutil.disk_usage(folder).free < settings.DISK_RESERVE_BYTES:
            raise NoRoom(f"less than the reserve is free at {folder}; make room on the disk")


_PATIENCE = Config(
    connect_timeout=3, read_timeout=15, retries={"mode": "standard", "total_max_attempts": 2}
)
"""An office waits for its receipt: botocore's own patience is five minutes."""

_BRIEF = Config(
    connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 1}
)
"""Whether something is there is answered at once, or the bucket is not well."""


class Bucket:
    """An S3-compatible bucket, by django-storages."""

    def __init__(self, **options: Any) -> None:
        self._bucket = S3Storage(client_config=_PATIENCE, **options)
        self._asked = S3Storage(client_config=_BRIEF, **options)

    def keep_file(self, source: Path, name: str, *, is_ours: bool = False) -> None:  # noqa: ARG002
        """Upload the file; a bucket makes an object visible only when it is whole."""
        with _explained("the bucket of originals"):
            if not self._asked.exists(name):
                self._bucket.bucket.upload_file(str(source), name)

    def keep_files(self, files: Sequence[tuple[Path, str]]) -> None:
        """Upload the files one by one."""
        for source, name in files:
            self.keep_file(source, name)

    def fetch(self, name: str, folder: Path) -> Path:
        """Download the object into the folder."""
        target = folder / name.rpartition("/")[2]
        with _explained("the bucket of originals"):
            if not self._asked.exists(name):
                raise NotFound(f"{name} is not in the bucket; restore it from a backup")
            self._bucket.bucket.download_file(name, str(target))
        return target

    def drop(self, name: str) -> None:
        """Remove the object, if it is there."""
        with _explained("the bucket of originals"):
            self._bucket.delete(name)

    def older(self, folder: str, seconds: float) -> Iterator[str]:
        """List the objects whose names begin so."""
        before = time.time() - seconds
        with _explained("the bucket of originals"):
            for found in self._bucket.bucket.objects.filter(Prefix=f"{folder}/"):
                if found.last_modified.timestamp() < before:
                    yield found.key

    def probe(self) -> None:
        """Ask the bucket for its head."""
        with _explained("the bucket of originals"):
            self._asked.bucket.meta.client.head_bucket(Bucket=self._asked.bucket_name)


def _settle(source: Path, target: Path, *, is_ours: bool, is_synced: bool) -> None:
    """Put the source's bytes at the target, durably, by one rename within one file system."""
    partial = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
    try:
        if not (is_ours and _linked(source, partial)):
            shutil.copyfile(source, partial)
        if is_synced:
            with partial.open("rb+") as stream:
                os.fsync(stream.fileno())
        partial.chmod(0o440)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _linked(source: Path, target: Path) -> bool:
    """Give the source a second name; False where the two lie on different file systems."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno in {errno.EXDEV, errno.EPERM, errno.EMLINK}:
            return False
        raise
    return True


def _sync_folders(folder: Path, top: Path) -> None:
    """Make the new names durable: each folder from here up to the store's own."""
    while True:
        _sync_folder(folder)
        if folder in {top, folder.parent}:
            return
        folder = folder.parent


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _explained(what: str) -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise Unreachable(f"{what} does not answer ({error}); try again later") from error
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise NoRoom(f"{what} is full; nothing was stored, make room and send again") from error
        raise Unreachable(f"{what} fails ({error.strerror}); nothing was stored") from error
