"""The full-text index over folded words: GIN in PostgreSQL, FTS5 in SQLite."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_SQLITE = (
    # Names only the words; the text itself stays in the record's row.
    """CREATE VIRTUAL TABLE registry_search USING fts5(
         search_text, content='registry_record', content_rowid='id',
         tokenize='unicode61 remove_diacritics 0', prefix='2 3 4')""",
    """CREATE TRIGGER registry_search_added AFTER INSERT ON registry_record BEGIN
         INSERT INTO registry_search(rowid, search_text) VALUES (new.id, new.search_text);
       END""",
    """CREATE TRIGGER registry_search_gone AFTER DELETE ON registry_record BEGIN
         INSERT INTO registry_search(registry_search, rowid, search_text)
         VALUES ('delete', old.id, old.search_text);
       END""",
    """CREATE TRIGGER registry_search_changed AFTER UPDATE OF search_text ON registry_record
       WHEN old.search_text <> new.search_text BEGIN
         INSERT INTO registry_search(registry_search, rowid, search_text)
         VALUES ('delete', old.id, old.search_text);
         INSERT INTO registry_search(rowid, search_text) VALUES (new.id, new.search_text);
       END""",
)
_POSTGRES = (
    """ALTER TABLE registry_record ADD COLUMN search_words tsvector
         GENERATED ALWAYS AS (to_tsvector('simple', search_text)) STORED""",
    "CREATE INDEX record_search ON registry_record USING gin (search_words)",
)
_UNDO = {
    "sqlite": (
        "DROP TRIGGER registry_search_added",
        "DROP TRIGGER registry_search_gone",
        "DROP TRIGGER registry_search_changed",
        "DROP TABLE registry_search",
    ),
    "postgresql": ("ALTER TABLE registry_record DROP COLUMN search_words",),
}


def _build(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _SQLITE if editor.connection.vendor == "sqlite" else _POSTGRES:
        editor.execute(statement)


def _undo(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _UNDO[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_first")]
    operations = [migrations.RunPython(_build, _undo)]
