"""A real browser (Chromium by playwright) for tests of screens, signed in as anybody.

The fixtures are taken into a test module by name: ``from tests.browsers import chromium, screens``.
"""

from __future__ import annotations

import atexit
import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from intake.registry.access import Actor

_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
          "--disable-background-networking", "--disable-component-update",
          "--disable-sync", "--disable-dev-shm-usage"]  # fmt: skip
WIDTH, HEIGHT = 1280, 800
PATIENCE = 120_000  # milliseconds: a busy machine is no fault of the screen
expect.set_options(timeout=PATIENCE)
Open = Callable[..., Page]

# Playwright runs an event loop in the test's own thread; the tests ask the database from there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; each test gets windows of its own."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.fail("there is no chromium; run script/setup")
    browser = _playwright().chromium.launch(executable_path=found, args=_QUIET, timeout=PATIENCE)
    yield browser
    browser.close()


@cache
def _playwright() -> Playwright:
    """Start playwright once: every module that takes the fixture has a session's of its own."""
    running = sync_playwright().start()
    atexit.register(running.stop)
    return running


@pytest.fixture
def screens(chromium: Browser, live_server: LiveServer) -> Iterator[Open]:
    """Open windows: ``screens(actor, "/path", language="ru")``; what goes wrong in one fails."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opened(actor: Actor, path: str, language: str = "en") -> Page:
        context = chromium.new_context(
            viewport={"width": WIDTH, "height": HEIGHT}, locale=language, base_url=live_server.url
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        url = live_server.url
        context.add_cookies([{"name": "sessionid", "value": _session(actor), "url": url}])
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: _noted(message, wrong))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not wrong, wrong[0]


def look(page: Page) -> None:
    """Look at the field as long as the desk asks for before a key says something of it."""
    page.wait_for_timeout(160)


def _session(actor: Actor) -> str:
    client = Client()
    assert actor.user is not None
    client.force_login(actor.user)
    return str(client.cookies["sessionid"].value)


def _noted(message: ConsoleMessage, wrong: list[str]) -> None:
    """Keep errors of scripts and refusals of the content security policy.

    A call that is refused or lost shows as a failed resource, which some tests are about.
    """
    if message.type == "error" and "Failed to load resource" not in message.text:
        wrong.append(message.text)
