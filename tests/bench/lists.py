"""Measures lists, searches, counts and exports: ``python -m tests.bench.lists 200000``.

The database is that of DATABASE_URL and must be empty and migrated; 0 measures it as it is,
and ``--no-export`` as the second word leaves the exports out.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import django

from intake.settings import announce

announce()
django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from intake.registry import access, accounts, counts, places, search, shown  # noqa: E402
from intake.registry.access import Actor, actor_of_user  # noqa: E402
from intake.registry.export import Format, export  # noqa: E402
from intake.registry.models import User  # noqa: E402
from intake.registry.search import Filters  # noqa: E402
from tests.bench.fill import fill  # noqa: E402

_TIMES = 20
_QUERIES = {
    "newest": Filters(),
    "status": Filters(status="needs-review"),
    "rejected, one office": Filters(status="rejected", office="o7"),
    "flag, common": Filters(flag="low-confidence"),
    "flag, rare": Filters(flag="conflict"),
    "flag, absent": Filters(flag="handwritten"),
    "authority": Filters(authority="education-department"),
    "district": Filters(district="41706226000000"),
    "word in a sixth": Filters(q="мектеп"),
    "two common words": Filters(q="мектеп озгон"),
    "two words and a number": Filters(q="лицей айчурок 117"),
    "words that never meet": Filters(q="мектеп лицей"),
    "a name and a letter": Filters(q="усонов а"),
    "a letter and a number": Filters(q="ж 117"),
    "a year and a beginning": Filters(q="2023 гимн"),
    "inn, beginning": Filters(q="0010519"),
    "a date": Filters(q="12.05.2023"),
    "nothing": Filters(q="жокнерсе"),
    "since": Filters(since=timezone.now() - timedelta(days=3650)),
    "word and status and office": Filters(q="усонов", status="needs-review", office="o3"),
}


def main() -> None:
    """Fill, measure, print."""
    people = _begun(int(sys.argv[1]))
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, n {_TIMES} each", flush=True)
    for who, actor in people.items():
        for name, filters in _QUERIES.items():
            _say(f"{who}: {name}", partial(_listed, actor, filters))
        _say(f"{who}: counts", partial(_counted, actor))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"peak after lists and searches {peak} MB", flush=True)
    for form in Format if "--no-export" not in sys.argv else ():
        _export(people["administrator"], form)


def _begun(count: int) -> dict[str, Actor]:
    """Fill an empty database; one that is filled already is measured as it is (0)."""
    if count == 0:
        names = {"administrator": "bench", "reviewer": "rev", "clerk": "clerk"}
        return {who: actor_of_user(User.objects.get(username=name)) for who, name in names.items()}
    offices = [
        accounts.add_office(f"o{n}", district.name_ru, district.region, code)
        for n, (code, district) in enumerate(places.districts().items())
    ]
    people = {
        "administrator": actor_of_user(accounts.create_admin("bench", "measure-the-stick")),
        "reviewer": actor_of_user(
            accounts.add_person("rev", "measure-the-stick", "reviewer", regions=("KG-O",))
        ),
        "clerk": actor_of_user(
            accounts.add_person("clerk", "measure-the-stick", "clerk", office=offices[7])
        ),
    }
    begun = time.monotonic()
    fill(count, offices)
    print(f"filled {count} records in {time.monotonic() - begun:.0f} s", flush=True)
    return people


def _listed(actor: Actor, filters: Filters) -> None:
    rows = access.records_of(actor).select_related("office").prefetch_related("values")
    for row in search.page(rows, filters, offices=actor.offices).items:
        shown.record(row, row.values.all())


def _counted(actor: Actor) -> None:
    counts.count(actor, ["region"])


def _say(name: str, ask: Callable[[], object]) -> None:
    spent, cpu = [], _cpu_seconds()
    for _ in range(_TIMES):
        begun = time.monotonic()
        ask()
        spent.append(1000 * (time.monotonic() - begun))
    each = 1000 * (_cpu_seconds() - cpu) / _TIMES
    spent.sort()
    median = statistics.median(spent)
    print(
        f"{name:45} median {median:7.1f} ms  p95 {spent[-2]:7.1f} ms  CPU {each:6.1f} ms",
        flush=True,
    )


def _cpu_seconds() -> float:
    """Return what this process and its PostgreSQL on the same machine have used."""
    if connection.vendor == "sqlite":
        return time.process_time()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    numbers = Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()
    ticks = int(numbers[11]) + int(numbers[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def _export(actor: Actor, form: Format) -> None:
    begun, size = time.monotonic(), 0
    for part in export(access.records_of(actor), timezone.now(), form):
        size += len(part)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"export {form}: {size >> 20} MB in {time.monotonic() - begun:.0f} s, peak {peak} MB",
          flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
