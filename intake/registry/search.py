"""Lists of records: filters, a search that forgives spelling, and pages cut by key."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import BooleanField, F, Q, QuerySet
from django.db.models.expressions import RawSQL

from intake.errors import Refused
from intake.registry.fold import folded
from intake.registry.models import Record
from intake.registry.summary import AUTHORITIES

MOST = 200
_WALK = 4_000
_SHORT_NUMBER = 3
# How long the beginnings are that PostgreSQL's index holds of words and of numbers;
# registry_beginnings() in the migrations makes them.
BEGINNINGS = (1, 2, 3, 4, 6, 8, 11, 15)
NUMBER_BEGINNINGS = (4, 6, 8)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty means everything.

    ``office`` is a code; ``region``, ``district``, ``authority`` as in Record and
    summary.AUTHORITIES; ``flag`` a flag reason; ``q`` words of names, numbers,
    districts or dates; with ``since`` the list is in the order of change.
    """

    status: str = ""
    office: str = ""
    region: str = ""
    district: str = ""
    authority: str = ""
    flag: str = ""
    q: str = ""
    since: datetime | None = None
    dated_from: date | None = None
    dated_to: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and where the next page begins; None on the last."""

    items: Sequence[Record]
    next: str | None


def page(
    rows: QuerySet[Record],
    filters: Filters,
    cursor: str = "",
    limit: int = 50,
    *,
    offices: Collection[int] | None = None,
) -> Page:
    """Return the page of these rows that begins at the cursor, newest first.

    ``offices`` says again whose rows these are, None for all: a list by flag goes by it.

    With ``since`` the order is that of the last change, oldest first, so that a
    program that asks again and again misses nothing. Refused for a wrong cursor.
    """
    limit = max(1, min(limit, MOST))
    if filters.since is not None:
        changed = narrow(rows, filters).order_by("updated_at", "id")
        found = list(_after(changed, cursor)[: limit + 1])
        return _cut(found, limit, lambda row: f"{row.updated_at.isoformat()}|{row.pk}")
    before = _whole(_opened(cursor)) if cursor else None
    plain = _flagged(_narrow_plainly(rows, filters), filters, before, offices)
    if before is not None:
        plain = plain.filter(pk__lt=before)
    if filters.flag and not filters.q:
        # In the order of the flags' own index: a rare flag is found without a walk.
        found = list(plain.order_by("-flag_rows__record_id")[: limit + 1])
    else:
        found = _newest(plain, folded(filters.q).split(), limit + 1)
    return _cut(found, limit, lambda row: str(row.pk))


def _newest(rows: QuerySet[Record], words: list[str], count: int) -> list[Record]:
    """Return the newest of the rows that have the words.

    Words that are common lead a database to fetch every row that has them all,
    to sort them. So it looks through some of the newest alone; where they do not
    fill the page, those that have all words are few enough, and the index of
    words answers by itself: the order is then by a sum, which no index can offer.
    """
    if not words:
        return list(rows.order_by("-id")[:count])
    some = rows.order_by("-id").values("pk")[:_WALK]
    found = list(_having(rows.filter(pk__in=some), words).order_by("-id")[:count])
    if len(found) == count:
        return found
    return list(_with_words(rows, words).order_by((F("pk") + 0).desc())[:count])


def narrow(rows: QuerySet[Record], filters: Filters) -> QuerySet[Record]:
    """Return the rows that all filters let through; Refused for an unknown authority."""
    words = folded(filters.q).split()
    plain = _flagged(_narrow_plainly(rows, filters), filters)
    return _with_words(plain, words) if words else plain


def _flagged(
    rows: QuerySet[Record],
    filters: Filters,
    before: int | None = None,
    offices: Collection[int] | None = None,
) -> QuerySet[Record]:
    """Keep the rows that have the flag; each has it once at most, so the join doubles none.

    What flags repeat of their records is asked of the flags too: their index holds it.
    """
    if not filters.flag:
        return rows
    repeated = {
        "record__lt": before,
        "office__in": offices,
        "office__code": filters.office or None,
    }
    narrower = {f"flag_rows__{name}": one for name, one in repeated.items() if one is not None}
    return rows.filter(flag_rows__flag=filters.flag, **narrower)


def _narrow_plainly(rows: QuerySet[Record], filters: Filters) -> QuerySet[Record]:
    """Apply all filters but flag and search."""
    plain = {
        "status": filters.status,
        "office__code": filters.office,
        "region": filters.region,
        "district": filters.district,
        "updated_at__gte": filters.since,
        "notice_date__gte": filters.dated_from,
        "notice_date__lte": filters.dated_to,
    }
    rows = rows.filter(**{column: wanted for column, wanted in plain.items() if wanted})
    if filters.authority:
        if filters.authority not in AUTHORITIES:
            raise Refused(f"authority is none of {', '.join(AUTHORITIES)}; correct it")
        rows = rows.filter(ownership__in=AUTHORITIES[filters.authority])
    return rows


def _with_words(rows: QuerySet[Record], words: list[str]) -> QuerySet[Record]:
    """Keep the rows that have, for each word, a word that begins so, or a short number itself."""
    if connection.vendor == "postgresql":
        matches = RawSQL(
            "registry_beginnings(registry_record.search_text) @> %s::text[]",
            ([beginning(word) for word in words],),
            output_field=BooleanField(),
        )
        # The index knows some beginnings of a word alone: the rows tell whether it goes on so.
        return _having(rows.filter(matches), words)
    query = " ".join(f'"{word}"' + ("*" if _is_begun(word) else "") for word in words)
    found = RawSQL("SELECT rowid FROM registry_search WHERE registry_search MATCH %s", (query,))
    return rows.filter(Q(pk__in=found))


def _having(rows: QuerySet[Record], words: list[str]) -> QuerySet[Record]:
    """Keep the rows that have the words, by looking at each; the words hold no % and no _."""
    for word in words:
        has = RawSQL(
            "(' ' || registry_record.search_text || ' ') LIKE %s",
            (f"% {word}%" if _is_begun(word) else f"% {word} %",),
            output_field=BooleanField(),
        )
        rows = rows.filter(has)
    return rows


def beginning(word: str) -> str:
    """Return what the index of beginnings holds of every word that this word begins."""
    if not _is_begun(word):
        return word
    sizes = NUMBER_BEGINNINGS if _is_number(word) else BEGINNINGS
    return word[: max(size for size in sizes if size <= len(word))]


def _is_begun(word: str) -> bool:
    """Whether a word may go on: a short number is a school's, not the beginning of an INN."""
    return not _is_number(word) or len(word) > _SHORT_NUMBER


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit()


def _after(rows: QuerySet[Record], cursor: str) -> QuerySet[Record]:
    if not cursor:
        return rows
    moment, _, key = _opened(cursor).partition("|")
    try:
        changed = datetime.fromisoformat(moment)
    except ValueError as error:
        raise _wrong_cursor() from error
    later = Q(updated_at__gt=changed) | Q(updated_at=changed, pk__gt=_whole(key))
    # The first part is implied; it lets the index be entered at the right place.
    return rows.filter(Q(updated_at__gte=changed) & later)


def _cut(rows: list[Record], limit: int, key: Callable[[Record], str]) -> Page:
    items = rows[:limit]
    more = len(rows) > limit
    return Page(items, _sealed(key(items[-1])) if more else None)


def _sealed(key: str) -> str:
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def _opened(cursor: str) -> str:
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (binascii.Error, ValueError) as error:
        raise _wrong_cursor() from error


def _whole(key: str) -> int:
    if not key.isdigit() or len(key) > 18:
        raise _wrong_cursor()
    return int(key)


def _wrong_cursor() -> Refused:
    return Refused("the cursor is none of ours; begin the list again without it")
