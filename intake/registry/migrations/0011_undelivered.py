"""What an address did not take is looked for by address, without all that it took."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0010_flag_office")]
    operations = [
        migrations.AddIndex(
            "delivery",
            models.Index(
                fields=["webhook", "-id"],
                name="delivery_undelivered",
                condition=models.Q(delivered_at__isnull=True),
            ),
        ),
    ]
