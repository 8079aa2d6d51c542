"""PostgreSQL: an index of the words' beginnings in place of one of whole words.

Asked for a beginning, an index of words gathers every row of every word that
begins so before it compares the rows of two words. Here some beginnings of each
word are entries of their own, and two of them are compared at once.
search.BEGINNINGS says which they are and must stay as here.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# A short number is there as a whole. The cost is what was measured against that of LIKE.
_FUNCTION = """
    CREATE FUNCTION registry_beginnings(words text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 300 AS $$
      SELECT coalesce(array_agg(DISTINCT left(word, size)), '{}')
        FROM unnest(string_to_array(words, ' ')) AS word,
             unnest(CASE WHEN word ~ '^[0-9]+$' THEN ARRAY[least(length(word), 4), 6, 8]
                         ELSE ARRAY[1, 2, 3, 4, 6, 8, 11, 15] END) AS size
       WHERE size <= length(word) AND word <> ''
    $$"""
_POSTGRES = (
    "ALTER TABLE registry_record DROP COLUMN search_words",
    _FUNCTION,
    # What waits in a list to be sorted in would be walked through by every search.
    """CREATE INDEX record_beginnings ON registry_record
         USING gin (registry_beginnings(search_text)) WITH (fastupdate = off)""",
    "ANALYZE registry_record",
)
_UNDO = (
    "DROP INDEX record_beginnings",
    "DROP FUNCTION registry_beginnings(text)",
    """ALTER TABLE registry_record ADD COLUMN search_words tsvector
         GENERATED ALWAYS AS (to_tsvector('simple', search_text)) STORED""",
    "CREATE INDEX record_search ON registry_record USING gin (search_words)",
)


def _build(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _POSTGRES if editor.connection.vendor == "postgresql" else ():
        editor.execute(statement)


def _undo(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _UNDO if editor.connection.vendor == "postgresql" else ():
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("registry", "0008_record_waiting")]
    operations = [migrations.RunPython(_build, _undo)]
