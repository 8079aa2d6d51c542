"""A flag's row repeats its record's office, so that an office's list need not pass by all others."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

_FILL = """
    UPDATE registry_recordflag SET office_id =
      (SELECT office_id FROM registry_record WHERE registry_record.id = record_id)"""


def _office(*, null: bool) -> models.ForeignKey[Any, Any]:
    # No constraint of its own: the record has it, and PostgreSQL alters no table with checks due.
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        to="registry.office",
    )


class Migration(migrations.Migration):
    dependencies = [("registry", "0009_search_beginnings")]
    operations = [
        migrations.AddField("recordflag", "office", _office(null=True)),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
        migrations.AlterField("recordflag", "office", _office(null=False)),
        migrations.AddIndex(
            "recordflag", models.Index(fields=["flag", "office", "-record"], name="flag_office")
        ),
    ]
