"""The web process: ``gunicorn intake.web.wsgi``."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from intake.settings import announce
from intake.web.memory import keep_freed

keep_freed()
announce()
application = get_wsgi_application()
# Screens and calls are loaded now: the first upload need not wait a second for them.
get_resolver().check()
