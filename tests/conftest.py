"""The service's settings for tests: own folders, own Redis, SQLite or a real PostgreSQL.

``pytest --database postgres`` runs the same tests on a PostgreSQL that it starts itself.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import tempfile

import django
import pytest
from django.conf import settings

from tests.servers import running_postgres, running_redis


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgres"], default="sqlite")


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):  # workers of xdist use what the first process started
        django.setup()
        return
    if settings.configured:
        raise pytest.UsageError("DJANGO_SETTINGS_MODULE is set outside; unset it for tests")
    _start_servers(config)
    os.environ["INTAKE_HOME"] = tempfile.mkdtemp(prefix="intake-test-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "intake.settings"
    django.setup()
    logging.getLogger("httpx").setLevel("WARNING")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick
    config.add_cleanup(lambda: shutil.rmtree(os.environ["INTAKE_HOME"], ignore_errors=True))


def _start_servers(config: pytest.Config) -> None:
    servers = contextlib.ExitStack()
    config.add_cleanup(servers.close)
    os.environ["REDIS_URL"] = servers.enter_context(running_redis()).url
    if config.getoption("--database") == "postgres":
        os.environ["DATABASE_URL"] = servers.enter_context(running_postgres()).url
