"""The registry as a Django application."""

from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


class RegistryConfig(AppConfig):
    """Rows and their writers."""

    name = "intake.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Log as JSON, and have the folders ready that the web process expects."""
        from intake.registry.logs import configure  # noqa: PLC0415 (settings must be loaded first)

        configure()
        for folder in (settings.FILE_UPLOAD_TEMP_DIR, settings.STATIC_ROOT):
            Path(folder).mkdir(parents=True, exist_ok=True)
