"""The triggers that keep sums of approved records up to date, for both databases."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_COUNTED = ("office_id", "region", "district", "ownership", "level", "notice_date")
_KEY = "office_id, region, district, ownership, level, month"
_MONTH = {
    "sqlite": "coalesce(substr({row}.notice_date, 1, 7), '')",
    "postgresql": "coalesce(to_char({row}.notice_date, 'YYYY-MM'), '')",
}
_NAMES = ("registry_count_added", "registry_count_gone", "registry_count_changed")


def make_counts(editor: BaseDatabaseSchemaEditor) -> None:
    """Count what is there, and add the triggers; those of before are replaced."""
    drop_counts(editor)
    vendor = editor.connection.vendor
    month = _MONTH[vendor].format(row="registry_record")
    editor.execute("DELETE FROM registry_centrecount")
    editor.execute(
        f"INSERT INTO registry_centrecount ({_KEY}, count)"
        f" SELECT office_id, region, district, ownership, level, {month}, count(*)"
        " FROM registry_record WHERE status = 'approved'"
        f" GROUP BY office_id, region, district, ownership, level, {month}"
    )
    for statement in _sqlite() if vendor == "sqlite" else _postgres():
        editor.execute(statement)


def drop_counts(editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the triggers."""
    is_sqlite = editor.connection.vendor == "sqlite"
    for name in _NAMES:
        editor.execute(f"DROP TRIGGER IF EXISTS {name}" + ("" if is_sqlite else _ON))
    if not is_sqlite:
        editor.execute("DROP FUNCTION IF EXISTS registry_count()")


_ON = " ON registry_record"


def missing() -> list[str]:
    """Return the triggers that the database should have and has not."""
    question = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(question)
        there = {row[0] for row in cursor.fetchall()}
    search = {"registry_search_added", "registry_search_gone", "registry_search_changed"}
    wanted = {*_NAMES, *(search if connection.vendor == "sqlite" else ())}
    return sorted(wanted - there)


def _add(vendor: str, row: str, by: int) -> str:
    values = ", ".join(f"{row}.{column}" for column in _COUNTED[:-1])
    # SQLite needs the WHERE to tell ON CONFLICT from a join's ON.
    return (
        f"INSERT INTO registry_centrecount ({_KEY}, count)"
        f" SELECT {values}, {_MONTH[vendor].format(row=row)}, {by} WHERE {row}.status = 'approved'"
        f" ON CONFLICT ({_KEY}) DO UPDATE SET count = registry_centrecount.count + {by};"
    )


def _changed(is_distinct: str) -> str:
    columns = ("status", *_COUNTED)
    return " OR ".join(f"OLD.{column} {is_distinct} NEW.{column}" for column in columns)


def _sqlite() -> Iterator[str]:
    new, old = _add("sqlite", "NEW", 1), _add("sqlite", "OLD", -1)
    added, gone, changed = _NAMES
    yield f"CREATE TRIGGER {added} AFTER INSERT{_ON} BEGIN {new} END"
    yield f"CREATE TRIGGER {gone} AFTER DELETE{_ON} BEGIN {old} END"
    when = _changed("IS NOT")
    yield f"CREATE TRIGGER {changed} AFTER UPDATE{_ON} WHEN {when} BEGIN {old} {new} END"


def _postgres() -> Iterator[str]:
    new, old = _add("postgresql", "NEW", 1), _add("postgresql", "OLD", -1)
    yield (
        "CREATE FUNCTION registry_count() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF TG_OP <> 'INSERT' THEN {old} END IF;"
        f" IF TG_OP <> 'DELETE' THEN {new} END IF;"
        " RETURN NULL; END $$"
    )
    call = "FOR EACH ROW"
    run = "EXECUTE FUNCTION registry_count()"
    added, gone, changed = _NAMES
    when = _changed("IS DISTINCT FROM")
    yield f"CREATE TRIGGER {added} AFTER INSERT{_ON} {call} WHEN (NEW.status = 'approved') {run}"
    yield f"CREATE TRIGGER {gone} AFTER DELETE{_ON} {call} WHEN (OLD.status = 'approved') {run}"
    yield f"CREATE TRIGGER {changed} AFTER UPDATE{_ON} {call} WHEN ({when}) {run}"
