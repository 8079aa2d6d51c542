"""The web process: ``gunicorn intake.web.wsgi``."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application

from intake.settings import announce

announce()
application = get_wsgi_application()
