"""The web process: ``gunicorn intake.web.wsgi``."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intake.settings")
application = get_wsgi_application()
