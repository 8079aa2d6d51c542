"""Sums of approved records, kept up to date by triggers.

On SQLite a table that is made anew (a column added or changed) loses its
triggers: a later migration of that kind must end as this one does, and
`intake doctor` tells of triggers that are missing.
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from intake.registry import triggers


def _build(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    triggers.make_counts(editor)


def _undo(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    triggers.drop_counts(editor)


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_trust")]
    operations = [
        migrations.CreateModel(
            name="CentreCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("region", models.CharField(max_length=8)),
                ("district", models.CharField(max_length=14)),
                ("ownership", models.CharField(max_length=12)),
                ("level", models.CharField(max_length=20)),
                ("month", models.CharField(max_length=7)),
                ("count", models.IntegerField()),
                (
                    "office",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=models.deletion.PROTECT,
                        to="registry.office",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="centrecount",
            constraint=models.UniqueConstraint(
                fields=("office", "region", "district", "ownership", "level", "month"),
                name="one_count_for_equal_values",
            ),
        ),
        migrations.RunPython(_build, _undo),
    ]
