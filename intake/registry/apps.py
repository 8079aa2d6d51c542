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
        """Log as JSON, and have the folder ready in which uploads arrive."""
        from intake.registry.logs import configure  # noqa: PLC0415 (settings must be loaded first)

        configure()
        Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir(parents=True, exist_ok=True)
