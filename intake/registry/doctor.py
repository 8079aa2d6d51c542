"""What may be wrong with this installation, and the remedy for each."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import django
import redis
from django.conf import settings
from django.db import connection
from redis.backoff import NoBackoff
from redis.retry import Retry

from intake.errors import IntakeError
from intake.registry import addresses, health, triggers
from intake.registry.models import Office

_LANGUAGES = ("kir", "rus", "Cyrillic")
_CLOCK_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what was found, and a remedy where it is wrong."""

    what: str
    found: str
    remedy: str = ""


def examine(languages: Callable[[], list[str]]) -> Iterator[Finding]:
    """Look at everything, one by one; ``languages`` lists what the OCR engine can read."""
    yield _python()
    yield _software()
    yield _languages(languages)
    yield from _disks()
    signs = health.signs()
    yield from map(_part, signs)
    yield _clock()
    if any(sign.trouble for sign in signs if sign.part == "database"):
        return  # what is in it cannot be asked
    yield _database()
    yield _triggers()
    yield _webhooks()
    yield _drops()


def _part(sign: health.Sign) -> Finding:
    """Tell of a part that answers or does not, with its own remedy where it has one."""
    if not sign.trouble:
        return Finding(sign.part, "answers")
    cause, _, remedy = sign.trouble.partition("; ")
    is_remedy = remedy.startswith(("run: ", "make room"))
    return Finding(sign.part, cause, remedy if is_remedy else f"see {_VARIABLE[sign.part]}")


_VARIABLE = {
    "database": "DATABASE_URL, or start PostgreSQL",
    "broker": "REDIS_URL, or start Redis",
    "storage": "INTAKE_STORAGE and INTAKE_ORIGINALS or S3_*",
}


def _python() -> Finding:
    found = ".".join(str(part) for part in sys.version_info[:3])
    return Finding("python", found, "" if sys.version_info >= (3, 11) else "install 3.11 or newer")


def _software() -> Finding:
    try:
        found = version("notice-intake")
    except PackageNotFoundError:
        return Finding("intake", "not installed", "run: pip install .")
    return Finding("intake", f"{found}, Django {django.get_version()}")


def _languages(languages: Callable[[], list[str]]) -> Finding:
    try:
        there = languages()
    except (OSError, IntakeError) as error:
        return Finding("tesseract", str(error), "install tesseract-ocr")
    missing = [language for language in _LANGUAGES if language not in there]
    if missing:
        packages = "tesseract-ocr-kir tesseract-ocr-rus tesseract-ocr-script-cyrl"
        return Finding("tesseract", f"lacks {', '.join(missing)}", f"install {packages}")
    return Finding("tesseract", f"reads {', '.join(_LANGUAGES)}")


def _disks() -> Iterator[Finding]:
    for what, folder in (("home", settings.INTAKE_HOME), ("scratch", settings.SCRATCH)):
        there = next(p for p in (folder, *Path(folder).resolve().parents) if Path(p).exists())
        free = shutil.disk_usage(there).free
        low = free < settings.DISK_RESERVE_BYTES * 2
        yield Finding(f"disk of {what}", f"{free >> 20} MB free at {folder}",
                      "make room" if low else "")  # fmt: skip


def _clock() -> Finding:
    """Compare with the broker's clock: leases go wrong where machines disagree."""
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=2, retry=Retry(NoBackoff(), 0)
        ) as broker:
            seconds, micros = broker.time()
    except redis.RedisError:
        return Finding("clock", "not compared: the broker does not answer", "start Redis")
    apart = abs(time.time() - seconds - micros / 1e6)
    remedy = "" if apart < _CLOCK_SECONDS else "set the clock by NTP on all machines"
    return Finding("clock", f"{apart:.1f} s from the broker's", remedy)


def _database() -> Finding:
    if connection.vendor == "sqlite":
        return Finding("database version", f"SQLite {sqlite3.sqlite_version}")
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        row = cursor.fetchone()
    return Finding("database version", f"PostgreSQL {row[0] if row else '?'}")


def _webhooks() -> Finding:
    count = addresses.failing()
    found = f"{count} addresses do not take what they are told" if count else "none fails"
    return Finding("webhooks", found, "see: intake webhook list" if count else "")


def _drops() -> Finding:
    """Look for drop folders of no office: nobody takes what lies in them."""
    top = settings.DROP_FOLDERS
    names = sorted(path.name for path in top.iterdir() if path.is_dir()) if top.is_dir() else []
    codes = set(Office.objects.values_list("code", flat=True))
    strange = [name for name in names if name not in codes]
    if strange:
        found = f"of no office: {', '.join(strange)}"
        return Finding("drop folders", found, "name each as an office's code")
    return Finding("drop folders", f"{len(names)} in {top}")


def _triggers() -> Finding:
    missing = triggers.missing()
    remedy = "a migration lost them; see intake/registry/migrations/0005_counts.py"
    return Finding("triggers", f"missing: {', '.join(missing)}" if missing else "all there",
                   remedy if missing else "")  # fmt: skip
