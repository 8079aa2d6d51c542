"""The text that a born-digital page carries, and whether it stands on the ink of its picture."""

from __future__ import annotations

from typing import Any

from intake.domain.text import PageText
from intake.engines.raster import Raster


def page_text(letters: Any, raster: Raster) -> tuple[PageText | None, tuple[str, ...]]:
    """Return no text yet: every page is read from its picture."""
    del letters, raster
    return None, ()
